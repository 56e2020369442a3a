"""The schema version of a workbook, by what it says and by its formulas."""

from collections.abc import Iterator

from sheetrecord.core.migrate.formulas import VersionFormulas
from sheetrecord.model.book import Book
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.settings import version_of
from sheetrecord.schema.steps import STEPS
from sheetrecord.schema.steps.step import SetFormula, Step


def made_by(book: Book, layout: RecordLayout) -> int:
    """Return the version of the schema that a workbook still is of.

    Early templates of different versions say the same number, and a program may put the number
    back: a step whose old formulas stand in the workbook has not been taken, whatever it says.
    """
    patterns = VersionFormulas(book, layout)
    untaken = (step.to - 1 for step in STEPS if any(_old(step, patterns)))
    return min([version_of(book), *untaken])


def _old(step: Step, patterns: VersionFormulas) -> Iterator[bool]:
    """Yield whether each column that a step changes still holds what was there before."""
    for op in step.ops:
        if isinstance(op, SetFormula) and not patterns.same(op.sheet, op.key, op.was):
            yield any(patterns.holding(op.sheet, op.key, [op.was]))

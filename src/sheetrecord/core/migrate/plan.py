"""Plans the migration of a workbook to the present schema version, step by step."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.core.migrate.formulas import VersionFormulas
from sheetrecord.core.migrate.list_words import WordsAdded, added_words
from sheetrecord.core.migrate.origin_version import made_by
from sheetrecord.model.book import Book
from sheetrecord.schema.column import Column
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.sheets import SCHEMA_VERSION, SHEETS
from sheetrecord.schema.steps import STEPS, formulas_before
from sheetrecord.schema.steps.step import (
    AddCodes,
    AddColumn,
    AddQuestions,
    RenewCheck,
    SetFormula,
    Step,
)


class Added(NamedTuple):
    """A column put behind the last used one of its sheet; ``rows`` get its formula, if any."""

    column: Column
    title: str
    number: int
    header_row: int
    header: str
    rows: tuple[int, ...]
    formula: str


class Renewed(NamedTuple):
    """Formulas of a column that were the version's before and become the present ones.

    ``was`` and ``formula`` have a NUL for the number of their row.
    """

    column: Column
    title: str
    number: int
    rows: tuple[int, ...]
    was: str
    formula: str


class CheckRenewed(NamedTuple):
    """The sheet Check and the hidden one behind it, both ours alone, are written anew."""


Change: TypeAlias = Added | Renewed | WordsAdded | CheckRenewed


class Left(NamedTuple):
    """Cells that keep a formula of the firm's own where a version had another."""

    title: str
    column: Column
    rows: tuple[int, ...]


class AppliedStep(NamedTuple):
    """One step and what it changes in this workbook."""

    step: Step
    changes: tuple[Change, ...]


class Migration(NamedTuple):
    """From one version to the present one; nothing to do when both are the same."""

    made_by: int
    to: int
    taken: tuple[AppliedStep, ...]
    left: tuple[Left, ...]
    layout: RecordLayout
    """Where everything stands with the added columns."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all steps."""
        return tuple(change for one in self.taken for change in one.changes)


def plan(book: Book, layout: RecordLayout) -> Migration:
    """Plan the steps from a workbook's version to the present one. It is read and not changed.

    A column that a step adds and that the workbook has already is left as it is; so is a cell
    whose formula no version ever had. A format without formulas only gets the columns that it
    lacks; without any lacking it is of the present version.
    """
    version = made_by(book, layout) if book.live else 0  # what is lacking tells
    steps = [step for step in STEPS if step.to > version]
    wider, added = _widened(book, layout, steps)
    if not book.live and not added:
        return Migration(SCHEMA_VERSION, SCHEMA_VERSION, (), (), layout)
    listed, longer = _listed(book, wider, steps)
    patterns, before = VersionFormulas(book, longer), VersionFormulas(book, wider)
    last = {(op.sheet, op.key): step.to for step in steps for op in _formulas(step)}
    renewing = [step.to for step in steps if RenewCheck() in step.ops] if book.live else []
    taken = []
    left: list[Left] = []
    for step in steps:
        changes: list[Change] = [*listed.get(step.to, [])]
        changes += [_filled(one, patterns) for one in added.get(step.to, [])]
        for op in (one for one in _formulas(step) if last[one.sheet, one.key] == step.to):
            changes += _renewed(op, patterns, before)
            left += _own(op, patterns, before)
        if renewing[-1:] == [step.to]:
            changes.append(CheckRenewed())
        taken.append(AppliedStep(step, tuple(changes)))
    return Migration(version, SCHEMA_VERSION, tuple(taken), tuple(left), longer)


def _listed(
    book: Book, layout: RecordLayout, steps: Sequence[Step]
) -> tuple[dict[int, list[WordsAdded]], RecordLayout]:
    """Return, by version, what comes to the lists, and the layout with the lists' new areas."""
    listed: dict[int, list[WordsAdded]] = {}
    for step in steps if book.live else ():
        for op in step.ops:
            words = None
            if isinstance(op, AddCodes | AddQuestions):
                words = added_words(book, layout, op)
            if words is not None:
                layout = layout._replace(names={**layout.names, **words.names})
                listed.setdefault(step.to, []).append(words)
    return listed, layout


def _widened(
    book: Book, layout: RecordLayout, steps: Sequence[Step]
) -> tuple[RecordLayout, dict[int, list[Added]]]:
    """Return the layout with the columns that steps add, and those columns by their step."""
    added: dict[int, list[Added]] = {}
    for step in steps:
        for op in step.ops:
            if isinstance(op, AddColumn) and _lacks(layout, op):
                layout, one = _added(book, layout, op)
                added.setdefault(step.to, []).append(one)
    return layout, added


def _formulas(step: Step) -> Iterator[SetFormula]:
    """Yield the formulas that a step changes."""
    return (op for op in step.ops if isinstance(op, SetFormula))


def _lacks(layout: RecordLayout, op: AddColumn) -> bool:
    place = layout.sheets.get(op.sheet)
    return place is not None and op.key not in place.columns


def _added(book: Book, layout: RecordLayout, op: AddColumn) -> tuple[RecordLayout, Added]:
    place = layout.sheets[op.sheet]
    column = SHEETS[op.sheet].by_key[op.key]
    used = (number for number, cells in book.sheets[place.title].columns.items() if cells.rows)
    number = max([*used, *place.columns.values(), *place.own]) + 1
    header = pack(layout.language).columns[op.sheet][op.key]
    wider = place._replace(columns={**place.columns, op.key: number})
    rows = tuple(_rows(book, op.sheet, place)) if column.formula else ()
    one = Added(column, place.title, number, place.header_row, header, rows, "")
    return layout._replace(sheets={**layout.sheets, op.sheet: wider}), one


def _rows(book: Book, sheet: str, place: SheetPlace) -> list[int]:
    """Return the numbers of the rows with an id: data, or prepared for it."""
    number = place.columns.get(SHEETS[sheet].columns[0].key, 0)
    return [row for row in book.sheets[place.title].column(number).rows if row > place.header_row]


def _filled(one: Added, patterns: VersionFormulas) -> Added:
    """Return an added column with its formula, which may refer to other added ones.

    A format without formulas gets none.
    """
    if not patterns.book.live:
        return one
    column = one.column
    text = patterns.text(column.sheet, column.key, column.formula) if column.formula else ""
    return one._replace(formula=text or "")


def _renewed(
    op: SetFormula, patterns: VersionFormulas, before: VersionFormulas
) -> Iterator[Renewed]:
    column = SHEETS[op.sheet].by_key[op.key]
    present = patterns.text(op.sheet, op.key, column.formula)
    if present is None:
        return
    place = patterns.layout.sheets[op.sheet]
    seen: set[int] = set()
    for _, was in formulas_before(op.sheet, op.key):
        old = before.text(op.sheet, op.key, was)
        rows = tuple(r for r in before.holding(op.sheet, op.key, [was]) if r not in seen)
        seen.update(rows)
        if rows and old is not None:
            yield Renewed(column, place.title, place.columns[op.key], rows, old, present)


def _own(op: SetFormula, patterns: VersionFormulas, before: VersionFormulas) -> Iterator[Left]:
    """Yield the cells of a changed column whose formula no version ever had."""
    column = SHEETS[op.sheet].by_key[op.key]
    known = [was for _, was in formulas_before(op.sheet, op.key)]
    ours = set(before.holding(op.sheet, op.key, [*known, column.formula]))
    ours.update(patterns.holding(op.sheet, op.key, [column.formula]))
    rows = tuple(row for row, _ in patterns.formulas(op.sheet, op.key) if row not in ours)
    if rows:
        yield Left(patterns.layout.sheets[op.sheet].title, column, rows)

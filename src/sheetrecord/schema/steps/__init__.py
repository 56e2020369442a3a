"""What changed from version to version of the schema, and so what older workbooks hold."""

from typing import Final

from sheetrecord.schema.steps import v001_kept, v002_plain
from sheetrecord.schema.steps.step import AddColumn, SetFormula, Step

STEPS: Final[tuple[Step, ...]] = (v001_kept.STEP, v002_plain.STEP)
"""Every step there ever was, oldest first; version 0 is what the first templates were."""


def formulas_before(sheet: str, key: str) -> tuple[tuple[int, str], ...]:
    """Return a column's older formulas in the schema's notation, each with its last version.

    The newest comes first; nothing for a column whose formula never changed.
    """
    found = [
        (step.to - 1, op.was)
        for step in STEPS
        for op in step.ops
        if isinstance(op, SetFormula) and (op.sheet, op.key) == (sheet, key)
    ]
    return tuple(reversed(found))


def came_with(sheet: str, key: str) -> int:
    """Return the version that a column came with, 0 for the columns of the first templates."""
    added = (
        step.to
        for step in STEPS
        for op in step.ops
        if isinstance(op, AddColumn) and (op.sheet, op.key) == (sheet, key)
    )
    return next(added, 0)

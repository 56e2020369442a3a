"""Findings about a workbook of an older schema version, and amounts that differ from ours.

Looked at only when a workbook says that it is older, or lacks a column that came later.
"""

from collections.abc import Iterator
from typing import Any, Final

from sheetrecord.core.derive import derive
from sheetrecord.core.restore_formulas import currency_of
from sheetrecord.model.book import Book
from sheetrecord.model.money import to_major
from sheetrecord.model.phrase import Numeral, Phrase
from sheetrecord.model.problem import Where
from sheetrecord.model.value import UNKNOWN, Cell, Formula, shown
from sheetrecord.schema import names
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Record
from sheetrecord.schema.settings import version_of
from sheetrecord.schema.sheets import SCHEMA_VERSION, SHEETS
from sheetrecord.schema.steps import STEPS, came_with
from sheetrecord.schema.steps.step import SetFormula

OLDER, OTHER_MONEY = "MIG-001", "MIG-002"
_OLD_FORMULAS: Final = "MIG-003"
_CENT: Final = 0.005


def with_version(book: Book, parsed: Parsed) -> Parsed:
    """Return what was read with findings about its version added; none for the present one.

    Columns that came later are not missing from an older workbook. A format without formulas
    shows none that could be old.
    """
    version = version_told(book, parsed.layout)
    if version >= SCHEMA_VERSION or not book.live:
        return parsed
    kept = [
        one
        for one in parsed.findings
        if one.code != _OLD_FORMULAS and not _came_later(one, parsed.layout, version)
    ]
    area = book.names.get(names.setting_name("schema_version"))
    where = Where(area.sheet, area.top, area.left) if area else Where()
    said = Finding(OLDER, where, {"version": version, "present": SCHEMA_VERSION})
    return parsed._replace(findings=(*kept, said, *_other_money(book, parsed, version)))


def reminder(source: object, parsed: Parsed) -> str:
    """Return one line for a workbook that an older version made, nothing for another."""
    said = next((one.words for one in parsed.findings if one.code == OLDER), None)
    if said is None:
        return ""
    return (
        f"{source}: made by version {said['version']} of the record, the present one is "
        f"{said['present']}. Bring it there with: sheetrecord migrate {source}"
    )


def version_told(book: Book, layout: RecordLayout) -> int:
    """Return the version, told by missing columns where the number was not kept by every version.

    The first templates said 1 whatever they lacked, and had no name that says what made them.
    """
    version = version_of(book)
    if book.origin or version > 1:
        return version
    lacking = [
        came_with(column.sheet, column.key)
        for key, place in layout.sheets.items()
        for column in SHEETS[key].columns
        if column.key not in place.columns
    ]
    return min([version, *(came - 1 for came in lacking if 0 < came <= version)])


def _came_later(finding: Finding, layout: RecordLayout, version: int) -> bool:
    if finding.code != "HEAD-002":
        return False
    sheets = {place.title: key for key, place in layout.sheets.items()}
    sheet = sheets.get(finding.where.sheet, finding.where.sheet)
    return came_with(sheet, finding.where.key) > version


def _changed_money(version: int) -> dict[tuple[str, str], bool]:
    """Return the columns of money with another formula since a version; whether all are alike."""
    changed: dict[tuple[str, str], bool] = {}
    ops = [op for step in STEPS if step.to > version for op in step.ops]
    for op in ops:
        if isinstance(op, SetFormula) and SHEETS[op.sheet].by_key[op.key].kind is Kind.MONEY:
            at = op.sheet, op.key
            changed[at] = changed.get(at, True) and op.alike
    return changed


def _other_money(book: Book, parsed: Parsed, version: int) -> Iterator[Finding]:
    """Yield the columns of money whose formulas changed since and show another amount.

    The first such row stands for its column; a formula without a stored result shows nothing
    that could be compared, so it counts as another amount where the engine has one, unless old
    and new formula are alike.
    """
    record = derive(parsed.record)
    for (sheet, key), alike in sorted(_changed_money(version).items()):
        place = parsed.layout.sheets.get(sheet)
        if place is None or key not in place.columns:
            continue
        column = SHEETS[sheet].by_key[key]
        cells = book.sheets[place.title].column(place.columns[key])
        held = dict(zip(cells.rows, cells.values, strict=False))
        apart = [
            row
            for row in record.rows(sheet)
            if not (alike and shown(held.get(row.row)) is UNKNOWN)
            and _apart(held.get(row.row), column, row, record)
        ]
        if apart:
            first = apart[0]
            where = parsed.layout.where(sheet, first.row, key, first.id)
            told = {
                "column": key,
                "count": len(apart),
                **_amounts(held.get(first.row), column, first, record),
            }
            yield Finding(OTHER_MONEY, where, told)


def _apart(cell: Cell, column: Column, row: object, record: Record) -> bool:
    """True if a cell shows another amount than the engine computes."""
    seen, ours = _number(shown(cell)), _amount(column, row, record)
    return abs(seen - ours) > _CENT


def _number(seen: object) -> float:
    return float(seen) if isinstance(seen, int | float) else 0.0


def _amount(column: Column, row: Any, record: Record) -> float:
    value = row.get(column.key)
    return 0.0 if value is None else float(to_major(value, currency_of(row, record)))


def _amounts(cell: Cell, column: Column, row: object, record: Record) -> dict[str, str]:
    seen, ours = shown(cell), _amount(column, row, record)
    nothing = Phrase("no result" if isinstance(cell, Formula) else "nothing")
    told = Numeral(f"{seen:,.2f}") if isinstance(seen, int | float) else nothing
    return {"shown": told, "ours": Numeral(f"{ours:,.2f}")}

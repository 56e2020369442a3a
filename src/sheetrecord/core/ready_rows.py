"""Rows that wait for an answer: which ones deals lack, as a plan that adds them, nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.unreadable import blind
from sheetrecord.model.edit import AddRow
from sheetrecord.rules.without_row import PERSON, kinds_without_row, types_without_row
from sheetrecord.schema.prompts import PEOPLE_ROWS
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows, Record, Settings
from sheetrecord.schema.sheets import SHEETS

_KEYS: Final = {"Context": "kind", "Commitments": "type"}
"""The column that says what a row of the sheet asks; its list has the same name."""


def rows_to_add(
    parsed: Parsed, record: Record, known: Mapping[str, Mapping[str, str]], deal_id: str = ""
) -> tuple[AddRow, ...]:
    """Return the rows that deals lack, or those of one deal; each is made once and found again.

    ``known`` holds, by sheet, the row ids that are taken and the deal of each. Nothing is added to
    a workbook of which a part cannot be read, nor for a deal whose id stands twice.
    """
    if not blind(parsed).judges or not _holds(parsed):
        return ()
    times = Counter(deal.deal_id for deal in record.deals)
    taken = {sheet: dict(known.get(sheet, {})) for sheet in _KEYS}
    found: list[AddRow] = []
    for rows in record.by_deal.values():
        if times[rows.id] == 1 and deal_id in {"", rows.id}:
            found += _of_deal(rows, record.settings, taken)
    return tuple(found)


def _holds(parsed: Parsed) -> bool:
    """Tell whether the columns that make a row a question are there."""
    return all(
        {"deal_id", key, SHEETS[sheet].columns[0].key} <= parsed.layout.sheets[sheet].columns.keys()
        for sheet, key in _KEYS.items()
    )


def _of_deal(
    rows: DealRows, settings: Settings, taken: Mapping[str, dict[str, str]]
) -> Iterator[AddRow]:
    for kind in kinds_without_row(rows, settings):
        for number in range(PEOPLE_ROWS if kind == PERSON else 1):
            yield _row("Context", rows.id, kind, number, settings, taken["Context"])
    for type_ in types_without_row(rows, settings):
        yield _row("Commitments", rows.id, type_, 0, settings, taken["Commitments"])


def _row(
    sheet: str, deal_id: str, code: str, number: int, settings: Settings, taken: dict[str, str]
) -> AddRow:
    key = _KEYS[sheet]
    label = settings.label(key, code)
    prefix = SHEETS[sheet].prefix
    while (found := row_id(prefix, taken, deal_id, "question", code, str(number))) in taken:
        number += PEOPLE_ROWS  # somebody made another row of the one that was added before
    taken[found] = deal_id
    return AddRow(sheet, found, {"deal_id": deal_id, key: label}, f"waits for the answer: {label}")

"""What differs between what was sold and what the record says now."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sheetrecord.core.handover.baseline import Baseline, canonical
from sheetrecord.schema.column import ColumnOwner
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.sheets import SHEETS


class Difference(NamedTuple):
    """One cell, or with an empty ``key`` one row, that is not as it was sold.

    Values are canonical: codes, ISO dates, integer minor units; None is blank or absent.
    """

    sheet: str
    row_id: str
    key: str
    sold: Any
    now: Any
    owner: str

    @property
    def row_word(self) -> str:
        """``added`` or ``removed`` for a whole row, else nothing."""
        if self.key:
            return ""
        return "added" if self.sold is None else "removed"


def differences(
    baseline: Baseline, rows: DealRows, *, everything: bool = False
) -> Iterator[Difference]:
    """Yield how a deal differs from its baseline, sheet by sheet.

    Only what sales agreed counts as sold; ``everything`` adds what ops and finance filled in
    since, which is work going on and not a change of the deal.
    """
    now = canonical(rows)
    for place in sorted({*baseline.content, *now}, key=_order):
        sheet, row_id = place
        old, new = baseline.content.get(place), now.get(place)
        if sheet not in SHEETS:
            continue
        if old is None or new is None:
            yield Difference(sheet, row_id, "", old, new, ColumnOwner.SALES.value)
            continue
        for column in SHEETS[sheet].columns:
            before, after = old.get(column.key), new.get(column.key)
            agreed = column.owner is ColumnOwner.SALES
            if before != after and (agreed or everything):
                yield Difference(sheet, row_id, column.key, before, after, column.owner.value)


def _order(place: tuple[str, str]) -> tuple[int, str]:
    sheets = list(SHEETS)
    return (sheets.index(place[0]) if place[0] in sheets else len(sheets), place[1])

"""The client and the deal that a row belongs to, to name it in messages about conflicts."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sheetrecord.core.merge.side import Side
from sheetrecord.model.edit import AddRow, Edit
from sheetrecord.model.value import shown


class Subject(NamedTuple):
    """A deal and its client; fields are empty where unknown."""

    deal_id: str = ""
    client: str = ""
    deal_name: str = ""

    @property
    def deal(self) -> str:
        """The deal's id and name."""
        return " ".join(filter(None, (self.deal_id, self.deal_name)))

    @property
    def told(self) -> str:
        """Client and deal in one line."""
        return ", ".join(filter(None, (self.client, self.deal)))


def subject(
    rows: Mapping[str, Mapping[str, Mapping[str, object]]], sheet: str, id_: str
) -> Subject:
    """Return the client and deal of a row; ``rows`` are cells by sheet, row id and column key."""
    row = rows.get(sheet, {}).get(id_, {})
    deal_id = id_ if sheet == "Deal" else str(row.get("deal_id") or "")
    deal = rows.get("Deal", {}).get(deal_id, {})
    return Subject(deal_id, *(_text(deal.get(key)) for key in ("client", "deal_name")))


class Subjects:
    """Looks up the client and deal of rows in one copy, including rows that a plan adds."""

    def __init__(self, side: Side, plan: Iterable[Edit] = ()) -> None:
        self._side = side
        self._new = {(e.sheet, e.row_id): e.cells for e in plan if isinstance(e, AddRow)}

    def of(self, sheet: str, id_: str) -> Subject:
        """Return the client and deal of a row; empty fields for a row that is not there."""
        deal_id = id_ if sheet == "Deal" else _text(self._cell(sheet, id_, "deal_id"))
        told = (_text(self._cell("Deal", deal_id, key)) for key in ("client", "deal_name"))
        return Subject(deal_id, *told)

    def _cell(self, sheet: str, id_: str, key: str) -> object:
        row = self._side.present(sheet).get(id_, 0)
        here = shown(self._side.raw(sheet, row, key))
        return self._new.get((sheet, id_), {}).get(key) if here is None else here


def _text(cell: object) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""

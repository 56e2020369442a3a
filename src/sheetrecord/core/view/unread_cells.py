"""Cells that hold something nobody can read: what they say is missing in every sum and list.

A view, a digest or a feed is made of what was read. It names such cells, so that a line which it
leaves out is never left out in silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.sanitise import flat
from sheetrecord.schema import share
from sheetrecord.schema.column import Kind, Row
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_FIRST: Final = frozenset((Kind.MONEY, Kind.DATE, Kind.NUMBER, Kind.PERCENT))
"""Kinds that sums and days are made of: their cells are named first."""

_TYPED: Final = frozenset(("TYPE-001", "TYPE-002", "TYPE-007", "TYPE-008", "TYPE-013"))
"""What can be wrong with what a person typed over a formula, which then counts as not there."""


class UnreadCell(NamedTuple):
    """A cell that was not read: its sheet and column key, its address, the column's header.

    ``deal_id`` is of the deal that it belongs to, ``first`` tells that a sum or a day lacks it.
    """

    sheet: str
    key: str
    address: str
    head: str
    deal_id: str
    first: bool

    @property
    def text(self) -> str:
        """The cell as people find it: address, header, deal."""
        return " \u00b7 ".join(filter(None, (self.address, flat(self.head), flat(self.deal_id))))


def unread_cells(parsed: Parsed, seen: Record, audience: Audience) -> list[UnreadCell]:
    """Return the cells that an audience would see if they could be read, sums and days first.

    ``seen`` is the record narrowed to the audience.
    """
    found = sorted(_found(parsed, seen, audience), key=lambda one: (not one[0].first, one[1]))
    return [one for one, _ in found]


def _found(
    parsed: Parsed, seen: Record, audience: Audience
) -> Iterator[tuple[UnreadCell, tuple[int, int, int]]]:
    titles = {place.title: key for key, place in parsed.layout.sheets.items()}
    rows: dict[str, Mapping[int, Row]] = {}
    own: dict[str, Mapping[int, Row]] = {}
    order = list(SHEETS)
    for finding in parsed.findings:
        where = finding.where
        sheet = titles.get(where.sheet, "")
        if not finding.code.startswith("TYPE-") or not sheet or not where.row:
            continue
        if not _is_granted(audience, sheet, where.key):
            continue
        row = rows.setdefault(sheet, _by_number(seen.rows(sheet))).get(where.row)
        typed = own.setdefault(sheet, _by_number(parsed.record.rows(sheet))).get(where.row)
        if row is None or typed is None or not _is_lost(finding.code, typed, where.key):
            continue
        head = parsed.layout.sheets[sheet].heads.get(where.key, where.key)
        first = SHEETS[sheet].by_key[where.key].kind in _FIRST
        cell = UnreadCell(sheet, where.key, where.address, head, str(row.get("deal_id")), first)
        yield cell, (order.index(sheet), where.row, where.column)


def _is_granted(audience: Audience, sheet: str, key: str) -> bool:
    grant = audience.grants.get(sheet)
    return grant is not None and key in grant.columns and key != share.KEY


def _is_lost(code: str, row: Row, key: str) -> bool:
    """Tell whether nothing of a cell was read; the engine fills a column of its own anew."""
    column = row.by_key[key]
    if column.derived or column.formula:
        return code in _TYPED
    return row.get(key) in {None, "", False}


def _by_number(rows: Sequence[Row]) -> Mapping[int, Row]:
    return {row.row: row for row in rows}

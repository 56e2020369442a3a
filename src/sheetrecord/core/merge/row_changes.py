"""Compare a row in two copies cell by cell, by value rather than by representation."""

from collections.abc import Mapping
from functools import cache
from operator import itemgetter

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread, same, same_formula
from sheetrecord.core.merge.side import Compared, Side, SideRow
from sheetrecord.core.merge.similarity import Cells
from sheetrecord.model.money import exponent
from sheetrecord.model.value import Cell, Formula, shown
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS


class Differ:
    """Compares rows of one sheet between two copies, in the columns that both show."""

    def __init__(self, sheet: str, before: Side, after: Side) -> None:
        self.sheet, self.before, self.after = sheet, before, after
        self.columns = SHEETS[sheet].columns
        missing = before.missing[sheet] | after.missing[sheet]
        self.seen = tuple(i for i in similarity.typed(sheet) if i not in missing)
        self.money = frozenset(i for i in self.seen if self.columns[i - 1].kind is Kind.MONEY)
        self._currency = currency_position(sheet)
        deal = SHEETS[sheet].by_key.get("deal_id")
        self._deal = deal.position if deal else 0
        self.rescaled = _rescaled(before, after) if self.money else frozenset()
        # what is computed may differ in every row, as where one copy holds no formulas
        told = {*self.seen, self._currency, self._deal} - {0}
        self._told = itemgetter(*sorted(told)) if told else _nothing_of
        self._known = before.compared.setdefault(after, {}).setdefault(sheet, {})

    def changed(self, old: SideRow, new: SideRow) -> frozenset[int]:
        """Return the positions of cells whose value changed from ``old`` to ``new``.

        A cell that is an error or was not calculated does not count, nor does a formula whose
        inputs changed. Amounts that differ in minor units or currency are compared as typed, within
        1e-6.
        """
        if self.equal(old.cells, new.cells):
            return frozenset()
        key = (id(old.cells), id(new.cells))
        known = self._known.get(key)
        if known is None:  # both rows are kept, so that no other one gets their numbers
            found = frozenset(
                i
                for i in self.seen
                if not isinstance(new.cells[i], Unread) and self._apart(i, old, new)
            )
            known = self._known[key] = Compared(old.cells, new.cells, found)
        return known.changed

    def unread(self, old: SideRow, new: SideRow) -> list[int]:
        """Return the positions of cells that became unreadable."""
        return [
            i
            for i in self.seen
            if isinstance(new.cells[i], Unread) and new.cells[i] != old.cells[i]
        ]

    def untouched(self, old: SideRow, new: SideRow) -> bool:
        """Return True if no cell changed or became unreadable."""
        if self.equal(old.cells, new.cells):
            return True
        return not self.changed(old, new) and not self.unread(old, new)

    def equal(self, old: Cells, new: Cells) -> bool:
        """Return True if two typed rows say the same, cell by cell: most rows that are compared."""
        read = self._told
        return read(old) == read(new) and not (
            self.rescaled and (old[self._deal] in self.rescaled or new[self._deal] in self.rescaled)
        )

    def touched(self, old: SideRow, new: SideRow) -> frozenset[int]:
        """Return the positions of cells that changed or became unreadable."""
        return self.changed(old, new).union(self.unread(old, new))

    def same(self, position: int, one: SideRow, other: SideRow) -> bool:
        """Return True if a cell has one value in both copies."""
        return not self._apart(position, one, other)

    def _may_hide(self, old: SideRow, new: SideRow) -> bool:
        """Tell whether equal minor units may stand for two amounts: the currency's places moved."""
        return bool(self.rescaled) and (
            old.cells[self._deal] in self.rescaled or new.cells[self._deal] in self.rescaled
        )

    def _apart(self, i: int, old: SideRow, new: SideRow) -> bool:
        one, other = old.cells[i], new.cells[i]
        if i in self.money and (self._other_currency(old, new) or one != other):
            return not _same_amount(self._raw(self.before, i, old), self._raw(self.after, i, new))
        if same(one, other):
            return False
        return not self._same_source(i, old, new)

    def _other_currency(self, old: SideRow, new: SideRow) -> bool:
        at = self._currency
        return bool(at and old.cells[at] != new.cells[at]) or self._may_hide(old, new)

    def _same_source(self, i: int, old: SideRow, new: SideRow) -> bool:
        """Tell whether two cells differ only in what one formula makes of its surroundings."""
        was, now = self._raw(self.before, i, old), self._raw(self.after, i, new)
        if same_formula(was, old.row, now, new.row):
            return True
        column = self.columns[i - 1]
        if not column.override:
            return False
        if isinstance(was, Formula | None) and isinstance(now, Formula | None):
            return True  # nobody typed over the formula, or it is not there yet
        if isinstance(was, Formula) and not self.after.live:
            return bool(new.cells[i] == self._derived(self.before, i, old))
        if isinstance(now, Formula) and not self.before.live:
            return bool(old.cells[i] == self._derived(self.after, i, new))
        return False

    def _derived(self, side: Side, i: int, held: SideRow) -> object:
        return side.derived_value(self.sheet, held.row, i)

    def _raw(self, side: Side, i: int, held: SideRow) -> Cell:
        return side.raw(self.sheet, held.row, self.columns[i - 1].key)


def _nothing_of(_: Cells) -> tuple[()]:
    return ()


def _same_amount(one: Cell, other: Cell) -> bool:
    """Tell whether two cells show one amount; noise far below a cent does not count."""
    was, now = shown(one), shown(other)
    if isinstance(was, int | float) and isinstance(now, int | float):
        if isinstance(was, bool) or isinstance(now, bool):
            return type(was) is type(now) and was == now
        return was == now or abs(was - now) <= 1e-6
    if isinstance(was, str) and isinstance(now, str):
        return was.strip() == now.strip()
    return (_nothing(was) and _nothing(now)) or (type(was) is type(now) and was == now)


def _nothing(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@cache
def currency_position(sheet: str) -> int:
    """Return the position of a sheet's currency column; 0 where rows have the deal's currency."""
    column = SHEETS[sheet].by_key.get("currency")
    return column.position if column else 0


def _rescaled(before: Side, after: Side) -> frozenset[str]:
    """Return the deals whose currency got another number of decimal places."""
    old = _places(before)
    new = _places(after)
    return frozenset(id_ for id_, places in new.items() if old.get(id_, places) != places)


def _places(side: Side) -> Mapping[str, int]:
    return {deal.deal_id: exponent(deal.currency) for deal in side.parsed.record.deals}

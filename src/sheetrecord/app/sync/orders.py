"""What is asked of the record itself: take a run back, decide a conflict."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.core.sync.decisions import Order, keep
from sheetrecord.core.sync.durable import Entry, Logged, Standing, Stored
from sheetrecord.core.sync.ledger import undone
from sheetrecord.model.conflict import Wanted
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

UNDO: Final = "undo"
DECISION: Final = "decision"
_CHANGES: Final = frozenset({"set", "add", "remove"})


class Undoing:
    """Takes a run back; afterwards it knows which one it was and what could not be taken back."""

    def __init__(self, number: int = 0) -> None:
        self.run = number
        self.plan: Plan = ()
        self.left: tuple[Entry, ...] = ()

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[Order]:
        """Return the order. Raises SheetRecordError for a run that never was."""
        runs = [one.run for one in ledger if one.entry.kind in _CHANGES]
        if self.run and self.run not in {one.run for one in ledger}:
            known = ", ".join(map(str, sorted(set(runs))[-12:])) or "none"
            raise SheetRecordError(
                f"There is no run {self.run} that changed the record.", f"The last ones: {known}."
            )
        self.run = self.run or max(runs, default=0)
        if not self.run:
            return ()
        began = ledger[0].at if ledger else None
        if any(one.run == self.run and one.at == began for one in ledger):
            raise SheetRecordError(
                f"Run {self.run} began the record: there is nothing before it to go back to.",
                "To leave a copy out of the record, take it out of sheetrecord.toml.",
            )
        # One sync makes several commits, all of one moment: they go back together.
        moment = next(one.at for one in ledger if one.run == self.run)
        entries = [one.entry for one in ledger if one.at == moment and one.entry.kind in _CHANGES]
        found = undone(stored.record.rows, entries)
        self.plan, self.left = found.plan, found.left
        return (Order(UNDO, found.plan, (), f"run {self.run} taken back"),)


class Keeping:
    """Decides the conflicts of a row or of one cell."""

    def __init__(self, place: str, what: str, labels: Mapping[str, str]) -> None:
        self.place, self.what, self.labels = place, what, labels
        self.decided = 0

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[Order]:  # noqa: ARG002
        """Return one order for each conflict. Raises SheetRecordError for an unknown place."""
        found = [one for one in stored.conflicts if self._meant(one)]
        if not found:
            known = ", ".join(_place(one) for one in stored.conflicts[:12]) or "none"
            raise SheetRecordError(
                f"No conflict stands at {self.place}.", f"The conflicts are: {known}."
            )
        orders = list(self._orders(found))
        self.decided = len(orders)
        return orders

    def _meant(self, one: Standing) -> bool:
        return self.place in {one.row_id, _place(one)}

    def _orders(self, found: Sequence[Standing]) -> Iterator[Order]:
        for one in found:
            yield keep(one, self._wanted(one, several=len(found) > 1), DECISION)

    def _wanted(self, one: Standing, *, several: bool) -> Wanted:
        word = self.what.strip()
        if word.casefold() in {"record", "the record"}:
            return one.record
        for side in one.sides:
            name = side.origin.replace("\\", "/").rpartition("/")[2]
            if word in {side.origin, name, self.labels.get(side.origin, name)}:
                return side.value
        if not one.key or several:
            sides = ", ".join(self.labels.get(s.origin, s.origin) for s in one.sides)
            raise SheetRecordError(
                f'{_place(one)}: "{word}" is none of its sides.',
                f"Keep record, or one of: {sides}.",
            )
        return typed(one.sheet, one.key, word)


class Settling:
    """Decides for all conflicts that a copy lists and nobody has decided in it."""

    def __init__(self, copy: str, choice: str, decided: Collection[tuple[str, str, str]]) -> None:
        self.copy, self.choice, self.decided = copy, choice, decided

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[Order]:  # noqa: ARG002
        """Return one order for each conflict that is left."""
        return [
            keep(one, self._wanted(one), DECISION)
            for one in stored.conflicts
            if (one.sheet, one.row_id, one.key) not in self.decided
        ]

    def _wanted(self, one: Standing) -> Wanted:
        mine = next((side.value for side in one.sides if side.origin == self.copy), one.record)
        if self.choice == "ours":
            return mine
        others = [one.record, *(side.value for side in one.sides)]
        return next((value for value in others if value != mine), one.record)


def typed(sheet: str, key: str, text: str) -> Cell:
    """Return what somebody typed on a command line as a cell: a number, a day, or text."""
    kind = SHEETS[sheet].by_key[key].kind
    if not text:
        return None
    if kind is Kind.DATE:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    if kind in {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}:
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() else number
    return text


def _place(one: Standing) -> str:
    return f"{one.row_id}.{one.key}" if one.key else one.row_id

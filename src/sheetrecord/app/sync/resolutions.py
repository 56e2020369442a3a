"""Orders for the record itself: undo a run, decide a conflict."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sheetrecord.core.sync.decisions import RecordOrder, keep
from sheetrecord.core.sync.ledger import undone
from sheetrecord.core.sync.store_protocol import LedgerEntry, Logged, OpenConflict, Stored
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

UNDO: Final = "undo"
DECISION: Final = "decision"
CHANGES: Final = frozenset({"set", "add", "remove"})
"""The kinds of the ledger's entries that change the record."""

_RECORD: Final = frozenset({"record", "the record"})
"""What somebody types who means what the record holds."""

_WHOLE: Final = frozenset({"deleted", "kept"})
"""What is said of a whole row."""

_WORDS: Final = ("record", "ours", "theirs", "deleted", "kept")
"""What somebody who types nearly this means no value."""


class Undoing:
    """Undoes a run; afterwards it holds which one, and the entries that could not be undone."""

    def __init__(self, number: int = 0) -> None:
        self.run = number
        self.plan: Plan = ()
        self.left: tuple[LedgerEntry, ...] = ()

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[RecordOrder]:
        """Return the order. Raises SheetRecordError for a run that never was."""
        runs = [one.run for one in ledger if one.entry.kind in CHANGES]
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
        entries = [one.entry for one in ledger if one.at == moment and one.entry.kind in CHANGES]
        found = undone(stored.record.rows, entries)
        self.plan, self.left = found.plan, found.left
        return (RecordOrder(UNDO, found.plan, (), f"run {self.run} taken back"),)


class Keeping:
    """Decides the conflicts of a row or of one cell."""

    def __init__(self, place: str, what: str, labels: Mapping[str, str]) -> None:
        self.place, self.what, self.labels = place, what, labels
        self.known: Collection[str] = ()
        self.decided = 0

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[RecordOrder]:  # noqa: ARG002
        """Return one order for each conflict. Raises SheetRecordError for an unknown place."""
        found = [one for one in stored.conflicts if self._meant(one)]
        if not found:
            known = ", ".join(_place(one) for one in stored.conflicts[:12]) or "none"
            raise SheetRecordError(
                f"No conflict stands at {self.place}.", f"The conflicts are: {known}."
            )
        self.known = {*self.labels, *stored.copies}
        if any(not one.key for one in found) and self.what.strip().casefold() in _WHOLE:
            found = [one for one in found if not one.key]  # its cells go with it, or stay asked
        if len(found) == 1 and self._names_a_side(found[0]):
            found = self._with_mates(found[0], stored.conflicts)
        orders = list(self._orders(found))
        self.decided = len(orders)
        return orders

    def _meant(self, one: OpenConflict) -> bool:
        return self.place in {one.row_id, _place(one)}

    def _names_a_side(self, one: OpenConflict) -> bool:
        """Tell whether the word takes a side, and is no value for one cell."""
        word = self.what.strip()
        origins = (*self.known, *(side.origin for side in one.sides))
        return word.casefold() in _RECORD or any(word in self._names(name) for name in origins)

    def _with_mates(
        self, one: OpenConflict, standing: Sequence[OpenConflict]
    ) -> list[OpenConflict]:
        """Return a conflict with those that belong together with it: a side is taken whole."""
        where = (one.sheet, one.row_id, one.group)
        mates = [two for two in standing if (two.sheet, two.row_id, two.group) == where]
        return mates if one.group else [one]

    def _orders(self, found: Sequence[OpenConflict]) -> Iterator[RecordOrder]:
        for one in found:
            yield keep(one, self._wanted(one, several=len(found) > 1), DECISION)

    def _wanted(self, one: OpenConflict, *, several: bool) -> Wanted:
        word = self.what.strip()
        if word.startswith("=") and one.key and not several:
            return typed(one.sheet, one.key, word[1:])
        if word.casefold() in _RECORD:
            return one.record
        if not one.key and word.casefold() in _WHOLE:
            return self._whole(one, gone=word.casefold() == "deleted")
        for side in one.sides:
            if word in self._names(side.origin):
                return side.value
        if any(word in self._names(name) for name in self.known):
            return one.record  # a copy that disputes nothing shows what the record holds
        near = get_close_matches(word.casefold(), _WORDS, 1)
        if not one.key or several or near:
            raise self._asked(one, word)
        return typed(one.sheet, one.key, word)

    def _names(self, origin: str) -> set[str]:
        """Return what people may call a copy."""
        name = origin.replace("\\", "/").rpartition("/")[2]
        return {origin, name, name.rpartition(".")[0], self.labels.get(origin, name)} - {""}

    def _whole(self, one: OpenConflict, *, gone: bool) -> Wanted:
        values = [one.record, *(side.value for side in one.sides)]
        found = [value for value in values if isinstance(value, Whole) and value.gone is gone]
        if not found:
            raise self._asked(one, "deleted" if gone else "kept")
        return found[0]

    def _asked(self, one: OpenConflict, word: str) -> SheetRecordError:
        """Return the error that says what may be kept."""
        names = dict.fromkeys(self.labels.get(s.origin, s.origin) for s in one.sides)
        words = ["record", *([] if one.key else ["deleted", "kept"]), *names]
        value = f", or a value with = before it (={word})" if one.key else ""
        text = f'{_place(one)}: "{word}" is none of its sides.'
        return SheetRecordError(text, f"Keep one of: {', '.join(words)}{value}.")


class Settling:
    """Decides for all conflicts that a copy lists and nobody has decided in it."""

    def __init__(self, copy: str, choice: str, decided: Collection[tuple[str, str, str]]) -> None:
        self.copy, self.choice, self.decided = copy, choice, decided

    def __call__(self, stored: Stored, ledger: Sequence[Logged]) -> Sequence[RecordOrder]:  # noqa: ARG002
        """Return one order for each conflict that is left."""
        return [
            keep(one, self._wanted(one), DECISION)
            for one in stored.conflicts
            if (one.sheet, one.row_id, one.key) not in self.decided
        ]

    def _wanted(self, one: OpenConflict) -> Wanted:
        mine = next((side.value for side in one.sides if side.origin == self.copy), one.record)
        if self.choice == "ours":
            return mine
        others = [one.record, *(side.value for side in one.sides)]
        return next((value for value in others if value != mine), one.record)


def typed(sheet: str, key: str, text: str) -> Cell:
    """Return a command-line argument as a cell: a number, a date, or text."""
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


def _place(one: OpenConflict) -> str:
    return f"{one.row_id}.{one.key}" if one.key else one.row_id

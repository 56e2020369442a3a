"""A simulated office: copies of a record, people who work in them, and the engine, step by step.

Everything that happens is an action, three numbers whose meaning depends on what there is; so a
list of actions is a world, any part of it is one too, and the same list is the same world.
"""

import copy
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from merge.people import CURRENCIES, START
from merge.world import Rows, content
from sheetrecord.core.sync import engine
from sheetrecord.core.sync.decisions import RecordOrder
from sheetrecord.core.sync.effects import (
    Away,
    Base,
    Based,
    Commit,
    Put,
    ReadCopy,
    SavedMeanwhile,
    Seen,
)
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.session import Options
from sheetrecord.core.sync.store_protocol import LedgerEntry
from sheetrecord.model.edit import SetValue
from sheetrecord.model.value import CellError
from sheetrecord.schema.sheets import SHEETS
from sync.memory import Memory
from sync.reading import Readings
from sync.shelf import TODAY, Token, Version, ids_of, said

AT = dt.datetime(2026, 6, 30, 12, 0, tzinfo=dt.UTC)
ALL = frozenset(
    {"emptied", "mass-delete", "all-changed", "sorted-apart", "column-cleared", "ids-swapped"}
)
NAMES = ("anna", "ben", "cleo")
MOST_COPIES = 4

Place = tuple[str, str, str]
Named = tuple[str, str]


def amount(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The cells of a row that only make sense together; an invoice's number is among them."""
    number = (row["invoice_no"],) if row.get("invoice_no") is not None else ()
    return (*(row.get(key) for key in ("net", "tax", "currency")), *number)


class Screen:
    """A file as somebody has it open: what they see and type, until they save."""

    def __init__(self, name: str, version: Version) -> None:
        self.name = name
        self.rows: Rows = copy.deepcopy(version.rows)
        self.lines = list(version.lines)
        self.hidden = set(version.hidden)
        self.generation, self.mark = version.generation, version.mark
        self.last_deal = version.last_deal
        self.gone: set[Token] = set(version.gone)
        self.before = {one for one in _ids(version.rows) if one[1]} | version.deleted


def _ids(rows: Rows) -> set[tuple[str, str]]:
    return {
        (sheet, str(row.get(SHEETS[sheet].columns[0].key) or ""))
        for sheet, held in rows.items()
        for row in held
    }


class Backup(NamedTuple):
    """What was kept at one moment: the store, the files, and what was known of them."""

    store: Memory
    files: dict[str, Version]
    displaced: set[Token]
    deleted: set[Named]
    waiting: dict[int, Version]


class Office:
    """People, files, and one engine that may die at any step."""

    def __init__(self) -> None:
        self.store = Memory()
        self.sides = Readings(TODAY)
        start = Version(copy.deepcopy(START))
        self.files: dict[str, Version] = dict.fromkeys(NAMES[:2], start)
        self.files["cleo"] = Version(copy.deepcopy(START))
        self.screens: list[Screen] = []
        self.asides: dict[str, Version] = {}
        self.away: set[str] = set()
        self.open: set[str] = set()
        self.half: set[str] = set()
        self.typed = 0
        self.steps = self.puts = 0
        self.written: dict[int, Version] = {}
        """Versions that a write replaced, by the stamp they got, and whose edits are being
        accepted: until that is durable, a person who saves over the stamped file takes them back,
        not the engine."""
        self.waiting: dict[int, Version] = {}
        """Those of runs that died: accepted when a file with the stamp is found."""
        self.looked: list[Version] = []
        """What this run has read: what its people displaced they decided, written or not."""
        self.known: set[Token] = set(start.tokens())
        self.expected: set[Token] = set()
        self.displaced: set[Token] = set()
        self.deleted: set[tuple[str, str]] = set()
        self.copied: set[Token] = set()
        self.hands = set(map(amount, START["Fees"]))
        """Amounts as one hand left them: what goes together."""
        self.plain = True
        """Whether nobody broke a cell, renamed a column or decided about one cell alone."""
        self.engine: Generator[Any, Any, RunReport] | None = None
        self.asked: Any = None
        self.run = self.runs = 0
        self.allow: frozenset[str] = frozenset()
        self.orders: Sequence[RecordOrder] = ()
        """What somebody has decided by a command, for the next run."""
        self.put: Callable[[Put, int], Any] = self.replace
        self.backups: list[Backup] = []
        self.forward = False
        """Whether nothing was ever put back: then no copy is of another time."""
        self.returned: set[str] = set()
        """Copies that were put back since the office came to rest."""
        self.strange: dict[str, set[Place]] = {}
        """Copies of another time, and where they differ from the record: that is to be asked."""

    # what the engine asks

    def start(self) -> None:
        self.asked = None
        self.looked.clear()
        self.strange.clear()
        stored = self.store.load()
        self.run = stored.run
        self.runs += 1
        asides, nonce = tuple(self.asides), f"run {self.runs}"
        options = Options(
            AT,
            TODAY,
            "sync",
            allow=self.allow,
            asides=asides,
            orders=self.orders,
            nonce=nonce,
        )
        self.engine = engine.run(stored, tuple(self.files), options, self.sides)
        self.resume(None)

    def resume(self, answer: Any) -> RunReport | None:
        """Send an answer; the report when that was the last one."""
        assert self.engine is not None
        self.steps += 1
        try:
            self.asked = self.engine.send(answer)
        except StopIteration as done:
            self.engine = self.asked = None
            self.accepted(list(self.written))
            report: RunReport = done.value
            assert not self.forward or not report.unknown, "a copy is of no time at all"
            return report
        return None

    def answer(self, luck: int = 0) -> RunReport | None:
        """Carry out what the engine asks for."""
        step = self.asked
        if isinstance(step, ReadCopy):
            return self.resume(self.look(step.name, step.known))
        if isinstance(step, Base):
            found = self.store.base(step.generation)
            return self.resume(found and Based(found, self.store.mark(step.generation)))
        if isinstance(step, Commit):
            self.unasked(step.change.entries)
            self.run = self.store.commit(self.run, step.change)
            self.displaced.update(*(version.gone for version in self.looked))
            self.accepted(step.change.bases)
            return self.resume(self.run)
        return self.resume(self.put(step, luck))

    def look(self, name: str, known: str = "") -> Seen | Away:
        if name in self.away:
            return Away(name, "it cannot be reached")
        version = self.files.get(name) or self.asides[name]
        self.looked.append(version)
        self.strange.pop(name, None)
        if self.is_strange(name, version) and name not in self.half:
            self.strange[name] = self.differing(version)
        # That rows are missing from a reading is told by what is known of the copy, or by nothing.
        half = name in self.half and any(self.store.stored.record.rows.values())
        side = version.half if half else version.side
        owner = "Ana" if name in self.open else ""
        same = version.digest == known
        stamp = {"generation": version.generation, "mark": version.mark}
        if same:  # its bytes are not read, and so its stamp is not
            known = self.store.stored.copies.get(name)
            stamp = {"generation": known.generation if known else 0}
        return Seen(name, version.digest, side=None if same else side, owner=owner, **stamp)

    def replace(self, put: Put, luck: int) -> Seen | Away | SavedMeanwhile:
        """Write a file if it is what was seen; look at what was displaced."""
        name = put.seen.name
        self.puts += 1
        if name in self.away or name in self.open:
            return Away(name, "it is open")
        now = self.files[name]
        if now.digest != put.seen.digest:
            return self.moved(name, luck)
        self.nobodys_side(put, now)
        self.unasked_of(put)
        self.written[put.generation] = now
        self.files[name] = now.written(put, self.store.mark(put.generation))
        seen = self.look(name)
        assert isinstance(seen, Seen)
        return seen

    def is_strange(self, name: str, version: Version) -> bool:
        """Tell whether a file is of another time: the store did not make what it started from."""
        known = self.store.stored.copies.get(name)
        seen = known is not None and known.digest == version.digest
        made = self.store.mark(version.generation) == version.mark
        return bool(version.generation) and not seen and not made

    def differing(self, version: Version) -> set[Place]:
        """Where a file and the record say two things, in rows that both have."""
        record = self.store.stored.record.rows
        found: set[Place] = set()
        for sheet, rows in content(version.rows).items():
            for row_id, row in rows.items():
                ours = record.get(sheet, {}).get(row_id)
                for key in {*row, *ours} if ours is not None else ():
                    odd = isinstance(row.get(key), CellError) or (sheet, key) in version.hidden
                    if not odd and row.get(key) != ours.get(key):
                        found.add((sheet, row_id, key))
        return found

    def unasked(self, entries: Iterable[LedgerEntry]) -> None:
        """Nothing that differs in a copy of another time is taken for an edit or a deletion."""
        for entry in entries:
            if entry.origin in self.strange and entry.why != "decided":
                place = (entry.sheet, entry.row_id, entry.key)
                taken = entry.kind == "set" and place in self.strange[entry.origin]
                assert not taken, f"{place} of {entry.origin} was taken over unasked"
                assert entry.kind != "remove", f"{place} went unasked"
            if entry.why == "decided" or entry.kind == "settled":
                for places in self.strange.values():
                    places -= {p for p in places if p[:2] == (entry.sheet, entry.row_id)}

    def unasked_of(self, put: Put) -> None:
        """Nothing that differs in a copy of another time is written over."""
        places = self.strange.get(put.seen.name, set())
        for edit in put.plan:
            if isinstance(edit, SetValue):
                assert edit.at[:3] not in places, f"{edit.at} is written over unasked"

    def back_up(self) -> None:
        """Keep the store and the files as they are, and what they are known to hold."""
        known = [set(self.displaced), set(self.deleted), {**self.waiting, **self.written}]
        self.backups.append(Backup(self.store.copy(), dict(self.files), *known))

    def put_back(self, backup: "Backup", names: Collection[str], *, store: bool) -> None:
        """Put files, and perhaps the store, back to what they were."""
        self.die()
        self.returned.update(names)
        self.forward = False
        self.files |= {name: backup.files[name] for name in names if name in backup.files}
        if store:
            self.store = backup.store.copy()
            self.displaced, self.deleted = set(backup.displaced), set(backup.deleted)
            self.waiting = dict(backup.waiting)
            # What only the lost time knew is gone with it; what the store holds is not.
            self.expected = self.expected & set(self.store.tokens())

    def nobodys_side(self, put: Put, version: Version) -> None:
        """What a copy wants stays in it until somebody decides, or it is put back."""
        if put.seen.name in self.returned:
            return
        wanted = {
            (one.sheet, one.row_id, one.key): side.value
            for one in self.store.stored.conflicts
            for side in one.sides
            if side.origin == put.seen.name
        }
        for edit in put.plan:
            if isinstance(edit, SetValue) and edit.at[:3] in wanted:
                now = version.row(edit.at.sheet, edit.at.row_id).get(edit.at.key)
                assert now is None or now != wanted[edit.at[:3]], "a side is written over"

    def moved(self, name: str, luck: int) -> SavedMeanwhile:
        """Put back what somebody saved; if somebody saves in between, their save stands."""
        late = [screen for screen in self.screens if screen.name == name]
        if luck % 3 or not late:
            return SavedMeanwhile(name)
        aside = f"{name}.{len(self.asides) + 1}"
        self.asides[aside] = self.files[name]
        self.observe(self.files[name])
        self.save(late[luck % len(late)])
        return SavedMeanwhile(name, (aside,))

    def observe(self, version: Version) -> None:
        """From now on nothing of this may be lost but what somebody displaced on screen."""
        self.expected.update(version.tokens())
        self.displaced |= version.gone
        self.deleted |= version.deleted

    def accepted(self, generations: Iterable[int]) -> None:
        """Note that what these stamps had found is durable."""
        for generation in generations:
            for held in (self.waiting, self.written):
                if generation in held:
                    self.observe(held.pop(generation))

    def die(self) -> None:
        self.engine = self.asked = None
        self.waiting |= self.written
        self.written.clear()

    def finish(self, luck: int = 0) -> RunReport:
        """Let the engine work until it is done; return what its last run came to."""
        if self.engine is None:
            self.start()
        while self.engine is not None:
            report = self.answer(luck)
        assert report is not None
        return report

    # what people do

    def value(self, key: str) -> Any:
        self.typed += 1
        number = 1000 + self.typed
        if key == "planned_on":
            found: Any = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        elif key == "currency":
            return CURRENCIES[number % 4]
        elif key == "deal_id":
            return f"D-000{number % 2 + 1}"
        else:
            found = number if key in {"net", "tax", "value_net"} else f"typed {number}"
        self.known.add((key, found))
        return found

    def save(self, screen: Screen) -> None:
        version = Version(
            copy.deepcopy(screen.rows),
            screen.generation,
            screen.lines,
            screen.hidden,
            frozenset(screen.gone),
            screen.last_deal,
        )
        self.hands |= set(map(amount, screen.rows["Fees"]))
        self.hands |= {amount(row)[:3] for row in screen.rows["Fees"]}
        # whoever saves the older file again, with one of two rows of an id, may mean either
        twice = {id_ for id_, times in Counter(ids_of(screen.rows)).items() if times > 1}
        for sheet, rows in screen.rows.items():
            for row in rows:
                if (sheet, str(row.get(SHEETS[sheet].columns[0].key) or "")) in twice:
                    self.copied |= {(k, v) for k, v in row.items() if said(k, v)}
        version.deleted = frozenset(screen.before - _ids(screen.rows))
        version.mark = screen.mark
        self.files[screen.name] = version

    def forget(self, screen: Screen, row: dict[str, Any], key: str) -> None:
        """Note that somebody displaced a value that they saw."""
        if said(key, row.get(key)):
            screen.gone.add((key, row[key]))

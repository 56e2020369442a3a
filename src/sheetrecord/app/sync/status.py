"""The status of every copy of a record, and what is due in it, without writing anything."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.path_spelling import spelled_as
from sheetrecord.app.sync.sibling_files import Beside, missing_words
from sheetrecord.app.sync.sibling_saves import Answers, look_beside
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.app.validate import read_record
from sheetrecord.core.agenda.waiting import WaitingHandover, waiting_handovers
from sheetrecord.core.derive import derive
from sheetrecord.core.reminders import DueItem, reminders
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import CopyState, RecordStore, Snapshot, Stored
from sheetrecord.model.address import shown_address
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.schema.read.parse import Parsed, parse
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Revision


class CopyStatus(NamedTuple):
    """One copy: its name, its state in two words, and why.

    States: ``in step``, ``to decide`` (nothing but conflicts is left), ``changed`` (saved since the
    last sync), ``behind`` (the record has moved), ``waits``, ``away``, ``new``.
    """

    name: str
    state: str
    why: str = ""
    generation: int = 0


class Status(NamedTuple):
    """The record and its copies as they stand; ``store`` is an address without its password.

    ``run`` is the last run that changed the record, 0 for none; ``head`` is the hash of the
    ledger's last line; ``stamped``: its id comes from a copy's stamp or the settings; ``beside``
    are the copies beside the copies about which somebody has to say whether they count, and
    ``problems`` what else waits for somebody; ``told`` is the record itself, and ``due`` what it is
    to be reminded of, in its ``language``; ``waiting`` are handovers that nobody answered.
    """

    record: str
    store: str
    run: int
    rows: int
    conflicts: int
    head: str
    copies: tuple[CopyStatus, ...]
    labels: Mapping[str, str]
    stamped: bool
    beside: tuple[Beside, ...] = ()
    problems: tuple[str, ...] = ()
    told: Snapshot = Snapshot()
    due: tuple[DueItem, ...] = ()
    waiting: tuple[WaitingHandover, ...] = ()
    language: str = "en"


def status(targets: SyncTargets, today: dt.date, asof: dt.date | None = None) -> Status:
    """Return the status of the record and its copies; what is due is judged as of a day."""
    with looking(targets.known) as store:
        names = (copy.address for copy in targets.copies)
        stored, head = spelled_as(store.load(), names), store.head()
        asked = look_beside(targets, store, stored, Answers(today)).asked
        problems = (*_changed_rows(store), *stored.problems)
    rows = sum(len(held) for held in stored.record.rows.values())
    copies = tuple(_at(copy.address, stored, targets.known.record) for copy in targets.copies)
    conflicts = len(stored.conflicts)
    known = targets.known
    numbers = stored.changed, rows, conflicts
    read = _read(stored.record, (copy.address for copy in targets.copies), today, asof)
    return Status(
        known.record,
        shown_address(known.url),
        *numbers,
        head,
        copies,
        targets.labels,
        not known.new,
        asked,
        problems,
        stored.record,
        tuple(reminders(read)) if read is not None else (),
        _waiting(read) if read is not None else (),
        read.layout.language if read is not None else "en",
    )


def _waiting(read: Parsed) -> tuple[WaitingHandover, ...]:
    record = derive(read.record)
    return tuple(waiting_handovers(record.by_deal.values(), record.settings.asof))


def _read(
    record: Snapshot, names: Iterable[str], today: dt.date, asof: dt.date | None
) -> Parsed | None:
    """Return what the record says, or the first copy of one that was never synced."""
    if any(record.rows.values()):
        return parse(book_of(record, whole=True), today, asof)
    for name in names:
        with suppress(SheetRecordError, OSError):
            return read_record(name, today=today, asof=asof)[1]
    return None


def _changed_rows(store: RecordStore) -> Iterator[str]:
    """Yield what is wrong with the rows of the store, past its ledger."""
    try:
        store.check_rows()
    except SheetRecordError as error:
        yield str(error)


def _at(name: str, stored: Stored, record: str) -> CopyStatus:
    known = stored.copies.get(name, CopyState(name))
    try:
        workbook = open_workbook(name)
        same = workbook.unchanged(Revision(known.digest)) is not None
    except (SheetRecordError, OSError) as error:
        missing = isinstance(error, CannotRead) and error.reason == "missing"
        why = (
            missing_words(name, record, stored.copies)
            if missing
            else str(error).removeprefix(f"{name}: ")
        )
        return CopyStatus(name, "away", why, known.generation)
    if name not in stored.copies:
        return CopyStatus(name, "new", "it was never synced under this name")
    owner = workbook.owner()
    why = known.note or (f"open by {owner}" if owner else "")
    return CopyStatus(name, _state(known, stored, same=same), why, known.generation)


def _state(known: CopyState, stored: Stored, *, same: bool) -> str:
    if not same:
        return "changed"
    if known.note:
        return "waits"
    if known.run < stored.changed:
        return "behind"
    return "to decide" if stored.conflicts else "in step"

"""Verify a store against its ledger, and repair what the ledger can restore."""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from sheetrecord.core.sync.ledger import replayed
from sheetrecord.core.sync.store_protocol import Rows
from sheetrecord.model.cell_json import row_json, stable
from sheetrecord.model.errors import CannotRead
from sheetrecord.stores import statements as sql
from sheetrecord.stores.chain import Walked, walk
from sheetrecord.stores.columns import kept, row_text
from sheetrecord.stores.database import Database
from sheetrecord.stores.rows_digest import marked_rows
from sheetrecord.stores.tables import TableStore

_REPAIR = "Run `sheetrecord doctor --repair`."
_RESTORE = "Keep this store as it is, and go back to a backup made before."

Places: TypeAlias = dict[tuple[str, str], dict[str, Any]]
"""Rows by (sheet, row id), in the order in which they came."""


class StoreCheck(NamedTuple):
    """One result of a check: ``well``, or what to do; ``mends`` when `repair` can fix it."""

    what: str
    well: bool
    do: str = ""
    mends: bool = False


def verify(store: TableStore, anchors: frozenset[str] = frozenset()) -> Iterator[StoreCheck]:
    """Yield the checks of one record: chain, counters, rows against the ledger, baselines.

    ``anchors`` are ledger hashes known from elsewhere (a published page, a mail): a ledger that was
    cut or rewritten does not contain them.
    """
    walked = _walk(store, anchors)
    yield from _chain(store, walked)
    for anchor in sorted(anchors - walked.anchors):
        what = f"the ledger does not lead to the head {anchor[:12]}: it was cut or rewritten"
        yield StoreCheck(what, well=False, do=_RESTORE)
    if not walked.broken:
        yield from _rows(store)
    yield _state(store)
    lost = damaged_bases(store)
    yield StoreCheck(
        f"every generation can be read{_listed([str(n) for n in lost])}", not lost, _REPAIR, True
    )


def refuse_changed_rows(store: TableStore) -> None:
    """Raise CannotRead, naming them, if rows differ from the ledger; else renew their digest."""
    wrong = _differing(store, _told(store))
    if not wrong:
        _mark_rows(store)
        return
    names = ", ".join(" ".join(place) for place in wrong[:3])
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    why = f"not what the ledger tells: {names}{more}. Somebody changed the database itself."
    do = "Run `sheetrecord doctor --repair`, which writes them as the ledger tells; then sync."
    raise CannotRead(store.where, f"{why} Nothing was synced.", do, reason="rows")


def _mark_rows(store: TableStore) -> None:
    mine = kept(store.record_id)
    mark = marked_rows(store.database.rows(sql.ROWS, mine))
    store.database.rows(sql.SET_ROWS_MARK, mark, mine)


def verify_database(database: Database) -> StoreCheck:
    """Check the integrity of the database's own pages, for all of its records."""
    wrong = database.integrity()
    return StoreCheck(f"the database is whole{_listed(wrong)}", not wrong, _RESTORE)


def verify_chain(store: TableStore) -> list[StoreCheck]:
    """Check a record's ledger alone: enough to know that a copy is complete."""
    return list(_chain(store, _walk(store)))


def repair(store: TableStore) -> list[str]:
    """Rewrite the rows as the ledger replays them, and delete baselines that cannot be read.

    Returns what was done. A copy whose baseline is gone loses nothing: its differences become
    conflicts. Back the store up before. A ledger whose chain is broken is not repaired.
    """
    done = []
    with store.lock(), store.database.writing():
        if _walk(store).broken:
            return []
        told = _told(store)
        if _differing(store, told):
            _write_rows(store, told)
            done.append(f"{len(told)} rows written as the ledger tells them")
        lost = damaged_bases(store)
        store.database.many(sql.REMOVE_BASE, [(kept(store.record_id), n) for n in lost])
        done += [f"generation {number} dropped: it cannot be read" for number in lost]
    return done


def damaged_bases(store: TableStore) -> list[int]:
    """Return the generations whose baselines cannot be read."""
    lost = []
    for generation in store.generations():
        try:
            store.base(generation)
        except CannotRead:
            lost.append(generation)
    return lost


def _walk(store: TableStore, anchors: frozenset[str] = frozenset()) -> Walked:
    return walk(store.record_id, store.ledger_columns(), anchors)


def _chain(store: TableStore, walked: Walked) -> Iterator[StoreCheck]:
    """Compare the chain with itself, then its end with the record's own note of it."""
    if walked.broken:
        what = f"entry {walked.broken} of the ledger is not what was written"
        yield StoreCheck(what, well=False, do=_RESTORE)
        return
    state = store.state()
    yield StoreCheck(f"the ledger holds together: {walked.length} entries", well=True)
    ends = (walked.length, walked.head) == (state.seq, state.head)
    what = "the ledger is complete" if ends else f"the ledger should have {state.seq} entries"
    yield StoreCheck(what, ends, _RESTORE)


def _rows(store: TableStore) -> Iterator[StoreCheck]:
    try:
        wrong = _differing(store, _told(store))
    except CannotRead as error:
        yield StoreCheck(error.message, well=False, do=_RESTORE)
        return
    names = [" ".join(place) for place in wrong]
    yield StoreCheck(
        f"the record is what its ledger tells{_listed(names)}", not wrong, _REPAIR, True
    )


def _state(store: TableStore) -> StoreCheck:
    try:
        store.without_rows()
    except CannotRead as error:
        return StoreCheck(error.message, well=False, do=_RESTORE)
    return StoreCheck("settings, copies and conflicts can be read", well=True)


def leads_to(store: TableStore, head: str) -> bool:
    """Return True if the ledger contains a hash known from elsewhere."""
    anchor = frozenset({head})
    return _walk(store, anchor).anchors == anchor


def _told(store: TableStore) -> Places:
    """Return the rows that are left after everything the ledger tells."""
    return _places(replayed(logged.entry for logged in store.ledger()))


def _places(rows: Rows) -> Places:
    return {
        (sheet, row_id): {key: cell for key, cell in row.items() if cell is not None}
        for sheet, of_sheet in rows.items()
        for row_id, row in of_sheet.items()
    }


def _differing(store: TableStore, told: Places) -> list[tuple[str, str]]:
    """Return the places of rows that are not as the ledger tells; all when none can be read."""
    try:
        found = _places(store.rows())
    except CannotRead:
        return sorted(told)
    both = sorted(told.keys() | found.keys())
    return [place for place in both if _text(told, place) != _text(found, place)]


def _text(rows: Places, place: tuple[str, str]) -> str:
    return stable(row_json(rows[place])) if place in rows else ""


def _write_rows(store: TableStore, told: Places) -> None:
    """Put the rows in place of those that are there, in the order in which they came."""
    mine = kept(store.record_id)
    store.database.rows(sql.REMOVE_ROWS, mine)
    lines = [
        (mine, kept(sheet), kept(row_id), place, row_text(row))
        for place, ((sheet, row_id), row) in enumerate(told.items())
    ]
    store.database.many(sql.PUT_ROW, lines)
    _mark_rows(store)


def _listed(names: list[str]) -> str:
    """Return a few names after a colon, nothing for none."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f": not {', '.join(names[:3])}{more}" if names else ""

"""What must hold when the office has come to rest, whatever happened before."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from merge.world import content
from sheetrecord.app.sync.resolutions import Settling
from sheetrecord.core.merge.rows import binding, bound
from sheetrecord.core.merge.similarity import NEAR
from sheetrecord.core.sync.effects import Commit, Put
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.ledger import replayed
from sheetrecord.model.value import CellError
from sheetrecord.schema.sheets import SHEETS
from sync.office import ALL, NAMES, Office, Screen, amount
from sync.shelf import Token, ids_of, said

ROUNDS = 3


def settle(office: Office) -> None:
    """Everybody closes their files, everything can be reached; a few syncs, then the laws."""
    office.die()
    office.screens.clear()
    office.away.clear()
    office.open.clear()
    office.half.clear()
    for version in office.files.values():
        office.observe(version)
    office.allow = ALL
    for _ in range(ROUNDS):
        office.finish()
    _nothing_is_lost(office)
    _nothing_is_invented(office)
    _amounts_are_one_hands(office)
    _every_id_is_unique(office)
    _the_ledger_tells_the_record(office)
    _what_is_disputed_is_there(office)
    _deletions_are_obeyed_or_told(office)
    _copies_hold_the_record(office)
    _a_second_sync_writes_nothing(office)
    office.allow = frozenset()
    office.returned.clear()


def decide_everything(office: Office, choice: str) -> None:
    """Decide whatever stands, in one command; a sync that obeys it leaves nothing for another.

    What cannot be obeyed is told: a row that others refer to, or of which a copy holds what
    nobody can read.
    """
    settling = Settling(NAMES[0], choice, ())
    office.orders = settling(office.store.load(), ())
    unclear = set(_unclear_rows(office))
    report = office.finish()
    office.orders = ()
    _nothing_decided_stands(office, report, unclear)


def decide_in_a_list(office: Office, name: str, choice: str) -> None:
    """The same, by filling in Keep for each line of a copy's list."""
    screen = Screen(name, office.files[name])
    first = {line[1:4]: line for line in reversed(screen.lines)}
    screen.lines = [
        line._replace(keep=choice) if choice == "ours" or line is first[line[1:4]] else line
        for line in screen.lines
    ]
    unclear = set(_unclear_rows(office))
    office.save(screen)
    _nothing_decided_stands(office, office.finish(), unclear)


def _nothing_decided_stands(
    office: Office, report: RunReport, unclear: set[tuple[str, str]]
) -> None:
    record = office.store.stored.record.rows
    told = {(line.sheet, line.row_id, line.key) for _, line, _ in report.left}
    left = {(one.sheet, one.row_id, one.key) for one in office.store.stored.conflicts}
    assert left == told, f"decided, and still asked: {left - told}"
    needed = {row.get("deal_id") for row in record.get("Fees", {}).values()}
    free = [at for at in left if at[2] or (at[1] not in needed and at[:2] not in unclear)]
    assert not free, f"decided, and not obeyed: {free}"
    _the_ledger_tells_the_record(office)
    _copies_hold_the_record(office)
    _a_second_sync_writes_nothing(office)


def _unclear_rows(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the rows of which a copy holds what nobody can read, or their id more than once."""
    for version in office.files.values():
        for sheet, rows in version.rows.items():
            ids = Counter(str(row.get(SHEETS[sheet].columns[0].key) or "") for row in rows)
            for row in rows:
                id_ = str(row.get(SHEETS[sheet].columns[0].key) or "")
                hidden = any((sheet, key) in version.hidden for key in row)
                wrong = any(isinstance(value, CellError) for value in row.values())
                if hidden or wrong or ids[id_] > 1:
                    yield sheet, id_


def record_tokens(office: Office) -> list[Token]:
    return [
        (key, value)
        for rows in office.store.stored.record.rows.values()
        for row in rows.values()
        for key, value in row.items()
        if said(key, value)
    ]


def _nothing_is_lost(office: Office) -> None:
    kept = {*office.store.tokens(), *_under_other_headers(office)}
    lost = office.expected - office.displaced - kept
    assert not lost, f"lost: {sorted(map(str, lost))}"


def _under_other_headers(office: Office) -> Iterator[Token]:
    """Values that stand in a copy, in a column that somebody renamed: not synced, and not lost."""
    for version in office.files.values():
        for sheet, key in version.hidden:
            yield from ((key, row[key]) for row in version.rows[sheet] if said(key, row.get(key)))


def _nothing_is_invented(office: Office) -> None:
    found = Counter(record_tokens(office))
    made_up = found.keys() - office.known
    assert not made_up, f"made up: {made_up}"
    twice = {token for token, times in found.items() if times > 1} - office.copied
    for token in twice:
        assert _apart(office, token), f"rows have doubled: {token}"


def _apart(office: Office, token: Token) -> bool:
    """Tell whether rows with one value in common say too little alike to be known as one.

    Whoever goes on with a new row, in a file without its id, and changes most of it, or the deal
    that it is about, has two. A renamed column makes rows less alike. And whoever goes on with a
    row whose id only a lost time knew has two as well; of one of them is asked whether it stays.
    """
    asked = {one.row_id for one in office.store.stored.conflicts if not one.key}
    key, value = token
    near = NEAR if office.plain else 1.0
    moved = {one.row_id for one in office.store.entries if one.key == "deal_id"}
    rows = [
        (row_id in moved, {k: v for k, v in row.items() if v is not None})
        for held in office.store.stored.record.rows.values()
        for row_id, row in held.items()
        if row.get(key) == value and row_id not in asked
    ]
    pairs = [(one, other) for i, one in enumerate(rows) for other in rows[:i]]
    return all(
        been_moved
        or has_moved
        or one.get("deal_id") != other.get("deal_id")
        or sum(one.get(k) == other.get(k) for k in keys) < near * len(keys)
        for (been_moved, one), (has_moved, other) in pairs
        if (keys := {*one, *other} - {"deal_id"})
    )


def _amounts_are_one_hands(office: Office) -> None:
    if office.plain:
        for row_id, row in office.store.stored.record.rows.get("Fees", {}).items():
            assert amount(row) in office.hands, f"{row_id} mixes two hands"


def _every_id_is_unique(office: Office) -> None:
    for name, version in office.files.items():
        found = Counter(ids_of(version.rows))
        twice = [one for one, times in found.items() if times > 1 or not one[1]]
        assert not twice, f"{name} has {twice}"


def _the_ledger_tells_the_record(office: Office) -> None:
    told = replayed(office.store.entries)
    rows = office.store.stored.record.rows
    for sheet in {*told, *rows}:
        assert told.get(sheet, {}) == rows.get(sheet, {}), "the ledger tells another record"


def _what_is_disputed_is_there(office: Office) -> None:
    rows = office.store.stored.record.rows
    for one in office.store.stored.conflicts:
        if one.key and one.record is not None:  # a row of which every cell was cleared is none
            assert one.row_id in rows.get(one.sheet, {}), f"{one.row_id} went while disputed"


def _deletions_are_obeyed_or_told(office: Office) -> None:
    rows = office.store.stored.record.rows
    for sheet, row_id in office.deleted:
        row = rows.get(sheet, {}).get(row_id)
        # a copy of a row that is much like the deleted one may be taken for that one, edited
        if row is not None and not office.copied & set(row.items()):
            kinds = {
                entry.kind
                for entry in office.store.entries
                if (entry.sheet, entry.row_id, entry.key) == (sheet, row_id, "")
            }
            assert "conflict" in kinds or {"add", "remove"} <= kinds, f"{row_id} came back unseen"


def _copies_hold_the_record(office: Office) -> None:
    record = office.store.stored.record.rows
    stands = {(one.sheet, one.row_id, one.key) for one in office.store.stored.conflicts}
    for name, version in office.files.items():
        assert office.store.stored.copies[name].note == "", f"{name} waits"
        disputed = stands | set(_with_its_side(office, name))
        shown = content(version.rows)
        for sheet in shown:
            mine, ours = shown[sheet], record.get(sheet, {})
            for row_id in {*mine, *ours}:
                if (sheet, row_id, "") in disputed:
                    continue
                _alike(
                    name, version, (sheet, row_id), (mine.get(row_id), ours.get(row_id)), disputed
                )


def _with_its_side(office: Office, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the cells that a copy keeps beside its own side of a conflict that they go with.

    An amount that was decided is none in the currency that this copy still says.
    """
    for one in office.store.stored.conflicts:
        if one.key and name in {side.origin for side in one.sides}:
            for key in _together(one.sheet, {one.key}):
                yield one.sheet, one.row_id, key


def _together(sheet: str, keys: set[str]) -> set[str]:
    """Return columns with those that go together with them."""
    found = set(keys)
    for _, positions in bound(sheet, binding(sheet)):
        group = {SHEETS[sheet].columns[i - 1].key for i in positions}
        found |= group if group & keys else set()
    return found


def _alike(name: str, version: Any, at: Any, two: Any, disputed: Any) -> None:
    sheet, row_id = at
    mine, ours = two
    away = _together(sheet, {key for where, key in version.hidden if where == sheet})
    if mine is None or ours is None:
        left = {k for k in (mine or ours) if k not in away and k != "deal_id"}
        strange = mine is not None and all(isinstance(mine[key], CellError) for key in left)
        assert not left or strange, f"{name}: {row_id} is in one and not in the other"
        return
    for key in {*mine, *ours} - away:
        if (sheet, row_id, key) in disputed or isinstance(mine.get(key), CellError):
            continue
        assert mine.get(key) == ours.get(key), f"{name}: {row_id}.{key} differs"


def _a_second_sync_writes_nothing(office: Office) -> None:
    office.start()
    while office.engine is not None:
        assert not isinstance(office.asked, Put | Commit), f"a second sync asks for {office.asked}"
        office.answer()

"""What happens in the simulated office: one function an action, chosen by number."""

import copy
from typing import Any

from merge.people import KEYS
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.sync.effects import Commit, Put
from sheetrecord.model.value import CellError
from sync.memory import Memory
from sync.office import MOST_COPIES, Backup, Office, Screen
from sync.shelf import UNIQUE, Version, said

AMOUNT = frozenset({"net", "tax", "currency", "invoice_no"})

Action = tuple[int, int, int]
"""Which action, and two numbers that say about what."""


def _screen(office: Office, i: int) -> Screen:
    """Somebody's screen; somebody opens a file when nobody has one open."""
    if not office.screens:
        _open(office, i, 0)
    return office.screens[i % len(office.screens)]


def _open(office: Office, i: int, j: int) -> None:
    names = sorted(office.files)
    name = names[i % len(names)]
    if len(office.screens) > 4:
        del office.screens[j % len(office.screens)]
    office.screens.append(Screen(name, office.files[name]))


def _row(screen: Screen, j: int, sheet: str = "Fees") -> dict[str, Any] | None:
    rows = screen.rows[sheet]
    return rows[j % len(rows)] if rows else None


def _set(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row, key = _row(screen, j), KEYS[j // 7 % len(KEYS)]
    if row is not None:
        office.forget(screen, row, key)
        row[key] = office.value(key)


def _clear(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row, key = _row(screen, j), KEYS[j // 7 % len(KEYS)]
    if row is not None:
        office.forget(screen, row, key)
        row.pop(key, None)


def _delete(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row = _row(screen, j)
    if row is not None:
        for key in row:
            office.forget(screen, row, key)
        screen.rows["Fees"].remove(row)


def _empty(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row = _row(screen, j)
    for key in list(row or {}):
        if row is not None and key != "fee_id":
            office.forget(screen, row, key)
            del row[key]


def _add(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    if len(screen.rows["Fees"]) < 7:
        new = {key: office.value(key) for key in ("description", "net", "note")}
        screen.rows["Fees"].append({"deal_id": f"D-000{j % 2 + 1}", **new})


def _duplicate(office: Office, i: int, j: int) -> None:
    """Copy a row, id and all, and change something in the copy."""
    screen = _screen(office, i)
    row = _row(screen, j)
    if row is not None and len(screen.rows["Fees"]) < 7:
        screen.rows["Fees"].append({**row, "note": office.value("note")})


def _sort(office: Office, i: int, j: int) -> None:
    _screen(office, i).rows["Fees"].reverse()


def _break(office: Office, i: int, j: int) -> None:
    screen, office.plain = _screen(office, i), False
    row, key = _row(screen, j), ("net", "note", "description")[j // 7 % 3]
    if row is not None:
        office.forget(screen, row, key)
        row[key] = CellError("#REF!")


def _rename(office: Office, i: int, j: int) -> None:
    """Rename a column's header, or name it as before."""
    office.plain = False
    _screen(office, i).hidden ^= {("Fees", ("note", "net", "description")[j % 3])}


def _deal(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row, key = _row(screen, j, "Deal"), ("client", "value_net")[j // 7 % 2]
    if row is not None:
        office.forget(screen, row, key)
        row[key] = office.value(key)


def _new_deal(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    if len(screen.rows["Deal"]) < 4:
        screen.rows["Deal"].append({"client": office.value("client"), "currency": "EUR"})


def _drop_deal(office: Office, i: int, j: int) -> None:
    screen = _screen(office, i)
    row = _row(screen, j, "Deal")
    if row is not None and len(screen.rows["Deal"]) > 1:
        for key in row:
            office.forget(screen, row, key)
        screen.rows["Deal"].remove(row)


def _save(office: Office, i: int, j: int) -> None:
    if office.screens:
        screen = office.screens[i % len(office.screens)]
        if screen.name not in office.open:
            office.save(screen)
            if j % 2:
                office.screens.remove(screen)


def _close(office: Office, i: int, j: int) -> None:
    if office.screens:
        del office.screens[i % len(office.screens)]


def _decide(office: Office, i: int, j: int) -> None:
    """Fill in the Keep column of a list of conflicts."""
    screen = _screen(office, i)
    if not screen.lines:
        return
    office.plain = False
    at = j % len(screen.lines)
    line = screen.lines[at]
    keep: Any = ("ours", "theirs", "theirs", "ours", "somehow")[j // 7 % 5]
    if keep == "somehow" and line.key in UNIQUE:
        keep = office.value(line.key)
    screen.lines[at] = line._replace(keep=keep)
    if keep == "somehow":
        return
    for one in screen.lines:  # one word about an amount counts for all that belongs to it
        if one[1:3] == line[1:3] and (one.key == line.key or {one.key, line.key} <= AMOUNT):
            screen.gone |= {(one.key, v) for v in (one.ours, one.theirs) if said(one.key, v)}
    if not line.key:
        _row_goes(screen, line)


def _row_goes(screen: Screen, line: ConflictLine) -> None:
    """A decision about a row is one about all that its screen and its list show of it."""
    for one in screen.lines:
        if one[1:3] == line[1:3] and one.key:
            screen.gone |= {(one.key, v) for v in (one.ours, one.theirs) if said(one.key, v)}
    for rows in screen.rows.values():
        for row in rows:
            if line.row_id in {row.get("fee_id"), row.get("deal_id")}:
                screen.gone |= {(k, v) for k, v in row.items() if said(k, v)}


def _save_as(office: Office, i: int, j: int) -> None:
    names = sorted(office.files)
    if len(names) < MOST_COPIES:
        now = office.files[names[i % len(names)]]
        copied = Version(copy.deepcopy(now.rows), now.generation, now.lines, now.hidden)
        copied.digest, copied.deleted, copied.gone = now.digest, now.deleted, now.gone
        copied.mark = now.mark
        office.files[f"{names[i % len(names)]}-PC{j % 9}"] = copied


def _reach(office: Office, i: int, j: int) -> None:
    names = sorted(office.files)
    office.away ^= {names[i % len(names)]}


def _lock(office: Office, i: int, j: int) -> None:
    names = sorted(office.files)
    office.open ^= {names[i % len(names)]}


def _half(office: Office, i: int, j: int) -> None:
    names = sorted(office.files)
    office.half ^= {names[i % len(names)]}


def _step(office: Office, i: int, j: int) -> None:
    for _ in range(1 + i % 4):
        if office.engine is None:
            office.start()
        else:
            office.answer(j)


def _sync(office: Office, i: int, j: int) -> None:
    office.finish(j)


def _die(office: Office, i: int, j: int) -> None:
    office.die()


def _crash(office: Office, i: int, j: int) -> None:
    """Work on until the engine is about to make something durable or to write, and die there."""
    if office.engine is None:
        office.start()
    for _ in range(i % 6):
        while office.engine is not None and not isinstance(office.asked, Put | Commit):
            office.answer(j)
        if office.engine is not None:
            office.answer(j)
    office.die()


def _race(office: Office, i: int, j: int) -> None:
    """Work on until the engine is about to write, and save into that file just then."""
    if office.engine is None:
        office.start()
    while office.engine is not None and not isinstance(office.asked, Put):
        office.answer(j)
    if office.engine is None:
        return
    name = office.asked.seen.name
    mine = [screen for screen in office.screens if screen.name == name]
    if not mine or j % 3 == 0:
        mine = [Screen(name, office.files[name])]
        office.screens += mine
    screen = mine[i % len(mine)]
    row = _row(screen, j)
    if row is not None:
        office.forget(screen, row, "description")
        row["description"] = office.value("description")
    office.save(screen)


def _back_up(office: Office, i: int, j: int) -> None:
    """Keep the store and the files; in the middle of a sync too."""
    if len(office.backups) > 2:
        del office.backups[j % len(office.backups)]
    office.back_up()


def _put_back(office: Office, i: int, j: int) -> None:
    """Put the store back, or some of the files, or both."""
    if office.backups:
        backup = office.backups[j % len(office.backups)]
        names = [name for n, name in enumerate(sorted(backup.files)) if i >> n & 1]
        office.put_back(backup, names, store=bool(i >> 5 & 1) or not names)


def _lost_time(office: Office, i: int, j: int) -> None:
    """Keep a backup, work and sync for a while, and put the store and some files back."""
    office.die()
    office.back_up()
    backup = office.backups.pop()
    for number in range(1 + i % 3):
        (_set, _clear, _delete, _set, _add)[(j + number) % 5](office, i + number, j * 3 + number)
        _save(office, i + number, j)
    office.finish(j)
    names = [name for n, name in enumerate(sorted(backup.files)) if i >> n + 2 & 1]
    office.put_back(backup, names, store=True)


def _lose_the_store(office: Office, i: int, j: int) -> None:
    office.put_back(Backup(Memory(), {}, set(), set(), {}), (), store=True)


WEIGHTS = {
    _open: 6,
    _set: 12,
    _clear: 3,
    _delete: 4,
    _empty: 1,
    _add: 4,
    _duplicate: 2,
    _sort: 1,
    _break: 1,
    _rename: 1,
    _deal: 2,
    _new_deal: 1,
    _drop_deal: 1,
    _save: 14,
    _close: 1,
    _decide: 3,
    _save_as: 1,
    _reach: 1,
    _lock: 1,
    _half: 1,
    _step: 6,
    _sync: 6,
    _die: 1,
    _crash: 4,
    _race: 5,
    _back_up: 2,
    _put_back: 2,
    _lost_time: 3,
    _lose_the_store: 1,
}
ACTS = [act for act, weight in WEIGHTS.items() for _ in range(weight)]
FORWARD = ACTS.index(_back_up)
"""How many of them there are, the first ones, in whose worlds nothing is ever put back."""


def do(office: Office, action: Action) -> None:
    """Let one thing happen."""
    ACTS[action[0] % len(ACTS)](office, action[1], action[2])


def told(actions: list[Action]) -> str:
    """Return a list of actions in words, for a failing example."""
    return "\n".join(f"{ACTS[a % len(ACTS)].__name__[1:]} {i} {j}" for a, i, j in actions)

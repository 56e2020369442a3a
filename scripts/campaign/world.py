"""What happens in the campaign: people and faults, one function an act, and what must hold."""

import json
import os
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from campaign.office import (
    KEYS,
    STRANGE,
    TYPED,
    WORD,
    Screen,
    Table,
    saved_by_libreoffice,
    table,
    whole,
)
from campaign.running import Ran, Runner
from synced.office import firm
from synced.test_people import exported

NAMES: Final = ("firm.xlsx", "ana.xlsx", "ben")
GUARDS: Final = ("emptied", "mass-delete", "all-changed", "sorted-apart", "stranger")
MOST_ROWS, MOST_CONFLICTS = 22, 8


class World:
    """A folder with three copies and a store, and what everybody has typed and displaced."""

    def __init__(self, folder: Path, *, fresh: bool = True) -> None:
        self.folder, self.state = folder / "office", folder / "state"
        self.runner = Runner(self.folder, self.state)
        self.typed, self.counts = 0, Counter[str]()
        self.expected: set[str] = set()
        self.recent: dict[str, set[str]] = {name: set() for name in NAMES}
        """What was typed into each copy since the office last came to rest."""
        self.screens: dict[str, Screen] = {}
        self.unknown = False
        """Whether a store was lost or rolled back since: what was decided may be asked again."""
        self.random = random.Random(0)
        if fresh:
            self._begin()

    def _begin(self) -> None:
        from types import SimpleNamespace

        self.folder.mkdir(parents=True)
        self.state.mkdir(mode=0o777)
        for name in NAMES[:2]:
            (self.folder / name).write_bytes(firm())
        exported(SimpleNamespace(ana=self.folder / "ana.xlsx"), self.folder / "ben")
        self.sync()

    def path(self, name: str) -> Path:
        """Return where a copy is."""
        return self.folder / name

    # what is kept between two goes

    def told(self) -> dict[str, Any]:
        """Return what is to be remembered between two goes."""
        return {
            "typed": self.typed,
            "expected": sorted(self.expected),
            "recent": {name: sorted(words) for name, words in self.recent.items()},
            "counts": dict(self.counts),
            "unknown": self.unknown,
        }

    def remember(self, told: dict[str, Any]) -> None:
        """Take up what was remembered."""
        self.typed, self.unknown = told["typed"], told["unknown"]
        self.expected = set(told["expected"])
        self.recent = {name: set(words) for name, words in told["recent"].items()}
        self.counts = Counter(told["counts"])

    # people

    def _open(self) -> tuple[str, Screen] | None:
        name = self.random.choice(NAMES)
        if name in self.screens:
            return name, self.screens.pop(name)  # it was left open for a while
        try:
            return name, Screen(self.path(name))
        except (OSError, StopIteration):
            return None  # nothing is there until the next sync

    def _word(self, name: str) -> str:
        self.typed += 1
        word = f"w{self.typed}"
        self.expected.add(word)
        self.recent[name].add(word)
        return word

    def _save(self, name: str, screen: Screen) -> None:
        """Save what is on a screen over whatever the file holds by now."""
        if not screen.stands():
            now = _words(table(self.path(name))) if self.path(name).exists() else set()
            self.expected -= (now & self.recent[name]) - screen.words()  # only that file had them
        screen.save()
        self.counts["saves"] += 1

    def leave_open(self) -> None:
        """Open a copy, and leave it open for a while."""
        found = self._open()
        if found:
            self.screens[found[0]] = found[1]

    def edit(self) -> None:
        """Type into some cells of a copy."""
        found = self._open()
        if not found:
            return
        name, screen = found
        for _ in range(self.random.randint(1, 3)):
            i = self.random.choice(list(screen.lines()))
            header = self.random.choice([key for key in TYPED if key in screen.at])
            self.expected.discard(screen.text(screen.rows[i], header))
            screen.put(i, header, self._word(name))
        self._save(name, screen)

    def clear(self) -> None:
        """Clear a cell."""
        found = self._open()
        if found:
            name, screen = found
            i = self.random.choice(list(screen.lines()))
            header = self.random.choice([key for key in TYPED[1:] if key in screen.at])
            self.expected.discard(screen.text(screen.rows[i], header))
            screen.put(i, header, None)
            self._save(name, screen)

    def add(self) -> None:
        """Add a fee line below the others."""
        found = self._open()
        if found and len(list(found[1].lines())) < MOST_ROWS:
            name, screen = found
            i = screen.add()
            screen.put(i, "Description", self._word(name))
            screen.put(i, "Note", self._word(name))
            self._save(name, screen)

    def delete(self) -> None:
        """Empty a line, its id too."""
        found = self._open()
        if found:
            name, screen = found
            lines = list(screen.lines())
            if len(lines) > 8:
                i = self.random.choice(lines)
                self.expected -= screen.words(i)
                screen.empty(i)
                self._save(name, screen)

    def decide(self) -> None:
        """Fill in Keep for a line of the list; what else the line's row is asked goes with it."""
        found = self._open()
        if not found or not found[1].listed():
            return
        name, screen = found
        number, line = self.random.choice(screen.listed())
        row_id = line["Row id"]
        same = [other for _, other in screen.listed() if other["Row id"] == row_id]
        self.expected -= {cell for other in same for cell in other.values() if WORD.fullmatch(cell)}
        for row in screen.lines():
            if screen.text(screen.rows[row], "Fee ID") == row_id:
                self.expected -= screen.words(row)
        for other in NAMES:  # a whole row may go, with what others show in it
            self.expected -= self._row_words(other, row_id)
        screen.keep(number, self.random.choice(("ours", "theirs")))
        self._save(name, screen)

    def _row_words(self, name: str, row_id: str) -> set[str]:
        try:
            row = table(self.path(name)).get(row_id, {})
        except (OSError, StopIteration, AssertionError):
            return set()
        return {text for text in row.values() if WORD.fullmatch(text)}

    def libreoffice(self) -> None:
        """Open a workbook in LibreOffice and save it."""
        path = self.path(self.random.choice(NAMES[:2]))
        if path.exists() and saved_by_libreoffice(path):
            self.counts["saved by LibreOffice"] += 1

    # syncs

    def sync(self, *words: str, **how: Any) -> Ran:
        """Sync all copies."""
        self.counts["syncs"] += 1
        return self.runner.run("sync", *NAMES, *words, **how)

    def some(self) -> None:
        """Sync two of the copies."""
        self.counts["syncs"] += 1
        self.runner.run("sync", *self.random.sample(NAMES, 2))

    def kill(self) -> None:
        """Kill a sync somewhere."""
        self.counts["kills"] += 1
        ran = self.runner.killed(["sync", *NAMES], self.random.uniform(0, 1.1))
        self.counts["of them after it had ended"] += ran.code >= 0
        self._whole()

    def edit_and_kill(self) -> None:
        """Type, and kill the sync that follows."""
        self.edit()
        self.kill()

    def full(self) -> None:
        """Sync while the disk is full: no file may grow beyond some size."""
        self.counts["full disk"] += 1
        self.sync(space=self.random.choice((4_096, 40_000, 90_000, 120_000, 400_000)))
        self._whole()

    def readonly(self) -> None:
        """Sync as somebody who may read the copies and not write them."""
        if os.getuid() == 0:
            self.counts["read-only"] += 1
            for path in (self.state, *self.state.rglob("*")):
                path.chmod(0o777)
            self.sync(readonly=True)

    def twice(self) -> None:
        """Sync twice at once."""
        self.counts["two at once"] += 1
        self.runner.both(["sync", *NAMES], self.random.uniform(0, 0.8))
        self._whole()

    def clock(self) -> None:
        """Sync under a clock that is wrong."""
        shift = self.random.choice(("-1d", "-40d", "-1800d", "+2d"))
        self.counts["wrong clock"] += (
            self.runner.at_another_time(["sync", *NAMES], shift) is not None
        )

    def plan(self) -> None:
        """A plan changes nothing at all, state included."""
        before = self.bytes(self.folder, self.state)
        self.runner.run("sync", *NAMES, "--plan")
        after = self.bytes(self.folder, self.state)
        apart = [name for name in _apart(before, after) if not name.endswith("-shm")]
        assert not apart, f"--plan changed {apart}"  # SQLite's index of its own log is no state

    # the store

    def _stores(self) -> list[Path]:
        return sorted(one for one in self.state.glob("records/*.db") if one.is_file())

    def lose(self) -> None:
        """Delete the store."""
        self.counts["store lost"] += 1
        self.unknown = True
        shutil.rmtree(self.state)
        self.state.mkdir(mode=0o777)

    def truncate(self) -> None:
        """Cut the store off, and do what the messages ask for."""
        for store in self._stores():
            self.counts["store truncated"] += 1
            os.truncate(store, self.random.choice((0, store.stat().st_size // 2)))
            self.unknown = True
            ran = self.sync()
            if ran.code == 3:
                self.runner.run("doctor", str(self.path("firm.xlsx")), "--repair")
            if self.sync().code == 3:
                self.lose()
                self.counts["of them beyond repair"] += 1

    def roll_back(self) -> None:
        """Put the state back as it was some syncs ago, and go on."""
        old = self.folder.parent / "old-state"
        if old.exists() and self.random.random() < 0.7:
            self.counts["store rolled back"] += 1
            self.unknown = True
            shutil.rmtree(self.state)
            old.rename(self.state)
        else:
            shutil.rmtree(old, ignore_errors=True)
            shutil.copytree(self.state, old)

    # what must hold

    def bytes(self, *folders: Path) -> dict[str, bytes]:
        """Return every file of some folders."""
        files = (f for folder in folders for f in folder.rglob("*") if f.is_file())
        return {str(file): file.read_bytes() for file in files}

    def _whole(self) -> None:
        for name in NAMES:
            if self.path(name).exists():
                wrong = whole(self.path(name))
                assert not wrong, f"not whole: {wrong}"

    def conflicts(self) -> list[dict[str, Any]]:
        """Return the conflicts that stand."""
        books = [word for name in NAMES for word in ("--book", name)]
        ran = self.runner.run("conflicts", *books, "--format", "json")
        assert ran.code in (0, 1), f"conflicts: {ran.said[-400:]}"
        return list(json.loads(ran.said)["conflicts"])

    def settle(self) -> None:
        """Sync until nothing changes any more, then check every law."""
        self.counts["settled"] += 1
        self.screens.clear()
        for _ in range(6):
            before = self.bytes(self.folder)
            ran = self.sync(*self._allowed())
            assert ran.code in (0, 1), f"sync ends with {ran.code}: {ran.said[-600:]}"
            if self.bytes(self.folder) == before:
                break
        else:
            raise AssertionError(f"six syncs, and it still writes: {ran.said[-600:]}")
        # The last of these syncs has written nothing: that is a law as well.
        self._whole()
        conflicts = self.conflicts()
        self._nothing_lost(conflicts)
        self._converged(conflicts)
        litter = {p.name for p in self.folder.iterdir()} - set(NAMES)
        litter = {name for name in litter if "(kept" not in name}
        assert not litter, f"left beside the copies: {sorted(litter)}"
        if len(conflicts) > MOST_CONFLICTS:
            self._decide_all(conflicts)
        for kept in self.folder.glob("*(kept*"):
            kept.unlink()  # they were seen: people may delete them
        self.recent = {name: set() for name in NAMES}
        self.unknown = False

    def _allowed(self) -> list[str]:
        return [word for guard in GUARDS for word in ("--allow", guard)]

    def _decide_all(self, conflicts: list[dict[str, Any]]) -> None:
        """Settle all that is disputed, so that the office does not only quarrel."""
        self.counts["all decided"] += 1
        rows = {str(one["row_id"]) for one in conflicts}
        asked = set(WORD.findall(json.dumps(conflicts)))
        for name in NAMES:  # a row that goes takes its words along
            found = table(self.path(name))
            asked |= {word for id_ in rows & found.keys() for word in _words({id_: found[id_]})}
        self.runner.run("resolve", NAMES[0], "--all", self.random.choice(("ours", "theirs")))
        self.sync(*self._allowed())
        decided = self.bytes(self.folder)
        self.sync(*self._allowed())
        assert self.bytes(self.folder) == decided, "all is decided, and a second sync writes"
        assert not self.conflicts(), "all is decided, and conflicts stand"
        left = set.intersection(*(_words(table(self.path(name))) for name in NAMES))
        self.expected -= asked - left

    def _nothing_lost(self, conflicts: list[dict[str, Any]]) -> None:
        disputed = set(WORD.findall(json.dumps(conflicts)))
        for name in NAMES:
            held = {cell for row in table(self.path(name)).values() for cell in row.values()}
            lost = self.expected - held - disputed
            assert not lost, f"lost: {sorted(lost)} stand neither in {name} nor in a conflict"

    def _converged(self, conflicts: list[dict[str, Any]]) -> None:
        places = {(one["row_id"], one.get("column") or one.get("key") or "") for one in conflicts}
        tables = {name: table(self.path(name)) for name in NAMES}
        first = tables[NAMES[0]]
        odd = [f"{n}: {id_}" for n, rows in tables.items() for id_ in rows if STRANGE in id_]
        assert not odd, f"lines without an id of their own: {odd}"
        for name in NAMES[1:]:
            for row_id in {*first, *tables[name]}:
                if (row_id, "") not in places:
                    self._same(name, row_id, (first, tables[name]), places)

    def _same(
        self, name: str, row_id: str, two: tuple[Table, Table], places: set[tuple[str, str]]
    ) -> None:
        one, other = (found.get(row_id) for found in two)
        if one is None or other is None:
            disputed = any(place[0] == row_id for place in places)
            assert disputed, f"{row_id} is in one of {NAMES[0]} and {name} only"
            return
        for header in TYPED:
            if (row_id, KEYS[header]) not in places:
                where = f"{row_id} {header}"
                assert one.get(header, "") == other.get(header, ""), f"{where} differs in {name}"

    # second opinions, from a settled office without conflicts

    def undo(self) -> None:
        """What a sync brought is taken back by `undo`, in every copy."""
        self.settle()
        if self.conflicts():
            return
        before = {name: table(self.path(name)) for name in NAMES}
        held = set(self.expected)
        self.edit()
        typed = self.expected - held
        self.sync()
        if self.conflicts():
            return
        self.counts["undone"] += 1
        self.runner.run("undo", *[w for name in NAMES for w in ("--book", name)])
        self.sync()
        after = {name: table(self.path(name)) for name in NAMES}
        self.expected = held - typed
        assert after == before, "undo did not bring back what was there"

    def compare_with_git(self) -> None:
        """Where git merges the lines of two copies cleanly, we come to the same lines."""
        self.settle()
        if self.conflicts():
            return
        texts = {"base": _lines(table(self.path("firm.xlsx")))}
        for name in NAMES[:2]:
            screen = Screen(self.path(name))
            for _ in range(self.random.randint(1, 4)):
                i = self.random.choice(list(screen.lines()))
                header = self.random.choice(TYPED)
                self.expected.discard(screen.text(screen.rows[i], header))
                screen.put(i, header, self._word(name))
            screen.save()
            texts[name] = _lines(table(self.path(name)))
        merged = _git(texts["firm.xlsx"], texts["base"], texts["ana.xlsx"])
        self.sync()
        if merged is None:
            self.counts["git: both changed one line"] += 1
            return
        self.counts["git: the same lines"] += 1
        assert not self.conflicts(), "git merges it cleanly, and we list a conflict"
        for name in NAMES:
            assert _lines(table(self.path(name))) == merged, f"{name}: git comes to other lines"


def _words(found: Table) -> set[str]:
    return {text for row in found.values() for text in row.values() if WORD.fullmatch(text)}


def _apart(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(k for k in {*before, *after} if before.get(k) != after.get(k))


def _lines(found: Table) -> str:
    """Return a table as text for git: rows by id, apart, so that neighbours do not clash."""
    rows = (
        f"{id_}\t" + "\t".join(row.get(h, "") for h in TYPED) for id_, row in sorted(found.items())
    )
    return "".join(f"{row}\n-\n-\n-\n" for row in rows)


def _git(ours: str, base: str, theirs: str) -> str | None:
    """Return what git makes of three texts; None for a conflict, or without git."""
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder, name)) for name in ("ours", "base", "theirs")]
        for name, text in zip(names, (ours, base, theirs), strict=True):
            Path(name).write_text(text, encoding="utf-8")
        ran = subprocess.run(
            ["git", "merge-file", "-p", *names], capture_output=True, text=True, check=False
        )
    return ran.stdout if ran.returncode == 0 else None


WEIGHTS: Final[dict[Callable[[World], None], int]] = {
    World.edit: 34,
    World.edit_and_kill: 22,
    World.kill: 4,
    World.add: 6,
    World.delete: 4,
    World.clear: 3,
    World.decide: 5,
    World.leave_open: 5,
    World.sync: 6,
    World.some: 4,
    World.plan: 2,
    World.full: 3,
    World.readonly: 2,
    World.twice: 3,
    World.clock: 1,
    World.lose: 1,
    World.truncate: 1,
    World.roll_back: 2,
    World.libreoffice: 1,
    World.undo: 1,
    World.compare_with_git: 2,
    World.settle: 6,
}  # type: ignore[dict-item]
"""What may happen, and how often."""

"""The pack of a check's compiled modules: used while it is true, harmless when it is not."""

import datetime as dt
import importlib.util
import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sheetrecord.app.create import NewWorkbookRequest, create
from sheetrecord.cli import code_pack
from sheetrecord.rules import load_rules

DAY = dt.date(2026, 6, 30)


class Place(NamedTuple):
    """A book, and a folder for compiled files that nobody else uses."""

    book: Path
    compiled: Path
    right: str = ""
    """What a check of the book prints."""

    def check(self, *flags: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Check the book in a process of its own."""
        wanted = {**os.environ, "PYTHONPYCACHEPREFIX": str(self.compiled), **more}
        wanted = {k: v for k, v in wanted.items() if k != "PYTHONDONTWRITEBYTECODE" or k in more}
        order = [sys.executable, *flags, "-m", "sheetrecord", "validate", str(self.book)]
        return subprocess.run(
            order, env=wanted, capture_output=True, text=True, check=False, timeout=60
        )

    def packs(self) -> list[Path]:
        return [*self.compiled.rglob("*.pack*")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("pack")
    book = folder / "firm.xlsx"
    create(book, NewWorkbookRequest(template="agency"), today=DAY, asof=DAY)
    found = Place(book, folder / "compiled")
    found.check(PYTHONDONTWRITEBYTECODE="1")
    assert not found.packs(), "where Python may write no compiled file, neither do we"
    return found._replace(right=found.check().stdout)


def changed(place: Place, change: Callable[[dict[str, tuple[object, ...]]], None]) -> None:
    (path,) = place.packs()
    program, modules = held(path)
    change(modules)
    path.write_bytes(marshal.dumps((program, modules)))


def held(path: Path) -> tuple[object, dict[str, tuple[object, ...]]]:
    """Return what a pack holds; two that hold the same need not have the same bytes."""
    program, modules = marshal.loads(path.read_bytes())
    return program, modules


def same(path: Path, good: bytes) -> bool:
    """Tell whether a pack holds what another did: code, not its bytes, is the same every time."""
    packs = (marshal.loads(path.read_bytes()), marshal.loads(good))
    ours, theirs = (
        (program, {name: (*rest, marshal.loads(code)) for name, (*rest, code) in modules.items()})
        for program, modules in packs
    )
    return ours == theirs


def test_what_was_packed_is_not_opened_again(place: Place) -> None:
    (pack,) = place.packs()
    before = pack.read_bytes()
    again = place.check("-v")
    opened = [x for x in again.stderr.splitlines() if " matches " in x and "/sheetrecord/" in x]
    modules = marshal.loads(before)[1]
    assert len(modules) > 100
    assert 0 < len(opened) < 15, "only what runs before there is a pack"
    assert place.packs() == [pack]
    assert pack.read_bytes() == before
    assert "firm.xlsx: no problems" in again.stdout


def test_code_in_it_is_run_only_while_the_source_is_as_it_was(place: Place) -> None:
    (pack,) = place.packs()
    good = pack.read_bytes()
    other = marshal.dumps(compile("raise SystemExit(9)", "x", "exec"))
    name = "sheetrecord.core.check"

    def of_now(modules: dict[str, tuple[object, ...]]) -> None:
        modules[name] = (*modules[name][:4], other)

    def of_before(modules: dict[str, tuple[object, ...]]) -> None:
        path, modified, size, is_package, _ = modules[name]
        modules[name] = (path, int(str(modified)) - 1, size, is_package, other)

    changed(place, of_now)
    assert place.check().returncode == 9
    pack.write_bytes(good)
    changed(place, of_before)
    found = place.check()
    assert (found.stdout, found.returncode) == (place.right, 0)
    assert same(pack, good), "and it has joined the pack anew"


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: b"",
        lambda good: good[: len(good) // 2],
        lambda good: b"no pack at all",
        lambda good: marshal.dumps((("another Python", ""), marshal.loads(good)[1])),
        lambda good: marshal.dumps((marshal.loads(good)[0], {"sheetrecord.core.check": ("x",)})),
        lambda good: marshal.dumps(7),
    ],
    ids=["empty", "cut short", "other text", "another program", "too few fields", "a number"],
)
def test_a_damaged_pack_is_none(place: Place, damage: Callable[[bytes], bytes]) -> None:
    (pack,) = place.packs()
    good = pack.read_bytes()
    pack.write_bytes(damage(good))
    found = place.check()
    assert (found.stdout, found.stderr, found.returncode) == (place.right, "", 0)
    assert same(pack, good)
    assert place.packs() == [pack], "nothing is left beside it"


def test_a_module_is_found_as_python_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rules()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "of.pack"
    code_pack.CodePack(str(path)).keep()
    pack = code_pack.CodePack(str(path))
    for name in ("sheetrecord.rules", "sheetrecord.rules.rule", "sheetrecord.model.problem"):
        ours, pythons = pack.find_spec(name), importlib.util.find_spec(name)
        assert ours is not None
        assert pythons is not None
        assert isinstance(ours.loader, code_pack.PackedLoader)
        for told in ("name", "origin", "cached", "has_location", "submodule_search_locations"):
            assert getattr(ours, told) == getattr(pythons, told), (name, told)
    assert pack.find_spec("sheetrecord.nowhere") is None
    assert pack.find_spec("json") is None

"""What is kept of earlier runs is believed only whole, ours, and under its own name."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.files import content_cache

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


def kept(state: Path, value: object = ("Ana", 1)) -> tuple[str, Path]:
    name = content_cache.digest("test", b"bytes")
    content_cache.keep(name, value)
    return name, state / content_cache.FOLDER / name


@examples(40)
@given(VALUES.filter(lambda value: value is not None and value not in ([], "")))
def test_what_was_kept_comes_back(value: object) -> None:
    name = content_cache.digest("test", repr(value))
    content_cache.keep(name, value)
    found = content_cache.find(name)
    assert repr(found) == repr(value)  # 1, 1.0 and True are equal


def test_two_halves_of_a_character_stay_two(state: Path) -> None:
    name, _ = kept(state, "\ud83d\ude00")
    assert content_cache.find(name) == "\ud83d\ude00"


def test_every_damaged_byte_and_every_cut_counts_as_nothing(state: Path) -> None:
    name, file = kept(state)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert content_cache.find(name) is None
        file.write_bytes(whole[:at])
        assert content_cache.find(name) is None
    file.write_bytes(whole + b" ")
    assert content_cache.find(name) is None
    file.write_bytes(whole)
    assert content_cache.find(name) == ["Ana", 1]


def _other_name(file: Path) -> str:
    name = content_cache.digest("test", b"other bytes")
    file.rename(file.with_name(name))
    return name


def _writable_by_others(file: Path) -> str:
    file.chmod(0o666)
    return file.name


def _folder(file: Path) -> str:
    file.unlink()
    file.mkdir()
    return file.name


@pytest.mark.parametrize("change", [_other_name, _writable_by_others, _folder])
def test_what_is_not_ours_or_not_that_counts_as_nothing(
    state: Path, change: Callable[[Path], str]
) -> None:
    _, file = kept(state)
    assert content_cache.find(change(file)) is None


def test_another_program_finds_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _ = kept(state)
    monkeypatch.setattr(content_cache, "_engine", lambda: ("another version",))
    assert content_cache.digest("test", b"bytes") != name


def test_a_name_tells_parts_apart() -> None:
    assert content_cache.digest(b"ab", b"c") != content_cache.digest(b"a", b"bc")
    assert content_cache.digest("a", 1) != content_cache.digest("a", "1")


def test_the_oldest_go_first_and_what_is_of_use_stays(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_cache, "MOST_FILES", 3)
    names = [content_cache.digest(number) for number in range(4)]
    for number, name in enumerate(names):
        content_cache.keep(name, number + 1)
        os.utime(state / content_cache.FOLDER / name, (number, number))
    content_cache.used(names[:1])
    assert [content_cache.find(name) for name in names] == [1, None, 3, 4]


def test_no_more_is_kept_than_there_is_room_for(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_cache, "MOST_BYTES", 5_000)
    for number in range(20):
        content_cache.keep(content_cache.digest(number), "x" * 1_000)
    content_cache.used([])
    files = list((state / content_cache.FOLDER).iterdir())
    assert 0 < sum(file.stat().st_size for file in files) <= 5_000


def test_what_is_too_large_is_not_kept(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_cache, "LARGEST", 100)
    name, _ = kept(state, "x" * 200)
    assert content_cache.find(name) is None


@pytest.mark.parametrize("value", [float("nan"), {1, 2}])
def test_what_json_cannot_hold_is_not_kept(state: Path, value: object) -> None:
    name, file = kept(state, value)
    assert content_cache.find(name) is None
    assert not file.exists()


def test_a_state_folder_that_cannot_be_made_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "file" / "below"))
    name, _ = kept(tmp_path)
    content_cache.used([name])
    assert content_cache.find(name) is None

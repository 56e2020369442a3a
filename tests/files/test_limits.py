"""A copy is no more readable than what it was made from: modes, groups, lists of readers."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.files import replace
from sheetrecord.files.generated_marks import is_marked, marked
from sheetrecord.files.permissions import limits_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
OTHER = 4711
"""A group to which nobody here belongs."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@given(
    sources=st.lists(st.integers(0o400, 0o777), min_size=1, max_size=3),
    umask=st.sampled_from([0, 0o022, 0o077]),
    before=st.none() | st.integers(0o600, 0o777),
)
def test_nobody_reads_a_copy_who_may_not_read_each_source(
    tmp_path: Path, sources: list[int], umask: int, before: int | None
) -> None:
    paths = [tmp_path / f"source{n}" for n in range(len(sources))]
    for path, bits in zip(paths, sources, strict=True):
        path.touch()
        path.chmod(bits)
    copy = tmp_path / "copy"
    copy.unlink(missing_ok=True)
    old, known = os.umask(umask), None
    try:
        if before is not None:
            known = replace(copy, b"old", None)
            copy.chmod(before | 0o200)
        replace(copy, b"new", known, backup=None, limits=limits_of(paths))
    finally:
        os.umask(old)
    for bits in sources:
        assert mode(copy) & 0o077 & ~bits == 0
    assert mode(copy) & 0o600 == 0o600


def test_what_the_group_may_goes_with_the_group_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.touch()
    source.chmod(0o640)
    try:
        os.chown(source, -1, OTHER)
    except PermissionError:
        pytest.skip("only root may give a file to a group that is not their own")
    replace(tmp_path / "copy", b"x", None, limits=limits_of([source]))
    assert ((tmp_path / "copy").stat().st_gid, mode(tmp_path / "copy")) == (OTHER, 0o640)

    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    replace(tmp_path / "mine", b"x", None, limits=limits_of([source]))
    assert mode(tmp_path / "mine") == 0o600
    source.chmod(0o644)
    replace(tmp_path / "open", b"x", None, limits=limits_of([source]))
    assert mode(tmp_path / "open") == 0o644


def test_sources_of_two_groups_and_none_at_all(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch(mode=0o660)
    two.touch(mode=0o660)
    try:
        os.chown(two, -1, OTHER)
    except PermissionError:
        pytest.skip("only root may give a file to a group that is not their own")
    assert limits_of([one, two]).group is None
    assert limits_of([tmp_path / "gone"]) == (0o600, None)


def test_a_folder_allows_what_it_and_its_files_allow(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir(mode=0o755)
    (folder / "Deal.csv").touch()
    (folder / "Deal.csv").chmod(0o600)
    assert limits_of([folder]).mode == 0o600


def test_a_draft_is_never_more_readable_than_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, seen = tmp_path / "source", []
    source.touch()
    source.chmod(0o600)

    def look(file: object) -> None:
        fd = file.fileno()  # type: ignore[attr-defined]
        seen.append(stat.S_IMODE(os.fstat(fd).st_mode))
        os.write(fd, b"x")

    old = os.umask(0)
    try:
        replace(tmp_path / "copy", look, None, limits=limits_of([source]))
    finally:
        os.umask(old)
    assert seen == [0o600]


@given(data=st.binary(), suffix=st.sampled_from([".html", ".htm", ".md", ".json"]))
def test_a_mark_holds_while_nobody_edits_and_no_longer(data: bytes, suffix: str) -> None:
    start = {".json": b"{", ".md": b""}.get(suffix, b"<html><head>")
    ours = marked(start + data, suffix, "brief")
    assert is_marked(ours, suffix, "brief")
    assert not is_marked(ours, suffix, "say-back")
    assert not is_marked(ours + b"x", suffix, "brief")
    assert not is_marked(start + data, suffix, "brief")
    assert not is_marked(b"x" + ours, suffix, "brief")

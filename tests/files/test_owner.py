"""Who has the workbook open, as office programs say it."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.files import owner, owner_of


def excel(name: str, ansi: bytes | None = None) -> bytes:
    """An owner file as Excel writes it: 165 bytes, spaces behind the names."""
    narrow = name.encode("cp1252", "replace") if ansi is None else ansi
    wide = name.encode("utf-16-le")
    start = bytes([len(narrow)]) + narrow.ljust(54, b" ")
    return (start + (len(wide) // 2).to_bytes(2, "little") + wide).ljust(165, b" ")


def word(name: str) -> bytes:
    """An owner file as Word writes it: 162 bytes, zeros behind the names."""
    narrow, wide = name.encode("cp1252"), name.encode("utf-16-le")
    start = bytes([len(narrow)]) + narrow.ljust(53, b"\0")
    return (start + len(name).to_bytes(2, "little") + wide).ljust(162, b"\0")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (excel("Jane Roe"), "Jane Roe"),
        (excel("Jürgen Groß"), "Jürgen Groß"),
        (excel("Łucja"), "Łucja"),
        (excel("山田太郎", "山田太郎".encode("cp932")), "山田太郎"),
        (excel("x" * 52), "x" * 52),
        (word("Jane Roe"), "Jane Roe"),
        (excel("Jane Roe")[:30], "Jane Roe"),
        (excel("Jane\nRoe\x1b[2J"), "JaneRoe[2J"),
        (b"", ""),
        (b"\xff" * 165, ""),
        (bytes(165), ""),
    ],
    ids=[
        "plain",
        "umlauts",
        "not in the code page",
        "two bytes a letter",
        "the longest",
        "written by Word",
        "cut short",
        "control characters",
        "empty",
        "garbage",
        "zeros",
    ],
)
def test_the_name_in_a_microsoft_owner_file(data: bytes, name: str) -> None:
    assert owner.parse_office(data) == name


@given(st.binary(max_size=200))
def test_no_owner_file_can_upset_the_reader(data: bytes) -> None:
    assert owner.parse_office(data).isprintable()
    owner.parse_libreoffice(data)


@pytest.mark.parametrize(
    ("data", "entry"),
    [
        (
            b"Jane Roe,jane,desk1,22.11.2026 11:55,file:///home/jane;",
            ("Jane Roe", "jane", "desk1"),
        ),
        (b",root,vm,22.11.2026 11:55,file:///home/root;", ("", "root", "vm")),
        (b"Roe\\, Jane\\;,jane,desk1,x,y;", ("Roe, Jane;", "jane", "desk1")),
        ("Jürgen,j,d,x,y;".encode(), ("Jürgen", "j", "d")),
        (b"no commas", None),
        (b"", None),
    ],
    ids=["full", "no display name", "escaped", "UTF-8", "garbage", "empty"],
)
def test_the_entry_in_a_libreoffice_lock_file(
    data: bytes, entry: tuple[str, str, str] | None
) -> None:
    assert owner.parse_libreoffice(data) == entry


def test_nobody_has_it_open_without_an_owner_file(book: Path) -> None:
    assert owner_of(book) is None


def test_excels_owner_file_beside_the_workbook_is_seen_through_a_link(
    book: Path, tmp_path: Path
) -> None:
    book.with_name("~$Deal.xlsx").write_bytes(excel("Jane Roe"))
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    assert owner_of(link) == "Jane Roe"


def test_an_owner_file_without_a_name_is_still_an_owner(book: Path) -> None:
    book.with_name("~$Deal.xlsx").write_bytes(b"")
    assert owner_of(book) == "somebody"


def test_libreoffice_on_another_machine_has_it_open(book: Path) -> None:
    book.with_name(".~lock.Deal.xlsx#").write_bytes(b",jane,desk1,22.11.2026 11:55,x;")
    assert owner_of(book) == "jane on desk1"


@pytest.mark.parametrize(
    ("runs", "expected"), [(True, f"jane on {os.uname().nodename}"), (False, None)]
)
def test_a_lock_file_of_this_machine_counts_only_while_libreoffice_runs(
    book: Path, monkeypatch: pytest.MonkeyPatch, runs: bool, expected: str | None
) -> None:
    monkeypatch.setattr(owner, "_libreoffice_runs", lambda: runs)
    lock = f",jane,{os.uname().nodename},22.11.2026 11:55,x;"
    book.with_name(".~lock.Deal.xlsx#").write_text(lock, encoding="utf-8")
    assert owner_of(book) == expected

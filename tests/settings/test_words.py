"""A word that chooses rules, columns, sheets or audiences and means none is an error."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, confirmed
from synced.office import firm

Run = Callable[..., Ran]

WORDS = {
    "a rule": (["validate", "firm.xlsx", "--select", "CTXX"], "Did you mean CTX?"),
    "one of several": (["validate", "firm.xlsx", "--select", "CTX,CMO"], "Did you mean COM?"),
    "a rule to leave out": (["validate", "firm.xlsx", "--ignore", "CTX-0O1"], "Did you mean CTX-0"),
    "a family that is none": (["validate", "firm.xlsx", "--select", "QQQ"], "Use HEAD, "),
    "nothing at all": (["validate", "firm.xlsx", "--select", " , "], "names no rule"),
    "a rule to explain": (["explain", "CTX-0011"], "Did you mean CTX-001"),
    "a rule's name to explain": (["explain", "sheet-mising"], "Did you mean sheet-missing?"),
    "a rule to waive": (
        [
            "waive",
            "firm.xlsx",
            "CTX-0020",
            "--deal",
            "D-0001",
            "--why",
            "x",
            "--until",
            "2030-01-01",
        ],
        "Did you mean CTX-",
    ),
    "a sheet": (["schema", "Feees"], "Did you mean Fees?"),
    "an audience": (["publish", "firm.xlsx", "--audience", "opss"], "ops"),
    "a gate": (["validate", "firm.xlsx", "--gate", "wonn"], "won"),
    "a column's past": (
        ["history", "D-0001", "valu_net", "--book", "firm.xlsx"],
        "Did you mean value_net?",
    ),
    "a sheet's past": (
        ["history", "D-0001", "Fee.net", "--book", "firm.xlsx"],
        "Did you mean Fees",
    ),
    "a conflict": (["conflicts", "F-1.nett", "--book", "firm.xlsx"], "None stands."),
}


@pytest.mark.parametrize(("words", "says"), WORDS.values(), ids=list(WORDS))
def test_a_choice_of_nothing_is_an_error(
    run: Run, tmp_path: Path, words: list[str], says: str
) -> None:
    book = tmp_path / "firm.xlsx"
    book.write_bytes(firm())
    before = book.read_bytes()
    ran = run(*words)
    assert (ran.code, ran.out, says in ran.err) == (2, "", True), ran.err
    assert book.read_bytes() == before
    assert not (tmp_path / "view").exists()


def test_what_chooses_something_still_does(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm())
    assert run("validate", "firm.xlsx", "--select", "ctx, COM-001", "--ignore", "FEE").code in (
        0,
        1,
    )
    assert run("explain", "ctx-001").code == 0


def test_a_copy_that_the_settings_here_declare_is_synced_with_them(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "ana").mkdir()
    (tmp_path / "office").mkdir()
    for name in ("ana/firm.xlsx", "office/firm.xlsx"):
        (tmp_path / name).write_bytes(firm())
    import os

    os.chdir(tmp_path / "office")
    path = tmp_path / "office" / "sheetrecord.toml"
    path.write_text(
        '[store]\nurl = "sqlite:r.db"\n[copies.ana]\npath = "../ana/firm.xlsx"\n'
        '[copies.us]\npath = "firm.xlsx"\n'
    )
    confirmed(path)
    assert run("sync").code == 0
    ran = run("status", "../ana/firm.xlsx")
    assert (ran.code, "in step" in ran.out) == (0, True)
    path.write_text("[wrong]\n")
    assert run("validate", "../ana/firm.xlsx").code == 1, "these are not about it"


def test_the_doctor_says_what_holds(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sheetrecord.toml"
    path.write_text("")
    assert f"settings file: {path}, not confirmed, it is new here" in run("doctor").out
    confirmed(path)
    assert f"settings file: {path}, confirmed" in run("doctor").out
    path.rename(tmp_path / "sheetrecord.toml.txt")
    ran = run("doctor")
    assert (ran.code, "sheetrecord.toml.txt: is not read" in ran.out) == (1, True)

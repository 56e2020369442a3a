"""The words of every command: books and deals in any order, and options that all have."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.cli import COMMANDS, SECTIONS
from sheetrecord.cli.words import told_apart
from sheetrecord.core.which_deal import NamedDeal, which_deal

Run = Callable[..., Any]

DEALS = [
    NamedDeal("D-0001", "Acme Works", "Rollout"),
    NamedDeal("D-0012", "Acme Works", "Training"),
    NamedDeal("D-0120", "Übermut & Söhne", "Web shop"),
    NamedDeal("D-2345", "", ""),
]

MEANT = {
    "the id": ("D-0001", "D-0001"),
    "the id in any case": ("d-0012", "D-0012"),
    "the id without its zeros": ("d-12", "D-0012"),
    "the id without its dash": ("d0120", "D-0120"),
    "the beginning of one id": ("d-23", "D-2345"),
    "the client": ("übermut & söhne", "D-0120"),
    "the client without accents": ("UBERMUT & SOHNE", "D-0120"),
    "a word of client and name": ("training", "D-0012"),
    "words of both, in any order": ("rollout acme", "D-0001"),
    "a client of two deals": ("Acme Works", "D-0001 D-0012"),
    "the beginning of two ids": ("D-00", "D-0001 D-0012"),
    "nothing that is there": ("zebra", ""),
    "nothing at all": ("  ", ""),
}


@pytest.mark.parametrize("case", MEANT)
def test_a_deal_is_named_as_people_name_it(case: str) -> None:
    word, ids = MEANT[case]
    assert " ".join(one.deal_id for one in which_deal(word, DEALS).deals) == ids


def test_an_id_outweighs_every_name() -> None:
    deals = [*DEALS, NamedDeal("D-0300", "D-0001", "d-1")]
    assert which_deal("d-1", deals).deals == [DEALS[0]]


APART = {
    "the order of the help": (["firm.xlsx", "D-0001"], ["firm.xlsx"], ["D-0001"]),
    "the other order": (["D-0001", "firm.xlsx"], ["firm.xlsx"], ["D-0001"]),
    "a book that is not there": (["gone.xlsm", "acme"], ["gone.xlsm"], ["acme"]),
    "a folder of CSV files": (["tables", "acme"], ["tables"], ["acme"]),
    "a path": (["tables/firm", "D-1"], ["tables/firm"], ["D-1"]),
    "a client with a slash": (["firm.xlsx", "Acme / Beta"], ["firm.xlsx"], ["Acme / Beta"]),
    "a short name of the settings": (["copy", "acme"], ["copy"], ["acme"]),
    "an address": (["gsheet:KEY", "acme"], ["gsheet:KEY"], ["acme"]),
    "no book": (["acme", "works"], [], ["acme", "works"]),
    "an empty word": (["firm.xlsx", ""], ["firm.xlsx"], [""]),
}


@pytest.mark.parametrize("case", APART)
def test_books_are_told_from_other_words(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    words, books, others = APART[case]
    assert told_apart(words, lambda: ["copy"]) == (tuple(books), tuple(others))


@pytest.fixture
def book(tmp_path: Path) -> str:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    return "firm.xlsx"


SAME: dict[str, tuple[list[str], list[str]]] = {
    "validate": (["validate", "firm.xlsx", "d-1"], ["validate", "firm.xlsx", "--deal", "D-0001"]),
    "promote": (
        ["promote", "firm.xlsx", "D-0001", "--plan"],
        ["promote", "firm.xlsx", "--deal", "D-0001", "--plan"],
    ),
    "accept": (
        ["accept", "D-0001", "firm.xlsx", "--plan"],
        ["accept", "firm.xlsx", "--deal", "D-0001", "--plan"],
    ),
    "waive": (
        [
            "waive",
            "firm.xlsx",
            "D-0001",
            "CTX-002",
            "--why",
            "x",
            "--until",
            "2026-12-31",
            "--plan",
        ],
        [
            *("waive", "firm.xlsx", "CTX-002", "--deal", "D-0001"),
            *("--why", "x", "--until", "2026-12-31", "--plan"),
        ],
    ),
    "brief": (["brief", "firm.xlsx", "acme"], ["brief", "firm.xlsx", "D-0001"]),
    "diff": (["diff", "firm.xlsx", "d-1"], ["diff", "firm.xlsx", "--deal", "D-0001"]),
    "find": (["find", "firm.xlsx", "board"], ["find", "board", "firm.xlsx"]),
}


@pytest.mark.parametrize("verb", SAME)
def test_words_of_earlier_releases_are_still_understood(run: Run, book: str, verb: str) -> None:
    now, before = (run(*words, "--asof", "2026-06-30") for words in SAME[verb])
    assert (now.code, now.out) == (before.code, before.out)
    assert now.out, verb


ABOUT_A_DEAL = (
    "validate",
    "promote",
    "accept",
    "return",
    "confirm",
    "waive",
    "brief",
    "say-back",
    "diff",
)
MORE = {
    "return": ("--code", "missing_context", "--note", "x"),
    "confirm": ("--all",),
    "waive": ("CTX-002", "--why", "x", "--until", "2026-12-31"),
}


@pytest.mark.parametrize("verb", ABOUT_A_DEAL)
def test_an_unknown_deal_is_2_in_every_verb_and_says_which_there_are(
    run: Run, book: str, verb: str
) -> None:
    ran = run(verb, book, "D-0999", *MORE.get(verb, ()))
    assert ran.code == 2
    assert 'There is no deal "D-0999"' in ran.err
    assert "D-0001 Acme Works, Rollout" in ran.err


def test_a_name_is_taken_by_a_writing_verb_only_where_somebody_looks_on(
    run: Run, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("accept", book, "acme")
    assert ran.code == 2
    assert "D-0001 Acme Works, Rollout" in ran.err
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    ran = run("accept", book, "acme")
    assert "D-0001 Acme Works, Rollout:" in ran.err
    assert ran.code in {0, 1}


def test_one_word_too_many_is_named(run: Run, book: str) -> None:
    ran = run("accept", book, "D-0001", "please")
    assert ran.code == 2
    assert '"please" is one word too many' in ran.err


def test_an_unknown_command_says_which_was_meant(run: Run) -> None:
    ran = run("valdate", "firm.xlsx")
    assert ran.code == 2
    assert "Did you mean validate?" in ran.err


def test_the_help_groups_every_command_that_people_type() -> None:
    grouped = [name for names in SECTIONS.values() for name in names]
    assert sorted(grouped) == sorted({*COMMANDS} - {"textconv"})


@pytest.mark.parametrize("verb", ["validate", "brief"])
def test_help_shows_what_the_option_shows(run: Run, verb: str) -> None:
    assert run("help", verb).out == run(verb, "--help").out


def test_help_of_nothing_is_the_front_page(run: Run) -> None:
    assert run("help").out == run("--help").out
    assert "Did you mean brief?" in run("help", "brif").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.code == 0
    assert "_SHEETRECORD_COMPLETE" in ran.out


def test_deals_of_a_named_workbook_are_completed(
    run: Run, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"sheetrecord promote {book} d")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_SHEETRECORD_COMPLETE", "bash_complete")
    assert run().out.splitlines() == ["plain,D-0001"]


COLOURS = {
    "a file": ({}, [], False),
    "asked for": ({}, ["--color", "always"], True),
    "forced by the environment": ({"FORCE_COLOR": "1"}, [], True),
    "both variables": ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
    "the option outweighs": ({"NO_COLOR": "1"}, ["--color", "always"], True),
    "never": ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
    "an empty variable": ({"FORCE_COLOR": ""}, [], False),
}


@pytest.mark.parametrize("case", COLOURS)
def test_colours_are_printed_where_they_are_wanted(
    run: Run, book: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, words, coloured = COLOURS[case]
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ran = run("validate", book, "--gate", "won", "--asof", "2030-01-01", *words)
    assert ("\033[" in ran.out) is coloured


def test_quiet_leaves_out_what_stands_beside_the_result(
    run: Run, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    loud, quiet = run("accept", book, "acme", "--plan"), run("accept", book, "acme", "--plan", "-q")
    assert loud.out == quiet.out
    assert quiet.err == ""
    assert run("accept", book, "zebra", "-q").err != ""


def test_verbose_says_what_was_read_kept_and_written(run: Run, book: str, tmp_path: Path) -> None:
    (tmp_path / "sheetrecord.toml").write_text('book = "firm.xlsx"\n', "utf-8")
    waive = ("waive", book, "D-0001", "CTX-002", "--why", "x", "--until", "2030-12-31")
    ran = run(*waive, "-v")
    said = [line.partition(": ")[0] for line in ran.err.splitlines()]
    assert {"settings", "read", "kept as it was", "written"} <= {*said}
    timed = run("accept", book, "D-0001", "--plan", "-vv")
    assert any(" s  read: " in line for line in timed.err.splitlines())
    assert run("accept", book, "D-0001", "--plan").err == "", "nobody listens any more"


ERRORS = {
    "a file that is not there": (["validate", "gone.xlsx"], 3, "FILE-001"),
    "no workbook": (["brief", "list.xlsx", "D-1"], 3, "FILE-001"),
    "a deal that is not there": (["diff", "firm.xlsx", "D-9"], 2, "WORDS-001"),
    "a wrong word": (["status", "--nonsense"], 2, "WORDS-001"),
    "a wrong settings file": (["status"], 2, "SETUP-003"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_a_program_that_asked_for_json_gets_errors_as_json(
    run: Run, book: str, case: str, tmp_path: Path
) -> None:
    (tmp_path / "list.xlsx").write_text("client,value\n", "utf-8")
    if case == "a wrong settings file":
        (tmp_path / "sheetrecord.toml").write_text("[nonsense]\n", "utf-8")
    words, code, name = ERRORS[case]
    if words[0] == "brief":
        words = ["figures", "list.xlsx"]
    ran = run(*words, "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["exit"], told["schema"]) == (code, code, 1)
    assert told["error"]["code"] == name
    assert set(told["error"]) == {"code", "message", "do", "path"}
    assert ran.err == ""


def test_open_says_where_a_deal_stands(run: Run, book: str) -> None:
    ran = run("open", book, "acme", "--plan")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "D-0001 stands in Deal!A4.")
    assert book in ran.out

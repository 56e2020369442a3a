"""Nothing that a cell, a file's name or an error holds steers a terminal, a log or a build."""

import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import json_types
from messy import firm
from sheetrecord.cli import COMMANDS, printing
from sheetrecord.cli.ansi import bold, coloured, dim, printed
from sheetrecord.cli.group import cli
from sheetrecord.cli.progress import ProgressBar
from sheetrecord.contract.published import PUBLISHED
from sheetrecord.model.printable import in_json, lines, one_line
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

Run = Callable[..., Any]

EVIL = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x7f\x85\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\u2066"
    "\ufeff\U000e0041\t\r\n::error::owned\n##[error]owned\n\u202eforged: line"
)
NAME = "fi\x1b[2J\u202e\u200brm\n::error::owned.xlsx"
"""What a workbook can be called, on most systems."""

DEALS = 'No;Client;Deal;Stage;Value;Owner;Close\n1;"{0}";"A{0}";"{0}";"{0}";"{0}";"{0}"\n'
BANK = 'Booking date;Amount;Currency;Purpose;Payer\n2026-06-02;120.00;EUR;"{0}";"{0}"\n'

GROUPS = ("addin", "fleet", "reconcile")
"""Commands with commands of their own."""

WORDS: dict[str, list[tuple[str, ...]]] = {
    "new": [("new-{book}",), ("{book}",)],
    "demo": [("{book}",)],
    "validate": [("{book}", "--notes"), ("{book}", "--fix", "--plan"), ("gone-{book}",)],
    "explain": [("{evil}",)],
    "promote": [("{book}", "--deal", "D-0001", "--plan"), ("{book}", "--deal", "{evil}")],
    "accept": [("{book}", "--deal", "D-0001", "--plan")],
    "return": [
        ("{book}", "--deal", "D-0001", "--code", "bad_fit", "--note", "{evil}", "--by", "{evil}")
    ],
    "confirm": [("{book}", "--deal", "D-0001", "--all", "--plan"), ("{book}", "--deal", "D-9")],
    "waive": [("{book}", "CTX-001", "--deal", "D-0001", "--why", "{evil}", "--plan")],
    "brief": [("{book}", "D-0001"), ("{book}", "D-0001", "--why"), ("{book}", "{evil}")],
    "say-back": [("{book}", "D-0001"), ("{book}", "{evil}")],
    "diff": [("{book}",), ("{book}", "--deal", "{evil}")],
    "figures": [("{book}",), ("{book}", "--lag", "deal")],
    "check-sow": [
        ("{book}", "D-0001", "bank.csv", "--plan"),
        ("{book}", "D-0001", "deals.csv", "--accept", "{evil}", "--plan"),
        ("{book}", "D-0001", "gone-{book}"),
        ("{book}", "{evil}", "bank.csv"),
    ],
    "note": [("{book}", "D-0001"), ("{book}", "D-0001", "--post"), ("{book}", "{evil}")],
    "digest": [("{book}",), ("{book}", "--lead", "{evil}"), ("{book}", "--for", "owner")],
    "leaver": [("{book}", "ines"), ("{book}", "{evil}")],
    "gaps": [
        ("{book}",),
        ("{book}", "map"),
        ("{book}", "map", "D-0001", "--missing", "{evil}", "--field", "{evil}", "--by", "{evil}"),
        ("{book}", "apply", "1"),
        ("{book}", "{evil}"),
    ],
    "sync": [("{book}", "--by", "{evil}"), ("{book}", "copy.xlsx", "--plan"), ("gone-{book}",)],
    "status": [("{book}", "gone-{book}")],
    "conflicts": [("--book", "{book}"), ("{evil}", "--keep", "{evil}", "--book", "{book}")],
    "undo": [("--book", "{book}", "--plan")],
    "history": [("D-0001", "--book", "{book}"), ("{evil}", "--book", "{book}")],
    "asof": [("2026-06-30", "as-{book}", "--book", "{book}")],
    "fleet": [
        ("run", ".", "--jobs", "1"),
        ("status", "."),
        ("enqueue", "."),
        ("work", "."),
    ],
    "addin": [
        ("libreoffice", "--to", "{evil}.oxt", "--plan"),
        ("excel", "--url", "https://{evil}/", "--to", "{evil}.xml"),
        ("google",),
    ],
    "schedule": [
        ("sync", "{book}", "--every", "5"),
        ("publish", "{evil}", "--at", "07:30"),
        ("--list",),
    ],
    "copy-store": [("sqlite:{book}", "sqlite:to.db"), ("{evil}", "sqlite:to.db")],
    "merge": [("{book}", "{book}", "copy.xlsx", "--plan"), ("{book}", "{book}", "gone-{book}")],
    "init": [("{book}",), ("{evil}",)],
    "import": [
        ("{book}", "deals.csv", "--plan", "--by", "{evil}"),
        ("{book}", "gone-{book}.csv"),
        ("{book}", "deals.csv", "{evil}"),
    ],
    "migrate": [("{book}", "--plan"), ("gone-{book}",), ("--all", ".")],
    "resolve": [
        ("{book}", "--plan"),
        ("gone-{book}",),
        ("{book}", "{evil}", "--keep", "{evil}"),
    ],
    "textconv": [("{book}",), ("gone-{book}",)],
    "serve": [("--port", "{evil}")],
    "web": [("{evil}", "--url", "http://{evil}/")],
    "publish": [
        ("{book}", "--to", "view-{book}", "--by", "{evil}"),
        ("{book}", "--to", "x:{evil}"),
    ],
    "reconcile": [
        ("run", "{book}", "--bank", "bank.csv", "--profile", "{evil}", "--currency", "EUR"),
        ("run", "{book}", "--bank", "bank.csv", "--profile", "x", "--currency", "EUR", "--apply"),
        ("run", "{book}", "--bank", "gone-{book}"),
        ("read", "{book}", "bank.csv", "--currency", "EUR", "--date-order", "ymd"),
        ("read", "gone-{book}"),
        ("review", "{book}"),
        ("profiles", "{book}"),
        ("rules", "{book}"),
        ("dunning", "{book}", "--language", "el"),
        ("export", "{book}", "2026-05", "--for", "xero", "--to", "out.csv", "--plan"),
        ("export", "{book}", "{evil}", "--for", "datev", "--to", "out.csv", "--invoices"),
        ("explain", "{book}", "{evil}"),
        ("undo", "{book}", "{evil}", "--reason", "{evil}"),
        ("close", "{book}", "{evil}"),
        ("reopen", "{book}", "2026-05", "--reason", "{evil}"),
        ("apply", "bank.csv", "{book}"),
    ],
    "capture": [
        ("{book}", "D-0001", "bank.csv", "--plan", "--us", "{evil}"),
        ("{book}", "{evil}", "gone-{book}"),
    ],
    "find": [("training", "{book}"), ("{evil}", "{book}")],
    "schema": [("{evil}",)],
    "doctor": [("{book}",), ("gone-{book}",)],
    "help": [("{evil}",), ("brief",)],
    "runs": [("{book}",), ("gone-{book}",)],
    "open": [("{book}", "D-0001", "--plan"), ("{book}", "{evil}", "--plan")],
    "completion": [("bash",), ("{evil}",)],
}
"""Words to try for every command: a new one has to say here what it prints of a workbook."""


def bad(text: str) -> list[str]:
    """Return what must not be printed: all controls and unseen characters but the line break."""
    return [
        c
        for c in text
        if c != "\n" and (unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or _unseen(c))
    ]


def _unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" and not SIGN.match(character)


SIGN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001345f]"
)
"""Characters of the category "format" that are drawn, such as Prepended_Concatenation_Mark."""


@pytest.fixture(scope="module")
def poisoned() -> bytes:
    """Return a firm whose every text is followed by what must not be printed."""
    texts = {
        name: {c.key for c in declared.columns if c.kind is Kind.TEXT}
        for name, declared in SHEETS.items()
    }
    rows = {
        name: [
            {k: f"{v}{EVIL}" if k in texts[name] and v else v for k, v in row.items()}
            for row in held
        ]
        for name, held in firm.ROWS.items()
    }
    return firm.workbook(rows)


@pytest.fixture
def poisoned_copies(
    poisoned: bytes, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    (tmp_path / NAME).write_bytes(poisoned)
    (tmp_path / "copy.xlsx").write_bytes(firm.workbook())
    (tmp_path / "bank.csv").write_text(BANK.format(EVIL.replace('"', "")), "utf-8")
    (tmp_path / "deals.csv").write_text(DEALS.format(EVIL.replace('"', "")), "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    return tmp_path


def formats(name: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the options that ask for each format a command has."""
    command: click.Command | None = cli
    for word in (name, *words[:1]):
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
    assert command is not None
    found = [
        choice
        for option in command.params
        if option.name == "format_" and isinstance(option.type, click.Choice)
        for choice in option.type.choices
    ]
    yield from ([("--format", choice) for choice in found] or [()])


def as_declared(command: str, first: str, out: str) -> None:
    """Hold what a command printed for a program against its declared type (`contract`)."""
    if command == "undo" and '"copies"' not in out:
        return  # nothing was ever synced: it says so with the run 0
    words = f"{command} {first}" if command in GROUPS else command
    failed = out.lstrip().startswith("{") and '"error": {' in out
    json_types.adapter(PUBLISHED["error" if failed else words]).validate_json(out)


def test_every_json_is_declared() -> None:
    """A command that prints JSON has a type, but for those of which others made the standard."""
    printing_json = {
        f"{name} {words[0]}" if name in GROUPS else name
        for name, tried in WORDS.items()
        for words in tried
        if ("--format", "json") in formats(name, words)
    }
    assert printing_json == {*PUBLISHED} - {"error"} | {"schema"}


def test_every_command_is_tried() -> None:
    assert set(WORDS) == set(COMMANDS)
    for name, tried in WORDS.items():
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group):
            below = set(command.list_commands(click.Context(command)))
            assert {words[0] for words in tried} == below - {"selftest"}  # it prints no cell


@pytest.mark.parametrize("command", sorted(WORDS))
def test_no_command_prints_what_steers(command: str, run: Run, poisoned_copies: Path) -> None:
    for words in WORDS[command]:
        for options in formats(command, words):
            typed = [w.format(book=NAME, evil=EVIL) for w in words]
            ran = run(command, *typed, *options)
            told = (command, *words, *options)
            for text in (ran.out, ran.err):
                assert not bad(text), (told, bad(text), text)
                for line in text.splitlines():
                    ours = options == ("--format", "github") and line.startswith(
                        ("::error file=", "::warning file=", "::notice file=")
                    )
                    assert ours or not line.lstrip().startswith("::"), (told, line)
                    assert ours or not re.search(r"##(\[|vso\[)", line), (told, line)
                    assert not line.startswith("forged"), (told, line)
            assert ran.code != 70, (told, ran.err)
            if ran.code in {0, 1} and ran.out and options[1:] == ("sarif",):
                json.loads(ran.out)
            if options[1:] == ("json",) and command != "schema":
                as_declared(command, words[0], ran.out)
            if ran.code in {0, 1} and options[1:] == ("junit",):
                ET.fromstring(ran.out)


def test_a_bug_shows_where_it_is_and_steers_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(f"a\n  File {EVIL}") from KeyError(EVIL)

    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setattr("sheetrecord.cli.context.BookFinder.given", broken)
    for words in (("validate",), ("validate", "x.xlsx")):
        ran = run(*words)
        assert ran.code == 70
        assert not bad(ran.err)
        assert "test_terminal.py" in ran.err
        assert ran.err.count("\nValueError: a\\n") == 1
        assert not [line for line in ran.err.splitlines() if line.lstrip().startswith("::")]


class Terminal(io.TextIOWrapper):
    """What `printing` takes for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_a_terminal_gets_our_colours_and_no_other(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = io.BytesIO()
    out = Terminal(held, encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    printing.lines((bold(EVIL), coloured(EVIL, "red") + dim(EVIL), f"{EVIL}\x1b[31m \u2192 é"))
    text = held.getvalue().decode(encoding)
    out.detach()
    assert re.findall("\x1b.{4}", text) == [
        "\x1b[1m\\", "\x1b[0m\n", "\x1b[31m", "\x1b[0m\x1b", "\x1b[0m\n",
    ] or text.count("\x1b") == 6  # fmt: skip
    assert len(text.split("\n")) == 4
    assert not bad(re.sub("\x1b\\[(0|1|2|31)m", "", text))


def test_progress_stays_on_its_line() -> None:
    err = io.StringIO()
    ProgressBar(err, iter((0.0, 2.0)).__next__)(EVIL, 0, 0)
    text = err.getvalue()
    assert text.startswith("\r\x1b[K")
    assert not bad(text.removeprefix("\r\x1b[K"))
    assert "\n" not in text


@given(st.text() | st.text(EVIL + "a ::#[]"))
def test_one_line_is_one_line(text: str) -> None:
    told = one_line(text)
    assert len(told.splitlines()) <= 1
    assert not bad(told)
    assert printed(text, colours=True) == told
    assert not bad(lines(text))
    assert one_line(told) == told


@given(st.recursive(st.text(EVIL + 'a"\\') | st.integers(), lambda s: st.lists(s, max_size=3)))
def test_json_means_what_it_meant(told: Any) -> None:
    text = in_json(json.dumps(told, ensure_ascii=False, indent=1))
    assert json.loads(text) == told
    assert not bad(text)
    assert "##[" not in text


def test_every_character_that_is_not_seen_is_shown() -> None:
    kept = [c for c in map(chr, range(0x110000)) if bad(c) and one_line(c) == c]
    assert kept == []
    seen = [c for c in "aé漢‑ \u00a0\u202f€→✓⚠️👍🏽ف" if one_line(c) != c]
    assert seen == []


@pytest.mark.skipif(os.name == "nt", reason="names there are no bytes")
def test_a_name_that_is_no_text_is_told(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"f\xff\x1b.xlsx")
    (tmp_path / name).write_bytes(firm.workbook())
    for format_ in ("text", "json", "html", "junit", "sarif", "github"):
        ran = run("validate", name, "--format", format_)
        assert ran.code == 0, ran.err
    assert "\\u{dcff}" in run("validate", name).out


def test_nothing_but_the_edge_prints() -> None:
    """Every other module hands over what it has to say (the linter bans the calls as well)."""
    import sheetrecord

    folder = Path(sheetrecord.__file__).parent
    calls = re.compile(
        r"(?<![\w.>] )\b(click\.(echo|secho|style)|print|sys\.std(out|err)\.write)\("
    )
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if calls.search(line) and not line.lstrip().startswith((">>>", "..."))
    }
    assert found == {"cli/printing.py"}


def test_every_command_makes_its_json_at_the_edge() -> None:
    import sheetrecord.cli

    folder = Path(sheetrecord.cli.__file__).parent
    found = {p.name for p in folder.rglob("*.py") if "json.dumps" in p.read_text("utf-8")}
    assert found == {"printing.py", "reconcile_text.py"}

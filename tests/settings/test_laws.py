"""Laws of the settings: whoever reads them refuses wrong ones, and every key is told and used."""

import ast
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from conftest import Ran
from settings.wrong import WRONG
from sheetrecord.app.publish import audience_of
from sheetrecord.app.settings import models, texts
from sheetrecord.app.settings.checked import tables_of
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.models import Account, File
from sheetrecord.app.settings.money import told
from sheetrecord.app.settings.places import (
    HandoverPlaces,
    book_address,
    capture_with,
    copies_of,
    handover_places,
    kept_at,
    outlet_of,
    store_at,
)
from sheetrecord.cli import COMMANDS
from sheetrecord.cli.group import cli
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.hosting.service.run import serve
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import WrongSettings
from synced.office import firm

Run = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[2]

READ_NONE = {
    "addin": "writes what is installed elsewhere",
    "web": "writes a page that knows no workbook",
    "schedule": "shows or puts in what is run later",
    "init": "makes the file",
    "new": "makes a book that is given everything",
    "demo": "works in a folder of its own",
    "explain": "tells of rules alone",
    "copy-store": "is given both stores",
    "merge": "is given all of its files, and is called by git",
    "textconv": "is called by git for any version of a file",
    "schema": "tells of the program alone",
    "help": "tells of the program alone",
    "completion": "tells of the program alone",
}
"""Commands that read no settings, and why; every other command does."""

WORDS: dict[str, list[str]] = {
    "serve": [],
    "waive": ["firm.xlsx", "CTX-001", "--deal", "D-0001"],
    "brief": ["firm.xlsx", "D-0001"],
    "note": ["firm.xlsx", "D-0001"],
    "say-back": ["firm.xlsx", "D-0001"],
    "return": ["firm.xlsx", "--deal", "D-0001", "--code", "bad_fit", "--note", "x"],
    "confirm": ["firm.xlsx", "--deal", "D-0001", "--kickoff"],
    "find": ["word", "firm.xlsx"],
    "history": ["D-0001", "--book", "firm.xlsx"],
    "asof": ["2026-01-01", "-o", "x.md", "--book", "firm.xlsx"],
    "conflicts": ["--book", "firm.xlsx"],
    "undo": ["--book", "firm.xlsx"],
    "fleet": ["."],
    "open": ["firm.xlsx", "--plan"],
    "import": ["firm.xlsx", "deals.csv"],
    "leaver": ["firm.xlsx", "Ines"],
    "capture": ["firm.xlsx", "D-0001"],
    "check-sow": ["firm.xlsx", "D-0001", "contract.md"],
}
"""What a command needs to begin, where it is more than a book and a deal."""


def words_of(name: str, command: click.Command) -> list[str]:
    if name in WORDS:
        return WORDS[name]
    takes_deal = any(one.name == "deal" for one in command.params)
    return ["firm.xlsx", *(["D-0001"] if takes_deal else [])]


def commands() -> Iterator[tuple[str, list[str]]]:
    with click.Context(cli) as context:
        for name in COMMANDS:
            if name not in READ_NONE:
                command = cli.get_command(context, name)
                assert command is not None
                yield name, words_of(name, command)


@pytest.mark.parametrize(("name", "words"), list(commands()))
def test_every_command_that_reads_settings_refuses_wrong_ones(
    run: Run, tmp_path: Path, name: str, words: list[str]
) -> None:
    book = tmp_path / "firm.xlsx"
    book.write_bytes(firm())
    before = book.read_bytes()
    path = tmp_path / "sheetrecord.toml"
    path.write_text('[publish.ops]\nhidden = ["Fees"]\n')
    ran = run(name, *words)
    assert ran.code == 2, ran.out + ran.err
    said = f"{path}:2: [publish.ops] hidden: no setting is called this here. Did you mean hide?"
    assert said in ran.out + ran.err
    assert book.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} <= {book.name, path.name, ".state"}


@pytest.mark.parametrize(("name", "words"), list(commands()))
def test_every_command_that_asks_for_a_word_takes_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: list[str]
) -> None:
    monkeypatch.setattr(serve, "__defaults__", (0.1,))  # seconds, else it listens for half an hour
    (tmp_path / "firm.xlsx").write_bytes(firm())
    (tmp_path / "sheetrecord.toml").write_text(
        '[store]\nurl = "sqlite:r.db"\n[copies.a]\npath = "a.xlsx"\n[publish.ops]\nto = "view"\n'
        '[handover]\nnotes = "n"\n[capture]\nmodel = "http://127.0.0.1:9/v1"\n'
    )
    ran = run(name, *words)
    asks = "run this once with --trust" in ran.out + ran.err
    with click.Context(cli) as context:
        command = cli.get_command(context, name)
    assert command is not None
    below = command.commands.values() if isinstance(command, click.Group) else (command,)
    takes = any("--trust" in one.opts for some in below for one in some.params)
    assert asks == takes or name == "resolve", "resolve asks where a sync has listed something"
    assert not {"r.db", "a.xlsx"} & {path.name for path in tmp_path.iterdir()}
    assert not asks or not (tmp_path / "view").exists()


def test_a_command_that_reads_none_says_why() -> None:
    assert set(READ_NONE) < set(COMMANDS)


PACKAGED = {
    "core/capture/cues/__init__.py": "cues of what was said, by language",
    "core/sow/words.py": "words of contracts",
    "ledgers/crm/vocabulary.py": "headings and stages of sales systems, by language",
    "publish/words/work.py": "words of the work list, by language",
}
"""Modules that parse TOML which is part of the program: they open no file of anybody."""


def test_the_file_is_read_in_one_place_only() -> None:
    """No other module parses TOML of a path, so none can read the file past the check."""
    found = {}
    for path in (ROOT / "src" / "sheetrecord").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        if "tomllib" in names and "settings" not in path.parts:
            name = path.relative_to(ROOT / "src" / "sheetrecord").as_posix()
            files = {"pathlib", "os", "io"} & names
            found[name] = files | {"open", "Path", "tomllib.load"} & calls
    assert found == {name: set() for name in PACKAGED}


def keys(model: type[BaseModel] = File, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        below = next(filter(None, map(models_in, [field.annotation])), None)
        if below is None:
            yield f"{above}{name}", field
        else:
            yield from keys(below, f"{above}{name}.")


def models_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(models_in, get_args(annotation))), None)


def test_every_key_is_described_and_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for key, field in keys():
        name = key.rpartition(".")[2]
        assert field.description, key
        assert f"`{name}`" in page or f"[{key}]" in page, key
        assert field.description in page, key


def config(**tables: Any) -> Config:
    return Config(Path("/firm/sheetrecord.toml"), "", tables, lambda _, what: None)


EVERY_BOOKS: dict[str, Any] = {
    "accounts": {"bank": "1200"},
    "banks": {"Main": "1210"},
    "debtors": {"Acme": "10001"},
    "currency": "EUR",
    "tax_in_revenue": True,
}
"""What may be said of each bookkeeping system; what each does is tried in `test_export`."""
BOOKS: dict[str, dict[str, Any]] = {
    "xero": {"date_order": "dmy", "tax_rate": "Tax Exempt"},
    "quickbooks": {"date_order": "mdy"},
    "datev": {"consultant": 1001, "client": 1, "year_begins": 1, "account_length": 4},
}

EFFECT: dict[str, Callable[[], bool]] = {
    "book": lambda: config(book="a.xlsx").book == str(Path("/firm/a.xlsx")),
    "books": lambda: config(books={"a": "a.xlsx"}).books == {"a": str(Path("/firm/a.xlsx"))},
    "severity": lambda: config(severity={"CTX-009": "note"}).severities == {"CTX-009": "note"},
    "store.url": lambda: store_at(config(store={"url": "sqlite:r.db"})).url == "sqlite:/firm/r.db",
    "store.record": lambda: store_at(config(store={"record": "R"})).record == "R",
    "copies.path": lambda: copy(path="/x/a.xlsx").address == "/x/a.xlsx",
    "copies.deals": lambda: copy(deals="owner=Ana").view.owners == {"ana"},
    "copies.hide": lambda: copy(hide=["Fees"]).view.hides("Fees"),
    "publish.book": lambda: book_address(config(publish={"book": "https://x.example/a"})) != "",
    **{
        f"publish.{name}.{key}": effect
        for name in AUDIENCES
        for key, effect in {
            "to": lambda n=name: kept_at(outlet(n, to="v"), n) == Path("/firm/v"),
            "hide": lambda n=name: "Deal" not in audience_of(n, outlet(n, hide=["Deal"])).grants,
            "unmarked": lambda n=name: (
                ("" in audience_of(n, outlet(n, unmarked="internal")).levels)
                is (n == "owner")  # with whom an internal row stays
                and outlet_of(config(), n).unmarked == "firm"
            ),
        }.items()
    },
    **{
        f"accounts.{key}": lambda k=key, v=value: (
            getattr(told(config(accounts={"M": {k: v}})).profiles["M"], k) == v
        )
        for key, value in {
            "account": "DE1", "currency": "EUR", "code_page": "cp1252", "delimiter": ";",
            "skip": 3, "date_order": "dmy", "decimal": ",", "sign": -1, "fee_on_top": True,
            "headers": "abc", "no_header": True,
        }.items()
    },
    "accounts.columns": lambda: told(
        config(accounts={"M": {"columns": {"amount": ["Betrag", 2]}}})
    ).profiles["M"].columns == {"amount": ("Betrag", 2)},
    **{
        f"accounts.{key}": lambda k=key: (
            getattr(told(config(accounts={"M": {k: ["Zugang"]}})).profiles["M"], k) == ("Zugang",)
        )
        for key in ("words_in", "words_out")
    },
    **{
        f"handover.{key}": lambda k=key, f=field, v=value: (
            str(getattr(handover_places(config(handover={k: v})), f)).endswith(v)
            and handover_places(config()) == HandoverPlaces()
        )
        for key, field, value in (
            ("notes", "notes", "n"), ("view", "view", "https://x.example/"),
            ("post", "post", "https://x.example/"), ("post_from", "source", "env:X"),
            ("post_as", "form", "teams"),
        )
    },
    "capture.us": lambda: capture_with(config(capture={"us": ["Ann"]})).us == ("Ann",),
    "capture.model": lambda: capture_with(config(capture={"model": "http://x/"})).model != "",
    "payers": lambda: told(config(payers={"A": ["B"]})).payers == {"A": ("B",)},
    **{
        f"reconcile.{key}": lambda k=key: getattr(told(config(reconcile={k: 1})).settings, k) == 1
        for key in ("fee_floor", "fee_cap", "fee_percent", "likely_open_items")
    },
    "reconcile.rates": lambda: told(
        config(reconcile={"rates": {"gbp EUR": 1.17}})
    ).settings.rates == {("GBP", "EUR"): Decimal("1.17")},
    **{
        f"export.{system}.{key}": lambda s=system, k=key, v=value: (
            getattr(told(config(export={s: {k: v}})).export[s], k) == v
        )
        for system, more in BOOKS.items()
        for key, value in (EVERY_BOOKS | more).items()
    },
    "ledger.columns": lambda: told(config(ledger={"columns": {"number": "Wat"}})).ledger
    == {"number": "Wat"},
}  # fmt: skip
"""What shows that a key does something, for every key there is."""


def copy(**table: Any) -> Any:
    [found] = copies_of(config(copies={"a": {"path": "a.xlsx", **table}}))
    return found


def outlet(audience: str, **table: Any) -> Config:
    return config(publish={audience: table})


@pytest.mark.parametrize("key", [key for key, _ in keys()])
def test_every_key_has_an_effect(key: str) -> None:
    assert EFFECT[key]()


def test_the_models_say_what_the_program_knows() -> None:
    assert set(Account.model_fields) == set(Profile._fields) - {"label"}
    assert set(models.Reconcile.model_fields) == set(MatchSettings._fields)
    defaults = {name: field.default for name, field in models.Reconcile.model_fields.items()}
    assert {**MatchSettings()._asdict(), "rates": None} == {**defaults, "rates": None}
    assert set(models.Publish.model_fields) == {"book", *AUDIENCES}


TEXTS = [text for text, _ in WRONG.values()]
VALUES = (
    "true",
    "3",
    "-1",
    "1.5",
    "nan",
    "[]",
    "{}",
    '["a"]',
    "[[1]]",
    '""',
    '"\\u0000"',
    '"a:b@c"',
)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.data())
def test_any_file_is_used_whole_or_refused_in_words(files: list[str], data: st.DataObject) -> None:
    lines = "".join(files).splitlines()
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        value = data.draw(st.sampled_from(VALUES))
        lines[at] = f"{lines[at].partition('=')[0]}= {value}" if "=" in lines[at] else lines[at]
    said: tuple[str, ...] = ()
    try:
        use(config(**tables_of("x", "\n".join(lines).encode(), "", keep=False)))
    except WrongSettings as error:
        said = error.lines
    assert all(line.startswith(("x:", "/firm/")) for line in said)
    assert all(line.endswith((".", "?")) for line in said)


def use(found: Config) -> None:
    """Take everything that settings say, as commands do."""
    store_at(found)
    copies_of(found)
    told(found)
    for name in AUDIENCES:
        audience_of(name, found)
        kept_at(found, name)
    assert all(Path(book).is_absolute() for book in found.books.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_name_that_can_be_hidden_is_withheld(audience: str) -> None:
    for name in texts.seen_by(audience):
        grants = audience_of(audience, outlet(audience, hide=[name])).grants
        sheet, _, key = name.partition(".")
        assert sheet not in grants or (key and key not in grants[sheet].columns)

"""No password of a store's address is told: in no message, JSON, traceback or status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messy import firm
from sheetrecord.app.fleet.slots import attempt
from sheetrecord.model.address import shown_address, without_passwords
from sheetrecord.model.errors import SheetRecordError, Unreachable
from sheetrecord.stores.connect import open_database

Run = Callable[..., Any]

FORMS = {
    "plain": ("postgresql://ana:S3CRET@db/x", "postgresql://ana@db/x"),
    "short scheme": ("postgres://ana:S3CRET@db/x", "postgres://ana@db/x"),
    "upper case": ("POSTGRESQL://ana:S3CRET@db/x", "POSTGRESQL://ana@db/x"),
    "a port": ("postgresql://ana:S3CRET@db:5433/x", "postgresql://ana@db:5433/x"),
    "two hosts": ("postgresql://ana:S3CRET@a:1,b:2/x", "postgresql://ana@a:1,b:2/x"),
    "no user": ("postgresql://:S3CRET@db/x", "postgresql://db/x"),
    "no database": ("postgresql://ana:S3CRET@db", "postgresql://ana@db/"),
    "this machine": ("postgresql:///x?user=ana&password=S3CRET", "postgresql://ana@/x"),
    "a socket": ("postgresql://ana:S3CRET@/x?host=/run", "postgresql://ana@/run/x"),
    "an option": ("postgresql://db/x?password=S3CRET", "postgresql://db/x"),
    "an option among others": ("postgresql://db/x?a=b@c&password=S3CRET&d=e", "postgresql://db/x"),
    "an unknown option": ("postgresql://db/x?nonsense=S3CRET", "postgresql://db/x"),
    "a key's password": ("postgresql://db/x?sslpassword=S3CRET", "postgresql://db/x"),
    "encoded": ("postgresql://ana:S3CRET%40%2F@db/x", "postgresql://ana@db/x"),
    "an encoded name": ("postgresql://db/x?p%61ss%77ord=S3CRET", "postgresql://db/x"),
    "an address of numbers": ("postgresql://ana:S3CRET@[::1]:5432/x", "postgresql://ana@[::1]:5432/x"),
    "a driver": ("postgresql+psycopg://ana:S3CRET@db/x", "postgresql+psycopg://ana@db/x"),
    "another server": ("mysql://ana:S3CRET@db/x", "mysql://ana@db/x"),
    "Java's": ("jdbc:postgresql://db/x?user=ana&password=S3CRET", None),
    "@ in it": ("postgresql://ana:S3C@CRET@db/x", "postgresql://db/x"),
    "/ in it": ("postgresql://ana:S3C/CRET@db/x", "postgresql://db/x"),
    "? in it": ("postgresql://ana:S3C?CRET@db/x", "postgresql://ana@db/x"),
    "# in it": ("postgresql://ana:S3C#CRET@db/x", "postgresql://ana@db/x"),
    ": in it": ("postgresql://ana:S3C:CRET@db/x", "postgresql://ana@db/x"),
    "a comma in it": ("postgresql://ana:S3C,CRET@db/x", "postgresql://ana@db/x"),
    "a blank in it": ("postgresql://ana:S3C CRET@db/x", "postgresql://db/x"),
    "a quote in it": ("postgresql://ana:S3C'CRET@db/x", "postgresql://ana@db/x"),
    "digits and / in it": ("postgresql://ana:33/S3CRET@db/x", "postgresql://db/x"),
    "a port of letters": ("postgresql://ana:S3CRET@db:port/x", "postgresql://db:port/x"),
    "half a bracket": ("postgresql://ana:S3CRET@[::1/x", "postgresql://[::1/x"),
    "one slash": ("postgresql:/ana:S3CRET@db/x", "postgresql:/db/x"),
    "no slash": ("postgres:ana:S3CRET@db/x", "postgres:db/x"),
    "words": ("host=db user=ana password=S3CRET dbname=x", "host=db dbname=x user=ana"),
    "quoted words": ("host=db password='S3C CRET' user=ana", "host=db user=ana"),
    "spaced words": ("password = S3CRET host=db", "host=db"),
    "ADO's": ("Server=db;User=ana;Password=S3CRET", None),
    "a variable": ("PGPASSWORD=S3CRET psql", None),
    "a mapping": ("{'host': 'db', 'password': 'S3CRET'}", None),
    "JSON": ('{"url": "postgresql://db/x?password=S3CRET"}', None),
    "a setting": ('url = "postgresql://ana:S3CRET@db/x"', None),
}  # fmt: skip


def leaks(text: str) -> bool:
    return any(part in text for part in ("S3C", "CRET"))


@pytest.mark.parametrize("form", FORMS)
def test_an_address_is_told_without_its_password(form: str) -> None:
    address, shown = FORMS[form]
    assert not leaks(shown_address(address))
    if shown is not None:
        assert shown_address(address) == shown


@pytest.mark.parametrize("form", [form for form in FORMS if form != "an unknown option"])
def test_an_errors_words_lose_the_passwords_of_addresses(form: str) -> None:
    address, _ = FORMS[form]
    for text in (
        f'invalid port in "{address}" (see there)',
        f"{{'url': '{address}'}}",
        f"cannot reach {address.replace('S3C CRET', 'S3CRET')}: timeout",
    ):
        assert not leaks(without_passwords(text)), without_passwords(text)
        error = Unreachable(address, text)
        if not address.startswith("postgresql://ana:S3C "):
            assert not leaks(f"{error} {error!r} {error.args}")


@pytest.mark.parametrize(
    "text",
    [
        "firm.xlsx: waiting for Ana: the file is open.",
        "The workbook is locked with a password: save a copy without it, and retry.",
        "Write sqlite:PATH or postgresql://USER@HOST/DATABASE.",
        "https://files.example:8080/a?b=c, mailto:ana@firm.example, C:\\firm.xlsx, 10:30",
        "D-0001.value_net: 12 -> 13; see pass 2 of 3",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert without_passwords(text) == text


SAFE = st.text(
    st.characters(codec="ascii", min_codepoint=33, exclude_characters="/@\"'\\\x7f"), min_size=1
)


@given(SAFE)
@example("a=b&c")
def test_no_password_that_a_server_takes_is_told(word: str) -> None:
    secret = f"\u20ac{word}\u20ac"
    for text in (f"postgresql://ana:{secret}@db/x", f"host=db password={secret.replace('&', '')}"):
        assert "\u20ac" not in shown_address(text)
        assert "\u20ac" not in without_passwords(f"bad: {text} (here)")


BROKEN = [address for address, _ in FORMS.values() if address.startswith("postgres")]


@pytest.mark.parametrize("address", BROKEN)
def test_no_command_tells_it(
    address: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    def refuse(url: str, **_: object) -> None:
        kind = psycopg.ProgrammingError if "nonsense" in url else psycopg.OperationalError
        raise kind(f'no server at "{url}"')

    monkeypatch.setattr(psycopg, "connect", refuse)
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    settings = f"[store]\nurl = {json.dumps(address)}\n[copies.ours]\npath = 'firm.xlsx'\n"
    (tmp_path / "sheetrecord.toml").write_text(settings, "utf-8")
    commands: list[tuple[str, ...]] = [
        ("status",),
        ("sync", "--trust", "--format", "json"),
        ("doctor", "--format", "json"),
        ("fleet", ".", "--store", address),
        ("copy-store", address, "sqlite:to.db"),
        ("copy-store", "sqlite:from.db", address, "--format", "json"),
    ]
    for words in commands:
        ran = run(*words)
        assert not leaks(ran.out + ran.err), (words, ran.out, ran.err)
        assert ran.code in {1, 2, 3}, (words, ran.code, ran.err)


def test_a_bug_and_a_job_that_fails_do_not_tell_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise ValueError("postgresql://ana:S3CRET@db/x") from OSError("x?password=S3CRET")

    monkeypatch.setattr("sheetrecord.cli.context.BookFinder.given", broken)
    ran = run("validate")
    assert ran.code == 70
    assert "ana:***@db" in ran.err
    assert not leaks(ran.err)
    assert not leaks(attempt(broken, None).why)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["postgresql://ana:S3C@CRET@db/x", "postgresql://db/x?nonsense=S3CRET", "x:S3CRET@y"]
)
def test_nothing_that_led_to_an_error_keeps_it(url: str) -> None:
    """Who prints the whole chain of an error finds no password in it either."""
    import traceback

    with pytest.raises(SheetRecordError) as caught:
        open_database(url)
    assert not leaks("".join(traceback.format_exception(caught.value)))

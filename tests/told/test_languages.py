"""What the terminal says of a workbook is there in every language, and fit for people."""

import re
import string
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import pytest

from sheetrecord.cli import texts
from sheetrecord.cli.texts import learned, withheld
from sheetrecord.cli.texts.text import Says, Text
from sheetrecord.core.edit_reasons import REASONS, reason_in
from sheetrecord.formats.explained import explained
from sheetrecord.publish.note.words import NOTE
from sheetrecord.rules import load_rules
from sheetrecord.rules.words import why
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.sheets import SHEETS

OTHERS = [one for one in LANGUAGES if one != "en"]
PROOFS = {"digest", "hash", "head", "record"}
"""What a text may fill in only where somebody asked for more (``-v``)."""

ASKED = {
    ("changes", "as sold"),
    ("deals", "digest"),
    ("copies", "at record"),
    ("copies", "kept in"),
}
KEYS = {column.key for sheet in SHEETS.values() for column in sheet.columns if "_" in column.key}


def tables() -> Iterator[tuple[str, str, Text]]:
    for module in iter_modules(texts.__path__):
        found = getattr(import_module(f"{texts.__name__}.{module.name}"), "TEXTS", {})
        yield from ((module.name, key, text) for key, text in found.items())


TEXTS = list(tables())
ENGINES = {"edits": REASONS, "learned": learned.SENTENCES, "withheld": withheld.RULES}


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_there_are_tables_for_what_commands_say() -> None:
    assert {table for table, _, _ in TEXTS} >= {"changes", "checks", "copies", "deals", "learned"}
    assert len(TEXTS) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_fills_in_what_the_english_does(language: str) -> None:
    for table, key, text in TEXTS:
        told = getattr(text, language)
        assert told.strip(), (table, key)
        assert fields(told) == fields(text.en), (table, key, told)


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_several_words_is_left_in_english(language: str) -> None:
    same = [
        (table, key)
        for table, key, text in TEXTS
        if getattr(text, language) == text.en and len(re.findall(r"[^\W\d]{2,}", bare(text.en))) > 1
    ]
    assert not same


def bare(text: str) -> str:
    """Return a text without what it fills in and without commands and options."""
    return re.sub(r"\{[^}]*\}|`[^`]*`|--[\w-]+|sheetrecord \w+", " ", text)


def test_no_text_names_a_column_by_its_key() -> None:
    for table, key, text in TEXTS:
        for told in text:
            assert not KEYS & set(re.findall(r"\w+", bare(told))), (table, key, told)


def test_digests_and_numbers_of_a_store_are_told_to_those_who_ask() -> None:
    proofs = {(table, key) for table, key, text in TEXTS if fields(text.en) & PROOFS}
    assert proofs == ASKED


@pytest.mark.parametrize("name", ENGINES)
def test_what_an_engine_says_in_english_fills_in_the_same_in_every_language(name: str) -> None:
    table: Mapping[str, tuple[str, str, str]] = ENGINES[name]
    for english, told in table.items():
        assert len(told) == len(OTHERS)
        assert all(one.strip() and fields(one) == fields(english) for one in told), english


def test_a_reason_is_found_by_how_it_reads_and_another_stays() -> None:
    assert reason_in("es", "from the fee template half_half") == (
        "de la plantilla de honorarios half_half"
    )
    assert reason_in("de", "as our own package says") == "as our own package says"
    assert reason_in("en", "it is signed") == "it is signed"


def test_what_is_filled_in_is_written_as_the_language_writes_it() -> None:
    import datetime as dt

    from sheetrecord.model.money import Money

    says = Says("de", {"x": Text("{d}: {m}", "{d}: {m}", "{d}: {m}", "{d}: {m}")})
    told = says.say("x", d=dt.date(2026, 3, 2), m=Money(123450, "EUR"))
    assert told == "02.03.2026: 1.234,50 EUR"


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_about_a_note_fill_in_the_same(language: str) -> None:
    assert set(NOTE[language]) == set(NOTE["en"])
    for name, text in NOTE["en"].items():
        assert fields(NOTE[language][name]) == fields(text), name


RULES = load_rules()


@pytest.mark.parametrize("language", OTHERS)
def test_every_rule_says_why_in_a_sentence_of_every_language(language: str) -> None:
    for code in RULES:
        said = why(language, code)
        assert said.endswith("."), code
        assert "{" not in said, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_is_finished_text(language: str) -> None:
    """No field in braces, no key of a column, and no code of a list that has a word."""
    for rule in RULES.values():
        found = explained(rule, language)
        whole = "\n".join((found.message, found.do, *found.why, *found.bad, *found.good))
        told = re.sub(r"`[^`]*`", "", whole)
        assert not re.search(r"\{\w|\b[a-z]+_[a-z_]+\b", told), (rule.code, told)

"""The pages speak each language that ships, with the same words and the same gaps to fill."""

import re
import string
from pathlib import Path

import pytest

import sheetrecord
from publish.firm import usual, workbook
from sheetrecord.publish.brief.words import BRIEF
from sheetrecord.publish.digest.words import DIGEST
from sheetrecord.publish.feed.words import FEED
from sheetrecord.publish.letter.words import LETTER
from sheetrecord.publish.note.words import NOTE
from sheetrecord.publish.words import words
from sheetrecord.publish.words.work import work_words
from sheetrecord.schema.packs import LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_word_with_the_same_gaps(language: str) -> None:
    from importlib import import_module

    own = import_module(f"sheetrecord.publish.words.{language}").WORDS
    english = import_module("sheetrecord.publish.words.en").WORDS
    assert set(own) == set(english)
    assert {key: gaps(text) for key, text in own.items()} == {
        key: gaps(text) for key, text in english.items()
    }
    assert len(own["months"].split()) == 12


@pytest.mark.parametrize("language", OTHERS)
def test_the_work_list_has_every_word_with_the_same_gaps(language: str) -> None:
    own, english = work_words(language), work_words("en")
    assert {key: gaps(text) for key, text in own.items()} == {
        key: gaps(text) for key, text in english.items()
    }
    same = {key for key, text in own.items() if text == english[key] and key != "day_short"}
    assert len(same) < 8, same


SOURCE = Path(sheetrecord.__file__).parent
KINDS = {".py", ".js", ".jinja"}


def test_every_word_is_said_somewhere() -> None:
    """A key stands in quotes, after ``w.``, or is put together from a beginning that does."""
    folders = ("publish", "app", "core/absence", "cli", "core/agenda")
    files = (p for folder in folders for p in (SOURCE / folder).rglob("*") if p.suffix in KINDS)
    used = (p for p in files if "words" not in p.parts and p.stem != "words")
    text = "\n".join(p.read_text("utf-8") for p in used)
    whole = set(re.findall(r"""\b[wW]\.(\w+)|["'](\w+)["']""", text))
    named = {key for pair in whole for key in pair}
    begun = tuple(one[0] or one[1] for one in re.findall(r"""["'](\w+_)["'] ?~|f"(\w+_)\{""", text))
    packs = {
        "page": words("en"),
        "brief": BRIEF["en"],
        "letter": LETTER["en"],
        "digest": DIGEST["en"],
        "note": NOTE["en"],
        "feed": FEED["en"],
    }
    unsaid = {
        (name, key)
        for name, told in packs.items()
        for key in told
        if key not in named and not key.startswith(begun)
    }
    assert not unsaid


def test_a_language_that_does_not_ship_gets_english() -> None:
    assert words("xx") == words("en")


@pytest.mark.parametrize("language", OTHERS)
def test_a_site_speaks_the_workbooks_language(tmp_path: Path, language: str) -> None:
    import datetime as dt

    from sheetrecord.app.publish import PublishRequest, publish

    book = tmp_path / "firm.xlsx"
    book.write_bytes(workbook(usual(), language=language))
    publish(str(book), PublishRequest("owner", tmp_path / "site", "A"), today=dt.date(2026, 7, 1))
    page = (tmp_path / "site" / "deals" / "D-0001.html").read_text("utf-8")
    assert f'<html lang="{language}"' in page
    assert words(language)["promises"] in page
    assert words("en")["known"] not in page

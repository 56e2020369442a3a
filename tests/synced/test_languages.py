"""What the terminal says of copies: each text in every language, and all of it in the record's."""

import string

import pytest

from merge.files import put
from sheetrecord.cli.ansi import printed
from sheetrecord.cli.copies import sync
from sheetrecord.cli.copies.copy_texts import TEXTS, CopyText
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.schema.packs import LANGUAGES
from synced.office import Office

ALIKE = {"base", "copy many", "note"}
"""Texts that two languages may share: their words are the same."""


def fields(words: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_no_language_lacks_a_text() -> None:
    assert set(CopyText._fields) == set(LANGUAGES)
    assert not [key for key, words in TEXTS.items() if not all(one.strip() for one in words)]


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_fills_in_the_same_in_every_language(key: str) -> None:
    words = TEXTS[key]
    assert {frozenset(fields(one)) for one in words} == {frozenset(fields(words.en))}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_language_says_it_in_english(language: str) -> None:
    alike = {key for key, words in TEXTS.items() if getattr(words, language) == words.en}
    assert alike <= ALIKE


@pytest.mark.parametrize(("number", "told"), [(0, "0 Zeilen"), (1, "1 Zeile"), (2, "2 Zeilen")])
def test_what_is_counted_is_told_in_its_number(number: int, told: str) -> None:
    assert Speaker("de").count(number, "row") == told


def test_a_sync_speaks_the_language_of_the_record(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frame of what is told; what a rule or a guard says of content has words of its own."""
    monkeypatch.setattr(sync, "speaker", lambda record: Speaker("de", record.rows))
    office.change(office.ana, put("Fees", 4, note="von Ana"))
    said = [printed(one, colours=False) for one in sync.text(office.sync())]
    assert said[0] == "ana.xlsx  1 Änderung übernommen, 0 Änderungen geschrieben"
    assert said[1] == "firm.xlsx  0 Änderungen übernommen, 1 Änderung geschrieben"
    assert said[-1].startswith("2 Kopien, 1 Änderung übernommen. Stand ")

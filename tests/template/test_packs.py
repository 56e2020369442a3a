"""The label packs are complete, unambiguous and clean in every language."""

import pytest

from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read.headers import plain
from sheetrecord.schema.sheets import SHEETS

pytestmark = pytest.mark.parametrize("language", LANGUAGES)

EXTRA_SHEETS = ("Start", "Check", "Lists", "Settings")


def test_every_sheet_column_and_list_has_a_label(language: str) -> None:
    words = pack(language)
    assert set(words.sheets) == {*SHEETS, *EXTRA_SHEETS}
    for key, sheet in SHEETS.items():
        assert list(words.columns[key]) == [c.key for c in sheet.columns]
        assert list(words.help[key]) == [c.key for c in sheet.columns]
    assert {name: tuple(labels) for name, labels in words.enums.items()} == ENUMS
    assert tuple(sorted(words.prompts)) == tuple(sorted(ENUMS["kind"]))
    assert set(words.words) == set(pack("en").words)


def test_no_two_things_of_one_place_share_a_label(language: str) -> None:
    words = pack(language)
    for labels in (words.sheets, *words.columns.values(), *words.enums.values(), words.prompts):
        folded = [plain(label) for label in labels.values()]
        assert len(set(folded)) == len(folded), sorted(x for x in folded if folded.count(x) > 1)


def test_an_alias_never_means_another_columns_label(language: str) -> None:
    words = pack(language)
    for sheet, aliases in words.aliases.items():
        taken = {plain(label): key for key, label in words.columns[sheet].items()}
        for key, texts in aliases.items():
            assert key in SHEETS[sheet].by_key
            for text in texts:
                assert taken.setdefault(plain(text), key) == key, (sheet, text)


def test_another_spelling_never_means_another_codes_label(language: str) -> None:
    words = pack(language)
    for enum, aliases in words.enum_aliases.items():
        taken = {label.lower(): code for code, label in words.enums[enum].items()}
        for code, texts in aliases.items():
            assert code in ENUMS[enum], (enum, code)
            for text in texts:
                assert text == text.lower()
                assert taken.setdefault(text, code) == code, (enum, text)


def test_no_text_has_blanks_around_it(language: str) -> None:
    words = pack(language)
    texts = [
        *words.sheets.values(),
        *words.prompts.values(),
        *words.words.values(),
        *words.tokens,
        *words.junk,
        *(text for labels in words.columns.values() for text in labels.values()),
        *(text for labels in words.help.values() for text in labels.values()),
        *(text for labels in words.enums.values() for text in labels.values()),
        *(t for sheet in words.aliases.values() for texts in sheet.values() for t in texts),
    ]
    assert [text for text in texts if text != text.strip() or not text] == []


def test_tokens_are_lower_case_stand_once_and_are_not_junk(language: str) -> None:
    words = pack(language)
    assert set(words.tokens.values()) <= set(ENUMS["state"])
    assert set(words.tokens.values()) >= {"none", "unknown", "declined", "n_a"}
    for text in (*words.tokens, *words.junk):
        assert text == text.lower()
        assert len(text) <= 40
    assert not words.junk & set(words.tokens)


def test_messages_fit_where_a_spreadsheet_program_shows_them(language: str) -> None:
    words = pack(language)
    for sheet, texts in words.help.items():
        for key, text in texts.items():
            assert len(text) <= 255, (sheet, key)
    for title in words.sheets.values():
        assert len(title) <= 31
        assert not set(title) & set("[]:*?/\\'")


def test_an_unknown_language_is_refused(language: str) -> None:
    assert pack(language).language == language
    with pytest.raises(KeyError):
        pack(f"{language}-xx")

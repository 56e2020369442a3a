"""What the terminal says of copies, and the engine's reasons, are in the record's language."""

import ast
import string
from pathlib import Path

import pytest

import sheetrecord
from merge.files import put
from sheetrecord.cli.ansi import printed
from sheetrecord.cli.copies import sync
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.cli.texts.reasons import REASONS, ReasonText, in_language
from sheetrecord.core.merge.guards import MovedColumn, moved_words
from sheetrecord.core.merge.missing_sheets import without
from sheetrecord.schema.packs import LANGUAGES
from synced.office import Office, line


def fields(words: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


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
    assert said == [
        "ana.xlsx  1 Zelle geändert",
        "firm.xlsx  1 Änderung geschrieben",
        f"    Honorare {line(0)} Bemerkung: von Ana",
        "2 Kopien, 1 Zelle geändert.",
    ]


SOURCE = Path(sheetrecord.__file__).parent


def pieces(words: str) -> list[str]:
    return [text.strip(" .,;(){}[]") for text, *_ in string.Formatter().parse(words)]


@pytest.mark.parametrize("english", REASONS)
def test_a_reason_is_one_that_the_engine_gives(english: str) -> None:
    """A sentence that is said otherwise by now would not be found, and be told in English."""
    folders = ("core/merge", "core/sync", "app/sync", "cli/copies")
    files = [path for folder in folders for path in (SOURCE / folder).glob("*.py")]
    texts = [
        node.value
        for path in files
        if path.name != "reasons.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [moved_words(MovedColumn("Fees", key, 3, 9)) for key in ("fee_id", "net")]
    texts += [without(sheets) for sheets in (("Fees",), ("Fees", "Project"))]
    assert [one for one in pieces(english) if not any(one in text for text in texts)] == []


@pytest.mark.parametrize("english", REASONS)
def test_a_reason_fills_in_the_same_in_every_language(english: str) -> None:
    assert {frozenset(fields(one)) for one in (english, *REASONS[english])} == {
        frozenset(fields(english))
    }
    assert REASONS[english]._fields == tuple(name for name in LANGUAGES if name != "en")


@pytest.mark.parametrize("english", REASONS)
@pytest.mark.parametrize("language", ReasonText._fields)
def test_a_reason_is_told_with_what_it_is_about(language: str, english: str) -> None:
    about = {name: str(at) for at, name in enumerate(sorted(filter(None, fields(english))), 11)}
    told = in_language(language, english.format(**about))
    assert told == getattr(REASONS[english], language).format(**about)


def test_reasons_are_told_wherever_they_stand_and_others_stay() -> None:
    note = "mass-delete: Fees: 9 of 30 rows are gone; emptied: Deal: all 4 rows are gone"
    assert in_language("de", note) == (
        "mass-delete: Fees: 9 von 30 Zeilen sind weg; emptied: Deal: alle 4 Zeilen sind weg"
    )
    assert in_language("fr", "no such reason") == "no such reason"
    assert in_language("en", note) == note

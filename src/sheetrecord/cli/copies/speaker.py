"""Who speaks on the terminal about copies and conflicts: in the language of their record."""

from typing import Final

from sheetrecord.cli.copies.copy_texts import TEXTS
from sheetrecord.cli.copies.reason_texts import in_language
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.conflict_words import in_words
from sheetrecord.core.merge.subjects import Subject, subject
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import OpenConflict, Rows, Snapshot
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.schema.packs import pack
from sheetrecord.schema.settings import language_of


class Speaker:
    """Texts in a record's language, with its rows to name clients and deals."""

    def __init__(self, language: str, rows: Rows | None = None) -> None:
        self.language, self.rows = language, rows or {}

    def say(self, key: str, **parts: object) -> str:
        """Return a text in the record's language."""
        text = TEXTS[key]
        return str(getattr(text, self.language, text.en)).format(**parts)

    def count(self, number: int, what: str = "conflict", **parts: object) -> str:
        """Return a number with the noun for conflicts, or for something else."""
        return self.say(f"{what} {'one' if number == 1 else 'many'}", n=number, **parts)

    def about(self, one: OpenConflict) -> Subject:
        """Return the client and deal of a conflict."""
        return subject(self.rows, one.sheet, one.row_id)

    def place(self, one: OpenConflict | ConflictLine) -> str:
        """Return a conflict's sheet, row and column header, with the column's key."""
        words = pack(self.language)
        sheet = words.sheets.get(one.sheet, one.sheet)
        if not one.key:
            return f"{sheet} {one.row_id} {self.say('whole')}"
        header = words.columns.get(one.sheet, {}).get(one.key, one.key)
        key = "" if header.casefold() == one.key else f" ({one.key})"
        return f"{sheet} {one.row_id} {header}{key}"

    def reason(self, text: str) -> str:
        """Return a reason of the engine in the record's language, if it is a known one."""
        return in_language(self.language, text)

    def why(self, one: OpenConflict) -> str:
        """Return why the sides of a conflict differ."""
        return in_words(self.language, one.kind.value)

    def side(self, side: Wanted, words: str) -> str:
        """Return one side of a conflict; ``words`` is its English text."""
        if isinstance(side, Whole):
            told = self.say("deleted" if side.gone else "kept")
            return f"{told} ({side.text})" if side.text and not side.gone else told
        return self.say("blank") if side in {None, ""} else words


ENGLISH: Final = Speaker("en")


def speaker(record: Snapshot) -> Speaker:
    """Return the texts for a record, in the language of the workbook it was founded with."""
    found = book_of(Snapshot(workbook_config=record.workbook_config))
    return Speaker(language_of(found), record.rows)

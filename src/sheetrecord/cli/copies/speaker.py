"""Who speaks on the terminal about copies and conflicts: in the language of their record."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.format_values import cell_words
from sheetrecord.cli.texts.copies import TEXTS
from sheetrecord.cli.texts.reasons import in_language
from sheetrecord.cli.texts.text import Says, written
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.conflict_words import in_words
from sheetrecord.core.merge.subjects import Subject, subject
from sheetrecord.core.sync.config_language import language_kept
from sheetrecord.core.sync.store_protocol import LedgerEntry, OpenConflict, Rows, Snapshot
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.edit import AddRow, Edit, RemoveRow
from sheetrecord.rules.words import form
from sheetrecord.schema.packs import pack


class Speaker(Says):
    """Texts in a record's language, with its rows to name clients and deals."""

    def __init__(self, language: str, rows: Rows | None = None) -> None:
        super().__init__(language, TEXTS)
        self.rows = rows or {}

    def count(self, number: int, key: str = "conflict", **parts: object) -> str:
        """Return a number with the noun for conflicts, or for something else."""
        return super().count(number, key, **parts)

    def title(self, sheet: str) -> str:
        """Return what a sheet is called."""
        return pack(self.language).sheets.get(sheet, sheet)

    def header(self, sheet: str, key: str) -> str:
        """Return what a column is called."""
        return pack(self.language).columns.get(sheet, {}).get(key, key)

    def cell(self, value: object, most: int = 60) -> str:
        """Return a cell's content as one short line, days as the language writes them."""
        if value is None or value == "":
            return self.say("blank")
        shown = written(self.language, value)
        shown = cell_words(value) if shown is value else str(shown)
        return shown if len(shown) <= most else shown[: most - 3] + "..."

    def cells(self, sheet: str, row: Mapping[str, object]) -> str:
        """Return what a row is about: its first telling cells, else all it has."""
        keys = [key for key in _TELLING if key in row][:_FEW] or list(row)[:_FEW]
        return ", ".join(f"{self.header(sheet, key)}: {self.cell(row[key], 40)}" for key in keys)

    def edit(self, edit: Edit) -> str:
        """Return a change of a copy as one line."""
        if isinstance(edit, AddRow):
            place = f"{self.title(edit.sheet)} {edit.row_id}"
            return f"{coloured('+', 'green')} {place}  {self.cells(edit.sheet, edit.cells)}"
        if isinstance(edit, RemoveRow):
            return f"{coloured('-', 'red')} {self.title(edit.sheet)} {edit.row_id}"
        at = edit.at
        row = at.row_id or self.say("row", n=at.row_number)
        head = f"{self.title(at.sheet)} {row} {self.header(at.sheet, at.key)}"
        return f"  {head}: {self.cell(edit.value)}"

    def entry(self, entry: LedgerEntry) -> str:
        """Return a change of the record on one line, without actor and time."""
        place = f"{self.title(entry.sheet)} {entry.row_id}"
        if entry.kind in {"add", "remove"}:
            what = self.cells(entry.sheet, entry.cells)
            return f"{place}  {self.say('added' if entry.kind == 'add' else 'removed', what=what)}"
        column = self.header(entry.sheet, entry.key) if entry.key else self.say("whole")
        words = {"set": "was set", "conflict": "in conflict"}.get(entry.kind, "was decided")
        old, new = self.cell(entry.old), self.cell(entry.new)
        return f"{place} {self.say(words, column=column, old=old, new=new)}"

    def moment(self, at: dt.datetime) -> str:
        """Return a time as local time, to the minute."""
        return at.astimezone().strftime(f"{form(self.language)['day']} %H:%M")

    def about(self, one: OpenConflict) -> Subject:
        """Return the client and deal of a conflict."""
        return subject(self.rows, one.sheet, one.row_id)

    def place(self, one: OpenConflict | ConflictLine) -> str:
        """Return a conflict's sheet, row and column header."""
        column = self.header(one.sheet, one.key) if one.key else self.say("whole")
        return f"{self.title(one.sheet)} {one.row_id} {column}"

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


_FEW: Final = 4
"""Cells of a row that are told in a line."""

_TELLING: Final = (
    "kind", "type", "client", "deal_name", "person", "answer", "what", "title", "description",
    "net", "stage", "date", "due_on", "date_planned", "planned_on", "owner",
)  # fmt: skip
"""The columns that say what a row is about, the most telling first."""

ENGLISH: Final = Speaker("en")


def speaker(record: Snapshot) -> Speaker:
    """Return the texts for a record, in the language of the workbook it was founded with."""
    return Speaker(language_kept(record.workbook_config), record.rows)

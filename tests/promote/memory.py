"""A workbook in memory: canonical rows as a book, and what a step leaves of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sheetrecord.core.handover.context import HandoverContext, HandoverStep, read_context
from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.edit import AddRow, RemoveRow, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.fee_templates import FeeTemplate, FeeTemplateLine
from sheetrecord.schema.read.encode import encode
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.record import Settings
from sheetrecord.schema.sheets import SHEETS

Table = dict[str, dict[int, dict[str, Cell]]]
"""Sheet -> row number -> column key -> cell; row 1 is the header."""


def template(name: str, *lines: tuple[str, str, str | None]) -> FeeTemplate:
    """Return a fee template of (fee type, trigger, share)."""
    return FeeTemplate(
        name,
        tuple(
            FeeTemplateLine(
                kind, trigger, None if share is None else Decimal(share), 0, 0, f"{name} {i}"
            )
            for i, (kind, trigger, share) in enumerate(lines)
        ),
    )


TEMPLATES = [
    template(
        "30_40_30",
        ("deposit", "on_signature", "0.3"),
        ("milestone", "on_milestone", "0.4"),
        ("milestone", "on_acceptance", "0.3"),
    ),
    template("retainer", *[("retainer", "monthly", "0.083333")] * 12),
    template("hours", ("time_materials", "monthly", None)),
]


class Memory:
    """A workbook that steps are applied to, as a file would be."""

    def __init__(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.table: Table = {}
        self.hidden: dict[str, list[tuple[str, ...]]] = {}
        currencies = {row.get("deal_id"): row.get("currency", "") for row in rows["Deal"]}
        for sheet, declared in SHEETS.items():
            self.table[sheet] = {}
            for number, row in enumerate(rows.get(sheet, ()), start=2):
                money = row.get("currency") or currencies.get(row.get("deal_id"), "EUR")
                self.table[sheet][number] = {
                    key: encode(declared.by_key[key], value, Settings(dt.date.min), str(money))
                    for key, value in row.items()
                }

    def book(self) -> Book:
        """Return the workbook as a format reads it."""
        sheets = [self._sheet(name) for name in self.table]
        for name, rows in self.hidden.items():
            columns: dict[int, tuple[list[int], list[str]]] = {}
            for number, row in enumerate(rows, start=1):
                for column, text in enumerate(row, start=1):
                    if text:
                        held = columns.setdefault(column, ([], []))
                        held[0].append(number)
                        held[1].append(text)
            cells = {n: Cells(numbers, texts) for n, (numbers, texts) in columns.items()}
            sheets.append(Sheet(name, cells, state="hidden"))
        return Book("memory", sheets)

    def _sheet(self, name: str) -> Sheet:
        columns = {}
        for number, column in enumerate(SHEETS[name].columns, start=1):
            rows, values = [1], [column.key]
            for row, cells in sorted(self.table[name].items()):
                if cells.get(column.key) is not None:
                    rows.append(row)
                    values.append(cells[column.key])
            columns[number] = Cells(rows, values)
        return Sheet(name, columns)

    def context(self, asof: dt.date) -> HandoverContext:
        """Read the workbook and sit down to it."""
        book = self.book()
        return read_context(book, parse(book, asof, asof), TEMPLATES)

    def apply(self, step: HandoverStep) -> None:
        """Make a step's changes, all of them."""
        if not step.writes:
            return
        for edit in step.plan:
            self._edit(edit)
        for kept in step.kept:
            self._keep(kept)

    def _edit(self, edit: SetValue | AddRow | RemoveRow) -> None:
        if isinstance(edit, SetValue):
            row = self.table[edit.at.sheet][edit.at.row_number]
            assert row.get(SHEETS[edit.at.sheet].columns[0].key, "") == edit.at.row_id
            row[edit.at.key] = edit.value
        else:
            assert isinstance(edit, AddRow), "a handover removes nothing"
            rows = self.table[edit.sheet]
            key = SHEETS[edit.sheet].columns[0].key
            assert all(row.get(key) != edit.row_id for row in rows.values())
            rows[max(rows, default=1) + 1] = {key: edit.row_id, **edit.cells}

    def _keep(self, kept: HiddenRows) -> None:
        rows = self.hidden.setdefault(kept.sheet, [])
        assert len(rows) == kept.after
        if not rows:
            rows.append(kept.header)
        rows.extend(kept.rows)

    def copy(self) -> "Memory":
        """Return a workbook of its own with the same content."""
        other = Memory({"Deal": ()})
        other.table = {
            sheet: {number: dict(row) for number, row in rows.items()}
            for sheet, rows in self.table.items()
        }
        other.hidden = {name: list(rows) for name, rows in self.hidden.items()}
        return other

    @property
    def state(self) -> tuple[Table, dict[str, list[tuple[str, ...]]]]:
        """Everything the workbook holds."""
        return self.table, self.hidden

    def cell(self, sheet: str, row_id: str, key: str) -> Cell:
        """Return a cell by identity."""
        id_key = SHEETS[sheet].columns[0].key
        found = [row for row in self.table[sheet].values() if row.get(id_key) == row_id]
        assert len(found) == 1
        return found[0].get(key)

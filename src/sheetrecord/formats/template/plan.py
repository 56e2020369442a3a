"""Decides where everything stands in a new workbook before anything is written.

`TemplatePlan` is the template's own `Places` (`schema.formulas.notation`): formulas, drop-downs,
defined names and the reader's tests all ask it.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.formats.template.list_blocks import ListBlock, blocks
from sheetrecord.formats.template.setting_rows import SettingRows, setting_rows
from sheetrecord.formats.template.spec import Spec
from sheetrecord.model.book import quoted
from sheetrecord.model.problem import column_letters
from sheetrecord.schema.column import Column, ColumnOwner
from sheetrecord.schema.packs import Pack, pack
from sheetrecord.schema.sheets import SHEETS

ABOUT_ROW, BAND_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
"""Rows of a data sheet: a sentence, the owners' colours, the headers, the first row of data."""

MACHINERY: Final = {
    "Deal": {"stage_type", "stage_rank"},
    "Context": {"deal_rank", "block_rank", "ok", "missing", "open", "deadline"},
    "Commitments": {"deal_rank", "missing", "open", "unpriced_hours", "unpriced_amount"},
    "Fees": {"oldest"},
}
"""Derived columns that only other formulas read; the template hides them at the end, like the
helpers, which the engine does not derive either."""


_BESIDE: Final = {"Deal": ("stage", ("answered", "gate_open"))}
"""Derived columns that stand beside what they speak of, and not where they are declared."""


def is_hidden(column: Column) -> bool:
    """Return True if a column only serves other formulas and is hidden in the template."""
    return column.helper or column.key in MACHINERY.get(column.sheet, ())


class SheetPlan(NamedTuple):
    """One data sheet: its columns in display order, and how many are visible."""

    key: str
    title: str
    columns: tuple[Column, ...]
    front: int
    hidden: int
    last_row: int

    def number(self, key: str) -> int:
        """Return the 1-based column of a key."""
        return next(i for i, column in enumerate(self.columns, start=1) if column.key == key)

    def letters(self, key: str) -> str:
        """Return the letters of a key's column."""
        return column_letters(self.number(key))

    @property
    def last_column(self) -> int:
        """The number of the last column."""
        return len(self.columns)

    @property
    def declared(self) -> tuple[Column, ...]:
        """The sheet's columns in the order of their declaration."""
        return SHEETS[self.key].columns


class TemplatePlan:
    """Where each column, list and setting of one new workbook will stand."""

    def __init__(self, spec: Spec, rows: Mapping[str, int]) -> None:
        self.spec = spec
        self.words: Pack = pack(spec.language)
        self.titles: Mapping[str, str] = self.words.sheets
        self.sheets = {key: _sheet_plan(key, self.titles[key], rows[key]) for key in SHEETS}
        self.blocks: dict[str, ListBlock] = {
            block.name: block for block in blocks(spec, self.words)
        }
        self.settings: SettingRows = setting_rows(spec, self.words)

    def cell(self, sheet: str, key: str) -> str:
        """Return the column letters of a column of the record."""
        return self.sheets[sheet].letters(key)

    def title(self, sheet: str) -> str:
        """Return a sheet's name, quoted for a formula when it needs to be."""
        return quoted(self.titles[sheet])

    def label(self, enum: str, code: str) -> str:
        """Return the address of a code's label."""
        block = self.blocks[enum]
        row = block.top + block.codes.index(code)
        return f"{self.title('Lists')}!${column_letters(block.column('label'))}${row}"

    def list(self, enum: str, part: str) -> str:
        """Return the range of a column of a list."""
        block = self.blocks[enum]
        letters = column_letters(block.column(part))
        return f"{self.title('Lists')}!${letters}${block.top}:${letters}${block.bottom}"

    def setting(self, name: str) -> str:
        """Return the address of a setting."""
        return f"{self.title('Settings')}!$B${self.settings.row(name)}"

    def whole(self, sheet: str, key: str) -> str:
        """Return a whole column of the record, such as ``Context!$B:$B``."""
        letters = self.cell(sheet, key)
        return f"{self.title(sheet)}!${letters}:${letters}"

    def data(self, sheet: str, key: str) -> str:
        """Return the data cells of a column of the record, such as ``Deal!$A$4:$A$63``."""
        letters, last = self.cell(sheet, key), self.sheets[sheet].last_row
        return f"{self.title(sheet)}!${letters}${FIRST_ROW}:${letters}${last}"


def _sheet_plan(key: str, title: str, rows: int) -> SheetPlan:
    front: list[Column] = []
    folded: list[Column] = []
    hidden: list[Column] = []
    for column in SHEETS[key].columns:
        if is_hidden(column):
            hidden.append(column)
        else:
            (front if column.front else folded).append(column)
    if key in _BESIDE:
        before, beside = _BESIDE[key]
        moved = [column for column in front if column.key in beside]
        front = [column for column in front if column.key not in beside]
        at = next(i for i, column in enumerate(front, start=1) if column.key == before)
        front[at:at] = sorted(moved, key=lambda column: beside.index(column.key))
    columns = (*front, *folded, *hidden)
    return SheetPlan(key, title, columns, len(front), len(hidden), FIRST_ROW + rows - 1)


def bands(columns: tuple[Column, ...]) -> Iterator[tuple[int, int, ColumnOwner]]:
    """Yield (first, last, owner) of each run of columns, 1-based, that one owner fills."""
    start = 1
    for i, column in enumerate(columns, start=1):
        if i == len(columns) or columns[i].owner is not column.owner:
            yield start, i, column.owner
            start = i + 1

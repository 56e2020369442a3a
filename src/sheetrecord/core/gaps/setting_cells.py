"""Where a change of the settings goes: rows of Lists and of the tables in Settings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.core.gaps.rules_made import SettingCell
from sheetrecord.core.gaps.tightening import SettingChange
from sheetrecord.model.book import Book, Range
from sheetrecord.model.value import Cell, Formula, shown
from sheetrecord.schema import names
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.lexicon import list_rows, own_code
from sheetrecord.schema.record import Settings

_KIND: Final = ("label", "code", "from", "level", "prompt")


class NoRoom(ValueError):
    """The list or table is not there, or has no row left; its text says which."""


def setting_cells(change: SettingChange, book: Book, settings: Settings) -> list[SettingCell]:
    """Return the cells that a change writes. ``book`` bears the names that were found.

    Raises NoRoom.
    """
    if change.act in {"ask", "stage"}:
        return list(_kind_cells(change, book, settings))
    if change.act == "require":
        return list(_required_cells(change, book, settings))
    told = ((change.key, "error"), (change.key,))
    return list(_table_cells("severity", *told, book=book, width=2))


def _kind_cells(change: SettingChange, book: Book, settings: Settings) -> Iterator[SettingCell]:
    """Yield the cells of a question: in its own row, or in the next free one."""
    areas = {part: book.names.get(names.list_name("kind", part)) for part in _KIND}
    label = areas["label"]
    if label is None or label.sheet not in book.sheets:
        raise NoRoom('the list of kinds of fact (sheet "Lists") is not there to be found.')
    rows = dict(list_rows(book, "kind", _KIND))
    mine = [row for row, cells in rows.items() if own_code(cells[0], cells[1]) == change.key]
    values: dict[str, Cell] = {"from": change.stage, "level": "error"}
    if change.act == "stage" and mine:
        row = mine[0]
    else:
        values |= _new_kind(change, settings)
        row = max((row for row, cells in rows.items() if any(cells)), default=label.top - 1) + 1
        if row > label.bottom:
            raise NoRoom('the list of kinds of fact (sheet "Lists") has no free row left.')
    for part, value in values.items():
        if (area := areas[part]) is not None:
            yield _cell(book, area, row, area.left, value)


def _new_kind(change: SettingChange, settings: Settings) -> dict[str, Cell]:
    """Return what a question's own row says besides stage and level."""
    if change.act == "ask":
        return {"label": change.label, "prompt": change.question}
    label, question = settings.label("kind", change.key), settings.prompt_texts.get(change.key)
    return {"label": label, "code": change.key, "prompt": question}


def _required_cells(change: SettingChange, book: Book, settings: Settings) -> Iterator[SettingCell]:
    sheet, _, key = change.key.partition(".")
    words = pack(settings.language)
    stage = settings.label("stage", change.stage)
    told = (words.sheets[sheet], words.columns[sheet][key], stage, settings.label("yes", "yes"))
    yield from _table_cells("required", told, told[:2], book=book, width=4)


def _table_cells(
    name: str, values: Sequence[str], identity: Sequence[str], *, book: Book, width: int
) -> Iterator[SettingCell]:
    """Yield the cells of a row of a table of Settings: that of its identity, or a free one."""
    area = book.names.get(names.setting_name(name))
    if area is None or area.sheet not in book.sheets:
        raise NoRoom(f'the table "{name}" (sheet "Settings") is not there to be found.')
    held = book.cells(area)
    rows = {row: [_text(held.get((row, area.left + i))) for i in range(width)]
            for row in range(area.top, area.bottom + 1)}  # fmt: skip
    row = _row_for(rows, identity)
    if row is None:
        raise NoRoom(f'the table "{name}" (sheet "Settings") has no free row left.')
    for i, value in enumerate(values):
        yield _cell(book, area, row, area.left + i, value)


def _row_for(rows: Mapping[int, Sequence[str]], identity: Sequence[str]) -> int | None:
    wanted = [headers.plain(text) for text in identity]
    for row, texts in rows.items():
        if [headers.plain(text) for text in texts[: len(wanted)]] == wanted:
            return row
    return next((row for row, texts in rows.items() if not any(texts)), None)


def _text(cell: Cell) -> str:
    value = shown(cell)
    return "" if value is None else str(value).strip()


def _cell(book: Book, area: Range, row: int, column: int, value: Cell) -> SettingCell:
    return SettingCell(area.sheet, row, column, held_at(book, area.sheet, row, column), value)


def held_at(book: Book, sheet: str, row: int, column: int) -> Cell:
    """Return what a cell holds, a formula as what it shows."""
    cells = book.sheets[sheet].column(column).between(row, row) if sheet in book.sheets else None
    value = cells.values[0] if cells and cells.values else None
    return _text(value) or None if isinstance(value, Formula) else value

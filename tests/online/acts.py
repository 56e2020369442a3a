"""What people do to the two copies; each act is a function of the pair and of luck."""

import random
from collections.abc import Callable
from typing import Any, Final

from online.made import DESCRIPTION, MINE, NOTE, WORD, Pair

Act = Callable[[Pair, random.Random], None]


def _text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def _write(pair: Pair, row: int, column: int, rows: list[list[str]]) -> None:
    start = {"sheetId": pair.tab().id, "rowIndex": row, "columnIndex": column}
    data = [{"values": [_text(one) for one in line]} for line in rows]
    update = {"start": start, "rows": data, "fields": "userEnteredValue"}
    pair.google.act(pair.key, [{"updateCells": update}])


def _box(pair: Pair, top: int, bottom: int) -> dict[str, int]:
    return {"sheetId": pair.tab().id, "startRowIndex": top, "endRowIndex": bottom,
            "startColumnIndex": 0, "endColumnIndex": len(pair.tab().columns)}  # fmt: skip


def _rows(pair: Pair, first: int, count: int) -> dict[str, Any]:
    return {"sheetId": pair.tab().id, "dimension": "ROWS", "startIndex": first,
            "endIndex": first + count}  # fmt: skip


def _forget(pair: Pair, row: int, column: int) -> None:
    """A person who sees a value and types over it has decided about it."""
    cell = pair.tab().rows[row].cells.get(column, {})
    text = str(cell.get("userEnteredValue", {}).get("stringValue", ""))
    pair.expected.discard(text)
    pair.own.pop(text, None)


def types(pair: Pair, luck: random.Random) -> None:
    """Type into a cell of a line in the browser."""
    row = luck.choice(pair.filled())
    column = pair.columns()[luck.choice((DESCRIPTION, NOTE))]
    _forget(pair, row, column)
    _write(pair, row, column, [[pair.word()]])


def types_own(pair: Pair, luck: random.Random) -> None:
    """Type into one's own column, which is no part of the record."""
    heads = pair.columns()
    rows = [n for n in pair.filled() if heads["Fee ID"] in pair.tab().rows[n].cells]
    if not rows:
        return
    row = luck.choice(rows)
    _forget(pair, row, heads[MINE])
    word = pair.word()
    pair.expected.discard(word)
    cell = pair.tab().rows[row].cells[heads["Fee ID"]]
    pair.own[word] = cell["userEnteredValue"]["stringValue"]
    _write(pair, row, heads[MINE], [[word]])


def adds(pair: Pair, luck: random.Random) -> None:
    """Begin a line below the last one."""
    _paste(pair, 1)


def pastes(pair: Pair, luck: random.Random) -> None:
    """Paste several lines below the last one."""
    _paste(pair, luck.randint(2, 3))


def _paste(pair: Pair, count: int) -> None:
    heads = pair.columns()
    below = max(pair.filled(), default=0) + 1
    if below + count > len(pair.tab().rows):
        return
    for number in range(below, below + count):
        _write(pair, number, heads["Deal ID"], [["D-0001"]])
        for name in (DESCRIPTION, NOTE):
            _write(pair, number, heads[name], [[pair.word()]])


def clears(pair: Pair, luck: random.Random) -> None:
    """Clear a cell."""
    row = luck.choice(pair.filled())
    column = pair.columns()[NOTE]
    _forget(pair, row, column)
    _write(pair, row, column, [[""]])


def sorts(pair: Pair, luck: random.Random) -> None:
    """Sort the lines by some column."""
    column = pair.columns()[luck.choice((DESCRIPTION, NOTE, "Fee ID"))]
    order = luck.choice(("ASCENDING", "DESCENDING"))
    area = _box(pair, 1, max(pair.filled()) + 1)
    specs = [{"dimensionIndex": column, "sortOrder": order}]
    pair.google.act(pair.key, [{"sortRange": {"range": area, "sortSpecs": specs}}])


def inserts(pair: Pair, luck: random.Random) -> None:
    """Insert an empty row somewhere among the lines."""
    at = luck.randint(1, max(pair.filled()))
    insert = {"range": _rows(pair, at, 1), "inheritFromBefore": at > 1}
    pair.google.act(pair.key, [{"insertDimension": insert}])


def deletes(pair: Pair, luck: random.Random) -> None:
    """Delete a row with what stands in it."""
    filled = pair.filled()
    if len(filled) > 4:
        row = luck.choice(filled)
        for word in pair.shown(row):
            pair.expected.discard(word)
            pair.own.pop(word, None)
        pair.google.act(pair.key, [{"deleteDimension": {"range": _rows(pair, row, 1)}}])


def moves(pair: Pair, luck: random.Random) -> None:
    """Drag a row elsewhere."""
    filled = pair.filled()
    row, to = luck.choice(filled), luck.choice(filled)
    move = {"source": _rows(pair, row, 1), "destinationIndex": to}
    pair.google.act(pair.key, [{"moveDimension": move}])


def filters(pair: Pair, luck: random.Random) -> None:
    """Put a filter on the lines that hides some of them."""
    heads = pair.columns()
    cells = [pair.tab().rows[n].cells.get(heads[DESCRIPTION], {}) for n in pair.filled()]
    words = [str(cell.get("userEnteredValue", {}).get("stringValue", "")) for cell in cells]
    hidden = luck.sample(words, k=min(2, len(words)))
    spec = {"columnIndex": heads[DESCRIPTION], "filterCriteria": {"hiddenValues": hidden}}
    area = _box(pair, 0, max(pair.filled()) + 1)
    pair.google.act(
        pair.key, [{"setBasicFilter": {"filter": {"range": area, "filterSpecs": [spec]}}}]
    )


def shows_all(pair: Pair, luck: random.Random) -> None:
    """Take the filter away."""
    pair.google.act(pair.key, [{"clearBasicFilter": {"sheetId": pair.tab().id}}])


def hides(pair: Pair, luck: random.Random) -> None:
    """Hide a row by hand."""
    change = {"range": _rows(pair, luck.choice(pair.filled()), 1),
              "properties": {"hiddenByUser": luck.random() < 0.5},
              "fields": "hiddenByUser"}  # fmt: skip
    pair.google.act(pair.key, [{"updateDimensionProperties": change}])


def renames(pair: Pair, luck: random.Random) -> None:
    """Rename a tab that is not the record's."""
    sheets = pair.google.book(pair.key).sheets
    notes = next((one for one in sheets if one.title.startswith("Notes")), None)
    if notes is not None:
        told = {"sheetId": notes.id, "title": f"Notes {luck.randrange(1000)}"}
        update = {"properties": told, "fields": "title"}
        pair.google.act(pair.key, [{"updateSheetProperties": update}])


def types_in_file(pair: Pair, luck: random.Random) -> None:
    """Type into a cell of a line in the workbook file, and save."""
    book = pair.book()
    sheet = book["Fees"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, heads["Fee ID"]).value]
    for _ in range(luck.randint(1, 2)):
        cell = sheet.cell(luck.choice(rows), heads[luck.choice((DESCRIPTION, NOTE))])
        pair.expected.discard(str(cell.value))
        cell.value = pair.word()
    pair.save(book)


def adds_in_file(pair: Pair, luck: random.Random) -> None:
    """Begin a line below the last one of the file."""
    book = pair.book()
    sheet = book["Fees"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    last = max(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, heads[DESCRIPTION]).value)
    sheet.cell(last + 1, heads["Deal ID"]).value = "D-0001"
    for name in (DESCRIPTION, NOTE):
        sheet.cell(last + 1, heads[name]).value = pair.word()
    pair.save(book)


def deletes_in_file(pair: Pair, luck: random.Random) -> None:
    """Delete a row of the file."""
    book = pair.book()
    sheet = book["Fees"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, heads["Fee ID"]).value]
    if len(rows) > 4:
        row = luck.choice(rows)
        pair.expected -= {str(c.value) for c in sheet[row] if WORD.fullmatch(str(c.value))}
        for cell in sheet[row]:
            cell.value = None
        pair.save(book)


ONLINE: Final[tuple[Act, ...]] = (
    types, types, types, types_own, adds, pastes, clears, sorts, sorts, inserts, deletes, moves,
    filters, shows_all, hides, renames,
)  # fmt: skip
IN_FILE: Final[tuple[Act, ...]] = (types_in_file, types_in_file, adds_in_file, deletes_in_file)

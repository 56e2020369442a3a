"""What follows rows and columns that are inserted, deleted or moved: everything with a range."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sheets_server import areas, references
from sheets_server.areas import FAR, Area
from sheets_server.references import Reference
from sheets_server.state import Cell, Sheet, Spreadsheet

Span = tuple[int, int]


class Move(NamedTuple):
    """How positions along a dimension of a sheet change; ``span`` gives None for what is gone."""

    sheet: int
    rows: bool
    span: Callable[[int, int], Span | None]


def inserted(at: int, count: int) -> Callable[[int, int], Span | None]:
    """Return what becomes of a span when so many are inserted: it grows where they fall into it."""

    def span(start: int, end: int) -> Span:
        end = end if end >= FAR or at >= end else end + count
        return (start + count if at <= start else start), end

    return span


def deleted(first: int, end: int) -> Callable[[int, int], Span | None]:
    """Return what becomes of a span when these are deleted."""

    def place(position: int) -> int:
        if position >= FAR:
            return position
        return position if position <= first else max(first, position - (end - first))

    def span(start: int, stop: int) -> Span | None:
        here = place(start), place(stop)
        return here if here[0] < here[1] else None

    return span


def relocated(first: int, end: int, to: int) -> Callable[[int, int], Span | None]:
    """Return what becomes of a span when these are moved to stand before ``to``."""
    count = end - first

    def place(position: int) -> int:
        if first <= position < end:
            return position - first + (to if to < first else to - count)
        if to <= position < first:
            return position + count
        return position - count if end <= position < to else position

    def span(start: int, stop: int) -> Span:
        if stop >= FAR:
            return start, stop
        found = place(start), place(stop - 1)
        return min(found), max(found) + 1

    return span


def follow(book: Spreadsheet, move: Move) -> None:
    """Let names, merges, protections, filters, tables, metadata and formulas follow a move."""
    for name, held in list(book.names.items()):
        moved = _range(move, held.get("range"))
        book.names[name] = {**held, "range": moved}
    sheet = book.edit(move.sheet)
    sheet.merges = [one for area in sheet.merges if (one := _area(move, area)) and _is_several(one)]
    if sheet.filter is not None:
        _follow_filter(sheet, move)
    for kind, parts in sheet.parts.items():
        sheet.parts[kind] = [one for part in parts if (one := _part(move, part))]
    for number, one in list(book.metadata.items()):
        if not _metadata_stays(move, one):
            del book.metadata[number]
    for other in list(book.sheets):
        _follow_formulas(book, other, move, sheet.title)


def _is_several(area: Area) -> bool:
    return (area.bottom - area.top) * (area.right - area.left) > 1


def _follow_filter(sheet: Sheet, move: Move) -> None:
    assert sheet.filter is not None
    moved = _range(move, sheet.filter.get("range"))
    if moved is None:
        sheet.filter = None
        return
    specs = sheet.filter.get("filterSpecs", [])
    if not move.rows:
        specs = [
            {**spec, "columnIndex": place[0]}
            for spec in specs
            if (place := move.span(spec.get("columnIndex", 0), spec.get("columnIndex", 0) + 1))
        ]
    sheet.filter = {**sheet.filter, "range": moved, "filterSpecs": specs}


def _part(move: Move, part: dict[str, Any]) -> dict[str, Any] | None:
    if "range" in part:
        moved = _range(move, part["range"])
        return {**part, "range": moved} if moved else None
    if "ranges" in part:
        several = [one for each in part["ranges"] if (one := _range(move, each))]
        return {**part, "ranges": several} if several else None
    return part


def _metadata_stays(move: Move, one: dict[str, Any]) -> bool:
    span = one["location"].get("dimensionRange")
    if not span or span["sheetId"] != move.sheet or (span["dimension"] == "ROWS") != move.rows:
        return True
    moved = move.span(span["startIndex"], span["endIndex"])
    if moved is None:
        return False
    one["location"]["dimensionRange"] = {**span, "startIndex": moved[0], "endIndex": moved[1]}
    return True


def _range(move: Move, grid_range: dict[str, Any] | None) -> dict[str, Any] | None:
    if grid_range is None:
        return None
    moved = _area(move, areas.of(grid_range))
    return areas.grid_range(moved) if moved else None


def _area(move: Move, area: Area) -> Area | None:
    if area.sheet != move.sheet:
        return area
    span = move.span(*((area.top, area.bottom) if move.rows else (area.left, area.right)))
    if span is None:
        return None
    if move.rows:
        return area._replace(top=span[0], bottom=span[1])
    return area._replace(left=span[0], right=span[1])


def _follow_formulas(book: Spreadsheet, sheet: Sheet, move: Move, title: str) -> None:
    own = sheet.id == move.sheet
    needle = title.replace("'", "''").lower()

    def change(one: Reference) -> Reference | None:
        if (one.sheet is None and not own) or (one.sheet or title).lower() != title.lower():
            return one
        ends = one.rows if move.rows else one.columns
        if ends is None:
            return one
        low, high = sorted(ends)
        span = move.span(low, high + 1)
        if span is None:
            return None
        moved = (span[0], span[1] - 1)
        if moved == ends:
            return one
        return one._replace(rows=moved) if move.rows else one._replace(columns=moved)

    for number, row in enumerate(sheet.rows):
        for column, cell in row.cells.items():
            text = cell.get("userEnteredValue", {}).get("formulaValue")
            if text is None or (not own and needle not in text.lower()):
                continue
            after = references.changed(text, change)
            if after != text:
                book.edit(sheet.id).put(number, column, rewritten(cell, after))


def rewritten(cell: Cell, formula: str) -> Cell:
    """Return a cell whose formula is written anew; when it lost what it reads, so is its result."""
    kept = {**cell, "userEnteredValue": {"formulaValue": formula}}
    if formula.count("#REF!") != cell["userEnteredValue"]["formulaValue"].count("#REF!"):
        kept.pop("result", None)
    return kept

"""What follows when rows of a tab move, as Google lets it follow: cells, formulas, names."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sheetrecord.model.value import Cell, Formula
from sheetrecord.workbooks.google.model import GridArea, Spot, Spreadsheet, Tab
from sheetrecord.xlsx.formula.row_moves import Delete, Grow, Insert, moved_reference
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.formula.tokens import Reference, rewrite

Held = TypeVar("Held")
Move = Insert | Delete


def move_rows(sheet: Spreadsheet, tab: Tab, move: Move) -> None:
    """Move rows of a tab, and let every formula and name follow. Raises `Refused`."""
    _move_cells(tab, move)
    order = [one.title for one in sheet.tabs]
    follower = Follower(move, order.index(tab.title), order)
    for number, one in enumerate(sheet.tabs):
        _follow(one, _followed(follower, number), own=one is tab)
    _move_names(sheet, tab, move.interval)


def grow(sheet: Spreadsheet, tab: Tab, last: int, number: int) -> tuple[set[str], set[str]]:
    """Let ranges that ended at a block's last row take in the rows below it.

    Returns the titles of the tabs whose formulas changed, and the names that did. Running ranges
    inside the block itself stay: they are filled down instead.
    """
    move = Grow(last, number, None, (1, tab.size[1]))
    order = [one.title for one in sheet.tabs]
    follower = Follower(move, order.index(tab.title), order)
    changed = set()
    for place, one in enumerate(sheet.tabs):
        if _follow(one, _grown(move, follower, place, own=one is tab), own=one is tab):
            changed.add(one.title)
    return changed, _move_names(sheet, tab, move.interval)


def _followed(follower: Follower, place: int) -> Callable[[str, int], str]:
    return lambda formula, _: follower.text(formula, place)


def _grown(move: Grow, follower: Follower, place: int, *, own: bool) -> Callable[[str, int], str]:
    def text(formula: str, row: int) -> str:
        def change(reference: Reference) -> str | None:
            if reference.kind == "cell" or not follower.moves(reference.prefix, place):
                return None
            inside = own and reference.row <= row <= reference.last_row + move.number
            return None if inside else moved_reference(move, reference)

        return rewrite(formula, change)

    return text


def _follow(tab: Tab, change: Callable[[str, int], str], *, own: bool) -> bool:
    """Let a tab's formulas follow; tell whether one of them did."""
    new: dict[Spot, Cell] = {}
    for spot, value in tab.cells.items():
        if isinstance(value, Formula) and (own or "!" in value.text):
            text = change(value.text, spot[0])
            if text != value.text:
                new[spot] = Formula(text)
    tab.cells.update(new)
    return bool(new)


def _move_cells(tab: Tab, move: Move) -> None:
    def moved(held: dict[Spot, Held]) -> dict[Spot, Held]:
        found = ((move.row(row), column, value) for (row, column), value in held.items())
        return {(row, column): value for row, column, value in found if row is not None}

    tab.cells, tab.kinds, tab.notes = moved(tab.cells), moved(tab.kinds), moved(tab.notes)
    rows = (move.row(row) for row in tab.hidden_rows)
    tab.hidden_rows = frozenset(row for row in rows if row is not None)
    rows = (move.row(row) for row in tab.by_hand)
    tab.by_hand = frozenset(row for row in rows if row is not None)
    tab.merges = tuple(_moved(tab.merges, move.interval))
    by = move.number if isinstance(move, Insert) else -move.number
    tab.size = tab.size[0] + by, tab.size[1]


def _moved(
    areas: Iterable[GridArea], interval: Callable[[int, int], tuple[int, int] | None]
) -> Iterable[GridArea]:
    for area in areas:
        if found := interval(area.top, area.bottom):
            yield area._replace(top=found[0], bottom=found[1])


def _move_names(
    sheet: Spreadsheet, tab: Tab, interval: Callable[[int, int], tuple[int, int] | None]
) -> set[str]:
    """Let names of a tab's cells follow; return those that did. One without cells is lost."""
    changed = set()
    for name, one in list(sheet.names.items()):
        if one.area.sheet_id != tab.sheet_id:
            continue
        found = interval(one.area.top, one.area.bottom)
        if found is None:
            del sheet.names[name]
        elif found != (one.area.top, one.area.bottom):
            area = one.area._replace(top=found[0], bottom=found[1])
            sheet.names[name] = one._replace(area=area)
            changed.add(name)
    return changed

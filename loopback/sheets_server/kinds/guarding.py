"""What stands in the way of a request: protected ranges, the end of the grid, merged cells."""

from sheets_server import areas
from sheets_server.areas import Area
from sheets_server.errors import ApiError
from sheets_server.rendering import may_edit
from sheets_server.state import Sheet, Spreadsheet


def on_grid(book: Spreadsheet, area: Area) -> Area:
    """Return an area as far as there is a grid; raises `ApiError` for one beyond it."""
    sheet = book.find(area.sheet)
    rows, columns = len(sheet.rows), len(sheet.columns)
    bounded = area.bottom < areas.FAR and area.bottom > rows
    across = area.right < areas.FAR and area.right > columns
    if area.top >= rows or area.left >= columns or bounded or across:
        raise ApiError(
            400,
            f"Range ({areas.a1(sheet.title, area)}) exceeds grid limits. Max rows: {rows}, max "
            f"columns: {columns}",
        )
    return area.within(rows, columns)


def writable(book: Spreadsheet, area: Area) -> None:
    """Raise `ApiError` when something in the area is protected against this account."""
    sheet = book.find(area.sheet)
    for part in sheet.parts.get("protectedRanges", ()):
        if may_edit(part, book.email) or not _range(book, part).meets(area):
            continue
        free = [areas.of(one) for one in part.get("unprotectedRanges", ())]
        if not any(one.covers(area.within(len(sheet.rows), len(sheet.columns))) for one in free):
            raise ApiError(
                400,
                "You are trying to edit a protected cell or object. Please contact the "
                "spreadsheet owner to remove protection if you need to edit.",
            )


def _range(book: Spreadsheet, part: dict[str, object]) -> Area:
    named = book.names.get(str(part.get("namedRangeId", "")), {}).get("range")
    return areas.of(named or part.get("range") or {})  # type: ignore[arg-type]


def covered(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether a cell lies below a merged one: what is put there is not kept."""
    return any(
        area.holds(row, column) and (row, column) != (area.top, area.left) for area in sheet.merges
    )

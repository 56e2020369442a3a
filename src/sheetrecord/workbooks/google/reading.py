"""Read a spreadsheet: the fields that are asked for, and what the answer says."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.google.model import (
    ASIDE,
    FENCE,
    GridArea,
    Metadata,
    NamedArea,
    Spreadsheet,
    Tab,
)
from sheetrecord.workbooks.google.values import cell_of, kind_of

_CELL: Final = (
    "userEnteredValue,effectiveValue,effectiveFormat(numberFormat(type)),"
    "chipRuns(startIndex),formattedValue,note"
)
_META: Final = "metadataId,metadataKey,metadataValue,location"
_PROPERTIES: Final = "sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)"
_TAB: Final = (
    f"properties({_PROPERTIES}),merges,basicFilter,"
    "data(startRow,startColumn,rowMetadata(hiddenByFilter,hiddenByUser),"
    f"columnMetadata(pixelSize),rowData(values({_CELL})))"
)
FIELDS: Final = (
    "spreadsheetId,properties(title,locale,timeZone),namedRanges,"
    f"developerMetadata({_META}),sheets({_TAB})"
)
"""What is asked of a spreadsheet; everything else is left out of the answer."""

SHAPE: Final = (
    "spreadsheetId,properties(title,locale,timeZone),namedRanges,"
    f"developerMetadata({_META}),sheets(properties({_PROPERTIES}))"
)
"""What a spreadsheet has, without its cells."""


def spreadsheet_of(answer: Mapping[str, Any], address: str, weight: int = 0) -> Spreadsheet:
    """Return the spreadsheet of an answer. Raises CannotRead for one that makes no sense."""
    try:
        return _spreadsheet(answer, address, weight)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"what Google answered cannot be understood ({type(error).__name__}: {error})."
        raise CannotRead(address, why, "Run this again.", "answer") from error


def _spreadsheet(answer: Mapping[str, Any], address: str, weight: int) -> Spreadsheet:
    properties = answer.get("properties") or {}
    tabs = [_tab(one) for one in answer.get("sheets") or () if _is_grid(one)]
    found = Spreadsheet(
        address,
        [tab for tab in tabs if not tab.title.startswith(ASIDE)],
        aside=[tab for tab in tabs if tab.title.startswith(ASIDE)],
        title=str(properties.get("title", "")),
        locale=str(properties.get("locale", "")),
        time_zone=str(properties.get("timeZone", "")),
        weight=weight,
    )
    sizes = {tab.sheet_id: tab.size for tab in tabs}
    for one in answer.get("namedRanges") or ():
        _name(one, found, sizes)
    for one in answer.get("developerMetadata") or ():
        if _is_of_spreadsheet(one):
            key = str(one.get("metadataKey", ""))
            found.metadata[key] = Metadata(
                int(one.get("metadataId", 0)), str(one.get("metadataValue", ""))
            )
    return found


def _is_grid(sheet: Mapping[str, Any]) -> bool:
    """Tell whether a tab has cells: a chart on a tab of its own, or connected data, has none."""
    told = sheet["properties"]
    return (told.get("sheetType") or "GRID") == "GRID" and bool(told.get("gridProperties"))


def _is_of_spreadsheet(one: Mapping[str, Any]) -> bool:
    location = one.get("location") or {}
    return location.get("locationType", "SPREADSHEET") == "SPREADSHEET" and not (
        {"sheetId", "dimensionRange"} & location.keys()
    )


def _name(one: Mapping[str, Any], found: Spreadsheet, sizes: Mapping[int, tuple[int, int]]) -> None:
    name, id_ = str(one.get("name", "")), str(one.get("namedRangeId", ""))
    for text in (id_, name):
        number = text.removeprefix(FENCE)
        if text.startswith(FENCE) and number.isdecimal():
            found.fences[int(number)] = id_
            return
    area = one.get("range") or {}
    sheet_id = int(area.get("sheetId", 0))
    if any(tab.sheet_id == sheet_id for tab in found.aside):
        found.idle[name] = id_
    elif sheet_id in sizes:
        found.names[name] = NamedArea(id_, area_of(area, sizes[sheet_id]))


def area_of(area: Mapping[str, Any], size: tuple[int, int]) -> GridArea:
    """Return a GridRange with its open ends at those of the grid."""
    return GridArea(
        int(area.get("sheetId", 0)),
        int(area.get("startRowIndex", 0)) + 1,
        int(area.get("startColumnIndex", 0)) + 1,
        int(area.get("endRowIndex", size[0])),
        int(area.get("endColumnIndex", size[1])),
    )


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties") or {}
    size = int(grid.get("rowCount", 0)), int(grid.get("columnCount", 0))
    tab = Tab(int(properties.get("sheetId", 0)), str(properties["title"]), size)
    tab.hidden = bool(properties.get("hidden"))
    tab.filter = sheet.get("basicFilter") or None
    tab.merges = tuple(
        area_of({"sheetId": tab.sheet_id, **area}, size) for area in sheet.get("merges") or ()
    )
    for block in sheet.get("data") or ():
        _shape(block, tab)
    for spot, data in filled_cells(sheet):
        value = cell_of(data)
        if value is not None:
            tab.cells[spot] = value
        if kind := kind_of(data):
            tab.kinds[spot] = kind
        if note := data.get("note"):
            tab.notes[spot] = str(note)
    return tab


def _shape(block: Mapping[str, Any], tab: Tab) -> None:
    """Take which rows of a rectangle are hidden, and how wide its columns are."""
    top, left = int(block.get("startRow", 0)) + 1, int(block.get("startColumn", 0)) + 1
    rows = list(enumerate(block.get("rowMetadata") or (), start=top))
    by_hand = {number for number, row in rows if row.get("hiddenByUser")}
    filtered = {number for number, row in rows if row.get("hiddenByFilter")}
    tab.by_hand |= by_hand
    tab.hidden_rows |= by_hand | filtered
    for number, column in enumerate(block.get("columnMetadata") or (), start=left):
        if "pixelSize" in column:
            tab.widths[number] = int(column["pixelSize"])


def filled_cells(
    sheet: Mapping[str, Any],
) -> Iterator[tuple[tuple[int, int], Mapping[str, Any]]]:
    """Yield the cells of a tab's answer that say anything, by row and column."""
    for block in sheet.get("data") or ():
        top, left = int(block.get("startRow", 0)) + 1, int(block.get("startColumn", 0)) + 1
        for number, row in enumerate(block.get("rowData") or (), start=top):
            for column, data in enumerate((row or {}).get("values") or (), start=left):
                if data:
                    yield (number, column), data

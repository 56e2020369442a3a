"""Rectangles and cells as the API's requests name them: from 0, the ends left out."""

from sheetrecord.workbooks.google.model import GridArea
from sheetrecord.workbooks.google.values import Json


def grid_range(area: GridArea) -> Json:
    """Return a rectangle as a GridRange."""
    sheet_id, top, left, bottom, right = area
    return {
        "sheetId": sheet_id,
        "startRowIndex": top - 1,
        "endRowIndex": bottom,
        "startColumnIndex": left - 1,
        "endColumnIndex": right,
    }


def whole_rows(sheet_id: int, top: int, bottom: int) -> Json:
    """Return whole rows as a GridRange."""
    return {"sheetId": sheet_id, "startRowIndex": top - 1, "endRowIndex": bottom}


def rows(sheet_id: int, top: int, bottom: int) -> Json:
    """Return rows as a DimensionRange."""
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": top - 1, "endIndex": bottom}


def columns(sheet_id: int, left: int, right: int) -> Json:
    """Return columns as a DimensionRange."""
    return {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": left - 1, "endIndex": right}


def paste(source: Json, target: Json, kind: str) -> Json:
    """Return a request that copies cells; ``kind`` is a PasteType (``PASTE_FORMAT``)."""
    return {
        "copyPaste": {
            "source": source,
            "destination": target,
            "pasteType": kind,
            "pasteOrientation": "NORMAL",
        }
    }


def coordinate(sheet_id: int, row: int, column: int) -> Json:
    """Return a cell as a GridCoordinate."""
    return {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}

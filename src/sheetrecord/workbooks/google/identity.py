"""By what rows of a tab are known: their ids; and the row that says what its columns are."""

from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.settings import language_of
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.google.model import Spreadsheet, book_of


def ids_of(sheet: Spreadsheet) -> dict[int, tuple[int, int]]:
    """Return the header row and the column of ids by tab; of a sheet of the record only."""
    book = book_of(sheet)
    tabs = {tab.title: tab.sheet_id for tab in sheet.tabs}
    places = locate(book, language_of(book)).sheets
    return {
        tabs[place.title]: (
            max(place.header_row, 1),
            place.columns.get(SHEETS[key].columns[0].key, 1),
        )
        for key, place in places.items()
        if place.title in tabs
    }

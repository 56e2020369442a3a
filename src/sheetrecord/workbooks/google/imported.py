"""What an imported workbook lost on its way into Google Sheets, and how it is put back.

Nobody documents what an import keeps. So a spreadsheet is compared with what a new workbook
declares; what can be told where it belongs is put back, the rest is named.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.formats.stamp import SHEET, WorkbookStamps, read_marks, stamp_edits
from sheetrecord.formats.template.check_rows import TITLE as CHECK_ROWS
from sheetrecord.formats.template.refresh_check import check_cells, check_title
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import Edit, PutCell, PutName, PutProperty
from sheetrecord.model.value import Formula
from sheetrecord.schema.names import TEMPLATE
from sheetrecord.schema.read.layout import RecordLayout, locate
from sheetrecord.schema.settings import language_of
from sheetrecord.workbooks.google import ranges
from sheetrecord.workbooks.google.declared import Declared, DropDown, declared
from sheetrecord.workbooks.google.dress import guard
from sheetrecord.workbooks.google.model import GridArea, Spreadsheet, Tab, book_of
from sheetrecord.workbooks.google.naming import CHOICES_FIELDS, offered_in, offers
from sheetrecord.workbooks.google.puts import number_format
from sheetrecord.workbooks.google.values import Json, said

_LINK: Final = re.compile(
    r"""HYPERLINK\("\#'"&INDEX\([^,()]+,(?P<which>.+?)\)&"'!"&(?P<cell>\$?\w+),"""
)
_DEAD: Final = "HYPERLINK(\"#'"
_SHOWN: Final = 6

ASKED: Final = CHOICES_FIELDS.replace("sheets(", "sheets(protectedRanges(range),", 1)
"""What is asked of a spreadsheet beside what it says: its drop-downs, and what is protected."""


class LostInImport(NamedTuple):
    """Something that is not as declared: in words, and what puts it back, if anything does.

    ``edits`` go through the port; ``requests`` are of Google's own kind, about looks and lists.
    """

    what: str
    edits: tuple[Edit, ...] = ()
    requests: tuple[Json, ...] = ()

    @property
    def mends(self) -> bool:
        """Whether it can be put back."""
        return bool(self.edits or self.requests)


def differences(sheet: Spreadsheet, answer: Mapping[str, Any]) -> list[LostInImport]:
    """Return what is not as declared; ``answer`` is that to `ASKED`."""
    book = book_of(sheet)
    language = language_of(book)
    wanted = declared(language)
    layout = locate(book, language)
    return [
        *_names(book, wanted),
        *_origin(book, wanted),
        *_stamp(book),
        *_lists(sheet, wanted, answer),
        *_formulas(book, wanted),
        *_days(sheet, wanted),
        *_links(sheet, book, layout),
        *_tabs(sheet, wanted),
        *_guards(sheet, wanted, answer),
    ]


def _names(book: Book, wanted: Declared) -> Iterator[LostInImport]:
    lost: list[tuple[str, Range]] = []
    nowhere: list[tuple[str, Range]] = []
    for name, area in sorted(wanted.book.names.items()):
        if area is None or name in book.names:
            continue
        (lost if _stands(book, wanted.book, area) else nowhere).append((name, area))
    if lost:
        what = f"{len(lost)} names of columns and lists are gone ({_some(n for n, _ in lost)})"
        yield LostInImport(what, tuple(PutName(name, area) for name, area in lost))
    if nowhere:
        names = _some(name for name, _ in nowhere)
        yield LostInImport(
            f"{len(nowhere)} names are gone, and where they belong has moved ({names})"
        )


def _stands(book: Book, wanted: Book, area: Range) -> bool:
    """Tell whether a declared place is still what it was: its first cell says the same."""
    if area.sheet not in book.sheets or area.sheet not in wanted.sheets:
        return False
    first = Range(area.sheet, area.top, area.left, area.top, area.left)
    now, then = book.cells(first), wanted.cells(first)
    return now == then or (not then and not now)


def _origin(book: Book, wanted: Declared) -> Iterator[LostInImport]:
    if not book.origin and wanted.book.origin:
        what = "what it was made from is no longer noted (a name that stands for a text)"
        yield LostInImport(what, (PutName(TEMPLATE, wanted.book.origin),))


def _stamp(book: Book) -> Iterator[LostInImport]:
    marks: WorkbookStamps = read_marks(book)
    if marks.hidden.record and not marks.told.record:
        edits = tuple(
            one for one in stamp_edits(marks.hidden, book) if isinstance(one, PutProperty)
        )
        yield LostInImport(
            "the stamp in its properties is gone; the one on its sheet is there", edits
        )


def _lists(
    sheet: Spreadsheet, wanted: Declared, answer: Mapping[str, Any]
) -> Iterator[LostInImport]:
    found = offered_in(answer)
    lost = [one for one in wanted.drop_downs if not _offered(sheet, found, one)]
    if lost:
        cells = _some(f"{one.cells.sheet}, column {one.cells.left}" for one in lost)
        requests = tuple(r for one in lost if (r := _drop_down(sheet, one)))
        yield LostInImport(f"{len(lost)} drop-downs are gone ({cells})", requests=requests)


def _offered(sheet: Spreadsheet, found: Mapping[str, Any], one: DropDown) -> bool:
    tab = sheet.tab(one.cells.sheet)
    if tab is None:
        return True  # the sheet itself is missing, which `validate` says
    stretches = found.get(offers(one.offers), ())
    column, top = one.cells.left, one.cells.top
    return any(
        area.sheet_id == tab.sheet_id and area.left == column and area.top <= top <= area.bottom
        for area, _ in stretches
    )


def _drop_down(sheet: Spreadsheet, one: DropDown) -> Json | None:
    tab = sheet.tab(one.cells.sheet)
    if tab is None:
        return None
    bottom = min(one.cells.bottom, tab.size[0])
    area = GridArea(tab.sheet_id, one.cells.top, one.cells.left, bottom, one.cells.right)
    value = {"userEnteredValue": f"={offers(one.offers, fixed=True)}"}
    condition = {"type": "ONE_OF_RANGE", "values": [value]}
    rule = {"condition": condition, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": ranges.grid_range(area), "rule": rule}}


def _formulas(book: Book, wanted: Declared) -> Iterator[LostInImport]:
    lost = []
    for title, sheet in wanted.book.sheets.items():
        if title not in book.sheets or sheet.state != "visible":
            continue
        for column, cells in sheet.columns.items():
            row = next((r for r, v in zip(*cells, strict=True) if isinstance(v, Formula)), 0)
            now = book.sheets[title].column(column)
            if row and not any(isinstance(value, Formula) for value in now.values):
                lost.append(f"{title}, column {column}")
    if lost:
        what = f"{len(lost)} columns hold no formula any more ({_some(lost)})"
        yield LostInImport(f"{what}: `sheetrecord validate BOOK --fix` puts them back")


def _days(sheet: Spreadsheet, wanted: Declared) -> Iterator[LostInImport]:
    """Yield columns of days whose numbers are shown as numbers."""
    requests = []
    for tab in sheet.tabs:
        for column in _columns_of_days(tab, wanted):
            area = GridArea(tab.sheet_id, 4, column, max(tab.size[0], 4), column)
            cell = {"userEnteredFormat": {"numberFormat": number_format("DATE")}}
            told = {"range": ranges.grid_range(area), "cell": cell}
            requests.append({"repeatCell": {**told, "fields": "userEnteredFormat.numberFormat"}})
    if requests:
        what = f"{len(requests)} columns of days show numbers"
        yield LostInImport(what, requests=tuple(requests))


def _columns_of_days(tab: Tab, wanted: Declared) -> Iterator[int]:
    from sheetrecord.schema.column import Kind
    from sheetrecord.schema.sheets import SHEETS

    places = locate(wanted.book, language_of(wanted.book)).sheets
    for key, place in places.items():
        if place.title != tab.title:
            continue
        for column in SHEETS[key].columns:
            number = place.columns.get(column.key, 0)
            numbers = [
                spot for spot, value in tab.cells.items()
                if spot[1] == number and type(value) in {int, float}
            ]  # fmt: skip
            if column.kind is Kind.DATE and numbers:
                yield number


def _links(sheet: Spreadsheet, book: Book, layout: RecordLayout) -> Iterator[LostInImport]:
    """Yield links that lead nowhere in Google Sheets: there a tab is known by its number."""
    check = check_title(book)
    if not check or CHECK_ROWS not in book.sheets:
        return
    try:
        wanted = check_cells(book, layout)[check]
    except KeyError:
        return
    gids = _gids(sheet)
    edits = []
    for spot, value in sorted(wanted.items()):
        if isinstance(value, Formula) and _DEAD in value.text:
            text = _LINK.sub(lambda m: _led(m, gids), value.text)
            now = book.sheets[check].row(spot[0]).get(spot[1])
            if _DEAD not in text and said(now) != said(Formula(text)):
                edits.append(PutCell(check, *spot, Formula(text)))
    if edits:
        what = f"{len(edits)} links of {check} lead nowhere in Google Sheets"
        yield LostInImport(what, tuple(edits))


def _led(match: re.Match[str], gids: str) -> str:
    return f'HYPERLINK("#gid="&CHOOSE({match["which"]},{gids})&"&range="&{match["cell"]},'


def _gids(sheet: Spreadsheet) -> str:
    """Return the numbers of the tabs that Check leads to, in the order in which it names them."""
    from sheetrecord.formats.template.check_rows import SHEETS_AT

    book = book_of(sheet)
    layout = locate(book, language_of(book))
    titles = {tab.title: tab.sheet_id for tab in sheet.tabs}
    return ",".join(
        str(titles.get(layout.sheets[key].title, 0)) if key in layout.sheets else "0"
        for key in SHEETS_AT
    )


def _tabs(sheet: Spreadsheet, wanted: Declared) -> Iterator[LostInImport]:
    """Yield hidden sheets that are in sight, and those that nothing guards."""
    shown = [
        tab
        for tab in sheet.tabs
        if not tab.hidden and (tab.title == SHEET or _is_hidden(wanted.book, tab.title))
    ]
    if shown:
        requests = tuple(_hide(tab) for tab in shown)
        names = _some(tab.title for tab in shown)
        yield LostInImport(f"hidden sheets are in sight ({names})", requests=requests)


def _guards(
    sheet: Spreadsheet, wanted: Declared, answer: Mapping[str, Any]
) -> Iterator[LostInImport]:
    """Yield sheets that are no longer guarded against slips; a warning guards, as here."""
    guarded = {
        int((part.get("range") or {}).get("sheetId", 0))
        for one in answer.get("sheets") or ()
        for part in one.get("protectedRanges") or ()
        if not {"startRowIndex", "startColumnIndex"} & (part.get("range") or {}).keys()
    }
    lost = [
        tab for tab in sheet.tabs if tab.title in wanted.guarded and tab.sheet_id not in guarded
    ]
    if lost:
        names = _some(tab.title for tab in lost)
        requests = tuple(guard(tab.sheet_id) for tab in lost)
        yield LostInImport(f"sheets are no longer protected ({names})", requests=requests)


def _is_hidden(book: Book, title: str) -> bool:
    return title in book.sheets and book.sheets[title].state != "visible"


def _hide(tab: Tab) -> Json:
    told = {"sheetId": tab.sheet_id, "hidden": True}
    return {"updateSheetProperties": {"properties": told, "fields": "hidden"}}


def _some(names: Any) -> str:
    found = list(names)
    more = len(found) - _SHOWN
    return ", ".join(found[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

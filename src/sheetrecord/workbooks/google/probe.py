"""Whether Google does what a write rests on: tried on a spreadsheet made for it, which goes again.

What is documented need not be so, and what is not may change. Each assumption is tried by name; the
result is kept in the state folder, with its day.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.google import ranges
from sheetrecord.workbooks.google.access import DRIVE, SHEETS
from sheetrecord.workbooks.google.batch import body_of
from sheetrecord.workbooks.google.health import Symptom
from sheetrecord.workbooks.google.kept_probe import COPIED, FILTERED, HIDDEN, WHOLE, keep
from sheetrecord.workbooks.google.model import Spreadsheet
from sheetrecord.workbooks.google.reading import spreadsheet_of
from sheetrecord.workbooks.google.service import GoogleService
from sheetrecord.workbooks.google.values import Json

_TITLE: Final = "sheetrecord probe (may be deleted)"
_AREA: Final = {
    "sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1
}  # fmt: skip
_ASIDE: Final = 7
_SECONDS: Final = 5


class _Scratch:
    """A spreadsheet made to try things on."""

    def __init__(self, service: GoogleService, key: str) -> None:
        self.service, self.key = GoogleService(service.address, key), key

    def batch(self, requests: Sequence[Json]) -> Spreadsheet:
        """Send requests; return what the answer says of afterwards. Raises `GoogleRefused`."""
        found = self.service.send(body_of(requests))
        return found if found is not None else self.service.read()

    def refused(self, requests: Sequence[Json]) -> bool:
        """Tell whether requests are refused."""
        from sheetrecord.workbooks.google.http import GoogleRefused

        try:
            self.batch(requests)
        except GoogleRefused:
            return True
        return False


def probed(service: GoogleService) -> Iterator[Symptom]:
    """Try each assumption; keep what holds. Raises a SheetRecordError when nothing can be tried."""
    from sheetrecord.workbooks.google.http import AnswerLost, GoogleRefused

    scratch = _Scratch(service, _made(service))
    found: dict[str, bool] = {}
    try:
        for name, tried in _TRIES.items():
            try:
                found[name] = tried(scratch)
            except (GoogleRefused, AnswerLost, SheetRecordError) as error:
                found[name] = False
                yield Symptom(f"{name}: it could not be tried ({error})", well=False)
                continue
            yield Symptom(f"{name}: {'holds' if found[name] else 'does not hold'}",
                          well=found[name], do=_WITHOUT.get(name, ""))  # fmt: skip
    finally:
        _gone(service, scratch.key)
    keep(found)


def _made(service: GoogleService) -> str:
    """Make the spreadsheet: a person's own. Raises CannotRead when the account cannot own any."""
    grid = {"rowCount": 20, "columnCount": 10}
    sheet = {"properties": {"sheetId": 0, "title": "probe", "gridProperties": grid}}
    body = {"properties": {"title": _TITLE}, "sheets": [sheet]}
    told = service.post(f"{SHEETS}/v4/spreadsheets", body)
    return str(told["spreadsheetId"])


def _gone(service: GoogleService, key: str) -> None:
    service.delete(f"{DRIVE}/drive/v3/files/{key}")


def _text(row: int, text: str, sheet_id: int = 0) -> Json:
    cell = {"userEnteredValue": {"stringValue": text}}
    start = ranges.coordinate(sheet_id, row, 1)
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}],
                            "fields": "userEnteredValue"}}  # fmt: skip


def _fence(name: str) -> Json:
    return {"addNamedRange": {"namedRange": {"namedRangeId": name, "name": name, "range": _AREA}}}


def _first(sheet: Spreadsheet, row: int, sheet_id: int = 0) -> object:
    tab = sheet.by_id(sheet_id)
    return tab.cells.get((row, 1)) if tab else None


def _fence_is_refused(scratch: _Scratch) -> bool:
    scratch.batch([_fence("sr_gen_1")])
    return scratch.refused([_fence("sr_gen_1")])


def _tab_is_refused(scratch: _Scratch) -> bool:
    new = {"addSheet": {"properties": {"sheetId": 99, "title": "sr_before_1", "hidden": True}}}
    scratch.batch([new])
    return scratch.refused([new])


def _is_atomic(scratch: _Scratch) -> bool:
    scratch.batch([_text(1, "before")])
    refused = scratch.refused([_text(1, "after"), {"deleteSheet": {"sheetId": 123456}}])
    return refused and _first(scratch.service.read(), 1) == "before"


def _answers_after(scratch: _Scratch) -> bool:
    return _first(scratch.batch([_text(1, "now")]), 1) == "now"


def _copied(scratch: _Scratch, before: Sequence[Json], *, shown: bool) -> bool:
    """Tell whether a row is copied to the same address of another tab."""
    aside = {"sheetId": _ASIDE, "title": "aside"}
    source = ranges.whole_rows(0, 2, 2)
    show = {
        "updateDimensionProperties": {
            "range": ranges.rows(0, 2, 2),
            "properties": {"hiddenByUser": False},
            "fields": "hiddenByUser",
        }
    }
    unhidden: list[Json] = [{"clearBasicFilter": {"sheetId": 0}}, show]
    stands = scratch.batch(
        [
            _text(1, "head"), _text(2, "kept"), *before,
            *(unhidden if shown else ()),
            {"addSheet": {"properties": aside}},
            ranges.paste(source, {**source, "sheetId": _ASIDE}, "PASTE_NORMAL"),
        ]
    )  # fmt: skip
    found = _first(stands, 2, _ASIDE) == "kept"
    scratch.batch(
        [{"deleteSheet": {"sheetId": _ASIDE}}, {"clearBasicFilter": {"sheetId": 0}}, show]
    )
    return found


def _filter() -> Json:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 5, "startColumnIndex": 0,
            "endColumnIndex": 1}  # fmt: skip
    specs = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["kept"]}}]
    return {"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}}


def _hide() -> Json:
    told = {"range": ranges.rows(0, 2, 2), "properties": {"hiddenByUser": True}}
    return {"updateDimensionProperties": {**told, "fields": "hiddenByUser"}}


def _merge() -> Json:
    area = {**_AREA, "startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 2}
    return {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}


def _checkbox() -> Json:
    area = {**_AREA, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1,
            "endColumnIndex": 2}  # fmt: skip
    return {"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}}


def _chip_is_copied(scratch: _Scratch) -> bool:
    """Tell whether a cell with a smart chip is copied: a link to the spreadsheet itself."""
    uri = f"https://docs.google.com/spreadsheets/d/{scratch.key}"
    chip = {"chip": {"richLinkProperties": {"uri": uri}}}
    cell = {"userEnteredValue": {"stringValue": "@"}, "chipRuns": [chip]}
    told = {"rows": [{"values": [cell]}], "fields": "userEnteredValue,chipRuns"}
    aside = {"addSheet": {"properties": {"sheetId": _ASIDE, "title": "aside"}}}
    source = ranges.whole_rows(0, 6, 6)
    copied = ranges.paste(source, {**source, "sheetId": _ASIDE}, "PASTE_NORMAL")
    write = {"updateCells": {**told, "start": ranges.coordinate(0, 6, 1)}}
    stands = scratch.batch([write, aside, copied])
    found, kept = _first(stands, 6), _first(stands, 6, _ASIDE)
    scratch.batch([{"deleteSheet": {"sheetId": _ASIDE}}])
    return bool(found) and found != "@" and found == kept


def _version_moves(scratch: _Scratch) -> bool:
    before = scratch.service.version().number
    scratch.batch([_text(3, "a keystroke")])
    for _ in range(_SECONDS):
        if scratch.service.version().number != before:
            return bool(before)
        time.sleep(1)
    return False


def _comma(scratch: _Scratch) -> bool:
    cell = {"userEnteredValue": {"formulaValue": "=SUM(1,2)"}}
    start = ranges.coordinate(0, 4, 1)
    update = {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
    scratch.batch([{"updateCells": update}])
    told = scratch.service.ask(
        "spreadsheetId,sheets(properties,data(rowData(values(effectiveValue))))"
    )
    sheet = spreadsheet_of(told, scratch.service.address)
    return _first(sheet, 4) == 3


_TRIES: Final[Mapping[str, Callable[[_Scratch], bool]]] = {
    "a fence that exists is refused": _fence_is_refused,
    "a tab that exists is refused": _tab_is_refused,
    WHOLE: _is_atomic,
    "the answer shows what stands afterwards": _answers_after,
    COPIED: lambda one: _copied(one, (), shown=False),
    FILTERED: lambda one: _copied(one, (_filter(),), shown=True),
    HIDDEN: lambda one: _copied(one, (_hide(),), shown=True),
    "a merged cell is copied": lambda one: _copied(one, (_merge(),), shown=False),
    "a checkbox is copied": lambda one: _copied(one, (_checkbox(),), shown=False),
    "a smart chip is copied": _chip_is_copied,
    "the version moves within seconds of a change": _version_moves,
    "a formula is understood with commas": _comma,
}

_REFUSED: Final = "Writes that rest on it are refused then."
_WITHOUT: Final = {
    WHOLE: _REFUSED,
    COPIED: _REFUSED,
    FILTERED: f"{_REFUSED} Take the filter away, and run the command again.",
    HIDDEN: f"{_REFUSED} Show the rows, and run the command again.",
    "a fence that exists is refused": "The tab of the note is the fence then, as it always is too.",
    "the answer shows what stands afterwards": "Every write is followed by a read then.",
    "the version moves within seconds of a change": "Every look reads the spreadsheet then.",
    "a formula is understood with commas": "Set File, Settings, Locale to United States.",
}

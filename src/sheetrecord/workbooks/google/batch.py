"""One write as one batch: its fence, what it keeps aside, the cells, and what it notes.

A batch is carried out in order and whole or not at all. So nothing of it stands when its fence or
the tab of its note is there already: another write, or this one before, has passed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.workbooks.google import ranges
from sheetrecord.workbooks.google.draft import Draft
from sheetrecord.workbooks.google.journal import WriteNote, lines_of
from sheetrecord.workbooks.google.model import ASIDE, FENCE, Spreadsheet, Tab
from sheetrecord.workbooks.google.sent_back import filter_again
from sheetrecord.workbooks.google.values import Json

LARGEST: Final = 2_000_000
"""Bytes of a request; Google advises no more."""
MOST_CELLS: Final = 10_000_000
"""Cells of a spreadsheet that Google allows."""

_HOME: Final = 1_899_999_999
_FIRST: Final = 1_900_000_000
_SPAN: Final = 100_000


class WriteBatch(NamedTuple):
    """A write, ready to be sent: its note, and the requests in their order."""

    note: WriteNote
    requests: tuple[Json, ...]

    @property
    def weight(self) -> int:
        """Bytes of the requests."""
        return len(json.dumps(self.requests).encode())


def batch_of(
    draft: Draft, note: WriteNote, *, over: Iterable[Tab] = (), more: Iterable[Json] = ()
) -> WriteBatch:
    """Return the batch of a change; ``over`` are tabs of older writes that nobody needs any more.

    ``more`` are requests that come last.
    """
    requests = [
        *_fence(draft.start, note),
        *draft.grown,
        *_unfiltered(draft.start, note),
        *_images(draft, note),
        *(_named(one, note) for one in draft.requests),
        *_note(note),
        *more,
        *_filtered(draft, note),
        # last: a name that stood for cells of such a tab is given other ones before it goes
        *({"deleteSheet": {"sheetId": tab.sheet_id}} for tab in over),
    ]
    return WriteBatch(note, tuple(requests))


def next_number(sheet: Spreadsheet) -> int:
    """Return the number of the next write."""
    titles = (tab.title.removeprefix(f"{ASIDE}_").partition("_")[0] for tab in sheet.aside)
    return max(sheet.last, *(int(one) for one in titles if one.isdecimal()), 0) + 1


def cells_after(draft: Draft, note: WriteNote) -> int:
    """Return how many cells the spreadsheet has after a write."""
    kept = (draft.start.by_id(sheet_id) for sheet_id in note.tabs)
    tabs = (*draft.after.tabs, *draft.after.aside, *(tab for tab in kept if tab))
    return sum(tab.size[0] * tab.size[1] for tab in tabs)


def _id(note: WriteNote, place: int) -> int:
    return _FIRST + (note.number % _SPAN) * 1000 + place % 1000


def _add(sheet_id: int, title: str, height: int, width: int) -> Json:
    grid = {"rowCount": height, "columnCount": width}
    told = {"sheetId": sheet_id, "title": title, "hidden": True, "gridProperties": grid}
    return {"addSheet": {"properties": told}}


def _fence(start: Spreadsheet, note: WriteNote) -> Iterator[Json]:
    """Yield what only one write of a number can pass; the two newest fences stay."""
    home = next((tab.sheet_id for tab in start.aside if tab.title == ASIDE), None)
    if home is None:
        home = _HOME
        yield _add(home, ASIDE, 1, 1)
    name = f"{FENCE}{note.number}"
    area = {"sheetId": home, "startRowIndex": 0, "endRowIndex": 1,
            "startColumnIndex": 0, "endColumnIndex": 1}  # fmt: skip
    yield {"addNamedRange": {"namedRange": {"namedRangeId": name, "name": name, "range": area}}}
    for number in sorted(start.fences)[:-1]:
        yield {"deleteNamedRange": {"namedRangeId": start.fences[number]}}


def _known(start: Spreadsheet, note: WriteNote) -> Iterator[tuple[int, Tab]]:
    """Yield the tabs of which rows are kept, each with its place among them."""
    for place, sheet_id in enumerate(sorted(note.tabs), start=1):
        tab = start.by_id(sheet_id)
        if tab is not None and note.tabs[sheet_id].kept():
            yield place, tab


def _unfiltered(start: Spreadsheet, note: WriteNote) -> Iterator[Json]:
    """Yield requests that show the rows which are kept: those that are hidden might not be copied.

    They may have been hidden since they were read, so it is asked of all of them.
    """
    for _, tab in _known(start, note):
        yield {"clearBasicFilter": {"sheetId": tab.sheet_id}}
        yield from _hidden(tab.sheet_id, note.tabs[tab.sheet_id].kept(), hidden=False)


def _hidden(sheet_id: int, rows: Iterable[int], *, hidden: bool) -> Iterator[Json]:
    for top, bottom in runs(rows):
        where = ranges.rows(sheet_id, top, bottom)
        told = {"range": where, "properties": {"hiddenByUser": hidden}, "fields": "hiddenByUser"}
        yield {"updateDimensionProperties": told}


def _filtered(draft: Draft, note: WriteNote) -> Iterator[Json]:
    """Yield requests that put filters back where they were when the spreadsheet was read."""
    for _, tab in _known(draft.start, note):
        yield from _hidden(tab.sheet_id, _hid(note, tab), hidden=True)
        if tab.filter is None:
            continue
        now = draft.after.by_id(tab.sheet_id) or tab
        again = filter_again(tab.filter, tab.sheet_id, now.size[0] - tab.size[0])
        yield {"setBasicFilter": {"filter": again}}


def _hid(note: WriteNote, tab: Tab) -> list[int]:
    """Return where rows stand now that somebody had hidden."""
    found = note.tabs[tab.sheet_id]
    places = found.places()
    return sorted(places[row] for row in found.kept() if row in tab.by_hand and row in places)


def _images(draft: Draft, note: WriteNote) -> Iterator[Json]:
    """Yield requests that copy each row that is touched to the same address in a tab of its own."""
    for place, tab in _known(draft.start, note):
        rows = note.tabs[tab.sheet_id].kept()
        now = draft.after.by_id(tab.sheet_id) or tab
        width = max(tab.size[1], now.size[1])
        aside = _id(note, place)
        yield _add(aside, note.image_title(tab.sheet_id), rows[-1], width)
        for top, bottom in runs(rows):
            source = ranges.whole_rows(tab.sheet_id, top, bottom)
            yield ranges.paste(source, {**source, "sheetId": aside}, "PASTE_NORMAL")


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of rows that are in their order.

    >>> list(runs([3, 4, 5, 9]))
    [(3, 5), (9, 9)]
    """
    start = last = 0
    for row in rows:
        if start and row == last + 1:
            last = row
            continue
        if start:
            yield start, last
        start = last = row
    if start:
        yield start, last


def _named(request: Json, note: WriteNote) -> Json:
    """Return a request, with the name that a tab gets which goes: it is kept aside too."""
    if "rename" not in request:
        return request
    told = {"sheetId": request["rename"], "title": note.image_title(request["rename"])}
    update = {"properties": {**told, "hidden": True}, "fields": "title,hidden"}
    return {"updateSheetProperties": update}


def _note(note: WriteNote) -> Iterator[Json]:
    lines = lines_of(note)
    aside = _id(note, 0)
    yield _add(aside, note.title, len(lines), 1)
    data = [{"values": [{"userEnteredValue": {"stringValue": line}}]} for line in lines]
    start = ranges.coordinate(aside, 1, 1)
    yield {"updateCells": {"start": start, "rows": data, "fields": "userEnteredValue"}}


def body_of(requests: Iterable[Mapping[str, Any]]) -> Json:
    """Return the body of a batch that is answered with all that stands there then."""
    return {
        "requests": list(requests),
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
    }

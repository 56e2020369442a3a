"""Requests about what is not a cell: properties, names, columns, drop-downs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.model.book import Range, quoted
from sheetrecord.model.cell_edits import PutChoices, PutColumn, PutName, PutProperty
from sheetrecord.model.problem import column_letters
from sheetrecord.workbooks.google import ranges
from sheetrecord.workbooks.google.model import (
    ASIDE,
    TEXT_NAME,
    GridArea,
    Metadata,
    NamedArea,
    Spreadsheet,
    Tab,
)
from sheetrecord.workbooks.google.reading import filled_cells
from sheetrecord.workbooks.google.sent_back import rule_again
from sheetrecord.workbooks.google.values import Json


def put_property(after: Spreadsheet, edit: PutProperty) -> list[Json]:
    """Return the requests that set a property, and let the draft have it.

    Google has no document properties: ours are developer metadata of the spreadsheet.
    """
    value = None if edit.value is None else _text(edit.value)
    known = after.metadata.pop(edit.name, None)
    if value is None:
        return [] if known is None else [{"deleteDeveloperMetadata": {"dataFilter": _lookup(edit)}}]
    after.metadata[edit.name] = Metadata(known.id if known else 0, value)
    if known is None:
        new = {
            "metadataKey": edit.name,
            "metadataValue": value,
            "location": {"spreadsheet": True},
            "visibility": "DOCUMENT",
        }
        return [{"createDeveloperMetadata": {"developerMetadata": new}}]
    if known.value == value:
        return []
    update = {
        "dataFilters": [_lookup(edit)],
        "developerMetadata": {"metadataValue": value},
        "fields": "metadataValue",
    }
    return [{"updateDeveloperMetadata": update}]


def _lookup(edit: PutProperty) -> Json:
    lookup = {"metadataKey": edit.name, "locationType": "SPREADSHEET", "visibility": "DOCUMENT"}
    return {"developerMetadataLookup": lookup}


def _text(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def put_name(after: Spreadsheet, edit: PutName, tab: Callable[[str], Tab]) -> list[Json]:
    """Return the requests that let a name stand for cells or a text; a text is metadata."""
    if isinstance(edit.target, str):
        return put_property(after, PutProperty(TEXT_NAME + edit.name, edit.target))
    requests = put_property(after, PutProperty(TEXT_NAME + edit.name, None))
    known = after.names.pop(edit.name, None) or _idle(after, edit.name)
    if edit.target is None:
        return [*requests, *([{"deleteNamedRange": {"namedRangeId": known.id}}] if known else [])]
    area = GridArea(tab(edit.target.sheet).sheet_id, *edit.target[1:])
    after.names[edit.name] = NamedArea(known.id if known else "", area)
    if known and known.id:
        return [*requests, moved_name(edit.name, after.names[edit.name])]
    new = {"name": edit.name, "range": ranges.grid_range(area)}
    return [*requests, {"addNamedRange": {"namedRange": new}}]


def _idle(after: Spreadsheet, name: str) -> NamedArea | None:
    """Return a name that stands for cells of a tab that went."""
    id_ = after.idle.pop(name, "")
    return NamedArea(id_, GridArea(0, 1, 1, 1, 1)) if id_ else None


def moved_name(name: str, one: NamedArea) -> Json:
    """Return the request that lets a name that is there stand for other cells."""
    told = {"namedRangeId": one.id, "name": name, "range": ranges.grid_range(one.area)}
    return {"updateNamedRange": {"namedRange": told, "fields": "range"}}


def put_column(tab: Tab, edit: PutColumn) -> list[Json]:
    """Return the requests that give a column the width and the looks of another one."""
    requests: list[Json] = []
    height = tab.size[0]
    if edit.like and edit.like != edit.column:
        source = GridArea(tab.sheet_id, 1, edit.like, height, edit.like)
        target = GridArea(tab.sheet_id, 1, edit.column, height, edit.column)
        both = ranges.grid_range(source), ranges.grid_range(target)
        requests.append(ranges.paste(*both, "PASTE_FORMAT"))
        tab.kinds |= {(r, edit.column): k for (r, c), k in tab.kinds.items() if c == edit.like}
    told: Json = {}
    if edit.like in tab.widths:
        told["pixelSize"] = tab.widths[edit.like]
    if edit.hidden is not None:
        told["hiddenByUser"] = edit.hidden
    if told:
        where = ranges.columns(tab.sheet_id, edit.column, edit.column)
        update = {"range": where, "properties": told, "fields": ",".join(told)}
        requests.append({"updateDimensionProperties": update})
    return requests


CHOICES_FIELDS: Final = (
    "sheets(properties(sheetId,title),data(startRow,startColumn,rowData(values(dataValidation))))"
)
"""What is asked of a spreadsheet whose drop-downs are to offer other cells."""


class Offered(NamedTuple):
    """A stretch of a tab's column whose drop-downs offer the same."""

    area: GridArea
    rule: Mapping[str, Any]


def offered_in(answer: Mapping[str, Any]) -> dict[str, list[Offered]]:
    """Return the stretches of all tabs by the cells that they offer."""
    found: dict[str, list[Offered]] = {}
    for sheet in answer.get("sheets") or ():
        if not str(sheet["properties"].get("title", "")).startswith(ASIDE):
            for text, one in _stretches(sheet):
                found.setdefault(text, []).append(one)
    return found


def put_choices(found: Mapping[str, list[Offered]], edit: PutChoices) -> Iterator[Json]:
    """Yield the requests that let every drop-down that offers some cells offer others."""
    offered = f"={offers(edit.now, fixed=True)}"
    for area, rule in found.get(offers(edit.was), ()):
        new = rule_again(rule, offered)
        yield {"setDataValidation": {"range": ranges.grid_range(area), "rule": new}}


def _stretches(sheet: Mapping[str, Any]) -> Iterator[tuple[str, Offered]]:
    sheet_id = int(sheet["properties"].get("sheetId", 0))
    cells = {spot: found for spot, found in _rules(sheet) if found[0]}
    start = 0
    for column, row in sorted(cells):
        text, rule = cells[column, row]
        if cells.get((column, row - 1), ("",))[0] != text:
            start = row
        if cells.get((column, row + 1), ("",))[0] != text:
            yield text, Offered(GridArea(sheet_id, start, column, row, column), rule)


def _rules(
    sheet: Mapping[str, Any],
) -> Iterator[tuple[tuple[int, int], tuple[str, Mapping[str, Any]]]]:
    """Yield what a tab's drop-downs offer, and their rules, by column and row."""
    for (row, column), data in filled_cells(sheet):
        if rule := data.get("dataValidation"):
            yield (column, row), (_offered(rule), rule)


def _offered(rule: Mapping[str, Any]) -> str:
    condition = rule.get("condition") or {}
    if condition.get("type") != "ONE_OF_RANGE":
        return ""
    values = condition.get("values") or [{}]
    text = str(values[0].get("userEnteredValue", ""))
    return text.removeprefix("=").replace("$", "").replace("'", "").lower()


def offers(area: Range, *, fixed: bool = False) -> str:
    """Return how a drop-down names the cells that it offers, to compare or to write (``fixed``)."""
    mark = "$" if fixed else ""
    first = f"{mark}{column_letters(area.left)}{mark}{area.top}"
    last = f"{mark}{column_letters(area.right)}{mark}{area.bottom}"
    text = f"{quoted(area.sheet)}!{first}:{last}"
    return text if fixed else text.replace("'", "").lower()

"""Requests about named ranges and developer metadata."""

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sheets_server import areas, masks
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.kinds.guarding import on_grid
from sheets_server.rules import Rules
from sheets_server.state import Spreadsheet

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,249}")
CELL: Final = re.compile(r"([A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*)")


def _named(book: Spreadsheet, name: str, key: str) -> None:
    if not NAME.fullmatch(name) or CELL.fullmatch(name) or name.upper() in ("TRUE", "FALSE"):
        raise ApiError(400, f"The name of a named range is not valid: {name}")
    for other, held in book.names.items():
        if other != key and held["name"].lower() == name.lower() and held.get("range"):
            raise ApiError(400, f"A named range with the name {name} already exists.")


def add(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Name a range; an id that is taken is an error, as the discovery document says."""
    asked = {k: v for k, v in (request.get("namedRange") or {}).items() if v is not None}
    key = asked.get("namedRangeId") or next(
        k for n in range(1, 1 << 30) if (k := f"{900_000_000 + n}") not in book.names
    )
    if key in book.names and not rules.fence_ignored:
        raise ApiError(400, f"A named range with the ID {key} already exists.")
    _named(book, asked.get("name", ""), key)
    if "range" not in asked:
        raise ApiError(400, "A named range needs a range.")
    on_grid(book, areas.of(asked["range"]))
    book.names[key] = {**copy.deepcopy(asked), "namedRangeId": key}
    return {"namedRange": copy.deepcopy(book.names[key])}


def _found(book: Spreadsheet, key: str) -> dict[str, Any]:
    if key not in book.names or not book.names[key].get("range"):
        raise ApiError(400, f"Cannot find named range with id: {key}")
    return book.names[key]


def update(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Change a named range."""
    asked = request.get("namedRange") or {}
    mask = masks.checked("sheets", "NamedRange", request.get("fields") or "")
    held = _found(book, asked.get("namedRangeId", ""))
    if "*" in mask:
        mask = {name: {} for name in asked}
    mask.pop("namedRangeId", None)
    changed = masks.put(held, copy.deepcopy(asked), mask)
    _named(book, changed.get("name", ""), held["namedRangeId"])
    book.names[held["namedRangeId"]] = changed
    return {}


def delete(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Forget a named range."""
    key = request.get("namedRangeId", "")
    _found(book, key)
    del book.names[key]
    return {}


def _location(book: Spreadsheet, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a location of metadata in full; raises `ApiError` for none."""
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if asked.get("sheetId") is not None:
        book.find(asked["sheetId"])
        return {"locationType": "SHEET", "sheetId": asked["sheetId"]}
    span = asked.get("dimensionRange")
    if not span:
        raise ApiError(400, "Developer metadata needs a location.")
    first = span.get("startIndex") or 0
    if span.get("endIndex") != first + 1:
        raise ApiError(400, "Developer metadata stands on a single row or column.")
    kind = {"ROWS": "ROW", "COLUMNS": "COLUMN"}[span.get("dimension", "ROWS")]
    where = {"sheetId": span.get("sheetId") or 0, "dimension": span["dimension"],
             "startIndex": first, "endIndex": first + 1}  # fmt: skip
    book.find(where["sheetId"])
    return {"locationType": kind, "dimensionRange": where}


def create_metadata(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Attach metadata; a key may stand there several times."""
    asked = {k: v for k, v in (request.get("developerMetadata") or {}).items() if v is not None}
    if not asked.get("metadataKey"):
        raise ApiError(400, "Developer metadata must have a key.")
    if asked.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise ApiError(400, "Developer metadata must have a visibility.")
    number = asked.get("metadataId")
    if number is None:
        number = next(n for n in range(500_000_001, 1 << 31) if n not in book.metadata)
    if number in book.metadata:
        raise ApiError(400, f"Developer metadata with the ID {number} already exists.")
    location = _location(book, asked.get("location") or {})
    book.metadata[number] = {**asked, "metadataId": number, "location": location}
    return {"developerMetadata": copy.deepcopy(book.metadata[number])}


def matching(book: Spreadsheet, filters: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the ids of the metadata that one of the filters means."""
    lookups = [one.get("developerMetadataLookup") or {} for one in filters]
    return [
        number
        for number, held in book.metadata.items()
        if any(_matches(held, lookup) for lookup in lookups)
    ]


def _matches(held: Mapping[str, Any], lookup: Mapping[str, Any]) -> bool:
    plain = ("metadataId", "metadataKey", "metadataValue", "visibility")
    if any(lookup.get(one) is not None and held.get(one) != lookup[one] for one in plain):
        return False
    kind = lookup.get("locationType")
    if kind and held["location"]["locationType"] != kind:
        return False
    place = lookup.get("metadataLocation") or {}
    return all(held["location"].get(name) == value for name, value in place.items())


def update_metadata(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Change all metadata that a filter means; none is an error."""
    mask = masks.checked("sheets", "DeveloperMetadata", request.get("fields") or "")
    asked = copy.deepcopy(request.get("developerMetadata") or {})
    if "*" in mask:
        mask = {name: {} for name in asked}
    found = matching(book, request.get("dataFilters") or ())
    if not found:
        raise ApiError(400, "No developer metadata matches the data filters.")
    if "location" in mask:
        asked["location"] = _location(book, asked.get("location") or {})
        mask["location"] = {}
    mask.pop("metadataId", None)
    for number in found:
        book.metadata[number] = masks.put(book.metadata[number], asked, mask)
    return {"developerMetadata": [copy.deepcopy(book.metadata[number]) for number in found]}


def delete_metadata(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Remove all metadata that a filter means."""
    found = matching(book, [request.get("dataFilter") or {}])
    gone = [book.metadata.pop(number) for number in found]
    return {"deletedDeveloperMetadata": gone} if gone else {}


KINDS: Final[dict[str, Kind]] = {
    "addNamedRange": add,
    "updateNamedRange": update,
    "deleteNamedRange": delete,
    "createDeveloperMetadata": create_metadata,
    "updateDeveloperMetadata": update_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}

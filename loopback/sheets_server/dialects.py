"""Other ways to say the same: answers as another server of the same protocol might give them.

Each is what Google's description allows: a field that says nothing is left out or said, fields come
in any order, a number may have a fraction of zero, there are fields that nobody has heard of.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

VALUES: Final = frozenset({"numberValue", "stringValue", "boolValue", "formulaValue", "errorValue"})
"""One of these is always said: which one it is says what a cell holds."""
NOTHING: Final = (0, "", [], {})


class Dialect(NamedTuple):
    """One way: what becomes of an answer, and how it is sent.

    ``indent`` is that of the JSON text, ``pieces`` sends the body in chunks of so many bytes,
    ``zipped`` always compresses it, ``closes`` ends the connection after each answer. ``ids`` gives
    the sheets of a file that is imported their ids, by their places.
    """

    name: str
    says: Callable[[Any], Any] = lambda value: value
    indent: int | None = None
    pieces: int = 0
    zipped: bool = False
    closes: bool = False
    ids: Callable[[int], int] = lambda place: place


def _sparse(value: Any) -> Any:
    """Leave out what says nothing: false, 0, an empty text, an empty list or message."""
    if isinstance(value, list):
        return [_sparse(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: _sparse(item) for key, item in value.items()}
    return {key: item for key, item in kept.items() if key in VALUES or item not in NOTHING}


def _turned(value: Any) -> Any:
    """Turn the order of all fields round."""
    if isinstance(value, list):
        return [_turned(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _turned(value[key]) for key in reversed(list(value))}


def _chatty(value: Any) -> Any:
    """Say more than is known today, in every message, and what is false or empty too."""
    if isinstance(value, list):
        return [_chatty(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    told = {key: _chatty(item) for key, item in value.items()}
    if told.keys() & VALUES or not told:
        return told
    if "pixelSize" in told:
        told = {"hiddenByUser": False, "hiddenByFilter": False, "developerMetadata": [], **told}
    if "sheetId" in told and "title" in told:
        told = {"sheetType": "GRID", "hidden": False, "rightToLeft": False, **told}
    if "properties" in told and "data" in told:
        told = {"merges": [], "protectedRanges": [], "charts": [], **told}
    return {"newInThisVersion": {"kind": "UNKNOWN_KIND", "several": [1, {}]}, **told}


def _floating(value: Any) -> Any:
    """Say every number with its fraction: 3.0."""
    if isinstance(value, list):
        return [_floating(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _floating(item) for key, item in value.items()}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _bare(value: Any) -> Any:
    """Say of a cell that was typed only what was typed; of rows and columns only what is hidden."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    told = {key: _bare(item) for key, item in value.items()}
    if "userEnteredValue" in told and "formulaValue" not in told["userEnteredValue"]:
        told.pop("effectiveValue", None)
        if "chipRuns" not in told:
            told.pop("formattedValue", None)
    if "rowData" in told or "rowMetadata" in told:
        told.pop("columnMetadata", None)
        if not any(told.get("rowMetadata") or ()):
            told.pop("rowMetadata", None)
    return told


def _padded(value: Any) -> Any:
    """Say blank cells and rows to the end of the grid, with their formats."""
    if isinstance(value, list):
        return [_padded(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    told = {key: _padded(item) for key, item in value.items()}
    blank = {"effectiveFormat": {"numberFormat": {"type": "TEXT"}}}
    if "rowMetadata" in told:
        rows = told.get("rowData", [])
        width = max([len(row.get("values", ())) for row in rows], default=1) + 2
        height = len(told["rowMetadata"])
        rows = [*rows, *({} for _ in range(height - len(rows)))]
        told["rowData"] = [
            {"values": [*row.get("values", ()), *[blank] * (width - len(row.get("values", ())))]}
            for row in rows
        ]
    return told


def _all(value: Any) -> Any:
    return _chatty(_floating(_turned(_sparse(_bare(value)))))


def _gaps(place: int) -> int:
    return 1_834_759_103 - 7_919 * place


PLAIN: Final = Dialect("plain")
"""As Google is known to answer."""
DIALECTS: Final = (
    Dialect("sparse", _sparse),
    Dialect("turned", _turned, indent=2),
    Dialect("chatty", _chatty),
    Dialect("floating", _floating),
    Dialect("bare", _bare),
    Dialect("padded", _padded),
    Dialect("in pieces", pieces=700),
    Dialect("in zipped pieces", pieces=2000, zipped=True, closes=True),
    Dialect("ids with gaps", ids=_gaps),
    Dialect("all at once", _all, 1, 9000, zipped=True, closes=True, ids=_gaps),
)

"""Cells that wait to be written: neighbours of a row go in one request, so do rows alike."""

from collections.abc import Iterator
from typing import Final

from sheetrecord.workbooks.google.ranges import coordinate
from sheetrecord.workbooks.google.values import Json

_PATTERNS: Final = {"DATE": "yyyy-mm-dd", "DATE_TIME": "yyyy-mm-dd hh:mm:ss", "TIME": "hh:mm:ss"}


def number_format(kind: str, form: str | None = None) -> Json:
    """Return a NumberFormat that shows days or times, or numbers by a format of their own."""
    if kind:
        return {"type": kind, "pattern": form or _PATTERNS[kind]}
    return {"type": "NUMBER", "pattern": form or "General"}


class WaitingCells:
    """CellData by tab, row and column, each with the fields that count in it."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[int, tuple[str, Json]]] = {}

    def put(self, sheet_id: int, spot: tuple[int, int], fields: str, data: Json) -> None:
        """Let a cell be written; what was to be written into it before is forgotten."""
        row = self._cells.setdefault((sheet_id, spot[0]), {})
        before = row.pop(spot[1], None)
        if before is not None and not {*before[0].split(",")} <= {*fields.split(",")}:
            both = {**before[1], **data}
            fields = ",".join(sorted({*before[0].split(","), *fields.split(",")}))
            data = both
        row[spot[1]] = fields, data

    def requests(self) -> Iterator[Json]:
        """Yield the requests, and forget what waited."""
        waiting, self._cells = self._cells, {}
        block: tuple[int, int, int, str, list[Json]] | None = None
        for (sheet_id, row), cells in sorted(waiting.items()):
            for left, fields, data in _runs(cells):
                if block and block[:4] == (sheet_id, row - len(block[4]), left, fields):
                    last = block[4][-1]["values"]
                    if len(last) == len(data):
                        block[4].append({"values": data})
                        continue
                if block:
                    yield _request(block)
                block = sheet_id, row, left, fields, [{"values": data}]
        if block:
            yield _request(block)


def _runs(cells: dict[int, tuple[str, Json]]) -> Iterator[tuple[int, str, list[Json]]]:
    """Yield the neighbours of one row that are written alike: the first column, fields, cells."""
    run: list[Json] = []
    start, known = 0, ""
    for column in sorted(cells):
        fields, data = cells[column]
        if run and (column != start + len(run) or fields != known):
            yield start, known, run
            run = []
        if not run:
            start, known = column, fields
        run.append(data)
    if run:
        yield start, known, run


def _request(block: tuple[int, int, int, str, list[Json]]) -> Json:
    sheet_id, row, left, fields, data = block
    start = coordinate(sheet_id, row, left)
    return {"updateCells": {"start": start, "rows": data, "fields": fields}}

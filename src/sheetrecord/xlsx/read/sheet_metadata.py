"""A worksheet's metadata: merged cells, hidden columns, protection, tables, data validations.

Source: ECMA-376 part 1, 18.3.1 (worksheet), 18.5.1 (table), 18.7 (comments).
"""

from collections.abc import Iterable
from typing import NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.package import is_true
from sheetrecord.xlsx.xml.texts import Runs
from sheetrecord.xlsx.xml.tree import PartRoot, walk


class Validation(NamedTuple):
    """A data validation: the cells it holds for and what they must satisfy."""

    ref: str
    type: str
    operator: str
    formula1: str
    formula2: str


class ListObject(NamedTuple):
    """A table (list object) of a sheet."""

    name: str
    ref: str
    header_row: int | None
    """The sheet row that holds the headings, or None."""
    columns: tuple[str, ...]
    totals_rows: int


class Around:
    """Handles every element of a worksheet outside its rows."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self.hidden_columns: set[int] = set()
        self.protected = False
        self.table_ids: list[str] = []
        self.validations: list[Validation] = []
        self._validation: dict[str, str] | None = None
        self._taking = ""
        self._foreign = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if name == "extLst" or self._foreign:
            self._foreign += name == "extLst"
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name == "col" and is_true(attributes.get("hidden")):
            self._hide(attributes.get("min", ""), attributes.get("max", ""))
        elif name == "sheetProtection":
            self.protected = is_true(attributes.get("sheet"))
        elif name == "tablePart":
            self.table_ids.append(attributes.get("r:id", ""))
        elif name == "dataValidation":
            self._validation = dict(attributes)
        elif name in {"formula1", "formula2"} and self._validation is not None:
            self._taking = name

    def _hide(self, first: str, last: str) -> None:
        if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6:
            self.hidden_columns.update(range(max(1, int(first)), min(int(last), MAX_COLUMN) + 1))

    def end(self, name: str) -> None:
        """An element closes."""
        self._taking = ""
        if name == "extLst":
            self._foreign -= 1
        elif name == "dataValidation" and self._validation is not None:
            found, self._validation = self._validation, None
            self.validations.append(
                Validation(
                    found.get("sqref", ""),
                    found.get("type", "none"),
                    found.get("operator", "between"),
                    found.get("formula1", ""),
                    found.get("formula2", ""),
                )
            )

    def text(self, data: str) -> None:
        """Some text."""
        if self._taking and self._validation is not None:
            taken = self._validation.get(self._taking, "")
            self._validation[self._taking] = taken + data


class _TableXml:
    def __init__(self) -> None:
        self.table: dict[str, str] = {}
        self.columns: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table" and not self.table:
            self.table = attributes
        elif name == "tableColumn":
            self.columns.append(attributes.get("name", ""))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def table(chunks: Iterable[bytes], part: str, depth: int) -> ListObject:
    """Return the table that a part declares."""
    found = _TableXml()
    walk(chunks, PartRoot(part, "table"), found, depth)
    said = found.table
    ref = said.get("ref", "")
    header: int | None = None
    if said.get("headerRowCount", "1").strip() != "0":
        try:
            header = parse_area(ref).row
        except Refused:
            header = None
    totals = said.get("totalsRowCount", "0").strip()
    return ListObject(
        said.get("displayName") or said.get("name", ""),
        ref,
        header,
        tuple(found.columns),
        int(totals) if totals.isdecimal() and len(totals) < 8 else 0,
    )


class _Comments:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._ref = ""
        self._runs: Runs | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self._ref = attributes.get("ref", "").strip().upper()
        elif name == "text":
            self._runs = Runs()
        elif self._runs is not None:
            self._runs.start(name, attributes)

    def end(self, name: str) -> None:
        if self._runs is None:
            return
        if name == "text":
            self.found[self._ref] = self._runs.value()
            self._runs = None
        else:
            self._runs.end(name)

    def text(self, data: str) -> None:
        if self._runs is not None:
            self._runs.text(data)


def notes(chunks: Iterable[bytes], part: str, depth: int) -> dict[str, str]:
    """Return the text of each note (legacy comment) by cell, as ``{"B7": "..."}``."""
    found = _Comments()
    walk(chunks, PartRoot(part, "comments"), found, depth)
    return found.found

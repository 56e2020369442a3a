"""Which column of a sheet is which: by its hidden name first, by its header's words next."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.model.book import Book, Sheet
from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Where, column_letters
from sheetrecord.model.value import Cell, Formula, Unknown, shown
from sheetrecord.schema import names
from sheetrecord.schema.column import Column
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.settings import version_of
from sheetrecord.schema.sheets import SHEETS

HEADER_SEARCH_ROWS = 30
"""A header row is looked for this far down when no defined name tells where it is."""


_MANY: Final = 5
"""More faults of one kind than this in the headers of one sheet are one fault."""

_GATHERED: Final = {"HEAD-008": "HEAD-021", "HEAD-002": "HEAD-022", "HEAD-006": "HEAD-017"}
"""The rule that says of many columns at once what another one says of each."""


class SheetPlace(NamedTuple):
    """One sheet of the record: its title, header row, and column number of each key.

    ``own`` are columns that people added; those of them that stand ``beside``, behind an empty
    column, are another table: it is kept, and its rows are not the record's. ``heads`` are the
    headers of the keys as they stand.
    """

    title: str
    header_row: int
    columns: Mapping[str, int]
    own: Mapping[int, str]
    beside: frozenset[int] = frozenset()
    heads: Mapping[str, str] = {}


class ColumnFinder:
    """Finds the columns of one sheet."""

    def __init__(
        self, book: Book, key: str, sheet: Sheet, language: str, findings: list[Finding]
    ) -> None:
        self.book, self.key, self.sheet = book, key, sheet
        self.language, self.findings = language, findings
        self.by_name = dict(self._named())
        self.any_names = book.live or any(name.startswith(names.PREFIX) for name in book.names)
        self.left_behind: frozenset[str] = frozenset()
        self.headed = True
        self.header_row = self._header_row()
        self.texts = {
            column: _heading(value)
            for column, value in sheet.row(self.header_row).items()
            if self.headed
        }

    def _named(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for column in SHEETS[self.key].columns:
            area = self.book.names.get(names.column_name(self.key, column.key))
            if area is not None and area.sheet == self.sheet.name:
                yield column.key, (area.top, area.left)

    def _header_row(self) -> int:
        """Return the row most names point at, else the one that reads most like headers.

        0 when nothing does. Where the header row was deleted and the names stayed, the rows moved
        up under them: the row above is the header row then, and says nothing.
        """
        if self.by_name:
            rows = Counter(row for row, _ in self.by_name.values())
            row = min(rows, key=lambda row: (-rows[row], row))
            if self._is_data(row):
                words = {"sheet": self.sheet.name, "row": row}
                self.findings.append(Finding("HEAD-025", Where(self.sheet.name, row), words))
                self.headed = False
                return row - 1
            return row
        top = enumerate(self.sheet.top(HEADER_SEARCH_ROWS), start=1)
        scores = {row: self._score(cells.values()) for row, cells in top}
        best = min(scores, key=lambda row: (-scores[row], row))
        lost = scores[best] <= 1 and len(self.sheet.columns) > _MANY
        return 0 if lost else best

    def _score(self, cells: Collection[Cell]) -> int:
        """Return how well a row matches known headers; no match when it contains a row id."""
        texts = [shown(value) for value in cells]
        if any(isinstance(text, str) and _reads_as_id(text.strip()) for text in texts):
            return 0
        return sum(bool(headers.meaning(self.key, text, self.language)[0]) for text in texts)

    def _is_data(self, row: int) -> bool:
        """Tell whether a row holds a row of the record where its headers should be."""
        cells = self.sheet.row(row)
        first = SHEETS[self.key].columns[0].key
        value = shown(cells.get(self.by_name.get(first, (0, 0))[1]))
        if not isinstance(value, str) or not _reads_as_id(value.strip()):
            return False
        return not any(
            headers.meaning(self.key, shown(cells.get(number)), self.language)[0] == key
            for key, (_, number) in self.by_name.items()
        )

    def place(self) -> SheetPlace | None:
        """Bind every declared column, and report each that is not plainly there.

        None when nothing on the sheet says which column is which.
        """
        if not self.header_row:
            where = Where(self.sheet.name)
            self.findings.append(Finding("HEAD-019", where, {"sheet": self.sheet.name}))
            return None
        meant = self._meant()
        beside = self._beside(meant)
        meant = {key: _inside(numbers, beside) for key, numbers in meant.items()}
        self.left_behind = self._left_behind(meant)
        if self.left_behind:
            first = min(meant[key][0] for key in self.left_behind)
            words: dict[str, object] = {"count": len(self.left_behind)}
            words["first"] = column_letters(first)
            self.findings.append(Finding("HEAD-015", self._at(first, ""), words))
        before = len(self.findings)
        columns: dict[str, int] = {}
        for column in SHEETS[self.key].columns:
            number = self._bind(column.key, meant)
            if number:
                columns[column.key] = number
        self._settle_doubles(columns)
        self._report_missing(columns)
        bound = set(columns.values())
        own = {number: text for number, text in self.texts.items() if number not in bound and text}
        self._report_unheaded(bound, own, beside)
        self._gather(before)
        if beside:
            where = Where(self.sheet.name, 0, min(beside))
            letters = column_letters(min(beside))
            self.findings.append(Finding("HEAD-024", where, {"letters": letters}))
        heads = {key: self.texts.get(number, "") for key, number in columns.items()}
        return SheetPlace(self.sheet.name, self.header_row, columns, own, beside, heads)

    def _beside(self, meant: Mapping[str, list[int]]) -> frozenset[int]:
        """Return the columns of other tables: behind the first empty one after the record's."""
        ours = {number for _, number in self.by_name.values()} | {n[0] for n in meant.values()}
        gap = max(ours, default=0) + 1
        while gap in self.sheet.columns:
            gap += 1
        return frozenset(number for number in self.sheet.columns if number > gap)

    def _gather(self, before: int) -> None:
        """Merge equal findings about many headers into one."""
        for code, once in _GATHERED.items():
            found = [f for f in self.findings[before:] if f.code == code]
            if len(found) > _MANY:
                found = [f for f in found if not self._new(f)]
            if len(found) <= _MANY:
                continue
            other = [f for f in self.findings[before:] if f not in found]
            words = {"sheet": self.sheet.name, "count": len(found), "row": self.header_row}
            row = self.header_row if code == "HEAD-008" else 0
            self.findings[before:] = [*other, Finding(once, Where(self.sheet.name, row), words)]

    def _new(self, finding: Finding) -> bool:
        """Return whether it reports a missing column that the first templates did not have."""
        from sheetrecord.schema.steps import came_with  # only where something is wrong

        return finding.code == "HEAD-002" and came_with(self.key, finding.where.key) > 0

    def _meant(self) -> dict[str, list[int]]:
        """Return key -> columns whose header means it; a translated header is reported."""
        meant: dict[str, list[int]] = {}
        for number, text in sorted(self.texts.items()):
            key, language = headers.meaning(self.key, text, self.language) if text else ("", "")
            if key:
                meant.setdefault(key, []).append(number)
                if language != self.language:
                    words = {"header": text, "column": key}
                    self.findings.append(Finding("HEAD-005", self._at(number, key), words))
        return meant

    def _left_behind(self, meant: Mapping[str, list[int]]) -> frozenset[str]:
        """Return the columns that moved together while their names stayed.

        A program that inserts a column without moving the workbook's names leaves every name to
        the right of it beside its header, each as far off as the next. Headers tell then.
        """
        apart: dict[int, set[str]] = {}
        for key, (_, number) in self.by_name.items():
            found = meant.get(key, [])
            if len(found) == 1 and found[0] != number:
                apart.setdefault(found[0] - number, set()).add(key)
        return frozenset(key for keys in apart.values() if len(keys) > 1 for key in keys)

    def _bind(self, key: str, meant: Mapping[str, list[int]]) -> int:
        candidates = meant.get(key, [])
        named = self.by_name.get(key)
        if len(candidates) > 1:
            kept = named[1] if named and named[1] in candidates else candidates[0]
            others = ", ".join(column_letters(n) for n in candidates if n != kept)
            words = {"header": self.texts[kept], "others": others}
            self.findings.append(Finding("HEAD-004", self._at(kept, key), words))
            candidates = [kept]
        if named is None:
            if candidates and self.any_names:
                words = {"header": self.texts[candidates[0]], "column": key}
                self.findings.append(Finding("HEAD-006", self._at(candidates[0], key), words))
            return candidates[0] if candidates else 0
        number = named[1]
        if number in candidates:
            return number
        return self._named_only(key, number, candidates)

    def _named_only(self, key: str, number: int, candidates: list[int]) -> int:
        """Bind a column whose name points elsewhere than at a header that means it."""
        text = self.texts.get(number, "")
        other, _ = headers.meaning(self.key, text, self.language) if text else ("", "")
        words = {"header": text, "column": key}
        if key in self.left_behind:
            return candidates[0]
        if candidates:
            words["there"] = column_letters(candidates[0])
            self.findings.append(Finding("HEAD-007", self._at(number, key), words))
            empty = not self._filled(number) and self._filled(candidates[0])
            return candidates[0] if empty and not other else number
        if other:
            words["other"] = Term("usual column", self.key, other)
            self.findings.append(Finding("HEAD-011", self._at(number, key), words))
        elif text:
            self.findings.append(Finding("HEAD-003", self._at(number, key), words))
        elif self.headed:
            self.findings.append(Finding("HEAD-008", self._at(number, key), words))
        return number

    def _filled(self, number: int) -> bool:
        """Return whether a column has a used cell below its header."""
        rows = self.sheet.column(number).rows
        return bool(rows) and rows[-1] > self.header_row

    def _settle_doubles(self, columns: dict[str, int]) -> None:
        """Resolve columns with two meanings: the meaning of the header wins."""
        for number, count in Counter(columns.values()).items():
            if count == 1:
                continue
            keys = [key for key, bound in columns.items() if bound == number]
            meant, _ = headers.meaning(self.key, self.texts.get(number, ""), self.language)
            for key in keys:
                if key != (meant if meant in keys else keys[0]):
                    del columns[key]

    def _report_missing(self, columns: Mapping[str, int]) -> None:
        wanted = [
            column
            for column in SHEETS[self.key].columns
            if column.key not in columns
            and (self.book.live or not column.derived)
            and not (column.helper and self._came_later(column))
        ]
        if not wanted:
            return
        from difflib import get_close_matches  # only a workbook that lost a column pays for it

        free = {
            headers.plain(text): number
            for number, text in self.texts.items()
            if number not in columns.values() and text
        }
        known = headers.columns(self.key, self.language)
        labels: dict[str, list[str]] = {}
        for label, key in known.items():
            labels.setdefault(key, []).append(label)
        for column in wanted:
            near = [m for label in labels[column.key] for m in get_close_matches(label, free, 1)]
            words = {
                "column": column.key,
                "sheet": self.sheet.name,
                "maybe": Phrase(
                    ' Is it column {letters} "{header}"?',
                    letters=column_letters(free[near[0]]),
                    header=near[0],
                )
                if near
                else "",
            }
            self.findings.append(Finding("HEAD-002", Where(self.sheet.name, key=column.key), words))

    def _came_later(self, column: Column) -> bool:
        """Tell whether a column is not on the sheet because an older version made the workbook."""
        from sheetrecord.schema.steps import came_with  # only for a workbook that lacks one

        return came_with(column.sheet, column.key) > version_of(self.book)

    def _report_unheaded(
        self, bound: set[int], own: Mapping[int, str], beside: frozenset[int]
    ) -> None:
        for number, cells in sorted(self.sheet.columns.items()):
            if number in bound or number in own or number in beside:
                continue
            row = next((row for row in cells.rows if row > self.header_row), 0)
            if row:
                words = {"letters": column_letters(number), "row": row}
                self.findings.append(
                    Finding("HEAD-012", Where(self.sheet.name, row, number), words)
                )

    def _at(self, number: int, key: str) -> Where:
        return Where(self.sheet.name, self.header_row, number, "", key)


def _inside(numbers: list[int], beside: frozenset[int]) -> list[int]:
    """Return the columns that are no other table's, unless there are no others."""
    return [number for number in numbers if number not in beside] or numbers


def _reads_as_id(text: str) -> bool:
    """Tell whether a text looks like a row's id, such as ``D-0007`` or ``X-7K3Q4``."""
    body = text[2:]
    return text[1:2] == "-" and text[:1].isupper() and len(body) >= 4 and body.isalnum()


def _heading(cell: Cell) -> str:
    """Return the text of a header cell; of a formula that nobody calculated the formula."""
    text = shown(cell)
    if isinstance(cell, Formula) and isinstance(text, Unknown):
        return f"={cell.text}"
    return "" if text is None else str(text).strip()

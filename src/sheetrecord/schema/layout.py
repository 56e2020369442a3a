"""Where everything stands in one workbook: each sheet, column, list and setting by identity.

A column is found by its defined name, which people's edits carry along; the header's text, in
any language we ship, is the second witness and the fallback. Whatever the two do not agree on
is said aloud: no column is lost in silence.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.problem import Where, column_letters
from sheetrecord.model.value import shown
from sheetrecord.schema import headers, names
from sheetrecord.schema.finding import Finding
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

HEADER_SEARCH_ROWS = 30
"""A header row is looked for this far down when no defined name tells where it is."""


class SheetPlace(NamedTuple):
    """One sheet of the record: its title, header row, and column number of each key."""

    title: str
    header_row: int
    columns: Mapping[str, int]
    own: Mapping[int, str]


class Layout(NamedTuple):
    """The places of a record's sheets, and what was noticed while looking for them."""

    sheets: Mapping[str, SheetPlace]
    names: Mapping[str, Range | None]
    language: str
    findings: tuple[Finding, ...]

    def where(self, sheet: str, row: int = 0, key: str = "", row_id: str = "") -> Where:
        """Return the present address of a cell, row, column or sheet of the record."""
        place = self.sheets.get(sheet)
        if place is None:
            return Where(sheet, row, 0, row_id, key)
        return Where(place.title, row, place.columns.get(key, 0), row_id, key)


def locate(book: Book, language: str) -> Layout:
    """Find the record's sheets and columns in a workbook."""
    findings: list[Finding] = []
    places: dict[str, SheetPlace] = {}
    titles = _titles(book, language, findings)
    for key in SHEETS:
        title = titles.get(key)
        if title is None:
            if key not in OPTIONAL:
                findings.append(Finding("HEAD-001", Where(key), {"sheet": key}))
            continue
        places[key] = _Finder(book, key, book.sheets[title], language, findings).place()
    return Layout(places, book.names, language, tuple(findings))


def _titles(book: Book, language: str, findings: list[Finding]) -> dict[str, str]:
    """Return sheet key -> title: by defined names first, then by the title's meaning."""
    votes: dict[str, Counter[str]] = {key: Counter() for key in SHEETS}
    for key in SHEETS:
        for column in SHEETS[key].columns:
            area = book.names.get(names.column_name(key, column.key))
            if area is not None and area.sheet in book.sheets:
                votes[key][area.sheet] += 1
    found = {key: max(vote, key=vote.__getitem__) for key, vote in votes.items() if vote}
    for title in book.sheets if len(found) < len(SHEETS) - len(OPTIONAL) else ():
        meant = headers.sheet_meaning(title, language)
        if meant in SHEETS and meant not in found:
            found[meant] = title
    for key, title in found.items():
        meant = headers.sheet_meaning(title, language)
        if meant != key:
            findings.append(Finding("HEAD-010", Where(title), {"sheet": key, "title": title}))
    taken = set(found.values())
    for title in book.sheets:
        copied = _copied_from(book, title, found, taken, language)
        if copied:
            findings.append(Finding("HEAD-009", Where(title), {"title": title, "sheet": copied}))
    return found


def _copied_from(
    book: Book, title: str, found: Mapping[str, str], taken: set[str], language: str
) -> str:
    """Return the title of the record's sheet that this one looks like a copy of."""
    if title in taken:
        return ""
    for key, original in found.items():
        if original.casefold() not in title.casefold() and key.casefold() not in title.casefold():
            continue
        for number in range(1, HEADER_SEARCH_ROWS):
            if (
                len(_meanings(key, book.sheets[title], number, language))
                >= len(SHEETS[key].columns) // 2
            ):
                return original
    return ""


def _meanings(key: str, sheet: Sheet, row: int, language: str) -> dict[int, str]:
    """Return column number -> key for the headers of a row that mean something."""
    known = headers.columns(key, language)
    return {
        column: known[headers.plain(shown(value))]
        for column, value in sheet.row(row).items()
        if headers.plain(shown(value)) in known
    }


class _Finder:
    """Finds the columns of one sheet."""

    def __init__(
        self, book: Book, key: str, sheet: Sheet, language: str, findings: list[Finding]
    ) -> None:
        self.book, self.key, self.sheet = book, key, sheet
        self.language, self.findings = language, findings
        self.by_name = dict(self._named())
        self.any_names = any(name.startswith(names.PREFIX) for name in book.names)
        self.left_behind: frozenset[str] = frozenset()
        self.header_row = self._header_row()
        self.texts = {
            column: str(shown(value)).strip() if shown(value) is not None else ""
            for column, value in sheet.row(self.header_row).items()
        }

    def _named(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for column in SHEETS[self.key].columns:
            area = self.book.names.get(names.column_name(self.key, column.key))
            if area is not None and area.sheet == self.sheet.name:
                yield column.key, (area.top, area.left)

    def _header_row(self) -> int:
        """Return the row most names point at, else the one that reads most like headers."""
        if self.by_name:
            rows = Counter(row for row, _ in self.by_name.values())
            return min(rows, key=lambda row: (-rows[row], row))
        scores = {
            row: sum(
                bool(headers.meaning(self.key, shown(value), self.language)[0])
                for value in self.sheet.row(row).values()
            )
            for row in range(1, HEADER_SEARCH_ROWS + 1)
        }
        return min(scores, key=lambda row: (-scores[row], row))

    def place(self) -> SheetPlace:
        """Bind every declared column, and report each that is not plainly there."""
        meant = self._meant()
        self.left_behind = self._left_behind(meant)
        if self.left_behind:
            first = min(meant[key][0] for key in self.left_behind)
            words = {"count": len(self.left_behind), "first": column_letters(first)}
            self.findings.append(Finding("HEAD-015", self._at(first, ""), words))
        columns: dict[str, int] = {}
        for column in SHEETS[self.key].columns:
            number = self._bind(column.key, meant)
            if number:
                columns[column.key] = number
        self._settle_doubles(columns)
        self._report_missing(columns)
        bound = set(columns.values())
        own = {number: text for number, text in self.texts.items() if number not in bound and text}
        self._report_unheaded(bound, own)
        return SheetPlace(self.sheet.name, self.header_row, columns, own)

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
            words["other"] = other
            self.findings.append(Finding("HEAD-011", self._at(number, key), words))
        elif text:
            self.findings.append(Finding("HEAD-003", self._at(number, key), words))
        else:
            self.findings.append(Finding("HEAD-008", self._at(number, key), words))
        return number

    def _filled(self, number: int) -> bool:
        """Tell whether a column holds anything below its header."""
        rows = self.sheet.column(number).rows
        return bool(rows) and rows[-1] > self.header_row

    def _settle_doubles(self, columns: dict[str, int]) -> None:
        """Let one column carry one meaning: the one its header says stands."""
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
            if column.key not in columns and (self.book.live or not column.derived)
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
                "maybe": f' Is it column {column_letters(free[near[0]])} "{near[0]}"?'
                if near
                else "",
            }
            self.findings.append(Finding("HEAD-002", Where(self.sheet.name, key=column.key), words))

    def _report_unheaded(self, bound: set[int], own: Mapping[int, str]) -> None:
        for number, cells in sorted(self.sheet.columns.items()):
            if number in bound or number in own:
                continue
            row = next((row for row in cells.rows if row > self.header_row), 0)
            if row:
                words = {"letters": column_letters(number), "row": row}
                self.findings.append(
                    Finding("HEAD-012", Where(self.sheet.name, row, number), words)
                )

    def _at(self, number: int, key: str) -> Where:
        return Where(self.sheet.name, self.header_row, number, "", key)

"""Find Settings and Lists again by their headings when the workbook's hidden names are lost.

Nothing here runs for a workbook that still has the name of every list and setting. What is not
found even so is listed: a gate is never judged as if the firm had asked for nothing.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.phrase import Phrase, Series, Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import shown
from sheetrecord.schema import names
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read.finding import Finding

SINGLES: Final = (
    *("asof", "currency", "hourly_rate", "terms_days", "tax_rate", "language", "schema_version"),
)
"""Settings of one cell that the engine or the live formulas read."""

TABLES: Final = {"required": 4, "columns": 6, "severity": 2, "fee_templates": 8}
"""Settings that are tables, and how many columns each has."""

PARTS: Final = {
    **dict.fromkeys(ENUMS, ("label", "code")),
    "stage": ("label", "code", "type", "rank"),
    "kind": ("label", "code", "from", "level", "rank", "prompt"),
    "type": ("label", "code", "prompt"),
    "token": ("text", "state"),
    "currency": ("code",),
}
"""The columns of each list."""

LATER: Final = frozenset({"paper"})
LATER_PARTS: Final = frozenset({("type", "prompt")})
"""Lists, and columns of lists, that older workbooks do not have; our own words are read then."""

UNASKED: Final = ("firm", "template")
"""Settings that nothing is judged by: found again with the others, and not missed alone."""

GATE: Final = frozenset({"asof", "required", "columns", "severity"})
"""Settings without which nobody can say what the firm's own gate asks for."""


class Refound(NamedTuple):
    """All names, those found by headings among them, what was noticed, and what is lost for good.

    ``unread`` holds the sheets without which the gate cannot be judged.
    """

    names: Mapping[str, Range | None]
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()


_SETTINGS: Final = {names.setting_name(one): one for one in (*SINGLES, *UNASKED, *TABLES)}
_UNASKED: Final = frozenset(map(names.setting_name, UNASKED))
_LISTS: Final = {
    names.list_name(enum, part): (enum, part) for enum, parts in PARTS.items() for part in parts
}
_LATER: Final = frozenset(
    name for name, (enum, part) in _LISTS.items() if enum in LATER or (enum, part) in LATER_PARTS
)


def refound(book: Book) -> Refound:
    """Return the names of a workbook's settings and lists, as they are or as they were found.

    A workbook without formulas has no names; it may go without Settings and Lists, or hold them.
    """
    lost = _lost(book)
    if not book.live or not any(set(missing) - _LATER for missing in lost.values()):
        return Refound(book.names)
    parts = [_again(book, key, missing) for key, missing in lost.items() if missing]
    return Refound(
        dict(book.names) | {name: area for part in parts for name, area in part.names.items()},
        tuple(finding for part in parts for finding in part.findings),
        tuple(key for part in parts for key in part.unread),
    )


def _lost(book: Book) -> dict[str, list[str]]:
    """Return the names that point nowhere, or at what is none of theirs, by sheet."""
    lost = {
        "Settings": [name for name in _SETTINGS if not _stands(book, name)],
        "Lists": [name for name in _LISTS if not _stands(book, name)],
    }
    if book.live and not _holds(book, names.list_name("stage", "code"), ENUMS["stage"]):
        lost["Lists"] = list(_LISTS)
    if book.live and not _holds(book, names.setting_name("language"), LANGUAGES):
        lost["Settings"] = list(_SETTINGS)
    return lost


def _again(book: Book, key: str, missing: Sequence[str]) -> Refound:
    """Return what of one sheet's names is found again by headings."""
    title = _sheet_of(book, key)
    if not title:
        return Refound(
            {}, (Finding("HEAD-016", Where(key), {"sheet": Term("usual", key)}),), (key,)
        )
    search = _settings if key == "Settings" else _lists
    found = dict(search(book.sheets[title]))
    again = {name: found[name] for name in missing if name in found and _moved(book, found, name)}
    gone = [name for name in missing if name not in {*found, *_UNASKED, *_LATER}]
    findings: list[Finding] = []
    if again:
        words = {"sheet": title, "count": len(again)}
        findings.append(Finding("HEAD-017", Where(title), words))
    if gone:
        findings.append(Finding("HEAD-018", Where(title), _said(title, gone)))
    judges = any(_LISTS.get(name) or _SETTINGS[name] in GATE for name in gone)
    return Refound(again, tuple(findings), (key,) if judges else ())


def _moved(book: Book, found: Mapping[str, Range], name: str) -> bool:
    """Tell whether something was found elsewhere than where its name points."""
    old, new = book.names.get(name), found[name]
    return old is None or (old.sheet, old.top, old.left) != (new.sheet, new.top, new.left)


def _holds(book: Book, name: str, known: Container[object]) -> bool:
    """Tell whether a name points at what it is for; if not, its sheet moved away under all of them.

    True where there is no such name: then it is lost alone.
    """
    area = book.names.get(name)
    if area is None or area.sheet not in book.sheets:
        return True
    held = book.sheets[area.sheet].column(area.left).between(area.top, area.bottom)
    return any(shown(cell) in known for cell in held.values)


def _stands(book: Book, name: str) -> bool:
    area = book.names.get(name)
    return area is not None and area.sheet in book.sheets


def _said(title: str, gone: Iterable[str]) -> dict[str, str]:
    """Return the words for what a sheet no longer holds: each list once."""
    what = dict.fromkeys(
        Term("setting", _SETTINGS[name]) if name in _SETTINGS else Term("list", _LISTS[name][0])
        for name in gone
    )
    named = [*what]
    some = Series(", ", named[:6])
    more = len(named) - 6
    told = Phrase("{some} and {more} more", some=some, more=more) if more > 0 else some
    return {"sheet": title, "what": told}


def _sheet_of(book: Book, key: str) -> str:
    """Return the title of the sheet that is Settings or Lists: by names, its title, its words."""
    known = _SETTINGS if key == "Settings" else _LISTS
    for name in known:
        area = book.names.get(name)
        if area is not None and area.sheet in book.sheets:
            return area.sheet
    from sheetrecord.schema.read import headers

    titled = [title for title in book.sheets if headers.sheet_meaning(title, "en") == key]
    if titled:
        return titled[0]
    wanted = _words(_labels(key))
    for title in book.sheets:
        if headers.sheet_meaning(title, "en"):
            continue
        held = {text for _, _, text in _texts(book.sheets[title])}
        if len(held & wanted.keys()) >= _ENOUGH:
            return title
    return ""


_ENOUGH: Final = 4
"""A sheet of any title with so many of the headings is the one that is looked for."""


def _labels(key: str) -> dict[str, str]:
    """Return what stands where -> the key of its words in a language pack."""
    if key == "Settings":
        return {one: f"set_{one}" for one in (*SINGLES, *UNASKED, *TABLES)}
    twice = {"state": "list_state_list", "type": "list_type_list"}
    return {enum: twice.get(enum, f"list_{enum}") for enum in PARTS}


def _words(labels: Mapping[str, str]) -> dict[str, str]:
    """Return folded words, in every language -> what they stand for."""
    from sheetrecord.schema.packs import pack
    from sheetrecord.schema.read.headers import plain

    return {
        plain(pack(language).words[key]): one
        for language in LANGUAGES
        for one, key in labels.items()
        if key in pack(language).words
    }


def _texts(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and folded text of the cells that hold text, by column."""
    from sheetrecord.schema.read.headers import plain

    for number, cells in sorted(sheet.columns.items()):
        for row, cell in zip(cells.rows, cells.values, strict=False):
            value = shown(cell)
            if isinstance(value, str) and value:
                yield row, number, plain(value)


def _settings(sheet: Sheet) -> Iterator[tuple[str, Range]]:
    """Yield the name and location of every setting whose label is found on a sheet."""
    words = _words(_labels("Settings"))
    places: dict[str, tuple[int, int]] = {}
    for row, number, text in _texts(sheet):
        if text in words:
            places.setdefault(words[text], (row, number))
    tops = sorted(row for one, (row, _) in places.items() if one in TABLES)
    for one, (row, number) in places.items():
        if one not in TABLES:
            yield names.setting_name(one), Range(sheet.name, row, number + 1, row, number + 1)
            continue
        below = next((top - 2 for top in tops if top > row), _last_row(sheet) + _SPARE)
        width = TABLES[one]
        area = Range(sheet.name, row + 2, number, max(below, row + 2), number + width - 1)
        yield names.setting_name(one), area


def _last_row(sheet: Sheet) -> int:
    return max((cells.rows[-1] for cells in sheet.columns.values() if cells.rows), default=0)


_SPARE: Final = 12
"""Blank rows below the last table that a firm may still fill."""


def _lists(sheet: Sheet) -> Iterator[tuple[str, Range]]:
    """Yield the name and location of every column of every list found on a sheet."""
    titles, cells = _words(_labels("Lists")), list(_texts(sheet))
    by_row = _list_heads(cells)
    starts = sorted(row for row, found in by_row.items() if {"code", "text"} & found.keys())
    headed = {row: titles[text] for row, _, text in cells if text in titles}
    taken: set[str] = set()
    for row, below in zip(starts, [*starts[1:], _last_row(sheet) + _GAP], strict=True):
        held = by_row[row]
        codes = _codes(sheet, held.get("code", 0), row + 1, below - _GAP)
        enum = headed.get(row - 1, "") or _meant(held, codes, taken)
        if not enum or enum in taken or not _needed(enum) <= held.keys():
            continue
        taken.add(enum)
        for part in (part for part in PARTS[enum] if part in held):
            area = Range(sheet.name, row + 1, held[part], max(below - _GAP, row + 1), held[part])
            yield names.list_name(enum, part), area


def _list_heads(cells: Iterable[tuple[int, int, str]]) -> dict[int, dict[str, int]]:
    """Return row -> part of a list -> column, for the rows with headings of lists."""
    parts = _words({part: f"list_{part}" for each in PARTS.values() for part in each})
    found: dict[int, dict[str, int]] = {}
    for row, number, text in cells:
        if text in parts:
            found.setdefault(row, {}).setdefault(parts[text], number)
    return found


def _needed(enum: str) -> set[str]:
    """Return the columns that a list has in a workbook of any version."""
    return {part for part in PARTS[enum] if (enum, part) not in LATER_PARTS}


_GAP: Final = 3
"""Rows from the end of one list to the headings of the next: a blank one and the title between."""


def _codes(sheet: Sheet, number: int, first: int, last: int) -> tuple[str, ...]:
    cells = sheet.column(number)
    return tuple(
        value.strip()
        for row, cell in zip(cells.rows, cells.values, strict=False)
        if first <= row <= last and isinstance(value := shown(cell), str)
    )


def _meant(held: Mapping[str, int], codes: tuple[str, ...], taken: set[str]) -> str:
    """Return the list with an overwritten title: the one with these codes, in this order."""
    if "text" in held:
        return "token"
    if "label" not in held:
        return "currency"

    def likeness(enum: str) -> tuple[float, bool]:
        ours = ENUMS[enum]
        return len({*ours} & {*codes}) / len({*ours, *codes}), ours == codes[: len(ours)]

    best = max((enum for enum in ENUMS if enum not in taken), key=likeness, default="")
    return best if best and likeness(best)[0] >= 0.5 else ""


def at_once(findings: Iterable[Finding]) -> list[Finding]:
    """Report lost names once for all sheets."""
    kept: list[Finding] = []
    lost: list[Finding] = []
    for finding in findings:
        (lost if finding.code == "HEAD-017" else kept).append(finding)
    if lost:
        sheets = ", ".join(dict.fromkeys(one.where.sheet for one in lost))
        count = sum(one.words["count"] for one in lost)
        where = lost[0].where
        kept.append(Finding("HEAD-017", where, {"sheets": sheets, "count": count}))
    return kept

"""Formula text as tokens: find its references, move them, fill them down, leave the rest alone.

The grammar is ECMA-376 part 1 section 18.17.2 as files store it: A1 references, English function
names, commas, ``Table[[#This Row],[Column]]``. Strings, names and functions are never touched.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, column_letters, column_number

_NAME: Final = r"""[^\s'"!+\-*/^&=<>(),;:\[\]{}#@%$0-9.][^\s'"!+\-*/^&=<>(),;:\[\]{}#@%$]*+"""
_BARE: Final = r"""(?:\[[^\[\]]*+\])?+[^\s'"!+\-*/^&=<>(),;:\[\]{}#@%$]++"""
_CELL: Final = r"[A-Za-z]{1,3}[0-9]{1,7}"
_JOINED: Final = rf"(?!{_CELL}:(?!{_CELL}!))"
"""``A1:Data!B2`` is a cell, joined with one of a sheet: no two sheets, for ``A1`` needs quotes."""
TOKEN: Final = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*+")
    |(?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA
        |FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|PYTHON!|EXTERNAL!))
    |(?P<prefix>'(?:[^']|'')++'!|(?:\[[^\[\]]*+\])!|"""
    + _JOINED
    + _BARE
    + r"""(?::[^\s'"!+\-*/^&=<>(),;:\[\]{}#@%$]++)?+!)?+
     (?:(?P<area>(?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?[0-9]{1,7})
           (?::(?P=prefix)?(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?[0-9]{1,7})(?![\w.(!\\?]))?)(?![\w.(!\\?\[])
       |(?P<columns>(?P<c3>\$?[A-Za-z]{1,3}):(?P<c4>\$?[A-Za-z]{1,3}))(?![\w.(!\\?\[$])
       |(?P<rows>(?P<r3>\$?[0-9]{1,7}):(?P<r4>\$?[0-9]{1,7}))(?![\w.(!\\?])
       |(?P<broken>\#REF!)
       |(?P<name>"""
    + _NAME
    + r""")(?:(?P<call>\()|(?P<table>\[))?)
    |(?P<bracket>\[)
    |(?P<number>[0-9]++(?:\.[0-9]*+)*+(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Reference(NamedTuple):
    """One reference in a formula: its position in the text, its sheet and its cells.

    Columns-only references have rows 1 to 1,048,576 and ``kind`` "columns"; rows-only likewise.
    """

    start: int
    end: int
    prefix: str
    """As written, with its ``!``; empty when the formula's own sheet is meant."""
    kind: str
    corners: tuple[str, str, str, str]
    """First column, first row, last column, last row as written with ``$`` (or empty)."""
    row: int
    column: int
    last_row: int
    last_column: int


class Word(NamedTuple):
    """A name, a function's name, or a table reference with its brackets."""

    start: int
    end: int
    prefix: str
    kind: str
    """``name``, ``call`` or ``table``."""
    text: str


class ParsedFormula(NamedTuple):
    """The parts of a formula that matter: its references and words, in order."""

    text: str
    references: list[Reference]
    words: list[Word]
    joined: bool
    """Whether ``:`` joins something else than two plain corners (``A1:INDEX(...)``), or a quote
    begins no sheet's name: what the formula depends on is not known."""


@lru_cache(maxsize=4096)  # the copies of a record hold the same formulas; nobody changes the lists
def parse(text: str) -> ParsedFormula:
    """Split a formula (without its leading ``=``) into references and words."""
    references: list[Reference] = []
    words: list[Word] = []
    joined = False
    at, end = 0, len(text)
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:  # a prefix with nothing a formula can hold after it
            at = _past(text, at)
            continue
        reference = _reference(match)
        word = None if reference is not None else _worded(text, match)
        if reference is not None:
            references.append(reference)
            at = reference.end
        elif word is not None:
            words.append(word)
            at = word.end
        else:
            joined = joined or match["other"] in {":", "'"}
            at = max(match.end(), _past(text, at))
    return ParsedFormula(text, references, words, joined)


def _worded(text: str, match: re.Match[str]) -> Word | None:
    """Return the name, call or table reference that was matched, None when it is none of them."""
    if match["area"] is not None and "$" not in match["c1"] + match["r1"]:
        return _beyond(match)
    if match["name"] is not None:
        return _word(text, match)
    if match["bracket"] is not None:
        stop = _bracket_end(text, match.start())
        return Word(match.start(), stop, "", "table", text[match.start() : stop])
    return None


def _word(text: str, match: re.Match[str]) -> Word:
    prefix = match["prefix"] or ""
    if match["table"] is not None:
        stop = _bracket_end(text, match.start("table"))
        return Word(match.start(), stop, prefix, "table", text[match.start("name") : stop])
    kind = "call" if match["call"] else "name"
    return Word(match.start(), match.end("name"), prefix, kind, match["name"])


def _beyond(match: re.Match[str]) -> Word:
    """Return what looks like a cell but lies outside every sheet: a name, such as ``XFE1``."""
    end = match.end("r1")
    return Word(match.start(), end, match["prefix"] or "", "name", match["c1"] + match["r1"])


def _past(text: str, at: int) -> int:
    """Return where to go on behind what means nothing here.

    A quote that begins no sheet's name is read once, not again from each quote in it.
    """
    return _quote_end(text, at) if text[at] == "'" else at + 1


def _quote_end(text: str, at: int) -> int:
    """Return where a name in single quotes ends, the end of the text when it does not."""
    while True:
        at = text.find("'", at + 1)
        if at < 0:
            return len(text)
        if not text.startswith("''", at):
            return at + 1
        at += 1


def _bracket_end(text: str, at: int) -> int:
    """Return where the bracket opened here closes, the end when it does not."""
    return closing(text, at) or len(text)


def closing(text: str, at: int) -> int | None:
    """Return where the bracket opened here closes, or None; ``'`` escapes the next character."""
    depth = 0
    while at < len(text):
        if text[at] == "'":
            at += 1
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return None


def _reference(match: re.Match[str]) -> Reference | None:
    if match["area"] is not None:
        kind, corners = "area", (match["c1"], match["r1"], match["c2"], match["r2"])
        if match["c2"] is None:
            kind, corners = "cell", (match["c1"], match["r1"], match["c1"], match["r1"])
    elif match["columns"] is not None:
        kind, corners = "columns", (match["c3"], "1", match["c4"], str(MAX_ROW))
    elif match["rows"] is not None:
        kind, corners = "rows", ("A", match["r3"], "XFD", match["r4"])
    else:
        return None
    found = _placed(match, kind, corners, match.end())
    if found is None and kind == "area":  # joined with a name that looks like a cell: ``A5:XFE1``
        first = (corners[0], corners[1], corners[0], corners[1])
        found = _placed(match, "cell", first, match.end("r1"))
    return found


def _placed(
    match: re.Match[str], kind: str, corners: tuple[str, str, str, str], end: int
) -> Reference | None:
    columns = sorted(column_number(corners[i].lstrip("$")) for i in (0, 2))
    rows = sorted(int(corners[i].lstrip("$")) for i in (1, 3))
    if columns[1] > MAX_COLUMN or rows[1] > MAX_ROW or rows[0] < 1:
        return None
    prefix = match["prefix"] or ""
    return Reference(
        match.start(), end, prefix, kind, corners, rows[0], columns[0], rows[1], columns[1]
    )


def sheet_names(prefix: str) -> tuple[str, str] | None:
    """Return the first and last sheet a prefix names, or None when it is in another workbook.

    >>> sheet_names("'My ''A'':B'!"), sheet_names("[1]Data!")
    (("My 'A'", 'B'), None)
    """
    text = prefix[:-1]
    if text.startswith("'"):
        text = text[1:-1].replace("''", "'")
    if "[" in text:
        return None
    first, _, last = text.partition(":")
    return first, last or first


def rewrite(text: str, change: Callable[[Reference], str | None]) -> str:
    """Return the formula with each reference replaced by the result of ``change`` (None: kept)."""
    if not text:
        return text
    pieces: list[str] = []
    at = 0
    for reference in parse(text).references:
        new = change(reference)
        if new is not None:
            pieces += (text[at : reference.start], new)
            at = reference.end
    return "".join(pieces) + text[at:] if pieces else text


def translate(text: str, rows: int, columns: int) -> str:
    """Return the formula as if filled ``rows`` down and ``columns`` to the right.

    >>> translate('D5*$E5+E$4+SUM(D$5:D5)&"D5"', 1, 0)
    'D6*$E6+E$4+SUM(D$5:D6)&"D5"'
    """

    def moved(reference: Reference) -> str | None:
        c1, r1, c2, r2 = reference.corners
        try:
            if reference.kind == "columns":
                body = f"{_column(c1, columns)}:{_column(c2, columns)}"
            elif reference.kind == "rows":
                body = f"{_row(r1, rows)}:{_row(r2, rows)}"
            else:
                body = _column(c1, columns) + _row(r1, rows)
                if reference.kind == "area":
                    body += f":{_column(c2, columns)}{_row(r2, rows)}"
        except ValueError:
            body = "#REF!"
        return reference.prefix + body

    return rewrite(text, moved) if rows or columns else text


def _column(written: str, by: int) -> str:
    if written.startswith("$") or not by:
        return written
    number = column_number(written) + by
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(written)
    return column_letters(number)


def _row(written: str, by: int) -> str:
    if written.startswith("$") or not by:
        return written
    number = int(written) + by
    if not 1 <= number <= MAX_ROW:
        raise ValueError(written)
    return str(number)


def with_rows(reference: Reference, first: int, last: int) -> str:
    """Return a reference with other rows, its ``$`` and its order of corners kept."""
    c1, r1, c2, r2 = reference.corners
    backwards = int(r1.lstrip("$")) > int(r2.lstrip("$"))
    low, high = (last, first) if backwards else (first, last)
    row1 = ("$" if r1.startswith("$") else "") + str(low)
    row2 = ("$" if r2.startswith("$") else "") + str(high)
    if reference.kind == "rows":
        return f"{reference.prefix}{row1}:{row2}"
    if reference.kind == "cell":
        return f"{reference.prefix}{c1}{row1}"
    return f"{reference.prefix}{c1}{row1}:{c2}{row2}"

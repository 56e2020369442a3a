"""How far a row may travel: its Share cell, read strictly, and the strictest of several.

Share is a permission, so nothing is guessed open: a word that is not known for certain, anything
but a word, or a column that cannot be told for certain keeps its rows with the owner.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sheetrecord.model.book import Book, Range
from sheetrecord.model.phrase import Numeral, Phrase, Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, CellError, Formula, shown
from sheetrecord.schema import names
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.cells import Wrongs
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.kinds import Wrong
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.lexicon import Lexicon, list_rows, loose_spellings

KEY: Final = "share"
"""The column that says how far a row may travel, on each sheet that has it."""

STRICTEST: Final = "internal"
"""What a Share that cannot be read counts as."""

LEVELS: Final = (STRICTEST, "", "ops", "client")
"""Every level from the one that reaches fewest people to the one that reaches most."""

UNREAD: Final = "TYPE-020"
UNTOLD: Final = "HEAD-020"

_ACCENTS: Final = "[\u0300-\u0304\u0306-\u030c\u0327\u0328]"


def strictest(levels: Iterable[str]) -> str:
    """Return the level that reaches fewest people; blank, as on a new row, when there is none.

    >>> strictest(["client", "ops"]), strictest(["ops", ""]), strictest(["client", "internal"])
    ('ops', '', 'internal')
    """
    found = [LEVELS.index(level) if level in LEVELS else 0 for level in levels]
    return LEVELS[min(found)] if found else ""


def in_house(level: str) -> str:
    """Return a level that is no wider than the firm: the firm's own words about shared ones."""
    return "ops" if level == "client" else level


def fold(word: str) -> str:
    r"""Return a word without case, accents and needless blanks; a word struck out stays strange.

    >>> fold(" CLIENT\u00a0"), fold("Op\u0301s"), fold("Cli\u200bent") == "client"
    ('client', 'ops', False)
    """
    plain = word
    if not word.isascii():
        from unicodedata import normalize  # few words are anything but ASCII

        plain = re.sub(_ACCENTS, "", normalize("NFD", word))
    return " ".join(plain.casefold().split())


@cache
def _shipped(language: str) -> Mapping[str, str]:
    """Return folded word -> level of one language that ships."""
    words = pack(language)
    aliases = words.enum_aliases.get(KEY, {})
    found = {fold(alias): code for code, texts in aliases.items() for alias in texts}
    return found | {fold(label): code for code, label in words.enums[KEY].items()}


class Vocabulary:
    """The words that mean a level: of every shipped language, and of the firm's Lists."""

    def __init__(self, book: Book, language: str) -> None:
        self._language = language
        self._own: dict[str, set[str]] = {code: {code} for code in ENUMS[KEY]}
        for _, (label, code) in list_rows(book, KEY, ("label", "code")):
            if isinstance(label, str) and fold(label):
                meant = fold(code) if isinstance(code, str) else ""
                self._own.setdefault(fold(label), set()).add(meant if meant in ENUMS[KEY] else "")

    def __eq__(self, other: object) -> bool:
        """Return whether every word means the same in both."""
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return (self._language, self._own) == (other._language, other._own)

    __hash__ = None  # type: ignore[assignment]  # it is compared, never looked up

    def levels(self, word: str) -> set[str]:
        """Return each level that somebody lets a word stand for, "" where Lists has no such code.

        Other languages are looked at only for a word that the workbook's own does not ship.
        """
        folded = fold(word)
        found = set(self._own.get(folded, ()))
        first = _shipped(self._language).get(folded)
        if first is not None:
            return found | {first}
        return found | {_shipped(other)[folded] for other in LANGUAGES if folded in _shipped(other)}


def read(cells: Sequence[Cell], known: Vocabulary, lexicon: Lexicon) -> tuple[list[str], Wrongs]:
    """Return the level of each cell, and what is wrong with those that cannot be read."""
    codes = {cell: known.levels(cell) for cell in {c for c in cells if isinstance(c, str)}}
    sure = {cell: min(found) for cell, found in codes.items() if len(found) == 1 and min(found)}
    levels: list[str] = []
    wrongs: Wrongs = []
    for i, cell in enumerate(cells):
        level = sure.get(cell) if isinstance(cell, str) else None
        if cell is None:  # a text that shows nothing was typed, and is no blank cell
            levels.append("")
        elif level is not None:
            levels.append(level)
        else:
            levels.append(STRICTEST)
            told = codes[cell] if isinstance(cell, str) else set()
            wrongs.append((i, _wrong(_described(cell, told), lexicon, cell)))
    return levels, wrongs


def merged_over(
    rows: Sequence[int], areas: Iterable[Range], number: int, lexicon: Lexicon
) -> Wrongs:
    """Return the rows whose Share cell is part of a merged cell: nobody sees whose word it is."""
    spans = [(a.top, a.bottom) for a in areas if a.left <= number <= a.right]
    return [
        (i, _wrong(Phrase("part of a merged cell"), lexicon, None))
        for i, row in enumerate(rows)
        if any(top <= row <= bottom for top, bottom in spans)
    ]


def _wrong(what: str, lexicon: Lexicon, cell: Cell) -> Wrong:
    maybe = loose_spellings(KEY).get(fold(cell).strip(" .!-"), "") if isinstance(cell, str) else ""
    label = lexicon.labels[KEY, maybe] if maybe else ""
    return Wrong(UNREAD, unread(what, lexicon, label), STRICTEST)


def unread(what: str, lexicon: Lexicon, maybe: str = "") -> dict[str, str]:
    """Return the words of a finding about a Share that cannot be read; ``maybe`` it is a label."""
    labels = {code: lexicon.labels[KEY, code] for code in ENUMS[KEY]}
    meant = Phrase(' Did you mean "{label}"?', label=maybe) if maybe else ""
    return {**labels, "value": what, "column": KEY, "maybe": meant}


_LISTS = Term("sheet", "Lists")


def _described(cell: Cell, codes: set[str]) -> str:
    """Describe in a few words a cell that is no Share."""
    named = {Formula: Phrase("a formula"), bool: Phrase("a tick")}.get(type(cell), "")
    if named:
        return named
    if isinstance(cell, CellError):
        return Phrase("an error ({code})", code=cell.code)
    if isinstance(cell, int | float):
        return Phrase("a number ({number})", number=Numeral(f"{cell:g}"))
    if isinstance(cell, dt.date | dt.time):
        return Phrase("a date or time")
    text = " ".join(str(cell).split()) or Phrase("blanks")
    text = text if len(text) <= 40 else text[:37] + "..."
    if codes:
        return Phrase('"{text}", to which {lists} gives another meaning', text=text, lists=_LISTS)
    return Phrase('"{text}"', text=text)


def untold(book: Book, layout: RecordLayout, sheet: str, rows: Sequence[Any]) -> Iterator[Finding]:
    """Yield why a sheet's Share column cannot be told for certain, if it holds rows at all."""
    place = layout.sheets[sheet]
    why = _why_untold(book, layout, sheet) if rows and KEY in rows[0].by_key else ""
    if why:
        number = place.columns.get(KEY, 0)
        where = Where(place.title, place.header_row if number else 0, number, "", KEY)
        words = {"column": KEY, "sheet": place.title, "why": why, "count": len(rows)}
        yield Finding(UNTOLD, where, words)


def _why_untold(book: Book, layout: RecordLayout, sheet: str) -> str:
    """Return why a Share column is doubtful; empty when it is certain.

    A header is enough where a program keeps no hidden names, a name where the header was reworded.
    """
    place = layout.sheets[sheet]
    number = place.columns.get(KEY, 0)
    if not number or number in place.beside:
        return Phrase("the column is missing")
    row = book.sheets[place.title].row(place.header_row)
    texts = {n: text for n, cell in row.items() if n not in place.beside and (text := shown(cell))}
    meant = {n: headers.meaning(sheet, text, layout.language)[0] for n, text in texts.items()}
    headed = [n for n, key in meant.items() if key == KEY]
    if len(headed) > 1:
        return Phrase("its header stands twice")
    if number not in texts:
        return Phrase("its header is blank")
    if meant[number] not in {"", KEY}:
        return Phrase("its hidden name points at another column")
    return _name_elsewhere(_off(book, place, sheet), headed, number)


def _name_elsewhere(off: Mapping[str, int], headed: Sequence[int], number: int) -> str:
    """Say what is wrong with the hidden name; ``off`` is by how much each is beside its column."""
    if KEY not in off:
        lost = Phrase("its hidden name is gone, as when a column is deleted and typed anew")
        return lost if off else ""
    alike = sum(by == off[KEY] for by in off.values()) > 1
    elsewhere = (off[KEY] and not alike) or (headed and headed[0] != number)
    return Phrase("its hidden name and its header point at two columns") if elsewhere else ""


def _off(book: Book, place: SheetPlace, sheet: str) -> dict[str, int]:
    """Return by how many columns each hidden name of a sheet stands beside the column it names."""
    areas = {key: book.names.get(names.column_name(sheet, key)) for key in place.columns}
    return {
        key: place.columns[key] - area.left
        for key, area in areas.items()
        if area is not None and area.sheet == place.title
    }

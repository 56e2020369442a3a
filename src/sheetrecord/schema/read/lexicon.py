"""The firm's own words: which label means which code, by its Lists sheet."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from sheetrecord.model.book import NO_CELLS, Book
from sheetrecord.model.phrase import Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, shown
from sheetrecord.schema import names
from sheetrecord.schema.lists import ENUMS, LATER_CODES
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.headers import plain


class Lexicon(NamedTuple):
    """Labels both ways.

    ``labels``: (list, code) -> the firm's word. ``accept``: list -> exact label -> code.
    ``loose``: list -> folded spelling in any language -> code, to propose a fix.
    ``tokens``: folded answer -> state code. ``findings``: what is wrong with the lists.
    """

    labels: Mapping[tuple[str, str], str]
    accept: Mapping[str, Mapping[str, str]]
    tokens: Mapping[str, str]
    language: str
    findings: tuple[Finding, ...]

    def loose(self, enum: str, text: str) -> str:
        """Return the code that a misspelt or foreign label most likely means, if any."""
        folded = plain(text).strip(" .!-")
        meant = {code for label, code in self.accept[enum].items() if plain(label) == folded}
        if meant:
            return meant.pop() if len(meant) == 1 else ""
        return loose_spellings(enum).get(folded, "")


_SPELLINGS: dict[str, dict[str, str]] = {}


def loose_spellings(enum: str) -> dict[str, str]:
    """Return every spelling we know of a list's codes, folded, in all languages."""
    if enum not in _SPELLINGS:
        known: dict[str, str] = {}
        for language in LANGUAGES:
            words = pack(language)
            for code, texts in words.enum_aliases.get(enum, {}).items():
                known |= {plain(text): code for text in texts}
            known |= {plain(label): code for code, label in words.enums.get(enum, {}).items()}
        known |= {code.replace("_", sep): code for code in ENUMS[enum] for sep in " _-"}
        _SPELLINGS[enum] = known
    return _SPELLINGS[enum]


def read_lexicon(book: Book, language: str) -> Lexicon:
    """Read the lists of a workbook; a workbook without lists speaks codes and our labels."""
    findings: list[Finding] = []
    labels: dict[tuple[str, str], str] = {}
    accept: dict[str, dict[str, str]] = {}
    words = pack(language)
    for enum, codes in ENUMS.items():
        pairs = list(list_rows(book, enum, ("label", "code")))
        if not pairs:
            accept[enum] = {code: code for code in codes}
            ours = words.enums[enum]
            accept[enum] |= {label: code for code, label in ours.items()}
            labels |= {(enum, code): label for code, label in ours.items()}
            continue
        accept[enum] = _read_list(enum, pairs, labels, findings)
        findings += _moved(enum, pairs, words.enums.get(enum, {}))
        later = LATER_CODES.get(enum, ())
        older = not any((enum, code) in labels for code in later)
        for code in codes:
            if (enum, code) not in labels and older and code in later:
                labels[enum, code] = words.enums[enum][code]
                accept[enum].setdefault(words.enums[enum][code], code)
            elif (enum, code) not in labels:
                where = _list_where(book, enum)
                findings.append(
                    Finding("HEAD-013", where, {"list": Term("list", enum), "code": code})
                )
                labels[enum, code] = words.enums[enum][code]
    return Lexicon(labels, accept, _tokens(book, language), language, tuple(findings))


def _read_list(
    enum: str,
    pairs: list[tuple[int, list[Cell]]],
    labels: dict[tuple[str, str], str],
    findings: list[Finding],
) -> dict[str, str]:
    accept: dict[str, str] = {}
    for row, (label, code) in pairs:
        text, canonical = _text(label), _text(code)
        if enum == "kind":
            canonical = own_code(label, code)
        if not text or not canonical:
            continue
        if accept.setdefault(text, canonical) != canonical:
            where = Where("Lists", row)
            findings.append(Finding("HEAD-014", where, {"list": Term("list", enum), "label": text}))
            continue
        labels.setdefault((enum, canonical), text)
    return accept


def _moved(
    enum: str, pairs: list[tuple[int, list[Cell]]], ours: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield, once, that a list's words were sorted or moved and now stand beside other codes."""
    means = {plain(label): code for code, label in ours.items()}
    moved = []
    for row, (label, code) in pairs:
        text, canonical = _text(label), _text(code)
        other = "" if ours.get(canonical) == text else means.get(plain(text), canonical)
        if text and other and other != canonical:
            words = {"list": Term("list", enum), "label": text}
            moved.append((row, {**words, "code": canonical, "other": other}))
    if len(moved) > 1:  # one alone may be a firm's own wording
        row, words = moved[0]
        yield Finding("HEAD-026", Where("Lists", row), {**words, "count": len(moved)})


def _tokens(book: Book, language: str) -> dict[str, str]:
    """Return the answers that stand for a state; the list holds the state's number."""
    states = ENUMS["state"]
    found: dict[str, str] = {}
    for _, (text, number) in list_rows(book, "token", ("text", "state")):
        if isinstance(number, int | float) and 1 <= number <= len(states) and _text(text):
            found.setdefault(_text(text).lower(), states[int(number) - 1])
    words = pack(language)
    return found or {**words.tokens, **dict.fromkeys(words.junk, "not_asked")}


def list_rows(book: Book, enum: str, parts: tuple[str, ...]) -> Iterator[tuple[int, list[Cell]]]:
    """Yield (row, one cell for each part) of a list in a workbook, top to bottom."""
    areas = [book.names.get(names.list_name(enum, part)) for part in parts]
    first = areas[0]
    if first is None or first.sheet not in book.sheets:
        return
    sheet, bottom = book.sheets[first.sheet], min(first.bottom, first.top + 5000)
    columns: list[dict[int, Cell]] = []
    for area in areas:
        cells = sheet.column(area.left).between(first.top, bottom) if area else NO_CELLS
        columns.append(dict(zip(cells.rows, cells.values, strict=True)))
    for row in sorted({*chain(*columns)}):
        found = [shown(column.get(row)) for column in columns]
        if any(cell is not None for cell in found):
            yield row, list(found)  # type: ignore[arg-type]  # UNKNOWN is read as no text


def own_code(label: Cell, code: Cell) -> str:
    """Return the code of a question: its own, or its word where a firm gave it none."""
    return _text(code) or _text(label)


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _list_where(book: Book, enum: str) -> Where:
    area = book.names.get(names.list_name(enum, "code"))
    return Where(area.sheet, 0, area.left) if area else Where("Lists")

"""Leave notes on the cells with problems and a sheet that lists them, or take both away."""

from typing import Final, NamedTuple

from sheetrecord.app.rewrite import RewrittenBook, edited
from sheetrecord.core.annotation import AUTHOR, ProblemLine, Spot, free_title, lines, notes, wanted
from sheetrecord.core.check_words import CHECK_WORDS, check_words
from sheetrecord.formats.problem_sheet import is_same, style, table
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import AddSheet, DropSheet, Edit, PutName, PutNote
from sheetrecord.model.problem import Severity
from sheetrecord.model.value import Cell
from sheetrecord.workbooks.port import NOTES

MARK: Final = "sheetrecord_problems"
"""The defined name that tells our sheet from one of the firm's with the same title."""


class NoteCounts(NamedTuple):
    """Counts of notes written and removed, and what happens to the sheet of problems.

    ``kept``: cells with a note by somebody else; their problem is listed on the sheet only.
    """

    put: int = 0
    removed: int = 0
    kept: int = 0
    sheet: str = ""
    verb: str = ""


def annotate(draft: RewrittenBook, *, least: Severity | None) -> tuple[RewrittenBook, NoteCounts]:
    """Return the draft with its problems annotated, from the severity ``least`` on.

    None removes all annotations; those of an earlier run are replaced. A second run with the same
    problems changes nothing.
    """
    problems = wanted(draft.checked.report.problems, least) if least is not None else []
    language = draft.checked.parsed.layout.language
    about_notes, marks = _notes(draft, notes(problems, language))
    about_sheet, marks = _sheet(draft, lines(problems, language), marks)
    return edited(draft, [*about_notes, *about_sheet], again=False), marks


def _notes(draft: RewrittenBook, texts: dict[Spot, str]) -> tuple[list[Edit], NoteCounts]:
    """Return the edits from the notes that are there to those that should be."""
    found = draft.transaction.notes
    if NOTES not in draft.transaction.workbook.abilities:
        texts = {}
    ours, theirs = found.ours, found.theirs
    kept = sum(spot in theirs for spot in texts)
    put = {
        spot: text
        for spot, text in texts.items()
        if spot not in theirs and spot[0] in draft.checked.book.sheets
        if spot not in ours or not _same(found.texts[spot], text)
    }
    gone = sorted(ours - texts.keys())
    edits: list[Edit] = [PutNote(*spot, "") for spot in gone]
    edits += [PutNote(*spot, text, AUTHOR) for spot, text in sorted(put.items())]
    return edits, NoteCounts(len(put), len(gone), kept)


def _same(old: str, new: str) -> bool:
    """Tell whether two notes say the same; programs change blanks and line breaks."""
    return old.split() == new.split()


def _sheet(
    draft: RewrittenBook, found: list[ProblemLine], marks: NoteCounts
) -> tuple[list[Edit], NoteCounts]:
    """Return the edits that bring the sheet of problems up to date."""
    asof = draft.checked.report.record.settings.asof
    language = draft.checked.parsed.layout.language
    area = _ours(draft.checked.book)
    old = area.sheet if area else ""
    forget: list[Edit] = [PutName(MARK, None)] if MARK in draft.checked.book.names else []
    if not found:
        gone: list[Edit] = [DropSheet(old)] if old else []
        return [*forget, *gone], marks._replace(sheet=old, verb="remove" if old else "")
    rows = table(found, asof, language)
    if old and is_same(_cells(draft, old), rows):
        return [], marks
    title = old or free_title(check_words(language)["title"], set(draft.checked.book.titles))
    edits: list[Edit] = [*forget, *([DropSheet(old)] if old else [])]
    edits.append(AddSheet(title, rows, style=style(language)))
    edits.append(PutName(MARK, Range(title, 1, 1, 1, 1)))
    return edits, marks._replace(sheet=title, verb="replace" if old else "add")


def _ours(book: Book) -> Range | None:
    """Return where our sheet is: by its name, or, where there are none, by its headline."""
    area = book.names.get(MARK)
    if area is not None or book.live:
        return area if area is not None and area.sheet in book.sheets else None
    for told in CHECK_WORDS.values():
        title = told["title"]
        first = book.sheets[title].row(1).get(1) if title in book.sheets else None
        if isinstance(first, str) and first.startswith(told["headline"]):
            return Range(title, 1, 1, 1, 1)
    return None


def _cells(draft: RewrittenBook, title: str) -> dict[tuple[int, int], Cell]:
    columns = draft.checked.book.sheets[title].columns.items()
    return {
        (row, number): cell
        for number, cells in columns
        for row, cell in zip(cells.rows, cells.values, strict=False)
    }

"""Edits for the sheet Capture: made with the first proposal, gone with the last."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from sheetrecord.core.annotation import free_title
from sheetrecord.core.capture.capture_words import FIELDS, words
from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.listing import FIRST_ROW, MARK, CaptureLine, CaptureListing
from sheetrecord.core.capture.propose import CaptureProposal
from sheetrecord.formats.edit_locations import DATE_FORMAT
from sheetrecord.formats.fitted import fitted
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import AddSheet, DropSheet, Edit, PutCell, PutName
from sheetrecord.model.sheet_style import ColumnStyle, Head, Look, SheetStyle
from sheetrecord.model.value import Cell

_WRAPPED: Final = Look(wrap=True)
_TYPED: Final = Look(bold=True, colour="000000", fill="FFC000", wrap=True)
_WIDTHS: Final = (12, 20, 46, 12, 18, 46, 18, 12, 10, 16, 10, 34, 10, 9, 8, 24, 14)
_OPEN: Final = frozenset(("decision", "kind", "text", "date", "person"))
"""The columns that people type into."""


def style(language: str) -> SheetStyle:
    """Return how the sheet looks, with drop-downs in a language."""
    told = words(language)
    choices = {
        "decision": (told["accept"], told["decline"]),
        "kind": tuple(told[kind] for kind in KINDS),
    }
    columns = tuple(
        ColumnStyle(
            width,
            _WRAPPED,
            True,
            _TYPED if field in _OPEN else None,
            choices=choices.get(field, ()),
        )
        for field, width in zip(FIELDS, _WIDTHS, strict=True)
    )
    heads = (
        Head(Look(bold=True, size=14)),
        Head(Look(colour="595959")),
        Head(Look(bold=True, colour="FFFFFF", fill="7F6000", wrap=True)),
    )
    made = SheetStyle("capture", columns, heads, lines=3, tab="7F6000", printed=True)
    return fitted(made, [told[field] for field in FIELDS])


def kept(
    book: Book,
    listing: CaptureListing,
    language: str,
    deal_id: str,
    changes: tuple[Sequence[CaptureLine], Sequence[CaptureProposal]],
) -> Iterator[Edit]:
    """Yield the edits after which settled lines are gone and further proposals are listed.

    ``changes`` are the lines that are settled and the proposals to add.
    """
    settled, added = changes
    gone = {line.row for line in settled}
    if listing.title and not added and len(gone) == len(listing.lines):
        yield PutName(MARK, None)
        yield DropSheet(listing.title)
        return
    columns = max(listing.columns.values(), default=0)
    for row in sorted(gone):
        yield from (PutCell(listing.title, row, column, None) for column in range(1, columns + 1))
    if added:
        free = _free({line.row for line in listing.lines} - gone)
        yield from _added(book, listing, language, deal_id, dict(zip(free, added, strict=False)))


def _free(taken: set[int]) -> Iterator[int]:
    """Yield the rows of the list that hold no line, from the first on."""
    return (row for row in count(FIRST_ROW) if row not in taken)


def _added(
    book: Book,
    listing: CaptureListing,
    language: str,
    deal_id: str,
    added: Mapping[int, CaptureProposal],
) -> Iterator[Edit]:
    """Yield the edits that list proposals, each in its row."""
    told = words(language)
    title, columns = listing.title, listing.columns
    if not title:
        title = free_title(told["title"], set(book.titles))
        columns = {field: number for number, field in enumerate(FIELDS, start=1)}
        heads = ((told["headline"],), (told["about"],), tuple(told[field] for field in FIELDS))
        yield AddSheet(title, heads, style=style(language))
        yield PutName(MARK, Range(title, 1, 1, 1, 1))
    for row, proposal in added.items():
        filled = {f: v for f, v in cells(proposal, language, deal_id).items() if v and f in columns}
        for field, value in filled.items():
            form = DATE_FORMAT if isinstance(value, dt.date) else None
            yield PutCell(title, row, columns[field], value, form=form)


def cells(proposal: CaptureProposal, language: str, deal_id: str) -> dict[str, Cell]:
    """Return the cells of a proposal's line by field, in a language."""
    told, found = words(language), proposal.finding
    made = proposal.placed.cells
    verdict = told[proposal.verdict]
    if proposal.like:
        verdict = f"{verdict}: {' '.join(proposal.like)}"
    day = made.get("date") or made.get("due_on")
    return {
        "decision": None,
        "kind": told[proposal.kind],
        "text": found.quote,
        "date": day if isinstance(day, dt.date) else None,
        "person": str(made.get("person") or ""),
        "quote": found.quote,
        "said_by": found.said_by,
        "said_on": found.said_on,
        "side": told[found.side],
        "verdict": verdict,
        "share": told["internal"] if proposal.placed.share_why else "",
        "source": proposal.source,
        "deal": deal_id,
        "included": told["no" if found.negated else "yes"] if proposal.kind == "promise" else "",
        "via": found.message.form,
        "cue": found.cue,
        "id": proposal.id,
    }

"""The sheet Capture: proposals that wait for a decision, and the decisions typed beside them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.capture.accepting import CaptureDecision
from sheetrecord.core.capture.capture_words import FIELDS, headlines, meaning, words
from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.find import CaptureFinding, Capturing, values_of
from sheetrecord.core.capture.folding import squeezed
from sheetrecord.core.capture.language import language_of
from sheetrecord.core.capture.place import placed
from sheetrecord.core.capture.propose import CaptureProposal
from sheetrecord.core.capture.sides import CLIENT, UNKNOWN, US
from sheetrecord.model.book import Book, Range, Sheet
from sheetrecord.model.message import Message
from sheetrecord.model.value import Result, shown
from sheetrecord.schema.read.headers import plain

MARK: Final = "sr_capture"
"""The defined name that tells our sheet from one of the firm's with the same title."""
FIRST_ROW: Final = 4
_HEADER_ROW: Final = FIRST_ROW - 1
_VERDICTS: Final = ("new", "known", "adds", "contradicts")


class CaptureLine(NamedTuple):
    """One line of the sheet: its row there, the proposal, and the cells as they stand now."""

    row: int
    proposal: CaptureProposal
    decision: str
    """What was typed; "" for nothing yet."""
    kind: str
    edits: Mapping[str, object]
    deal_id: str
    wrong: str = ""
    """What of it cannot be carried out, in words."""


class CaptureListing(NamedTuple):
    """A workbook's sheet of proposals; without a title there is none."""

    title: str = ""
    columns: Mapping[str, int] = {}
    lines: tuple[CaptureLine, ...] = ()


def read_capture(book: Book, how: Capturing) -> CaptureListing:
    """Return the proposals that a workbook lists, whatever the order of the columns."""
    area = _area(book)
    if area is None or area.sheet not in book.sheets:
        return CaptureListing()
    sheet = book.sheets[area.sheet]
    columns = _columns(sheet, area.top + _HEADER_ROW - 1)
    lines = tuple(_lines(sheet, area.top + FIRST_ROW - 1, columns, how))
    return CaptureListing(area.sheet, columns, lines)


def _area(book: Book) -> Range | None:
    if book.live or MARK in book.names:
        return book.names.get(MARK)
    known = headlines()
    title = next((s.name for s in book.sheets.values() if s.row(1).get(1) in known), "")
    return Range(title, 1, 1, 1, 1) if title else None


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    """Return where each column stands: by its header in any language, else in our order."""
    known = {plain(words(language)[f]): f for f in FIELDS for language in ("en", "de", "es", "fr")}
    found: dict[str, int] = {}
    for number, header in sorted(sheet.row(row).items()):
        field = known.get(plain(shown(header)))
        if field:
            found.setdefault(field, number)
    if {"decision", "kind", "quote", "id"} <= found.keys():
        return found
    return {field: number for number, field in enumerate(FIELDS, start=1)}


def _lines(
    sheet: Sheet, first: int, at: Mapping[str, int], how: Capturing
) -> Iterator[CaptureLine]:
    columns = {
        field: dict(zip(cells.rows, cells.values, strict=False))
        for field in FIELDS
        for cells in (sheet.column(at.get(field, 0)),)
    }
    for row in sorted({row for column in columns.values() for row in column if row >= first}):
        cell = {field: shown(column.get(row)) for field, column in columns.items()}
        if str(cell["quote"] or "").strip() and str(cell["id"] or "").strip():
            yield _line(row, cell, how)


def _line(row: int, cell: Mapping[str, Result], how: Capturing) -> CaptureLine:
    kind = meaning(cell["kind"], *KINDS)
    finding = _finding(cell, kind or "promise", how)
    verdict, like = _verdict(str(cell["verdict"] or ""))
    source = str(cell["source"] or "")
    made = placed(finding, finding.kind, source)
    proposal = CaptureProposal(str(cell["id"]), finding, finding.kind, made, source, verdict, like)
    typed = str(cell["decision"] or "").strip()
    decision = meaning(typed, "accept", "decline")
    wrong = ""
    if typed and not decision:
        wrong = f'"{typed}" is no decision: choose accept or decline.'
    elif decision and not kind:
        wrong = f'"{cell["kind"] or ""}" is no kind: choose one from the list.'
    edits, strange = _edits(cell, proposal)
    return CaptureLine(row, proposal, typed, kind, edits, str(cell["deal"] or ""), wrong or strange)


def _finding(cell: Mapping[str, Result], kind: str, how: Capturing) -> CaptureFinding:
    quote = squeezed(str(cell["quote"]))
    said_on = _day(cell["said_on"])
    side = meaning(cell["side"], US, CLIENT, UNKNOWN) or UNKNOWN
    message = Message("", "", form=str(cell["via"] or "mail"))
    values = values_of(quote, said_on, language_of(quote), how)
    negated = kind == "promise" and meaning(cell["included"], "yes", "no") == "no"
    return CaptureFinding(
        kind, quote, 0, message, 0, 0, str(cell["said_by"] or ""), side, said_on, negated, values,
        str(cell["cue"] or ""), 0, "", "",
    )  # fmt: skip


def _verdict(text: str) -> tuple[str, tuple[str, ...]]:
    word, _, rest = text.partition(": ")
    return meaning(word, *_VERDICTS) or "new", tuple(rest.split())


def _edits(cell: Mapping[str, Result], proposal: CaptureProposal) -> tuple[dict[str, object], str]:
    """Return the cells that somebody changed, by column of the record, and what is wrong."""
    cells = proposal.placed.cells
    edits: dict[str, object] = {}
    text = squeezed(str(cell["text"] or ""))
    told = next(key for key in ("answer", "what", "note") if key in cells)
    if text and text != proposal.finding.quote:
        edits[told] = text
    if proposal.placed.sheet == "Deal":
        return edits, ""
    dated = "date" if proposal.placed.sheet == "Context" else "due_on"
    given = cell["date"]
    day = _day(given)
    if given not in {None, ""} and day is None:
        return edits, f'"{given}" is no day: write it as 2026-05-18.'
    if day != cells.get(dated):
        edits[dated] = day
    person = squeezed(str(cell["person"] or ""))
    if proposal.placed.sheet == "Context" and person != str(cells.get("person") or ""):
        edits["person"] = person
    return edits, ""


def _day(cell: Result) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return dt.date.fromisoformat(str(cell or "").strip())
    except ValueError:
        return None


def decided(lines: CaptureListing, deal_id: str) -> list[tuple[CaptureLine, CaptureDecision]]:
    """Return the lines of a deal that somebody decided, with what they decided."""
    found = []
    for line in lines.lines:
        word = meaning(line.decision, "accept", "decline")
        if word and not line.wrong and line.deal_id == deal_id:
            accept = word == "accept"
            found.append((line, CaptureDecision(line.proposal, accept, line.kind, line.edits)))
    return found

"""Capture: files and pasted text into proposals for a deal, and decisions into its record."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.handover import Opened
from sheetrecord.core.capture.accepting import (
    CaptureDecision,
    counts,
    declined_before,
    plan_decisions,
)
from sheetrecord.core.capture.find import Captured, Capturing, capture
from sheetrecord.core.capture.listing import CaptureLine, CaptureListing, decided, read_capture
from sheetrecord.core.capture.propose import KNOWN, CaptureProposal, proposals
from sheetrecord.core.capture.replies import replies
from sheetrecord.core.capture.sides import Us, us_of
from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.formats.capture_sheet import kept
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.formats.plan_preview import CellPreview, preview
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.model.message import NotRead, SourceFile
from sheetrecord.schema.record import DealRows, Record
from sheetrecord.sources.reading import SUFFIXES, read_source
from sheetrecord.workbooks.transaction import must_write, placed

_MOST_FILES: Final = 20_000
_LARGEST: Final = 512 << 20
PASTED: Final = "-"

Decide = Callable[[Sequence[CaptureProposal]], Sequence[CaptureDecision]]
"""Asks somebody about proposals; those of which nothing is said are decided later."""


class CaptureRequest(NamedTuple):
    """What is asked: which files, who we are, since when, in which language."""

    files: tuple[str, ...]
    us: tuple[str, ...] = ()
    since: dt.date | None = None
    language: str = ""
    pasted: bytes = b""
    by: str = ""
    only_plan: bool = False


class CaptureResult(NamedTuple):
    """What came of it: the sources, the proposals, what was decided and what waits."""

    address: str
    deal_id: str
    sources: tuple[SourceFile, ...]
    unread: tuple[NotRead, ...]
    captured: Captured
    proposals: tuple[CaptureProposal, ...]
    step: HandoverStep
    changes: tuple[CellPreview, ...]
    waiting: tuple[CaptureProposal, ...]
    wrong: tuple[CaptureLine, ...]
    written: bool
    sided: bool
    """Whether somebody in the sources is known as one of us, where that matters."""
    us: Us


def later(_: Sequence[CaptureProposal]) -> Sequence[CaptureDecision]:
    """Decide nothing now."""
    return ()


def capture_into(
    opened: Opened, deal_id: str, request: CaptureRequest, decide: Decide = later
) -> CaptureResult:
    """Capture files for a deal, carry out what was decided, and list what waits on its sheet.

    Errors as `take_step`; a file that cannot be read is told in the result.
    """
    context = opened.context
    sources, unread = read_files(request)
    how = capturing(opened, deal_id, request, sources)
    listing = read_capture(context.book, how)
    done = decided(listing, deal_id)
    captured = capture(sources, how)
    refused = declined_before(context.events, deal_id)
    rows = context.parsed.record.by_deal[deal_id]
    found = _proposed(sources, captured, rows, how, refused)
    listed = {line.proposal.id for line in listing.lines if line.deal_id == deal_id}
    fresh = [one for one in found if one.verdict != KNOWN and one.id not in listed]
    asked = () if request.only_plan else tuple(decide(fresh))
    decisions = [*(one for _, one in done), *asked]
    step = plan_decisions(context, deal_id, request.by, decisions)
    settled = {one.proposal.id for one in asked}
    waiting = tuple(one for one in fresh if one.id not in settled)
    changes = preview(step.plan, context.book, context.parsed.layout)
    written = not request.only_plan and _write(
        opened, deal_id, step, (listing, [line for line, _ in done], waiting)
    )
    wrong = tuple(one for one in listing.lines if one.wrong and one.deal_id == deal_id)
    return CaptureResult(
        opened.address, deal_id, tuple(sources), tuple(unread), captured, tuple(found), step,
        tuple(changes), waiting, wrong, written, _sided(sources, how), how.us,
    )  # fmt: skip


def _proposed(
    sources: Sequence[SourceFile],
    captured: Captured,
    rows: DealRows,
    how: Capturing,
    refused: set[str],
) -> list[CaptureProposal]:
    """Return what is proposed: what was found, and answers to what we said back."""
    found = proposals(captured.findings, [one.path for one in sources], rows, refused)
    answers = [one for one in replies(sources, rows, how) if one.id not in refused]
    return [*(one for one in found if not any(_within_reply(one, a) for a in answers)), *answers]


def _within_reply(one: CaptureProposal, answer: CaptureProposal) -> bool:
    """Return True if a quote is part of an answer that is held to its row already."""
    here, there = one.finding, answer.finding
    same = (here.source, here.message.id) == (there.source, there.message.id)
    return same and there.start <= here.start < there.end


def _write(
    opened: Opened,
    deal_id: str,
    step: HandoverStep,
    lists: tuple[CaptureListing, Sequence[CaptureLine], Sequence[CaptureProposal]],
) -> bool:
    """Write decisions and the sheet of what waits, all or nothing; return whether anything was."""
    listing, settled, waiting = lists
    context = opened.context
    if not (step.writes or settled or waiting):
        return False
    must_write(opened.transaction.workbook)
    language = context.parsed.layout.language
    sheet = list(kept(context.book, listing, language, deal_id, (settled, waiting)))
    extra = [*hidden_edits(step.kept), *sheet]
    edits = placed(step.plan, context.book, context.parsed.layout, extra)
    opened.transaction.with_edits(edits).write()
    return True


def capturing(
    opened: Opened, deal_id: str, request: CaptureRequest, sources: Sequence[SourceFile]
) -> Capturing:
    """Return what files are read with: who we are, the deal's currency and people."""
    record = opened.context.parsed.record
    deal = record.by_deal[deal_id].deal
    ours = {*request.us, *_our_names(record)}
    us = us_of(ours)
    domains = {
        message.address.rpartition("@")[2]
        for one in sources
        for message in one.messages
        if message.address and us.side_of(message.by, "") == "us"
    }
    known = {row.person for row in record.by_deal[deal_id].context if row.person}
    silent = frozenset(one.cue for one in counts(opened.context.events) if one.silent)
    return Capturing(
        us_of({*ours, *domains}),
        deal.currency or record.settings.currency,
        request.language,
        known_people=tuple(sorted(known, key=len, reverse=True)),
        since=request.since,
        silent=silent,
    )


def _our_names(record: Record) -> Iterator[str]:
    """Yield the names of whom the record knows as ours."""
    for rows in record.by_deal.values():
        yield from filter(None, (rows.deal.deal_owner, rows.deal.ops_owner))


def _sided(sources: Sequence[SourceFile], how: Capturing) -> bool:
    spoken = [
        m for one in sources for m in one.messages if m.form in {"mail", "chat", "turn"} and m.by
    ]
    people = {(m.by, m.address) for m in spoken} | {("", to) for m in spoken for to in m.to}
    return not spoken or any(how.us.side_of(*one) == "us" for one in people)


def read_files(request: CaptureRequest) -> tuple[list[SourceFile], list[NotRead]]:
    """Return the files that could be read, and those that could not, with why."""
    sources: list[SourceFile] = []
    unread: list[NotRead] = []
    seen: set[str] = set()
    for name in _walked(request.files, unread):
        try:
            data = request.pasted if name == PASTED else _bytes(name)
            one = read_source(data, "pasted.txt" if name == PASTED else Path(name).name)
        except SheetRecordError as error:
            unread.append(NotRead(name, str(error)))
            continue
        if one.sha256 not in seen:
            seen.add(one.sha256)
            sources.append(one)
    return sources, unread


def _bytes(name: str) -> bytes:
    path = Path(name)
    try:
        if path.stat().st_size > _LARGEST:
            raise CannotRead(name, "it is too large.", "Split it, and name the parts.")
        return path.read_bytes()
    except OSError as error:
        why = f"it cannot be read ({error.strerror or error})."
        raise CannotRead(name, why, "Check the path and your rights to it.") from error


def _walked(files: Iterable[str], unread: list[NotRead]) -> Iterator[str]:
    """Yield the files that are named, and those of a kind we read in folders that are."""
    for name in files:
        if name == PASTED or not Path(name).is_dir():
            yield name
            continue
        found = list(islice(_within(name), _MOST_FILES + 1))
        if len(found) > _MOST_FILES:
            unread.append(NotRead(name, f"the folder holds more than {_MOST_FILES:,} files."))
        yield from found[:_MOST_FILES]


def _within(top: str) -> Iterator[str]:
    """Yield the files of a kind we read in a folder and those below it."""
    for folder, names, members in os.walk(top):
        names.sort()
        for member in sorted(members):
            if Path(member).suffix.lower() in SUFFIXES and not member.startswith("."):
                yield str(Path(folder, member))

"""Capture: files and pasted text into proposals for a deal, and decisions into its record."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.handover import Opened
from sheetrecord.app.plugins import source_readers
from sheetrecord.core.capture.accepting import (
    CaptureDecision,
    counts,
    declined_before,
    plan_decisions,
)
from sheetrecord.core.capture.find import Captured, Capturing, capture
from sheetrecord.core.capture.listing import CaptureLine, CaptureListing, decided, read_capture
from sheetrecord.core.capture.propose import KNOWN, CaptureProposal, proposals
from sheetrecord.core.capture.providers import Provider
from sheetrecord.core.capture.replies import replies
from sheetrecord.core.capture.sides import Us, us_of
from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.formats.capture_sheet import kept
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.formats.plan_preview import CellPreview, preview
from sheetrecord.model.cell_edits import Edit
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
    given: tuple[tuple[str, bytes], ...] = ()
    """Files that somebody handed over: their names and bytes."""
    again: bool = False
    """Also ask about what waits on the sheet Capture since an earlier run."""
    list_rest: bool = True
    """List what is not decided on the sheet Capture."""
    model: str = ""
    """The address of a model on this machine that is asked as well."""


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
    edits: tuple[Edit, ...] = ()
    listed: tuple[CaptureProposal, ...] = ()
    """What waits on the sheet Capture since an earlier run, if that was asked for."""


def later(_: Sequence[CaptureProposal]) -> Sequence[CaptureDecision]:
    """Decide nothing now."""
    return ()


def capture_into(
    opened: Opened, deal_id: str, request: CaptureRequest, decide: Decide = later
) -> CaptureResult:
    """Capture files for a deal, carry out what was decided, and list what waits on its sheet.

    Errors as `take_step`; a file that cannot be read is told in the result.
    """
    done = plan_capture(opened, deal_id, request, later if request.only_plan else decide)
    if request.only_plan or not done.edits:
        return done
    must_write(opened.transaction.workbook)
    opened.transaction.with_edits(done.edits).write()
    return done._replace(written=True)


def plan_capture(
    opened: Opened, deal_id: str, request: CaptureRequest, decide: Decide = later
) -> CaptureResult:
    """Return what a capture comes to, with the edits that would carry it out; nothing is written.

    Raises ChangedElsewhere as `edit_locations.place`.
    """
    context = opened.context
    sources, unread = read_files(request)
    how = capturing(opened, deal_id, request, sources)
    listing = read_capture(context.book, how)
    captured = capture(sources, how)
    refused = declined_before(context.events, deal_id)
    rows = context.parsed.record.by_deal[deal_id]
    found = _proposed(sources, captured, rows, how, refused)
    mine = {line.proposal.id: line for line in listing.lines if line.deal_id == deal_id}
    fresh = [one for one in found if one.verdict != KNOWN and one.id not in mine]
    done = decided(listing, deal_id)
    listed = _undecided(mine.values(), done) if request.again else []
    asked = tuple(decide([*fresh, *listed]))
    step = plan_decisions(context, deal_id, request.by, [*(one for _, one in done), *asked])
    settled = {one.proposal.id for one in asked}
    waiting = tuple(one for one in fresh if one.id not in settled)
    lines = [*(line for line, _ in done), *(mine[key] for key in mine if key in settled)]
    kept_back = waiting if request.list_rest else ()
    edits = tuple(_edits(opened, deal_id, step, (listing, lines, kept_back)))
    changes = preview(step.plan, context.book, context.parsed.layout)
    wrong = tuple(filter(_is_wrong, mine.values()))
    return CaptureResult(
        opened.address, deal_id, tuple(sources), tuple(unread), captured, tuple(found), step,
        tuple(changes), waiting, wrong, False, _sided(sources, how), how.us, edits,
        tuple(listed),
    )  # fmt: skip


def _is_wrong(line: CaptureLine) -> bool:
    return bool(line.wrong)


def _undecided(
    lines: Iterable[CaptureLine], done: Sequence[tuple[CaptureLine, CaptureDecision]]
) -> list[CaptureProposal]:
    """Return what waits on the sheet Capture and was not decided there."""
    over = {line.row for line, _ in done}
    return [line.proposal for line in lines if line.row not in over]


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


def _edits(
    opened: Opened,
    deal_id: str,
    step: HandoverStep,
    lists: tuple[CaptureListing, Sequence[CaptureLine], Sequence[CaptureProposal]],
) -> Sequence[Edit]:
    """Return the edits for what was decided and for the sheet of what waits."""
    listing, settled, waiting = lists
    if not (step.writes or settled or waiting):
        return ()
    context = opened.context
    language = context.parsed.layout.language
    sheet = list(kept(context.book, listing, language, deal_id, (settled, waiting)))
    extra = [*hidden_edits(step.kept), *sheet]
    return placed(step.plan, context.book, context.parsed.layout, extra)


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
        also=_model(request.model),
    )


def _model(address: str) -> Provider | None:
    """Return the model that is asked as well. Raises CannotRead for one off this machine."""
    if not address:
        return None
    from sheetrecord.sources.local_model import LocalModel

    return LocalModel(address)


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
    unread: list[NotRead] = []
    named: list[tuple[str, Callable[[], bytes]]] = [
        (name, _data(name, request)) for name in _walked(request.files, unread)
    ]
    named += [(name, partial(bytes, data)) for name, data in request.given]
    sources: dict[str, SourceFile] = {}
    others = source_readers()
    for name, data in named:
        try:
            called = "pasted.txt" if name == PASTED else Path(name).name
            one = read_source(data(), called, others)
        except SheetRecordError as error:
            unread.append(NotRead(name, str(error)))
            continue
        sources.setdefault(one.sha256, one)
    return list(sources.values()), unread


def _data(name: str, request: CaptureRequest) -> Callable[[], bytes]:
    """Return what reads a file that was named."""
    return partial(bytes, request.pasted) if name == PASTED else partial(_bytes, name)


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

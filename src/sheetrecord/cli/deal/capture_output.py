"""What `capture` prints: proposals with their evidence, what waits, what was not read; or JSON."""

from collections.abc import Iterator, Mapping, Sequence

from sheetrecord.app.capture import CaptureResult
from sheetrecord.cli.ansi import bold, coloured, dim
from sheetrecord.cli.deal.capture_texts import CaptureTexts
from sheetrecord.contract.answers.captured import decided, plain_value
from sheetrecord.core.capture.accepting import CueCount
from sheetrecord.core.capture.place import RULES
from sheetrecord.core.capture.propose import ADDS, CONTRADICTS, KNOWN, CaptureProposal, summary


def lines(
    done: CaptureResult, texts: CaptureTexts, *, show_dropped: bool, only_plan: bool
) -> Iterator[str]:
    """Yield what came of it for people, in the words of their workbook."""
    for one in done.proposals:
        if one.verdict != KNOWN:
            yield f"{bold(texts.word(one.kind))}{_verdict(one, texts)}"
            yield from evidence(one)
            yield from row_lines(one, {}, texts)
            yield ""
    if show_dropped:
        for dropped in done.captured.dropped:
            yield f"{dim(texts.dropped(dropped.why))}  {dropped.quote}"
    for unread in done.unread:
        yield coloured(texts.line("unread", path=unread.path, why=unread.why), "yellow")
    for line in done.wrong:
        yield coloured(texts.line("wrong", row=line.row, why=line.wrong), "yellow")
    if done.captured.away:
        yield coloured(texts.line("away", why=done.captured.away), "yellow")
    if not done.sided:
        yield coloured(texts.line("nobody"), "yellow")
    yield from _closing(done, texts, only_plan=only_plan)


def _verdict(one: CaptureProposal, texts: CaptureTexts) -> str:
    like = f" {', '.join(one.like)}" if one.like else ""
    if one.verdict not in {CONTRADICTS, ADDS}:
        return ""
    told = f"  {texts.word(one.verdict)}{like}"
    return coloured(told, "red") if one.verdict == CONTRADICTS else told


def evidence(one: CaptureProposal) -> Iterator[str]:
    """Yield the quote, who said it when, and where it stands."""
    found = one.finding
    if found.context:
        yield dim(f"  … {found.context[-120:]}")
    yield f'  "{found.quote}"'
    when = found.said_on.isoformat() if found.said_on else ""
    by = "" if found.provider == RULES else found.provider
    yield dim("  " + ", ".join(filter(None, (found.said_by, when, one.source, by))))


def row_lines(
    one: CaptureProposal, edits: Mapping[str, object], texts: CaptureTexts
) -> Iterator[str]:
    """Yield the cells that would be written, without those that the evidence shows already."""
    shown = {"answer", "what", "source_link", "said_by", "said_on", "learned_on", "confidence"}
    cells = {**one.placed.cells, **edits}
    sheet = one.placed.sheet
    told = [
        f"{texts.header(sheet, key)} {texts.shown(sheet, key, plain_value(value))}"
        for key, value in cells.items()
        if value and (key not in shown or key in edits)
    ]
    yield f"  -> {texts.names.title(sheet)}: {', '.join(told)}"
    if one.placed.share_why:
        share, internal = texts.header(sheet, "share"), texts.shown(sheet, "share", "internal")
        yield texts.line("private", share=share, internal=internal, why=one.placed.share_why)


def _closing(done: CaptureResult, texts: CaptureTexts, *, only_plan: bool) -> Iterator[str]:
    told = summary(done.proposals, len(done.captured.dropped))
    count = told["new"] + told["adds"] + told["contradicts"]
    head = "plan" if only_plan else "done"
    yield texts.line(
        head, deal=done.deal_id, count=count, known=told["known"], decided=decided(done)
    )
    if done.waiting and not only_plan:
        accept, decline = texts.word("accept"), texts.word("decline")
        yield texts.line(
            "waiting", count=len(done.waiting), book=done.address, accept=accept, decline=decline
        )


def cue_lines(told: Sequence[CueCount]) -> Iterator[str]:
    """Yield how often proposals of each cue were accepted."""
    if not told:
        yield "Nothing that was captured has been decided yet."
    for one in told:
        silent = "  silent: people declined it" if one.silent else ""
        yield f"{one.cue}: {one.accepted} accepted, {one.declined} declined{silent}"

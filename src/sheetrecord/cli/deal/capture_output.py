"""What `capture` prints: proposals with their evidence, what waits, what was not read; or JSON."""

from collections.abc import Iterator, Mapping, Sequence

from sheetrecord.app.capture import CaptureResult
from sheetrecord.cli.ansi import bold, coloured, dim
from sheetrecord.contract.answers.captured import decided, plain_value
from sheetrecord.core.capture.accepting import CueCount
from sheetrecord.core.capture.propose import ADDS, CONTRADICTS, CaptureProposal, summary


def lines(done: CaptureResult, *, show_dropped: bool, only_plan: bool) -> Iterator[str]:
    """Yield what came of it for people."""
    for one in done.proposals:
        if one.verdict != "known":
            yield f"{bold(one.kind)}{_verdict(one)}"
            yield from evidence(one)
            yield from row_lines(one, {})
            yield ""
    if show_dropped:
        for dropped in done.captured.dropped:
            yield f"{dim(dropped.why)}  {dropped.quote}"
    for unread in done.unread:
        yield coloured(f"{unread.path} was not read: {unread.why}", "yellow")
    for line in done.wrong:
        yield coloured(f"Capture, row {line.row}: {line.wrong}", "yellow")
    if not done.sided:
        yield coloured(
            "Nobody in these messages is known as one of us, so all is taken as the client's: "
            "name our domain or people with --us.",
            "yellow",
        )
    yield from _closing(done, only_plan=only_plan)


def _verdict(one: CaptureProposal) -> str:
    like = f" {', '.join(one.like)}" if one.like else ""
    if one.verdict == CONTRADICTS:
        return coloured(f"  contradicts{like}", "red")
    return f"  adds to{like}" if one.verdict == ADDS else ""


def evidence(one: CaptureProposal) -> Iterator[str]:
    """Yield the quote, who said it when, and where it stands."""
    found = one.finding
    if found.context:
        yield dim(f"  … {found.context[-120:]}")
    yield f'  "{found.quote}"'
    when = found.said_on.isoformat() if found.said_on else ""
    yield dim("  " + ", ".join(filter(None, (found.said_by, when, one.source))))


def row_lines(one: CaptureProposal, edits: Mapping[str, object]) -> Iterator[str]:
    """Yield the cells that would be written, without those that the evidence shows already."""
    shown = {"answer", "what", "source_link", "said_by", "said_on", "learned_on", "confidence"}
    cells = {**one.placed.cells, **edits}
    told = [
        f"{key} {plain_value(value)}"
        for key, value in cells.items()
        if value and (key not in shown or key in edits)
    ]
    yield f"  -> {one.placed.sheet}: {', '.join(told)}"
    if one.placed.share_why:
        yield f'     Share internal is suggested: "{one.placed.share_why}" sounds private.'


def _closing(done: CaptureResult, *, only_plan: bool) -> Iterator[str]:
    told = summary(done.proposals, len(done.captured.dropped))
    count = told["new"] + told["adds"] + told["contradicts"]
    count_decided = decided(done)
    head = f"{done.deal_id}: {_number(count, 'proposal')}, {told['known']} known already"
    if only_plan:
        yield f"{head}. This is the plan: nothing was written."
        return
    yield f"{head}, {count_decided} decided."
    if done.waiting:
        yield (
            f"{_number(len(done.waiting), 'proposal')} wait on the sheet Capture of "
            f"{done.address}: choose accept or decline there and run this again."
        )


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def cue_lines(told: Sequence[CueCount]) -> Iterator[str]:
    """Yield how often proposals of each cue were accepted."""
    if not told:
        yield "Nothing that was captured has been decided yet."
    for one in told:
        silent = "  silent: people declined it" if one.silent else ""
        yield f"{one.cue}: {one.accepted} accepted, {one.declined} declined{silent}"

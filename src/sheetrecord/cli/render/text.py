"""For people: one problem a line, then each deal's gate, then a summary."""

from collections.abc import Iterator, Sequence

from sheetrecord.app.validate import Checked
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.core.check import DealState
from sheetrecord.model.problem import Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def render(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return the text of one or more checks; colours are dropped when nobody sees them."""
    return joined(
        line for one in checked for line in _book(one, notes=notes, many=len(checked) > 1)
    )


def _book(one: Checked, *, notes: bool, many: bool) -> Iterator[str]:
    if many:
        yield bold(one.address)
    shown = [p for p in one.report.problems if notes or p.severity > Severity.NOTE]
    width = max((len(p.where.address) for p in shown), default=0)
    for problem in shown:
        yield _line(problem, width)
    deals = [line for deal in one.report.deals if (line := _deal(deal, one))]
    if shown and deals:
        yield ""
    yield from deals
    yield _summary(one, hidden=len(one.report.problems) - len(shown))


def _line(problem: Problem, width: int) -> str:
    word = "waived" if problem.waived else problem.severity.word
    colour = "green" if problem.waived else _COLOURS[problem.severity]
    place = bold(f"{problem.where.address:<{width}}")
    code = coloured(f"{problem.code} {word}", colour)
    return f"{place}  {code}  {problem.message}  {problem.do}".rstrip()


def _deal(deal: DealState, one: Checked) -> str:
    """Return one deal's line, or nothing when there is nothing to say of it."""
    mend = deal.to_handover - deal.waived
    if not deal.errors and not deal.warnings and not mend:
        return ""
    parts = []
    if mend > 0:
        parts.append(f"{mend} to mend before handover")
    elif deal.errors:
        parts.append(f"{deal.errors} error{_s(deal.errors)}")
    if deal.waived:
        parts.append(f"{deal.waived} waived")
    if deal.warnings:
        parts.append(f"{deal.warnings} warning{_s(deal.warnings)}")
    mine = [p for p in one.report.problems if p.deal_id == deal.deal_id and not p.waived]
    first = max(mine, key=lambda p: p.severity).code if mine else ""
    name = " ".join(part for part in (deal.client, deal.name) if part)
    why = f"  Run `sheetrecord explain {first}` for why." if first else ""
    return f"{bold(deal.deal_id)} {name}: {', '.join(parts)}.{why}"


def _summary(one: Checked, hidden: int) -> str:
    report = one.report
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    asof = report.record.settings.asof
    deals = len(report.deals)
    words = f"{errors} error{_s(errors)}, {warnings} warning{_s(warnings)}"
    if not errors and not warnings:
        words = "no problems"
    notes = f", {hidden} note{_s(hidden)} (--notes shows them)" if hidden else ""
    return f"{one.address}: {words}{notes} in {deals} deal{_s(deals)}, as of {asof}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"

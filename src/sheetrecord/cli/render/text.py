"""For people: one problem a line, errors first, by deal; then each deal's gate, then a summary."""

from collections.abc import Iterator, Sequence

from sheetrecord.app.validate import Checked
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.texts.checks import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.core.check import DealState
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.model.suggest import completed

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def render(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return the text of one or more checks; colours are dropped when nobody sees them."""
    return joined(
        line for one in checked for line in _book(one, notes=notes, many=len(checked) > 1)
    )


def _book(one: Checked, *, notes: bool, many: bool) -> Iterator[str]:
    says = Says(one.parsed.layout.language, TEXTS)
    if many:
        yield bold(one.address)
    shown = [p for p in one.report.problems if notes or p.severity > Severity.NOTE]
    width = max((len(p.where.address) for p in shown), default=0)
    for problem in _in_order(shown):
        yield _line(problem, width, says)
    deals = [line for deal in one.report.deals if (line := _deal(deal, one, says))]
    if shown and deals:
        yield ""
    yield from deals
    yield _summary(one, says, hidden=len(one.report.problems) - len(shown))


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems by deal, errors first: what concerns the whole workbook, then worst deals.

    Deals that are alike, and problems of one severity, stay in the order of the workbook.
    """
    worst: dict[str, int] = {}
    for one in problems:
        worst[one.deal_id] = max(worst.get(one.deal_id, 0), _weight(one))
    order = {deal: at for at, deal in enumerate(worst)}

    def place(one: Problem) -> tuple[bool, int, int, int]:
        return bool(one.deal_id), -worst[one.deal_id], order[one.deal_id], -_weight(one)

    return sorted(problems, key=place)


def _weight(problem: Problem) -> int:
    return 0 if problem.waived else int(problem.severity) + 1


def _line(problem: Problem, width: int, says: Says) -> str:
    word = says.say("waived" if problem.waived else problem.severity.word)
    colour = "green" if problem.waived else _COLOURS[problem.severity]
    place = bold(f"{problem.where.address:<{width}}")
    code = coloured(f"{problem.code} {word}", colour)
    return f"{place}  {code}  {problem.message}  {problem.do}".rstrip()


def _deal(deal: DealState, one: Checked, says: Says) -> str:
    """Return one deal's line, or nothing when there is nothing to say of it."""
    mend = deal.to_handover - deal.waived
    if not deal.errors and not deal.warnings and not mend:
        return ""
    parts = []
    if mend > 0:
        parts.append(says.count(mend, "mend"))
    elif deal.errors:
        parts.append(says.count(deal.errors, "error"))
    if deal.waived:
        parts.append(says.count(deal.waived, "waived"))
    if deal.warnings:
        parts.append(says.count(deal.warnings, "warning"))
    mine = [p for p in one.report.problems if p.deal_id == deal.deal_id and not p.waived]
    first = max(mine, key=lambda p: p.severity).code if mine else ""
    name = " ".join(part for part in (deal.client, deal.name) if part)
    why = f"  {completed(says.say('why', code=first), one.address)}" if first else ""
    return f"{bold(deal.deal_id)} {name}: {', '.join(parts)}.{why}"


def _summary(one: Checked, says: Says, hidden: int) -> str:
    report = one.report
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    parts = [says.count(errors, "error"), says.count(warnings, "warning")]
    if not errors and not warnings:
        parts = [says.say("none")]
    if hidden:
        parts.append(says.count(hidden, "note"))
    deals = says.count(len(report.deals), "deal")
    asof = report.record.settings.asof
    return says.say("sum", book=one.address, what=", ".join(parts), deals=deals, day=asof)

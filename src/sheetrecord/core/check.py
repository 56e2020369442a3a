"""Run every rule on a record: all problems at once, and the state of each deal's gate."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sheetrecord.core.custom_fields import own_demands
from sheetrecord.core.deals_without_id import Called, called
from sheetrecord.core.derive import derive
from sheetrecord.core.tell import Teller
from sheetrecord.core.unreadable import blind
from sheetrecord.model.problem import Problem, Severity, Where
from sheetrecord.rules import load_rules
from sheetrecord.rules.need import grouped
from sheetrecord.rules.rule import Found, Rule
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Record


class DealState(NamedTuple):
    """The gate of one deal, counted from its problems.

    ``gate_open`` items are missing for the present stage, ``to_handover`` for closing; of the
    latter ``waived`` have a waiver. ``row`` is the number of its row in the sheet Deal.
    """

    deal_id: str
    client: str
    name: str
    stage: str
    row: int
    gate_open: int
    to_handover: int
    waived: int
    errors: int
    warnings: int
    judged: bool = True

    @property
    def ready(self) -> bool:
        """True if the deal can be closed: every missing item has a waiver.

        Never where the gate cannot be judged because sheets cannot be read (``judged``).
        """
        return self.judged and self.to_handover <= self.waived


class Report(NamedTuple):
    """The result of a check; ``record`` has its derived columns computed."""

    problems: tuple[Problem, ...]
    deals: tuple[DealState, ...]
    record: Record

    def count(self, severity: Severity) -> int:
        """Return the number of problems of a severity, waived ones excluded."""
        return sum(p.severity is severity and not p.waived for p in self.problems)


class Selection(NamedTuple):
    """What to look at: one deal or all, a gate to judge by, codes to keep or leave out.

    Codes match by beginning: ``CTX`` is the whole family. ``gate_rank`` judges deals that are
    being sold or won as if they had come that far.
    """

    deal_id: str = ""
    gate_rank: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = {}


EVERYTHING = Selection()


def check(parsed: Parsed, choice: Selection = EVERYTHING) -> Report:
    """Run every rule on a record that was read."""
    settings = parsed.record.settings._replace(gate_rank=choice.gate_rank)
    raw = parsed.record._replace(settings=settings)
    record = derive(raw)
    if choice.deal_id:
        from sheetrecord.core.which_deal import meant_deal  # most checks are of all deals

        choice = choice._replace(deal_id=meant_deal(choice.deal_id, record.by_deal))
    by_name = called(raw, record)
    maker = _Maker(parsed, record, by_name, load_rules())
    problems = list(maker.all())
    sight = blind(parsed)
    problems = list(sight.said(_one_per_cell(problems)))
    problems = [_judged(p, by_name.record, choice.severities) for p in problems]
    deals = tuple(
        state
        for state in _states(by_name, problems, judged=sight.judges)
        if not choice.deal_id or state.deal_id == choice.deal_id
    )
    kept = sorted((p for p in problems if _wanted(p, choice)), key=_place(parsed))
    return Report(tuple(kept), deals, record)


class _Maker:
    """Turns findings of readers and rules into problems with a place and words."""

    def __init__(
        self, parsed: Parsed, record: Record, by_name: Called, rules: Mapping[str, Rule]
    ) -> None:
        self.parsed, self.record, self.by_name, self.rules = parsed, record, by_name, rules
        self.tell = Teller(parsed)
        self.sheets = {place.title: key for key, place in parsed.layout.sheets.items()}
        self.deal_of = {
            sheet: {row.row: str(row.deal_id) for row in by_name.record.rows(sheet)}
            for sheet in parsed.layout.sheets
        }

    def all(self) -> Iterator[Problem]:
        """Yield every problem, unsorted."""
        for finding in self.parsed.findings:
            yield self._read(finding)
        judged = self.by_name.record
        for code, where, deal_id, words, now, closing in own_demands(self.parsed, judged):
            problem = self._read(Finding(code, where, words))
            softly = code == "OWN-001" and not (now or closing)
            severity = Severity.WARNING if softly else problem.severity
            yield problem._replace(deal_id=deal_id, gate=now, handover=closing, severity=severity)
        deals = grouped(judged.by_deal.values())
        for rule in self.rules.values():
            if rule.book_check is not None:
                yield from self._of_book(rule, rule.book_check(self.record))
            if rule.deal_check is not None:
                for rows in deals[rule.needs]:
                    for found in rule.deal_check(rows, self.record.settings):
                        yield self._ruled(rule, found)

    def _of_book(self, rule: Rule, every: Iterable[Found]) -> Iterator[Problem]:
        """Yield what a rule found in the book, without deals that go by their name."""
        for found in every:
            if rule.code != "LINK-001" or found.row.get("deal_id") not in self.by_name.claimed:
                yield self._ruled(rule, found)

    def _read(self, finding: Finding) -> Problem:
        rule = self.rules[finding.code]
        where = finding.where
        sheet = self.sheets.get(where.sheet, where.sheet)
        words = dict(finding.words)
        if "column" in words:
            words["column"] = self.tell.column(finding.code, sheet, words["column"])
        deal_id = self.deal_of.get(sheet, {}).get(where.row, "")
        return self._problem(rule, rule.severity, where, words, deal_id)._replace(fix=finding.fix)

    def _ruled(self, rule: Rule, found: Found) -> Problem:
        row = found.row
        nameless = row.sheet == "Deal" and row.row in self.by_name.rows
        row_id = "" if nameless else row.id
        where = self.parsed.layout.where(row.sheet, row.row, found.key, row_id)
        severity = found.severity or rule.severity
        problem = self._problem(rule, severity, where, found.words, str(row.get("deal_id")))
        return problem._replace(gate=found.gate, handover=found.handover, fix=found.fix)

    def _problem(
        self,
        rule: Rule,
        severity: Severity,
        where: Where,
        words: Mapping[str, object],
        deal_id: str,
    ) -> Problem:
        message, do = self.tell(rule, words)
        return Problem(rule.code, rule.name, severity, where, message, do, deal_id)


def _one_per_cell(problems: Iterable[Problem]) -> list[Problem]:
    """Say once what is wrong with a cell: an unreadable value is not also a missing one.

    The unreadable cell keeps the gate shut just as the missing one would.
    """
    kept: list[Problem] = []
    unread: dict[tuple[str, int, int], int] = {}
    for problem in problems:
        where = problem.where
        place = (where.sheet, where.row, where.column)
        if problem.code.startswith("TYPE-") and problem.severity is Severity.ERROR:
            unread[place] = len(kept)
        elif where.column and place in unread and _asks(problem):
            i = unread[place]
            gate, handover = kept[i].gate or problem.gate, kept[i].handover or problem.handover
            kept[i] = kept[i]._replace(gate=gate, handover=handover, deal_id=problem.deal_id)
            continue
        kept.append(problem)
    return kept


def _asks(problem: Problem) -> bool:
    """Tell whether a problem is that nothing stands in a cell."""
    return problem.gate or problem.handover or problem.code == "OWN-001"


def _judged(problem: Problem, record: Record, severities: Mapping[str, str]) -> Problem:
    """Apply the firm's severities, which only the settings file may lower, and its waivers."""
    wanted = record.settings.severities.get(problem.code)
    severity = problem.severity
    if wanted is not None:
        severity = max(severity, Severity[wanted.upper()])
    if problem.code in severities:
        severity = Severity[severities[problem.code].upper()]
    waived = (problem.gate or problem.handover) and _is_waived(problem, record)
    return problem._replace(severity=severity, waived=waived)


def _is_waived(problem: Problem, record: Record) -> bool:
    """Tell whether a deal's waiver names this rule, with who, why and a day not yet past."""
    rows = record.by_deal.get(problem.deal_id)
    if rows is None or not rows.deal.waived:
        return False
    deal = rows.deal
    codes = {code.strip().upper() for code in deal.waived.replace(";", ",").split(",")}
    valid = deal.waived_by and deal.waived_why and deal.waived_until is not None
    return bool(valid and problem.code in codes and _until(deal.waived_until, record))


def _until(until: dt.date | None, record: Record) -> bool:
    return until is not None and until >= record.settings.asof


def _states(by_name: Called, problems: Iterable[Problem], *, judged: bool) -> Iterator[DealState]:
    """Yield each deal's gate as counted from its problems; a deal without an id is never ready."""
    record = by_name.record
    by_deal: dict[str, list[Problem]] = {deal_id: [] for deal_id in record.by_deal}
    for problem in problems:
        if problem.deal_id in by_deal:
            by_deal[problem.deal_id].append(problem)
    for deal_id, rows in record.by_deal.items():
        found = by_deal[deal_id]
        deal = rows.deal
        standing = [p for p in found if not p.waived]
        yield DealState(
            deal_id,
            deal.client,
            deal.deal_name,
            deal.stage,
            deal.row,
            sum(p.gate for p in found),
            sum(p.handover for p in found),
            sum(p.handover and p.waived for p in found),
            sum(p.severity is Severity.ERROR for p in standing),
            sum(p.severity is Severity.WARNING for p in standing),
            judged and deal.row not in by_name.rows,
        )


def _wanted(problem: Problem, choice: Selection) -> bool:
    if choice.deal_id and problem.deal_id != choice.deal_id:
        return False
    if choice.select and not problem.code.startswith(choice.select):
        return False
    return not (choice.ignore and problem.code.startswith(choice.ignore))


def _place(parsed: Parsed) -> Any:
    """Return a sort key: sheets in their order, then top to bottom, left to right."""
    order = {place.title: i for i, place in enumerate(parsed.layout.sheets.values())}

    def key(problem: Problem) -> tuple[int, str, int, int, str, str]:
        where = problem.where
        rank = order.get(where.sheet, len(order))
        return rank, where.sheet, where.row, where.column, problem.code, problem.message

    return key

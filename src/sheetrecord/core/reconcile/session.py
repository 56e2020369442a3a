"""One reconciliation run without input or output: workbook and new lines in, changes out."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.controls.identities import Balance, Total
from sheetrecord.core.reconcile.facts import (
    DUPLICATE,
    REPLACED,
    Allocation,
    BankLine,
    RowsRead,
    Tier,
)
from sheetrecord.core.reconcile.input.fee_lines import by_line
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide, TypedAmount, openings, overtyped
from sheetrecord.core.reconcile.input.line_ids import merge
from sheetrecord.core.reconcile.input.payouts import Payout, unpacked
from sheetrecord.core.reconcile.ledger.allocate import (
    Attribution,
    certain_rows,
    post,
    reversed_ids,
    undo,
)
from sheetrecord.core.reconcile.ledger.months import Month, corrected
from sheetrecord.core.reconcile.matching.index import FeeIndex
from sheetrecord.core.reconcile.matching.matcher import certain, propose
from sheetrecord.core.reconcile.matching.proposal import Proposal, Share
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.core.reconcile.review.account_rules import (
    AccountRule,
    AccountRules,
    learned,
    marked,
    reopened,
    silent,
    teaches,
)
from sheetrecord.core.reconcile.review.decide import Applied, apply
from sheetrecord.core.reconcile.review.questions import ReviewRow, answered, rows_of


class ImportedStatement(NamedTuple):
    """An imported statement: its printed balances, period and file hash."""

    balance: Balance
    begins: dt.date
    ends: dt.date
    sha: str = ""


class FinanceSheets(NamedTuple):
    """The content of a workbook's finance sheets."""

    lines: tuple[BankLine, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    review: tuple[ReviewRow, ...] = ()
    months: tuple[Month, ...] = ()
    statements: tuple[ImportedStatement, ...] = ()
    rules: tuple[AccountRule, ...] = ()


class RunRequest(NamedTuple):
    """The inputs and options of a run."""

    as_of: dt.date
    by: str
    files: tuple[tuple[BankLine, ...], ...] = ()
    """The booked lines of each file."""
    payouts: tuple[Payout, ...] = ()
    """What is inside a card processor's transfers."""
    statements: tuple[ImportedStatement, ...] = ()
    ledger: tuple[Total, ...] = ()
    post_certain: bool = True
    answers: bool = True
    """Whether the decisions that people typed are applied in this run."""
    settings: MatchSettings = MatchSettings()
    rows: RowsRead = RowsRead()
    """What became of the rows of the files."""


class RunResult(NamedTuple):
    """The state after a run, and what is new in it."""

    lines: tuple[BankLine, ...]
    added: tuple[BankLine, ...]
    categories: Mapping[str, str]
    """What is new in this run of lines that are no fee, by bank id; "" for one asked anew."""
    allocations: tuple[Allocation, ...]
    posted: tuple[Allocation, ...]
    review: tuple[ReviewRow, ...]
    proposals: tuple[Proposal, ...]
    """What stays open after posting."""
    statements: tuple[ImportedStatement, ...]
    problems: Mapping[str, str]
    """Decisions that could not be applied, by bank id."""
    findings: tuple[ControlException, ...]
    waiting: frozenset[str]
    """Fee lines whose typed money waits for an answer: their cells keep what was typed."""
    known: int
    answered: int
    rules: tuple[AccountRule, ...] = ()
    set_aside: tuple[str, ...] = ()
    """Bank ids of lines that account rules set aside in this run."""


def reconcile(side: FeeSide, held: FinanceSheets, ask: RunRequest) -> RunResult:
    """Apply decisions, import new lines, post certain matches, and return the remaining questions.

    Decisions and rows that cannot be applied are in ``problems``.
    """
    run = _Session(side, held, ask)
    run.decide()
    run.take_in()
    run.open_claims(early=True)
    run.post_certain()
    run.open_claims(early=False)
    return run.result()


class _Session:
    """The state while it changes; allocations only ever grow."""

    def __init__(self, side: FeeSide, held: FinanceSheets, ask: RunRequest) -> None:
        self.side, self.held, self.ask = side, held, ask
        self.index = FeeIndex(side.invoices, side.clients)
        self.lines = list(held.lines)
        self.added: list[BankLine] = []
        self.rows = list(held.allocations)
        self.asked = {row.bank_id for row in self.rows if row.reverses}
        self.asked |= {row.bank_id for row in held.review}
        self.categories: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        self.findings: list[ControlException] = list(side.findings)
        self.review = list(held.review)
        self.proposals: tuple[Proposal, ...] = ()
        self.waiting: set[str] = set()
        self.known = self.answered = 0
        self.rules = {rule.rule_id: rule for rule in held.rules}
        self.set_aside: list[str] = []
        self.categorise(dict.fromkeys(reopened(held.lines, self.rules), ""))
        turns = [int(a.decided_at.rpartition(" run ")[2] or 0) for a in self.rows if _run(a)]
        self.at = f"{ask.as_of.isoformat()} run {max(turns, default=0) + 1}"

    def stamp(self) -> Attribution:
        return Attribution(self.ask.by, self.at)

    def add(self, rows: Iterable[Allocation]) -> int:
        """Post rows, each on its fee line and in an open month; return how many were taken."""
        lines = {line.bank_id: line for line in self.lines}
        dated = corrected(self.held.months, rows)
        split = by_line(dated, self.rows, self.side.lines)
        taken, refused = post(self.rows, split, lines, self.side.invoices)
        clients = {key: invoice.client for key, invoice in self.side.by_key.items()}
        self.rows += [
            row._replace(proposed_at=self.at, client=clients.get(row.invoice_no, row.client))
            for row in taken
        ]
        for one in refused:
            self.problems[one.bank_id] = one.why
        return len(taken)

    def decide(self) -> None:
        """Apply the answers to the questions as they were shown: before anything new comes in."""
        if not (self.ask.answers and any(map(answered, self.review))):
            return
        verdict = propose(self.index, self.lines, self.rows, self.ask.settings)
        proposals = {p.bank_id: self.judged(p) for p in verdict.proposals}
        lines = {line.bank_id: line for line in self.lines}
        answers = [r if r.decided_by else r._replace(decided_by=self.ask.by) for r in self.review]
        done = apply(answers, proposals, lines, self.side.by_key, self.at, _posted(self.rows))
        self.settle(done)
        self.learn(done, proposals, lines)

    def learn(
        self, done: Applied, proposals: Mapping[str, Proposal], lines: Mapping[str, BankLine]
    ) -> None:
        """Remember, for the payer's next lines, what a person said is no fee."""
        who = {row.bank_id: row.decided_by or self.ask.by for row in self.held.review}
        for key, said in done.categories.items():
            p = proposals.get(key)
            if said in (DUPLICATE, REPLACED) or p is None or not teaches(p):
                continue
            by = who.get(key, self.ask.by)
            rule = learned(lines[key], said, by, self.ask.as_of.isoformat())
            if rule:
                self.rules.setdefault(rule.rule_id, rule)

    def categorise(self, said: Mapping[str, str]) -> None:
        """Say of lines what they are; "" asks anew."""
        if not said:
            return
        self.categories.update(said)
        self.lines = [x._replace(category=said.get(x.bank_id, x.category)) for x in self.lines]

    def settle(self, done: Applied) -> None:
        self.add(done.allocations)
        for text in done.problems:
            key, _, why = text.partition(": ")
            self.problems[key] = why
        failed = set(self.problems)
        self.categorise(done.categories)
        for key, said in done.categories.items():
            if said == REPLACED:
                self.take_back(key)
        self.answered = len(done.done - failed)
        self.review = [r for r in self.review if r.bank_id not in done.done - failed]

    def take_back(self, bank_id: str) -> None:
        """Reverse what a line settled that a corrected statement replaced."""
        gone = reversed_ids(self.rows)
        stood = [a for a in self.rows if a.bank_id == bank_id and not a.reverses]
        stamp, why = self.stamp(), "a corrected statement replaced the line"
        for one in [a for a in stood if a.alloc_id not in gone]:
            if one.alloc_id not in reversed_ids(self.rows):
                self.rows += corrected(self.held.months, undo(self.rows, one.alloc_id, stamp, why))

    def take_in(self) -> None:
        """Add the files' lines; their order does not matter, and known lines add nothing."""
        order = sorted(
            self.ask.files, key=lambda f: sorted((x.booked, x.amount, x.text) for x in f)
        )
        for lines in order:
            merged = merge(self.lines, lines)
            self.lines = list(merged.lines)
            self.added += merged.added
            self.known += merged.known
        self.lines = unpacked(self.lines, self.rows, self.ask.payouts)
        now = {line.bank_id: line for line in self.lines}
        self.added = [now[line.bank_id] for line in self.added]

    def judged(self, p: Proposal) -> Proposal:
        """Return a proposal as this run may use it: nothing is certain when it may not post.

        What somebody took back, or was asked about, is never posted without a person: a line is
        posted by itself when it is first seen or not at all, so that a second run adds nothing.
        """
        may = self.ask.post_certain and p.bank_id not in self.asked
        return p if may or p.tier is not Tier.CERTAIN else p._replace(tier=Tier.LIKELY)

    def match(self) -> None:
        verdict = propose(self.index, self.lines, self.rows, self.ask.settings)
        aside = self.aside(verdict.proposals)
        self.categorise(aside)
        self.set_aside += aside
        self.proposals = tuple(self.judged(p) for p in verdict.proposals if p.bank_id not in aside)

    def aside(self, proposals: Sequence[Proposal]) -> dict[str, str]:
        """Return what account rules say of lines that nothing else is known of, by bank id."""
        if not self.rules:
            return {}
        rules = AccountRules(self.rules.values())
        lines = {line.bank_id: line for line in self.lines}
        found = {p.bank_id: rules.of(lines[p.bank_id]) for p in proposals if silent(p)}
        return {key: marked(rule) for key, rule in found.items() if rule}

    def post_certain(self) -> None:
        lines = {line.bank_id: line for line in self.lines}
        before = set(self.problems)
        may = self.ask.post_certain
        found = certain(self.index, self.lines, self.rows, self.ask.settings) if may else []
        sure = [p for p in map(self.judged, found) if p.tier is Tier.CERTAIN]
        if self.add(certain_rows(sure, lines, self.stamp())):
            asked = [p for p in sure if p.ask and p.bank_id not in self.problems]
            self.review += rows_of(asked, lines)
        # The questions are those of the state that is kept, so that answers fit them. What
        # only now looks certain rests on what was just posted: it is asked, not posted.
        self.asked |= lines.keys()
        self.match()
        # What a law refused is no longer certain: a person must look at it.
        self.proposals = tuple(
            p._replace(tier=Tier.CHOOSE, ask=p.ask or "choose")
            if p.bank_id in self.problems.keys() - before
            else p
            for p in self.proposals
        )

    def open_claims(self, *, early: bool) -> None:
        """Carry over amounts typed before the bank's first line; later ones wait for the bank."""
        first = min((line.booked for line in self.lines), default=None)
        allocated = {row.fee_id for row in self.rows}
        questioned = {
            share.invoice_no
            for p in self.proposals
            for shares in (p.shares, *(o.shares for o in p.options))
            for share in shares
        }
        chosen: list[TypedAmount] = []
        for claim in self.side.claims:
            if claim.fee_id in allocated:
                continue
            proven = claim.kind.value == "cash" and claim.on and first and claim.on >= first
            if early and not proven:
                chosen.append(claim)
            elif not early and proven and claim.invoice_no in questioned:
                self.waiting.add(claim.fee_id)
            elif not early and proven:
                chosen.append(claim)
        self.rows += [
            row._replace(decided_by=self.ask.by, decided_at=self.at)
            for row in corrected(self.held.months, openings(chosen, self.side))
        ]

    def result(self) -> RunResult:
        lines = {line.bank_id: line for line in self.lines}
        return RunResult(
            tuple(self.lines),
            tuple(lines[line.bank_id] for line in self.added),
            self.categories,
            tuple(self.rows),
            tuple(self.rows[len(self.held.allocations) :]),
            tuple(rows_of(self.proposals, lines, self.review)),
            self.proposals,
            statements(self.held.statements, self.ask.statements),
            self.problems,
            (*self.findings, *overtyped(self.side.claims, self.rows, frozenset(self.waiting))),
            frozenset(self.waiting),
            self.known,
            self.answered,
            tuple(self.rules[key] for key in sorted(self.rules)),
            tuple(self.set_aside),
        )


def _run(row: Allocation) -> bool:
    return row.decided_at.rpartition(" run ")[2].isdigit()


def _posted(rows: Iterable[Allocation]) -> dict[str, tuple[Share, ...]]:
    """Return what each line has settled so far, by invoice."""
    sums: dict[str, dict[tuple[str, str], Share]] = {}
    for a in rows:
        if a.bank_id:
            shares = sums.setdefault(a.bank_id, {})
            old = shares.get((a.invoice_no, a.kind.value), Share(a.invoice_no, 0, a.kind, 0))
            new = Share(
                a.invoice_no, old.amount + a.amount, a.kind, old.bank_amount + a.bank_amount
            )
            shares[a.invoice_no, a.kind.value] = new
    return {key: tuple(s for s in shares.values() if s.amount) for key, shares in sums.items()}


def statements(
    held: Sequence[ImportedStatement], new: Iterable[ImportedStatement]
) -> tuple[ImportedStatement, ...]:
    """Return all statements without duplicates, by account and period."""
    known = {_identity(s): s for s in held}
    for one in new:
        known.setdefault(_identity(one), one)
    return tuple(sorted(known.values(), key=lambda s: (s.balance[:2], s.ends, s.begins, s.balance)))


def _identity(s: ImportedStatement) -> tuple[object, ...]:
    return (*s.balance[:5], s.begins, s.ends)


def consecutive(found: Sequence[ImportedStatement]) -> list[Balance]:
    """Return the balances of statements whose periods do not overlap, in order."""
    kept: list[Balance] = []
    ended: dict[tuple[str, str], dt.date] = {}
    for one in found:
        key = (one.balance.account, one.balance.currency)
        if key not in ended or one.begins > ended[key]:
            kept.append(one.balance)
            ended[key] = one.ends
    return kept

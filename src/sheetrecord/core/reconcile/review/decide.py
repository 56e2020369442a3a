"""Apply the decisions typed in Review: allocations, or a problem in words; nothing is guessed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import (
    CASH_KINDS,
    DUPLICATE,
    REPLACED,
    Allocation,
    AllocationKind,
    BankLine,
    Invoice,
)
from sheetrecord.core.reconcile.input.typed_invoices import (
    InvoiceLookup,
    TypedInvoice,
    entries,
    minor,
)
from sheetrecord.core.reconcile.ledger.allocate import (
    Attribution,
    exchanged,
    from_proposal,
    from_shares,
)
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.review.at_once import spread
from sheetrecord.core.reconcile.review.questions import (
    REASONS,
    ReviewRow,
    answered,
    options_of,
    token,
)
from sheetrecord.core.reconcile.text.not_ours import reads_as
from sheetrecord.model.money import to_major, to_minor


class Applied(NamedTuple):
    """The result of decisions: rows to post, lines that are no fee, and what stays open."""

    allocations: tuple[Allocation, ...]
    categories: Mapping[str, str]
    held: frozenset[str]
    problems: tuple[str, ...]
    done: frozenset[str]
    """Bank ids whose Review row can be cleared."""


def apply(
    rows: Sequence[ReviewRow],
    proposals: Mapping[str, Proposal],
    lines: Mapping[str, BankLine],
    invoices: Mapping[str, Invoice],
    at: str,
    posted: Mapping[str, tuple[Share, ...]] | None = None,
) -> Applied:
    """Return the result of the decided rows. Rows without a decision stay as they are.

    ``proposals`` and ``invoices`` are the present ones, by bank id and invoice key; ``at`` is the
    time of the decision (ISO 8601). ``posted`` gives what lines have settled already: the reason
    for a short payment may be given after its cash was posted.
    """
    run = _Apply(proposals, lines, invoices, at)
    run.posted = posted or {}
    clashes = _clashes(rows)
    for row in spread(rows):
        if row.bank_id not in clashes and answered(row):
            run.decide(row)
    problems = [f"{key}: decided twice and differently; keep one row." for key in sorted(clashes)]
    return Applied(
        tuple(run.allocations), run.categories, frozenset(run.held),
        (*problems, *run.problems), frozenset(run.done),
    )  # fmt: skip


def _clashes(rows: Sequence[ReviewRow]) -> set[str]:
    answers: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        if row.decision.strip():
            answer = (row.decision.strip().lower(), row.reason, row.other_invoices)
            answers.setdefault(row.bank_id, set()).add(answer)
    return {key for key, found in answers.items() if len(found) > 1}


class _Apply:
    """Works through the rows; each either lands in one of the lists or becomes a problem."""

    def __init__(
        self,
        proposals: Mapping[str, Proposal],
        lines: Mapping[str, BankLine],
        invoices: Mapping[str, Invoice],
        at: str,
    ) -> None:
        self.proposals, self.lines, self.invoices, self.at = proposals, lines, invoices, at
        self.posted: Mapping[str, tuple[Share, ...]] = {}
        self.allocations: list[Allocation] = []
        self.categories: dict[str, str] = {}
        self.held: set[str] = set()
        self.problems: list[str] = []
        self.done: set[str] = set()

    @cached_property
    def known(self) -> InvoiceLookup:
        return InvoiceLookup(self.invoices)

    def decide(self, row: ReviewRow) -> None:
        if row.bank_id in self.done:
            return
        p, line = self.proposals.get(row.bank_id), self.lines.get(row.bank_id)
        if p is None and line is not None and row.bank_id in self.posted and row.difference:
            self.late_reason(row, line)
            return
        if p is None or line is None:
            self.problem(row, "the line is settled or gone; nothing was done.")
            return
        choice = row.decision.strip().lower()
        if choice == "hold":
            self.held.add(row.bank_id)
        elif choice == "not a fee" or (choice == "duplicate" and p.ask == "duplicate-import"):
            told = row.comment.strip() or reads_as(line) or "other"
            said = DUPLICATE if choice == "duplicate" else told
            self.categories[row.bank_id] = said
            self.done.add(row.bank_id)
        elif choice == "replaces" and line.suspect:
            self.categories[line.suspect] = REPLACED
            self.done.add(row.bank_id)
        elif choice != "ask":
            self.post(row, p, line, choice)

    def late_reason(self, row: ReviewRow, line: BankLine) -> None:
        """Post the reason of a short payment whose cash was posted before."""
        shares = self.posted[row.bank_id]
        amount, _, where = row.difference.partition(" of ")
        short, _ = to_minor(Decimal(amount), line.currency)
        option = Option(shares, "", "")
        extra = self.reason(row, option, (short, where), row.decision.strip().lower())
        if isinstance(extra, str):
            self.problem(row, extra)
            return
        stamp = Attribution(row.decided_by, self.at)
        self.allocations += from_shares(line, extra, stamp, reason=row.reason, comment=row.comment)
        self.done.add(row.bank_id)

    def post(self, row: ReviewRow, p: Proposal, line: BankLine, choice: str) -> None:
        if row.token != token(p) and not row.other_invoices.strip():
            self.problem(row, "the suggestion has changed since it was shown; decide again.")
            return
        found = self.rows(row, p, line, choice)
        if isinstance(found, str):
            self.problem(row, found)
            return
        self.allocations += found
        self.done.add(row.bank_id)

    def rows(
        self, row: ReviewRow, p: Proposal, line: BankLine, choice: str
    ) -> list[Allocation] | str:
        """Return the rows a decision comes to, or what is wrong in words."""
        stamp = Attribution(row.decided_by, self.at)
        if row.other_invoices.strip():
            shares = self.typed(row.other_invoices, line)
            if isinstance(shares, str):
                return shares
            return self.typed_rows(row, shares, line, stamp)
        options = options_of(p)
        at = self.option(row, options, choice)
        if isinstance(at, str):
            return at
        option = options[at]
        short = (p.short if at == 0 and p.shares else 0, p.short_on)
        extra = self.reason(row, option, short, choice)
        if isinstance(extra, str):
            return extra
        shares = (*option.shares, *extra)
        rate = p.rate or _rate(shares, line, self.invoices)
        if at == 0 and p.shares:
            accepted = p._replace(shares=shares, rate=rate)
            return [
                a._replace(reason=row.reason or a.reason, comment=row.comment)
                for a in from_proposal(line, accepted, stamp)
            ]
        return from_shares(
            line, shares, stamp, reason=row.reason or choice, comment=row.comment, rate=rate
        )

    def option(self, row: ReviewRow, options: Sequence[Option], choice: str) -> int | str:
        """Return which of the options a decision takes, or why it takes none."""
        if choice.endswith(" all"):
            return f"{row.decision!r} takes likely suggestions alone: decide this one by itself."
        letters = {"": 0, "a": 0, "b": 1, "c": 2, "part": 0, "duplicate": _duplicate(options)}
        at = letters.get(choice, -1)
        return at if 0 <= at < len(options) else f"{row.decision!r} cannot be chosen here."

    def typed_rows(
        self, row: ReviewRow, shares: Sequence[Share], line: BankLine, stamp: Attribution
    ) -> list[Allocation]:
        """Return the rows of typed shares: the rate stands on those in another currency."""
        own = [s for s in shares if self.invoices[s.invoice_no].currency == line.currency]
        foreign = [s for s in shares if s not in own]
        rate = _rate(foreign, line, self.invoices)
        words = {"reason": row.reason, "comment": row.comment}
        return [
            *from_shares(line, own, stamp, **words),
            *from_shares(line, foreign, stamp, **words, rate=rate),
        ]

    def reason(
        self, row: ReviewRow, option: Option, short: tuple[int, str], choice: str
    ) -> tuple[Share, ...] | str:
        """Return the share that a short payment's reason settles; part and dispute stay open."""
        reason = row.reason.strip().lower() or (row.offered if choice == "a" else "")
        amount, where = short
        if not amount or choice == "part" or reason in ("part", "dispute"):
            return ()
        if not reason:
            return "the payment is short: choose a reason (or part)."
        if reason not in REASONS:
            return f"{row.reason!r} is not a reason. Use {', '.join(REASONS)}."
        where = where or max(option.shares, key=lambda s: s.amount).invoice_no
        return (Share(where, amount, AllocationKind(reason)),)

    def typed(self, text: str, line: BankLine) -> tuple[Share, ...] | str:
        """Return the shares a person typed; an amount left out is what the line has left.

        What is in other currencies shares, by its amounts, what the line's own currency leaves.
        """
        shares: list[Share] = []
        free = left = line.amount - sum(s.bank_amount for s in self.posted.get(line.bank_id, ()))
        for entry in entries(text, self.known):
            share = self.entry(entry, left, line)
            if isinstance(share, str):
                return share
            shares.append(share)
            left -= share.bank_amount
        own = [s for s in shares if self.invoices[s.invoice_no].currency == line.currency]
        foreign = [s for s in shares if s not in own]
        rest = free - sum(s.bank_amount for s in own)
        return (*own, *exchanged(foreign, rest)) if foreign else tuple(shares)

    def entry(self, entry: TypedInvoice, left: int, line: BankLine) -> Share | str:
        invoice = self.invoices.get(entry.number)
        if invoice is None:
            return f"there is no invoice {entry.number}."
        amount = minor(entry.amount, invoice.currency) if entry.amount else left
        if amount is None:
            return f"{entry.amount} is not an amount in {invoice.currency}: write it as 1000.00."
        cash = entry.kind in CASH_KINDS
        bank = (amount if invoice.currency == line.currency else left) if cash else 0
        return Share(entry.number, amount, entry.kind, bank)

    def problem(self, row: ReviewRow, why: str) -> None:
        self.problems.append(f"{row.bank_id}: {why}")


def _duplicate(options: Sequence[Option]) -> int:
    held = [
        i
        for i, option in enumerate(options)
        if any(s.kind is AllocationKind.OVERPAYMENT_HELD for s in option.shares)
    ]
    return held[0] if held else -1


def _rate(shares: Sequence[Share], line: BankLine, invoices: Mapping[str, Invoice]) -> str:
    """Return the explicit rate of a payment in another currency, as the person confirmed it."""
    for share in shares:
        invoice = invoices.get(share.invoice_no)
        if invoice and invoice.currency != line.currency and share.bank_amount:
            ours = to_major(share.bank_amount, line.currency)
            rate = to_major(share.amount, invoice.currency) / ours
            return str(rate.quantize(Decimal("0.00000001")).normalize())
    return ""

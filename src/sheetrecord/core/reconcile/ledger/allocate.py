"""Turn accepted proposals into allocations (append-only), and reverse them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import (
    CASH_KINDS,
    Allocation,
    AllocationKind,
    BankLine,
    Invoice,
    Tier,
)
from sheetrecord.core.reconcile.ledger.invariants import BrokenInvariant, Sums, broken
from sheetrecord.core.reconcile.matching.index import keys_of
from sheetrecord.core.reconcile.matching.proposal import VERSION, Proposal, Share
from sheetrecord.model.money import split


class Attribution(NamedTuple):
    """Who decided, and when (ISO 8601); recorded as claimed, not authenticated."""

    by: str
    at: str
    """ISO 8601."""
    on: dt.date | None = None
    """The day to book on when the line's own month is closed."""


def from_proposal(line: BankLine, proposal: Proposal, stamp: Attribution) -> list[Allocation]:
    """Return the allocations that post a proposal as it is."""
    base = _row(line, stamp)._replace(
        rule=f"{proposal.rule}/{VERSION}",
        tier=proposal.tier.value,
        evidence=proposal.evidence,
        rate=proposal.rate,
        client=proposal.client,
        reason="contract" if proposal.rule in ("R15-quoted-terms", "R25-name-terms") else "",
    )
    return _rows(base, line, net_credits(proposal.shares))


def from_shares(
    line: BankLine, shares: Iterable[Share], stamp: Attribution, *,
    reason: str = "", comment: str = "", rate: str = "",
) -> list[Allocation]:  # fmt: skip
    """Return the allocations that post a person's decision."""
    base = _row(line, stamp)._replace(
        rule="person", tier="chosen", reason=reason, comment=comment, rate=rate
    )
    return _rows(base, line, net_credits(tuple(shares)))


def _row(line: BankLine, stamp: Attribution) -> Allocation:
    on = stamp.on or line.booked
    return Allocation(
        "", line.bank_id, "", 0, line.currency, AllocationKind.CASH, on,
        decided_by=stamp.by, decided_at=stamp.at, month=f"{on:%Y-%m}", source_sha=line.source.sha,
    )  # fmt: skip


def _rows(base: Allocation, line: BankLine, shares: Sequence[Share]) -> list[Allocation]:
    rows = []
    for share in shares:
        bank = share.bank_amount if share.kind in CASH_KINDS else 0
        row = base._replace(
            invoice_no=share.invoice_no, amount=share.amount, kind=share.kind, bank_amount=bank
        )
        rows.append(
            row if base.rate or not bank or bank == share.amount else row._replace(rate="?")
        )
    if line.original and base.rate:
        rows = [row._replace(currency=line.original.currency) for row in rows]
    return rows


def net_credits(shares: Sequence[Share]) -> tuple[Share, ...]:
    """Replace credit notes inside a payment by pairs of credit rows that add up to zero.

    A payment of 900 for an invoice of 1,000 less a credit note of 100 becomes 900 cash and 100
    credit on the invoice, and 100 credit used of the note.
    """
    credits_ = [s for s in shares if s.amount < 0 and s.kind is AllocationKind.CASH]
    owed = [s for s in shares if s not in credits_]
    if not credits_ or not any(s.kind is AllocationKind.CASH for s in owed):
        return tuple(shares)
    result = list(owed)
    for note in credits_:
        result.append(Share(note.invoice_no, note.amount, AllocationKind.CREDIT))
        if not _credit(result, -note.amount):
            return tuple(shares)
    return tuple(s for s in result if s.amount)


def _credit(shares: list[Share], left: int) -> bool:
    """Make credit of so much cash, the largest share's first; False when there is too little."""
    while left:
        cash = [i for i, s in enumerate(shares) if s.kind is AllocationKind.CASH and s.amount > 0]
        if not cash:
            return False
        at = max(cash, key=lambda i: (shares[i].amount, -i))
        share = shares[at]
        part = min(left, share.amount)
        bank = share.bank_amount - part
        shares[at] = share._replace(amount=share.amount - part, bank_amount=bank)
        shares.append(Share(share.invoice_no, part, AllocationKind.CREDIT))
        left -= part
    return True


def exchanged(shares: Sequence[Share], bank_amount: int) -> tuple[Share, ...]:
    """Return shares with the bank's amount split over the cash ones, for a currency conversion.

    Credit notes are netted first, in the invoices' own currency: only the rest is cash. Amounts are
    in minor units.
    """
    netted = net_credits(shares)
    cash = [i for i, s in enumerate(netted) if s.kind in CASH_KINDS and s.amount]
    parts = split(bank_amount, [abs(netted[i].amount) for i in cash]) if cash else []
    of = dict(zip(cash, parts, strict=True))
    return tuple(s._replace(bank_amount=of.get(i, 0)) for i, s in enumerate(netted))


def post(
    existing: Sequence[Allocation],
    new: Sequence[Allocation],
    lines: Mapping[str, BankLine],
    invoices: Sequence[Invoice],
) -> tuple[list[Allocation], list[BrokenInvariant]]:
    """Return the new rows that may be added, with their ids, and those refused.

    The rows of one bank line are accepted or refused together. Invariants: a line never gives more
    than its amount, an invoice never gets more than is open (held overpayments excepted),
    currencies are the same unless a rate is recorded, and no row goes to a void or unknown invoice.
    """
    sums = Sums(existing)
    ids: dict[str, int] = {}
    for row in existing:
        _number(row, ids)
    by_key = dict(zip(keys_of(invoices), invoices, strict=True))
    added: list[Allocation] = []
    refused: list[BrokenInvariant] = []
    for group in _by_line(new):
        why = broken(group, lines, by_key, sums)
        if why:
            refused.append(_with_holder(why, [*existing, *added]))
            continue
        for row in group:
            named = _with_id(row, ids)
            sums.add(named)
            _number(named, ids)
            added.append(named)
    return added, refused


def _with_holder(refused: BrokenInvariant, rows: Sequence[Allocation]) -> BrokenInvariant:
    """Say which allocation has what a refused one wants, so that a wrong one can be taken back."""
    holders = [
        row
        for row in in_force(rows)
        if row.invoice_no == refused.invoice_no and row.bank_id not in ("", refused.bank_id)
    ]
    if not refused.invoice_no or not holders:
        return refused
    last = max(holders, key=lambda row: (row.on, row.alloc_id))
    rule = last.rule.partition("/")[0]
    why = f"{refused.why} {last.alloc_id} of {last.on} has it ({rule}): undo that if it is wrong."
    return refused._replace(why=why)


def _by_line(rows: Sequence[Allocation]) -> list[list[Allocation]]:
    groups: dict[str, list[Allocation]] = {}
    for n, row in enumerate(rows):
        groups.setdefault(row.bank_id or f"#{n}", []).append(row)
    # By day, so that a returned payment finds the receipt it takes back.
    return sorted(groups.values(), key=lambda group: (group[0].on, group[0].bank_id))


def _number(row: Allocation, ids: dict[str, int]) -> None:
    ids[_base(row)] = ids.get(_base(row), 0) + 1


def _base(row: Allocation) -> str:
    parts = (row.bank_id, row.invoice_no, row.kind.value, str(row.amount), row.reverses)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _with_id(row: Allocation, ids: Mapping[str, int]) -> Allocation:
    base = _base(row)
    n = ids.get(base, 0)
    return row._replace(alloc_id=f"A-{base}" + (f"-{n + 1}" if n else ""))


def undo(
    allocations: Sequence[Allocation], alloc_id: str, stamp: Attribution, reason: str
) -> list[Allocation]:
    """Return the rows that reverse an allocation and those posted with it by one decision.

    Nothing is deleted. Raises KeyError for an unknown id, and ValueError for a row that is reversed
    already or is itself a reversal.
    """
    found = next((a for a in allocations if a.alloc_id == alloc_id), None)
    if found is None:
        raise KeyError(alloc_id)
    gone = reversed_ids(allocations)
    if found.reverses or alloc_id in gone:
        raise ValueError(f"{alloc_id} is already taken back.")
    family = [
        a
        for a in allocations
        if a.bank_id == found.bank_id
        and (a.bank_id or a.alloc_id == alloc_id)
        and a.decided_at == found.decided_at
        and not a.reverses
        and a.alloc_id not in gone
    ]
    on = stamp.on or found.on
    return [
        a._replace(
            alloc_id=f"{a.alloc_id}-R",
            amount=-a.amount,
            bank_amount=-a.bank_amount,
            reverses=a.alloc_id,
            reason=reason,
            decided_by=stamp.by,
            decided_at=stamp.at,
            on=on,
            month=f"{on:%Y-%m}",
        )
        for a in family
    ]


def reversed_ids(allocations: Iterable[Allocation]) -> frozenset[str]:
    """Return the ids of allocations that a later row reverses."""
    return frozenset(a.reverses for a in allocations if a.reverses)


def in_force(allocations: Sequence[Allocation]) -> list[Allocation]:
    """Return the effective rows: neither reversed nor a reversal."""
    gone = reversed_ids(allocations)
    return [a for a in allocations if not a.reverses and a.alloc_id not in gone]


def certain_rows(
    proposals: Iterable[Proposal], lines: Mapping[str, BankLine], stamp: Attribution
) -> list[Allocation]:
    """Return the allocations of proposals that may be posted without a person (`Tier.CERTAIN`)."""
    rows: list[Allocation] = []
    for proposal in proposals:
        if proposal.tier is Tier.CERTAIN:
            rows += from_proposal(lines[proposal.bank_id], proposal, stamp)
    return rows

"""The rows of the Review sheet: questions and the decisions typed beside them."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, Tier
from sheetrecord.core.reconcile.matching.proposal import RULES, Option, Proposal
from sheetrecord.core.reconcile.text.not_ours import reads_as
from sheetrecord.core.reconcile.text.reason_words import reason_in
from sheetrecord.model.money import to_major

CHOICES: Final = (
    "A", "A all", "B", "C", "part", "part all", "not a fee", "not a fee all", "duplicate",
    "replaces", "hold", "ask",
)  # fmt: skip
_ALIKE: Final = {
    **dict.fromkeys(("R22-name-amount", "R23-interchangeable"), "name and exact amount"),
    **dict.fromkeys(
        ("R25-name-terms", "R26-instalments", "R27-name-subset"), "name, and amounts that add up"
    ),
    **dict.fromkeys(
        ("R11-quoted-exact", "R12-quoted-stranger", "R13-quoted-subset", "R16-original",
         "R18-quoted-charges", "R20-near-number", "R21-order-number"),
        "a quoted number, and amounts that add up",
    ),
}  # fmt: skip
"""Rules whose questions a person judges alike: by the name, by sums, by what is quoted."""
REASONS: Final = (
    "bank_fee", "wht", "discount", "retention", "write_off", "fx_difference", "part", "dispute",
)  # fmt: skip


class ReviewRow(NamedTuple):
    """One question; ``decision`` and the fields after it are typed by a person."""

    bank_id: str
    booked: str
    payer: str
    reference: str
    amount: str
    a: str
    b: str
    c: str
    difference: str
    tier: str
    ask: str
    token: str
    """What was shown, as a hash: an answer to something else is not applied."""
    decision: str = ""
    reason: str = ""
    other_invoices: str = ""
    """``INV-1 500.00; INV-2; INV-3 10.00 bank_fee``: number, amount when not all, kind."""
    decided_by: str = ""
    comment: str = ""
    kind: str = ""
    """What all questions alike have in common: one answer may do for all of them."""
    offered: str = ""
    """The reason for a short payment that its text names; accepting A takes it."""


def answered(row: ReviewRow) -> bool:
    """Return True if a person answered; a reason that the text itself names is only offered."""
    return bool(row.decision.strip() or row.other_invoices.strip() or row.reason.strip())


def rows_of(
    proposals: Iterable[Proposal], lines: Mapping[str, BankLine], before: Iterable[ReviewRow] = ()
) -> list[ReviewRow]:
    """Return the questions, largest amount first.

    What a person typed beside an unchanged question is kept. Certain proposals are not asked,
    except for the reason of a short payment; neither is money out to anybody who is not a client.
    """
    before, proposals = list(before), list(proposals)
    typed = {(row.bank_id, row.token): row for row in before}
    now = {p.bank_id for p in proposals}
    # The cash of a short payment is posted; the question for its reason stays until answered.
    rows = [
        row._replace(offered=reason_in(row.reference))
        for row in before
        if row.ask == "short-reason-needed" and row.bank_id not in now
    ]
    for p in proposals:
        asked = p.tier is not Tier.CERTAIN or p.ask
        if not asked or p.rule == "R52-outgoing":
            continue
        row = _row(p, lines[p.bank_id])
        old = typed.get((row.bank_id, row.token))
        rows.append(row._replace(**_typed(old)) if old else row)
    return sorted(rows, key=lambda r: (-abs(lines[r.bank_id].amount), r.booked, r.bank_id))


def _typed(row: ReviewRow) -> dict[str, str]:
    names = ("decision", "reason", "other_invoices", "decided_by", "comment")
    return {name: getattr(row, name) for name in names}


def _row(p: Proposal, line: BankLine) -> ReviewRow:
    options = options_of(p)
    texts = [_escape(option.evidence) for option in options[:3]] + [""] * 3
    offered = reason_in(line.text) if p.short else ""
    return ReviewRow(
        p.bank_id,
        line.booked.isoformat(),
        _escape(line.payer),
        _escape(line.text),
        str(to_major(line.amount, line.currency)),
        texts[0],
        texts[1],
        texts[2],
        _difference(p, line),
        p.tier.value,
        p.ask,
        token(p),
        kind=_kind(p, line, offered),
        offered=offered,
    )


def _kind(p: Proposal, line: BankLine, offered: str) -> str:
    """Return what a question has in common with others, in words."""
    kind = _ALIKE.get(p.rule) or RULES[p.rule]
    if p.rule == "R53-not-ours":
        kind += f": {reads_as(line)}"
    elif p.rule == "R60-unmatched":
        kind += f": {line.payer.strip() or line.text.strip()}"[:80]
    elif p.short and offered:
        kind += f"; the text says {offered}"
    return kind


def _difference(p: Proposal, line: BankLine) -> str:
    """Return what is short and of which invoice: ``5.00 of INV-0142``."""
    if not p.short:
        return ""
    amount = str(to_major(p.short, line.currency))
    return f"{amount} of {p.short_on}" if p.short_on else amount


def options_of(p: Proposal) -> list[Option]:
    """Return the options that a person can choose from: A, B, C."""
    first = [Option(p.shares, p.rule, p.evidence)] if p.shares else []
    return [*first, *(o for o in p.options if o.shares)]


def _escape(text: str) -> str:
    """Keep a text from the bank a text: a cell that starts like a formula would be run."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def token(p: Proposal) -> str:
    """Return the identity of a question, made from the options shown."""
    shown = [f"{s.invoice_no}:{s.amount}:{s.kind.value}" for o in options_of(p) for s in o.shares]
    return hashlib.sha256("|".join([p.bank_id, p.ask, *shown]).encode()).hexdigest()[:12]

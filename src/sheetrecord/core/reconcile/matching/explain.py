"""Explain how one bank line was matched, and what else was considered."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, BankLine, Invoice, PayingClient, Tier
from sheetrecord.core.reconcile.matching.matcher import Tried, match
from sheetrecord.core.reconcile.matching.proposal import RULES, Option, Proposal
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.model.money import Money, to_major


class Explanation(NamedTuple):
    """How a line was matched, and by which rules it was tried."""

    line: BankLine
    proposal: Proposal | None
    posted: tuple[Allocation, ...]
    tried: tuple[Tried, ...]

    def text(self) -> str:
        """Return the explanation as lines of text."""
        line = self.line
        said = [f"{came(line)} {line.booked:%Y}"]
        if line.text:
            said.append(f"reference: {line.text}")
        if line.category:
            said.append(f"no fee, it is said: {line.category}")
        if self.posted:
            said.append("posted:")
            said += [f"  {a.alloc_id} {_row(a)}" for a in self.posted]
        if self.proposal:
            said += _proposal(self.proposal, line)
        said.append("rules tried, in order:")
        said += [f"  {'yes' if t.fired else 'no '}  {t.rule}: {t.why}" for t in self.tried] or [
            "  none: the line is settled or a person said what it is"
        ]
        return "\n".join(said)


def _row(row: Allocation) -> str:
    amount = Money(row.amount, row.currency)
    by = f" by {row.decided_by}" if row.decided_by else ""
    back = f" (takes back {row.reverses})" if row.reverses else ""
    return f"{amount} {row.kind.value} → {row.invoice_no}, {row.rule}{by}{back}"


def _proposal(p: Proposal, line: BankLine) -> list[str]:
    said = [f"read as ({p.tier.value}): {RULES.get(p.rule, p.rule)}", f"  {p.evidence}"]
    said += [
        f"  {to_major(s.amount, line.currency):,} {s.kind.value} → {s.invoice_no}" for s in p.shares
    ]
    if p.short:
        said.append(f"  short by {Money(p.short, line.currency)}: the reason must be a person's")
    if p.interchangeable:
        said.append("  interchangeable: equal invoices of one client; the oldest stands for them")
    if not p.searched:
        said.append("  not searched to the end: there are too many open items, not none")
    said += ["other readings:", *(f"  {o.evidence}" for o in p.options)] if p.options else []
    return said


def explain(
    bank_id: str,
    invoices: Sequence[Invoice],
    lines: Sequence[BankLine],
    clients: Iterable[PayingClient] = (),
    allocations: Sequence[Allocation] = (),
    settings: MatchSettings = MatchSettings(),  # noqa: B008 -- an immutable tuple
) -> Explanation:
    """Return why a line is read as it is now. Raises KeyError for a line that is not there."""
    line = next((line for line in lines if line.bank_id == bank_id), None)
    if line is None:
        raise KeyError(bank_id)
    verdict = match(invoices, lines, clients, allocations, settings, trace=bank_id)
    posted = tuple(a for a in allocations if a.bank_id == bank_id)
    return Explanation(line, verdict.of(bank_id), posted, verdict.tried)


def came(line: BankLine) -> str:
    """Return amount, payer and date of a line: ``320.00 GBP from NORTHWIND LTD on 3 Mar``."""
    who = line.payer.strip() or line.text.strip() or line.structured or line.ref
    who = who or ("somebody" if line.amount < 0 else "an unknown payer")
    way = "to" if line.amount < 0 else "from"
    return f"{Money(abs(line.amount), line.currency)} {way} {who} on {line.booked:%-d %b}"


def sentence(line: BankLine, proposal: Proposal) -> str:
    """Return a sentence for the Review sheet: what fits, and what the person is to do.

    "14,320.00 GBP from NORTHWIND LTD on 3 Mar fits INV-0142 + INV-0147 or INV-0139. Choose one."
    """
    start = came(line)
    ways = [_ways(Option(proposal.shares, "", ""))] if proposal.shares else []
    ways += [_ways(option) for option in proposal.options if option.shares]
    if proposal.ask == "duplicate-payment":
        return f"{start} looks like a second payment: {proposal.evidence}."
    if not ways and line.amount < 0:
        return f"{start} is owed to nobody we know of. Say what it is."
    if not ways:
        return f"{start} fits no open invoice. Say what it is."
    if proposal.short and proposal.ask == "short-reason-needed":
        return f"{start} is {_short(line, proposal)}"
    if proposal.tier is Tier.CERTAIN:
        return f"{start} is {ways[0]}."
    do = "Choose one." if len(ways) > 1 else "Accept, or say what it is."
    return f"{start} fits {' or '.join(dict.fromkeys(ways))}. {do}"


def _short(line: BankLine, proposal: Proposal) -> str:
    off = Money(proposal.short, line.currency)
    where = proposal.short_on or _ways(Option(proposal.shares, "", ""))
    if proposal.tier is Tier.CERTAIN:
        return f"{off} short of {where}. Say why in Review."
    return f"{off} short of {where}. Accept it as a part, or say why."


def _ways(option: Option) -> str:
    return " + ".join(dict.fromkeys(share.invoice_no for share in option.shares))

"""Words for small books in tests: invoices and bank lines in one row each."""

import datetime as dt

from sheetrecord.core.reconcile.facts import BankLine, Invoice, PayingClient
from sheetrecord.core.reconcile.ledger.allocate import (
    Attribution,
    certain_rows,
    from_proposal,
    post,
)
from sheetrecord.core.reconcile.matching.matcher import match

STAMP = Attribution("ana", "2026-06-01T09:00:00")


def day(text):
    """``3 Mar`` of 2026, or an ISO date."""
    if "-" in text:
        return dt.date.fromisoformat(text)
    return dt.datetime.strptime(f"{text} 2026", "%d %b %Y").replace(tzinfo=dt.UTC).date()


def minor(text):
    return round(float(text.replace(",", "")) * 100)


def inv(number, client, issued, gross, currency="GBP", **more):
    """An invoice due 30 days after its issue."""
    issued = day(issued)
    due = more.pop("due", None)
    due = day(due) if due else issued + dt.timedelta(days=30)
    return Invoice(number, client, issued, due, minor(gross), currency, **more)


def line(booked, amount, payer, text="", currency="GBP", **more):
    """A bank line; its id is its content unless given."""
    found = BankLine("MAIN", day(booked), minor(amount), currency, payer, text, **more)
    return found if found.bank_id else found._replace(bank_id=f"{booked}|{amount}|{payer}|{text}")


def clients(*names, **more):
    return [PayingClient(name, name, **more) for name in names]


def run(invoices, lines, who=(), allocations=(), **more):
    """What the matcher says: {text of the line: (rule number, tier, {invoice: amount})}."""
    verdict = match(invoices, lines, who, allocations, **more)
    by = {x.bank_id: x for x in lines}
    return {by[p.bank_id].text: short(p) for p in verdict.proposals}


def one(invoices, bank_line, who=(), allocations=(), **more):
    """The proposal for one line."""
    return match(invoices, [bank_line], who, allocations, **more).proposals[0]


def short(p):
    return p.rule.split("-")[0], p.tier.value, {s.invoice_no: s.amount / 100 for s in p.shares}


def posted(invoices, lines, who=(), *, everything=False):
    """Post what is certain (or every proposal) and return (allocations, verdict)."""
    verdict = match(invoices, lines, who)
    by = {x.bank_id: x for x in lines}
    rows = certain_rows(verdict.proposals, by, STAMP)
    if everything:
        rows = [r for p in verdict.proposals for r in from_proposal(by[p.bank_id], p, STAMP)]
    added, refused = post([], rows, by, invoices)
    assert not refused, refused
    return added, verdict

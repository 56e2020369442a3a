"""Rules that rest on a quoted invoice number; only these may be certain."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from sheetrecord.core.reconcile.facts import AllocationKind, BankLine, Tier
from sheetrecord.core.reconcile.ledger.allocate import exchanged
from sheetrecord.core.reconcile.matching.options import choose, major, short_of, spread_short, texts
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.matching.quoting import (
    Payer,
    QuoteReading,
    exact_readings,
    near_rivals,
    payer_says,
    quoted_items,
    rivals,
    settle_tie,
)
from sheetrecord.core.reconcile.matching.state import MatchRun
from sheetrecord.model.money import to_major

_PROFORMA_DAYS: Final = 7
_FAR_DAYS: Final = 60


def quoted_exact(run: MatchRun, line: BankLine) -> Proposal | None:
    """R11, R12, R38: what is quoted adds up to the line."""
    readings = exact_readings(run, line, line.amount, line.currency)
    if not readings:
        return None
    best = settle_tie(run, line, readings)
    reading = best[0]
    says = payer_says(run, line, reading.items)
    why = f"'{texts(run, line)}' quoted; the open amounts are the line's {run.say(line)}"
    option = run.option(reading.items, "R11-quoted-exact", why)
    if line.amount < 0:
        turned = tuple(_refunded(run, share) for share in option.shares)
        option = option._replace(shares=turned)
    others = tuple(run.option(r.items, "R11-quoted-exact", why) for r in best[1:4])
    if says is Payer.CONTRADICTS and _named_elsewhere(run, line, reading):
        return None
    agrees = says is Payer.AGREES
    if len(best) > 1 or says is Payer.CONTRADICTS:
        return _unclear(run, line, (option, *others), says)
    if not agrees and not reading.plain:
        return None
    if not agrees and _stranger(run, line):
        return _unclear(run, line, (option,), says)
    rule = "R11-quoted-exact" if agrees else "R12-quoted-stranger"
    doubt = reading.skipped or _doubtful(run, line, reading.items, says)
    tier = Tier.LIKELY if doubt else Tier.CERTAIN
    who = f"; payer {line.payer!r} {says.value}" if line.payer else "; no payer is named"
    client = run.invoices[reading.items[0]].client
    return Proposal(line.bank_id, rule, tier, option.shares, option.evidence + who, client=client)


def _doubtful(run: MatchRun, line: BankLine, items: Sequence[int], says: Payer) -> bool:
    """Whether another invoice may be meant than the one whose number and amount agree."""
    unknown = says is not Payer.AGREES and (_reused(run, items) or _mixed(run, items))
    return unknown or _early(run, line, items) or _contested(run, line, items, says)


def _unclear(run: MatchRun, line: BankLine, readings: tuple[Option, ...], says: Payer) -> Proposal:
    """Return what is quoted exactly as a question: several readings, or a payer that is not it."""
    first = readings[0]
    if says is Payer.CONTRADICTS:
        ask = f"{first.evidence}; but the payer is like another client"
        first = first._replace(evidence=ask)
        return choose(run, line, "R38-contradiction", (first, *readings[1:]))
    if len(readings) > 1:
        return choose(run, line, "R11-quoted-exact", readings)
    who = f"{first.evidence}; payer {line.payer!r} is nobody we know"
    return choose(run, line, "R12-quoted-stranger", (first._replace(evidence=who),))


def _stranger(run: MatchRun, line: BankLine) -> bool:
    """Whether a payer is named, and nobody ever said for whom it pays.

    Its quote is exact in all made-up books, and still nothing is posted on it: those books know no
    supplier that pays back on a number of its own which happens to be one of ours, and no slip of
    somebody who pays another firm. A share of right ones measured on payers that are all genuine is
    no evidence for those that are not, so they are not counted to certain. One answer makes the
    payer known for that client, a second makes it known for others too, as a parent or a payment
    service is: then the quoted number decides as it does for everybody. A line that names no payer
    at all says nothing against its number; banks that print no names would be asked about each.
    """
    return bool(line.payer.strip()) and not run.payers.is_known(line.payer)


def _refunded(run: MatchRun, share: Share) -> Share:
    """Money back on an invoice is a refund; money back for a credit note settles the note."""
    gross = run.invoices[run.at_of[share.invoice_no]].gross
    return share._replace(kind=AllocationKind.REFUND) if gross > 0 else share


def _named_elsewhere(run: MatchRun, line: BankLine, reading: QuoteReading) -> bool:
    """Whether the payer's own client has an open item of the line's amount: likelier."""
    return any(rivals(run, line, client, reading.items) for client in run.sure_clients(line))


def _early(run: MatchRun, line: BankLine, items: Sequence[int]) -> bool:
    return any((run.invoices[at].issued - line.booked).days > _PROFORMA_DAYS for at in items)


def _reused(run: MatchRun, items: Sequence[int]) -> bool:
    """Whether a number stands for more than one invoice of the book."""
    return any(run.keys[at] != run.invoices[at].number for at in items)


def _mixed(run: MatchRun, items: Sequence[int]) -> bool:
    """Whether the invoices are of several clients: who pays for all of them must be known."""
    return len({run.invoices[at].client for at in items}) > 1


def _contested(run: MatchRun, line: BankLine, items: Sequence[int], says: Payer) -> bool:
    """Whether the quoted invoice has an open twin, one slip away, that may have been meant.

    The twin has the same amount and no line quotes it. Of an unknown payer that wrote digits
    alone, any client's twin counts. Of a known one its own do: an older one when another line
    quotes the same invoice too, or one that fits the day far better (60 days). Then a person
    must say which is meant.
    """
    at = items[0]
    if len(items) != 1:
        return False
    twice = len(run.quoted_by.get(at, ())) > 1
    far = abs((line.booked - run.invoices[at].due).days) - _FAR_DAYS
    lone = any(m.lone and at in m.invoices for m in run.quoted(line).mentions)
    stranger = lone and says is Payer.UNKNOWN
    mine = run.invoices[at]
    pool = run.of_amount[mine.currency, mine.gross] if stranger else run.live(mine.client)
    due = run.open[at]
    as_open = [other for other in pool if run.open[other] == due and other != at]
    for other in run.numbers.near_among(mine.number, as_open):
        twin = run.invoices[other]
        if twin.currency != mine.currency or twin.issued > line.booked or run.quoted_by.get(other):
            continue
        fits = abs((line.booked - twin.due).days) <= far
        if stranger or fits or (twice and other < at):
            return True
    return False


def original_exact(run: MatchRun, line: BankLine) -> Proposal | None:
    """R16: exact in the invoice's currency, by the amount and rate the bank itself states."""
    original = line.original
    if not original or not original.amount or line.amount < 0:
        return None
    readings = exact_readings(run, line, original.amount, original.currency)
    if not readings:
        return None
    best = settle_tie(run, line, readings)
    says = payer_says(run, line, best[0].items)
    if len(best) > 1 or says is Payer.CONTRADICTS or not (best[0].plain or says is Payer.AGREES):
        return None
    items = best[0].items
    shares = exchanged([run.cash(at) for at in items], line.amount)
    rate = original.rate or rate_of(original.amount, original.currency, line)
    why = (
        f"{run.sums(items)} {original.currency}; the bank exchanged it into {run.say(line)} "
        f"(rate {rate})"
    )
    tier = Tier.LIKELY if best[0].skipped else Tier.CERTAIN
    client = run.invoices[items[0]].client
    return Proposal(line.bank_id, "R16-original", tier, shares, why, rate=rate, client=client)


def quoted_charged(run: MatchRun, line: BankLine) -> Proposal | None:
    """R18: what is quoted adds up to the line and the charges that the file itself states."""
    if line.amount <= 0 or line.charges <= 0:
        return None
    readings = exact_readings(run, line, line.amount + line.charges, line.currency)
    best = settle_tie(run, line, readings) if readings else []
    if len(best) != 1 or not best[0].plain:
        return None
    items = best[0].items
    says = payer_says(run, line, items)
    unknown = says is Payer.UNKNOWN and _stranger(run, line)
    largest = max(items, key=lambda at: (run.open[at], -at))
    if says is Payer.CONTRADICTS or unknown or run.open[largest] <= line.charges:
        return None
    charged = run.cash(largest, line.charges, AllocationKind.BANK_FEE)._replace(bank_amount=0)
    shares = (*spread_short(run, items, line.charges), charged)
    why = (
        f"'{texts(run, line)}' quoted; {run.sums(items)} less the stated charges of "
        f"{major(line.charges, line)} is the line's {run.say(line)}"
    )
    doubt = best[0].skipped or _doubtful(run, line, items, says)
    tier = Tier.LIKELY if doubt else Tier.CERTAIN
    client = run.invoices[items[0]].client
    return Proposal(line.bank_id, "R18-quoted-charges", tier, shares, why, client=client)


def rate_of(amount: int, currency: str, line: BankLine) -> str:
    """Return the explicit rate of an exchange: units of the invoice's currency for one of ours."""
    exact = to_major(amount, currency) / to_major(abs(line.amount), line.currency)
    return str(exact.quantize(Decimal("0.00000001")).normalize())


def quoted_terms(run: MatchRun, line: BankLine) -> Proposal | None:
    """R15: what is quoted, less tax, retention or discount that the contract names."""
    items, client = base_items(run, line)
    if len(items) != 1 or not client:
        return None
    shares = terms_shares(run, items[0], line)
    if not shares:
        return None
    words = ", ".join(f"{s.kind.value} {to_major(s.amount, line.currency):,}" for s in shares[1:])
    why = f"'{texts(run, line)}' quoted; {run.sums(items)} less {words} by contract"
    return Proposal(line.bank_id, "R15-quoted-terms", Tier.CERTAIN, shares, why, client=client)


def terms_shares(run: MatchRun, at: int, line: BankLine) -> tuple[Share, ...]:
    """Return cash and the deductions that the contract foresees when they add up exactly."""
    invoice, open_ = run.invoices[at], run.open[at]
    if open_ != invoice.gross:
        return ()
    in_time = invoice.discount_until is not None and line.booked <= invoice.discount_until
    foreseen = (invoice.wht, invoice.retention, invoice.discount if in_time else 0)
    kinds = (AllocationKind.WHT, AllocationKind.RETENTION, AllocationKind.DISCOUNT)
    for amounts in product(*((amount, 0) for amount in foreseen)):
        less = sum(amounts)
        if less and open_ - less == line.amount:
            parts = [(n, kind) for n, kind in zip(amounts, kinds, strict=True) if n]
            deducted = [run.cash(at, n, kind)._replace(bank_amount=0) for n, kind in parts]
            return (run.cash(at, line.amount), *deducted)
    return ()


def quoted_short(run: MatchRun, line: BankLine) -> Proposal | None:
    """R14: what is quoted, short by no more than a bank's fee; the reason is asked."""
    items, client = base_items(run, line)
    if not items or not client:
        return None
    total = sum(run.open[at] for at in items)
    short = total - line.amount
    if not 0 < short <= run.fee_limit(total, line.currency):
        return None
    shares = spread_short(run, items, short)
    why = f"'{texts(run, line)}' quoted; {run.sums(items)} is {major(short, line)} more"
    rival = rivals(run, line, client, items)
    if rival:
        other = tuple(run.option([at], "R30-other-number") for at in rival[:3])
        option = Option(shares, "R14-quoted-short", why)
        return choose(run, line, "R14-quoted-short", (option, *other), short=short)
    says = payer_says(run, line, items)
    tier = Tier.CHOOSE if says is Payer.CONTRADICTS else Tier.CERTAIN
    ask = "short-reason-needed"
    return Proposal(
        line.bank_id,
        "R14-quoted-short",
        tier,
        shares,
        why,
        ask,
        short,
        short_of(run, shares),
        client=client,
    )


def quoted_part(run: MatchRun, line: BankLine) -> Proposal | None:
    """R24: less than what is quoted; R30 when another open item is the amount exactly."""
    items, client = base_items(run, line)
    if not items or not client:
        return None
    short = sum(run.open[at] for at in items) - line.amount
    if short < 0:
        return None
    rival = rivals(run, line, client, items)
    if rival:
        return None
    shares, left = [], line.amount
    for at in items:
        part = min(left, run.open[at])
        if part > 0:
            shares.append(run.cash(at, part))
        left -= part
    why = f"'{texts(run, line)}' quoted; {run.say(line)} of {run.sums(items)}"
    why += percent_hint(short, sum(run.open[at] for at in items))
    tier = (
        Tier.LIKELY
        if len(items) == 1 and payer_says(run, line, items) is not Payer.CONTRADICTS
        else Tier.CHOOSE
    )
    ask = "" if not short else "short-reason-needed"
    return Proposal(
        line.bank_id,
        "R24-quoted-part",
        tier,
        tuple(shares),
        why,
        ask,
        short,
        short_of(run, shares),
        client=client,
    )


def percent_hint(short: int, total: int) -> str:
    """Say when a payment is short by exactly a usual percentage; a hint, never a reason."""
    for percent in (3, 5, 10, 15, 20):
        if abs(short * 100 - total * percent) < 100:
            return f"; exactly {percent} % short (withholding or retention?)"
    return ""


def quoted_over(run: MatchRun, line: BankLine) -> Proposal | None:
    """R33: more than what is quoted; the rest is held until a person says what it is."""
    items, client = base_items(run, line)
    if not items or not client or rivals(run, line, client, items):
        return None
    over = line.amount - sum(run.open[at] for at in items)
    if over <= 0:
        return None
    held = run.cash(items[-1], over, AllocationKind.OVERPAYMENT_HELD)
    shares = (*(run.cash(at) for at in items), held)
    why = f"'{texts(run, line)}' quoted; {major(over, line)} more than {run.sums(items)}"
    option = Option(shares, "R33-quoted-over", why)
    return choose(run, line, "R33-quoted-over", (option,), ask="overpaid")


def near_number(run: MatchRun, line: BankLine) -> Proposal | None:
    """R20: the payer's client has an open item of the amount whose number is one slip off."""
    for client in run.sure_clients(line):
        others = near_rivals(run, line, rivals(run, line, client, ()))
        if len(others) == 1:
            why = f"number in '{line.text}' is one slip off; payer {line.payer!r}, amount exact"
            option = run.option(others, "R20-near-number", why)
            return Proposal(
                line.bank_id,
                "R20-near-number",
                Tier.LIKELY,
                option.shares,
                option.evidence,
                client=client,
            )
    return None


def base_items(run: MatchRun, line: BankLine) -> tuple[tuple[int, ...], str]:
    """Return the quoted open items of one client in the line's currency, or nothing.

    Several rules ask in turn: the last answer holds for its line until something moves.
    """
    if run.based[0] != (line.bank_id, run.moves):
        run.based = (line.bank_id, run.moves), _base_items(run, line)
    return run.based[1]


def _base_items(run: MatchRun, line: BankLine) -> tuple[tuple[int, ...], str]:
    items = quoted_items(run, line)
    clients = {run.invoices[at].client for at in items}
    same = all(run.invoices[at].currency == line.currency for at in items)
    if len(clients) != 1 or not same or payer_says(run, line, items) is Payer.CONTRADICTS:
        return (), ""
    return items, clients.pop()

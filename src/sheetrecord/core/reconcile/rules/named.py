"""Rules that rest on the payer's name: proposals for a person, never posted by themselves."""

from datetime import timedelta
from itertools import combinations as pairs_of
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import AllocationKind, BankLine, Tier
from sheetrecord.core.reconcile.matching.options import major, proposal_of, short_of, spread_short
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal
from sheetrecord.core.reconcile.matching.state import ROUNDING, MatchRun
from sheetrecord.core.reconcile.matching.subset_sum import combinations
from sheetrecord.core.reconcile.rules.combined import interchangeable, short_sets
from sheetrecord.core.reconcile.rules.quoted import percent_hint, terms_shares
from sheetrecord.core.reconcile.text.not_ours import reads_as

_TOO_MANY: Final = 40
_MAX_AGE: Final = 200
_GROUP_DAYS: Final = 75
_FEW_RECEIPTS: Final = 12


def order_number(run: MatchRun, line: BankLine) -> Proposal | None:
    """R21: the client's order number is quoted and one open invoice of it is the amount."""
    fits = [
        at
        for at in run.quoted(line).orders
        if run.open[at] == line.amount
        and run.invoices[at].currency == line.currency
        and run.invoices[at].issued <= line.booked
    ]
    if not fits:
        return None
    why = f"order number in '{line.text}'; amount exact"
    return proposal_of(run, line, "R21-order-number", Tier.LIKELY, [
        run.option([at], "R21-order-number", why) for at in fits[:4]
    ], same=len(fits) > 1)  # fmt: skip


def name_terms(run: MatchRun, line: BankLine) -> Proposal | None:
    """R25: one open item of the payer, less what its contract lets it keep."""
    found = []
    for client in run.sure_clients(line):
        for at in run.open_items(client, line, credits_too=False):
            shares = terms_shares(run, at, line)
            if shares:
                why = f"payer {line.payer!r}; {run.sums([at])} less what the contract names"
                found.append(Option(shares, "R25-name-terms", why))
    tier = Tier.LIKELY if len(found) == 1 else Tier.CHOOSE
    return proposal_of(run, line, "R25-name-terms", tier, found)


def name_subset(run: MatchRun, line: BankLine, *, unique: bool) -> Proposal | None:
    """R27 (in one way, few open items) or R31 (in several): open items that add up."""
    sums = [_sums(run, line, client) for client in run.sure_clients(line)[:3]]
    found = [option for one in sums for option in one.options]
    if not found or (unique and len(found) > 1):
        return None
    searched = all(one.searched for one in sums)
    if len(found) == 1:
        few = all(one.few for one in sums)
        equal = any(one.equal for one in sums)
        tier = Tier.LIKELY if few and searched else Tier.CHOOSE
        return proposal_of(run, line, "R27-name-subset", tier, found, searched=searched, same=equal)
    return proposal_of(run, line, "R31-name-subsets", Tier.CHOOSE, found, searched=searched)


class _Sums(NamedTuple):
    """The open items of a client that add up to a line."""

    options: list[Option]
    searched: bool
    """All combinations were tried."""
    few: bool
    """The client has few open items."""
    equal: bool
    """Another item could stand for one of them."""


def _sums(run: MatchRun, line: BankLine, client: str) -> _Sums:
    items = run.open_items(client, line)
    whole = len(items) <= _TOO_MANY
    few = whole and len(items) <= run.settings.likely_open_items
    items = items[:_TOO_MANY]
    sums = combinations([run.open[at] for at in items], line.amount, least=2)
    why = f"payer {line.payer!r} is like {client}; {len(items)} open items"
    picked = [[items[i] for i in solution] for solution in sums.solutions]
    options = [run.option(one, "R27-name-subset", why) for one in picked]
    equal = any(interchangeable(run, one, items) for one in picked)
    return _Sums(options, whole and sums.searched, few, equal)


def group_instalments(run: MatchRun, pending: list[BankLine]) -> None:
    """Find receipts of one client, none of them an invoice by itself, that together are one."""
    by_client: dict[str, list[BankLine]] = {}
    for line in pending:
        sure = run.sure_clients(line)
        if len(sure) == 1:
            by_client.setdefault(sure[0], []).append(line)
    for client, lines in sorted(by_client.items()):
        items = [at for at in run.of_client.get(client, ()) if run.open[at] > 0]
        whole = {run.open[at] for at in items}
        odd = [line for line in lines if line.amount not in whole]
        if len(odd) <= _FEW_RECEIPTS:
            _group(run, odd, whole)


def _group(run: MatchRun, odd: list[BankLine], whole: set[int]) -> None:
    """Note each two or three receipts close in time that together are one of the amounts."""
    for group in (*pairs_of(odd, 2), *pairs_of(odd, 3)):
        total = sum(line.amount for line in group)
        near = (group[-1].booked - group[0].booked).days <= _GROUP_DAYS
        free = not any(line.bank_id in run.groups for line in group)
        if total in whole and near and free:
            run.groups.update({line.bank_id: group for line in group})


def instalment(run: MatchRun, line: BankLine) -> Proposal | None:
    """R26: one of two or three receipts that together are one open invoice of the client."""
    group = run.groups.get(line.bank_id)
    if not group:
        return None
    done = [run.proposals[o.bank_id] for o in group if o.bank_id in run.proposals]
    if any(p.rule != "R26-instalments" for p in done):
        return None
    client = run.sure_clients(line)[0]
    if done:
        at = run.at_of[done[0].shares[0].invoice_no]
    else:
        total = sum(other.amount for other in group)
        fits = [at for at in run.open_items(client, line) if run.open[at] == total]
        if not fits:
            return None
        at = fits[0]
    parts = " + ".join(run.say(other) for other in group)
    why = f"payer {line.payer!r}; {parts} = {run.keys[at]}"
    share = (run.cash(at, line.amount),)
    return Proposal(line.bank_id, "R26-instalments", Tier.LIKELY, share, why, client=client)


def name_short(run: MatchRun, line: BankLine) -> Proposal | None:
    """R32: one or more open items of the payer, short by no more than a bank's fee."""
    found = []
    for client in run.sure_clients(line):
        items = run.open_items(client, line, credits_too=False)
        single = [(at,) for at in items if 0 < run.open[at] - line.amount <= _limit(run, line, at)]
        for picked in single or short_sets(run, items, line.amount, line, 4):
            short = sum(run.open[at] for at in picked) - line.amount
            why = f"payer {line.payer!r}; {run.sums(picked)} is {major(short, line)} more"
            option = Option(spread_short(run, picked, short), "R32-name-short", why)
            found.append((len(picked), short > ROUNDING, short, option))
    found.sort(key=lambda entry: entry[:3])
    proposal = proposal_of(run, line, "R32-name-short", Tier.CHOOSE, [e[3] for e in found])
    return proposal and _short(run, proposal, found[0][2])


def _short(run: MatchRun, proposal: Proposal, short: int) -> Proposal:
    """Return the proposal with the question why it is short."""
    where = short_of(run, proposal.shares)
    return proposal._replace(ask="short-reason-needed", short=short, short_on=where)


def _limit(run: MatchRun, line: BankLine, at: int) -> int:
    return run.fee_limit(run.open[at], line.currency)


def name_over(run: MatchRun, line: BankLine) -> Proposal | None:
    """R41's mirror, R33: a little more than one open item of the payer; the rest is held."""
    found = []
    for client in run.sure_clients(line):
        for at in run.open_items(client, line, credits_too=False):
            over = line.amount - run.open[at]
            if 0 < over * 10 <= run.open[at]:
                shares = (run.cash(at), run.cash(at, over, AllocationKind.OVERPAYMENT_HELD))
                why = f"payer {line.payer!r}; {run.say(line)} is more than {run.sums([at])}"
                found.append((over, at, Option(shares, "R33-quoted-over", why)))
    found.sort(key=lambda entry: entry[:2])
    proposal = proposal_of(run, line, "R33-quoted-over", Tier.CHOOSE, [e[2] for e in found])
    return proposal and proposal._replace(ask="overpaid")


def name_part(run: MatchRun, line: BankLine) -> Proposal | None:
    """R34: perhaps a part of an open item; the likeliest fraction first, never pre-ticked."""
    found = []
    for client in run.sure_clients(line)[:2]:
        for at in run.open_items(client, line, credits_too=False):
            short = run.open[at] - line.amount
            if short > 0:
                hint = percent_hint(short, run.open[at])
                why = f"payer {line.payer!r}; {run.say(line)} of {run.sums([at])}{hint}"
                option = Option((run.cash(at, line.amount),), "R34-name-part", why)
                found.append((_fraction(line.amount, run.open[at]), not hint, at, short, option))
    found.sort(key=lambda entry: entry[:3])
    proposal = proposal_of(run, line, "R34-name-part", Tier.CHOOSE, [e[4] for e in found[:4]])
    return proposal and _short(run, proposal, found[0][3])


def _fraction(part: int, whole: int) -> int:
    """Rank how likely a part is one somebody agreed on: halves, thirds, tenths, then others."""
    for rank, (of, times) in enumerate(((2, 1), (3, 2), (4, 3), (10, 9), (20, 19))):
        if any(abs(part * of - whole * n) <= 100 * of for n in range(1, times + 1)):
            return rank
    return 9


def early(run: MatchRun, line: BankLine, days: int) -> Proposal | None:
    """R35: the payer's next invoice of exactly this amount, issued shortly after the receipt."""
    found = []
    for client in run.sure_clients(line):
        for at in run.of_client.get(client, ()):
            after = (run.invoices[at].issued - line.booked).days
            same = run.open[at] == line.amount and run.invoices[at].currency == line.currency
            if same and 0 < after <= days:
                why = f"payer {line.payer!r}; amount exact; {after} days before the invoice's date"
                found.append(run.option([at], "R35-early", why))
    return proposal_of(run, line, "R35-early", Tier.CHOOSE, found)


def amount_only(run: MatchRun, line: BankLine) -> Proposal | None:
    """R36: payer unknown, but only one invoice ever had this amount (or its number is near)."""
    if run.clients_of(line) or reads_as(line):
        return None
    same = run.of_amount.get((line.currency, line.amount), [])
    days = (line.booked - timedelta(_MAX_AGE), line.booked)
    fits = [at for at in run.issued_within(same, days) if run.open[at] == line.amount]
    near = run.numbers.near_among(line.text, fits)
    if len(near) == 1:
        why = f"number in '{line.text}' is one slip off; amount exact; payer unknown"
        return proposal_of(run, line, "R20-near-number", Tier.CHOOSE, [
            run.option(near, "R20-near-number", why)
        ])  # fmt: skip
    if len(fits) != 1 or len(same) != 1:
        return None
    why = f"payer {line.payer!r} unknown; no other invoice has this amount"
    option = run.option(fits, "R36-amount-only", why)
    return proposal_of(run, line, "R36-amount-only", Tier.CHOOSE, [option])

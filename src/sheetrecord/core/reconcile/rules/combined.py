"""R13 and R17: quoted numbers and other open items of the same client in one payment."""

from collections.abc import Sequence
from itertools import combinations as sets_of

from sheetrecord.core.reconcile.facts import BankLine, Tier
from sheetrecord.core.reconcile.matching.options import choose, major, short_of, spread_short, texts
from sheetrecord.core.reconcile.matching.proposal import Proposal
from sheetrecord.core.reconcile.matching.quoting import Payer, payer_says, rivals
from sheetrecord.core.reconcile.matching.state import MatchRun
from sheetrecord.core.reconcile.matching.subset_sum import MAX_ITEMS, combinations
from sheetrecord.core.reconcile.rules.quoted import base_items


def _only_way(
    run: MatchRun, client: str, line: BankLine, items: Sequence[int], added: Sequence[int]
) -> bool:
    """Tell whether the added items are the only ones of few that make up what is left."""
    rest = line.amount - sum(run.open[at] for at in items)
    pool = _pool(run, client, line, items)
    alone = combinations([amount for _, amount in pool], rest, MAX_ITEMS - len(items))
    other_way = len(alone.solutions) != 1 or _equal_in(pool, added, run)
    return len(pool) <= run.settings.likely_open_items and alone.searched and not other_way


def quoted_subset(run: MatchRun, line: BankLine) -> Proposal | None:
    """R13: the quoted numbers and other open items of the same client add up, in one way."""
    items, client = base_items(run, line)
    if not items or not client:
        return None
    rest = line.amount - sum(run.open[at] for at in items)
    if not rest or rivals(run, line, client, items):
        return None
    others = _addable(run, line, client, items, rest)
    found = combinations([run.open[at] for at in others], rest, MAX_ITEMS - len(items))
    if not found.solutions:
        return None
    sets = [tuple(sorted((*items, *(others[i] for i in s)))) for s in found.solutions]
    why = f"'{texts(run, line)}' quoted, with other open items of {client} it is {run.say(line)}"
    options = tuple(run.option(s, "R13-quoted-subset", why) for s in sets)
    if len(sets) > 1:
        return choose(run, line, "R13-quoted-subset", options)
    added = [at for at in sets[0] if at not in items]
    equal = interchangeable(run, added, others)
    proven = _only_way(run, client, line, items, added) and _no_doubt(run, line, items, added)
    return Proposal(
        line.bank_id,
        "R13-quoted-subset",
        Tier.CERTAIN if proven and not equal else Tier.LIKELY,
        options[0].shares,
        options[0].evidence,
        searched=found.searched,
        interchangeable=equal,
        client=client,
    )


def _addable(
    run: MatchRun, line: BankLine, client: str, items: Sequence[int], rest: int
) -> list[int]:
    """Return the client's other open items, of which the rest may be; a negative one is credits."""
    others = [at for at in run.open_items(client, line) if at not in items]
    return others if rest > 0 else [at for at in others if run.open[at] < 0]


def _no_doubt(run: MatchRun, line: BankLine, items: Sequence[int], added: Sequence[int]) -> bool:
    """Whether the payer does not contradict, and nothing added is a credit."""
    if any(run.open[at] < 0 for at in added):
        return False
    return payer_says(run, line, items) is not Payer.CONTRADICTS


def _pool(
    run: MatchRun, client: str, line: BankLine, items: Sequence[int]
) -> list[tuple[int, int]]:
    """Return what would be open besides some items if nothing unsure had been proposed."""
    return [
        (at, amount)
        for at in run.of_client.get(client, ())
        for amount in [run.started[at] if at in run.unsure else run.open[at]]
        if amount
        and at not in items
        and run.invoices[at].currency == line.currency
        and run.invoices[at].issued <= line.booked
    ]


def _equal_in(pool: Sequence[tuple[int, int]], added: Sequence[int], run: MatchRun) -> bool:
    amounts = {run.open[at] for at in added}
    return any(amount in amounts for at, amount in pool if at not in added)


def quoted_credit(run: MatchRun, line: BankLine) -> Proposal | None:
    """R13 with credit notes: what is quoted, less open credits of the client, adds up."""
    items, _ = base_items(run, line)
    if not items or line.amount >= sum(run.open[at] for at in items):
        return None
    return quoted_subset(run, line)


def quoted_subset_short(run: MatchRun, line: BankLine) -> Proposal | None:
    """R17: the quoted numbers and other open items, together short by no more than a bank fee."""
    items, client = base_items(run, line)
    base = sum(run.open[at] for at in items)
    if not items or not client or base >= line.amount:
        return None
    others = [at for at in run.open_items(client, line, credits_too=False) if at not in items]
    found = short_sets(run, others, line.amount - base, line, MAX_ITEMS - len(items))
    if len(found) != 1:
        return None
    picked = (*items, *found[0])
    short = sum(run.open[at] for at in picked) - line.amount
    why = f"'{texts(run, line)}' quoted; {run.sums(picked)} is {major(short, line)} more"
    shares = spread_short(run, picked, short)
    ask = "short-reason-needed"
    return Proposal(
        line.bank_id,
        "R17-subset-short",
        Tier.LIKELY,
        shares,
        why,
        ask,
        short,
        short_of(run, shares),
        client=client,
    )


def short_sets(
    run: MatchRun, items: Sequence[int], amount: int, line: BankLine, most: int
) -> list[tuple[int, ...]]:
    """Return the sets of a few open items that are more than an amount by at most a bank fee.

    Sets that differ only by equal amounts count once, the oldest items standing for them. More
    than ten open items fit too many amounts by chance to be worth a look.
    """
    if len(items) > 10:
        return []
    limit = run.fee_limit(line.amount, line.currency)
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    for size in range(1, min(most, 4) + 1):
        for picked in sets_of(items, size):
            if 0 < sum(run.open[at] for at in picked) - amount <= limit:
                found.setdefault(tuple(sorted(run.open[at] for at in picked)), picked)
    return list(found.values())


def interchangeable(run: MatchRun, picked: Sequence[int], items: Sequence[int]) -> bool:
    """Whether an equal open item was left: then which one is meant is not known."""
    amounts = {run.open[at] for at in picked}
    return any(run.open[at] in amounts for at in items if at not in picked)

"""R22, R23, R30, R37: name and exact amount; doubtful clients are assigned all at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine, Tier
from sheetrecord.core.reconcile.matching.assignment import assign
from sheetrecord.core.reconcile.matching.payers import SURE
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal
from sheetrecord.core.reconcile.matching.quoting import quoted_items
from sheetrecord.core.reconcile.matching.state import MatchRun

_MAX_CELLS: Final = 20_000
_WEAK_BOOK: Final = 600
_TIE: Final = 3.0

Wants = list[tuple[BankLine, dict[str, float]]]
"""Lines of one amount with the clients that could have sent them."""


def _wants(
    run: MatchRun, pending: Iterable[BankLine], by: Mapping[tuple[str, str, int], Sequence[int]]
) -> dict[tuple[str, int], Wants]:
    """Return the lines of each currency and amount, with the clients that have such an invoice."""
    groups: dict[tuple[str, int], Wants] = {}
    for line in pending:
        fits = {
            client: value
            for client, value in run.clients_of(line).items()
            if _issued(run, by.get((client, line.currency, line.amount), ()), line)
        }
        if fits:
            groups.setdefault((line.currency, line.amount), []).append((line, fits))
    return groups


def prefer_clients(run: MatchRun, pending: Iterable[BankLine]) -> None:
    """Decide, for lines whose payer may be several clients, which one gets the exact amount.

    Lines and invoices of one amount are assigned together at the least cost, so that two payers
    with like names each get their own invoice.
    """
    by: dict[tuple[str, str, int], list[int]] = {}
    for at, invoice in enumerate(run.invoices):
        if run.open[at]:
            by.setdefault((invoice.client, invoice.currency, run.open[at]), []).append(at)
    groups = _wants(run, pending, by)
    for (currency, amount), wants in sorted(groups.items()):
        items = {c: by[c, currency, amount] for _, fits in wants for c in fits}
        for component in _components(wants):
            if any(len(fits) > 1 for _, fits in component):
                _decide(run, component, items)


def _issued(run: MatchRun, items: Sequence[int], line: BankLine) -> list[int]:
    return [at for at in items if run.invoices[at].issued <= line.booked]


def _components(wants: Wants) -> list[Wants]:
    """Split lines into groups that share no client."""
    owner: dict[str, int] = {}
    groups: dict[int, Wants] = {}
    for n, want in enumerate(wants):
        ids = {owner[c] for c in want[1] if c in owner}
        mine = min(ids, default=n)
        merged = [w for i in sorted(ids) for w in groups.pop(i)] + [want]
        groups[mine] = merged
        for _, fits in merged:
            owner.update(dict.fromkeys(fits, mine))
    return [groups[i] for i in sorted(groups)]


def _decide(run: MatchRun, wants: Wants, items: dict[str, list[int]]) -> None:
    columns = sorted({at for _, fits in wants for c in fits for at in items[c]})
    if len(wants) * len(columns) > _MAX_CELLS:
        return
    costs = [
        [
            _cost(run, line, at, fits[run.invoices[at].client])
            if run.invoices[at].client in fits and run.invoices[at].issued <= line.booked
            else float("inf")
            for at in columns
        ]
        for line, fits in wants
    ]
    for (line, _), j in zip(wants, assign(costs), strict=True):
        if j >= 0:
            run.preferred[line.bank_id] = run.invoices[columns[j]].client


def _cost(run: MatchRun, line: BankLine, at: int, value: float) -> float:
    late = abs((line.booked - run.invoices[at].due).days)
    near = run.numbers.near(line.text, at)
    return 1 - (0.60 * value / 100 + 0.15 * max(0.0, 1 - late / 90) + 0.25 * near)


def name_exact(run: MatchRun, line: BankLine) -> Proposal | None:
    """R22 (one candidate), R23 (oldest of equals), R30 (another number quoted), R37 (weak name)."""
    fits = run.clients_of(line)
    exact = {
        client: items
        for client in fits
        for items in [[at for at in run.open_items(client, line) if run.open[at] == line.amount]]
        if items
    }
    if not exact:
        return None
    client = run.preferred.get(line.bank_id, "")
    if client not in exact:
        client = max(exact, key=lambda c: (fits[c], c))
    ties = [
        run.option(exact[other][:1], "R22-name-amount", f"payer is like {other} too")
        for other in sorted(exact)
        if other != client and fits[other] >= fits[client] - _TIE
    ]
    return _propose(run, line, fits[client], exact[client], ties[:3])


def _propose(
    run: MatchRun, line: BankLine, value: float, free: list[int], ties: list[Option]
) -> Proposal | None:
    at = free[0]
    client = run.invoices[at].client
    why = f"payer {line.payer or line.text!r} is like {client}; amount exact"
    if value < SURE:
        if len(run.invoices) > _WEAK_BOOK:
            return None
        rule, tier = "R37-weak-name", Tier.CHOOSE
    elif set(quoted_items(run, line)) - {at}:
        rule, tier = "R30-other-number", Tier.CHOOSE
        why += "; but the text quotes another invoice"
    elif ties:
        rule, tier = "R22-name-amount", Tier.CHOOSE
        why += "; another client's name fits as well"
    elif len(free) > 1:
        rule, tier = "R23-interchangeable", Tier.LIKELY
        why += f"; oldest of {len(free)} interchangeable invoices"
    else:
        rule, tier = "R22-name-amount", Tier.LIKELY
    option = run.option([at], rule, why)
    more = [run.option([other], rule, "interchangeable") for other in free[1:3]]
    return Proposal(
        line.bank_id,
        rule,
        tier,
        option.shares,
        option.evidence,
        "choose" if tier is Tier.CHOOSE else "",
        options=tuple([*ties, *more][:3]),
        interchangeable=len(free) > 1,
        client=client,
    )

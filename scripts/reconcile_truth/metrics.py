"""How right a set of answers is: by receipt, by invoice, by tier, and in money."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from reconcile_truth.payments import Book, Truth
from sheetrecord.core.reconcile.facts import BankLine, Invoice, Tier
from sheetrecord.core.reconcile.matching.proposal import Proposal

Answer = tuple[tuple[str, int], ...]
"""(invoice number, amount) of one receipt."""


class Score(NamedTuple):
    """Shares between 0 and 1; ``error`` in minor units."""

    precision: float
    recall: float
    f1: float
    money_precision: float
    money_recall: float
    exact: float
    equiv: float
    status: float
    error: int


def score(book: Book, answers: Mapping[str, Answer]) -> Score:
    """Compare answers by bank id with the truth; a line without an answer settles nothing."""
    invoices = {i.number: i for i in book.invoices}
    hit = said = true = exact = equiv = 0
    money = [0, 0, 0]  # right, said, true
    for line in book.lines:
        want = {n for n, _, _ in book.truth[line.bank_id].settles}
        got = {n for n, _ in answers.get(line.bank_id, ())}
        hit, said, true = hit + len(want & got), said + len(got), true + len(want)
        money = [
            sum(invoices[n].gross for n in some) + m
            for some, m in zip((want & got, got, want), money, strict=True)
        ]
        exact += want == got
        equiv += alike(want, got, invoices)
    open_true, open_said = outstanding(book, truth_answers(book)), outstanding(book, answers)
    status = sum(
        state(i, open_true[i.number]) == state(i, open_said[i.number]) for i in book.invoices
    )
    error = sum(abs(open_true[n] - open_said[n]) for n in open_true)
    precision, recall = hit / max(said, 1), hit / max(true, 1)
    return Score(
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        money[0] / max(money[1], 1),
        money[0] / max(money[2], 1),
        exact / len(book.lines),
        equiv / len(book.lines),
        status / len(book.invoices),
        error,
    )


def alike(want: set[str], got: set[str], invoices: Mapping[str, Invoice]) -> bool:
    """Whether two sets are the same up to equal invoices of one client."""

    def kinds(numbers: set[str]) -> Counter[tuple[str, int]]:
        return Counter((invoices[n].client, invoices[n].gross) for n in numbers)

    return kinds(want) == kinds(got)


def truth_answers(book: Book) -> dict[str, Answer]:
    """Return the truth in the form of answers."""
    return {key: tuple((n, a) for n, a, _ in t.settles) for key, t in book.truth.items()}


def outstanding(book: Book, answers: Mapping[str, Answer]) -> dict[str, int]:
    """Return what stays open of each invoice under some answers."""
    open_ = {i.number: i.gross for i in book.invoices}
    for shares in answers.values():
        for number, amount in shares:
            open_[number] -= amount
    return open_


def state(invoice: Invoice, open_: int) -> str:
    """Return open, part, paid or over."""
    gross = invoice.gross
    if open_ == 0:
        return "paid"
    if open_ == gross:
        return "open"
    return "part" if (open_ > 0) == (gross > 0) else "over"


class Tiers(NamedTuple):
    """What each tier covers and how often it is right (equiv)."""

    share: dict[str, float]
    right: dict[str, float]


def tiers(book: Book, proposals: list[Proposal]) -> Tiers:
    """Return coverage and precision of certain, likely and choose, over receipts."""
    invoices = {i.number: i for i in book.invoices}
    count: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for p in proposals:
        if not p.shares:
            continue
        count[p.tier] += 1
        want = {n for n, _, _ in book.truth[p.bank_id].settles}
        right[p.tier] += alike(want, set(p.invoices), invoices)
    n = len(book.lines)
    return Tiers({t: count[t] / n for t in Tier}, {t: right[t] / max(count[t], 1) for t in Tier})


def suggested(book: Book, proposals: list[Proposal]) -> Counter[str]:
    """Count lines that settle something: whose first, and whose first three readings are right."""
    invoices = {i.number: i for i in book.invoices}
    found: Counter[str] = Counter()
    for p in proposals:
        want = {n for n, _, _ in book.truth[p.bank_id].settles}
        if want:
            shown = [set(p.invoices), *({s.invoice_no for s in o.shares} for o in p.options)]
            right = [alike(want, some, invoices) for some in shown]
            found += Counter(asked=1, first=int(right[0]), three=int(any(right[:3])))
    return found


def by_rule(book: Book, proposals: list[Proposal]) -> Counter[tuple[str, str, bool]]:
    """Count (rule, tier, right) over receipts."""
    invoices = {i.number: i for i in book.invoices}
    return Counter(
        (
            p.rule,
            p.tier,
            alike({n for n, _, _ in book.truth[p.bank_id].settles}, set(p.invoices), invoices),
        )
        for p in proposals
    )


def by_kind(book: Book, proposals: list[Proposal]) -> Counter[tuple[str, bool]]:
    """Count (kind of receipt, right) over receipts."""
    invoices = {i.number: i for i in book.invoices}
    return Counter(
        (
            book.truth[p.bank_id].kind,
            alike({n for n, _, _ in book.truth[p.bank_id].settles}, set(p.invoices), invoices),
        )
        for p in proposals
    )


def baseline_amount(book: Book, *, once: bool) -> dict[str, Answer]:
    """VLOOKUP on the amount: the first invoice of that amount (``once``: each one time)."""
    by: dict[int, list[str]] = {}
    for invoice in sorted(book.invoices, key=lambda i: (i.issued, i.number)):
        by.setdefault(invoice.gross, []).append(invoice.number)
    answers: dict[str, Answer] = {}
    for line in sorted(book.lines, key=lambda x: (x.booked, x.bank_id)):
        hits = by.get(line.amount, [])
        if hits:
            answers[line.bank_id] = ((hits[0], line.amount),)
            if once:
                hits.pop(0)
    return answers


def baseline_number(book: Book) -> dict[str, Answer]:
    """The invoice number as written in the text, and the same amount."""
    by = {i.number: i for i in book.invoices}
    answers: dict[str, Answer] = {}
    for line in book.lines:
        found = [n for n in line.text.upper().replace(",", " ").split() if n in by]
        if len(found) == 1 and by[found[0]].gross == line.amount:
            answers[line.bank_id] = ((found[0], line.amount),)
    return answers


def answers_of(
    proposals: list[Proposal], *, only: frozenset[str] = frozenset(Tier)
) -> dict[str, Answer]:
    """Return the answers if every proposal of some tiers is taken."""
    return {
        p.bank_id: tuple((s.invoice_no, s.amount) for s in p.shares) + _fee(p)
        for p in proposals
        if p.tier in only
    }


def _fee(p: Proposal) -> Answer:
    """Count what a fee rule found missing as answered by the person who is asked for the reason."""
    if p.rule not in ("R14-quoted-short", "R17-subset-short", "R32-name-short"):
        return ()
    largest = max(p.shares, key=lambda s: s.amount)
    return ((largest.invoice_no, p.short),)


__all__ = ["Answer", "BankLine", "Score", "Truth", "score", "tiers"]

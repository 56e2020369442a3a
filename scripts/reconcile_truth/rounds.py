"""Six months of made-up firms, a bank file a month, answered by somebody who is always right.

python -m reconcile_truth.rounds

Each month's invoices and bank lines are new; what was answered before is remembered, and a month
that is answered is closed. The first round holds what came before it too, as a first import does.
"""

import argparse
import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reconcile_truth import metrics
from reconcile_truth.answers import side_of, take_back, typed_row
from reconcile_truth.payments import Book, Truth
from sheetrecord.core.reconcile.facts import CASH_KINDS, AllocationKind, BankLine, Tier
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.ledger.allocate import Attribution, in_force
from sheetrecord.core.reconcile.ledger.invariants import violations
from sheetrecord.core.reconcile.ledger.months import close, tampered
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal
from sheetrecord.core.reconcile.review.account_rules import rule_of
from sheetrecord.core.reconcile.review.at_once import may_be_accepted
from sheetrecord.core.reconcile.review.questions import ReviewRow, options_of
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, RunResult, reconcile

FIRMS = tuple((profile, seed) for profile in ("brief", "hard") for seed in (1, 2, 3, 4))
ROUNDS = tuple(dt.date(2025, month, calendar.monthrange(2025, month)[1]) for month in range(3, 9))
TURNS = 8
"""An answer may have to wait for another one: what a refund gives back must be held first."""


class Month(NamedTuple):
    """What one month took: lines, rows of Review, and answers that were typed for them."""

    lines: int
    rows: int
    answers: int
    """One for a row answered by itself, one for all of a kind that are accepted at once."""
    aside: int
    """Lines that an account rule set aside, asked of nobody."""
    tiers: Counter[tuple[str, bool]]
    """(certain or likely, right): each line once, as it was first read."""


class Half(NamedTuple):
    """What six months of one firm came to; all but the months must be nothing."""

    months: list[Month]
    error: int
    """Σ |outstanding - true outstanding|, minor units."""
    broken: int
    left: int
    """Questions never settled."""
    changed: int
    """Closed months whose rows are no longer those that were closed."""
    lost: int
    """Lines set aside by a rule although they settle an invoice."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=800)
    parser.add_argument("--first", type=int, default=0, help="added to each seed (held-out firms)")
    args = parser.parse_args()
    table(args.size, args.first)


def table(size: int, first: int = 0) -> None:
    """Run the firms and print questions per 100 lines by month."""
    from reconcile_truth.__main__ import make

    halves = [half(make(profile, seed + first, size)) for profile, seed in FIRMS]
    months = [_sum(h.months[n] for h in halves) for n in range(len(ROUNDS))]
    print(f"six months of {len(halves)} firms: questions per 100 lines")
    print("month  lines  rows  answers  set aside  certain right      likely right")
    for n, m in enumerate(months, start=1):
        print(
            f"{n:>5}  {m.lines:>5}  {100 * m.rows / m.lines:>4.0f}  "
            f"{100 * m.answers / m.lines:>7.1f}  {100 * m.aside / m.lines:>9.1f}  "
            f"{_right(m.tiers, Tier.CERTAIN):>13}  {_right(m.tiers, Tier.LIKELY):>16}"
        )
    whole = _sum(months)
    print(f"certain {_right(whole.tiers, Tier.CERTAIN)}, likely {_right(whole.tiers, Tier.LIKELY)}")
    print(
        f"after right answers: outstanding off by {sum(h.error for h in halves)} minor units, laws "
        f"broken {sum(h.broken for h in halves)}, questions left {sum(h.left for h in halves)}, "
        f"closed months changed {sum(h.changed for h in halves)}, receipts set aside "
        f"{sum(h.lost for h in halves)}"
    )


def _sum(months: Iterable[Month]) -> Month:
    total = Month(0, 0, 0, 0, Counter())
    for m in months:
        total = Month(*(a + b for a, b in zip(total[:4], m[:4], strict=True)), total[4] + m[4])
    return total


def _right(tiers: Counter[tuple[str, bool]], tier: Tier) -> str:
    good, all_ = tiers[tier, True], tiers[tier, True] + tiers[tier, False]
    return f"{good}/{all_} {good / max(all_, 1):.4f}"


def half(book: Book) -> Half:
    """Run one firm through its months."""
    firm = _Firm(book)
    months = [firm.month(n) for n in range(len(ROUNDS))]
    true = {number for number in firm.off() if firm.off()[number]}
    return Half(
        months,
        sum(abs(firm.off()[number]) for number in true),
        len(violations(firm.held.allocations, firm.held.lines, firm.side.invoices)),
        len(firm.held.review),
        len(tampered(firm.held.months, firm.held.allocations)),
        sum(1 for line in firm.held.lines if line.category and firm.truth(line.bank_id).settles),
    )


class _Firm:
    """One firm's sheets as the months go by."""

    def __init__(self, book: Book) -> None:
        self.book, self.held = book, FinanceSheets()
        self.whole = side_of(book)
        self.by_ref = {line.ref: book.truth[line.bank_id] for line in book.lines}
        self.refs: dict[str, str] = {}
        self.side = self.whole

    def truth(self, bank_id: str) -> Truth:
        return self.by_ref[self.refs[bank_id]]

    def month(self, n: int) -> Month:
        """Import a month, answer until nothing is asked, close it."""
        day = ROUNDS[n]
        before = ROUNDS[n - 1] if n else dt.date.min
        self.side = _known(self.whole, day)
        new = [x._replace(bank_id="") for x in self.book.lines if before < x.booked <= day]
        result = self.run(day, new)
        tiers = self.judged(result)
        self.undo_wrong()
        rows, answers, asked = 0, 0, set[tuple[str, str]]()
        for _ in range(TURNS):
            fresh = [r for r in result.review if (r.bank_id, r.ask) not in asked]
            asked |= {(r.bank_id, r.ask) for r in fresh}
            rows += len(fresh)
            typed, count = self.answered(result, fresh)
            answers += count
            self.held = self.held._replace(review=typed)
            result = self.run(day, [])
            self.undo_wrong()
            if not result.review:
                break
        self.close(day)
        aside = sum(1 for x in self.held.lines if before < x.booked <= day and rule_of(x.category))
        return Month(len(new), rows, answers, aside, tiers)

    def run(self, day: dt.date, new: Sequence[BankLine]) -> RunResult:
        files = (tuple(new),) if new else ()
        result = reconcile(self.side, self.held, RunRequest(day, "ana", files))
        self.refs |= {line.bank_id: line.ref for line in result.lines}
        self.held = self.held._replace(
            lines=result.lines, allocations=result.allocations, review=result.review,
            rules=result.rules,
        )  # fmt: skip
        return result

    def judged(self, result: RunResult) -> Counter[tuple[str, bool]]:
        """Count what was posted, and what was likely, by whether it is true."""
        invoices = {i.number: i for i in self.book.invoices}
        found: Counter[tuple[str, bool]] = Counter()
        posted: dict[str, set[str]] = {}
        for row in result.posted:
            posted.setdefault(row.bank_id, set()).add(row.invoice_no)
        said = [(Tier.CERTAIN, key, names) for key, names in posted.items()]
        likely = [p for p in result.proposals if p.tier is Tier.LIKELY]
        said += [(Tier.LIKELY, p.bank_id, set(p.invoices)) for p in likely]
        for tier, key, names in said:
            want = {n for n, _, _ in self.truth(key).settles}
            found[tier, metrics.alike(want, names, invoices)] += 1
        return found

    def undo_wrong(self) -> None:
        truths = {line.bank_id: self.truth(line.bank_id) for line in self.held.lines}
        rows, _ = take_back(self.held.allocations, truths)
        self.held = self.held._replace(allocations=rows)

    def answered(
        self, result: RunResult, fresh: Sequence[ReviewRow]
    ) -> tuple[tuple[ReviewRow, ...], int]:
        """Return the rows as a person fills them in, and how many answers that took."""
        proposals = {p.bank_id: p for p in result.proposals}
        cash = {a.bank_id for a in in_force(self.held.allocations)}
        typed = {r.bank_id: self.answer(r, proposals, r.bank_id in cash) for r in result.review}
        saved = 0
        for decision, reason, rows in _at_once(fresh, typed):
            first, *rest = rows
            typed[first.bank_id] = first._replace(decision=f"{decision} all", reason=reason)
            typed |= {row.bank_id: row for row in rest}
            saved += len(rest)
        return tuple(typed.values()), len(fresh) - saved

    def answer(
        self, row: ReviewRow, proposals: Mapping[str, Proposal], cash_posted: bool
    ) -> ReviewRow:
        """Return the row with the least that somebody must type who knows the truth."""
        truth = self.truth(row.bank_id)
        p = proposals.get(row.bank_id)
        if cash_posted:
            kinds = [k for _, _, k in truth.settles if k is not AllocationKind.CASH]
            reason = kinds[0].value if kinds else ""
            return row._replace(decision="A" if kinds else "part", reason=reason)
        true = sorted((n, a, k) for n, a, k in (*truth.settles, *truth.held))
        for letter, option in zip("ABC", options_of(p)[:3] if p else (), strict=False):
            short = bool(p and p.short and letter == "A" and p.shares)
            said = _said(option, true, p.short if p and short else 0)
            if said is not None:
                return row._replace(decision="part" if short and not said else letter, reason=said)
        return typed_row(row, truth, self.book, cash_posted)

    def close(self, day: dt.date) -> None:
        """Close every month up to a day."""
        history = list(self.held.months)
        stamp = Attribution("ana", f"{day + dt.timedelta(days=1)}")
        for month in sorted({a.month for a in self.held.allocations}):
            if month not in {m.month for m in history} and month <= f"{day:%Y-%m}":
                history.append(close(history, month, self.held.allocations, [], stamp, {}))
        self.held = self.held._replace(months=tuple(history))

    def off(self) -> dict[str, int]:
        """Return by how much each invoice's outstanding amount is off, minor units."""
        found: Counter[str] = Counter()
        for line in self.held.lines:
            truth = self.truth(line.bank_id)
            for number, amount, _ in (*truth.settles, *truth.held):
                found[number] += amount
        for row in self.held.allocations:
            found[row.invoice_no] -= row.amount
        return found


def _at_once(
    fresh: Iterable[ReviewRow], typed: Mapping[str, ReviewRow]
) -> Iterable[tuple[str, str, list[ReviewRow]]]:
    """Yield the most frequent answer of each kind with its rows; others are typed one by one."""
    kinds: dict[tuple[str, str, str], list[ReviewRow]] = {}
    for row in fresh:
        said = typed[row.bank_id]
        accepted = said.decision in ("A", "part") and may_be_accepted(row)
        if (accepted or said.decision == "not a fee") and not said.other_invoices:
            kinds.setdefault((row.kind, said.decision, said.reason), []).append(row)
    done = set[str]()
    for (kind, decision, reason), rows in sorted(kinds.items(), key=lambda kv: -len(kv[1])):
        if len(rows) > 1 and kind and kind not in done:
            done.add(kind)
            yield decision, reason, rows


def _said(option: Option, true: list[tuple[str, int, AllocationKind]], short: int) -> str | None:
    """Return the reason with which an option is the truth, "" for none; None if it is not."""
    shares = sorted((s.invoice_no, s.amount, s.kind) for s in option.shares)
    if shares == true:
        return ""
    rest = [share for share in true if share not in shares]
    whole = len(rest) == 1 and len(true) == len(shares) + 1 and rest[0][1] == short
    return rest[0][2].value if whole and rest[0][2] not in CASH_KINDS else None


def _known(side: FeeSide, day: dt.date) -> FeeSide:
    """Return the fees as of a day: what is invoiced later is not there yet."""
    invoices = tuple(i for i in side.invoices if i.issued <= day)
    known = {i.number for i in invoices}
    return side._replace(
        invoices=invoices, lines={key: rows for key, rows in side.lines.items() if key in known}
    )


if __name__ == "__main__":
    main()

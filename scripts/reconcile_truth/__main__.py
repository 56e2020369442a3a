"""Print how right the matcher is on made-up firms, next to what a spreadsheet would do.

python -m reconcile_truth --profile brief --seeds 20 --size 316

Then six months of eight firms, a bank file a month, answered rightly: what was asked (`rounds`).
"""

import argparse
import resource
import time
from collections import Counter
from random import Random
from statistics import mean

from reconcile_truth import metrics, rounds
from reconcile_truth.answers import answer
from reconcile_truth.imports import imported
from reconcile_truth.payments import Book, make_book
from reconcile_truth.profiles import PROFILES
from reconcile_truth.world import make_world
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.matching.proposal import Proposal


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="brief", choices=sorted(PROFILES))
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="first seed (held-out runs)")
    parser.add_argument("--size", type=int, default=316)
    parser.add_argument("--order-numbers", action="store_true", help="the Fees sheet has PO refs")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--wrong", default="", help="print the wrong proposals of a tier or rule")
    parser.add_argument("--months", type=int, default=800, help="invoices of each of the eight "
                        "firms whose months are played; 0 leaves them out")  # fmt: skip
    args = parser.parse_args()
    books = _Books()
    for seed in range(args.first, args.first + args.seeds):
        book = make(args.profile, seed, args.size, orders=args.order_numbers)
        found = books.add(book)
        if args.wrong:
            _wrong(book, found, args.wrong)
    _table(books.rows)
    _shares(books.kinds)
    books.tell()
    if args.rules:
        rules, kinds = books.rules, books.kinds
        _counts("rule", {f"{r} {t}": (rules[r, t, True], rules[r, t, False]) for r, t, _ in rules})
        _counts("kind", {k: (kinds[k, True], kinds[k, False]) for k, _ in kinds})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"matching {mean(books.seconds):.3f} CPU s a book, peak {peak} MB")
    if args.months:
        print()
        rounds.table(args.months, args.first - 1)


class _Books:
    """What is counted over all made-up firms."""

    def __init__(self) -> None:
        self.rows: dict[str, list[metrics.Score]] = {}
        self.tiers, self.seconds, self.done, self.imports = [], [], [], []
        self.rules, self.kinds = Counter(), Counter()
        self.suggested: Counter[str] = Counter()

    def add(self, book: Book) -> list[Proposal]:
        """Match one more firm; return the proposals."""
        start = time.process_time()
        verdict = match(book.invoices, book.lines, book.world.clients)
        self.seconds.append(time.process_time() - start)
        found = list(verdict.proposals)
        for name, answers in (
            ("VLOOKUP on amount", metrics.baseline_amount(book, once=False)),
            ("amount, each once", metrics.baseline_amount(book, once=True)),
            ("number and amount", metrics.baseline_number(book)),
            ("sheetrecord", metrics.answers_of(found)),
        ):
            self.rows.setdefault(name, []).append(metrics.score(book, answers))
        self.done.append(answer(book))
        self.imports.append(imported(book))
        self.suggested += metrics.suggested(book, found)
        self.tiers.append(metrics.tiers(book, found))
        self.rules += metrics.by_rule(book, found)
        self.kinds += metrics.by_kind(book, found)
        return found

    def tell(self) -> None:
        """Print the sums."""
        tiers, done, imports = self.tiers, self.done, self.imports
        for tier in ("certain", "likely", "choose"):
            share, right = mean(t.share[tier] for t in tiers), mean(t.right[tier] for t in tiers)
            print(f"{tier:8} {share:6.1%} of lines, {right:.4f} right")
        certain = [(n, right) for (_, tier, right), n in self.rules.items() if tier == "certain"]
        all_, good = sum(n for n, _ in certain), sum(n for n, right in certain if right)
        print(f"certain: {good} of {all_} right ({good / max(all_, 1):.5f})")
        print(
            f"after perfect answers: outstanding off by {sum(d.error for d in done)} minor units "
            f"in {sum(d.error > 0 for d in done)} of {len(done)} books, "
            f"laws broken {sum(d.broken for d in done)}, "
            f"refused {sum(d.refused for d in done)}, taken back {sum(d.undone for d in done)}; "
            f"{mean(d.questions for d in done):.0f} questions, "
            f"{mean(d.clicks for d in done):.0f} clicks a book"
        )
        print(
            f"imports: {sum(i.caught for i in imports)} of {sum(i.repeated for i in imports)} "
            f"repeated rows caught, lost {sum(i.lost for i in imports)}, doubled "
            f"{sum(i.doubled for i in imports)}, asked {sum(i.asked for i in imports)}"
        )
        told = self.suggested
        asked = max(told["asked"], 1)
        print(
            f"suggestions: first right {told['first'] / asked:.3f}, one of three right "
            f"{told['three'] / asked:.3f}, of {told['asked']} lines that settle something"
        )


def make(profile: str, seed: int, size: int, *, orders: bool = False) -> Book:
    """Return one made-up firm; ``orders`` says whether order numbers are in the Fees sheet."""
    rng = Random(f"{profile}-{seed}-{size}")
    rates = PROFILES[profile]
    book = make_book(make_world(size, rates, rng), rates, rng)
    if not orders:
        book = book._replace(invoices=[i._replace(po_ref="") for i in book.invoices])
    return book


def _table(rows: dict[str, list[metrics.Score]]) -> None:
    print(f"{'method':20}     P     R    F1  £P    £R    exact equiv status")
    for name, scores in rows.items():
        cells = [mean(getattr(s, f) for s in scores) for f in metrics.Score._fields[:8]]
        print(f"{name:20} " + " ".join(f"{c:.3f}" for c in cells))


def _shares(kinds: Counter) -> None:
    whole = sum(kinds.values())
    names = sorted({kind for kind, _ in kinds})
    share = {n: (kinds[n, True] + kinds[n, False]) / whole for n in names}
    print("shares of lines: " + ", ".join(f"{n} {part:.1%}" for n, part in share.items()))


def _counts(title: str, rows: dict[str, tuple[int, int]]) -> None:
    print(f"\n{title:32} right wrong")
    for name, (right, wrong) in sorted(rows.items()):
        print(f"{name:32} {right:5} {wrong:5}  {right / (right + wrong):.3f}")


def _wrong(book: Book, found: list[metrics.Proposal], which: str) -> None:
    invoices = {i.number: i for i in book.invoices}
    lines = {line.bank_id: line for line in book.lines}
    for p in found:
        truth = book.truth[p.bank_id]
        want = {n for n, _, _ in truth.settles}
        if which in (p.tier, p.rule, truth.kind) and not metrics.alike(
            want, set(p.invoices), invoices
        ):
            line = lines[p.bank_id]
            print(
                p.tier,
                p.rule,
                truth.kind,
                line.booked,
                line.amount,
                repr(line.payer),
                repr(line.text),
            )
            print("   want", [(n, invoices[n].gross, invoices[n].client) for n in sorted(want)])
            print("   got ", p.evidence)


if __name__ == "__main__":
    main()

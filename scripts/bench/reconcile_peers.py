"""Match the same made-up firm with record-linkage libraries, each where it is installed.

They score pairs of a receipt and an invoice; a receipt is right when the whole set of its invoices
is. They are given what our reader makes of the text, the first number it quotes, as a column: that
flatters them. Amount, name and number are compared, and the best pairs taken one by one.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reconcile_truth import metrics
from reconcile_truth.__main__ import make
from reconcile_truth.payments import Book
from sheetrecord.core.reconcile.matching.index import FeeIndex
from sheetrecord.core.reconcile.matching.matcher import match

Pairs = Iterable[tuple[float, str, str]]
"""Score, bank id, invoice number."""


class Row(NamedTuple):
    """How right a matcher was, and what it took."""

    name: str
    exact: float
    f1: float
    seconds: float


def compared(size: int = 316, seed: int = 1) -> list[str]:
    """Return a table of all matchers that are installed, and a word on those that are not."""
    book = make("brief", seed, size)
    first = _first_numbers(book)
    lines = ["| matcher | whole lines right | F1 of pairs | CPU s | times ours |", "|---" * 5 + "|"]
    rows = [_row("sheetrecord", book, lambda: _ours(book))]
    missing = []
    for module, pairs in (("recordlinkage", _recordlinkage), ("splink", _splink)):
        if importlib.util.find_spec(module) is None:
            missing.append(f"{module} is not installed: skipped.")
            continue
        rows.append(_row(module, book, lambda run=pairs: _one_to_one(run(book, first), book)))
    for row in rows:
        times = row.seconds / max(rows[0].seconds, 1e-9)
        cells = f"{row.exact:.3f} | {row.f1:.3f} | {row.seconds:.2f} | {times:.0f}"
        lines.append(f"| {row.name} | {cells} |")
    return [*lines, *missing]


def _row(name: str, book: Book, run: Callable[[], Mapping[str, metrics.Answer]]) -> Row:
    start = time.process_time()
    answers = run()
    seconds = time.process_time() - start
    found = metrics.score(book, answers)
    return Row(name, found.exact, found.f1, seconds)


def _ours(book: Book) -> Mapping[str, metrics.Answer]:
    return metrics.answers_of(list(match(book.invoices, book.lines, book.world.clients).proposals))


def _first_numbers(book: Book) -> dict[str, str]:
    """Return the first invoice number that each line quotes, as our reader finds it."""
    index = FeeIndex(book.invoices, book.world.clients)
    found = {}
    for line in book.lines:
        mentions = index.quoted(line).mentions
        found[line.bank_id] = index.keys[mentions[0].invoices[0]] if mentions else ""
    return found


def _one_to_one(pairs: Pairs, book: Book) -> dict[str, metrics.Answer]:
    """Return the best pairs, each line and each invoice once."""
    gross = {i.number: i.gross for i in book.invoices}
    answers: dict[str, metrics.Answer] = {}
    taken: set[str] = set()
    for _, line, number in sorted(pairs, reverse=True):
        if line not in answers and number not in taken:
            answers[line] = ((number, gross[number]),)
            taken.add(number)
    return answers


def _frames(book: Book, first: Mapping[str, str]) -> tuple[Any, Any]:
    import pandas as pd

    receipts = pd.DataFrame(
        [(x.bank_id, x.amount, x.payer.upper(), first[x.bank_id]) for x in book.lines],
        columns=["unique_id", "amount", "name", "number"],
    )
    invoices = pd.DataFrame(
        [(i.number, i.gross, i.client.upper(), i.number) for i in book.invoices],
        columns=["unique_id", "amount", "name", "number"],
    )
    return receipts, invoices


def _recordlinkage(book: Book, first: Mapping[str, str]) -> Pairs:
    import recordlinkage

    receipts, invoices = (frame.set_index("unique_id") for frame in _frames(book, first))
    index = recordlinkage.Index()
    index.block("amount")
    index.block("number")
    pairs = index.index(receipts, invoices)
    compare = recordlinkage.Compare()
    compare.exact("amount", "amount")
    compare.exact("number", "number")
    compare.string("name", "name", method="jarowinkler")
    found = compare.compute(pairs, receipts, invoices)
    score = found[0] + 1.5 * found[1] + found[2]
    return [(value, *pair) for pair, value in score.items() if value >= 1.8]


def _splink(book: Book, first: Mapping[str, str]) -> Pairs:
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=1 / len(book.invoices),
        comparisons=[
            compare.ExactMatch("amount").configure(term_frequency_adjustments=True),
            compare.ExactMatch("number"),
            compare.JaroWinklerAtThresholds("name", [0.92, 0.8]),
        ],
        blocking_rules_to_generate_predictions=[block_on("amount"), block_on("number")],
    )
    frames = [frame.replace("", None) for frame in _frames(book, first)]
    api = DuckDBAPI()
    if hasattr(api, "register"):  # from splink 5 on, frames are handed to the database first
        frames = [api.register(frame) for frame in frames]
        linker = Linker(frames, settings)
    else:
        linker = Linker(frames, settings, api)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5)
    for key in ("amount", "number"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(key))
    found = linker.inference.predict(threshold_match_probability=0.1).as_pandas_dataframe()
    lines = {x.bank_id for x in book.lines}
    sides = zip(found.match_probability, found.unique_id_l, found.unique_id_r, strict=True)
    return [(p, a, b) if a in lines else (p, b, a) for p, a, b in sides]


if __name__ == "__main__":
    print("\n".join(compared()))

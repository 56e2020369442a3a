"""What is indexed once serves every match of a run, and goes when the run is over."""

import gc
import sys
import weakref
from pathlib import Path

import pytest

from sheetrecord.core.reconcile.matching.index import FeeIndex
from sheetrecord.core.reconcile.matching.matcher import match, propose
from sheetrecord.core.reconcile.matching.subset_sum import combinations

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from reconcile_truth.__main__ import make


@pytest.mark.parametrize("profile", ["brief", "adversarial"])
def test_an_index_that_served_before_gives_the_same_as_a_new_one(profile):
    book = make(profile, 3, 60)
    index = FeeIndex(book.invoices, book.world.clients)
    half = book.lines[: len(book.lines) // 2]
    for lines in (book.lines, half, book.lines):
        assert propose(index, lines) == match(book.invoices, lines, book.world.clients)


def test_nothing_of_a_match_stays_in_memory():
    book = make("brief", 1, 60)
    index = FeeIndex(book.invoices, book.world.clients)
    watch = weakref.ref(index)
    gc.disable()  # as a command runs: what holds itself would stay until its end
    try:
        propose(index, book.lines)
        combinations(list(range(1, 12)), 30)
        del index
        assert watch() is None
    finally:
        gc.enable()

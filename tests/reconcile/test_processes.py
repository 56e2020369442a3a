"""Each process orders its sets in its own way; none of it shows in what a run comes to."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MATCH = """
from reconcile_truth.__main__ import make
from sheetrecord.core.reconcile.matching.matcher import match
book = make("adversarial", 7, 60)
print(match(book.invoices, book.lines, book.world.clients))
"""
NAMES = """
from itertools import product
from sheetrecord.core.reconcile.facts import PayingClient
from sheetrecord.core.reconcile.matching.payers import PayerNames
from sheetrecord.core.reconcile.text.normalise import name_of
parts = "Northern Harbour Cobalt Meadow Granite Lantern Orchard Velvet Juniper Saffron".split()
names = PayerNames(PayingClient(name, name) for name in map(" ".join, product(parts, repeat=3)))
for name in list(names.clients)[::9]:
    print(name, sorted(names.spelled(name_of(name[:4] + name[6:])).items()))
"""
"""More clients share a few letters with a payer than are looked at."""
PREFIXES = """
from sheetrecord.core.reconcile.text.invoice_numbers import Numbers
words = [letter + end for letter in "ABC" for end in ("", "INV")]
words = [word for word in words if len(word) > 1] + ["INV", "NV"]
numbers = Numbers([f"{word}-0142" for word in words])
for text in ("REINV0142", "REAINV0142", "RECINV0142", "XNV0142"):
    print(text, [[numbers.numbers[at] for at in m.invoices] for m in numbers.find(text)])
"""
"""A word that ends in several of our prefixes."""
BOOK = """
import datetime as dt
from itertools import product
from sheetrecord.core.reconcile.facts import BankLine, PayingClient, FeeLine, Invoice
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.session import RunRequest, FinanceSheets, reconcile
parts = "Northern Harbour Cobalt Meadow Granite Lantern Orchard Velvet Juniper Saffron".split()
clients = [PayingClient(name, name) for name in map(" ".join, product(parts, repeat=3))]
day = dt.date(2026, 1, 5)
invoices, lines, bank = [], {}, []
for n, client in enumerate(clients):
    number, amount = f"INV-{n:04}", 100_000 + 100 * (n % 50)
    invoices.append(Invoice(number, client.key, day, day, amount, "GBP"))
    lines[number] = (FeeLine(f"F-{n}", number, amount, "GBP", amount),)
    if n % 9 == 0:
        payer, text = client.name[:4] + client.name[6:], number if n % 2 else ""
        bank.append(BankLine("GB1", day + dt.timedelta(n % 40), amount, "GBP", payer, text))
side = FeeSide(tuple(invoices), lines, tuple(clients), (), {}, ())
ask = RunRequest(dt.date(2026, 6, 30), "ana", (tuple(bank),))
"""
SESSION = f"""{BOOK}
done = reconcile(side, FinanceSheets(), ask)
print(done.allocations, done.review, done.findings, done.proposals, sep="\\n")
"""
FIRST = f"""{BOOK}
import pickle, sys
with open(sys.argv[1], "wb") as file:
    pickle.dump(reconcile(side, FinanceSheets(), ask), file)
"""
AGAIN = f"""{BOOK}
import pickle, sys
with open(sys.argv[1], "rb") as file:
    first = pickle.load(file)
again = reconcile(side, FinanceSheets(first.lines, first.allocations, first.review), ask)
print(len(first.posted) > 0, len(first.review) > 0, again.known == len(first.lines))
print(again.posted, again.added, again.review == first.review, again.findings == first.findings)
print(again.proposals == first.proposals)
"""


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        pytest.param(MATCH, "R11-quoted-exact", id="proposals"),
        pytest.param(NAMES, "Lantern Northern", id="names-beyond-the-bound"),
        pytest.param(PREFIXES, "INV-0142", id="prefixes-inside-one-another"),
        pytest.param(SESSION, "R11-quoted-exact", id="a-whole-run"),
    ],
)
def test_every_process_comes_to_the_same(code, sign):
    said = [_said(code, seed) for seed in ("1", "2", "3")]
    assert said[0] == said[1] == said[2]
    assert sign in said[0]


def test_a_number_stands_behind_the_longest_prefix_that_ends_its_word():
    said = _said(PREFIXES, "1").splitlines()
    assert "['INV-0142']" in said[0]
    assert "['AINV-0142']" in said[1]
    assert "['NV-0142']" in said[3]


def test_the_same_file_again_changes_nothing_in_another_process(tmp_path):
    kept = str(tmp_path / "first")
    _said(FIRST, "1", kept)
    assert _said(AGAIN, "2", kept).split() == ["True"] * 3 + ["()", "()"] + ["True"] * 3


def _said(code: str, seed: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout

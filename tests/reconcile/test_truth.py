"""The made-up firms: every dialect comes back as written, and the bars hold on a few seeds."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from reconcile_truth import metrics
from reconcile_truth.__main__ import make
from reconcile_truth.answers import answer
from reconcile_truth.dataset import files_of
from reconcile_truth.dialects import DIALECTS, LEDGERS, PROFILE
from reconcile_truth.imports import imported
from sheetrecord.core.reconcile.matching.index import FeeIndex
from sheetrecord.core.reconcile.matching.matcher import certain, match
from sheetrecord.ledgers.detect import read_bank, read_ledger


@pytest.fixture(scope="module")
def lines():
    found = sorted(make("hard", 3, 120).lines, key=lambda x: (x.booked, x.bank_id))
    return [x._replace(original=None, payer=x.payer.strip(), text=x.text.strip()) for x in found]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_comes_back_as_it_was_written(dialect, lines):
    data = DIALECTS[dialect](lines)
    profile = PROFILE._replace(date_order="dmy") if dialect.endswith("qif") else PROFILE
    found = read_bank(data, dialect, profile).reading
    assert {p.name for p in found.problems} <= {"no-control-total"}
    back = sorted((x.booked, x.amount, _plain(x.payer), _plain(x.text)) for x in found.lines)
    assert back == sorted((x.booked, x.amount, _plain(x.payer), _plain(x.text)) for x in lines)


def _plain(text):
    """Only cp1252 loses letters, and only spaces move at line ends."""
    return "".join(text.encode("cp1252", "replace").decode("cp1252").split())


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_comes_back_as_it_was_written(name):
    book = make("brief", 4, 60)
    invoices = [i for i in book.invoices if i.gross > 0]
    paid = {i.number: i.gross // 2 for i in invoices[::2]}
    found = read_ledger(LEDGERS[name](invoices, paid), "x.csv", "GBP")
    assert not found.problems
    back = {i.number: (i.total, i.issued, i.paid) for i in found.invoices}
    knows = name != "quickbooks"
    assert back == {
        i.number: (i.gross, i.issued, paid.get(i.number, 0) if knows else None) for i in invoices
    }


BARS = [
    ("clean", 1.0, 0.90, 0.99),
    ("brief", 0.999, 0.42, 0.95),
    ("hard", 0.998, 0.40, 0.92),
    ("adversarial", 0.995, 0.10, 0.70),
]


@pytest.mark.parametrize(
    ("profile", "precision", "coverage", "equiv"), BARS, ids=[b[0] for b in BARS]
)
def test_the_bars_hold_on_three_seeds(profile, precision, coverage, equiv):
    scores, covered, right, certain = [], [], 0, 0
    for seed in (1, 2, 3):
        book = make(profile, seed, 316)
        verdict = match(book.invoices, book.lines, book.world.clients)
        found = list(verdict.proposals)
        scores.append(metrics.score(book, metrics.answers_of(found)).equiv)
        covered.append(len(verdict.certain) / len(found))
        invoices = {i.number: i for i in book.invoices}
        for p in verdict.certain:
            want = {n for n, _, _ in book.truth[p.bank_id].settles}
            certain += 1
            right += metrics.alike(want, set(p.invoices), invoices)
        done = answer(book)
        assert done.broken == 0
        assert (done.error, done.refused) == (0, 0)
        kept = imported(book)
        assert (kept.lost, kept.doubled, kept.asked) == (0, 0, 0)
        assert kept.caught == kept.repeated
    assert right / certain >= precision
    assert sum(covered) / 3 >= coverage
    assert sum(scores) / 3 >= equiv


@pytest.mark.parametrize("profile", [bar[0] for bar in BARS])
def test_what_posts_itself_rests_on_numbers_alone(profile):
    for seed in (4, 5):
        book = make(profile, seed, 316)
        whole = match(book.invoices, book.lines, book.world.clients).certain
        index = FeeIndex(book.invoices, book.world.clients)
        assert {(p.bank_id, p.shares) for p in certain(index, book.lines)} == {
            (p.bank_id, p.shares) for p in whole
        }


def test_a_firm_is_written_whole_and_the_same_every_time():
    one, two = (files_of(make("hard", 5, 40), "hard", 5, 40) for _ in range(2))
    assert one == two
    named = {"firm.xlsx", "truth.json", "manifest.json", "bank-camt08.xml", "ledger-xero.csv"}
    assert named <= set(one)

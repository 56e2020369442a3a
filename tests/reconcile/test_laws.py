"""Laws of matching: order, repetition, unrelated lines and scale change nothing."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from reconcile.book import STAMP, day, inv, line
from sheetrecord.core.reconcile.input.line_ids import identify, merge
from sheetrecord.core.reconcile.ledger.allocate import from_proposal, post, undo
from sheetrecord.core.reconcile.ledger.invariants import violations
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.matching.subset_sum import combinations
from sheetrecord.core.reconcile.text.invoice_numbers import Numbers
from sheetrecord.core.reconcile.text.name_similarity import ratio

CLIENTS = ["Acme Ltd", "Northwind Trading Ltd", "Zephyr Foods GmbH", "Müller & Söhne KG"]
AMOUNTS = [10000, 20000, 30000, 50000, 50000, 123456]


@st.composite
def books(draw):
    """A small book whose amounts collide; receipts quote, combine, split or say nothing."""
    rng = Random(draw(st.integers(0, 10**6)))
    invoices = [
        inv(f"INV-{n:04}", rng.choice(CLIENTS), "1 Jan", "1")._replace(
            gross=rng.choice(AMOUNTS), issued=day("1 Jan") + timedelta(days=rng.randrange(60))
        )
        for n in range(101, 101 + draw(st.integers(1, 14)))
    ]
    if rng.random() < 0.4:
        invoices.append(inv("CN-0001", rng.choice(CLIENTS), "1 Jan", "-100"))
    lines = []
    for n in range(draw(st.integers(1, 12))):
        some = rng.sample(invoices, min(len(invoices), rng.choice([1, 1, 1, 2, 3])))
        amount = sum(i.gross for i in some) + rng.choice([0, 0, 0, 0, -500, -5000, 700])
        text = " ".join(i.number for i in some) if rng.random() < 0.5 else rng.choice(["", "FEES"])
        payer = rng.choice([some[0].client.upper(), "TIPALTI", some[0].client.upper()[:18]])
        booked = day("1 Jan") + timedelta(days=rng.randrange(120))
        lines.append(
            line("1 Jan", "1", payer, text, bank_id=f"L{n}")._replace(
                amount=amount or 100, booked=booked
            )
        )
    return invoices, lines


SOME = examples(60)


def seen(verdict):
    return {p.bank_id: p for p in verdict.proposals}


@SOME
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_invoices_does_not_matter(book, rng):
    invoices, lines = book
    expected = seen(match(invoices, lines))
    rng.shuffle(invoices)
    rng.shuffle(lines)
    assert seen(match(invoices, lines)) == expected


@SOME
@given(books())
def test_an_unrelated_line_changes_nothing_else(book):
    invoices, lines = book
    stranger = line("5 Feb", "77.77", "QQQQ XXXX", "ZZZZ", bank_id="stranger")
    with_it = seen(match(invoices, [*lines, stranger]))
    assert with_it.pop("stranger").shares == ()
    assert with_it == seen(match(invoices, lines))


@SOME
@given(books())
def test_no_proposal_gives_more_than_there_is_and_all_can_be_posted(book):
    invoices, lines = book
    verdict = match(invoices, lines)
    by = {x.bank_id: x for x in lines}
    rows = [a for p in verdict.proposals for a in from_proposal(by[p.bank_id], p, STAMP)]
    added, refused = post([], rows, by, invoices)
    assert not refused
    assert not violations(added, lines, invoices)
    spent = {}
    for a in added:
        spent[a.bank_id] = spent.get(a.bank_id, 0) + a.bank_amount
    assert all(min(0, x.amount) <= spent.get(x.bank_id, 0) <= max(0, x.amount) for x in lines)


@SOME
@given(books())
def test_posting_and_matching_again_proposes_nothing_for_what_is_used_up(book):
    invoices, lines = book
    by = {x.bank_id: x for x in lines}
    rows = [
        a for p in match(invoices, lines).proposals for a in from_proposal(by[p.bank_id], p, STAMP)
    ]
    added, _ = post([], rows, by, invoices)
    used = {a.bank_id for a in added}
    again = match(invoices, lines, (), added)
    assert not {p.bank_id for p in again.proposals} & {
        k for k in used if sum(a.bank_amount for a in added if a.bank_id == k) == by[k].amount
    }
    assert match(invoices, lines, (), added) == again


@SOME
@given(books())
def test_undo_after_apply_leaves_every_figure_as_it_was(book):
    invoices, lines = book
    by = {x.bank_id: x for x in lines}
    rows = [
        a for p in match(invoices, lines).proposals for a in from_proposal(by[p.bank_id], p, STAMP)
    ]
    added, _ = post([], rows, by, invoices)
    everything = list(added)
    for bank_id in dict.fromkeys(a.bank_id for a in added):
        first = next(a for a in added if a.bank_id == bank_id)
        everything += undo(everything, first.alloc_id, STAMP, "test")
    assert standings(invoices, everything, day("1 Jun")) == standings(invoices, [], day("1 Jun"))
    assert (
        seen(match(invoices, lines, (), everything)).keys() == seen(match(invoices, lines)).keys()
    )


@SOME
@given(books())
def test_ten_times_the_money_keeps_the_certain_exact_matches(book):
    invoices, lines = book
    big = match(
        [i._replace(gross=i.gross * 10) for i in invoices],
        [x._replace(amount=x.amount * 10) for x in lines],
    )
    small = match(invoices, lines)
    exact = ("R10-own-list", "R11-quoted-exact", "R12-quoted-stranger")
    for p in small.certain:
        if p.rule in exact:
            assert big.of(p.bank_id).invoices == p.invoices


@SOME
@given(books())
def test_renaming_a_client_keeps_what_its_numbers_said(book):
    invoices, lines = book
    renamed = [i._replace(client=i.client.replace("Acme Ltd", "Quux Holding")) for i in invoices]
    after = match(renamed, lines)
    for p in match(invoices, lines).certain:
        if p.rule in ("R11-quoted-exact", "R12-quoted-stranger"):
            assert after.of(p.bank_id).invoices == p.invoices


@SOME
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from([100, 100, 250]), st.sampled_from("AB")),
        max_size=20,
    ),
    st.integers(0, 9),
)
def test_a_file_split_between_days_imports_the_same_in_either_order(rows, cut):
    lines = [line(f"{d} Jan", str(a), p, "x")._replace(bank_id="") for d, a, p in sorted(rows)]
    early = [x for x in lines if x.booked.day <= cut]
    late = [x for x in lines if x.booked.day > cut]
    whole = {x.bank_id for x in merge((), lines).lines}
    assert len(whole) == len(lines)
    for first, second in ((early, late), (late, early)):
        both = merge(merge((), first).lines, second)
        assert {x.bank_id for x in both.lines} == whole
        assert not both.suspects
        assert merge(both.lines, lines).added == ()


@SOME
@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(1, 200))
def test_subset_sums_are_right_and_complete(amounts, target):
    found = combinations(amounts, target)
    assert all(sum(amounts[i] for i in s) == target for s in found.solutions)
    assert all(len(set(s)) == len(s) <= 6 for s in found.solutions)
    possible = any(
        sum(a for i, a in enumerate(amounts) if mask >> i & 1) == target
        for mask in range(1, 2 ** len(amounts))
        if mask.bit_count() <= 6
    )
    assert bool(found.solutions) == possible


@SOME
@given(st.text("ABCDE", max_size=12), st.text("ABCDE", max_size=12))
def test_likeness_is_symmetric_and_whole_for_equals(a, b):
    assert ratio(a, b) == ratio(b, a)
    assert ratio(a, a) == 100
    assert 0 <= ratio(a, b) <= 100
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            best = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if x == y else best
    if a and b:
        assert ratio(a, b) == pytest.approx(200 * lengths[-1][-1] / (len(a) + len(b)))


@SOME
@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text):
    numbers = Numbers(["INV-0142", "2026-0007", "7"])
    for mention in numbers.find(text):
        assert mention.invoices
    numbers.near(text, 0)


def test_ids_depend_on_raw_fields_only():
    plain = line("9 Jan", "10", "A", "x")._replace(bank_id="")
    dressed = plain._replace(category="tax", statement="7", parts=(), valued=day("10 Jan"))
    assert identify([plain])[0].bank_id == identify([dressed])[0].bank_id

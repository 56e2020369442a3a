"""A number one slip away is found alike one by one and, among many, looked up."""

from hypothesis import example, given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.reconcile.text.invoice_numbers import Numbers

DIGITS = st.text("0123457", min_size=1, max_size=5)
BOOK = st.lists(DIGITS.map("INV-{}".format), min_size=40, max_size=80)
WORDS = st.sampled_from(["INVOICE", "INV-", "thank you ", " ", "O", "and I", "/", "B"])
TEXT = st.lists(WORDS | DIGITS, max_size=6).map("".join)


@examples(100)
@given(BOOK, TEXT)
@example([f"INV-0{n}" for n in range(100, 150)], "PAYMENT OF INVOICE 01")
@example([f"INV-{n}" for n in range(100, 150)], "INV-1O1")
@example(["INV-000"] * 40, "0OO")
def test_among_many_the_same_numbers_are_near_as_one_by_one(book, text):
    numbers = Numbers(book)
    places = range(len(book))
    found = numbers.near_among(text, places)
    assert found == [at for at in places if numbers.near(text, at)]


def test_every_kind_of_slip_is_looked_up():
    book = [f"INV-{n:04}" for n in range(1000)]
    numbers, want = Numbers(book), 142
    for text in ("INV-0143", "INV-142x", "INV-00142", "INV-0412", "INV-O142", "INV-01142"):
        assert (want in numbers.near_among(text, range(1000))) is numbers.near(text, want)
    assert want in numbers.near_among("INV-0143", range(1000))
    assert want in numbers.near_among("INV-O142", range(1000))
    assert want in numbers.near_among("INV-0412", range(1000))

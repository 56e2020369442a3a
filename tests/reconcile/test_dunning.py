"""A dunning list: who is late with what, and a letter in each language. Nothing is sent."""

import pytest

from reconcile.book import day, inv, line, posted
from sheetrecord.core.reconcile.controls.dunning import reminders
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.formats.finance.reminder_texts import LANGUAGES, letter

BOOK = [
    inv("INV-1", "Acme Ltd", "1 Jan", "1,000", due="31 Jan"),
    inv("INV-2", "Acme Ltd", "1 Feb", "190", due="3 Mar"),
    inv("INV-3", "Acme Ltd", "1 Mar", "70", due="31 Mar"),
    inv("INV-4", "Beta Ltd", "1 Mar", "500", due="10 Mar", disputed=True),
    inv("INV-5", "Cobalt", "1 Mar", "500", "EUR", due="10 Mar"),
    inv("INV-6", "Dunmore", "1 Mar", "500", due="1 Mar"),
    inv("CN-1", "Cobalt", "1 Mar", "-20", "EUR", due="2 Mar"),
]
RECEIPTS = [line("2 Mar", "500", "DUNMORE", "INV-6"), line("3 Mar", "400", "ACME LTD", "INV-1")]
PAID, _ = posted(BOOK, RECEIPTS, everything=True)


def found(on="20 Mar"):
    by_key = {i.number: i for i in BOOK}
    return reminders(by_key, standings(BOOK, PAID, day(on)))


def test_who_is_late_with_what_dearest_and_oldest_first():
    acme, cobalt = found()
    assert (acme.client, acme.currency, acme.total, acme.days, acme.step) == (
        "Acme Ltd", "GBP", 79000, 48, 3,
    )  # fmt: skip
    assert [(i.number, i.days, i.open) for i in acme.invoices] == [
        ("INV-1", 48, 60000), ("INV-2", 17, 19000),
    ]  # fmt: skip
    assert (cobalt.client, cobalt.total, cobalt.step) == ("Cobalt", 50000, 1)


STEPS = [("11 Mar", 1), ("24 Mar", 1), ("25 Mar", 2), ("9 Apr", 2), ("10 Apr", 3)]


@pytest.mark.parametrize(("on", "step"), STEPS, ids=[s[0] for s in STEPS])
def test_the_step_follows_from_the_days_of_the_oldest(on, step):
    assert [one.step for one in found(on) if one.client == "Cobalt"] == [step]


def test_nobody_is_late_on_the_day_itself():
    assert [one.client for one in found("10 Mar") if one.client == "Cobalt"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_names_each_invoice_its_days_and_the_sum(language):
    acme, _ = found()
    text = letter(acme, language)
    for word in ("Acme Ltd", "INV-1", "INV-2", "48", "17", "2026"):
        assert word in text
    total = "790.00 GBP" if language == "en" else "790,00 GBP"
    assert total in text
    assert "{" not in text


def test_letters_differ_by_step_and_language():
    acme, cobalt = found()
    texts = {
        letter(one, language).split("\n")[0] for one in (acme, cobalt) for language in LANGUAGES
    }
    assert len(texts) == 2 * len(LANGUAGES) == 10


def test_thousands_are_written_as_the_language_does():
    (acme, *_) = found()
    dear = acme._replace(invoices=(acme.invoices[0]._replace(open=123456789),))
    assert "1,234,567.89 GBP" in letter(dear, "en")
    assert "1.234.567,89 GBP" in letter(dear, "de")

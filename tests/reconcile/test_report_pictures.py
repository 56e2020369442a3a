"""The report's pictures say what their tables say, to eyes and to a screen reader."""

import xml.etree.ElementTree as ET

import pytest

from reconcile.book import day, inv
from sheetrecord.core.reconcile.controls.cash_to_come import WHEN, cash_to_come
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.formats.finance.report_pictures import ReportBar, bars

AS_OF = day("1 Jun")
DUE = [
    ("31 May", "late"), ("1 Jun", "within 7 days"), ("8 Jun", "within 7 days"),
    ("9 Jun", "8 to 30 days"), ("1 Jul", "8 to 30 days"), ("2 Jul", "31 to 60 days"),
    ("31 Jul", "31 to 60 days"), ("1 Aug", "61 to 90 days"), ("30 Aug", "61 to 90 days"),
    ("31 Aug", "later"),
]  # fmt: skip


def coming(*book):
    by_key = {i.number: i for i in book}
    return cash_to_come(by_key, standings(book, [], AS_OF), AS_OF)


@pytest.mark.parametrize(("due", "when"), DUE, ids=[d[0] for d in DUE])
def test_an_invoice_comes_when_it_is_due(due, when):
    found = coming(inv("INV-1", "Acme", "1 May", "100", due=due))
    assert found == {"GBP": {**dict.fromkeys(WHEN, 0), when: 10000}}


def test_what_is_retained_comes_on_its_day_and_what_is_disputed_or_owed_back_not_at_all():
    found = coming(
        inv("INV-1", "Acme", "1 May", "100", due="10 Jun", retention=1000,
            retention_release=day("2026-07-20")),
        inv("INV-2", "Acme", "1 May", "100", due="10 Jun", disputed=True),
        inv("CN-1", "Acme", "1 May", "-30", due="10 Jun"),
    )  # fmt: skip
    assert found["GBP"]["8 to 30 days"] == 9000
    assert found["GBP"]["31 to 60 days"] == 1000
    assert sum(found["GBP"].values()) == 10000


def test_a_picture_has_a_name_that_says_all_of_it_and_bars_in_proportion():
    rows = [ReportBar("late", 100, "1.00", "late"), ReportBar("later", 50, "0.50")]
    drawn = bars("Cash <to come>", [*rows, ReportBar("never", 0, "0.00")])
    figure = ET.fromstring(drawn)
    (svg,) = figure.findall("svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Cash <to come>: late 1.00; later 0.50"
    wide, half = (float(rect.get("width")) for rect in svg.findall("rect"))
    assert wide == 2 * half
    assert [text.text for text in svg.findall("text")] == [
        "late", "1.00", "later", "0.50", "never", "0.00",
    ]  # fmt: skip


def test_nothing_is_drawn_of_nothing():
    assert bars("Nothing", [ReportBar("late", 0, "0.00"), ReportBar("later", -5, "-0.05")]) == ""

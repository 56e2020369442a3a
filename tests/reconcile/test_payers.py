"""A payer is recognised by spelling, account, alias and habit; strangers are not."""

import pytest

from sheetrecord.core.reconcile.facts import PayingClient
from sheetrecord.core.reconcile.matching.payers import MAYBE, SURE, PayerNames, Payers
from sheetrecord.core.reconcile.text.normalise import fold, name_of

CLIENTS = [
    PayingClient(
        "nw", "Northwind Trading Ltd", aliases=("Skipper Holdings",), ibans=("GB11 2222",)
    ),
    PayingClient("nd", "Northwind Design Ltd"),
    PayingClient("ac1", "Acme Ltd"),
    PayingClient("ac2", "Acme GmbH"),
    PayingClient("mu", "Müller & Söhne GmbH & Co. KG"),
    PayingClient("gz", "Газпром Сервис"),
    PayingClient("lo", "Łódź Przędza Sp. z o.o."),
    PayingClient("de", "Delta Consulting"),
    PayingClient("dd", "Delta Design"),
]

WHO = [
    ("exact, capitals", "NORTHWIND TRADING LTD", "nw"),
    ("suffix dropped", "NORTHWIND TRADING", "nw"),
    ("cut at 18", "NORTHWIND TRADING LTD"[:18], "nw"),
    ("letters swapped", "NORTHWIDN TRADING LTD", "nw"),
    ("words around it", "BACS NORTHWIND TRADING LONDON", "nw"),
    ("words in another order", "TRADING NORTHWIND", "nw"),
    ("an alias", "SKIPPER HOLDINGS PLC", "nw"),
    ("umlauts written out", "MUELLER UND SOEHNE", "mu"),
    ("another script", "GAZPROM SERVIS", "gz"),
    ("Polish letters lost", "LODZ PRZEDZA SPZOO", "lo"),
    ("suffix decides", "ACME GMBH", "ac2"),
    ("one of two like names", "DELTA DESIGN", "dd"),
]


@pytest.mark.parametrize(("payer", "key"), [w[1:] for w in WHO], ids=[w[0] for w in WHO])
def test_a_payer_is_its_client(payer, key):
    found = Payers(PayerNames(CLIENTS)).of_name(payer)
    best = max(found, key=lambda k: found[k])
    assert (best, found[best] >= SURE) == (key, True)


@pytest.mark.parametrize("payer", ["TIPALTI", "HMRC VAT", "SMITH J", "EASTWIND TRAVEL", ""])
def test_a_stranger_is_nobody(payer):
    found = Payers(PayerNames(CLIENTS)).of_name(payer)
    assert all(value < SURE for value in found.values())


def test_without_a_suffix_both_companies_stay_possible():
    found = Payers(PayerNames(CLIENTS)).of_name("ACME")
    assert {key for key, value in found.items() if value >= SURE} == {"ac1", "ac2"}


def test_one_habit_is_a_habit_and_several_clients_are_a_paying_service():
    payers = Payers(PayerNames(CLIENTS))
    payers.learn({"OMNIA GROUP": {"de": 2}, "TIPALTI": {"de": 1, "nw": 3}})
    assert payers.of_name("OMNIA GROUP")["de"] >= SURE
    assert all(MAYBE <= value < SURE for value in payers.of_name("TIPALTI").values())


def test_texts_are_folded_to_one_form():
    assert fold("Straße Ørsted Łódź") == "STRASSE ORSTED LODZ"
    assert name_of("S.A.R.L. Dupont").tokens == ("DUPONT",)
    assert name_of("The Studio Co").compact == "STUDIO"

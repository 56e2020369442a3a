"""Messy situations and what is said about each: a code, or deliberately nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from rules.records import found_by, record_of, sentence
from sheetrecord.rules import load_rules

WON, *CASES = re.split(r"(?m)^## ", Path(__file__).with_name("cases.md").read_text("utf-8"))


def codes(tables: str) -> Counter[str]:
    record = record_of(tables)
    return Counter(code for code, rule in load_rules().items() for _ in found_by(rule, record))


def listed(case: str, word: str) -> list[str]:
    """Return the codes on a case's line that begins with a word."""
    found = re.search(rf"(?m)^{word}: (.+)$", case)
    return found[1].split() if found else []


def test_every_case_says_something_about_codes_that_exist() -> None:
    for case in CASES:
        named = listed(case, "said") + listed(case, "not said")
        assert named, case
        assert set(named) <= set(load_rules()), case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.splitlines()[0])
def test_a_messy_case_is_called_what_it_is(case: str) -> None:
    found = codes(WON + case)
    assert [code for code in listed(case, "said") if code not in found] == []
    assert [code for code in listed(case, "not said") if code in found] == []


def test_the_seller_may_be_the_receiver() -> None:
    found = codes(
        "| Deal | deal_id | client | stage | deal_owner | ops_owner |\n"
        "| | D-0001 | Acme | won | Ines | Ines |"
    )
    assert not [code for code in found if code in {"DEAL-005", "DEAL-012"}]


def test_a_receiver_who_left_leaves_a_gap() -> None:
    assert "DEAL-005" not in codes(WON)
    assert "DEAL-005" in codes(WON.replace("Tom", "   "))


def test_two_deals_of_one_client_signed_on_one_day_are_two_deals() -> None:
    found = codes(
        "| Deal | deal_id | client | deal_name | stage | signed_on |\n"
        "| | D-0001 | Acme | Rollout | won | 2026-02-20 |\n"
        "| | D-0002 | Acme | Support | won | 2026-02-20 |"
    )
    assert not {"DEAL-002", "DEAL-008"} & set(found)


def test_time_and_materials_need_not_add_up_but_have_a_cap() -> None:
    deal = (
        "| Deal | deal_id | client | stage | fee_model | value_net | currency |\n"
        "| | D-0001 | Acme | won | time_materials | 10000 | EUR |\n"
    )
    line = "\n| Fees | deal_id | description | origin | net |\n| | D-0001 | May | contract | {} |"
    assert not {"FEE-001", "FEE-018"} & set(codes(deal + line.format(9000)))
    over = codes(deal + line.format(11000))
    assert "FEE-018" in over
    assert "FEE-001" not in over


def test_a_message_names_the_amounts_in_the_deals_currency() -> None:
    rows = "| Fees | deal_id | origin | net |\n| | D-0001 | contract | 9999.99 |"
    rule = load_rules()["FEE-001"]
    (found,) = found_by(rule, record_of(WON + rows))
    said = sentence(rule.message, found.words)
    assert re.search(r"9,999\.99 EUR.*10,000\.00 EUR.*0\.01 EUR", said)

"""Every rule finds its bad example, leaves its good one alone, and says so in whole sentences."""

import re

import pytest

from rules.records import examples, found_by, record_of, sentence
from sheetrecord.rules import load_rules
from sheetrecord.rules.rule import Rule

MEANING = ("DEAL", "CTX", "COM", "PRJ", "FEE")
RULES = [rule for rule in load_rules().values() if rule.code.split("-")[0] in MEANING]
RULE_BY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_there_are_rules_for_every_sheet() -> None:
    assert {rule.code.split("-")[0] for rule in RULES} == set(MEANING)


@RULE_BY_RULE
def test_a_rule_finds_its_bad_example(rule: Rule) -> None:
    assert examples(rule, "bad")
    for text in examples(rule, "bad"):
        found = list(found_by(rule, record_of(text)))
        assert found, text
        for one in found:
            assert sentence(rule.message, one.words)
            assert not one.key or one.key in one.row.by_key


@RULE_BY_RULE
def test_a_rule_leaves_its_good_example_alone(rule: Rule) -> None:
    assert examples(rule, "good")
    for text in examples(rule, "good"):
        assert not list(found_by(rule, record_of(text))), text


@RULE_BY_RULE
def test_a_good_example_differs_from_the_bad_one(rule: Rule) -> None:
    assert set(examples(rule, "good")).isdisjoint(examples(rule, "bad"))


@RULE_BY_RULE
def test_a_rule_speaks_in_whole_sentences(rule: Rule) -> None:
    assert rule.message.endswith("."), rule.message
    assert rule.do.endswith("."), rule.do
    assert rule.message[0].isupper()
    first = rule.doc.strip().splitlines()[0]
    assert first.endswith("."), first


@RULE_BY_RULE
def test_the_advice_needs_no_words(rule: Rule) -> None:
    """It may name what the workbook holds, as any rule may, but nothing of this one finding."""
    assert sentence(rule.do, {})


@RULE_BY_RULE
def test_a_code_is_a_family_and_three_digits(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3,4}-\d{3}", rule.code)


@RULE_BY_RULE
def test_examples_use_declared_sheets_and_columns_only(rule: Rule) -> None:
    from sheetrecord.formats.markdown import parse_tables
    from sheetrecord.schema.sheets import SHEETS

    for text in examples(rule, "bad") + examples(rule, "good"):
        for sheet in parse_tables(text).sheets.values():
            assert set(sheet.row(1).values()) <= set(SHEETS[sheet.name].by_key), sheet.name

"""Laws of all rules on any typed record: none raises, and the gate counts what the sheet counts."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from rules.records import ASOF, found_by, sentence
from sheetrecord.core.derive import derive
from sheetrecord.model.problem import Severity
from sheetrecord.rules import load_rules
from sheetrecord.rules.need import grouped
from sheetrecord.rules.rule import Found
from sheetrecord.schema.column import Column, Kind, Row
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

RULES = load_rules()
TOKENS = {"none": "none", "n/a": "n_a", "won't say": "declined", "tbd": "not_asked"}
FIRM = Settings(ASOF, currency="EUR", hourly_rate=120.0, tokens=TOKENS)
DEALS = ("D-0001", "D-0002")
TEXTS = ("", "", "none", "?", "n/a", "won't say", "TBD", "They asked us twice", "CTX-001, X", "50%")


VALUES = {
    Kind.ID: lambda _: ("P-1", "P-2", "F-1"),
    Kind.REF: lambda _: ("", "P-1", "F-1", "D-0001"),
    Kind.CURRENCY: lambda _: ("", "EUR", "EUR", "JPY"),
    Kind.MONTH: lambda _: ("", "2026-03"),
    Kind.FLAG: lambda _: (False, False, True),
    Kind.DATE: lambda draw: (None, ASOF + dt.timedelta(draw.randrange(-90, 90))),
    Kind.MONEY: lambda draw: (None, 0, 10000, draw.randrange(-(10**6), 10**6)),
    Kind.NUMBER: lambda draw: (None, 0.0, 14.0, draw.uniform(-100, 100)),
    Kind.PERCENT: lambda _: (None, 0.19, 0.05, -0.5, 1.5),
}


def cell(column: Column, draw: random.Random) -> Any:
    """Return a random typed value of a column, often blank."""
    if column.key == "deal_id":
        return draw.choice((*DEALS, *DEALS, "D-0009", ""))
    if column.kind is Kind.ENUM:
        return draw.choice(("", *ENUMS[column.enum]))
    values = VALUES.get(column.kind)
    return draw.choice(values(draw) if values else TEXTS)


def row(sheet: type[Row], number: int, draw: random.Random) -> Any:
    typed = {c.key: cell(c, draw) for c in sheet.columns if not c.formula}
    if sheet.sheet == "Context" and draw.random() < 0.2:
        typed["state"] = draw.choice(ENUMS["state"])
    return blank(sheet, number, **typed)


def any_record(seed: int, firm: Settings = FIRM) -> Record:
    """Return a derived record of two deals with rows of every kind."""
    draw = random.Random(seed)
    rows = {
        key: [row(sheet, n, draw) for n in range(2, 2 + draw.randrange(14))]
        for key, sheet in SHEETS.items()
        if key != "Deal"
    }
    rows["Deal"] = [
        with_id(row(SHEETS["Deal"], n, draw), deal_id) for n, deal_id in enumerate(DEALS, 2)
    ]
    return derive(make_record(firm, rows))


def with_id(deal: Any, deal_id: str) -> Any:
    return tuple.__new__(type(deal), (deal[0], deal_id, *deal[2:]))


SEEDS = st.integers(0, 2**32)


def findings(record: Record) -> list[tuple[str, Found]]:
    return [(code, one) for code, rule in RULES.items() for one in found_by(rule, record)]


@given(SEEDS)
@examples(60)
def test_no_rule_raises_and_every_message_has_its_words(seed: int) -> None:
    for code, found in findings(any_record(seed)):
        message = sentence(RULES[code].message, found.words)
        assert "None" not in message, message
        assert not found.key or found.key in found.row.by_key


@given(SEEDS)
@examples(100)
def test_gate_findings_are_as_many_as_the_gate_columns_say(seed: int) -> None:
    record = any_record(seed)
    gate: Counter[str] = Counter()
    handover: Counter[str] = Counter()
    for _, found in findings(record):
        gate[found.row.get("deal_id")] += found.gate
        handover[found.row.get("deal_id")] += found.handover
    for deal in record.deals:
        assert gate[deal.deal_id] == (deal.gate_open or 0)
        assert handover[deal.deal_id] == (deal.to_handover or 0)


@given(SEEDS)
@examples(60)
def test_what_shuts_the_gate_is_an_error_and_what_waits_is_not(seed: int) -> None:
    for code, found in findings(any_record(seed)):
        severity = found.severity or RULES[code].severity
        if found.gate:
            assert severity is Severity.ERROR, code
        elif found.handover:
            assert severity is not Severity.ERROR, code


@given(SEEDS)
@examples(60)
def test_judged_at_won_everything_the_handover_needs_is_an_error(seed: int) -> None:
    record = any_record(seed, FIRM._replace(gate_rank=4))
    for code, found in findings(record):
        if found.handover:
            assert found.gate, code
            assert (found.severity or RULES[code].severity) is Severity.ERROR


@given(SEEDS, st.sampled_from([None, 1, 4]))
@examples(100)
def test_a_rule_finds_nothing_in_a_deal_without_what_it_needs(
    seed: int, gate_rank: int | None
) -> None:
    record = any_record(seed, FIRM._replace(gate_rank=gate_rank))
    deals = list(record.by_deal.values())
    deals += [rows._replace(context=[], commitments=[], spoken=[]) for rows in deals]
    deals += [rows._replace(project=[], fees=[]) for rows in deals]
    having = {need: list(map(id, some)) for need, some in grouped(deals).items()}
    for code, rule in RULES.items():
        for rows in deals if rule.deal_check else []:
            if id(rows) not in having[rule.needs]:
                assert not list(rule.deal_check(rows, record.settings)), code


@pytest.mark.parametrize("stage", ENUMS["stage"])
def test_an_empty_deal_has_one_finding_for_each_thing_it_needs(stage: str) -> None:
    deal = blank(SHEETS["Deal"], 2, deal_id="D-0001", client="Acme", stage=stage)
    record = derive(make_record(FIRM, {"Deal": [deal]}))
    found = findings(record)
    assert sum(one.gate for _, one in found) == record.deals[0].gate_open
    assert sum(one.handover for _, one in found) == (record.deals[0].to_handover or 0)


OF_THE_FUTURE = {"COM-024", "CTX-032", "DEAL-030", "FEE-023"}
"""Rules about a day that has not come yet: once it has, there is nothing to say."""


@given(SEEDS)
@examples(60)
def test_nothing_that_was_said_falls_silent_because_time_passes(seed: int) -> None:
    """What nobody has mended a year later is still said, and a reminder stays until it is heard."""
    now = any_record(seed)
    later = any_record(seed, FIRM._replace(asof=ASOF + dt.timedelta(days=400)))
    places = {(code, one.row.row, one.key) for code, one in findings(later)}
    for code, one in findings(now):
        known = code in OF_THE_FUTURE or (code, one.row.row, one.key) in places
        assert known, f"{code} is silent a year later"

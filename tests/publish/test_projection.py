"""Laws of the projection: what is withheld leaves no trace, and every deal is somewhere once."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.derive import derive
from sheetrecord.core.view.audiences import (
    AUDIENCES,
    CLIENT,
    OPS,
    Tightening,
    tighten,
)
from sheetrecord.core.view.deal import deal_view
from sheetrecord.core.view.index_part import PARTS
from sheetrecord.core.view.overview import overview, pareto
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.sanitise import clean, safe_link
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 6, 30)
SETTINGS = Settings(asof=ASOF, currency="EUR", hourly_rate=100.0)
IDS = ("D-0001", "D-0002", "D-0003")


def cell(chance: random.Random, column: Column) -> object:  # noqa: PLR0911 - a line a kind
    """Return what a person might have typed, often nothing."""
    match column.kind:
        case Kind.TEXT | Kind.PROSE | Kind.PERSON | Kind.LINK:
            return "".join(chance.choices("abc \u202e\x00é=<", k=chance.randrange(6)))
        case Kind.ENUM:
            return chance.choice(("", *ENUMS[column.enum]))
        case Kind.DATE:
            day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(365))
            return chance.choice((None, day, day))
        case Kind.MONEY:
            return chance.choice((None, chance.randrange(-10_000, 10_000)))
        case Kind.CURRENCY:
            return chance.choice(("", "EUR", "EUR", "JPY"))
        case Kind.NUMBER | Kind.PERCENT:
            return chance.choice((None, float(chance.randrange(100))))
        case _:
            return column.kind is Kind.FLAG and chance.random() < 0.3


def row_of(chance: random.Random, sheet: str, deal_id: str) -> Any:
    declared = SHEETS[sheet]
    typed = {
        column.key: cell(chance, column)
        for column in declared.columns[1:]
        if not column.derived and column.kind not in {Kind.REF, Kind.ID}
    }
    return blank(declared, 5, **{**typed, "deal_id": deal_id})


def record_of(chance: random.Random) -> Record:
    deals = [row_of(chance, "Deal", chance.choice((*IDS, ""))) for _ in range(chance.randrange(5))]
    others = {
        sheet: [
            row_of(chance, sheet, chance.choice((*IDS, "D-9999", "")))
            for _ in range(chance.randrange(9))
        ]
        for sheet in SHEETS
        if sheet != "Deal"
    }
    return make_record(SETTINGS, {"Deal": deals, **others})


def records() -> st.SearchStrategy[Record]:
    return st.integers(0, 2**32).map(lambda seed: record_of(random.Random(seed)))


def narrowed(record: Record, name: str) -> Record:
    audience = AUDIENCES[name]
    return narrow(record, audience, frozenset(IDS[:1]) if audience.outside else None)


@given(record=records(), name=st.sampled_from(sorted(AUDIENCES)))
@examples(100)
def test_only_granted_columns_of_permitted_rows_hold_anything(record: Record, name: str) -> None:
    audience = AUDIENCES[name]
    found = narrowed(record, name)
    for sheet, declared in SHEETS.items():
        grant = audience.grants.get(sheet)
        for row in found.rows(sheet):
            assert grant is not None
            for column in declared.columns:
                if column.key not in grant.columns:
                    assert row.get(column.key) in {"", None, False}


@given(record=records(), name=st.sampled_from(["ops", "finance", "client"]))
@examples(100)
def test_a_withheld_row_leaves_no_trace_in_any_sum_or_date(record: Record, name: str) -> None:
    audience = AUDIENCES[name]
    without = {
        sheet: [
            row
            for row in record.rows(sheet)
            if "share" not in SHEETS[sheet].by_key or row.share in audience.levels
        ]
        for sheet in SHEETS
    }
    assert narrowed(record, name) == narrowed(make_record(SETTINGS, without), name)


@given(record=records(), name=st.sampled_from(sorted(AUDIENCES)))
@examples(50)
def test_every_deal_is_in_exactly_one_part_of_the_index(record: Record, name: str) -> None:
    found = narrowed(record, name)
    views = [deal_view(rows, found.settings) for rows in found.by_deal.values()]
    parts = Counter(view.part for view in views)
    assert set(parts) <= set(PARTS)
    assert sum(parts.values()) == len(found.by_deal)
    assert {view.rows.id for view in views} == set(found.by_deal)


@given(record=records())
@examples(50)
def test_the_owner_page_can_be_made_of_any_record(record: Record) -> None:
    found = narrowed(record, "owner")
    told = overview(found, [deal_view(rows, found.settings) for rows in found.by_deal.values()])
    assert sum(bar.times for bar in told.gaps) == sum(
        bool(gap.what_was_missing or gap.prompt_or_field) for gap in found.gaps
    )


@given(record=records())
@examples(50)
def test_a_purse_adds_up(record: Record) -> None:
    for rows_ in derive(record).by_deal.values():
        purse = deal_view(rows_, SETTINGS).purse
        assert purse.total == purse.to_invoice + purse.invoiced
        settled = purse.received + purse.settled + purse.retained
        known = [f for f in rows_.fees if f.currency == purse.currency and not f.void]
        if all(f.net is not None for f in known if f.invoiced_on) and all(
            f.invoiced_on for f in known if f.received or f.credited or f.settled_otherwise
        ):
            assert purse.outstanding == purse.invoiced - settled


def test_an_outside_audience_must_be_given_its_deals() -> None:
    with pytest.raises(ValueError, match="one client only"):
        narrow(make_record(SETTINGS, {}), CLIENT)


def test_a_firm_can_only_take_away() -> None:
    less = tighten(OPS, Tightening(frozenset(("Fees", "Deal.value_net")), unmarked_stays=True))
    assert "Fees" not in less.grants
    assert "value_net" not in less.grants["Deal"].columns
    assert "" not in less.levels
    for word in ("Gaps", "Deal.lost_to", "Deal.nonsense", "nonsense"):
        with pytest.raises(KeyError):
            tighten(OPS, Tightening(frozenset((word,))))


def test_a_row_that_stays_internal_moves_no_deadline() -> None:
    facts = [
        blank(SHEETS["Context"], 5, ctx_id="X-1", deal_id="D-0001", kind="real_deadline",
              answer="Board", date=dt.date(2026, month, 1), share=share)
        for month, share in ((8, "internal"), (9, ""))
    ]  # fmt: skip
    deal = blank(SHEETS["Deal"], 5, deal_id="D-0001", client="A", stage="won")
    record = make_record(SETTINGS, {"Deal": [deal], "Context": facts})
    assert narrow(record, AUDIENCES["owner"]).deals[0].real_deadline == dt.date(2026, 8, 1)
    assert narrow(record, OPS).deals[0].real_deadline == dt.date(2026, 9, 1)


def test_gaps_are_counted_whatever_their_case() -> None:
    gaps = [
        blank(SHEETS["Gaps"], 5, deal_id=deal, prompt_or_field=what, hours_lost=2.0)
        for deal, what in (("D-1", "Real deadline"), ("D-2", "real  DEADLINE"), ("D-2", "Budget"))
    ]
    first, second = pareto(gaps)
    assert (first.what, first.times, first.deals, first.hours) == ("Real deadline", 2, 2, 4.0)
    assert second.reach == 1.0


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=1#c",
        "mailto:a.b@example.org",
        "HTTPS://X.org/",
    ],
)
def test_a_web_address_is_linked(address: str) -> None:
    assert safe_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "//evil.example", "https://", "https://bank.example@evil.example/",
        "https://exa mple.org", "https://x\\@evil.example", 'https://x.org/"onclick="',
        "call 3 March", "", "https://x.org/" + "a" * 3000, "mailto:a@b?bcc=c@d",
        "https://x.org/<b>", "ht\ntps://x.org",
    ],
)  # fmt: skip
def test_anything_else_is_only_text(address: str) -> None:
    assert safe_link(address) == ""


@given(text=st.text(max_size=50))
def test_clean_text_holds_nothing_invisible_that_turns_or_ends_it(text: str) -> None:
    found = clean(text)
    assert not set(found) & set("\x00\x1b\r\u202e\u2066\u200b\ufeff\u2028\ud800")
    assert clean(found) == found
    found.encode("utf-8")

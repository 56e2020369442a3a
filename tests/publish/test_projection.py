"""Laws of the projection: what is withheld leaves no trace, and every deal is somewhere once."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetrecord.core.derive import derive
from sheetrecord.core.view.allowed import (
    AUDIENCES,
    CLIENT,
    OPS,
    Tightening,
    tighten,
)
from sheetrecord.core.view.clean import clean, safe_link
from sheetrecord.core.view.deal import deal_view
from sheetrecord.core.view.narrow import narrow
from sheetrecord.core.view.overview import overview, pareto
from sheetrecord.core.view.partition import PARTS
from sheetrecord.schema.column import Kind
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

ASOF = dt.date(2026, 6, 30)
SETTINGS = Settings(asof=ASOF, currency="EUR", hourly_rate=100.0)
IDS = ("D-0001", "D-0002", "D-0003")
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def cells(column: object) -> st.SearchStrategy:
    kind = column.kind
    if kind in {Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK}:
        return st.text("abc \u202e\x00é=<", max_size=6)
    if kind is Kind.ENUM:
        return st.sampled_from(("", *ENUMS[column.enum]))
    if kind is Kind.DATE:
        return st.none() | DAYS
    if kind is Kind.MONEY:
        return st.none() | st.integers(-10_000, 10_000)
    if kind is Kind.CURRENCY:
        return st.sampled_from(("", "EUR", "JPY"))
    if kind in {Kind.NUMBER, Kind.PERCENT}:
        return st.none() | st.integers(0, 100).map(float)
    if kind is Kind.FLAG:
        return st.booleans()
    return st.just("")


def rows(sheet: str) -> st.SearchStrategy:
    declared = SHEETS[sheet]
    typed = {c.key: cells(c) for c in declared.columns[1:] if not c.derived}
    typed["deal_id"] = st.sampled_from((*IDS, "D-9999", ""))
    return st.fixed_dictionaries(typed).map(lambda told: blank(declared, 5, **told))


@st.composite
def records(draw: st.DrawFn) -> Record:
    deals = [
        draw(rows("Deal").map(lambda row, i=deal_id: _with(row, deal_id=i)))
        for deal_id in draw(st.lists(st.sampled_from((*IDS, "")), max_size=4))
    ]
    others = {sheet: draw(st.lists(rows(sheet), max_size=4)) for sheet in SHEETS if sheet != "Deal"}
    return make_record(SETTINGS, {"Deal": deals, **others})


def _with(row: object, **changed: object) -> object:
    told = {c.key: row.get(c.key) for c in row.columns} | changed
    return blank(type(row), row.row, **told)


def narrowed(record: Record, name: str) -> Record:
    audience = AUDIENCES[name]
    return narrow(record, audience, frozenset(IDS[:1]) if audience.outside else None)


@given(record=records(), name=st.sampled_from(sorted(AUDIENCES)))
@settings(max_examples=100)
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
@settings(max_examples=100)
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
@settings(max_examples=50)
def test_every_deal_is_in_exactly_one_part_of_the_index(record: Record, name: str) -> None:
    found = narrowed(record, name)
    views = [deal_view(rows, found.settings) for rows in found.by_deal.values()]
    parts = Counter(view.part for view in views)
    assert set(parts) <= set(PARTS)
    assert sum(parts.values()) == len(found.by_deal)
    assert {view.rows.id for view in views} == set(found.by_deal)


@given(record=records())
@settings(max_examples=50)
def test_every_deal_of_the_index_has_a_line_even_without_an_id(record: Record) -> None:
    from sheetrecord.publish.cards import pageless
    from sheetrecord.publish.words import words

    found = narrowed(record, "ops")
    lines = [card for part in PARTS for card in pageless(found, part, words("en"))]
    assert len(lines) + len(found.by_deal) == len(found.deals) == len(record.deals)


@given(record=records())
@settings(max_examples=50)
def test_the_owner_page_can_be_made_of_any_record(record: Record) -> None:
    found = narrowed(record, "owner")
    told = overview(found, [deal_view(rows, found.settings) for rows in found.by_deal.values()])
    assert sum(bar.times for bar in told.gaps) == sum(
        bool(gap.what_was_missing or gap.prompt_or_field) for gap in found.gaps
    )


@given(record=records())
@settings(max_examples=50)
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

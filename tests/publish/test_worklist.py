"""The work list: its rows are the live deals, its sums are the record's, its filters are Python's.

The pages' script is run by Node.js on the same rows and must show the same deals and sums.
"""

import datetime as dt
import json
import random
import shutil
import subprocess
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from effort import some
from publish.test_projection import ASOF, SETTINGS, narrowed, record_of
from sheetrecord.core.view.audiences import AUDIENCES, OPS, OWNER
from sheetrecord.core.view.deal import deal_view
from sheetrecord.core.view.index_part import part_by_stage, part_of
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.worklist import LIVE, WorkRow, next_step, work_rows
from sheetrecord.core.view.worklist_state import (
    GROUPS,
    ListFilter,
    age,
    group,
    look,
    monday,
    needs,
    shown,
    sums,
    when,
)
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.words import words
from sheetrecord.publish.worklist import WorkListWriter
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

D = dt.date
FIRMS = range(200)

LOOKS = (
    "",
    "lead=-",
    "lead=abc",
    "status=on_track&sort=-money",
    "status=stage%3Averbal",
    "client=-&sort=-deal",
    "show=now&group=client",
    "show=soon&sort=due",
    "show=unpriced&sort=-unpriced",
    "show=tocome&cur=EUR&sort=-due",
    "show=tocome&cur=JPY",
    "show=overdue&sort=status",
    "week=2026-06-29&group=lead",
    "month=2026-07&money=planned",
    "month=-",
    "money=certain&sort=lead",
    "money=uncertain&month=2026-08",
    "money=hanging",
    "money=d31_60",
    "money=not_due&cur=EUR",
    "handover=offered&group=status",
    "by=-",
    "show=nonsense&sort=nonsense&group=nonsense&x=y",
)


def moved(row: Any, deal_id: str) -> Any:
    """Return a row as one of another deal."""
    cells = list(row)
    cells[row.by_key["deal_id"].position] = deal_id
    return tuple.__new__(type(row), cells)


def firm(number: int, audience: str = "owner") -> Record:
    """Return one of the made-up firms, narrowed to an audience."""
    chance = random.Random(number)
    whole = record_of(chance)
    more = [record_of(chance) for _ in range(3)]
    rows = {key: [row for one in (whole, *more) for row in one.rows(key)] for key in SHEETS}
    ids = iter(range(10_000))
    rows["Deal"] = [moved(row, f"D-{next(ids):04}") for row in rows["Deal"]]
    known = [row.deal_id for row in rows["Deal"]] or [""]
    for key in SHEETS:
        if key != "Deal":
            rows[key] = [moved(row, chance.choice(known)) for row in rows[key]]
    return narrowed(make_record(SETTINGS, rows), audience)


def rows_of(record: Record) -> list[WorkRow]:
    views = [deal_view(rows, record.settings) for rows in record.by_deal.values()]
    return work_rows(views, ASOF)


@pytest.mark.parametrize("audience", ["ops", "owner", "finance"])
def test_the_rows_are_the_live_deals_and_their_sums_those_of_the_record(audience: str) -> None:
    for number in some(FIRMS, 4):
        record = firm(number, audience)
        rows = rows_of(record)
        live = [of for of in record.by_deal.values() if part_of(of) in LIVE]
        assert Counter(row.deal_id for row in rows) == Counter(of.id for of in live)
        wanted: Counter[str] = Counter()
        late: Counter[str] = Counter()
        for fee in (fee for of in live for fee in of.fees if not fee.void):
            if fee.invoiced_on is None:
                wanted[fee.currency] += fee.gross or 0
                continue
            wanted[fee.currency] += (fee.outstanding or 0) + (fee.retained or 0)
            late[fee.currency] += (fee.outstanding or 0) if fee.days_overdue else 0
        told = sums(rows, ListFilter(), ASOF)
        for currency in {*wanted, *late, *told}:
            found = told.get(currency)
            assert (found.to_come if found else 0) == wanted[currency]
            assert (found.overdue if found else 0) == late[currency]
        exposure = Counter[str]()
        for of in live:
            exposure[of.currency] += of.deal.unpriced_exposure or 0
        assert {cur: one.unpriced for cur, one in told.items() if one.unpriced} == {
            cur: amount for cur, amount in exposure.items() if amount
        }


def test_who_promised_what_is_unpriced_adds_up_to_all_of_it() -> None:
    for number in some(FIRMS, 4):
        for row in rows_of(firm(number)):
            if row.promised:
                assert sum(part for _, part in row.promised) == row.unpriced


def test_a_row_stays_the_same_while_days_pass() -> None:
    """What depends on the day is told from the row and the day, not kept in it."""
    for number in some(FIRMS, 8):
        chance = random.Random(number)
        record = record_of(chance)
        found = []
        for day in (ASOF, ASOF + dt.timedelta(days=1)):
            later = make_record(
                record.settings._replace(asof=day), {k: record.rows(k) for k in SHEETS}
            )
            seen = narrow(later, OPS)
            views = [deal_view(rows, seen.settings) for rows in seen.by_deal.values()]
            rows = work_rows(views, day)
            if any(fee.retention_release_on for fee in record.fees):
                continue  # a retention is due on a day of its own
            found.append(rows)
        assert not found or found[0] == found[1]


def script_rows(record: Record, audience: str) -> tuple[list[WorkRow], dict[str, Any]]:
    rows = rows_of(record)
    marks = ValueFormatter(record.settings, words("en"))
    writer = WorkListWriter(AUDIENCES[audience], marks, {row.deal_id: "" for row in rows})
    text = writer.list_js(rows).decode()
    return rows, json.loads(text.removeprefix("globalThis.sheetrecordList=").rstrip(";\n"))


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_script_shows_groups_and_adds_what_python_does() -> None:
    told, wanted = [], []
    for number in some(FIRMS, 4):
        rows, list_ = script_rows(firm(number), "owner")
        told.append(list_)
        wanted.append([_python(rows, look(address)) for address in LOOKS])
    program = f"""
const R = require({json.dumps(str(resources.files("sheetrecord.publish") / "assets" / "rows.js"))});
const day = R.serial("{ASOF}"), looks = {json.dumps(LOOKS)};
let text = ""; process.stdin.on("data", (d) => text += d).on("end", () => {{
  console.log(JSON.stringify(JSON.parse(text).map((list) => {{
    const rows = R.read(list);
    return looks.map((address) => {{
      const asked = R.look(address), found = R.shown(rows, asked, day);
      const lines = found.map((row) => [row.id, R.group(row, asked, day), R.needs(row, day)]);
      const sums = [...R.sums(found, asked, day)];
      return [lines, sums.map(([cur, sum]) => [cur, sum.unpriced, sum.toCome, sum.overdue])
        .sort((a, b) => R.compare(a[0], b[0]))];
    }});
  }})));
}});
"""
    done = subprocess.run(
        ["node", "-e", program], input=json.dumps(told), capture_output=True, text=True, check=True
    )
    for ours, theirs in zip(wanted, json.loads(done.stdout), strict=True):
        for address, one, other in zip(LOOKS, ours, theirs, strict=True):
            assert one == other, address


def _python(rows: list[WorkRow], asked: ListFilter) -> list[Any]:
    found = shown(rows, asked, ASOF)
    told = sorted((cur, *sum_) for cur, sum_ in sums(found, asked, ASOF).items())
    lines = [[row.deal_id, group(row, asked, ASOF), needs(row, ASOF)] for row in found]
    return [lines, [list(one) for one in told]]


@pytest.mark.parametrize("number", range(3))
def test_each_filter_is_the_plain_filter_of_the_rows(number: int) -> None:
    rows = rows_of(firm(number + 7))
    for row in rows:
        asked = ListFilter(client=row.client or "-", lead=row.lead or "-")
        assert row in shown(rows, asked, ASOF)
        assert all(
            (one.client, one.lead) == (row.client, row.lead) for one in shown(rows, asked, ASOF)
        )
        if row.deadline:
            week = monday(row.deadline)
            found = shown(rows, ListFilter(week=week.isoformat()), ASOF)
            assert {one.deal_id for one in found} == {
                one.deal_id for one in rows if one.deadline and monday(one.deadline) == week
            }
    ages = Counter(age(line, ASOF) for row in rows for line in row.lines)
    for bucket in filter(None, ages):
        found = shown(rows, ListFilter(money=bucket), ASOF)
        assert sum(age(line, ASOF) == bucket for row in found for line in row.lines) == ages[bucket]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (None, "none"),
        (D(2026, 6, 29), "overdue"),
        (D(2026, 6, 30), "today"),
        (D(2026, 7, 5), "this_week"),
        (D(2026, 7, 6), "next_week"),
        (D(2026, 7, 12), "next_week"),
        (D(2026, 7, 13), "later"),
    ],
)
def test_weeks_begin_on_monday(on: dt.date | None, wanted: str) -> None:
    assert when(on, ASOF) == wanted
    assert wanted in GROUPS


def deal_with(**cells: Any) -> Any:
    deal = {"deal_id": "D-1", "client": "A", "stage": "won", "signed_on": D(2026, 3, 1)}
    rows = {key: [] for key in SHEETS}
    for key, of in cells.items():
        rows[key] = [blank(SHEETS[key], 5, deal_id="D-1", **one) for one in of]
    if "Deal" not in cells:
        rows["Deal"] = [blank(SHEETS["Deal"], 5, **deal)]
    else:
        rows["Deal"] = [blank(SHEETS["Deal"], 5, **{**deal, **one}) for one in cells["Deal"]]
    record = narrow(make_record(Settings(asof=ASOF, currency="EUR"), rows), OWNER)
    return deal_view(record.by_deal["D-1"], record.settings)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ({}, None),
        ({"Deal": [{"next_step": "Call", "next_step_on": D(2026, 2, 1)}]}, None),
        ({"Deal": [{"next_step": "Call", "next_step_on": D(2026, 7, 1)}]}, "Call"),
        ({"Deal": [{"stage": "verbal", "next_step": "Call"}]}, "Call"),
        (
            {"Project": [{"kind": "milestone", "title": "Beta", "date_planned": D(2026, 8, 1)},
                         {"kind": "issue", "title": "No date", "due_on": D(2026, 7, 1),
                          "status": "open"}]},
            "No date",
        ),
        (
            {"Project": [{"kind": "milestone", "title": "Beta", "date_planned": D(2026, 8, 1),
                          "date_actual": D(2026, 8, 1)}]},
            None,
        ),
        (
            {"Commitments": [{"what": "Kept", "type": "promise", "due_on": D(2026, 7, 1),
                              "progress": "delivered"},
                             {"what": "Open", "type": "promise", "due_on": D(2026, 7, 9)}]},
            "Open",
        ),
        ({"Context": [{"kind": "risk", "answer": "?", "state": "unknown",
                       "chase_on": D(2026, 7, 2)}]}, "risk"),
        ({"Fees": [{"description": "Rest", "net": 100, "ready": True,
                    "planned_on": D(2026, 7, 3)}]}, "Rest"),
    ],
)  # fmt: skip
def test_the_next_step_is_the_first_thing_that_is_to_be_done(
    rows: dict[str, Any], wanted: str | None
) -> None:
    step = next_step(deal_with(**rows))
    assert (step and step.text) == wanted


def test_a_deal_without_a_page_stands_in_the_list_all_the_same() -> None:
    from sheetrecord.publish.site import Provenance, Site

    deals = [
        blank(SHEETS["Deal"], 5 + n, deal_id=deal_id, client="A", stage=stage, deal_name=f"N{n}")
        for n, (deal_id, stage) in enumerate(
            [("D-1", "won"), ("D-1", "won"), ("", "talking"), ("", "lost"), ("D-2", "lost")]
        )
    ]
    record = narrow(make_record(Settings(asof=ASOF), {"Deal": deals}), OPS)
    site = Site(record, OPS, Provenance("f.xlsx", "r", "A"), {})
    names = {page.path: page.render().decode() for page in site.pages()}
    assert [row.name for row in site.rows] == ["N0", "N1", "N2"]
    assert all(f"N{n}" in names["index.html"] for n in (0, 1, 2))
    ended = "".join(text for name, text in names.items() if name.startswith("finished"))
    assert "N3" in ended
    assert "N4" in ended
    assert {part_by_stage(deal) in LIVE for deal in record.deals} == {True, False}


def test_every_deal_stands_in_the_list_or_among_the_finished_once() -> None:
    from sheetrecord.publish.finished import finished_pages
    from sheetrecord.publish.site import Provenance, Site, ended, lives

    for number in some(FIRMS, 8):
        record = narrow(record_of(random.Random(number)), OPS)
        site = Site(record, OPS, Provenance("f.xlsx", "r", "A"), {})
        nameless = [ended(deal) for deal in site.pageless if not lives(deal)]
        pages = finished_pages(site.views, site.hrefs, nameless)
        assert len(site.rows) + sum(len(page.deals) for page in pages) == len(record.deals)

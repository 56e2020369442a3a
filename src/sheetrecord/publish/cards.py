"""A deal's row in the index page: client, stage, lateness and value."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.index_part import part_by_stage
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.rules.need import LOOKED_AT_DAYS
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.record import Record

_TONE = {"on_track": "good", "at_risk": "due", "off_track": "late", "done": "good"}
_NEEDS = {
    "stage": ("Deal", "stage"),
    "status": ("Project", "status_reason"),
    "handover": ("Deal", "handover_state"),
    "real_deadline": ("Deal", "real_deadline"),
    "contract_end": ("Deal", "contract_end"),
    "issues": ("Project", "severity"),
    "money": ("Fees", "gross"),
}
"""Which column an audience must see for a column of the index to be there."""

Words = tuple[str, str, str]
"""What a cell says, what stands small below it, and below that what is late."""

Cell = tuple[str, Words, str]
"""Its heading, the words, and the tone."""


class Card(NamedTuple):
    """One row of the index."""

    deal_id: str
    name: str
    client: str
    href: str
    cells: list[Cell]


def card_columns(audience: Audience) -> list[str]:
    """Return the index headings for an audience."""
    found = []
    for column, (sheet, key) in _NEEDS.items():
        grant = audience.grants.get(sheet)
        if grant is not None and key in grant.columns:
            found.append(column)
    if "real_deadline" in found:
        found.remove("contract_end")
    if "status" in found:
        found.remove("stage")
    return found


def card(view: DealView, href: str, columns: Sequence[str], marks: ValueFormatter) -> Card:
    """Return a deal's row."""
    deal = view.rows.deal
    cells: list[Cell] = [(key, *_CELLS[key](view, marks)) for key in columns]
    name = deal.deal_name or marks.words["unnamed"]
    return Card(deal.deal_id, name, deal.client, href, cells)


def card_order(view: DealView) -> tuple[int, dt.date, str]:
    """Sort key of the index: latest stage, then earliest due date; ended deals newest first."""
    deal = view.rows.deal
    if view.part in {"delivery", "open"}:
        due = deal.real_deadline or deal.contract_end or deal.expected_close or dt.date.max
        return -STAGE_RANK.get(deal.stage, 0), due, view.rows.id
    ended = deal.contract_end or deal.signed_on or dt.date.min
    return 0, dt.date.min + (dt.date.max - ended), view.rows.id


def pageless(record: Record, part: str, words: Mapping[str, str]) -> list[Card]:
    """Return a part's deals that have no page: without an id, or with one used twice."""
    found = []
    for deal in record.deals:
        rows = record.by_deal.get(deal.deal_id)
        if rows is not None and rows.deal is deal:
            continue
        if part_by_stage(deal) == part:
            name = deal.deal_name or words["unnamed"]
            found.append(Card(deal.deal_id, name, deal.client, "", []))
    return found


Told = tuple[Words, str]


def _stage(view: DealView, marks: ValueFormatter) -> Told:
    return (marks.label(view.rows.deal.stage, "stage"), "", ""), ""


def _status(view: DealView, marks: ValueFormatter) -> Told:
    row = view.summary
    if view.part in {"delivery", "closed"} and row is not None and row.status:
        return (marks.label(row.status, "status"), "", ""), _TONE.get(row.status, "")
    if view.part == "delivery":
        return ("", marks.words["no_status"], ""), ""
    return _stage(view, marks)


def _handover(view: DealView, marks: ValueFormatter) -> Told:
    state = view.rows.deal.handover_state
    if not state:
        return ("", "", ""), ""
    days = view.handover_days
    late = state == "accepted" and days is not None and days > LOOKED_AT_DAYS
    waits = days is not None and (state in {"offered", "returned"} or late)
    below = marks.say("waiting_days", days=view.handover_days) if waits else ""
    tone = "late" if state == "returned" or late else "due" if state == "offered" else ""
    return (marks.label(state, "handover_state"), below, ""), tone


def _deadline(view: DealView, marks: ValueFormatter) -> Told:
    deal = view.rows.deal
    if deal.real_deadline is None:
        end = marks.day(deal.contract_end)
        return ("", f"{marks.words['contract_end']} {end}" if end else "", ""), ""
    gap = deal.date_gap_days or 0
    early = "day_early" if gap == 1 else "days_early"
    return (marks.day(deal.real_deadline), marks.say(early, days=gap) if gap > 0 else "", ""), ""


def _end(view: DealView, marks: ValueFormatter) -> Told:
    return (marks.day(view.rows.deal.contract_end), "", ""), ""


def _issues(view: DealView, marks: ValueFormatter) -> Told:
    high = sum(row.severity == "high" for row in view.issues)
    below = marks.say("issues_high", count=high) if high else ""
    return (str(len(view.issues)) if view.issues else "", "", below), ""


def _money(view: DealView, marks: ValueFormatter) -> Told:
    purse, deal = view.purse, view.rows.deal
    words = marks.words
    if view.part not in {"delivery", "closed"} or not purse.lines:
        agreed = deal.value_net is not None
        below = words["net_value"] if agreed else ""
        return (marks.about(deal.value_net, deal.currency), below, ""), ""
    whole = f"{words['of']} {marks.about(purse.total, purse.currency)}"
    late = ""
    if purse.overdue > 0:
        late = marks.say("late_money", amount=marks.about(purse.overdue, purse.currency))
    return (marks.about(purse.received, purse.currency), whole, late), ""


_CELLS = {
    "stage": _stage,
    "status": _status,
    "handover": _handover,
    "real_deadline": _deadline,
    "contract_end": _end,
    "issues": _issues,
    "money": _money,
}

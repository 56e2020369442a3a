"""How severe a missing item is: blocking the gate now, blocking it at closing, or a warning."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, Needs
from sheetrecord.schema.column import Row
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.formulas.gate import asked_at_close, asked_now
from sheetrecord.schema.lists import HANDED_OVER, HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings

GOING_ON = frozenset({"open", "won"})
"""Stage types of deals that are being sold or delivered."""


def grouped(deals: Collection[DealRows]) -> Mapping[Needs, Collection[DealRows]]:
    """Return the deals to ask a rule about, by what it needs (see `rule.Needs`)."""
    return {
        "": deals,
        "going_on": [rows for rows in deals if rows.stage_type in GOING_ON],
        "context": [rows for rows in deals if rows.context],
        "commitments": [rows for rows in deals if rows.commitments],
        "spoken": [rows for rows in deals if rows.spoken],
        "project": [rows for rows in deals if rows.project],
        "fees": [rows for rows in deals if rows.fees],
    }


LOOKED_AT_DAYS = 14
"""Days after a handover, ten of them working days, by which ops has gone through what it got."""


class Need(NamedTuple):
    """How a missing item counts: its severity, and if it blocks the gate now and at closing."""

    severity: Severity
    gate: bool
    handover: bool


def judged_rank(rows: DealRows, settings: Settings) -> int:
    """Return the stage rank to judge a deal by: its own, or the settings' ``gate_rank`` if higher.

    ``gate_rank`` applies to deals that are open or won only.
    """
    if settings.gate_rank is None or rows.stage_type not in GOING_ON:
        return rows.rank
    return max(rows.rank, settings.gate_rank)


def need(rows: DealRows, settings: Settings, rank: int, warn_rank: int = 0) -> Need:
    """Return how a missing item counts for a deal.

    It blocks the gate (an error) from stage rank ``rank`` on and is a warning from ``warn_rank`` on
    (0: never); below it is a note. A handover asks nothing of a deal that is lost or on hold.
    """
    judged = judged_rank(rows, settings)
    gate = judged >= rank
    if gate:
        severity = Severity.ERROR
    else:
        severity = Severity.WARNING if 0 < warn_rank <= judged else Severity.NOTE
    return Need(severity, gate, rows.stage_type in GOING_ON)


def handed_over(rows: DealRows) -> bool:
    """Tell whether ops has the deal, or was offered it: sales is asked no more."""
    return rows.deal.handover_state in HANDED_OVER


def taken_over(rows: DealRows) -> dt.date | None:
    """Return the day on which ops took over a deal that is being delivered, None otherwise."""
    deal = rows.deal
    if rows.stage_type != "won" or deal.handover_state not in {"accepted", "confirmed"}:
        return None
    return None if over(rows) else handover_day(rows)


def handover_day(rows: DealRows) -> dt.date | None:
    """Return the day of a handover, or the one from which it counts where nobody wrote it."""
    return rows.deal.handover_on or rows.deal.signed_on or rows.deal.contract_start


def over(rows: DealRows) -> bool:
    """Tell whether every phase of a project is done or was cancelled."""
    ended = [row.status in {"done", "cancelled"} for row in rows.project if row.kind == "summary"]
    return bool(ended) and all(ended)


def gap(rows: DealRows, row: Row, key: str, needed: Need, **words: object) -> Iterator[Found]:
    """Yield the finding of a missing item if the present stage or a handover asks for it."""
    if needed.gate or needed.handover:
        yield Found(
            row, key, {"deal": rows.id, **words}, needed.gate, needed.handover, (), needed.severity
        )


def said(rows: DealRows, row: Row, key: str, **words: object) -> Found:
    """Return a finding that does not count for the gate."""
    return Found(row, key, {"deal": rows.id, **words})


def field_gap(rows: DealRows, settings: Settings, key: str, warn_rank: int = 0) -> Iterator[Found]:
    """Yield the finding of a blank cell of the Deal row if its stage, or closing, asks for it.

    Nothing of a row that names no deal yet (no `stage_rank`).
    """
    cell = rows.deal.get(key)
    if (cell is not None and cell != "") or rows.deal.stage_rank is None:
        return iter(())
    column = Deal.by_key[key]
    judged = judged_rank(rows, settings)
    kind = "won" if judged >= HANDOVER_RANK else rows.stage_type
    gate = asked_now(column, kind, judged)
    handover = asked_at_close(column) and rows.stage_type in GOING_ON
    severity = Severity.WARNING if 0 < warn_rank <= judged else Severity.NOTE
    needed = Need(Severity.ERROR if gate else severity, gate, handover)
    return gap(rows, rows.deal, key, needed)

"""Changes since a deal was sold, with proof that its baseline is unchanged."""

import datetime as dt
from typing import NamedTuple

from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import Baseline, read_baselines
from sheetrecord.core.handover.hidden_log import log_intact, read_log
from sheetrecord.core.handover.since_sold import Difference, differences
from sheetrecord.core.handover.stage import standing
from sheetrecord.core.which_deal import meant_deal
from sheetrecord.model.book import Book
from sheetrecord.model.problem import Where
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows


class SinceSold(NamedTuple):
    """One deal: its baseline, whether that is intact, and every difference with its place."""

    rows: DealRows
    baseline: Baseline
    intact: bool
    found: list[tuple[Where, Difference]]


class BaselineComparison(NamedTuple):
    """The comparison of one workbook. ``never`` are won deals without a baseline.

    Of those, ``gone`` had one, according to the log.
    """

    address: str
    parsed: Parsed
    deals: list[SinceSold]
    never: list[str]
    log_intact: bool
    gone: frozenset[str] = frozenset()


class DiffRequest(NamedTuple):
    """What to compare: one deal or all, a version (0: the latest), and a digest to prove."""

    deal_id: str = ""
    version: int = 0
    everything: bool = False
    digest: str = ""


def compare(
    address: str, wanted: DiffRequest, *, today: dt.date, asof: dt.date | None = None
) -> BaselineComparison:
    """Read a workbook and compare its deals with what was sold.

    With ``wanted.digest`` a baseline counts as intact only if its digest begins so, as it was
    printed in the brief when the deal was handed over.
    """
    return compare_book(address, *read_record(address, today=today, asof=asof), wanted)


def compare_book(
    address: str, book: Book, parsed: Parsed, wanted: DiffRequest
) -> BaselineComparison:
    """Compare the deals of a workbook that was read with what was sold, as `compare`."""
    record = derive(parsed.record)
    baselines = read_baselines(book)
    wanted = wanted._replace(deal_id=meant_deal(wanted.deal_id, record.by_deal))
    deals, never = [], []
    for deal_id, rows in record.by_deal.items():
        if wanted.deal_id and deal_id != wanted.deal_id:
            continue
        baseline = _version(baselines.get(deal_id, []), wanted.version)
        if baseline is None:
            if rows.stage_type == "won" or wanted.deal_id:
                never.append(deal_id)
            continue
        intact = baseline.intact and (baseline.digest.startswith(wanted.digest))
        found = list(differences(baseline, rows, everything=wanted.everything))
        placed = [(_where(parsed, rows, one), one) for one in found]
        deals.append(SinceSold(rows, baseline, intact, placed))
    events = read_log(book)
    gone = [one for one in never if standing(record.by_deal[one], events, ()).sold]
    return BaselineComparison(address, parsed, deals, never, log_intact(book), frozenset(gone))


def _version(known: list[Baseline], version: int) -> Baseline | None:
    if not version:
        return known[-1] if known else None
    return next((one for one in known if one.version == version), None)


def _where(parsed: Parsed, rows: DealRows, one: Difference) -> Where:
    """Return where a difference stands now; a removed row stands nowhere."""
    held = [rows.deal, *rows.context, *rows.commitments, *rows.fees]
    row = next((r for r in held if (r.sheet, r.id) == (one.sheet, one.row_id)), None)
    return parsed.layout.where(one.sheet, row.row if row is not None else 0, one.key, one.row_id)

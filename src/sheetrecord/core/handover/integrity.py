"""Checks that the log and baselines of a workbook are present and unchanged."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.core.handover.baseline import BASELINE, Baseline, read_baselines
from sheetrecord.core.handover.hidden_log import LOG, LogEvent, log_intact, read_log
from sheetrecord.core.handover.stage import standing
from sheetrecord.model.book import Book
from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.model.problem import Where
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.parse import Parsed

DAMAGED: Final = "GUARD-003"
GONE: Final = "GUARD-004"
LOG_DAMAGED: Final = "GUARD-005"
_MOST: Final = 3


def with_proof(book: Book, parsed: Parsed) -> Parsed:
    """Return what was read with findings about its baselines and log added.

    A workbook from which nothing was ever promoted keeps neither, and costs nothing here.
    """
    if LOG not in book.sheets and BASELINE not in book.sheets:
        return parsed
    return parsed._replace(findings=(*parsed.findings, *_findings(book, parsed)))


def _findings(book: Book, parsed: Parsed) -> Iterator[Finding]:
    baselines, events = read_baselines(book), read_log(book)
    spoilt = [deal for deal, versions in baselines.items() if not versions[-1].intact]
    if spoilt:
        yield Finding(DAMAGED, Where(BASELINE), _words(spoilt))
    gone = list(_gone(parsed, events, baselines))
    if gone:
        yield Finding(GONE, _deal_cell(parsed, gone[0]), _words(gone))
    if LOG not in book.sheets:
        yield Finding(LOG_DAMAGED, Where(), {"what": Phrase("is gone")})
    elif not log_intact(book):
        yield Finding(LOG_DAMAGED, Where(LOG), {"what": Phrase("was changed since it was written")})


def _gone(
    parsed: Parsed, events: Sequence[LogEvent], baselines: Mapping[str, Sequence[Baseline]]
) -> Iterator[str]:
    """Yield the deals that the log says were sold and that have no baseline."""
    for deal_id, rows in parsed.record.by_deal.items():
        if deal_id not in baselines and standing(rows, events, ()).sold:
            yield deal_id


def _deal_cell(parsed: Parsed, deal_id: str) -> Where:
    row = parsed.record.by_deal[deal_id].deal.row
    return parsed.layout.where("Deal", row, "handover_state", deal_id)


def _words(deals: Sequence[str]) -> dict[str, str]:
    some = Series(", ", deals[:_MOST])
    more = len(deals) - _MOST
    told = Phrase("{some} and {more} more", some=some, more=more) if more > 0 else some
    return {"deals": told, "deal": deals[0]}

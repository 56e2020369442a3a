"""Merge the hidden handover sheets (log and baselines) of several copies: the union of their rows.

Log lines and baselines are append-only, so two copies never conflict.
"""

from collections import Counter
from collections.abc import Iterator

from sheetrecord.core.crm.memory import IMPORTED
from sheetrecord.core.handover.baseline import (
    BASELINE,
    Baseline,
    digest_of,
    keep_baseline,
    read_baselines,
)
from sheetrecord.core.handover.hidden_log import LOG, HiddenRows, log, read_log
from sheetrecord.core.sync.snapshot import WorkbookConfig
from sheetrecord.model.book import Book, Cells, Sheet


def missing(giver: Book, taker: Book, *, whole: bool = True) -> tuple[HiddenRows, ...]:
    """Return the rows of ``giver``'s hidden sheets that ``taker`` lacks.

    A taker that is not to hold the ``whole`` record gets no lines of imports: these repeat cells.
    """
    found = [] if _same(LOG, giver, taker) else list(_events(giver, taker, whole=whole))
    if not _same(BASELINE, giver, taker):
        found += _baselines(giver, taker)
    return _below_each_other(found)


def _same(name: str, giver: Book, taker: Book) -> bool:
    """Tell at once that a hidden sheet of both holds the same, as it nearly always does."""
    if name not in giver.sheets:
        return True
    return name in taker.sheets and giver.sheets[name].says_what(taker.sheets[name])


def _events(giver: Book, taker: Book, *, whole: bool) -> Iterator[HiddenRows]:
    lines = Counter(read_log(taker))
    new = []
    for event in (one for one in read_log(giver) if whole or one.what != IMPORTED):
        if lines[event]:
            lines[event] -= 1
        else:
            new.append(event)
    if new:
        yield log(taker, new)


def _baselines(giver: Book, taker: Book) -> Iterator[HiddenRows]:
    known = {deal: list(several) for deal, several in read_baselines(taker).items()}
    for deal_id, several in read_baselines(giver).items():
        for baseline in several:
            if _has(known.get(deal_id, []), baseline) or not baseline.intact:
                continue
            own = _numbered(baseline, known.setdefault(deal_id, []))
            known[deal_id].append(own)
            yield keep_baseline(taker, own)


def _has(known: list[Baseline], one: Baseline) -> bool:
    """Tell whether a baseline is there, whatever its number."""
    return any((k.content, k.sold_on) == (one.content, one.sold_on) for k in known)


def _numbered(baseline: Baseline, known: list[Baseline]) -> Baseline:
    """Return a baseline under its own number, or under the next one if that is taken."""
    taken = {one.version for one in known}
    if baseline.version not in taken:
        return baseline
    number = max(taken) + 1
    digest = digest_of(baseline.deal_id, number, baseline.sold_on, baseline.content)
    return baseline._replace(version=number, digest=digest)


def _below_each_other(found: list[HiddenRows]) -> tuple[HiddenRows, ...]:
    """Return one addition for each sheet."""
    sheets: dict[str, HiddenRows] = {}
    for kept in found:
        first = sheets.get(kept.sheet)
        sheets[kept.sheet] = first._replace(rows=first.rows + kept.rows) if first else kept
    return tuple(sheets.values())


def with_rows(workbook_config: WorkbookConfig, kept: tuple[HiddenRows, ...]) -> WorkbookConfig:
    """Return the configuration with rows added to its hidden sheets."""
    found = dict(workbook_config)
    for one in kept:
        found[one.sheet] = (*found.get(one.sheet, (one.header,)), *one.rows)
    return found


def with_kept(book: Book, kept: tuple[HiddenRows, ...]) -> Book:
    """Return the workbook with rows added to its hidden sheets."""
    sheets = dict(book.sheets)
    for one in kept:
        old = sheets.get(one.sheet)
        lines = (one.header, *one.rows) if old is None else one.rows
        start = 1 if old is None else one.after + 1
        columns = dict(old.columns) if old is not None else {}
        for number, texts in enumerate(zip(*lines, strict=True), start=1):
            before = columns.get(number, Cells((), ()))
            rows = (*before.rows, *range(start, start + len(texts)))
            columns[number] = Cells(rows, (*before.values, *texts))
        sheets[one.sheet] = Sheet(one.sheet, columns, state="hidden")
    return book.with_sheets(sheets)

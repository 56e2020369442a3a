"""Why an answer does not count: nothing there, junk, or an answer that lacks something."""

from collections.abc import Iterator

from sheetrecord.rules.need import Need, gap, need
from sheetrecord.rules.rule import Found
from sheetrecord.schema.context import Context, trim
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.prompts import Prompt
from sheetrecord.schema.record import DealRows, Settings

_LACKING = {"none", "unknown", "n_a"}


def cause(row: Context, settings: Settings) -> str:
    """Return why a row does not count: ``gap``, ``junk``, ``incomplete``, or its state.

    Only for rows whose answer is not complete. Each cause has its own rule, so that one gap is
    said once and in the right words.
    """
    if row.state in _LACKING:
        return row.state
    if row.state == "answered":
        return "incomplete"
    junk = settings.tokens.get(trim(row.answer).lower()) == "not_asked"
    return "junk" if junk and row.kind != "stakeholder" else "gap"


def row_need(rows: DealRows, settings: Settings, row: Context) -> Need | None:
    """Judge a row that does not count; None when another row of its kind does, or none has to."""
    if not row.missing:
        return None
    return need(rows, settings, int(row.block_rank or 0), _warn_rank(row.kind, settings))


def caused(
    rows: DealRows, settings: Settings, wanted: str
) -> Iterator[tuple[Context, Need | None]]:
    """Yield the incomplete rows of one cause, and how much each matters to the gate."""
    for row in rows.context:
        if row.ok == 0 and row.state and cause(row, settings) == wanted:
            yield row, row_need(rows, settings, row)


def prompt_gaps(rows: DealRows, settings: Settings, code: str) -> Iterator[Found]:
    """Yield the unanswered blocking prompts of one rule, on their row or on the deal's."""
    for prompt in settings.prompts:
        if prompt.code == code and prompt.blocks:
            yield from _prompt_gap(rows, settings, prompt)


def _prompt_gap(rows: DealRows, settings: Settings, prompt: Prompt) -> Iterator[Found]:
    words = {"prompt": settings.label("kind", prompt.kind)}
    key = "date" if prompt.kind == "real_deadline" else "answer"
    asked = [row for row in rows.context if row.kind == prompt.kind]
    for row in asked:
        needed = row_need(rows, settings, row)
        if needed is not None and cause(row, settings) == "gap":
            yield from gap(rows, row, key, needed, **words)
    rank, warn_rank = STAGE_RANK[prompt.from_stage], STAGE_RANK.get(prompt.warn_from, 0)
    if not asked and rank:
        yield from gap(rows, rows.deal, "", need(rows, settings, rank, warn_rank), **words)


def _warn_rank(kind: str, settings: Settings) -> int:
    return next((STAGE_RANK.get(p.warn_from, 0) for p in settings.prompts if p.kind == kind), 0)

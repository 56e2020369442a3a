"""Fix what is safe to fix in a workbook: text numbers, dates, labels, formulas, ids, headers."""

from sheetrecord.app.rewrite import RewrittenBook, edited
from sheetrecord.core.annotation import AUTHOR
from sheetrecord.core.autofix import REPLACED, Mending
from sheetrecord.core.autofix import mend as plan
from sheetrecord.core.autofix_headers import HeaderFix
from sheetrecord.core.handover.hidden_log import HiddenRows, LogEvent, log
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.model.book import parse_range
from sheetrecord.model.cell_edits import Edit, PutName, PutNote, PutProperty
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Formula
from sheetrecord.schema.formulas.equality import pattern_of
from sheetrecord.schema.ids import RandomSource

_ROUNDS = 4
"""A mended cell can make another one readable: a deal's id, say, whose rows then count."""


def mend(draft: RewrittenBook, source: RandomSource) -> tuple[RewrittenBook, tuple[HeaderFix, ...]]:
    """Return the draft with every safe fix applied, and the fixes; nothing is written yet.

    ``source`` gives new ids their randomness. Applying it to its own result changes nothing. Raises
    CannotPatch when the workbook holds what cannot be changed safely.
    """
    changes: list[HeaderFix] = []
    for _ in range(_ROUNDS):
        book, parsed, report = draft.checked[1:]
        noted = draft.transaction.notes.theirs
        found = plan(book, parsed, report, source, noted)
        if not found.changes:
            break
        draft = edited(draft, _edits(draft, found))
        changes += found.changes
    return draft, tuple(changes)


def _edits(draft: RewrittenBook, found: Mending) -> list[Edit]:
    """Return the edits of a round: the cells first, then what stands beside them."""
    book, parsed, _ = draft.checked[1:]
    cells = [
        SetValue(At(one.sheet, "", one.where.key, one.where.row), one.new, one.why)
        for one in found.changes
        if not one.name
    ]
    edits: list[Edit] = list(place(tuple(cells), book, parsed.layout))
    for one in found.changes:
        where = one.where
        if one.kept:
            edits.append(PutNote(where.sheet, where.row, where.column, one.kept, AUTHOR))
    edits += [PutName(one.name, parse_range(one.target)) for one in found.changes if one.name]
    edits += hidden_edits(_logged(draft, found))
    if found.last_deal:
        edits.append(PutProperty(LAST_DEAL, found.last_deal))
    return edits


def _logged(draft: RewrittenBook, found: Mending) -> list[HiddenRows]:
    """Return the lines of the workbook's log that keep formulas which are replaced."""
    replaced: dict[tuple[str, str, str], list[HeaderFix]] = {}
    for one in found.changes:
        if one.code == REPLACED and isinstance(one.old, Formula):
            text = pattern_of(one.old.text, one.where.row)
            replaced.setdefault((one.where.sheet, one.where.key, text), []).append(one)
    events = []
    for some in replaced.values():
        first = some[0]
        more = f" and {len(some) - 1} more" if len(some) > 1 else ""
        text = f"={first.old.text}" if isinstance(first.old, Formula) else ""
        place = f"{first.where.address}{more}"
        events.append(
            LogEvent(draft.asked.today, AUTHOR, "", "formula_replaced", place, text[:30_000])
        )
    return [log(draft.checked.book, events)] if events else []

"""Give deals the rows in which their questions wait for an answer."""

from sheetrecord.app.rewrite import RewrittenBook, edited
from sheetrecord.core.handover.identity import owners
from sheetrecord.core.ready_rows import rows_to_add
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.plan_preview import CellPreview, preview


def with_ready_rows(draft: RewrittenBook) -> tuple[RewrittenBook, list[CellPreview]]:
    """Return the draft with the rows that its deals lack, and the cells of these rows.

    They go into prepared blank rows, then below them; no cell that is there changes. Applying it to
    its own result changes nothing. Raises CannotPatch when the workbook holds what cannot be
    changed safely.
    """
    book, parsed, report = draft.checked[1:]
    known = owners(book, parsed.layout)
    added = rows_to_add(parsed, report.record, known, draft.asked.choice.deal_id)
    if not added:
        return draft, []
    shown = preview(added, book, parsed.layout)
    return edited(draft, place(added, book, parsed.layout)), shown

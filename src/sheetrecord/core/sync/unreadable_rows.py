"""Rows that are unreadable in a copy: no evidence against a deletion elsewhere."""

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.notices import Notice
from sheetrecord.core.merge.planner import Merged
from sheetrecord.core.merge.side import Side
from sheetrecord.model.conflict import GONE, Conflict
from sheetrecord.model.edit import AddRow

WORDS = (
    "the row was deleted elsewhere, and nothing of it can be read here; it is left as it is: "
    "delete it, or mend its formulas"
)


def silent(side: Side, base: Side, conflict: Conflict) -> bool:
    """Return True if a copy shows nothing readable of a row in conflict, and something unreadable.

    Columns that are filled in rows without an answer (`similarity.WAITING`) do not count as
    readable. For columns that the copy does not show, the baseline's values count.
    """
    sheet, row_id, key, _ = conflict.at
    number = side.present(sheet).get(row_id, 0)
    cells = next((cells for cells in side.rows(sheet) if cells[0] == number), None)
    if key or cells is None:
        return False
    blank = similarity.blank_row(sheet)
    known = next((cells for cells in base.rows(sheet) if cells[1] == row_id), blank)
    said = {i: (known if i in side.missing[sheet] else cells)[i] for i in similarity.typed(sheet)}
    told = {i for i, cell in said.items() if cell != blank[i]}
    read = {i for i in told if not isinstance(said[i], Unread)}
    return read < told and read <= similarity.waiting(sheet)


def without_silent(merged: Merged, copy: Side, base: Side) -> Merged:
    """Return a merge that does not restore rows of which the copy has only unreadable cells."""
    mute = [one for one in merged.conflicts if one.ours == GONE and silent(copy, base, one)]
    if not mute:
        return merged
    rows = {(one.at.sheet, one.at.row_id) for one in mute}
    return merged._replace(
        plan=tuple(
            edit
            for edit in merged.plan
            if not (isinstance(edit, AddRow) and (edit.sheet, edit.row_id) in rows)
        ),
        conflicts=tuple(one for one in merged.conflicts if one not in mute),
        notices=(
            *merged.notices,
            *(Notice("unread", sheet, "", WORDS, row_id) for sheet, row_id in sorted(rows)),
        ),
    )

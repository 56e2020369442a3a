"""Edits for a workbook's hidden sheets, whose rows travel with every copy."""

from collections.abc import Iterable, Iterator

from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.model.cell_edits import AddSheet, Edit, PutCell
from sheetrecord.model.sheet_style import GUARDED


def hidden_edits(kept: Iterable[HiddenRows]) -> Iterator[Edit]:
    """Yield the edits that add rows to hidden sheets; a missing sheet is created."""
    for new in kept:
        if not new.after:
            yield AddSheet(new.sheet, (new.header, *new.rows), hidden=True, style=GUARDED)
            continue
        for number, row in enumerate(new.rows, start=new.after + 1):
            for column, text in enumerate(row, start=1):
                if text:
                    yield PutCell(new.sheet, number, column, text)

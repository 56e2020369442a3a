"""Why a line is believed: who said it and when, where that is written down, who confirmed it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.project import Project
from sheetrecord.schema.read.parse import Parsed

Locate = Callable[[str, int, str, str], str]
"""Returns the address of a cell, such as ``Context!E7``, by sheet, row, column key and row id."""


class RowOrigin(NamedTuple):
    """Where one row comes from; what is not written down is blank or None.

    ``who`` said it (``to`` whom, for what one of us said) on ``said_on``; ``heard_by`` is who of us
    wrote it down; ``source_type`` is a code of the list `source_type` or `form`, named by
    ``source_list``; ``source`` is where it is kept; ``confirmed_by`` and ``confirmed_on`` are of
    the kickoff, or of a decision about what was promised. ``confirmable`` is False where nobody is
    asked to confirm. ``address`` is the cell in the workbook. ``also`` are further quotes that say
    the same, as `capture` noted them: the words, and the message with its day and time.
    """

    who: str = ""
    to: str = ""
    said_on: dt.date | None = None
    heard_by: str = ""
    source_list: str = ""
    source_type: str = ""
    source: str = ""
    confirmed_by: str = ""
    confirmed_on: dt.date | None = None
    confirmable: bool = False
    address: str = ""
    also: tuple[tuple[str, str], ...] = ()


def locator(parsed: Parsed) -> Locate:
    """Return what finds a cell of a workbook that was read."""
    layout = parsed.layout

    def locate(sheet: str, row: int, key: str, row_id: str) -> str:
        return layout.where(sheet, row, key, row_id).address

    return locate


def origin_of(row: Row, locate: Locate | None = None) -> RowOrigin:
    """Return where a row comes from; with ``locate`` also the cell that says it."""
    found = RowOrigin()
    if isinstance(row, Context):
        found = _of_fact(row)
    elif isinstance(row, Commitments):
        found = _of_commitment(row)
    elif isinstance(row, Project):
        found = _of_work(row)
    found = found._replace(also=_quotes(str(row.get("note")) if "note" in row.by_key else ""))
    if locate is None:
        return found
    return found._replace(address=locate(row.sheet, row.row, SAID_IN[row.sheet], row.id))


_QUOTE: Final = re.compile(r'^"(.+)" \((.+)\)$', re.MULTILINE)
"""How a further source stands in a row's note (`core.capture.accepting`)."""


def _quotes(note: str) -> tuple[tuple[str, str], ...]:
    return tuple((found[1], found[2]) for found in _QUOTE.finditer(note))


SAID_IN: Final = {
    "Deal": "deal_id",
    "Context": "answer",
    "Commitments": "what",
    "Project": "title",
    "Fees": "description",
    "Gaps": "what_was_missing",
}
"""The column of a sheet in which a reader is led to a row: that which says what it is about."""


def _of_fact(row: Context) -> RowOrigin:
    return RowOrigin(
        who="" if row.kind == "stakeholder" else row.person,  # of whom it speaks
        said_on=row.learned_on,
        heard_by=row.learned_by,
        source_list="source_type",
        source_type=row.source_type,
        source=row.source_link,
        confirmed_by=row.confirmed_by,
        confirmed_on=row.confirmed_on,
        confirmable=row.state == "answered",
    )


def _of_commitment(row: Commitments) -> RowOrigin:
    return RowOrigin(
        who=row.said_by,
        to=row.said_to,
        said_on=row.said_on,
        source_list="form",
        source_type=row.form,
        source=row.source_link,
        confirmed_by=row.decided_by,
        confirmed_on=row.decided_on,
    )


def _of_work(row: Project) -> RowOrigin:
    return RowOrigin(
        who=row.requested_by or row.raised_by or row.owner,
        said_on=row.date_actual or row.approved_on,
        source=", ".join(filter(None, (row.commitment_ref, row.ctx_ref))),
        confirmed_by=row.approved_by or row.accepted_by,
        confirmed_on=row.approved_on or row.accepted_on,
    )

"""A workbook being rewritten: read once, changed in memory, checked again, written in one step."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.plugins import load_plugins
from sheetrecord.app.validate import Checked, read_record, understood
from sheetrecord.core.check import Choice, check
from sheetrecord.files import Fingerprint, fingerprint, replace
from sheetrecord.formats.patching import patched
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotPatch, CannotWrite, ChangedElsewhere
from sheetrecord.xlsx import Refused, open_workbook


class Asked(NamedTuple):
    """How a workbook is judged: today's date, another day if one was named, and what to look at."""

    today: dt.date
    asof: dt.date | None = None
    choice: Choice = Choice()


class Draft(NamedTuple):
    """A workbook as it will be written: its bytes, what their check found, what to tell of it.

    ``known`` is the file that was read; writing is refused when it is no longer there.
    """

    path: Path
    known: Fingerprint
    data: bytes
    checked: Checked
    asked: Asked
    remarks: tuple[str, ...] = ()
    changed: bool = False


def take(path: Path, asked: Asked) -> Draft:
    """Read and check a workbook that is to be written.

    Raises a SheetRecordError when it cannot be read, is no record, is of a kind that is not
    written to, or is saved by somebody at this moment.
    """
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise CannotWrite(
            path, "only .xlsx and .xlsm files are written to.", "Save the record as .xlsx."
        )
    known = fingerprint(path)
    load_plugins()
    book, parsed = read_record(path, today=asked.today, asof=asked.asof, judged=True)
    checked = Checked(path, book, parsed, check(parsed, asked.choice))
    data = path.read_bytes()
    if fingerprint(path) != known:
        raise ChangedElsewhere(path)
    return Draft(path, known, data, checked, asked)


def edited(draft: Draft, edits: Sequence[Edit], *, again: bool = True) -> Draft:
    """Return the draft with edits applied. Raises CannotPatch with the reason why not.

    It is checked ``again``, unless the edits touch nothing that a rule reads.
    """
    if not edits:
        return draft
    try:
        result = patched(draft.data, edits)
        checked = _checked(draft, result.data) if again else draft.checked
    except Refused as refused:
        raise CannotPatch(draft.path, str(refused)) from refused
    remarks = tuple(dict.fromkeys((*draft.remarks, *result.report.notes)))
    return draft._replace(data=result.data, checked=checked, remarks=remarks, changed=True)


def _checked(draft: Draft, data: bytes) -> Checked:
    """Return the check of new bytes."""
    book = book_of(open_workbook(data), str(draft.path))
    today, asof = draft.asked.today, draft.asked.asof
    parsed = understood(draft.path, book, today=today, asof=asof, judged=True)
    return Checked(draft.path, book, parsed, check(parsed, draft.asked.choice))


def write(draft: Draft) -> None:
    """Put the draft where its workbook was read, after a backup; nothing happens without changes.

    Raises ChangedElsewhere, Locked and CannotWrite as `files.replace`; then nothing was written.
    """
    if draft.changed:
        replace(draft.path, draft.data, draft.known)

"""Read a bank's zip of statements: every XML message inside is read as a file."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.ledgers.errors import MAX_BYTES, refuse
from sheetrecord.ledgers.reading import Reading
from sheetrecord.ledgers.workbook_table import is_workbook

_MOST: Final = 400
"""A year of days, and some."""


def messages_in(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """Return (name, bytes) of each XML message in a zip, in the order of their names.

    Empty for what is no zip, or a workbook. Raises CannotRead for a zip that is damaged, encrypted,
    too large when inflated, or that holds anything but XML.
    """
    if data[:4] != b"PK\x03\x04" or is_workbook(data):
        return []
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = sorted(
                (part for part in packed.infolist() if not part.is_dir()),
                key=lambda part: part.filename,
            )
            _check(parts, name)
            return [(part.filename, packed.read(part)) for part in parts]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as err:
        why = "this zip archive or workbook is damaged or encrypted."
        raise refuse(name, why, "Unpack it and give the files inside.", "kind") from err


def _check(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    others = [part.filename for part in parts if not part.filename.lower().endswith(".xml")]
    if others or not parts:
        what = others[0] if others else "nothing"
        why = f"this is a zip archive or workbook that holds {what}, not only statements in XML."
        do = "Unpack it, or save the sheet as CSV, and give that file."
        raise refuse(name, why, do, "kind")
    if len(parts) > _MOST or sum(part.file_size for part in parts) > MAX_BYTES:
        raise refuse(name, "the zip is too large for statements.", "Export fewer months.", "huge")


def joined(readings: Sequence[Reading]) -> Reading:
    """Return the messages of one zip as one reading, with consecutive row numbers."""
    before, whole = 0, readings[0]._replace(statements=(), problems=(), left_out=(), rows=0)
    for one in readings:
        statements = tuple(
            s._replace(
                lines=tuple(_on(line, before) for line in s.lines),
                pending=tuple(_on(line, before) for line in s.pending),
            )
            for s in one.statements
        )
        left = tuple(out._replace(row=out.row + before) for out in one.left_out)
        whole = whole._replace(
            statements=(*whole.statements, *statements),
            problems=(*whole.problems, *one.problems),
            left_out=(*whole.left_out, *left),
            rows=whole.rows + one.rows,
            apart=whole.apart + one.apart if before else one.apart,
        )
        before += one.rows
    return whole


def _on(line: BankLine, before: int) -> BankLine:
    return line._replace(source=line.source._replace(row=line.source.row + before))

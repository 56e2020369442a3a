"""Read a workbook's cell notes, and tell those that a check wrote from people's."""

from collections.abc import Mapping

from sheetrecord.core.annotation import Notes, Spot
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.problem import column_number
from sheetrecord.xlsx import Limits, Refused, WorkbookReader, open_workbook
from sheetrecord.xlsx.read.sheet_metadata import notes


def read_notes(data: bytes, path: object) -> Notes:
    """Return the notes of a workbook. Raises CannotRead, naming ``path``."""
    texts: dict[Spot, str] = {}
    talks: set[Spot] = set()
    try:
        workbook = open_workbook(data)
        for sheet in workbook.sheets:
            if sheet.kind == "worksheet" and sheet.part:
                found, talking = _of_sheet(workbook, sheet.part)
                texts |= {(sheet.name, *_place(ref)): text for ref, text in found.items()}
                talks |= {(sheet.name, *_place(ref)) for ref in talking}
    except Refused as refused:
        raise CannotRead(path, str(refused), "", refused.reason) from refused
    return Notes(texts, frozenset(talks))


def _of_sheet(workbook: WorkbookReader, part: str) -> tuple[Mapping[str, str], set[str]]:
    """Return a sheet's notes and the cells of its conversations; most sheets have neither."""
    package = workbook.package
    comments = package.related(part, "comments")
    texts = notes([package.text(comments)], comments, Limits().depth) if comments else {}
    talking = {
        element.tag.get(b"ref") or ""
        for rel in package.relationships(part)
        if rel.kind == "threadedComment" and not rel.external and package.parts.find(rel.target)
        for element, _ in package.elements(rel.target)
        if element.tag.name == b"threadedComment"
    }
    return texts, {ref for ref in talking if ref}


def _place(ref: str) -> tuple[int, int]:
    """Return a cell's row and column: ``B7`` is (7, 2)."""
    letters = ref.rstrip("0123456789")
    return int(ref[len(letters) :] or 0), column_number(letters)

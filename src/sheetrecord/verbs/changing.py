"""What verbs that change a workbook give back: a plan, the changed file, or edits of its cells."""

from collections.abc import Sequence
from typing import Final

from sheetrecord.contract.verbs import FileJson, VerbAnswer
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import PlanChanged
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.verbs.cell_edits import digest_of, edits_json, expected
from sheetrecord.verbs.shapes import Request
from sheetrecord.workbooks.transaction import Transaction, must_write

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def carried(
    request: Request,
    answer: VerbAnswer,
    before: Transaction,
    edits: Sequence[Edit],
    layout: RecordLayout,
) -> VerbAnswer:
    """Complete an answer by what was wanted of its edits; without edits there is nothing to do.

    Raises PlanChanged when another plan was shown, CannotPatch and CannotWrite when the workbook
    cannot be changed.
    """
    answer["planned"] = digest_of(edits)
    if request.want == "plan":
        return answer
    if request.planned and request.planned != answer["planned"]:
        raise PlanChanged(before.address)
    if request.want == "edits":
        answer["edits"] = edits_json(edits, before.book)
        answer["expected"] = expected(edits, before.book, layout)
        return answer
    must_write(before.workbook)
    after = before.with_edits(edits)
    answer["files"] = [workbook_file(before.address, after.image())] if edits else []
    answer["notes"] = [*answer.get("notes", []), *after.after.remarks]
    return answer


def workbook_file(name: str, data: bytes) -> FileJson:
    """Return a workbook as a file of an answer."""
    return {"name": name, "type": XLSX, "data": data}

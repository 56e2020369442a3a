"""What the verbs of page, pane and service answer, beside the answers of the commands."""

from typing import Any, NotRequired, TypedDict

from sheetrecord.contract.captures import CaptureAnswer
from sheetrecord.contract.changes import ChangeJson, StepAnswer
from sheetrecord.contract.check import CheckAnswer, DiffAnswer, Failure, HitJson, RuleAnswer
from sheetrecord.contract.copies import MergeAnswer, ResolveAnswer


class FileJson(TypedDict):
    """A file that was made: its name, its media type, its bytes (in JSON as Base64)."""

    name: str
    type: str
    data: bytes


class ExpectedCell(TypedDict):
    """What stands in a cell as the edits know it: if it is otherwise, rows have moved."""

    sheet: str
    row: int
    column: int
    value: Any


class CellEditJson(TypedDict):
    """One edit of a workbook's cells, for a program that has it open; rows and columns from 1.

    ``do`` says which of the fields it has: `put` (sheet, row, column, value, was, form?, like?),
    `insert` (sheet, after_row, rows), `delete` (sheet, first_row, number), `add_sheet` (sheet,
    rows, hidden), `drop_sheet` (sheet), `note`, `column`, `choices`, `property`, `name`.
    Values are those of `model.cell_json`: a day is ``{"date": "2026-03-31"}``.
    """

    do: str
    sheet: NotRequired[str]
    row: NotRequired[int]
    column: NotRequired[int]
    value: NotRequired[Any]
    was: NotRequired[Any]
    form: NotRequired[str]
    like: NotRequired[list[int]]
    after_row: NotRequired[int]
    rows: NotRequired[list[Any]]
    first_row: NotRequired[int]
    number: NotRequired[int]
    hidden: NotRequired[bool]
    name: NotRequired[str]
    text: NotRequired[str]


class LabelJson(TypedDict):
    """A code, and what the workbook calls it."""

    code: str
    label: str


class StandingJson(TypedDict):
    """What may be done with a deal by now: names of verbs, `refreeze` and `reopen` left out."""

    deal_id: str
    client: str
    deal_name: str
    stage: str
    state: str
    owner: str
    ops_owner: str
    verbs: list[str]


class ChoicesJson(TypedDict):
    """What forms offer: fee templates, reasons to send back, in the workbook's words."""

    fees: list[str]
    return_codes: list[LabelJson]


class VerbAnswer(TypedDict):
    """An answer: the verb, and what it found (`check`, `rule`, ...), planned or made.

    ``planned`` is the digest of a plan. ``error`` stands alone; ``exit`` is then as the command
    line ends: 2 for words that are wrong, 3 for what the world refuses.
    """

    schema: int
    verb: str
    check: NotRequired[CheckAnswer]
    language: NotRequired[str]
    why: NotRequired[dict[str, str]]
    titles: NotRequired[dict[str, str]]
    standing: NotRequired[list[StandingJson]]
    choices: NotRequired[ChoicesJson]
    rule: NotRequired[RuleAnswer]
    hits: NotRequired[list[HitJson]]
    diff: NotRequired[DiffAnswer]
    plan: NotRequired[StepAnswer | MergeAnswer | ResolveAnswer | CaptureAnswer]
    changes: NotRequired[list[ChangeJson]]
    listed: NotRequired[list[Any]]
    planned: NotRequired[str]
    edits: NotRequired[list[CellEditJson]]
    expected: NotRequired[list[ExpectedCell]]
    files: NotRequired[list[FileJson]]
    held_back: NotRequired[int]
    notes: NotRequired[list[str]]
    error: NotRequired[Failure]
    exit: NotRequired[int]

"""What commands that write say: the handover's steps, `init`, `migrate`, `publish`."""

from typing import Literal, NotRequired, TypedDict

from sheetrecord.contract.cells import Value


class RefusalJson(TypedDict):
    """Why a step is refused."""

    code: str
    name: str
    sheet: str
    cell: str
    row_id: str
    column: str
    message: str
    do: str


class ChangeJson(TypedDict):
    """A cell that is, or would be, written; ``header`` is what stands above its column."""

    sheet: str
    cell: str
    row_id: str
    column: str
    header: str
    old: Value
    new: Value
    why: str
    new_row: bool


class StepAnswer(TypedDict):
    """`promote`, `accept`, `return`, `confirm` and `waive`."""

    schema: int
    book: str
    asof: str
    deal_id: str
    outcome: str
    written: bool
    planned_only: bool
    refusals: list[RefusalJson]
    changes: list[ChangeJson]
    notes: list[str]
    sold_sha256: str


class InitAnswer(TypedDict):
    """`init`: where the files are, and the text of the settings."""

    schema: int
    settings: str
    book: str
    text: str
    written: bool


class OperationJson(TypedDict):
    """One change of a version: a column that is added, formulas renewed, Check written anew."""

    op: Literal["add_column", "set_formula", "add_words", "renew_check"]
    sheet: NotRequired[str]
    key: NotRequired[str]
    column: NotRequired[str]
    header: NotRequired[str]
    was: NotRequired[str]
    now: NotRequired[str]
    rows: NotRequired[list[str]]
    count: NotRequired[int]
    enum: NotRequired[str]
    cells: NotRequired[list[str]]


class VersionStep(TypedDict):
    """What one version brings."""

    to: int
    why: str
    changes: list[OperationJson]


class LeftFormula(TypedDict):
    """Formulas of the firm's own that stay."""

    sheet: str
    key: str
    rows: list[int]


class BeforeAfter(TypedDict):
    """Errors and warnings on both sides."""

    before: int
    after: int


MigratedBook = TypedDict(
    "MigratedBook",
    {"path": str, "sha256": str, "template": str, "language": str, "from": int, "to": int},
)
"""Which workbook, as it was read, and the versions it goes between."""


class MigrateAnswer(TypedDict):
    """One workbook of `migrate`, which prints a list of these."""

    kind: str
    plan: int
    book: MigratedBook
    steps: list[VersionStep]
    kept: str
    left: list[LeftFormula]
    problems: BeforeAfter
    written: bool


class PublishAnswer(TypedDict):
    """`publish`: how many files were written, kept and removed, and what was withheld and why."""

    schema: int
    path: str
    plan: bool
    deals: int
    written: list[str]
    kept: int
    removed: list[str]
    unsure: list[str]
    altered: list[str]
    unread: list[str]
    unread_cells: list[str]


class WithheldRow(TypedDict):
    """A row that an audience does not get, and by which rule."""

    sheet: str
    cell: str
    row_id: str
    deal_id: str
    rule: str
    unread: bool


class WithheldColumns(TypedDict):
    """Columns that an audience does not get."""

    sheet: str
    rule: str
    columns: list[str]


class WhyAnswer(TypedDict):
    """`publish --why`."""

    schema: int
    audience: str
    rows: list[WithheldRow]
    columns: list[WithheldColumns]

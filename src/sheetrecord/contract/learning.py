"""What `import` says of a sales system's exports, beside the record."""

from typing import NotRequired, TypedDict


class ImportChangeJson(TypedDict):
    """A column of a deal that an import changes, or would; ``why`` where it does not."""

    column: str
    was: str
    becomes: str
    why: NotRequired[str]


class ImportDealJson(TypedDict):
    """A deal as the export tells it, and what becomes of it; null where it says nothing."""

    crm_ref: str
    deal_id: str
    deal_name: str
    client: str | None
    stage_type: str | None
    stage: str | None
    stage_label: str | None
    value_net: str | None
    currency: str | None
    expected_close: str | None
    owner: str | None
    contacts: list[str]
    verdict: str
    changes: list[ImportChangeJson]
    conflicts: list[ImportChangeJson]


class RefusedCellJson(TypedDict):
    """A cell of the file that is not taken over."""

    cell: str
    why: str


class ImportFileJson(TypedDict):
    """One export: what was understood of it."""

    file: str
    system: str
    language: str
    encoding: str
    mapping: dict[str, str]
    deals: list[ImportDealJson]
    refused: list[RefusedCellJson]
    ask: list[str]
    notes: list[str]


class ImportAnswer(ImportFileJson):
    """`import` of one file."""

    schema: int
    book: str
    missing: list[str]
    written: bool


class ImportsAnswer(TypedDict):
    """`import` of several files in one write."""

    schema: int
    book: str
    files: list[ImportFileJson]
    missing: list[str]
    written: bool

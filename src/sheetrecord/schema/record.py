"""The typed record: every row by sheet, every deal with its rows, and the firm's settings."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments, says_none
from sheetrecord.schema.context import Context
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.gaps import Gaps
from sheetrecord.schema.lists import STAGE_RANK, STAGE_TYPE
from sheetrecord.schema.project import Project
from sheetrecord.schema.prompts import READY_TYPES, USUAL, Prompt


class Required(NamedTuple):
    """A firm's own demand: this column must be filled from this stage."""

    sheet: str
    key: str
    from_stage: str
    blocks: bool


class OwnColumn(NamedTuple):
    """A column the firm added: its header, and what its cells must be (`Kind` value or list)."""

    sheet: str
    header: str
    kind: str
    allowed: tuple[str, ...] = ()
    from_stage: str = ""
    blocks: bool = False


class Settings(NamedTuple):
    """What the firm decides, as read from the workbook; `asof` is the day everything is judged by.

    ``hourly_rate`` is in major units of the deal's currency per hour. ``labels`` maps
    ``(list, code)`` to the firm's word; ``severities`` maps rule codes to a stricter severity.
    ``prompt_texts`` and ``type_prompts`` are the questions by kind of fact and type of commitment.
    ``ready_types`` are the types for which a row waits in each deal.
    ``tokens`` maps a folded answer to its state. ``gate_rank`` judges every deal that is still
    being sold or won as if it stood at that rank; None means where it stands. ``fee_models`` are
    those that a fee template serves, None where nobody knows.
    """

    asof: dt.date
    currency: str = ""
    hourly_rate: float = 0.0
    language: str = "en"
    labels: Mapping[tuple[str, str], str] = {}
    prompts: tuple[Prompt, ...] = USUAL
    prompt_texts: Mapping[str, str] = {}
    type_prompts: Mapping[str, str] = {}
    ready_types: tuple[str, ...] = READY_TYPES
    required: tuple[Required, ...] = ()
    own_columns: tuple[OwnColumn, ...] = ()
    severities: Mapping[str, str] = {}
    schema_version: int = 1
    tokens: Mapping[str, str] = {}
    gate_rank: int | None = None
    fee_models: frozenset[str] | None = None

    def label(self, enum: str, code: str) -> str:
        """Return the firm's word for a code, or the code itself."""
        return self.labels.get((enum, code), code)


class DealRows(NamedTuple):
    """One deal with its rows: what a rule about a deal is given.

    ``spoken`` are the commitments that hold something said, without those that say there was
    nothing: looked for once, because most rules about commitments ask for them.
    """

    deal: Deal
    context: list[Context]
    commitments: list[Commitments]
    project: list[Project]
    fees: list[Fees]
    spoken: list[Commitments]

    @property
    def id(self) -> str:
        """The deal's id."""
        return self.deal.deal_id

    @property
    def rank(self) -> int:
        """How far the sale has come: `STAGE_RANK` of its stage, 0 for none."""
        return STAGE_RANK.get(self.deal.stage, 0)

    @property
    def stage_type(self) -> str:
        """``open``, ``won``, ``lost``, ``hold``, or empty for an unknown stage."""
        return STAGE_TYPE.get(self.deal.stage, "")

    @property
    def currency(self) -> str:
        """The deal's currency code."""
        return self.deal.currency


class Record(NamedTuple):
    """All typed rows of a workbook. Rows whose deal does not exist are in no `DealRows`."""

    settings: Settings
    deals: list[Deal]
    context: list[Context]
    commitments: list[Commitments]
    project: list[Project]
    fees: list[Fees]
    gaps: list[Gaps]
    by_deal: dict[str, DealRows]

    def rows(self, sheet: str) -> list[Any]:
        """Return the rows of a sheet by its key."""
        return list(self[_FIELD[sheet]])


_FIELD: Final = {"Deal": 1, "Context": 2, "Commitments": 3, "Project": 4, "Fees": 5, "Gaps": 6}


def make_record(settings: Settings, rows: Mapping[str, list[Any]]) -> Record:
    """Gather typed rows by deal. The first of two deals with one id stands."""
    by_deal: dict[str, DealRows] = {}
    for deal in rows.get("Deal", []):
        if deal.deal_id:
            by_deal.setdefault(deal.deal_id, DealRows(deal, [], [], [], [], []))
    for index, sheet in enumerate(("Context", "Commitments", "Project", "Fees"), start=1):
        for row in rows.get(sheet, []):
            found = by_deal.get(row[_DEAL_ID[sheet]])
            if found is not None:
                rows_of: list[Any] = found[index]  # type: ignore[assignment]  # 1 to 4 are lists
                rows_of.append(row)
    for each in by_deal.values():
        each.spoken.extend(
            row for row in each.commitments if row.what and not says_none(row.what, settings.tokens)
        )
    return Record._make([settings, *(rows.get(sheet, []) for sheet in _FIELD), by_deal])


_DEAL_ID: Final[dict[str, int]] = {
    sheet.sheet: sheet.by_key["deal_id"].position
    for sheet in (Context, Commitments, Project, Fees, Gaps)
}


def blank(sheet: type[Row], row: int = 0, **cells: object) -> Any:
    """Return a typed row with every cell blank but those given; for tests and plans."""
    return tuple.__new__(
        sheet,
        (row, *(cells.get(c.key, EMPTY[c.kind.name]) for c in sheet.columns)),
    )


EMPTY: Final[dict[str, Any]] = {
    "ID": "",
    "REF": "",
    "TEXT": "",
    "PROSE": "",
    "PERSON": "",
    "LINK": "",
    "ENUM": "",
    "CURRENCY": "",
    "MONTH": "",
    "FLAG": False,
    "DATE": None,
    "MONEY": None,
    "NUMBER": None,
    "PERCENT": None,
}
"""The value of a blank cell, by the name of its `Kind`."""

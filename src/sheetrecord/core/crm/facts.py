"""A sales system's export as read: its deals, the cells that were refused, what must be asked."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

SYSTEMS: Final = ("hubspot", "pipedrive", "salesforce", "zoho", "close", "attio", "csv")
"""The systems whose exports are known; `csv` is any table with headings."""

FIELDS: Final = (
    *("client", "deal_name", "stage", "deal_owner", "value_net", "currency", "expected_close"),
    *("next_step", "lost_reason"),
)
"""The columns of a deal that an export may fill, in the order in which they are written."""


class CrmDeal(NamedTuple):
    """A deal as an export tells it; None where it says nothing.

    ``ref`` is its identity (``hubspot:123``), empty in a table without ids. ``stage`` is a code of
    ours, ``stage_type`` what is known of it even without one. ``row`` is its row in the file,
    ``cell`` the cell by which the file names it.
    """

    ref: str
    row: int
    cell: str
    deal_name: str
    client: str | None = None
    stage: str | None = None
    stage_type: str | None = None
    stage_label: str | None = None
    value_net: Decimal | None = None
    currency: str | None = None
    expected_close: dt.date | None = None
    deal_owner: str | None = None
    contacts: tuple[str, ...] = ()
    next_step: str | None = None
    lost_reason: str | None = None


class RefusedCell(NamedTuple):
    """A cell of the file that is not taken over, and why."""

    cell: str
    why: str


class ImportQuestion(NamedTuple):
    """Something that only a person knows, to be answered before anything is written.

    ``kind`` is that of the answer (`ImportAnswers`), ``subject`` what it is about.
    """

    kind: str
    subject: str
    text: str
    choices: tuple[str, ...] = ()


class ImportAnswers(NamedTuple):
    """What people said about exports: for all of a system, or for one heading row.

    ``stages``, ``owners``, ``columns`` and ``same`` go by the words of the file, folded.
    """

    currency: str = ""
    date_order: str = ""
    decimal: str = ""
    stages: Mapping[str, str] = {}
    owners: Mapping[str, str] = {}
    columns: Mapping[str, str] = {}
    same: Mapping[str, str] = {}

    def over(self, older: "ImportAnswers") -> "ImportAnswers":
        """Return these answers, and the older ones where these say nothing."""
        return ImportAnswers(
            self.currency or older.currency,
            self.date_order or older.date_order,
            self.decimal or older.decimal,
            {**older.stages, **self.stages},
            {**older.owners, **self.owners},
            {**older.columns, **self.columns},
            {**older.same, **self.same},
        )


class CrmExport(NamedTuple):
    """One export, read whole; ``head`` is the identity of its heading row.

    ``mapping`` is by heading. ``currency_named`` tells whether the file names one anywhere.
    """

    file: str
    system: str
    language: str
    encoding: str
    head: str
    mapping: Mapping[str, str]
    deals: tuple[CrmDeal, ...]
    refused: tuple[RefusedCell, ...] = ()
    ask: tuple[ImportQuestion, ...] = ()
    notes: tuple[str, ...] = ()
    currency_named: bool = False

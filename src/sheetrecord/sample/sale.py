"""One sample deal before its rows are written, and what of the firm it depends on."""

import datetime as dt
from typing import Any, NamedTuple, Protocol, TypeAlias

from sheetrecord.sample.voice import Voice
from sheetrecord.schema.prompts import Prompt

Cells: TypeAlias = dict[str, Any]
"""A row of any sheet: values by column, as a person would type them."""


class Terms(Protocol):
    """What of a firm the sample needs: its money and its questions."""

    @property
    def favourites(self) -> tuple[str, ...]:
        """The firm's currencies, its main one first."""

    @property
    def terms_days(self) -> int:
        """Days a client has to pay."""

    @property
    def types(self) -> tuple[str, ...]:
        """The commitments of which a row waits in each deal."""

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The questions that its workbook asks."""

    @property
    def tax_rate(self) -> float:
        """Tax on an invoice, 0.19 for 19 %."""


class Sale(NamedTuple):
    """One deal before its rows are written.

    ``earlier`` is the id of the client's first deal; the client needs the result ``early`` days
    before the contract ends.
    """

    id: str
    voice: Voice
    stage: str
    begun: dt.date
    seller: str
    lead: str
    currency: str
    earlier: str
    early: int
    asof: dt.date

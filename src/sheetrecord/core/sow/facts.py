"""A contract as clauses, and what a comparison with the record makes of them."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple


class DayMention(NamedTuple):
    """A day as a contract writes it; several ``days`` where day and month may be either."""

    text: str
    days: frozenset[dt.date]


class MoneyMention(NamedTuple):
    """An amount as a contract writes it; ``currency`` is empty where its sign means several."""

    text: str
    amount: Decimal
    currency: str


class Clause(NamedTuple):
    """A paragraph, an item of a list or a row of a table, and where it stands.

    ``ref`` is its number as the contract has it, else that of the paragraph. ``excludes``: it
    stands under a heading of what is not included.
    """

    ref: str
    heading: str
    text: str
    page: int
    excludes: bool
    deliverable: bool
    days: tuple[DayMention, ...] = ()
    money: tuple[MoneyMention, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, for a person."""
        where = f"{self.ref} {self.heading}".strip() if self.heading else self.ref
        return f"{where} (page {self.page})" if self.page else where


class ComparedRow(NamedTuple):
    """A row of the record beside the contract.

    ``verdict``: included, excluded, differs, not_found or cannot_tell; ``apart`` for what is agreed
    to stand outside of it. ``near`` are the two nearest clauses where nobody can tell.
    """

    sheet: str
    row: int
    row_id: str
    column: str
    what: str
    verdict: str
    why: str = ""
    clause: Clause | None = None
    quote: str = ""
    near: tuple[Clause, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a person has to look."""
        return self.verdict not in {"included", "apart"}


class Unmatched(NamedTuple):
    """Something of the contract that the record does not hold: a day, an amount, a deliverable."""

    kind: str
    text: str
    clause: Clause

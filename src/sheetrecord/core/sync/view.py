"""Views: which deals and which columns of the record a copy is meant to hold."""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from sheetrecord.schema.sheets import SHEETS


class Said(NamedTuple):
    """The facts of a deal that a view selects by: its id, people and stage code."""

    deal_id: str
    deal_owner: str = ""
    ops_owner: str = ""
    stage: str = ""


class View(NamedTuple):
    """A selection of deals and columns. An empty set does not restrict.

    ``hide`` names sheets (``Fees``) and columns (``Deal.value_net``) that the copy leaves out. A
    copy is never shrunk to its view: rows that it has already stay and are kept up to date.
    """

    owners: frozenset[str] = frozenset()
    ops: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    deals: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()

    def fits(self, deal: Said) -> bool:
        """Return True if a deal belongs in the copy."""
        return (
            _meets(deal.deal_owner.strip().casefold(), self.owners)
            and _meets(deal.ops_owner.strip().casefold(), self.ops)
            and _meets(deal.stage, self.stages)
            and _meets(deal.deal_id, self.deals)
        )

    def hides(self, sheet: str, key: str = "") -> bool:
        """Return True if the view leaves out a sheet, or a column of it."""
        return sheet in self.hide or (bool(key) and f"{sheet}.{key}" in self.hide)

    @property
    def whole(self) -> bool:
        """True if the view is the whole record."""
        return self == EVERYTHING


EVERYTHING: Final = View()
"""The view of a copy that holds the whole record."""


def view_of(**asked: Iterable[str]) -> View:
    """Return a view from lists of texts; names of people are compared without case.

    >>> view_of(owners=["Ana"]).fits(Said("D-0001", deal_owner="ana"))
    True
    """
    folded = {"owners", "ops"}
    sets = {
        name: frozenset(t.strip().casefold() if name in folded else t.strip() for t in texts)
        for name, texts in asked.items()
    }
    return View(**sets)


def unknown_names(hide: Iterable[str]) -> list[str]:
    """Return the names that are no hideable sheet or column; id columns cannot be hidden.

    >>> unknown_names(["Fees", "Deal.value_net", "Deal.price", "Fees.fee_id"])
    ['Deal.price', 'Fees.fee_id']
    """
    found = []
    for name in hide:
        sheet, dot, key = name.partition(".")
        declared = SHEETS.get(sheet)
        known = declared is not None and (
            (not dot and sheet != "Deal")
            or (key in declared.by_key and key not in {declared.columns[0].key, "deal_id"})
        )
        if not known:
            found.append(name)
    return found


def _meets(value: str, wanted: Collection[str]) -> bool:
    return not wanted or value in wanted

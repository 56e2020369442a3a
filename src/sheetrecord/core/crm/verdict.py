"""What an import makes of one deal: new, same, changed, or in conflict with what a person wrote."""

from typing import Final, NamedTuple

from sheetrecord.core.crm.facts import CrmDeal
from sheetrecord.schema.lists import HANDED_OVER

FROZEN: Final = frozenset({"value_net", "currency", "stage"})
"""What was sold: once a deal is handed over, no import changes it."""


class CellChange(NamedTuple):
    """A cell that an import changes; ``why`` of a conflict says what keeps it from that."""

    column: str
    was: str
    becomes: str
    why: str = ""


class DealVerdict(NamedTuple):
    """A deal of an export beside the record; ``deal_id`` is empty for one that is new or asked."""

    deal: CrmDeal
    deal_id: str
    changes: tuple[CellChange, ...] = ()
    conflicts: tuple[CellChange, ...] = ()
    new: bool = False

    money: str = ""
    """The amount as it is written everywhere, in the decimals of its currency."""

    @property
    def word(self) -> str:
        """One word for it."""
        if self.conflicts:
            return "conflict"
        return "new" if self.new else "changed" if self.changes else "same"


def weigh(
    column: str, theirs: str, ours: str, before: str | None, *, sold: str, keep: str
) -> CellChange | None:
    """Return what becomes of a cell, None when nothing does; all are texts of typed values.

    ``before`` is what an earlier import wrote, None for nothing. A person's change stands against
    the system's: only where one side moved, the cell follows it. ``keep`` decides a conflict.

    >>> weigh("client", "Acme", "", None, sold="", keep="").becomes
    'Acme'
    >>> weigh("client", "Acme", "Acme AG", "Acme", sold="", keep="") is None
    True
    >>> weigh("client", "Acme Ltd", "Acme AG", "Acme", sold="", keep="").why
    'changed here and in the CRM'
    """
    if theirs in {ours, before}:
        return None  # a person changed or cleared it, and the system says nothing new
    change = CellChange(column, ours, theirs)
    why = _against(column, ours, before, sold)
    if why == _SOLD and keep == "crm":
        return change._replace(why=why)
    if not why or keep == "crm":
        return change
    return None if keep == "ours" else change._replace(why=why)


_SOLD: Final = "handed over: what was sold stays as it was sold"


def _against(column: str, ours: str, before: str | None, sold: str) -> str:
    """Return what speaks against taking the system's word, "" for nothing."""
    if sold in HANDED_OVER and column in FROZEN:
        return _SOLD
    if ours == (before or ""):
        return ""
    return "written here, other in the CRM" if before is None else "changed here and in the CRM"

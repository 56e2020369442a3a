"""Files beside a copy that are copies of the same record: found by their stamps, not by names."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sheetrecord.core.sync.store_protocol import CopyState
from sheetrecord.workbooks.addresses import name_of
from sheetrecord.workbooks.kinds import records_of, siblings_at
from sheetrecord.workbooks.neighbours import folder_gone, workbooks_beside


class Beside(NamedTuple):
    """A copy of the record that stands beside a copy, and what its name says it is.

    ``sure``: it is another save of it, as a program names one; of any other file nobody knows
    whether what stands in it is meant. ``why`` says more in words.
    """

    address: str
    what: str
    sure: bool
    why: str = ""

    @property
    def name(self) -> str:
        """Its short name for messages."""
        return name_of(self.address)


def synced(known: Mapping[str, CopyState]) -> set[str]:
    """Return the addresses of the copies that were synced before."""
    return {name for name, state in known.items() if state.run}


def stamped_beside(
    copies: Collection[str], others: Collection[str], record: str, *, named: bool = False
) -> Iterator[Beside]:
    """Yield files beside copies that carry the record's stamp, without copies and ``others``."""
    found: dict[str, Beside] = {}
    for copy in copies:
        for one in siblings_at(copy, named=named):
            known = found.get(one.address)
            # Of several copies in one folder, the one tells most that a name begins with.
            if known is None or (one.sure, bool(one.what)) > (known.sure, bool(known.what)):
                found[one.address] = Beside(one.address, one.what, one.sure)
    for address, beside in sorted(found.items()):
        if address not in copies and address not in others and record in records_of(address):
            yield beside


def missing_words(address: str, record: str, others: Collection[str] = ()) -> str:
    """Return a message about a copy that is gone; ``others`` are known copies."""
    if folder := folder_gone(address):
        why = f"its folder {folder} is not there: is the share or the disk connected?"
        return f"{why} Nothing was taken for deleted."
    for moved in workbooks_beside(address) if record else ():
        if moved not in others and record in records_of(moved):
            name = name_of(moved)
            return f"it is not there; {name} beside it is a copy of this record: was it renamed?"
    return "there is no such file: was it moved or renamed? Nothing was taken for deleted."

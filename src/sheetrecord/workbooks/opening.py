"""Open whatever address a person named: a workbook file, a folder, or what a package adds."""

from collections.abc import Mapping

from sheetrecord.model.trace import tell
from sheetrecord.workbooks.kinds import OURS, added, kind_of, load
from sheetrecord.workbooks.port import Workbook


def open_workbook(address: str, settings: Mapping[str, object] | None = None) -> Workbook:
    """Return the workbook at an address; nothing of it is read yet.

    ``settings`` are the tables of the settings file, in which an adapter finds its own. Raises
    CannotRead for what is missing or of a kind that nobody reads.
    """
    kind = kind_of(address)
    tell("read", address)
    named = OURS.get(kind) or added()[kind]
    workbook: Workbook = load(named)(address, settings or {})
    return workbook

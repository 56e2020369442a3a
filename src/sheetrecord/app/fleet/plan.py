"""What a run of a fleet is asked for, and what is told of each workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sheetrecord.files.state_folder import state_folder
from sheetrecord.stores.connect import is_server, open_database
from sheetrecord.stores.fleet import Fleet


class FleetPlan(NamedTuple):
    """What to keep in step: a folder, who asks, the store, and what the fleet is called there.

    ``store`` is empty for files in the user's state folder. Machines that reach the folder by
    different paths give the fleet one ``name``. ``jobs`` workbooks are synced at a time here.
    """

    folder: Path
    by: str
    store: str = ""
    name: str = ""
    jobs: int = 1
    trust: bool = False
    """Whether settings files below the folder may name stores and copies, once and from now on."""

    @property
    def shared(self) -> bool:
        """Whether the store is a server, so that machines may share the work."""
        return is_server(self.store)

    @property
    def called(self) -> str:
        """The fleet's name in the store: as it was given, or the folder's path."""
        return self.name or str(self.folder.resolve())


class WorkbookResult(NamedTuple):
    """The result for one workbook: its path below the folder, and how it went."""

    path: str
    well: bool
    words: str


Tell: TypeAlias = Callable[[WorkbookResult], None]
"""Called for each workbook as it is done."""


def open_fleet(plan: FleetPlan, wait: float = 60.0) -> Fleet:
    """Open the manifest of a fleet; the caller closes its ``database``.

    ``wait`` is how many seconds to wait for another program.
    """
    url = plan.store or f"sqlite:{Path(state_folder(), 'fleet.db')}"
    return Fleet(open_database(url, wait), plan.called)

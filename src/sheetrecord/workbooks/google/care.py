"""What `doctor` does for a spreadsheet: examine, compare, put back, probe, sign in."""

from collections.abc import Iterator

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.google import access, health, imported, probe
from sheetrecord.workbooks.google.health import Symptom
from sheetrecord.workbooks.google.imported import LostInImport
from sheetrecord.workbooks.google.links import key_of
from sheetrecord.workbooks.google.service import GoogleService
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheetrecord.workbooks.google.values import Json


class Care:
    """Looks after one spreadsheet. Methods raise a SheetRecordError that says what to do."""

    def __init__(self, address: str) -> None:
        self._sheet = GoogleSheet(address, {})
        self.address = self._sheet.address
        self._service = GoogleService(self.address, key_of(self.address))

    def examined(self) -> Iterator[Symptom]:
        """Yield which of the usual things is wrong."""
        return health.examined(self.address, key_of(self.address))

    def lost(self) -> list[LostInImport]:
        """Return what an import dropped: what is not as a new workbook declares it."""
        return imported.differences(self._service.read(), self._service.ask(imported.ASKED))

    def put_back(self, found: list[LostInImport]) -> None:
        """Put back what can be: cells and names as every write does, then lists and looks."""
        edits = [edit for one in found for edit in one.edits]
        self._sheet.write(self._sheet.read(), edits)
        requests: list[Json] = [request for one in found for request in one.requests]
        self._sheet.dress(requests)

    def probed(self) -> Iterator[Symptom]:
        """Try on a spreadsheet of its own what a write rests on, and keep what holds."""
        return probe.probed(self._service)


def sign_in() -> str:
    """Let a person sign in with a browser; return where the sign-in is kept.

    Raises CannotRead when there is no OAuth client to sign in with.
    """
    path = access.client_file()
    if path is None:
        why = "there is no OAuth client to sign in with."
        do = f"Download its JSON (docs/google.md) and let {access.CREDENTIALS} name it."
        raise CannotRead(access.CREDENTIALS, why, do, "sign-in")
    return access.sign_in(path)

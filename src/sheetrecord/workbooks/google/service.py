"""What is asked of Google about one spreadsheet: its version, all that it says, and one batch."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from sheetrecord.model.errors import CannotRead, ChangedElsewhere
from sheetrecord.workbooks.google import messages
from sheetrecord.workbooks.google.access import DRIVE, SHEETS, GoogleAccess, access
from sheetrecord.workbooks.google.kept_probe import fails
from sheetrecord.workbooks.google.model import Spreadsheet, Tab
from sheetrecord.workbooks.google.reading import FIELDS, SHAPE, spreadsheet_of
from sheetrecord.workbooks.google.values import Json

if TYPE_CHECKING:
    import requests

_SETTLED: Final = timedelta(minutes=5)
"""For how long a version is not trusted: nobody promises that it moves with a keystroke."""
MOST: Final = 160_000_000
"""Bytes of all answers that are read of one spreadsheet; a large one is read tab by tab."""
_TRIES: Final = 3
_UNKNOWN: Final = frozenset({"api-off", "scope", "not-shared", "missing"})


class FileVersion(NamedTuple):
    """Drive's version of a file, 0 when it does not say; whether it is old enough to be trusted."""

    number: int
    settled: bool = False


class GoogleService:
    """Asks for one spreadsheet. Every method raises a SheetRecordError that says what to do."""

    def __init__(self, address: str, key: str) -> None:
        self.address, self._key = address, key
        self._access: GoogleAccess | None = None
        self._heavy = False

    @property
    def access(self) -> GoogleAccess:
        """Who asks."""
        if self._access is None:
            self._access = access(self.address)
        return self._access

    def version(self) -> FileVersion:
        """Return Drive's version of the file; one request."""
        try:
            told = self._get(
                f"{DRIVE}/drive/v3/files/{quote(self._key)}",
                {"fields": "version,modifiedTime", "supportsAllDrives": "true"},
            )
        except CannotRead as error:
            if error.reason in _UNKNOWN:  # Sheets itself will say what is wrong, if anything is
                return FileVersion(0)
            raise
        if fails("the version moves within seconds of a change"):
            return FileVersion(0)
        text = str(told.get("version", "0"))
        return FileVersion(int(text) if text.isdecimal() else 0, _is_settled(told))

    def open_to(self) -> str | None:
        """Return whom it is shared with beside people by name; None: Drive does not say."""
        params = {"fields": "permissions(type,domain)", "supportsAllDrives": "true"}
        try:
            told = self._get(f"{DRIVE}/drive/v3/files/{quote(self._key)}", params)
        except CannotRead:
            return None
        found = told.get("permissions")
        if not found:
            return None
        kinds = {str(one.get("type", "")): str(one.get("domain", "")) for one in found}
        if "anyone" in kinds:
            return "anyone who has the link"
        return f"everybody of {kinds['domain'] or 'the domain'}" if "domain" in kinds else ""

    def read(self) -> Spreadsheet:
        """Return all that the spreadsheet says; one request, more for a very large one."""
        self.access  # noqa: B018 - it says first of all when Google's packages are not installed
        from sheetrecord.workbooks.google.http import AnswerTooLarge

        if not self._heavy:
            try:
                return self._read(FIELDS)
            except AnswerTooLarge:
                self._heavy = True
        return self._piecewise()

    def _read(self, fields: str, ranges: Iterable[str] = ()) -> Spreadsheet:
        params: dict[str, Any] = {"includeGridData": "true", "fields": fields}
        if asked := list(ranges):
            params["ranges"] = asked
        sizes: list[int] = []

        def send() -> "requests.Response":
            response = self._request("get", self._url, params)
            sizes.append(len(response.content))
            return response

        answer = self._patiently(send)
        return spreadsheet_of(answer, self.address, sizes[-1])

    def _piecewise(self) -> Spreadsheet:
        """Return a very large spreadsheet, read tab by tab between two equal versions."""
        for _ in range(_TRIES):
            before = self.version().number
            if not before:
                raise messages.no_version(self.address)
            whole = self._read(SHAPE)
            for tabs in (whole.tabs, whole.aside):
                for number, tab in enumerate(tabs):
                    tabs[number] = self._tab(tab, whole)
            if self.version().number == before:
                return whole
        raise ChangedElsewhere(self.address)

    def _tab(self, tab: Tab, whole: Spreadsheet) -> Tab:
        """Return one tab with its cells, and count what it weighs."""
        from sheetrecord.workbooks.google.http import LARGEST_ANSWER, AnswerTooLarge

        title = "'" + tab.title.replace("'", "''") + "'"
        try:
            one = self._read(FIELDS, [title])
        except AnswerTooLarge as error:
            what = f"the tab {tab.title}"
            raise messages.too_large(self.address, what, LARGEST_ANSWER // 1_000_000) from error
        whole.weight += one.weight
        if whole.weight > MOST:
            raise messages.too_large(self.address, "the spreadsheet", MOST // 1_000_000)
        return one.by_id(tab.sheet_id) or tab

    def ask(self, fields: str) -> Json:
        """Return an answer with other fields of all cells."""
        return self._get(self._url, {"includeGridData": "true", "fields": fields})

    def send(self, body: Mapping[str, Any]) -> Spreadsheet | None:
        """Send a batch once; return what stands then, None when the answer does not say.

        Raises `http.GoogleRefused` and `http.AnswerLost`.
        """
        from sheetrecord.workbooks.google.http import AnswerTooLarge

        silent = self._heavy or fails("the answer shows what stands afterwards")
        stood = "" if silent else f",updatedSpreadsheet({FIELDS})"
        params = {"fields": f"spreadsheetId{stood}"}
        try:
            response = self._request("post", f"{self._url}:batchUpdate", params, body)
        except AnswerTooLarge:
            self._heavy = True
            return None
        stands = response.json().get("updatedSpreadsheet")
        if not stands or not stands.get("sheets"):
            return None
        return spreadsheet_of(stands, self.address, len(response.content))

    @property
    def _url(self) -> str:
        return f"{SHEETS}/v4/spreadsheets/{quote(self._key)}"

    def get(self, url: str, params: Mapping[str, Any]) -> Json:
        """Return the answer to any question; asking changes nothing."""
        return self._get(url, params)

    def post(self, url: str, body: Mapping[str, Any]) -> Json:
        """Send what may not be sent twice: once. Raises a SheetRecordError."""
        who = self.access.who
        from sheetrecord.workbooks.google.http import AnswerLost, GoogleRefused

        try:
            told: Json = self._request("post", url, {}, body).json()
        except GoogleRefused as refused:
            raise messages.cannot(self.address, refused.refusal, who, writing=True) from refused
        except AnswerLost as lost:
            raise messages.no_answer(self.address, str(lost)) from lost
        return told

    def delete(self, url: str) -> None:
        """Delete a file that we made; one that stays does no harm."""
        from sheetrecord.workbooks.google.http import AnswerLost, GoogleRefused

        with suppress(GoogleRefused, AnswerLost):
            self._request("delete", url, {"supportsAllDrives": "true"})

    def _get(self, url: str, params: Mapping[str, Any]) -> Json:
        self.access  # noqa: B018 - as above
        from sheetrecord.workbooks.google.http import LARGEST_ANSWER, AnswerTooLarge

        try:
            return self._patiently(lambda: self._request("get", url, params))
        except AnswerTooLarge as error:
            size = LARGEST_ANSWER // 1_000_000
            raise messages.too_large(self.address, "the spreadsheet", size) from error

    def _patiently(self, send: "Callable[[], requests.Response]") -> Json:
        who = self.access.who  # first of all: it says when Google's packages are not installed
        from sheetrecord.workbooks.google.http import patiently

        return patiently(self.address, send, who)

    def _request(
        self, method: str, url: str, params: Mapping[str, Any], body: object = None
    ) -> "requests.Response":
        response: requests.Response = self.access.client.request(
            method, url, params=dict(params), json=body
        )
        return response


def _is_settled(told: Mapping[str, Any]) -> bool:
    """Tell whether a file has not changed for five minutes, by this machine's clock."""
    try:
        changed = datetime.fromisoformat(str(told.get("modifiedTime", "")))
    except ValueError:
        return False
    if changed.tzinfo is None:
        return False
    return datetime.now(changed.tzinfo) - changed > _SETTLED

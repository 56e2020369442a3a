"""Who asks Google, and where Google is: a person's sign-in or a service account, and the addresses.

Everything here is told by the environment, never by a settings file: a file that came with a
workbook must not say where tokens are sent.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import BadSettings, CannotRead, MissingExtra
from sheetrecord.workbooks.google import messages

CREDENTIALS: Final = "SHEETRECORD_GOOGLE_CREDENTIALS"
"""Names the key file of a service account, the file of an OAuth client, or that of a sign-in."""
SHEETS_URL: Final = "SHEETRECORD_GOOGLE_SHEETS_URL"
DRIVE_URL: Final = "SHEETRECORD_GOOGLE_DRIVE_URL"
TOKEN_URL: Final = "SHEETRECORD_GOOGLE_TOKEN_URL"  # noqa: S105 - the name of a variable

SHEETS: Final = "https://sheets.googleapis.com"
DRIVE: Final = "https://www.googleapis.com"
TOKEN: Final = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address

SCOPES: Final = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
    "https://www.googleapis.com/auth/drive.file",
)
"""What is asked for: spreadsheets, when a file changed last, and files that we make ourselves."""

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LARGEST: Final = 100_000


class Endpoints(NamedTuple):
    """Where Google's services are: Sheets, Drive, and what gives tokens."""

    sheets: str
    drive: str
    token: str

    @property
    def ours(self) -> bool:
        """Whether Sheets is on this machine: then no quota is to be spared."""
        return urlsplit(self.sheets).hostname in _HERE


class GoogleAccess(NamedTuple):
    """A client that may ask, who that is for people, and where it asks."""

    client: Any
    who: str
    at: Endpoints


def endpoints() -> Endpoints:
    """Return where Google is. Raises BadSettings for an address that would send tokens openly."""
    token = _url(TOKEN_URL, TOKEN)
    if token.count("/") == 2:
        token += "/token"
    return Endpoints(
        _url(SHEETS_URL, SHEETS).removesuffix("/v4"),
        _url(DRIVE_URL, DRIVE).removesuffix("/v3").removesuffix("/drive"),
        token,
    )


def _url(name: str, usual: str) -> str:
    text = os.environ.get(name, "").strip().rstrip("/")
    if not text:
        return usual
    parts = urlsplit(text)
    if parts.scheme == "https" and parts.hostname:
        return text
    if parts.scheme == "http" and parts.hostname in _HERE:
        return text
    why = "it is no https:// address, and sign-ins would be sent to it openly."
    raise BadSettings(name, why, f"Write an address such as {usual}, or leave it out.")


def access(address: str) -> GoogleAccess:
    """Return who may ask for a spreadsheet. Raises MissingExtra, CannotRead and BadSettings."""
    at = endpoints()
    path = credentials_file()
    if path is None:
        raise messages.no_sign_in(address, state_path("google", "credentials.json"))
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        do = f"Check what {CREDENTIALS} names."
        raise CannotRead(path, f"{error.strerror}.", do, "missing") from error
    return _made(str(path), changed, at)


def credentials_file() -> Path | None:
    """Return the file that says who asks: as the environment names it, else the one kept here."""
    named = os.environ.get(CREDENTIALS, "").strip()
    if named and not _signed_in_with(Path(named).expanduser()):
        return Path(named).expanduser()
    for name in ("token.json", "credentials.json"):
        path = Path(state_path("google", name))
        if path.is_file():
            return path
    return None


def _signed_in_with(path: Path) -> bool:
    """Tell whether a file is that of an OAuth client with which somebody has signed in here."""
    if not Path(state_path("google", "token.json")).is_file():
        return False
    return bool({"installed", "web"} & read_file(path).keys())


def client_file() -> Path | None:
    """Return the file of an OAuth client: what the environment names, else the one kept here."""
    named = os.environ.get(CREDENTIALS, "").strip()
    path = Path(named).expanduser() if named else Path(state_path("google", "credentials.json"))
    return path if path.is_file() else None


@cache
def _made(path: str, changed: int, at: Endpoints) -> GoogleAccess:  # noqa: ARG001 - a changed file is another
    try:
        import gspread

        from sheetrecord.workbooks.google.http import GoogleClient, RequestBudget
    except ImportError as error:
        raise MissingExtra("gspread", "google") from error
    credentials, who = _credentials(read_file(Path(path)), path, at)
    client = gspread.Client(auth=credentials, http_client=GoogleClient).http_client
    if isinstance(client, GoogleClient):
        client.bases = {SHEETS: at.sheets, DRIVE: at.drive}
        client.budgets = {} if at.ours else {"get": RequestBudget(), "post": RequestBudget()}
    return GoogleAccess(client, who, at)


def read_file(path: Path) -> Mapping[str, Any]:
    """Return what a credentials file says. Raises CannotRead; nothing of it is ever shown."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
    except OSError as error:
        do = f"Check what {CREDENTIALS} names."
        raise CannotRead(path, f"{error.strerror}.", do, "missing") from error
    except ValueError as error:
        raise _no_credentials(path) from error
    if not isinstance(found, dict):
        raise _no_credentials(path)
    return found


def _no_credentials(path: object) -> CannotRead:
    why = "it is no credentials file of Google's."
    do = "Download the JSON key again: console.cloud.google.com, APIs & Services, Credentials."
    return CannotRead(path, why, do, "sign-in")


def _credentials(told: Mapping[str, Any], path: str, at: Endpoints) -> tuple[Any, str]:
    """Return the credentials of a file, and who they are for people."""
    from google.oauth2 import credentials, service_account

    machine: Any = service_account.Credentials
    person: Any = credentials.Credentials

    kind = told.get("type")
    try:
        if kind == "service_account":
            token = at.token if os.environ.get(TOKEN_URL) else told.get("token_uri", at.token)
            made = machine.from_service_account_info({**told, "token_uri": token}, scopes=SCOPES)
            return made, str(told["client_email"])
        if kind == "authorized_user":
            made = person.from_authorized_user_info(told)
            made = person(
                None, refresh_token=made.refresh_token, client_id=made.client_id,
                client_secret=made.client_secret, token_uri=at.token, scopes=None,
            )  # fmt: skip
            return made, str(told.get("account") or "your Google account")
    except (ValueError, KeyError, TypeError) as error:
        raise _no_credentials(path) from error
    if "installed" in told or "web" in told:
        why = "it is the file of an app, and nobody has signed in with it yet."
        do = "Sign in: sheetrecord doctor gsheet:KEY --sign-in"
        raise CannotRead(path, why, do, "sign-in")
    raise _no_credentials(path)


def sign_in(client_file: Path) -> str:
    """Let a person sign in with a browser; return where the sign-in is kept.

    Raises CannotRead and MissingExtra.
    """
    try:
        from google_auth_oauthlib.flow import InstalledAppFlow
    except ImportError as error:
        raise MissingExtra("google-auth-oauthlib", "google") from error
    told = read_file(client_file)
    if not ({"installed", "web"} & told.keys()):
        raise _no_credentials(client_file)
    kind = "installed" if "installed" in told else "web"
    changed = {kind: {**told[kind], "token_uri": endpoints().token}}
    flow = InstalledAppFlow.from_client_config(changed, list(SCOPES))
    made = flow.run_local_server(port=0, open_browser=True)
    path = Path(state_folder("google"), "token.json")
    _keep(path, made.to_json())
    return str(path)


def _keep(path: Path, text: str) -> None:
    """Write a file that only its user may read."""
    told = {**json.loads(text), "type": "authorized_user"}
    told.pop("token", None)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file)

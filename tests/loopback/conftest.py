"""A made-up Google for the tests of this folder, and clients that are led to it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.oauth2 import credentials, service_account
from googleapiclient.discovery import build

from sheets_server import MACHINE, SheetsServer
from sheets_server.tokens import DRIVE, SHEETS


@dataclass
class Firm:
    """A server with an empty spreadsheet that is shared with the service account."""

    server: SheetsServer
    key: str
    folder: Path
    opened: dict[Any, Any]

    def batch(self, *several: dict[str, Any], **options: Any) -> Any:
        """Send a batch as the service account; return Google's own client's answer."""
        body = {"requests": list(several), **options}
        call = self.sheets().spreadsheets().batchUpdate(spreadsheetId=self.key, body=body)
        return call.execute()

    def get(self, **options: Any) -> Any:
        return self.sheets().spreadsheets().get(spreadsheetId=self.key, **options).execute()

    def values(self, where: str = "Sheet1", render: str = "UNFORMATTED_VALUE") -> Any:
        call = self.sheets().spreadsheets().values()
        found = call.get(spreadsheetId=self.key, range=where, valueRenderOption=render).execute()
        return found.get("values", [])

    def put(self, where: str, rows: list[list[Any]]) -> None:
        """Type rows, as a person does."""
        call = self.sheets().spreadsheets().values()
        body = {"values": rows}
        call.update(
            spreadsheetId=self.key, range=where, body=body, valueInputOption="USER_ENTERED"
        ).execute()

    def machine(self, scopes: tuple[str, ...] = (SHEETS, DRIVE)) -> Any:
        path = self.server.service_key(self.folder / "key.json")
        return service_account.Credentials.from_service_account_file(str(path), scopes=scopes)

    def sheets(self, given: Any = None) -> Any:
        return self._service("sheets", "v4", self.server.root, given)

    def drive(self, given: Any = None) -> Any:
        return self._service("drive", "v3", f"{self.server.root}/drive/v3/", given)

    def _service(self, name: str, version: str, root: str, given: Any) -> Any:
        if (name, given) not in self.opened:
            self.opened[name, given] = build(
                name,
                version,
                credentials=given or self.machine(),
                static_discovery=True,
                client_options={"api_endpoint": root},
            )
        return self.opened[name, given]

    def gspread(self, given: Any = None) -> gspread.Client:
        """Return gspread itself, whose hosts are led to the server by its own session."""
        root = self.server.root

        class Led(gspread.HTTPClient):
            def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> Any:
                for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                    endpoint = endpoint.replace(host, root)
                return super().request(method, endpoint, *args, **options)

        client = gspread.Client(auth=given or self.machine(), http_client=Led)
        self.opened["gspread", given or self.key] = client.http_client.session
        return client

    def person(self) -> Any:
        kept = json.loads(self.server.person_key(self.folder / "person.json").read_text())
        names = ("refresh_token", "token_uri", "client_id", "client_secret")
        return credentials.Credentials(None, **{name: kept[name] for name in names})

    def bearer(self) -> dict[str, str]:
        account = self.server.google.accounts.person("mara@firm.example")
        return {"Authorization": f"Bearer {self.server.google.accounts.token(account)}"}

    def plain(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request without any client, as the owner."""
        headers = {**self.bearer(), **options.pop("headers", {})}
        return requests.request(
            method, self.server.root + path, headers=headers, timeout=30, **options
        )


@pytest.fixture(scope="session")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as running:
        yield running


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[Any, Any]]:
    """Clients by whom they are for; they are closed at the end."""
    found: dict[Any, Any] = {}
    yield found
    for one in found.values():
        one.close()


@pytest.fixture
def firm(server: SheetsServer, opened: dict[Any, Any], tmp_path: Path) -> Iterator[Firm]:
    key = server.fresh().add_empty(rows=60)
    server.google.share(key, MACHINE)
    yield Firm(server, key, tmp_path, opened)
    assert server.google.violations == []

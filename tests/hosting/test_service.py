"""The service: only its own page, on this machine, with its secret; and what it then answers."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from hosting import in_browser
from promote.firm import ready, workbook
from sheetrecord.hosting.service import app, shared
from sheetrecord.hosting.service.app import PageService
from sheetrecord.hosting.service.guard import LARGEST, ServiceGate
from sheetrecord.hosting.service.run import secret
from sheetrecord.model.errors import CannotWrite
from sheetrecord.verbs.reader import NotUnderstood

PORT = 8123
TOKEN = "s" * 43
HOST = f"127.0.0.1:{PORT}"
OWN = {
    "Host": HOST,
    "Origin": f"http://{HOST}",
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "application/json",
    "Sec-Fetch-Site": "same-origin",
}
BODY: dict[str, Any] = {"verb": "explain", "today": "2026-06-30", "args": {"code": "CTX-001"}}


class Client:
    """Asks the application without a network."""

    def __init__(self) -> None:
        self.service = PageService(ServiceGate(PORT, TOKEN), {"firm": "firm.xlsx"})

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.service.application())
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **given)

        return asyncio.run(asked())

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.request("POST", path, **given)


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Count what is worked on: nothing may be, of what is refused."""
    found: list[Any] = []
    monkeypatch.setattr(PageService, "_answer", lambda _, *given: found.append(given) or {})
    return found


def without(*names: str, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in OWN.items() if name not in names}
    return kept | {name.replace("_", "-"): value for name, value in more.items()}


REFUSED: dict[str, tuple[dict[str, str], int]] = {
    "no token": (without("Authorization"), 401),
    "another token": (without(Authorization=f"Bearer {TOKEN[:-1]}x"), 401),
    "a token without its word": (without(Authorization=TOKEN), 401),
    "a token in other letters": (without(Authorization="Bearer "), 401),
    "another name (rebinding)": (without(Host="evil.example"), 421),
    "another name with the port": (without(Host=f"evil.example:{PORT}"), 421),
    "another port": (without(Host="127.0.0.1:80"), 421),
    "no origin": (without("Origin"), 403),
    "a null origin": (without(Origin="null"), 403),
    "another origin": (without(Origin="https://evil.example"), 403),
    "https instead": (without(Origin=f"https://{HOST}"), 403),
    "this machine, another port": (without(Origin="http://127.0.0.1:9"), 403),
    "from another site": (without(Sec_Fetch_Site="cross-site"), 403),
    "from a site beside": (without(Sec_Fetch_Site="same-site"), 403),
    "typed by somebody": (without(Sec_Fetch_Site="none"), 403),
    "a form": (without(Content_Type="application/x-www-form-urlencoded"), 415),
    "a form's text": (without(Content_Type="text/plain"), 415),
    "a file's form": (without(Content_Type="multipart/form-data; boundary=x"), 415),
    "65 MB": (without(Content_Length=str(65 << 20)), 413),
    "a length that is none": (without(Content_Length="-1"), 411),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_is_not_from_our_page_is_refused_before_any_work(
    client: Client, worked: list[Any], case: tuple[dict[str, str], int]
) -> None:
    headers, status = case
    got = client.post("/verbs/explain", content=json.dumps(BODY), headers=headers)
    assert got.status_code == status
    assert TOKEN not in got.text
    assert worked == []


def test_a_token_in_the_address_is_no_token(client: Client, worked: list[Any]) -> None:
    address = f"/verbs/explain?token={TOKEN}"
    got = client.post(address, content=json.dumps(BODY), headers=without("Authorization"))
    assert got.status_code == 401
    assert worked == []


def test_more_than_was_told_is_refused(
    client: Client, worked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST == 64 << 20
    monkeypatch.setattr(app, "LARGEST", 1000)
    got = client.post("/verbs/explain", content=b"x" * 1001, headers=OWN)
    assert got.status_code == 413
    assert worked == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_verbs_are_only_posted(client: Client, worked: list[Any], method: str) -> None:
    got = client.request(method, "/verbs/explain", headers=OWN)
    assert got.status_code in {404, 405}
    assert "access-control-allow-origin" not in got.headers
    assert worked == []


def test_the_page_is_given_to_nobody_by_another_name(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    page = client.get("/", headers={"Host": HOST})
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert TOKEN not in page.text


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/app.py", "/sw.js", "/page"]
)
def test_nothing_but_the_page_is_given(client: Client, path: str) -> None:
    assert client.get(path, headers={"Host": HOST}).status_code == 404


def ask(client: Client, verb: str, body: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    got = client.post(f"/verbs/{verb}", content=data, headers=OWN)
    assert got.status_code == 200, got.text
    return got.json()


def test_a_verb_is_answered_as_in_the_page(client: Client) -> None:
    data = base64.b64encode(workbook(ready())).decode()
    book = {"name": "firm.xlsx", "data": data}
    told = ask(client, "check", {"verb": "check", "today": "2026-06-30", "book": book, "args": {}})
    assert told["standing"][0]["verbs"][0] == "close"
    close = {"verb": "close", "today": "2026-06-30", "by": "Mara", "book": book}
    made = ask(client, "close", {**close, "args": {"deal": "D-0001"}, "want": "files"})
    assert base64.b64decode(made["files"][0]["data"]).startswith(b"PK")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[" * 100_000, b"NaN", b"\xff", b"[]", b"{}",
        b'{"verb": "check", "today": "2026-06-30", "args": {}}',
        b'{"verb": "explain", "today": "2026-06-30", "args": {"code": "CTX-001"}, "x": NaN}',
        b'{"verb": "explain", "today": "2026-06-30", "args": {"code": "CTX-001", "x": 1}}',
    ],
)  # fmt: skip
def test_a_body_that_is_no_request_is_an_answer(client: Client, body: bytes) -> None:
    assert ask(client, "explain", body)["error"]["code"] == "WORDS-001"


BOOKS = {"firm": "/srv/firm.xlsx"}
WORDS: list[tuple[str, Any, list[str]]] = [
    ("sync", {"book": "firm"}, ["sync", "/srv/firm.xlsx", "--plan", "--format", "json"]),
    (
        "sync",
        {"book": "firm", "by": "Ana", "plan": False},
        ["sync", "/srv/firm.xlsx", "--by", "Ana", "--format", "json"],
    ),
    (
        "history",
        {"book": "firm", "deal": "D-0001"},
        ["history", "D-0001", "--book", "/srv/firm.xlsx", "--format", "json"],
    ),
    ("conflicts", {"book": "firm"}, ["conflicts", "--book", "/srv/firm.xlsx", "--format", "json"]),
    (
        "reconcile",
        {"book": "firm"},
        ["reconcile", "run", "/srv/firm.xlsx", "--plan", "--format", "json"],
    ),
]


@pytest.mark.parametrize(("verb", "body", "words"), WORDS)
def test_a_shared_verb_is_a_command_with_fixed_words(verb: str, body: Any, words: Any) -> None:
    assert shared.words_of(verb, body, BOOKS) == words


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"book": "/etc/passwd"},
        {"book": "../firm.xlsx"},
        {"book": ["firm"]},
        {"book": "firm", "plan": "no"},
        {"book": "firm", "deal": "--store"},
        {"book": "firm", "by": "-x"},
        {"book": "firm", "store": "sqlite:x"},
    ],
)
def test_a_shared_verb_takes_nothing_but_workbooks_of_the_settings(body: Any) -> None:
    for verb in shared.VERBS:
        with pytest.raises(NotUnderstood):
            shared.words_of(verb, body, BOOKS)


def test_the_secret_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "serve.token"
    made = secret(path)
    assert len(made) >= 43
    assert path.stat().st_mode & 0o777 == 0o600
    assert secret(path) == made
    path.chmod(0o644)
    with pytest.raises(CannotWrite, match="others can read"):
        secret(path)


def test_it_listens_here_alone_says_its_address_once_and_answers(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    words = [sys.executable, "-m", "sheetrecord", "serve"]
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address, _, token = line.strip().partition("#token=")
            port = int(address.rstrip("/").rpartition(":")[2])
            found = in_browser.posted(port, token, BODY)
            assert found["rule"]["code"] == "CTX-001"
            with socket.socket() as other:
                other.settimeout(2)
                assert other.connect_ex(("127.0.0.2", port)) != 0
        finally:
            process.terminate()
            _, err = process.communicate(timeout=60)
    assert token not in err


def test_it_ends_when_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    from sheetrecord.hosting.service.run import serve

    told: list[str] = []
    serve(0, TOKEN, {}, told.append, idle=0.2)
    assert len(told) == 1
    assert time.monotonic() > 0

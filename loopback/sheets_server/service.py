"""A made-up Google: its files and accounts, and how it answers one request."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from sheets_server import batch, discovery, drive, masks, methods
from sheets_server.dialects import PLAIN, Dialect
from sheets_server.discovery import Method
from sheets_server.errors import ApiError, scope_missing
from sheets_server.faults import Cut, Fault
from sheets_server.importing import imported
from sheets_server.rules import Rules
from sheets_server.state import Spreadsheet, new_sheet, new_spreadsheet
from sheets_server.tokens import Account, Accounts, TokenError

Hook = Callable[[str, str], None]
"""Called with ``before`` or ``after`` and a request's name: a person acts then."""

DEFAULT_FIELDS: Final = {
    "drive.files.get": "kind,id,name,mimeType",
    "drive.files.create": "kind,id,name,mimeType",
    "drive.files.copy": "kind,id,name,mimeType",
    "drive.files.update": "kind,id,name,mimeType",
    "drive.files.list": "kind,incompleteSearch,files(kind,id,name,mimeType)",
    "drive.permissions.create": "kind,id,type,role",
    "drive.permissions.list": "kind,permissions(kind,id,type,role)",
}


class Request(NamedTuple):
    """A request as it came over HTTP; ``raw`` is its body, ``root`` the server's own address."""

    http: str
    target: str
    headers: Mapping[str, str]
    raw: bytes
    root: str


class Answer(NamedTuple):
    """An answer as it goes over HTTP."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}


class Logged(NamedTuple):
    """A request that came: what it is called, its account, its body, and the status answered."""

    name: str
    account: str
    body: Any
    status: int


class Call(NamedTuple):
    """A request that is understood."""

    method: Method
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Any
    raw: bytes
    content_type: str
    account: Account
    mask: masks.Mask

    def first(self, name: str) -> str:
        """Return a parameter of the query; empty for none."""
        return (self.query.get(name) or [""])[0]


@dataclass
class Google:
    """All of it, in memory.

    ``requests`` lists what came, ``violations`` where an answer of ours did not fit Google's own
    description, ``ignored`` what Drive does not know and does not mind. ``faults`` are planned,
    ``hooks`` are people. ``quota`` is how many requests a minute an account may make.
    """

    clock: Callable[[], float] = time.time
    rules: Rules = field(default_factory=Rules)
    dialect: Dialect = PLAIN
    faults: list[Fault] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)
    files: dict[str, drive.File] = field(default_factory=dict)
    requests: list[Logged] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    quota: int | None = None
    checked: bool = True
    wait: Callable[[float], None] = time.sleep
    slow_seconds: float = 0.05
    disabled: set[str] = field(default_factory=set)
    uploads: dict[str, Any] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.now)
        self.times: dict[str, list[float]] = {}

    def now(self) -> float:
        """Return the time by the clock, which may be set anew meanwhile."""
        return self.clock()

    # what a test or a person does without HTTP

    def add_file(
        self, data: bytes, title: str = "firm", owner: str = "mara@firm.example", key: str = ""
    ) -> str:
        """Let a person upload an .xlsx file and open it as a Google Sheet; return its id."""
        key = key or drive.new_id()
        book = imported(data, key, title, self.dialect.ids)
        return self._keep(book, owner)

    def add_empty(
        self, title: str = "firm", owner: str = "mara@firm.example", rows: int = 1000
    ) -> str:
        """Let a person make an empty spreadsheet; return its id."""
        book = new_spreadsheet(drive.new_id(), {"title": title})
        book.sheets.append(new_sheet({"gridProperties": {"rowCount": rows}}, 0, "Sheet1"))
        return self._keep(book, owner)

    def _keep(self, book: Spreadsheet, owner: str) -> str:
        with self.lock:
            self.accounts.person(owner)
            self.files[book.id] = drive.File(book, owner, versions=[self.clock()])
        return book.id

    def share(self, key: str, email: str, role: str = "writer") -> None:
        """Let the owner share a file."""
        file = self.files[key]
        file.writers.discard(email)
        file.readers.discard(email)
        if role:
            (file.writers if role == "writer" else file.readers).add(email)

    def book(self, key: str) -> Spreadsheet:
        """Return a spreadsheet to look at."""
        return self.files[key].book

    def act(self, key: str, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Let the owner do something in the browser, as requests of a batch; return the replies."""
        with self.lock:
            new, replies = batch.applied(self.book(key), list(requests), Rules())
            self.keep(key, new)
        return replies

    def keep(self, key: str, book: Spreadsheet) -> None:
        """Let a spreadsheet be this one: one more version."""
        file = self.files[key]
        if book is not file.book:
            file.book = book
            file.versions.append(self.clock())

    def names(self) -> list[str]:
        """Return what came, by names."""
        return [one.name for one in self.requests]

    # how a request is answered

    def answer(self, request: Request) -> Answer:
        """Answer one request; raises `Cut` when the connection ends instead."""
        parts = urlsplit(request.target)
        query = parse_qs(parts.query, keep_blank_values=True)
        if parts.path == "/token":
            return self._token(request)
        if parts.path == "/o/oauth2/auth":
            return self._consent(query)
        service = "drive" if "/drive/" in parts.path else "sheets"
        try:
            return self._api(request, parts.path, query)
        except ApiError as error:
            return _refused(error, service)

    def _token(self, request: Request) -> Answer:
        form = {name: values[0] for name, values in parse_qs(request.raw.decode()).items()}
        fault = self._before("token")
        self._heard("before", "token")
        try:
            if fault and fault.when in ("before", "cut before"):
                raise fault.error()
            with self.lock:
                body: Mapping[str, Any] = self.accounts.granted(form, f"{request.root}/token")
            status = 200
        except TokenError as error:
            body, status = error.body(), 400
        except ApiError as error:
            body, status = (
                {"error": "internal_failure", "error_description": error.message},
                error.code,
            )
        self._log("token", "", form, status)
        if fault and fault.when.startswith("cut"):
            raise Cut
        if fault and fault.when == "after":
            status, body = fault.status, {"error": "internal_failure"}
        return Answer(status, json.dumps(body).encode())

    def _consent(self, query: Mapping[str, list[str]]) -> Answer:
        code = self.accounts.consent(query["scope"][0], query.get("code_challenge", [""])[0])
        state = query.get("state", [""])[0]
        to = f"{query['redirect_uri'][0]}?state={state}&code={code}&scope={query['scope'][0]}"
        return Answer(302, b"", {"Location": to.replace(" ", "%20")})

    def _api(self, request: Request, path: str, query: Mapping[str, list[str]]) -> Answer:
        found = discovery.find(request.http, path)
        if found is None:
            raise ApiError(404, f"The requested URL {path} was not found on this server.")
        method, values = found
        body = _body(request, method, path)
        name = _name(method, body)
        fault = self._before(name)
        self._heard("before", name)
        if fault and fault.when == "cut before":
            self._log(name, "", body, 0)
            raise Cut
        try:
            if fault and fault.when == "before":
                raise fault.error()
            call = self._understood(request, method, values, query, body)
            with self.lock:
                result = methods.METHODS[method.id](self, call)
        except ApiError as error:
            self._log(name, "", body, error.code)
            raise
        self._heard("after", name)
        self._log(name, call.account.email, body, 200 if not fault or fault.when == "slow" else 0)
        self._after(fault)
        return self._shown(result, call)

    def _understood(
        self,
        request: Request,
        method: Method,
        values: Mapping[str, str],
        query: Mapping[str, list[str]],
        body: Any,
    ) -> Call:
        account = self._allowed(request, method, query)
        wrong = list(discovery.wrong_query(method, query))
        if method.request and body is not None and not isinstance(body, bytes):
            found = list(discovery.wrong(method.service, method.request, body))
            unknown = [one for one in found if method.service == "drive" and "Unknown name" in one]
            self.ignored.extend(f"{method.id}: {one}" for one in unknown)
            wrong += [one for one in found if one not in unknown]
        if wrong:
            raise ApiError(400, "Invalid JSON payload received. " + " ".join(wrong[:3]))
        if method.id not in methods.METHODS:
            raise ApiError(501, f"{method.id} is not done by this server.")
        fields = (query.get("fields") or [DEFAULT_FIELDS.get(method.id, "")])[0]
        mask = masks.checked(method.service, method.response, fields) if fields else {}
        kind = request.headers.get("Content-Type", "")
        return Call(method, values, query, body, request.raw, kind, account, mask)

    def _allowed(self, request: Request, method: Method, query: Mapping[str, list[str]]) -> Account:
        word = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = self.accounts.holder(word or (query.get("access_token") or [""])[0])
        if token is None:
            raise ApiError(
                401, headers={"WWW-Authenticate": 'Bearer realm="", error="invalid_token"'}
            )
        if method.scopes and not token.scopes & method.scopes:
            raise scope_missing()
        if method.service in self.disabled:
            raise methods.disabled(method.service)
        self._count(token.account.email)
        return token.account

    def _count(self, email: str) -> None:
        if self.quota is None:
            return
        now = self.clock()
        recent = [one for one in self.times.get(email, ()) if one > now - 60]
        if len(recent) >= self.quota:
            raise ApiError(429, reason="RATE_LIMIT_EXCEEDED")
        self.times[email] = [*recent, now]

    def _before(self, name: str) -> Fault | None:
        with self.lock:
            return next((fault for fault in self.faults if fault.fits(name)), None)

    def _heard(self, moment: str, name: str) -> None:
        for hook in list(self.hooks):
            hook(moment, name)

    def _after(self, fault: Fault | None) -> None:
        if fault is None:
            return
        if fault.when == "cut after":
            raise Cut
        if fault.when == "after":
            raise fault.error()
        self.wait(self.slow_seconds)

    def _log(self, name: str, account: str, body: Any, status: int) -> None:
        with self.lock:
            self.requests.append(Logged(name, account, body, status))

    def _shown(self, result: Any, call: Call) -> Answer:
        if isinstance(result, Answer):
            return result
        shown = masks.only(result, call.mask)
        if self.checked and call.method.response:
            wrong = list(discovery.wrong(call.method.service, call.method.response, shown))
            self.violations.extend(f"{call.method.id}: {one}" for one in wrong)
        told = json.dumps(self.dialect.says(shown), ensure_ascii=False, indent=self.dialect.indent)
        return Answer(200, told.encode())


def _body(request: Request, method: Method, path: str) -> Any:
    if path.startswith(("/upload/", "/resumable/")):
        return request.raw
    if not request.raw:
        return {} if method.request else None
    try:
        body = json.loads(request.raw)
    except ValueError as error:
        raise ApiError(400, f"Invalid JSON payload received. {error}") from error
    if not isinstance(body, dict):
        raise ApiError(400, "Invalid JSON payload received. Root element must be a message.")
    return body


def _name(method: Method, body: Any) -> str:
    if not method.id.endswith("spreadsheets.batchUpdate"):
        return method.id
    requests = [one for one in body.get("requests") or [] if isinstance(one, dict)]
    kinds = dict.fromkeys(kind for one in requests for kind in one)
    return " ".join([method.id, *kinds])


def _refused(error: ApiError, service: str) -> Answer:
    return Answer(error.code, json.dumps(error.body(service)).encode(), error.headers)

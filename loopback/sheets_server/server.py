"""The made-up Google over real HTTP on the loopback interface."""

import contextlib
import gzip
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sheets_server.faults import Cut
from sheets_server.service import Answer, Google, Request
from sheets_server.tokens import client_key, person_key, service_key

MACHINE: Final = "sheetrecord@made-up-firm.iam.gserviceaccount.com"
PERSON: Final = "mara@firm.example"
COMPRESSED: Final = 50_000


class SheetsServer:
    """A server on a free port of 127.0.0.1 for as long as the ``with`` block lasts.

    ``google`` is what it serves; ``environment()`` is what a client has to be told.
    """

    def __init__(self, google: Google | None = None, port: int = 0) -> None:
        self.google = Google() if google is None else google
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.google = self.google
        self.root = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._http.root = self.root
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()
        self._thread.join()

    def fresh(self) -> Google:
        """Serve an empty Google from now on, which knows the same accounts; return it."""
        accounts, self.google = self.google.accounts, Google()
        for account in accounts.known.values():
            account.refused = ""
        self.google.accounts = accounts
        accounts.clock = self.google.now
        self._http.google = self.google
        return self.google

    def environment(self) -> dict[str, str]:
        """Return the settings that lead a client here instead of to Google."""
        return {
            "SHEETRECORD_GOOGLE_SHEETS_URL": self.root,
            "SHEETRECORD_GOOGLE_DRIVE_URL": self.root,
            "SHEETRECORD_GOOGLE_TOKEN_URL": f"{self.root}/token",
        }

    def service_key(self, path: Path, email: str = MACHINE) -> Path:
        """Write the key file of a service account, which is made if need be."""
        account = self.google.accounts.machine(email)
        path.write_text(json.dumps(service_key(account, f"{self.root}/token")), encoding="utf-8")
        return path

    def person_key(self, path: Path, email: str = PERSON) -> Path:
        """Write the file that is kept of a person who signed in."""
        account = self.google.accounts.person(email)
        path.write_text(json.dumps(person_key(account, f"{self.root}/token")), encoding="utf-8")
        return path

    def client_key(self, path: Path) -> Path:
        """Write the file of an OAuth client."""
        path.write_text(json.dumps(client_key(self.root)), encoding="utf-8")
        return path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    google: Google
    root: str

    def __init__(self, *args: Any) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """End what is kept open, so that no thread waits for another request."""
        for one in list(self.connections):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that a client ends."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together; else a client waits 40 ms for the second
    server: _Server

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        request = Request(self.command, self.path, self.headers, raw, self.server.root)
        try:
            answer = self._answered(request)
        except Cut:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(answer)

    def _answered(self, request: Request) -> Answer:
        try:
            return self.server.google.answer(request)
        except Cut:
            raise
        except Exception as error:  # noqa: BLE001 what is wrong here must be seen in a test
            self.server.google.violations.append(f"{request.target}: {error!r}")
            body = {"error": {"code": 500, "message": repr(error), "status": "INTERNAL"}}
            return Answer(500, json.dumps(body).encode())

    def _send(self, answer: Answer) -> None:
        body, headers, dialect = answer.body, dict(answer.headers), self.server.google.dialect
        headers.setdefault("Content-Type", "application/json; charset=UTF-8")
        large = dialect.zipped or len(body) > COMPRESSED
        if large and "gzip" in (self.headers.get("Accept-Encoding") or ""):
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if dialect.closes:
            self.send_header("Connection", "close")
        if not dialect.pieces:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(body), dialect.pieces):
            piece = body[at : at + dialect.pieces]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815

    def log_message(self, *args: Any) -> None:
        """Say nothing on the terminal."""

"""The page's folder behind a plain server of files, as any host serves it; it can be stopped."""

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hosting.in_browser import contents


class _Quiet(SimpleHTTPRequestHandler):
    answers: dict[str, Callable[[bytes], bytes]]

    def __init__(
        self, *words: Any, answers: dict[str, Callable[[bytes], bytes]], **more: Any
    ) -> None:
        self.answers = answers
        super().__init__(*words, **more)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer what stands behind a program that a test fakes."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        found = self.answers[self.path.removeprefix("/behind/")](data)
        self.send_response(200)
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)


_Quiet.extensions_map = {**_Quiet.extensions_map, ".mjs": "text/javascript"}


class Site:
    """The folder on a loopback port."""

    def __init__(self, to: Path) -> None:
        for name, data in contents().items():
            path = to / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.answers: dict[str, Callable[[bytes], bytes]] = {}
        handler = partial(_Quiet, directory=str(to), answers=self.answers)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.running = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be gone, as a host without a network is."""
        if self.running:
            self.running = False
            self._server.shutdown()
            self._server.server_close()

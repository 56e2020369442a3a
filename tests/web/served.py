"""The page's folder behind a plain server of files, as any host serves it; it can be stopped."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hosting.in_browser import runtime_files
from sheetrecord.hosting import folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


_Quiet.extensions_map = {**_Quiet.extensions_map, ".mjs": "text/javascript"}


class Site:
    """The folder on a loopback port."""

    def __init__(self, to: Path) -> None:
        for name, data in folder.contents(runtime_files()).items():
            path = to / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(to)))
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

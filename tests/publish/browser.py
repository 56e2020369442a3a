"""Chromium without a window, driven over its pipe: open a page, ask it things, hear its errors.

The protocol is the Chrome DevTools Protocol; a message is JSON ended by a zero byte.
"""

import base64
import json
import os
import select
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_ERRORS = {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"}
_LIMIT = 60.0


class Browser:
    """One headless Chromium with one page."""

    def __init__(self, profile: Path) -> None:
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 "--disable-dev-shm-usage", "--no-first-run", f"--user-data-dir={profile}",
                 "--remote-debugging-pipe", "about:blank"]  # fmt: skip
        shift = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", shift, "chromium", *words],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.set_blocking(self._to, False)
        os.close(to_read)
        os.close(to_write)
        self._buffer, self._number, self._session = b"", 0, ""
        self.heard: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self._events: list[str] = []
        targets = self._call("Target.getTargets")["targetInfos"]
        page = next(t["targetId"] for t in targets if t["type"] == "page")
        told = self._call("Target.attachToTarget", targetId=page, flatten=True)
        self._session = told["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def close(self) -> None:
        """End it; what does not end by itself is killed."""
        self._session = ""
        with suppress(AssertionError, OSError, subprocess.TimeoutExpired):
            self._call("Browser.close")
            self._process.wait(20)
        self._process.kill()
        self._process.wait(20)
        os.close(self._to)
        os.close(self._from)

    def open(self, url: str, width: int = 1280, height: int = 900) -> None:
        """Open a page and wait until it is loaded; what was heard before is forgotten."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                   deviceScaleFactor=1, mobile=width < 600)  # fmt: skip
        self.heard, self.requests, self._events = [], [], []
        self._call("Page.navigate", url=url)
        self._loaded()

    def follow(self, script: str) -> None:
        """Run a script that leads to another page, and wait until that is loaded."""
        self._events = []
        self.ask(f"setTimeout(() => {{ {script} }}, 20); 0")
        self._loaded()

    def until(self, script: str) -> None:
        """Wait until a script's value is true."""
        end = time.monotonic() + _LIMIT
        while not self.ask(script):
            assert time.monotonic() < end, script
            time.sleep(0.02)

    def _loaded(self) -> None:
        until = time.monotonic() + _LIMIT
        while "Page.loadEventFired" not in self._events:
            self._hear(self._message(until))
        self.ask("new Promise(r => setTimeout(r, 60))")

    def ask(self, script: str) -> Any:
        """Run a script in the page and return its value."""
        told = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def dark(self, *, on: bool) -> None:
        """Prefer dark colours, or light ones."""
        value = "dark" if on else "light"
        self._call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": value}],
        )

    def picture(self, width: int, height: int, scale: float) -> bytes:
        """Return the upper part of the page as PNG."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        told = self._call("Page.captureScreenshot", format="png", clip=clip)
        return base64.b64decode(told["data"])

    @property
    def errors(self) -> list[str]:
        """Everything that the page complained about."""
        return [json.dumps(message["params"])[:600] for message in self.heard]

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._write(message)
        until = time.monotonic() + _LIMIT
        while True:
            told = self._message(until)
            if told.get("id") == self._number:
                assert "error" not in told, told
                return told.get("result", {})
            self._hear(told)

    def _write(self, message: dict[str, Any]) -> None:
        """Send a message; a browser that takes none is a fault, and nobody waits for it."""
        left, until = json.dumps(message).encode() + b"\0", time.monotonic() + _LIMIT
        while left:
            _, able, _ = select.select([], [self._to], [], max(0.0, until - time.monotonic()))
            assert able, f"the browser takes no message in {_LIMIT:.0f} s"
            left = left[os.write(self._to, left) :]

    def _message(self, until: float) -> dict[str, Any]:
        """Return what it says next; fail when it says nothing until then."""
        while b"\0" not in self._buffer:
            able, _, _ = select.select([self._from], [], [], max(0.0, until - time.monotonic()))
            assert able, f"the browser says nothing in {_LIMIT:.0f} s"
            read = os.read(self._from, 1 << 20)
            assert read, "the browser has gone"
            self._buffer += read
        one, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(one)

    def _hear(self, message: dict[str, Any]) -> None:
        method = message.get("method", "")
        self._events.append(method)
        if method in _ERRORS:
            self.heard.append(message)
        if method == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])

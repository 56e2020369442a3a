"""Chromium with the page: files dropped, keys pressed, downloads caught, every request heard.

Requests of the page's workers and of its service worker are heard too: each target is held until
its network is listened to.
"""

import base64
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.browser import Browser

_LIMIT = 60.0
BEGINNING = 120.0
"""Seconds that anything gets, and the engine's start on a busy machine."""
_KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), " ": (32, " "),
         "ArrowDown": (40, ""), "ArrowRight": (39, ""), "a": (65, "a"), "d": (68, "d")}  # fmt: skip

_VIOLATIONS = """
globalThis.broken = [];
addEventListener("securitypolicyviolation", (event) =>
  broken.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
_OVER = """
(() => {
const cut = (one) => {
  for (let held = one.parentElement; held; held = held.parentElement) {
    const {overflowX, clipPath} = getComputedStyle(held);
    if (overflowX !== "visible" || clipPath !== "none") return true;
  }
  return false;
};
const over = (one) => {
  const {right, left, width} = one.getBoundingClientRect();
  const {clipPath, position} = getComputedStyle(one);
  return width && clipPath === "none" && position !== "absolute"
    && (right > innerWidth + 1 || left < -1) && !cut(one);
};
const found = [...document.querySelectorAll("body *")].filter(over);
const wide = document.documentElement.scrollWidth > innerWidth;
return found.map((one) => one.outerHTML.slice(0, 120)).concat(wide ? ["the page itself"] : []);
})()
"""
_AXE = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
  "best-practice"]}).then((found) => found.violations.map((one) =>
  `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ")}`))
"""
_TYPED = """
((key, text) => {
  const field = document.querySelector(`[data-key='${key}']`);
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  field.dispatchEvent(new Event("change", {bubbles: true}));
})"""
_DROPPED = """
const way = {dataTransfer: held, bubbles: true, cancelable: true};
dispatchEvent(new DragEvent("drop", way));
"""
_DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_AT_REST = """
document.activeElement?.blur();
Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0))).then(() => 0)
"""
_STILL = """
Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < 5000)
  .map((one) => one.finished.catch(() => 0)))
  .then(() => new Promise((done) => {
    const look = (left) => (left && document.querySelector("#panel.checking")
      ? setTimeout(look, 50, left - 1) : done(0));
    look(200);
  }))
"""
"""Ends when what fades in stands there, and what is made anew is made."""


class PageBrowser(Browser):
    """A browser in which the page is used as people use it."""

    _unheard = 0

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "profile")
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        session, self._session = self._session, ""
        self._call(
            "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads)
        )
        self._session = session
        self._call("Page.addScriptToEvaluateOnNewDocument", source=_VIOLATIONS)
        self.workers: list[str] = []
        self._scripts: dict[str, str] = {}
        self._listen(session)

    def _listen(self, session: str) -> None:
        """Have what belongs to a target held until its requests are heard."""
        how = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        self._send(session, "Target.setAutoAttach", **how)

    def _send(self, session: str, method: str, **params: Any) -> None:
        self._unheard -= 1  # no call waits for what comes of it
        message = {"id": self._unheard, "method": method, "params": params, "sessionId": session}
        self._write(message)

    def _hear(self, message: dict[str, Any]) -> None:
        told = message.get("params", {}).get("targetInfo", {}).get("type")
        if message.get("method") == "Target.attachedToTarget" and told != "page":
            session = message["params"]["sessionId"]
            if told == "worker":
                self.workers.append(session)
            self._send(session, "Network.enable")
            self._listen(session)
            self._send(session, "Runtime.runIfWaitingForDebugger")
        if message.get("method") == "Fetch.requestPaused":
            self._given(message["params"])
        if message.get("method") == "Page.javascriptDialogOpening":
            self._send(self._session, "Page.handleJavaScriptDialog", accept=True)
        super()._hear(message)

    def give(self, url: str, script: str) -> None:
        """Give a script of ours wherever the page asks for an address elsewhere."""
        self._scripts[url] = script
        self._call("Fetch.enable", patterns=[{"urlPattern": one} for one in self._scripts])

    def _given(self, paused: dict[str, Any]) -> None:
        headers = [{"name": "Content-Type", "value": "text/javascript"}]
        body = base64.b64encode(self._scripts[paused["request"]["url"]].encode()).decode()
        how = {"responseCode": 200, "responseHeaders": headers, "body": body}
        self._send(self._session, "Fetch.fulfillRequest", requestId=paused["requestId"], **how)

    def until(self, script: str, limit: float = _LIMIT) -> None:
        """Wait until a script's value is true; else say what the page shows."""
        end = time.monotonic() + limit
        while not self.ask(script):
            assert time.monotonic() < end, f"{script}\n{self.text()[:1500]}\n{self.errors[:3]}"
            time.sleep(0.03)

    def text(self) -> str:
        return str(
            self.ask("document.getElementById('main')?.innerText || document.body.innerText")
        )

    def shown(self, selector: str, limit: float = _LIMIT) -> None:
        """Wait until something is there."""
        self.until(f"!!document.querySelector({json.dumps(selector)})", limit)

    def click(self, key: str) -> None:
        """Click what has a key, as soon as it is there and may be clicked."""
        found = (
            "[...document.querySelectorAll('[data-key]:not(:disabled)')]"
            f".find((one) => one.dataset.key === {json.dumps(key)})"
        )
        self.until(f"!!({found})")
        self.ask(f"({found}).click()")

    def type_into(self, key: str, text: str) -> None:
        """Put text into the field that has a key, as typing does."""
        self.shown(f"[data-key='{key}']")
        self.ask(f"{_TYPED}({json.dumps(key)}, {json.dumps(text)})")

    def drop(self, files: Mapping[str, bytes]) -> None:
        """Drop files onto the page."""
        made = "".join(
            f"held.items.add(new File([Uint8Array.from(atob('{base64.b64encode(data).decode()}'),"
            f" (one) => one.charCodeAt(0))], {json.dumps(name)}));"
            for name, data in files.items()
        )
        self.drop_made(made)

    def opened(self, files: Mapping[str, bytes]) -> None:
        """Drop a workbook and wait for its list; notes that wait for one are left out."""
        self.drop(files)
        self.shown(".gap, .ask-which")
        if self.ask("!!document.querySelector('.ask-which')"):
            self.click("which-cancel")
        self.shown(".gap")

    def drop_made(self, script: str) -> None:
        """Drop what a script adds to `held`, a DataTransfer."""
        self.ask(f"(() => {{ const held = new DataTransfer(); {script} {_DROPPED} }})()")

    def press(self, key: str) -> None:
        """Press a key on whatever has the focus."""
        code, text = _KEYS[key]
        event = {
            "key": key,
            "windowsVirtualKeyCode": code,
            "code": key if len(key) > 1 else f"Key{key.upper()}",
        }
        self._call("Input.dispatchKeyEvent", type="keyDown", text=text, **event)
        self._call("Input.dispatchKeyEvent", type="keyUp", **event)

    def tab_to(self, key: str) -> None:
        """Press Tab until what has a key has the focus; fail when it cannot be reached so."""
        for _ in range(400):
            if self.ask("document.activeElement?.dataset?.key || ''") == key:
                return
            self.press("Tab")
        raise AssertionError(f"{key} cannot be reached with Tab")

    def downloaded(self, name: str) -> bytes:
        """Return a file that was downloaded, and take it away."""
        path, end = self.downloads / name, time.monotonic() + _LIMIT
        while (
            not path.is_file()
            or not path.stat().st_size
            or list(self.downloads.glob("*.crdownload"))
        ):
            assert time.monotonic() < end, f"{name}: {[*self.downloads.iterdir()]}"
            self.ask("new Promise((done) => setTimeout(done, 30))")
        data = path.read_bytes()
        path.unlink()
        return data

    def without(self, *files: str) -> None:
        """Let some of the page's files never come, as a proxy may; without a name all come."""
        self._call("Network.setBypassServiceWorker", bypass=bool(files))
        self._call("Network.setBlockedURLs", urls=[f"*/{name}" for name in files])

    def width(self, width: int) -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)

    def kill_engine(self) -> None:
        """Have the engine's worker die of the next thing that it is asked."""
        script = "self.onmessage = () => { throw new Error('gone'); }"
        for session in self.workers:
            self._send(session, "Runtime.evaluate", expression=script)
        self.ask("0")

    def faults(self, axe: str) -> list[str]:
        """Return what is wrong with what is shown: wide, 320 px narrow, and dark."""
        found = []
        for width in (1280, 320):
            self.width(width)
            self.ask(_DRAWN)
            found += [f"{width}: over the edge: {one}" for one in self.ask(_OVER)]
            if not self.ask("!!globalThis.axe"):
                self._call("Runtime.evaluate", expression=axe)
            self.dark(on=width == 320)
            self.ask(_STILL)
            found += [f"{width}: {one}" for one in self.ask(_AXE)]
        self.dark(on=False)
        self.width(1280)
        return found

    def settled(self) -> None:
        """Wait until what moves has come to rest."""
        self.ask(_AT_REST)

    def picture(self, path: Path) -> None:
        """Keep a picture of what is shown."""
        told = self._call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(told["data"]))

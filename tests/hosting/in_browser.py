"""The engine as the page runs it, in node: the same archives, the same runtime."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.hosting import folder, runtime
from sheetrecord.model.errors import SheetRecordError

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / f"pyodide-{runtime.VERSION}"
"""Where the runtime is kept between runs; git does not see it."""

_PATIENCE = 900


def missing(why: str) -> None:
    """Skip a test that cannot run here, with a word; under CI=true it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


def kept() -> Path:
    """Return the folder with the runtime, fetched if it is not there yet."""
    runtime_files()
    return KEPT


@cache
def runtime_files() -> dict[str, bytes]:
    """Return the runtime's files, fetched once."""
    if shutil.which("node") is None:
        missing("node is not installed")
    try:
        return runtime.runtime(runtime.kept(KEPT))
    except SheetRecordError as error:
        missing(f"Python for the browser cannot be had: {error}")
        raise


@cache
def contents(url: str = "") -> dict[str, bytes]:
    """Return the files of the folder, made once: packing them takes seconds."""
    return folder.contents(runtime_files(), url)


def site(to: Path) -> dict[str, bytes]:
    """Write what node needs of the folder; return every file of it."""
    found = contents()
    wanted = {
        name: found[name] for name in found if name.endswith((".zip", "pyodide.mjs", ".asm.mjs"))
    }
    wanted["runtime/pyodide.asm.wasm"] = runtime_files()["pyodide.asm.wasm"]
    text = found["release.mjs"].decode()
    wanted["release.json"] = text[text.index("{") : text.rindex("}") + 1].encode()
    for name, data in wanted.items():
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return found


class Told:
    """An answer, whether the rest had to be loaded, and the processor's seconds."""

    def __init__(self, line: str) -> None:
        head, _, answer = line.partition("\t")
        told = json.loads(head)
        self.answer: Any = json.loads(answer)
        self.more, self.ready, self.seconds = told["more"], told["ready"], told["seconds"]


def ask(to: Path, bodies: Iterable[Any]) -> list[Told]:
    """Return the answers to requests, asked one after the other of one engine."""
    lines = "".join(f"{json.dumps(body)}\n" for body in bodies)
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("run_engine.mjs")), str(to)],
        input=lines, capture_output=True, text=True, check=False, timeout=_PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [Told(line) for line in done.stdout.splitlines()]


def posted(port: int, token: str, body: Any) -> Any:
    """Return what a service on this machine answers to its own page."""
    host = f"127.0.0.1:{port}"
    asked = urllib.request.Request(
        f"http://{host}/verbs/{body['verb']}",
        json.dumps(body).encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Origin": f"http://{host}",
        },
    )
    for _ in range(100):
        try:
            with urllib.request.urlopen(asked, timeout=60) as got:
                return json.loads(got.read())
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError("the service does not answer")

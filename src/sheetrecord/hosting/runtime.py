"""Python for the browser: Pyodide's files, fetched with npm when a folder is built.

The version and each file's SHA-256 are pinned; what differs is not used. Pyodide is CPython
compiled to WebAssembly (MPL-2.0, https://github.com/pyodide/pyodide).
"""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from sheetrecord.model.errors import CannotRead, Unreachable

VERSION: Final = "314.0.7"
FILES: Final[Mapping[str, str]] = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    "python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
}
"""The files of the npm package `pyodide` that a browser needs, and the SHA-256 of each."""

LOCK: Final = {
    "info": {
        "abi_version": "2026_0",
        "arch": "wasm32",
        "platform": "emscripten_5_0_3",
        "python": "3.14.2",
    },
    "packages": {},
}
"""The packages that the runtime may load besides: none at all."""

_PATIENCE: Final = 300
"""Seconds that npm gets."""


def runtime(folder: Path | None = None) -> dict[str, bytes]:
    """Return the files by name: from a folder that holds them, else fetched with npm.

    The folder is an unpacked package, or one in which `npm install pyodide@VERSION` was run. Raises
    CannotRead for files that are missing or are not those of the pinned version, Unreachable when
    npm is not there or fetches nothing.
    """
    if folder is not None:
        return _checked(_package_in(folder))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        return _checked(_fetched(Path(name)))


def kept(folder: Path) -> Path:
    """Return a folder that holds the files, fetched into it if it does not; errors as `runtime`."""
    if not folder.is_dir():
        found = runtime()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as name:
            made = Path(name) / "package"
            made.mkdir()
            for file, data in found.items():
                (made / file).write_bytes(data)
            with suppress(OSError):  # somebody else was first
                made.replace(folder)
    return folder


def _package_in(folder: Path) -> Path:
    below = folder / "node_modules" / "pyodide"
    return below if below.is_dir() else folder


def _fetched(folder: Path) -> Path:
    """Return the folder with the package that npm fetched, from whatever registry it is set to."""
    npm = shutil.which("npm")
    if npm is None:
        why = "it is not installed, and it fetches Python for the browser. Install Node.js, or name"
        raise Unreachable("npm", f"{why} a folder with the package pyodide: --runtime DIR.")
    words = [npm, "pack", f"pyodide@{VERSION}", "--ignore-scripts", "--json", "--silent"]
    try:
        done = subprocess.run(  # noqa: S603 - a program found by name, words of ours
            [*words, "--pack-destination", str(folder)],
            capture_output=True, text=True, check=False, timeout=_PATIENCE, cwd=folder,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreachable("npm", f"it did not fetch pyodide ({error}).") from error
    [*packed] = folder.glob("*.tgz")
    if done.returncode or len(packed) != 1:
        raise Unreachable("npm", f"it did not fetch pyodide {VERSION}: {_said(done.stderr)}")
    with tarfile.open(packed[0]) as archive:
        for name in FILES:
            member = archive.extractfile(f"package/{name}")
            if member is not None:
                (folder / name).write_bytes(member.read())
    return folder


def _said(text: str) -> str:
    """Return the last line that npm said of an error."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


def _checked(folder: Path) -> dict[str, bytes]:
    found = {}
    for name, digest in FILES.items():
        path = folder / name
        if not path.is_file():
            why, do = "it is missing.", f"Name a folder with the npm package pyodide {VERSION}."
            raise CannotRead(path, why, do, "missing")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            why = f"it is not the file of pyodide {VERSION}: its SHA-256 differs."
            raise CannotRead(path, why, f"Fetch it again: npm pack pyodide@{VERSION}.")
        found[name] = data
    return found

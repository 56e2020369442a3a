"""The static folder: the page, the engine, Python for the browser, and what a host must know."""

import hashlib
import html
import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord import __version__
from sheetrecord.hosting import archives
from sheetrecord.hosting.manifest import manifest, pane_address
from sheetrecord.hosting.runtime import LOCK, runtime
from sheetrecord.model.errors import BadSettings
from sheetrecord.publish.folder import Todo, compare, put
from sheetrecord.publish.site import Page

IDENTITY: Final = "sheetrecord web"
"""What the folder's listing calls it, so that no view of a record takes its place."""

PROGRAM: Final = "runtime/pyodide.asm.bin"
BEGINNING: Final = "runtime/python.zip"

CSP: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' https://appsforoffice.microsoft.com; "
    "worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What the page may load. Office's script is let in by name, and only asked for in its pane."""


class FolderRequest(NamedTuple):
    """Where the folder goes, its public address (empty: no pane), and a folder with the runtime."""

    to: Path
    url: str = ""
    runtime: Path | None = None
    plan: bool = False
    force: bool = False


class FolderDone(NamedTuple):
    """What was written, kept and removed, and how many bytes come over the wire, packed.

    ``first`` is what the first check loads, ``whole`` the folder; both as gzip has them.
    """

    path: Path
    written: list[str]
    kept: int
    removed: list[str]
    first: int
    whole: int


def write_folder(request: FolderRequest) -> FolderDone:
    """Write the folder, or with ``plan`` say what would be written.

    Raises BadSettings for an address that is no https folder, CannotRead and Unreachable for a
    runtime that cannot be had, CannotWrite and Locked for the folder.
    """
    url = pane_address(request.url) if request.url else ""
    found = contents(runtime(request.runtime), url)
    pages = [Page(name, _digest(data), partial(bytes, data)) for name, data in found.items()]
    act = compare if request.plan else put
    todo: Todo = act(request.to, pages, IDENTITY, force=request.force)
    sizes = wire_sizes(found)
    written = [page.path for page in todo.write]
    return FolderDone(request.to, written, len(todo.keep), todo.remove, *sizes)


def contents(runtime_files: Mapping[str, bytes], url: str = "") -> dict[str, bytes]:
    """Return every file of the folder by its path. Raises BadSettings for a wrong address."""
    if url:
        url = pane_address(url)
    first = archives.first_modules()
    stdlib = runtime_files["python_stdlib.zip"]
    engine, more = archives.engine(), archives.besides(stdlib, first)
    found = {
        **_sources(),
        f"engine-{_short(engine)}.zip": engine,
        f"more-{_short(more)}.zip": more,
        BEGINNING: archives.beginning(stdlib, first),
        PROGRAM: archives.packed(runtime_files["pyodide.asm.wasm"]),
        "runtime/pyodide.mjs": runtime_files["pyodide.mjs"],
        "runtime/pyodide.asm.mjs": runtime_files["pyodide.asm.mjs"],
    }
    found["index.html"] = _page(found["index.html"])
    found["404.html"] = _NOT_FOUND.encode()
    found["README.txt"] = _readme(url).encode()
    if url:
        found["manifest.xml"] = manifest(url).encode()
    found["release.mjs"] = _release(found)
    found["sw.js"] = _kept_offline(found)
    return dict(sorted(found.items()))


def wire_sizes(found: Mapping[str, bytes]) -> tuple[int, int]:
    """Return the bytes of a first check and of the whole folder, packed by gzip."""
    packed = {name: min(len(data), len(archives.packed(data))) for name, data in found.items()}
    later = ("more-", "icon-80", "manifest.xml", "404.html", "README.txt")
    first = sum(size for name, size in packed.items() if not name.startswith(later))
    return first, sum(packed.values())


def page_files() -> dict[str, bytes]:
    """Return the page's own files for a service, which brings no engine of the browser's."""
    unneeded = ("sw.js", "worker.mjs", "excel/")
    found = {name: data for name, data in _sources().items() if not name.startswith(unneeded)}
    return {**found, "index.html": _page(found["index.html"])}


def _sources() -> dict[str, bytes]:
    """Return the page's own files, rooms included."""
    return dict(_walk(files("sheetrecord").joinpath("web"), ""))


def _walk(folder: Traversable, below: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{below}{entry.name}/")
        else:
            found.append((f"{below}{entry.name}", entry.read_bytes()))
    return found


def _page(source: bytes) -> bytes:
    """Return the page with its policy and the release that it is of."""
    text = source.decode().replace("%CSP%", CSP).replace("%VERSION%", html.escape(__version__))
    return text.encode()


def _release(found: Mapping[str, bytes]) -> bytes:
    """Return the module by which the worker knows its files."""
    [engine] = [name for name in found if name.startswith("engine-") and name.endswith(".zip")]
    [more] = [name for name in found if name.startswith("more-")]
    told = {
        "version": __version__,
        "engine": engine,
        "more": more,
        "beginning": BEGINNING,
        "program": PROGRAM,
        "first": len(found[engine]) + len(found[PROGRAM]),
        "parents": archives.in_both((found[engine], found[BEGINNING]), found[more]),
        "lock": json.dumps(LOCK),
    }
    text = json.dumps(told, indent=2)
    return f"/** The files of this release. */\n\nexport const RELEASE = {text};\n".encode()


def _kept_offline(found: Mapping[str, bytes]) -> bytes:
    """Return the script that keeps files for when there is no network, with their digests."""
    unneeded = {"sw.js", "404.html", "README.txt", "manifest.xml"}
    kept = {name: _digest(found[name]) for name in sorted(found) if name not in unneeded}
    told = {"name": _digest(json.dumps(kept).encode())[:12], "files": kept}
    blank = 'const RELEASE = {"name": "", "files": {}};'
    source = found["sw.js"].decode()
    if blank not in source:
        raise BadSettings("sw.js", "it names no place for its files.", "")
    return source.replace(blank, f"const RELEASE = {json.dumps(told)};").encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _short(data: bytes) -> str:
    return _digest(data)[:12]


_NOT_FOUND: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not here</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<p>There is no such page. <a href="./">To the page</a></p>
</html>
"""


def _readme(url: str) -> str:
    pane = (
        f"manifest.xml is for the Excel pane; it belongs to {url}\n"
        if url
        else "For the Excel pane write the folder again with --url https://where/it/stands/\n"
    )
    return f"""sheetrecord {__version__}: the page that checks a record where it is dropped
{"=" * 72}

Put this whole folder on any static web host that speaks https (a firm's own site, GitHub Pages,
Azure Static Web Apps, Cloudflare Pages), and open index.html there. For yourself alone:
python3 -m http.server in this folder, then http://localhost:8000/. Opened as a file it does not
run: browsers let no such page start a worker. {pane}
Nothing that is dropped on the page leaves the machine. The page loads its own files from this
folder and nothing else; in Excel it loads Microsoft's office.js besides, as every pane must.
Names are those of the files' content (engine-..., more-...): let a host keep them as long as it
likes, and index.html, release.mjs and sw.js for minutes.

Where the host can send headers:
Content-Security-Policy: {CSP}
X-Content-Type-Options: nosniff

What is in it: sheetrecord (MIT licence); Pyodide, which is CPython as WebAssembly (MPL-2.0,
https://github.com/pyodide/pyodide; Python Software Foundation License); Jinja2 and MarkupSafe
(BSD-3-Clause), XlsxWriter (BSD-2-Clause).
"""

"""The archives of a folder: Python's own modules in two parts, the engine, what it uses besides.

Equal content makes equal bytes, so that a browser loads again only what has changed.
"""

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final

from sheetrecord.publish.design import FILE, design_digest

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can name."""

LEFT_OUT: Final = (
    *("cli", "hosting", "ledgers", "library", "stores", "web", "__main__.py"),
    *("app/sync", "app/fleet", "app/schedule", "app/doctor", "app/reconcile", "app/learn"),
    *("core/reconcile", "formats/finance"),
)
"""Rooms of the package that nothing in a browser can use: commands, stores, banks."""

LATER: Final = ("core/capture", "formats/template", "publish", "sample", "sources")
"""Rooms that a check does without: they come with the rest, when something is asked of them."""

USED: Final = ("jinja2", "markupsafe", "xlsxwriter")
"""Packages that pages and new workbooks are made with; each is pure Python or has such a form."""

_SUFFIXES: Final = frozenset(
    (".py", ".toml", ".jinja", ".css", ".js", ".svg", ".json", ".txt", ".md", ".sql", ".xml")
)


def engine() -> bytes:
    """Return what a check of a workbook needs of the installed package, as a zip."""
    return zipped({name: data for name, data in _ours() if not _within(name, LATER)})


def besides(stdlib: bytes, first: frozenset[str]) -> bytes:
    """Return the rest as a zip: of our modules, of Python's, and what pages are made with."""
    found = {name: data for name, data in _modules(stdlib) if name not in first and _useful(name)}
    for package in USED:
        found |= _package(package)
    # two archives are no folder that anybody could work it out from
    found[f"sheetrecord/publish/{FILE}"] = design_digest().encode("ascii")
    return zipped(found | {name: data for name, data in _ours() if _within(name, LATER)})


def _ours() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the installed package that can be of use, templates and tables too."""
    for path, data in _of(files("sheetrecord"), ""):
        name = f"sheetrecord/{path}"
        if not _within(name, LEFT_OUT):
            yield name, data


def _within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(f"{name}/".startswith(f"sheetrecord/{room}/") for room in rooms)


def in_both(first: Iterable[bytes], later: bytes) -> list[str]:
    """Return the packages of which some modules come first and others later."""
    here = {name for data in first for name in _packages(data)}
    return sorted(here & _packages(later))


def _packages(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        folders = {one for name in archive.namelist() for one in PurePosixPath(name).parents}
        return {".".join(one.parts) for one in folders if one.parts}


def beginning(stdlib: bytes, first: frozenset[str]) -> bytes:
    """Return those of Python's modules with which the engine starts and checks a workbook."""
    return zipped({name: data for name, data in _modules(stdlib) if name in first})


def first_modules() -> frozenset[str]:
    """Return the files of Python's modules with which it starts and checks a workbook."""
    text = files("sheetrecord.hosting").joinpath("first_modules.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def packed(data: bytes) -> bytes:
    """Return bytes packed by gzip, the same bytes for the same content."""
    return gzip.compress(data, 9, mtime=0)


def zipped(found: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(found):
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, found[name])
    return out.getvalue()


def _of(folder: Traversable, below: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{below}{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _of(entry, f"{path}/")
        elif entry.is_file() and PurePosixPath(path).suffix in _SUFFIXES:
            yield path, entry.read_bytes()


def _package(name: str) -> dict[str, bytes]:
    """Return the modules of an installed package, and its licence."""
    listed = distribution(name).files or ()
    return {
        str(one): Path(one.locate()).read_bytes()
        for one in listed
        if one.suffix == ".py" or "licen" in one.name.lower()
    }


def _modules(stdlib: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(stdlib)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, archive.read(name)


_USELESS: Final = (
    *("idlelib/", "lib2to3/", "pydoc_data/", "tkinter/", "turtledemo/", "unittest/", "ensurepip/"),
    *("multiprocessing/", "xmlrpc/", "wsgiref/", "dbm/", "curses/", "_pyrepl/", "venv/"),
    *("sqlite3/", "ctypes/", "http/", "pathlib/__pycache__/", "test/", "profiling/"),
    *("_pydecimal.py", "_pydatetime.py", "_pyio.py", "_pylong.py", "antigravity.py", "bdb.py"),
    *("cProfile.py", "cmd.py", "code.py", "doctest.py", "ftplib.py", "imaplib.py", "nntplib.py"),
    *("optparse.py", "pdb.py", "pickletools.py", "poplib.py", "profile.py", "pstats.py"),
    *("pydoc.py", "smtplib.py", "socketserver.py", "tabnanny.py", "telnetlib.py", "timeit.py"),
    *("trace.py", "tracemalloc.py", "turtle.py", "webbrowser.py", "zipapp.py", "ftplib.py"),
    *("mailcap.py", "netrc.py", "rlcompleter.py", "sched.py", "symtable.py", "pyclbr.py"),
    *("modulefinder.py", "compileall.py", "py_compile.py", "this.py", "pty.py", "tty.py"),
)


def _useful(name: str) -> bool:
    """Tell whether one of Python's modules can be of use where there is no system below."""
    return not name.startswith(_USELESS)

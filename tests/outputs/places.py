"""Every output of the command line, a small firm to make it from, and what a folder holds."""

import ctypes
import datetime as dt
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hosting import in_browser
from messy.firm import ROWS, workbook

DAY = "2999-01-01"
"""A day on which everything is known that any clock has seen."""


class Place(NamedTuple):
    """An output: of which command and parameter, the words that name it, a name that fits it.

    ``wrong`` are names of other kinds. ``makes`` are the files in it, of a folder. With ``kept``
    a second run does not write over the first one's. ``force`` tells whether it has --force.
    """

    command: str
    parameter: str
    words: Callable[[Path], tuple[object, ...]]
    fits: str
    wrong: tuple[str, ...]
    makes: tuple[str, ...] = ()
    kept: bool = False
    force: bool = True

    @property
    def is_folder(self) -> bool:
        return bool(self.makes)

    def __str__(self) -> str:
        return f"{self.command} {self.fits}"


PAGES = ("out.xlsx", "out.csv", "out.docx", "out")
NOTES = (*PAGES, "out.md")
MERGE = ("merge", "base.xlsx", "firm.xlsx", "theirs.xlsx", "-o")
REPORT = ("reconciliation.html", "reconciliation.xlsx", "exceptions.csv", "report.json")

PLACES = (
    Place("brief", "to", lambda p: ("brief", "firm.xlsx", "D-0001", "--to", p), "out.html", PAGES),
    Place("brief", "to", lambda p: ("brief", "firm.xlsx", "D-0001", "--to", p), "out.md", PAGES),
    Place(
        "say-back", "to", lambda p: ("say-back", "firm.xlsx", "D-0001", "--to", p), "out.htm", PAGES
    ),
    Place(
        "say-back", "to", lambda p: ("say-back", "firm.xlsx", "D-0001", "--to", p), "out.MD", PAGES
    ),
    Place("digest", "to", lambda p: ("digest", "firm.xlsx", "--to", p), "out.html", PAGES),
    Place("digest", "to", lambda p: ("digest", "firm.xlsx", "--to", p), "out.eml", PAGES),
    Place("digest", "to", lambda p: ("digest", "firm.xlsx", "--to", p), "out.md", PAGES),
    Place(
        "addin libreoffice",
        "to",
        lambda p: ("addin", "libreoffice", "--to", p),
        "out.oxt",
        ("out.zip", "out.xlsx"),
    ),
    Place("note", "to", lambda p: ("note", "firm.xlsx", "D-0001", "--to", p), "out.html", NOTES),
    Place("note", "to", lambda p: ("note", "firm.xlsx", "D-0001", "--to", p), "out.txt", NOTES),
    Place("new", "book", lambda p: ("new", p), "out.xlsx", ("out.xlsm", "out.csv"), kept=True),
    Place("merge", "out", lambda p: (*MERGE, p), "out.xlsx", ("out.xlsm", "out.md"), kept=True),
    Place(
        "asof",
        "out",
        lambda p: ("asof", DAY, "-o", p, "--book", "firm.xlsx"),
        "out.xlsx",
        ("out.xlsm", "out.html"),
        kept=True,
    ),
    Place(
        "asof",
        "out",
        lambda p: ("asof", DAY, "-o", p, "--book", "firm.xlsx"),
        "out.md",
        ("out.txt",),
        kept=True,
    ),
    Place(
        "publish",
        "to",
        lambda p: ("publish", "firm.xlsx", "--to", p),
        "out.xlsx",
        ("out.html", "out.pdf", "out.csv"),
    ),
    Place(
        "publish",
        "to",
        lambda p: ("publish", "firm.xlsx", "--to", p),
        "view",
        ("view.xlsm",),
        ("index.html", "manifest.json", "deals/D-0001.html"),
    ),
    Place(
        "web",
        "folder",
        lambda p: ("web", p, "--runtime", in_browser.kept()),
        "page",
        ("page.xlsx", "page.html"),
        ("index.html", "manifest.json", "runtime/pyodide.mjs"),
    ),
    Place(
        "addin excel",
        "out",
        lambda p: ("addin", "excel", "--url", "https://firm.example/", "--to", p),
        "manifest.xml",
        ("manifest.json", "manifest.xlsx", "manifest"),
    ),
    Place(
        "reconcile run",
        "save_plan",
        lambda p: ("reconcile", "firm.xlsx", "--save-plan", p),
        "out.json",
        ("out.xlsx", "out.csv", "out"),
    ),
    Place(
        "reconcile run",
        "report",
        lambda p: ("reconcile", "firm.xlsx", "--report", p),
        "may",
        ("may.xlsx", "may.html"),
        REPORT,
    ),
    Place(
        "reconcile export",
        "out",
        lambda p: ("reconcile", "export", "firm.xlsx", "2026-05", "--for", "xero", "--to", p),
        "out.csv",
        ("out.xlsx", "out.txt", "out"),
    ),
    Place(
        "copy-store",
        "target",
        lambda p: ("copy-store", "sqlite:store.db", f"sqlite:{p}"),
        "out.db",
        ("out.xlsx", "out.csv"),
        force=False,
    ),
    Place(
        "init",
        "folder",
        lambda p: ("init", p),
        "acme",
        (),
        ("sheetrecord.toml", "firm.xlsx"),
        kept=True,
        force=False,
    ),
    Place(
        "demo",
        "folder",
        lambda p: ("demo", p),
        "demo",
        ("demo.xlsx",),
        ("firm.xlsx",),
        force=False,
    ),
)


def firm() -> bytes:
    """Return a firm whose deal has a promise that the client may read."""
    return _firm()


@cache
def _firm() -> bytes:
    promise = {
        "deal_id": "D-0001", "what": "Training", "type": "promise", "share": "client",
        "said_by": "Ana", "said_on": dt.date(2026, 3, 1),
    }  # fmt: skip
    return workbook({**ROWS, "Commitments": [promise]})


def furnish(folder: Path, sheetrecord: Callable[..., object]) -> None:
    """Put the firm, the copies of a merge and a store with its record into a folder."""
    for name in ("firm", "base", "theirs"):
        (folder / f"{name}.xlsx").write_bytes(firm())
    sheetrecord("sync", "firm.xlsx", "--by", "Ana")
    [made] = (folder / ".state" / "sheetrecord" / "records").glob("*.db")
    shutil.copyfile(made, folder / "store.db")


def held(folder: Path, *, state: bool = False) -> dict[str, tuple[int, str]]:
    """Return each path below a folder with its mode and what is in it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if state or not name.startswith(".state"):
            found[name] = (stat.S_IMODE(path.lstat().st_mode), _content(path))
    return found


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "a folder"


@contextmanager
def unwritable(folder: Path) -> Iterator[bool]:
    """Make a folder read-only, for root too where this system can; yield whether it is."""
    folder.chmod(0o555)
    before = _capabilities(lambda held: held & ~_OVERRIDE) if os.geteuid() == 0 else None
    try:
        yield before is not None or os.geteuid() != 0
    finally:
        if before is not None:
            _capabilities(lambda _: before)
        folder.chmod(0o755)


_OVERRIDE = 0b110
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux: what lets root write where it may not."""


def _capabilities(change: Callable[[int], int]) -> int | None:
    """Change what this thread may do beyond its modes; return what it was, None if unknown."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        return None
    before, sets[0] = sets[0], change(sets[0])
    return None if libc.capset(header, sets) else before

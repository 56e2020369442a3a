"""axe-core (MPL-2.0), which checks accessibility: fetched with npm for tests, never kept here."""

import hashlib
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path

from hosting.in_browser import ROOT, missing

VERSION = "4.14.1"
DIGEST = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""The SHA-256 of axe.min.js in that version."""
_KEPT = ROOT / "build" / f"axe-core-{VERSION}" / "axe.min.js"


@cache
def axe() -> str:
    """Return its script, fetched once; without npm or a network the test is skipped with a word."""
    if not _KEPT.is_file():
        _fetch(_KEPT.parent)
    text = _KEPT.read_bytes()
    assert hashlib.sha256(text).hexdigest() == DIGEST
    return text.decode()


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm is not installed")
        return
    folder.mkdir(parents=True, exist_ok=True)
    words = [
        npm,
        "pack",
        f"axe-core@{VERSION}",
        "--ignore-scripts",
        "--silent",
        "--pack-destination",
        str(folder),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    [*packed] = folder.glob("*.tgz")
    if done.returncode or not packed:
        missing(f"npm did not fetch axe-core: {done.stderr[-300:]}")
    with tarfile.open(packed[0]) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        (folder / "axe.min.js").write_bytes(member.read())
    packed[0].unlink()

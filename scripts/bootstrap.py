"""Set up what the other scripts need: a virtual environment of the locked packages.

Works on a bare machine with Python 3.11 or newer, on Linux, macOS and Windows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEBIAN = {
    "soffice": ("libreoffice-calc", "LibreOffice: formulas are recalculated and sheets rendered"),
    "ssconvert": ("gnumeric", "Gnumeric: a third program calculates the formulas"),
    "chromium": ("chromium", "Chromium: published pages are opened and their scripts run"),
    "node": ("nodejs", "Node.js: the modules of the page are tried without a browser"),
    "npm": ("npm", "npm: fetches Python for the browser, and the types of Excel's panes"),
    "psql": ("postgresql", "PostgreSQL: stores are tested on a server of the tests' own"),
    "/usr/lib/python3/dist-packages/uno.py": (
        "python3-uno",
        "LibreOffice's bridge for Python: the workbook that is open there is read and written",
    ),
    "Xvfb": ("xvfb", "a screen in memory: LibreOffice's menu and toolbar are looked at"),
}
"""Programs that tests use as people do, the Debian package of each, and what it is for.

One with a folder is a file that has to be there.
"""


def run(*command: object, quiet: bool = False) -> None:
    """Run a command in the project's folder; a failure ends this program with its code."""
    words = [str(word) for word in command]
    if not quiet:
        print("$", " ".join(words), flush=True)
    done = subprocess.run(words, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def environment() -> None:
    """Make the virtual environment and install the locked packages, if that was not done yet."""
    if sys.version_info < (3, 11):  # noqa: UP036 - says so before anything fails strangely
        sys.exit("sheetrecord needs Python 3.11 or newer.")
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "sheetrecord.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    pip = (PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    run(*pip, "--require-hashes", "-r", LOCK)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(wanted)


def _missing() -> list[str]:
    return [name for name in DEBIAN if not shutil.which(name) and not Path(name).is_file()]


def programs() -> list[str]:
    """Install the programs that tests use, where that can be done; return those still missing."""
    missing = _missing()
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        packages = [DEBIAN[name][0] for name in missing]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "-qq", "update"],
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
        ):
            subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
    return _missing()

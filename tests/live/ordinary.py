"""LibreOffice as an ordinary user has it: the extension in a fresh profile, the program installed.

`unopkg` refuses to add an extension for the administrator alone; where the tests run as one, it is
the user *nobody* who adds it. LibreOffice itself then runs as the tests do, for a pipe of UNO is
open to the same user only.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from sheetrecord.app.addins.libreoffice import extension

ROOT: Final = hasattr(os, "geteuid") and os.geteuid() == 0
_PATIENCE: Final = 300


def as_user(*words: object, home: Path) -> list[str]:
    """Return words that run a program as an ordinary user with a home of its own."""
    told = [f"HOME={home}", "PATH=/usr/bin:/bin", *map(str, words)]
    before = ["runuser", "-u", "nobody", "--"] if ROOT else []
    return [*before, "env", *told]


def owned(folder: Path) -> None:
    """Give a folder to the ordinary user."""
    if ROOT:
        subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)


def installed(home: Path) -> Path:
    """Install the extension into a fresh profile; return the profile."""
    profile, file = home / "profile", home / "sheetrecord.oxt"
    file.write_bytes(extension())
    owned(home)
    add = ("unopkg", "add", "-s", "-f", f"-env:UserInstallation={profile.as_uri()}", file)
    words = as_user(*add, home=home)
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, timeout=_PATIENCE, cwd=home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return profile


def program(home: Path) -> Path:
    """Put the program ``sheetrecord`` where pip puts it for one user."""
    place = home / ".local" / "bin" / "sheetrecord"
    place.parent.mkdir(parents=True)
    place.write_text(f"#!{sys.executable}\nfrom sheetrecord.cli import alone\nalone()\n")
    place.chmod(0o755)
    return place

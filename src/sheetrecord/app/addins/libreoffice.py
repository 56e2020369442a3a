"""The extension for LibreOffice: made of what is installed, the same bytes wherever, and put in."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sheetrecord import __version__
from sheetrecord.model.errors import CannotWrite

NAME: Final = "sheetrecord.oxt"

_THEN: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip archive knows: no clock is part of the result."""


_PLACES: Final = (
    "/usr/lib/libreoffice/program/unopkg",
    "/usr/lib64/libreoffice/program/unopkg",
    "/opt/libreoffice/program/unopkg",
    "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
    r"C:\Program Files\LibreOffice\program\unopkg.com",
)
_PATIENCE: Final = 300
"""Seconds for which LibreOffice may take to install an extension."""


def installer() -> str:
    """Return LibreOffice's program that installs extensions. Raises CannotWrite without one."""
    found = shutil.which("unopkg")
    places = [found] if found else [place for place in _PLACES if Path(place).is_file()]
    if not places:
        why = "no LibreOffice was found on this computer (its program unopkg)."
        do = f"Write the file with --to {NAME}, and open it in LibreOffice."
        raise CannotWrite(NAME, why, do)
    return places[0]


def install(program: str) -> None:
    """Install the extension for this user. Raises CannotWrite with what LibreOffice says."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        why = "LibreOffice installs no extension for the administrator."
        raise CannotWrite(NAME, why, f"Run this as yourself, or write the file: --to {NAME}.")
    with TemporaryDirectory() as folder:
        file = Path(folder, NAME)
        file.write_bytes(extension())
        words = [program, "add", "--suppress-license", "--force", str(file)]
        try:
            done = subprocess.run(  # noqa: S603 - the installer of LibreOffice
                words, check=False, capture_output=True, text=True, timeout=_PATIENCE
            )
        except (OSError, subprocess.SubprocessError) as error:
            why = f"{program} cannot be run ({error})."
            raise CannotWrite(NAME, why, f"Write the file with --to {NAME}.") from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-300:]
        do = "Close LibreOffice; on Debian and Ubuntu install libreoffice-script-provider-python."
        raise CannotWrite(NAME, f"LibreOffice refuses it: {said}.", do)


def extension() -> bytes:
    """Return the extension (.oxt), for LibreOffice 7.0 and newer."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, data in sorted(_members()):
            member = ZipInfo(name, _THEN)
            member.external_attr, member.create_system = 0o644 << 16, 3
            archive.writestr(member, data)
    return out.getvalue()


def _members() -> Iterator[tuple[str, bytes]]:
    """Yield names and contents: the extension's own files, and what runs within LibreOffice."""
    live = files("sheetrecord") / "workbooks" / "live"
    for name, data in _below(live / "extension", ""):
        if name == "__init__.py":
            continue
        described = name == "description.xml"
        yield name, data.replace(b"VERSION", __version__.encode()) if described else data
    yield from _below(live / "office", "pythonpath/sheetrecord_office/")


def _below(folder: Traversable, before: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            if one.name != "__pycache__":
                yield from _below(one, f"{before}{one.name}/")
        elif not one.name.endswith(".pyc"):
            yield before + one.name, one.read_bytes()

"""The settings file that holds for a book: the nearest `sheetrecord.toml` of its folder upwards."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from sheetrecord.app.settings.nearest import nearest
from sheetrecord.model.errors import CannotRead, SettingsMistake, Unconfirmed, WrongSettings
from sheetrecord.model.trace import tell
from sheetrecord.workbooks.addresses import folder_of
from sheetrecord.workbooks.kinds import is_path, plain_address

Vouch: TypeAlias = Callable[["Config", str], None]
"""Asks whether what a settings file names may be used; raises Unconfirmed when nobody says so."""


def only_confirmed(config: "Config", what: str) -> None:
    """Let a settings file name ``what`` only if somebody has confirmed this content of it."""
    from sheetrecord.app.settings.trust import confirmed, doubt

    if config.path is not None and not confirmed(config.path, config.digest):
        raise Unconfirmed(config.path, doubt(config.path), [what])


class Config(NamedTuple):
    """What a `sheetrecord.toml` says, checked; without one, nothing.

    ``tables`` are its tables as they stand in the file, which is known to hold nothing that
    `models` does not declare. What it names to be written or opened is asked for through
    `places`, which calls ``vouch`` first.
    """

    path: Path | None = None
    digest: str = ""
    tables: Mapping[str, Any] = {}
    vouch: Vouch = only_confirmed

    @property
    def book(self) -> str:
        """The address of the workbook that is meant when none is named; empty for none."""
        name = self.tables.get("book", "")
        return self.at(name) if name else ""

    @property
    def books(self) -> Mapping[str, str]:
        """Addresses of workbooks by their short names."""
        return {alias: self.at(name) for alias, name in self.tables.get("books", {}).items()}

    @property
    def severities(self) -> Mapping[str, str]:
        """Severities by rule; they may be milder than the rule's own."""
        found: Mapping[str, str] = self.tables.get("severity", {})
        return found

    def at(self, name: str) -> str:
        """Return the address of a workbook of the file; a path is one from its folder."""
        return str(self.beside(name)) if is_path(name) else plain_address(name)

    def beside(self, name: str) -> Path:
        """Return a path of the file: from its folder, ``~`` from the user's home."""
        try:
            place = Path(name).expanduser()
        except RuntimeError:  # ~somebody, whom this machine does not know
            place = Path(name)
        return (self.path.parent / place) if self.path else place


def find_config(start: Path, vouch: Vouch = only_confirmed, *, keep: bool = True) -> Config:
    """Return the settings that hold in a folder: its own file, else the nearest above it.

    Within the user's home folder none above it is looked at. Raises WrongSettings for a file that
    is not right, CannotRead for one that cannot be read.
    """
    found = nearest(str(start))
    return read_config(Path(found), vouch, keep=keep) if found else Config(vouch=vouch)


def settings_of(address: str, vouch: Vouch = only_confirmed, *, keep: bool = True) -> Config:
    """Return the settings that hold for a book: of the folder in which the file really is.

    For a book that is in no folder those of the working folder hold.
    """
    return find_config(folder_of(address) or Path.cwd(), vouch, keep=keep)


def really(path: Path) -> Path:
    """Return where a folder really is, links followed as far as they lead anywhere."""
    return Path(os.path.realpath(path))


def read_config(path: Path, vouch: Vouch = only_confirmed, *, keep: bool = True) -> Config:
    """Read a settings file. Raises WrongSettings with every mistake and its line."""
    from hashlib import blake2b  # most books have no settings file

    from sheetrecord.app.settings.checked import LARGEST, tables_of

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CannotRead(path, f"{error.strerror}.", "Ask for the right to read it.") from error
    if len(content) > LARGEST:
        wrong = SettingsMistake(
            0, "", "it is larger than a settings file is.", "Take out what is none."
        )
        raise WrongSettings(path, [wrong])
    digest = blake2b(content, digest_size=32).hexdigest()
    tell("settings", path)
    return Config(path, digest, tables_of(path, content, digest, keep=keep), vouch)

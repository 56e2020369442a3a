"""Show how bank files were read: each line, and each row left out with its reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.plugins import BANKS, first_reading, load_plugins
from sheetrecord.app.reconcile.inputs import FileRows, read_bytes, rows_of
from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.ledgers.accounts import settle
from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.reading import Reading
from sheetrecord.model.errors import CannotRead


class UnderstoodFile(NamedTuple):
    """One file: its lines and row counts, or why it was refused."""

    path: Path
    lines: tuple[BankLine, ...] = ()
    rows: FileRows | None = None
    refused: str = ""


def understood_files(paths: Sequence[Path], profile: Profile) -> list[UnderstoodFile]:
    """Read each file by itself; a refused one does not stop the others."""
    load_plugins()
    return [_understood(path, profile) for path in paths]


def _understood(path: Path, profile: Profile) -> UnderstoodFile:
    try:
        reading = _read(path, profile)
    except CannotRead as refused:
        return UnderstoodFile(path, refused=str(refused))
    return UnderstoodFile(path, reading.lines, rows_of(str(path), reading))


def _read(path: Path, profile: Profile) -> Reading:
    data = read_bytes(path)
    added: Reading | None = first_reading(BANKS, data, path.name)
    if added is not None:
        return settle(added, profile, path.name)[0]
    return read_bank(data, path.name, profile).reading

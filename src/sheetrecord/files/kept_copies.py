"""Copies of a workbook that are kept for good under a plain name, beside its rotating versions."""

import os
from itertools import count

from sheetrecord.files.backups import versions_folder
from sheetrecord.files.fingerprints import PathLike
from sheetrecord.files.replacing import replace


def keep(path: PathLike, label: str, data: bytes) -> str:
    """Keep ``data``, a state of the workbook at ``path``, and return where it is.

    The name is the workbook's with the label behind it; the same bytes are kept once under it,
    other bytes get the next number. Raises CannotWrite when they cannot be kept.
    """
    folder = versions_folder(os.path.realpath(path))
    stem, suffix = os.path.splitext(os.path.basename(path))
    for number in count(1):
        again = "" if number == 1 else f" ({number})"
        kept = os.path.join(folder, f"{stem} {label}{again}{suffix}")
        if not os.path.exists(kept):
            replace(kept, data, None)
            return kept
        with open(kept, "rb") as file:
            if file.read() == data:
                return kept
    raise AssertionError("numbers do not end")


def kept(path: PathLike, label: str) -> list[str]:
    """Return where the states kept under a label are, the newest last."""
    folder = versions_folder(os.path.realpath(path))
    stem, suffix = os.path.splitext(os.path.basename(path))
    found = [
        os.path.join(folder, name)
        for name in os.listdir(folder)
        if name.startswith(f"{stem} {label}") and name.endswith(suffix)
    ]
    return sorted(found, key=os.path.getmtime)

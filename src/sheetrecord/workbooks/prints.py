"""What identifies the content of files: of one workbook, or of a folder's CSV files together."""

from collections.abc import Mapping
from pathlib import Path

from sheetrecord.files import Fingerprint, fingerprint, pending
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.model.errors import CannotRead


def of_file(path: Path) -> Fingerprint:
    """Return a file's fingerprint. Raises CannotRead, also for an empty one, and Locked."""
    found = fingerprint(path)
    if not found.size:
        why = "the file is empty (0 bytes), as while it is being uploaded."
        do = "Wait for the upload, or put the last backup back."
        raise CannotRead(path, why, do, "empty")
    return found


def of_files(folder: Path) -> dict[str, Fingerprint]:
    """Return the fingerprints of a folder's CSV files by name. Raises CannotRead and Locked."""
    names = sorted(one.name for one in folder.iterdir() if one.suffix.lower() == ".csv")
    if not names:
        why, do = "the folder holds no CSV files.", "Export each sheet to a file of its name."
        raise CannotRead(folder, why, do, "empty")
    found = {name: fingerprint(folder / name) for name in names}
    return found | {name: of_data(data) for name, data in pending(folder).items()}


def of_data(data: bytes) -> Fingerprint:
    """Return the fingerprint of what is not in its file yet."""
    return Fingerprint(digest_of_bytes(data), len(data), 0, 0)


def together(files: Mapping[str, Fingerprint]) -> Fingerprint:
    """Return the print of a folder from those of its files: all contents, the newest time."""
    told = "".join(f"{name}\0{one.digest}\n" for name, one in sorted(files.items()))
    digest = digest_of_bytes(told.encode("utf-8", "surrogateescape"))
    size = sum(one.size for one in files.values())
    return Fingerprint(digest, size, max(one.mtime_ns for one in files.values()), 0)


def of_folder(folder: Path) -> Fingerprint:
    """Return the print of a folder's CSV files together. Raises CannotRead and Locked."""
    return together(of_files(folder))

"""Cheap change detection: a hash of a whole file and a hash of each of its sheets."""

from os import PathLike

from sheetrecord.xlsx.archive.directory import Member
from sheetrecord.xlsx.archive.members import Source
from sheetrecord.xlsx.package import Package, rels_name
from sheetrecord.xlsx.read.reader import open_workbook

_BLOCK = 1 << 20


def fingerprint(path: "str | PathLike[str]") -> str:
    """Return a hash of a file's bytes (BLAKE2b, 128 bits); equal hashes mean equal files.

    Raises `OSError` when the file cannot be read.
    """
    from hashlib import blake2b

    found = blake2b(digest_size=16)
    with open(path, "rb") as file:  # noqa: PTH123 - takes str and PathLike without pathlib
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def quick_sheets(source: Source) -> dict[str, str]:
    """Return a hash for each sheet; equal hashes mean that its `Grid` is unchanged.

    Built from the checksums in the zip's directory, nothing large is inflated. It covers what a
    cell's value depends on outside its sheet (shared strings, styles, epoch), so a change there
    counts for every sheet. Raises `Refused` as `open_workbook`.
    """
    from hashlib import blake2b

    workbook = open_workbook(source)
    package = workbook.package
    common = [package.shared_strings, package.styles]
    found = {}
    for sheet in workbook.sheets:
        digest = blake2b(str(workbook.date1904).encode(), digest_size=16)
        for part in [*common, *_parts(package, sheet.part)]:
            digest.update(_checksum(package.parts.find(part) if part else None))
        found[sheet.name] = digest.hexdigest()
    return found


def _parts(package: Package, sheet: str) -> list[str]:
    """Return the parts a sheet consists of: itself, its relationships, its tables and notes."""
    if not sheet:
        return []
    related = package.relationships(sheet)
    return [
        sheet,
        rels_name(sheet),
        *(rel.target for rel in related if rel.kind in {"table", "comments"} and not rel.external),
    ]


def _checksum(member: Member | None) -> bytes:
    return b"-" if member is None else f"{member.name}\0{member.crc}\0{member.size}\0".encode()

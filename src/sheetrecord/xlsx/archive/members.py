r"""The zip container of a workbook: find its members, inflate them lazily, copy them raw.

Format: PKWARE APPNOTE 6.3.10, restricted as ECMA-376 part 2 annex B asks (stored or deflated,
not encrypted, one disk). Names are matched without regard to case, and ``\\`` and a leading
``/`` are read as OPC does. Anything inconsistent is refused: a file two programs would read
differently must not be patched.
"""

from collections.abc import Iterator
from os import PathLike
from typing import Final, NamedTuple, TypeAlias

from sheetrecord.xlsx.archive.deflate import isal_zlib
from sheetrecord.xlsx.archive.directory import (
    DEFLATED,
    ENCRYPTED_FLAGS,
    STORED,
    Member,
    clean_name,
    damaged,
    directory,
)
from sheetrecord.xlsx.errors import Refused

Source: TypeAlias = "bytes | str | PathLike[str]"
"""A workbook's bytes, or the path of the file that holds them."""

CHUNK: Final = 1 << 19
BROKEN: Final[type[Exception]] = isal_zlib.error


class RawMember(NamedTuple):
    """A member as stored: its header fields and its compressed bytes."""

    member: Member
    data: memoryview


class Container:
    """The members of one zip, found by name whatever its case, inflated only when asked."""

    __slots__ = ("_by_name", "comment", "data", "members")

    def __init__(self, data: bytes) -> None:
        """Read the central directory; raise `Refused` when the zip is not sound."""
        self.data = data
        self.members, self.comment = directory(data)
        self._by_name: dict[str, Member] = {}
        for member in self.members:
            self._add(member)

    @classmethod
    def open(cls, source: Source) -> "Container":
        """Open a workbook from its bytes or its path.

        The file is read at once (a workbook's compressed bytes are small) so that another
        program's save cannot pull it away half-way. Raises `Refused`, and `OSError` for the path.
        """
        if isinstance(source, (bytes, bytearray, memoryview)):
            return cls(bytes(source))
        with open(source, "rb") as file:  # noqa: PTH123 - takes str and PathLike without pathlib
            return cls(file.read())

    def _add(self, member: Member) -> None:
        if member.name.endswith("/"):
            return
        if member.flags & ENCRYPTED_FLAGS:
            raise Refused(
                "encrypted",
                "The workbook's parts are encrypted: save a copy without a password, and retry.",
            )
        if member.method not in {STORED, DEFLATED}:
            raise Refused(
                "zip-method",
                f"Part {member.name!r} uses a compression that workbooks do not use: "
                "save the file again in Excel, and retry.",
            )
        if member.method == STORED and member.size != member.packed:
            raise damaged(f"part {member.name!r} has two sizes")
        key = member.name.lower()
        if key in self._by_name:
            raise Refused(
                "zip-duplicate",
                f"The file holds part {member.name!r} twice, so programs disagree on what it says: "
                "save it again in Excel, and retry.",
            )
        self._by_name[key] = member

    def names(self) -> list[str]:
        """Return the parts' names in file order, cleaned but in their own case; no folders."""
        return [m.name for m in self.members if not m.name.endswith("/")]

    def find(self, name: str) -> Member | None:
        """Return the member of this name, whatever its case and slashes, or None."""
        return self._by_name.get(clean_name(name).lower())

    def member(self, name: str) -> Member:
        """Return the member of this name; `Refused` (``missing-part``) when there is none."""
        found = self.find(name)
        if found is None:
            raise Refused(
                "missing-part",
                f"Part {name!r} of the workbook is missing: save it again in Excel, and retry.",
            )
        return found

    def raw(self, name: str) -> RawMember:
        """Return the member's header fields and compressed bytes (not copied)."""
        member = self.member(name)
        view = memoryview(self.data)[member.data_start : member.data_start + member.packed]
        return RawMember(member, view)

    def read(self, name: str, max_size: int = 1 << 31) -> bytes:
        """Return the whole inflated member, its size and CRC checked.

        Raises `Refused`: ``bomb`` above ``max_size`` bytes, ``zip`` when it does not inflate to
        exactly what the directory says.
        """
        member, view = self.raw(name)
        if member.size > max_size:
            raise _too_big(member)
        if member.method == STORED:
            data = bytes(view)
        else:
            inflate = isal_zlib.decompressobj(wbits=-15)
            try:
                data = inflate.decompress(view, member.size + 1)
            except BROKEN:
                raise damaged(f"part {member.name!r} does not inflate") from None
        if len(data) != member.size or isal_zlib.crc32(data) != member.crc:
            raise damaged(f"part {member.name!r} fails its checksum")
        return data

    def stream(self, name: str, max_size: int = 1 << 31) -> Iterator[bytes]:
        """Yield the inflated member in chunks of about 512 KiB; checks and errors as `read`.

        The checksum is known only at the end: act on nothing before the iterator is exhausted.
        """
        member, view = self.raw(name)
        if member.size > max_size:
            raise _too_big(member)
        seen, crc = 0, 0
        for chunk in _inflated(member, view):
            seen += len(chunk)
            if seen > member.size:
                break
            crc = isal_zlib.crc32(chunk, crc)
            yield chunk
        if seen != member.size or crc != member.crc:
            raise damaged(f"part {member.name!r} fails its checksum")


def _inflated(member: Member, view: memoryview) -> Iterator[bytes]:
    if member.method == STORED:
        for at in range(0, len(view), CHUNK):
            yield bytes(view[at : at + CHUNK])
        return
    inflate = isal_zlib.decompressobj(wbits=-15)
    try:
        for at in range(0, len(view), CHUNK // 4):
            chunk = inflate.decompress(view[at : at + CHUNK // 4], CHUNK)
            while chunk:
                yield chunk
                chunk = inflate.decompress(inflate.unconsumed_tail, CHUNK)
    except BROKEN:
        raise damaged(f"part {member.name!r} does not inflate") from None


def _too_big(member: Member) -> Refused:
    return Refused(
        "bomb",
        f"Part {member.name!r} claims {member.size:,} bytes, more than a workbook needs: "
        "it is not opened.",
    )

r"""The zip container of a workbook: find its members, inflate them lazily, copy them raw.

Format: PKWARE APPNOTE 6.3.10, restricted as ECMA-376 part 2 annex B asks (stored or deflated,
not encrypted, one disk). Names are matched without regard to case, and ``\\`` and a leading
``/`` are read as OPC does. Anything inconsistent is refused: a file two programs would read
differently must not be patched.
"""

import os
import stat
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
from sheetrecord.xlsx.limits import Limits, exceeded

Source: TypeAlias = "bytes | str | PathLike[str]"
"""A workbook's bytes, or the path of the file that holds them."""

CHUNK: Final = 1 << 19
BROKEN: Final[type[Exception]] = isal_zlib.error


class RawMember(NamedTuple):
    """A member as stored: its header fields and its compressed bytes."""

    member: Member
    data: memoryview


class Container:
    """The members of one zip, found by name whatever its case, inflated only when asked.

    Nothing is inflated beyond ``limits``, which hold for all the parts together: what was looked at
    once is counted once.
    """

    __slots__ = ("_by_name", "_spent", "comment", "data", "limits", "members")

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        """Read the central directory; raise `Refused` when the zip is not sound."""
        self.data = data
        self.limits = limits or Limits()
        self._spent: dict[str, int] = {}
        self.members, self.comment = directory(data)
        self._by_name: dict[str, Member] = {}
        for member in self.members:
            self._add(member)

    @classmethod
    def open(cls, source: Source, limits: Limits | None = None) -> "Container":
        """Open a workbook from its bytes or its path; `Refused` when it is not one.

        The file is read at once (a workbook's compressed bytes are small) so that another
        program's save cannot pull it away half-way.
        """
        if isinstance(source, (bytes, bytearray, memoryview)):
            return cls(bytes(source), limits)
        try:
            _check_file(source, limits or Limits())
            with open(source, "rb") as file:  # noqa: PTH123 - takes str and PathLike without pathlib
                return cls(file.read(), limits)
        except FileNotFoundError:
            raise Refused("missing", f"There is no file {source!s}: check the path.") from None
        except OSError as error:
            raise Refused(
                "unreadable", f"{source!s} cannot be read ({error.strerror}): check it, and retry."
            ) from None

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
            raise missing_part(name)
        return found

    def raw(self, name: str) -> RawMember:
        """Return the member's header fields and compressed bytes (not copied)."""
        member = self.member(name)
        view = memoryview(self.data)[member.data_start : member.data_start + member.packed]
        return RawMember(member, view)

    def _charge(self, member: Member) -> None:
        """Refuse a member that unpacks to more than the limits allow, before memory is spent."""
        limits = self.limits
        self._spent[member.name] = member.size
        if sum(self._spent.values()) > limits.inflated:
            raise exceeded("inflated", f"it unpacks to more than {limits.inflated:,} bytes")
        if member.size > limits.floor and member.size > limits.ratio * member.packed:
            raise exceeded(
                "ratio", f"part {member.name!r} unpacks to more than {limits.ratio} times its size"
            )

    def read(self, name: str) -> bytes:
        """Return the whole inflated member, its size and CRC checked.

        Raises `Refused`: ``bomb`` beyond the limits, ``zip`` when it does not inflate to exactly
        what the directory says.
        """
        member, view = self.raw(name)
        self._charge(member)
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

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the inflated member in chunks of about 512 KiB; checks and errors as `read`.

        The checksum is known only at the end: act on nothing before the iterator is exhausted.
        """
        member, view = self.raw(name)
        self._charge(member)
        return self._streamed(member, view)

    def _streamed(self, member: Member, view: memoryview) -> Iterator[bytes]:
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


def missing_part(name: str) -> Refused:
    """Return the error for a part, or the sheet it is for, that the file does not hold."""
    return Refused(
        "missing-part",
        f"Part {name!r} of the workbook is missing: save it again in Excel, and retry.",
    )


def _check_file(path: "str | PathLike[str]", limits: Limits) -> None:
    """Refuse what is no file, or too large a one, before it is read."""
    found = os.stat(path)  # noqa: PTH116 - takes str and PathLike without pathlib
    if stat.S_ISDIR(found.st_mode):
        raise Refused("folder", f"{path!s} is a folder: name a workbook in it.")
    if not stat.S_ISREG(found.st_mode):
        raise Refused("not-a-file", f"{path!s} is no ordinary file: name a workbook.")
    if found.st_size > limits.file:
        with open(path, "rb") as file:  # noqa: PTH123 - takes str and PathLike without pathlib
            start = file.read(2)
        if start != b"PK":
            raise Refused(
                "not-a-workbook", "The file is not an .xlsx or .xlsm workbook: choose another."
            )
        raise exceeded("file", f"the file has more than {limits.file:,} bytes")

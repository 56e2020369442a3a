"""Write a zip: untouched members copied raw, changed and new ones compressed, nothing else moved.

Deterministic: a replaced member keeps its old time stamp, a new one gets 1980-01-01, and the
compressor and its level are fixed.
"""

from collections.abc import Sequence
from struct import pack_into
from typing import Final

from sheetrecord.xlsx.archive.compressed import Packed
from sheetrecord.xlsx.archive.deflate import isal_zlib
from sheetrecord.xlsx.archive.directory import (
    DEFLATED,
    DESCRIPTOR_FLAG,
    END,
    END64,
    ENTRY,
    FULL16,
    FULL32,
    LOCAL,
    LOCATOR64,
    STORED,
    UTF8_FLAG,
    Member,
)
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.xml.splice import Content, Out, Spliced

EPOCH: Final = (1 << 5) | 1  # 1980-01-01, the first day a zip can name
VERSION: Final = 20


class ZipWriter:
    """The members written so far and where each begins."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._at = 0
        self._entries: list[bytes] = []

    def _put(self, *pieces: bytes | memoryview) -> None:
        for piece in pieces:
            self._out.write(piece)
            self._at += len(piece)
        if self._at >= FULL32:
            raise Refused("too-big", "The workbook would grow beyond 4 GB: split it first.")

    def copy(self, source: Container, member: Member) -> None:
        """Copy a member raw: local header, extra field, compressed bytes and data descriptor."""
        entry = bytearray(member.entry)
        _set_offset(entry, member, self._at)
        stop = member.data_start + member.packed
        stop += _descriptor(source.data, stop, member)
        self._put(memoryview(source.data)[member.offset : stop])
        self._entries.append(bytes(entry))

    def add(self, name: str, content: Content, old: Member | None) -> None:
        """Compress a member, under its old name, time stamp and attributes when it had them."""
        method = STORED if old is not None and old.method == STORED else DEFLATED
        crc, size, pieces = _compressed(content, method)
        packed = sum(map(len, pieces))
        raw_name = old.raw_name if old else name.encode()
        flags = (old.flags & UTF8_FLAG) if old else (0 if name.isascii() else UTF8_FLAG)
        time, date = (old.time, old.date) if old else (0, EPOCH)
        fields = (flags, method, time, date, crc, packed, size, len(raw_name))
        if max(packed, size) >= FULL32:
            raise Refused("too-big", f"Part {name!r} would grow beyond 4 GB: split the workbook.")
        made_by = old.entry[4:6] if old else VERSION.to_bytes(2, "little")
        attributes = old.entry[36:42] if old else bytes(6)
        entry = bytearray(ENTRY.pack(b"PK\x01\x02", 0, VERSION, *fields, 0, 0, 0, 0, 0, self._at))
        entry[4:6] = made_by
        entry[36:42] = attributes
        self._entries.append(bytes(entry) + raw_name)
        self._put(LOCAL.pack(b"PK\x03\x04", VERSION, *fields, 0), raw_name, *pieces)

    def finish(self, comment: bytes) -> None:
        """Write the central directory and the end records."""
        start, count = self._at, len(self._entries)
        self._put(*self._entries)
        size, end = self._at - start, self._at
        if count >= FULL16:
            self._put(
                END64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start),
                LOCATOR64.pack(b"PK\x06\x07", 0, end, 1),
            )
        short = min(count, FULL16)
        self._put(END.pack(b"PK\x05\x06", 0, 0, short, short, size, start, len(comment)), comment)


def _compressed(content: Content, method: int) -> tuple[int, int, Sequence[bytes]]:
    if method == STORED:
        data = content if isinstance(content, bytes) else b"".join(content.chunks())
        return isal_zlib.crc32(data), len(data), [data]
    if isinstance(content, Spliced):
        content = Packed(content.chunks(), len(content.data))
    elif isinstance(content, bytes):
        content = Packed((content,), len(content))
    return content.crc, content.size, content.pieces


def _set_offset(entry: bytearray, member: Member, offset: int) -> None:
    """Put a new offset into a central entry: in its field, or in its zip64 extra (4.5.3)."""
    if entry[42:46] != b"\xff\xff\xff\xff":
        pack_into("<L", entry, 42, offset)
        return
    at = ENTRY.size + len(member.raw_name)
    stop = at + len(member.extra)
    while at + 4 <= stop:
        kind, length = (int.from_bytes(entry[at + i : at + i + 2], "little") for i in (0, 2))
        if kind == 1:
            before = (entry[24:28] == b"\xff\xff\xff\xff") + (entry[20:24] == b"\xff\xff\xff\xff")
            if 8 * before + 8 <= length:
                pack_into("<Q", entry, at + 4 + 8 * before, offset)
            return
        at += 4 + length


def _descriptor(data: bytes, at: int, member: Member) -> int:
    """Return the length of the data descriptor after a member's bytes (4.3.9), 0 when none."""
    if not member.flags & DESCRIPTOR_FLAG:
        return 0
    crc = member.crc.to_bytes(4, "little")
    for mark in (b"PK\x07\x08", b""):
        for width in (4, 8):
            if max(member.packed, member.size) >> (8 * width):
                continue
            sizes = member.packed.to_bytes(width, "little") + member.size.to_bytes(width, "little")
            if data.startswith(mark + crc + sizes, at):
                return len(mark) + 4 + 2 * width
    return 0


def write(
    source: Container, changes: dict[str, Content | None], added: dict[str, Content], out: Out
) -> None:
    """Write the source with changed (None: removed) members, and the added ones at the end.

    ``changes`` is keyed by the lower-case clean name, ``added`` by the name to write; both are
    emptied, so that what is written is not held twice.
    """
    writer = ZipWriter(out)
    for member in source.members:
        key = member.name.lower()
        if key not in changes:
            writer.copy(source, member)
        elif (content := changes.pop(key)) is not None:
            writer.add(member.name, content, member)
    for name in list(added):
        writer.add(name, added.pop(name), None)
    writer.finish(source.comment)

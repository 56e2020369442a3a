"""The central directory of a zip: its end record, its entries, where each member's bytes start.

Format: PKWARE APPNOTE 6.3.10. Anything two programs could read differently is refused.
"""

import itertools
from struct import Struct, error
from typing import Final, NamedTuple

from sheetrecord.xlsx.errors import Refused

STORED: Final = 0
DEFLATED: Final = 8
END: Final = Struct("<4s4H2LH")  # APPNOTE 4.3.16
END64: Final = Struct("<4sQ2H2L4Q")  # APPNOTE 4.3.14
LOCATOR64: Final = Struct("<4sLQL")  # APPNOTE 4.3.15
ENTRY: Final = Struct("<4s6H3L5H2L")  # APPNOTE 4.3.12
LOCAL: Final = Struct("<4s5H3L2H")  # APPNOTE 4.3.7
FULL32: Final = 0xFFFFFFFF
FULL16: Final = 0xFFFF
ENCRYPTED_FLAGS: Final = 0x0001 | 0x0040 | 0x2000
DESCRIPTOR_FLAG: Final = 0x0008
UTF8_FLAG: Final = 0x0800
MAX_MEMBERS: Final = 100_000


class Member(NamedTuple):
    """One central-directory entry; sizes in bytes, offsets from the first byte of the zip."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    offset: int
    data_start: int
    entry: bytes
    """The central-directory record as found, with its extra field and comment."""
    extra: bytes
    comment: bytes


def damaged(detail: str) -> Refused:
    """Return the refusal for a zip that contradicts itself."""
    return Refused(
        "zip",
        f"The file is damaged ({detail}): open it in Excel, save it again, and retry.",
    )


def _end(data: bytes) -> tuple[int, int, int, int]:
    """Return the entry count, the directory's size and offset, and where the end record is."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    while at >= 0 and at + END.size > len(data):
        at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557), at)
    if at < 0:
        raise _not_a_zip(data)
    _, disk, first_disk, _, count, size, offset, _ = END.unpack_from(data, at)
    if disk != first_disk:
        raise damaged("it is one part of a split archive")
    locator = at - LOCATOR64.size
    if locator >= 0 and data[locator : locator + 4] == b"PK\x06\x07":
        return _end64(data, locator)
    return count, size, offset, at


def _end64(data: bytes, locator: int) -> tuple[int, int, int, int]:
    offset64 = LOCATOR64.unpack_from(data, locator)[2]
    for at in (offset64, data.rfind(b"PK\x06\x06", max(0, locator - 4096), locator)):
        if 0 <= at <= len(data) - END64.size and data[at : at + 4] == b"PK\x06\x06":
            fields = END64.unpack_from(data, at)
            return fields[7], fields[8], fields[9], at
    raise damaged("its zip64 end record is missing")


def _not_a_zip(data: bytes) -> Refused:
    if not data:
        return Refused("empty", "The file is empty: ask the sender for it again.")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Refused(
                "encrypted",
                "The workbook is locked with a password: save a copy without it, and retry.",
            )
        return Refused(
            "xls",
            "The file is in the old .xls format: save it as .xlsx in Excel, and retry.",
        )
    if data[:4] == b"PK\x03\x04":
        return damaged("its end is missing, as after a broken download")
    return Refused("not-a-workbook", "The file is not an .xlsx or .xlsm workbook: choose another.")


def _zip64(extra: bytes, member: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return size, packed size and offset with the values of a zip64 extra (APPNOTE 4.5.3)."""
    size, packed, offset = member
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), extra[at + 2]
        length += extra[at + 3] << 8
        if kind == 1:
            body = memoryview(extra)[at + 4 : at + 4 + length]
            values = iter([int.from_bytes(body[i : i + 8], "little") for i in range(0, length, 8)])
            size = next(values, size) if size == FULL32 else size
            packed = next(values, packed) if packed == FULL32 else packed
            offset = next(values, offset) if offset == FULL32 else offset
        at += 4 + length
    return size, packed, offset


def clean_name(name: str) -> str:
    r"""Return a member's name as OPC compares it, but in its own case.

    >>> clean_name("\\xl\\Workbook.xml")
    'xl/Workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/")


def directory(data: bytes) -> tuple[list[Member], bytes]:
    """Return the members in directory order and the archive's comment, or raise `Refused`."""
    try:
        return _directory(data)
    except (error, IndexError, UnicodeDecodeError):
        raise damaged("its list of parts cannot be read") from None


def _directory(data: bytes) -> tuple[list[Member], bytes]:
    count, size, offset, end = _end(data)
    base = end - size - offset  # bytes put before the zip shift every offset
    if base < 0 or offset + size > len(data):
        raise damaged("its list of parts is cut off")
    if count > MAX_MEMBERS:
        raise Refused(
            "bomb", "The file claims too many parts for a workbook: do not open it, ask the sender."
        )
    at = offset + base
    members = []
    for _ in range(count):
        member = _entry(data, at, base)
        members.append(member)
        at += len(member.entry)
    spans = sorted((m.offset, m.data_start + m.packed) for m in members)
    if any(stop > start for (_, stop), (start, _) in itertools.pairwise(spans)):
        raise damaged("two of its parts overlap")
    return members, data[data.rfind(b"PK\x05\x06") + END.size :]


def _entry(data: bytes, at: int, base: int) -> Member:
    fields = ENTRY.unpack_from(data, at)
    if fields[0] != b"PK\x01\x02":
        raise damaged("its list of parts is broken")
    flags, method, time, date, crc, packed, size = fields[3:10]
    name_len, extra_len, comment_len = fields[10:13]
    stop = at + ENTRY.size + name_len + extra_len + comment_len
    raw_name = data[at + ENTRY.size : at + ENTRY.size + name_len]
    extra = data[at + ENTRY.size + name_len : stop - comment_len]
    size, packed, offset = _zip64(extra, (size, packed, fields[16]))
    offset += base
    utf8 = flags & UTF8_FLAG or raw_name.isascii()  # both begin with ASCII; cp437 has to be loaded
    name = clean_name(raw_name.decode("utf-8" if utf8 else "cp437"))
    start = _data_start(data, offset, raw_name)
    if start + packed > len(data):
        raise damaged(f"part {name!r} is cut off")
    entry, comment = data[at:stop], data[stop - comment_len : stop]
    return Member(
        name,
        raw_name,
        flags,
        method,
        time,
        date,
        crc,
        packed,
        size,
        offset,
        start,
        entry,
        extra,
        comment,
    )


def _data_start(data: bytes, offset: int, raw_name: bytes) -> int:
    local = LOCAL.unpack_from(data, offset)
    if local[0] != b"PK\x03\x04":
        raise damaged(f"part {raw_name.decode('cp437')!r} is not where the list says")
    name_at = offset + LOCAL.size
    own = data[name_at : name_at + local[9]]
    if own.replace(b"\\", b"/").lstrip(b"/") != raw_name.replace(b"\\", b"/").lstrip(b"/"):
        raise damaged(f"part {raw_name.decode('cp437')!r} goes by two names")
    return name_at + int(local[9]) + int(local[10])

"""Outlook messages for the tests of capture, made in memory: compound files with a mail's streams."""

import struct
from collections.abc import Mapping

_SECTOR, _MINI = 512, 64
_NONE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SENT = 134229636000000000
"""11 May 2026, 9:00 UTC, in steps of 100 ns since 1601."""
_TEXT, _TIME, _READABLE = 0x001F, 0x0040, 6
_PROPERTIES = "__properties_version1.0"

Streams = Mapping[str, bytes]


def msg(text: str, *, headers: str = "") -> bytes:
    """Return Rita Ode's mail of 11 May 2026 to Tom as Outlook saves it."""
    texts = {
        0x001A: "IPM.Note", 0x0037: "The project", 0x0C1A: "Rita Ode", 0x0C1E: "SMTP",
        0x0C1F: "rita@ode.example", 0x1000: text,
    }  # fmt: skip
    if headers:
        texts[0x007D] = headers
    sent = struct.pack("<HHIQ", _TIME, 0x0039, _READABLE, _SENT)
    told = _streams(texts) | {_PROPERTIES: bytes(32) + _rows(texts) + sent}
    whom = {0x3001: "Tom", 0x3003: "tom@ours.example", 0x39FE: "tom@ours.example"}
    to = _streams(whom) | {_PROPERTIES: bytes(8) + _rows(whom)}
    return compound(told, {"__recip_version1.0_#00000000": to})


def _streams(texts: Mapping[int, str]) -> dict[str, bytes]:
    return {f"__substg1.0_{tag:04X}001F": one.encode("utf-16-le") for tag, one in texts.items()}


def _rows(texts: Mapping[int, str]) -> bytes:
    sizes = {tag: len(one.encode("utf-16-le")) + 2 for tag, one in texts.items()}
    return b"".join(
        struct.pack("<HHIII", _TEXT, tag, _READABLE, size, 0) for tag, size in sizes.items()
    )


def compound(streams: Streams, folders: Mapping[str, Streams]) -> bytes:
    """Return a compound file: small streams (below 4,096 bytes), and folders of such."""
    mini, table, entries = bytearray(), list[int](), [b""]

    def chain(members: Streams, below: Mapping[str, Streams]) -> int:
        """Add the members of a folder as a list; return the first one's number."""
        names = sorted([*members, *below], key=lambda name: (len(name), name.upper()))
        after = _NONE
        for name in reversed(names):
            if name in below:
                made = _entry(name, 1, after, chain(below[name], {}), 0, 0)
            else:
                data = members[name]
                made = _entry(name, 2, after, _NONE, len(mini) // _MINI, len(data))
                first, count = len(mini) // _MINI, -(-len(data) // _MINI)
                mini.extend(data.ljust(count * _MINI, b"\0"))
                table.extend((*range(first + 1, first + count), _END))
            entries.append(made)
            after = len(entries) - 1
        return after

    first = chain(streams, folders)
    entries[0] = _entry("Root Entry", 5, _NONE, first, 1, len(mini))
    parts = [_padded(bytes(mini)), _padded(_packed(table), b"\xff"), _padded(b"".join(entries))]
    fat, starts = [_TABLE], list[int]()
    for part in parts:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + len(part) // _SECTOR), _END]
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, 1,
        starts[2], 0, 4096, starts[1], len(parts[1]) // _SECTOR, _END, 0,
    )  # fmt: skip
    head += _packed([0, *[_NONE] * 108])
    return head + _padded(_packed(fat), b"\xff") + b"".join(parts)


def _packed(numbers: list[int]) -> bytes:
    return b"".join(struct.pack("<I", one) for one in numbers)


def _padded(data: bytes, filling: bytes = b"\0") -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, filling)


def _entry(name: str, kind: int, after: int, child: int, start: int, size: int) -> bytes:
    called = name.encode("utf-16-le") + b"\0\0"
    told = struct.pack("<64sHBBIII", called, len(called), kind, 1, _NONE, after, child)
    return told + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, start, size)

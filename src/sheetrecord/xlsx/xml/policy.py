"""What XML of a workbook is read at all: its encoding, no document type, no entity of its own.

Whoever reads a part, to know it or to change it, asks here and refuses in these words.
"""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import exceeded

MARK: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final = {
    "utf-8": "",
    "utf8": "",
    "us-ascii": "",
    "ascii": "",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
}
_USUAL: Final = b'<?xml version="1.0" encoding="UTF-8"'
_DECLARED: Final = rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']"""
_NO_REFERENCE: Final = rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)"
_NUMBERED: Final = rb"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));"
_PIECE: Final = 1 << 20


def corrupt(part: str, detail: str) -> Refused:
    """Return the error for a part with impossible content; ``part`` may be "" when not known."""
    where = f"part {part!r}: " if part else ""
    return Refused(
        "corrupt",
        f"The file is damaged ({where}{detail}): open it in Excel, save it again, and retry.",
    )


def document_type(part: str) -> Refused:
    """Return the error for a part with a document type: how entity bombs and disclosure begin."""
    return Refused(
        "dtd",
        f"Part {part!r} declares a document type, which no workbook needs and attacks use: do not "
        "open the file, ask the sender.",
    )


def nested(part: str, depth: int) -> Refused:
    """Return the error for elements inside one another beyond the limit."""
    return exceeded("depth", f"part {part!r} nests more than {depth} elements")


def wrong_encoding(part: str, encoding: str) -> Refused:
    """Return the error for a part whose bytes are not what they say."""
    return Refused(
        "encoding",
        f"Part {part!r} is not written in the encoding it claims ({encoding}): open the file in "
        "Excel, save it again, and retry.",
    )


def encoding_of(first: bytes) -> str:
    """Return Python's name of a part's encoding from its first bytes, "" for UTF-8.

    A byte-order mark counts for more than what is declared. ``unknown-...`` for one that no
    workbook is written in.
    """
    if first.startswith(MARK):
        return ""
    if first.startswith((b"\xff\xfe", b"<\x00")):
        return "utf-16-le"
    if first.startswith((b"\xfe\xff", b"\x00<")):
        return "utf-16-be"
    if first.startswith(_USUAL) or not first.startswith(b"<?xml"):
        return ""
    declared = re.match(_DECLARED, first[:200])
    if declared is None:
        return ""
    name = declared[1].decode().lower()
    return _ENCODINGS.get(name, "unknown-" + name)


def utf8(chunks: Iterator[bytes], part: str) -> Iterator[bytes]:
    """Yield a part's chunks as UTF-8 without a byte-order mark, whatever it was written in.

    Raises `Refused` (``encoding``) for a part in an encoding that workbooks do not use.
    """
    first = next(chunks, b"")
    while len(first) < 4:
        more = next(chunks, b"")
        if not more:
            break
        first += more
    encoding = encoding_of(first)
    if not encoding:
        yield first.removeprefix(MARK)
        yield from chunks
        return
    import codecs

    try:
        decode = codecs.getincrementaldecoder(encoding)().decode
        yield decode(first).removeprefix("\ufeff").encode()
        for chunk in chunks:
            yield decode(chunk).encode()
        yield decode(b"", True).encode()
    except (LookupError, UnicodeError):
        raise wrong_encoding(part, encoding) from None


def to_utf8(data: bytes, part: str) -> bytes:
    """Return a whole part as UTF-8 without a byte-order mark; errors as `utf8`.

    Its declaration is corrected, so that what is made of it says the truth about itself. A part in
    UTF-8 comes back as it is, but for its mark.
    """
    encoding = encoding_of(data)
    if not encoding:
        return data.removeprefix(MARK)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        raise wrong_encoding(part, encoding) from None
    text = re.sub(r"""^(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*""", r"\1UTF-8", text, count=1)
    return text.encode()


def check(data: bytes, part: str) -> None:
    """Refuse masked bytes that are not UTF-8 or refer to entities or characters XML does not have.

    What a walk over all of the part would refuse too: this is for a part of which only some places
    are looked at.
    """
    if not data.isascii():
        _check_utf8(data, part)
    if b"&" not in data:
        return
    strange = re.search(_NO_REFERENCE, data)
    if strange is not None:
        raise corrupt(part, "not well-formed XML, it refers to an entity that is not there")
    if b"&#" in data:
        for match in re.finditer(_NUMBERED, data):
            if not is_character(int(match[1], 16) if match[1] else int(match[2])):
                raise corrupt(part, "not well-formed XML, it names a character that is none")


def is_character(code: int) -> bool:
    """Whether XML 1.0 has a character of this number (section 2.2)."""
    return (
        code in {9, 10, 13}
        or 32 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
    )


def _check_utf8(data: bytes, part: str) -> None:
    import codecs

    decode = codecs.getincrementaldecoder("utf-8")().decode
    view = memoryview(data)
    try:
        for at in range(0, len(data), _PIECE):
            decode(view[at : at + _PIECE])
        decode(b"", True)
    except UnicodeDecodeError:
        raise corrupt(part, "not well-formed XML, it is not UTF-8") from None

"""Parse XML safely: a document with a DTD or entities is refused before it is parsed.

The parser itself would expand entities of an internal DTD (the billion-laughs attack); a bank file
never holds one.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

from sheetrecord.ledgers.errors import check_bytes, refuse

_DECLARED: Final = re.compile(rb"""^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
_HOSTILE: Final = re.compile(r"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODINGS: Final = re.compile(r"utf-?8|us-ascii|ascii|iso-?8859-\d+|windows-125\d|cp125\d|utf-?16")

Node = ET.Element


def parse_xml(data: bytes, name: str) -> Node:
    """Return the root element.

    Raises CannotRead for a DTD, an unsupported encoding or a truncated file.
    """
    check_bytes(data, name)
    text = _text(data, name)
    if _HOSTILE.search(text):
        why = "the XML holds a document type or entity; no bank file does, an attack would."
        raise refuse(name, why, "Do not use this file; download it again.", "dtd")
    try:
        return ET.fromstring(re.sub(r"^\s*<\?xml.*?\?>", "", text, flags=re.DOTALL))  # noqa: S314
    except ET.ParseError as err:
        line, column = err.position
        why = f"the XML breaks off or is damaged at line {line}, column {column}."
        raise refuse(name, why, "Download it again.", "truncated") from err


def _text(data: bytes, name: str) -> str:
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf \r\n\t"))
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    if not _ENCODINGS.match(encoding):
        raise refuse(name, f"the XML is in {encoding}.", "Ask the bank for UTF-8.", "encoding")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as err:
        why = f"the XML says it is {encoding}, but byte {err.start} is not."
        raise refuse(name, why, "Download it again.", "encoding") from err


def tag(node: Node) -> str:
    """Return an element's name without its namespace: banks use many versions of one schema."""
    return node.tag.rpartition("}")[2]


def kids(node: Node | None, *path: str) -> Iterator[Node]:
    """Yield the elements at a path of local names."""
    if node is None:
        return
    if not path:
        yield node
        return
    for child in node:
        if tag(child) == path[0]:
            yield from kids(child, *path[1:])


def kid(node: Node | None, *path: str) -> Node | None:
    """Return the first element at a path of local names, or None."""
    return next(kids(node, *path), None)


def value(node: Node | None, *path: str) -> str:
    """Return the text of the first non-empty element at a path, or ""."""
    for found in kids(node, *path):
        text = (found.text or "").strip()
        if text:
            return text
    return ""

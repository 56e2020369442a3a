"""XML read as bytes with offsets: tags, attributes and text, so that edits can be spliced in.

Well-formed XML has no ``<`` inside an attribute's value, so once comments, CDATA sections and
processing instructions are masked, every ``<`` begins a tag. Offsets in the masked bytes are
offsets in the original, which is what an edit is spliced into. What XML is read at all says
`policy`, for this way of reading as for the exact one (`tree`).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.xml.policy import corrupt, document_type, is_character, nested

_REST: Final = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
TAG: Final = re.compile(rb"""<(/?)(?:([^\s/>:"'<=!?]+):)?([^\s/>:"'<=!?]+)""" + _REST)
# An attempt may only begin where a name can begin: trying each byte of a long word that is no
# attribute would take the square of its length.
ATTRIBUTE: Final = re.compile(
    rb"""(?:^|(?<=[\s"']))([^\s=/<>"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')"""
)
_ENTITY: Final = r"&(?:(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);)?"
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_OPENINGS: Final = re.compile(rb"<!--|<\?|<!\[CDATA\[")
_DEPTH: Final = Limits().depth
_CLOSINGS: Final = {b"<!--": b"-->", b"<?": b"?>", b"<![CDATA[": b"]]>"}


class Attribute(NamedTuple):
    """An attribute's value as written (still escaped) and where that value lies."""

    value: bytes
    start: int
    end: int


class Tag(NamedTuple):
    """One tag: its span in the document, its name without prefix, its attributes unparsed."""

    start: int
    end: int
    close: bool
    prefix: bytes
    name: bytes
    rest_start: int
    rest: bytes

    @property
    def empty(self) -> bool:
        """Whether the tag closes itself."""
        return self.rest.endswith(b"/")

    def attributes(self) -> dict[bytes, Attribute]:
        """Return the attributes by qualified name; `Refused` when one comes twice."""
        found: dict[bytes, Attribute] = {}
        for match in ATTRIBUTE.finditer(self.rest):
            group = 2 if match[2] is not None else 3
            if match[1] in found:
                raise corrupt(
                    "", f"a tag has two {match[1].decode('utf-8', 'replace')!r} attributes"
                )
            found[match[1]] = Attribute(
                match[group],
                self.rest_start + match.start(group),
                self.rest_start + match.end(group),
            )
        return found

    def get(self, name: bytes) -> str | None:
        """Return one attribute's value unescaped, or None."""
        found = self.attributes().get(name)
        return None if found is None else text_of(found.value)

    def local(self, name: bytes) -> str | None:
        """Return the value of the prefixed attribute with this local name (``r:id``), or None."""
        for key, found in self.attributes().items():
            if key.endswith(b":" + name):
                return text_of(found.value)
        return None


def tag_at(data: bytes, at: int) -> Tag:
    """Return the tag that begins at this offset of masked bytes, or raise `Refused`."""
    match = TAG.match(data, at)
    if match is None:
        raise corrupt("", "not well-formed XML, a tag cannot be read")
    return _tag(match)


def _tag(match: re.Match[bytes]) -> Tag:
    close, prefix, name, rest = match.groups()
    return Tag(match.start(), match.end(), bool(close), prefix or b"", name, match.start(4), rest)


def tags(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Yield the tags of masked bytes in order; raise `Refused` at a ``<`` that begins none."""
    stop = len(data) if end is None else end
    at = data.find(b"<", start, stop)
    while at >= 0:
        if data.startswith(b"<?", at):
            at = data.find(b"<", at + 1, stop)
            continue
        tag = tag_at(data, at)
        yield tag
        at = data.find(b"<", tag.end, stop)


class Element(NamedTuple):
    """An element: its opening tag, and where its content and the whole of it end."""

    tag: Tag
    content_end: int
    end: int
    depth: int
    """0 for the root."""


def elements(
    data: bytes, start: int = 0, end: int | None = None, *, part: str = "", depth: int = _DEPTH
) -> list[Element]:
    """Return every element of masked bytes in document order; `Refused` when tags do not match.

    ``depth`` is how far they may nest.

    For small parts and the parts of a worksheet around its rows: it holds all of them in memory.
    """
    found: list[Element | None] = []
    open_tags: list[tuple[int, Tag]] = []
    for tag in tags(data, start, end):
        if tag.close:
            if not open_tags or (open_tags[-1][1].name, open_tags[-1][1].prefix) != (
                tag.name,
                tag.prefix,
            ):
                raise corrupt(part, "not well-formed XML, its tags do not match")
            place, opened = open_tags.pop()
            found[place] = Element(opened, tag.start, tag.end, len(open_tags))
        elif tag.empty:
            found.append(Element(tag, tag.end, tag.end, len(open_tags)))
        else:
            open_tags.append((len(found), tag))
            found.append(None)
            if len(open_tags) > depth:
                raise nested(part, depth)
    if open_tags:
        raise corrupt(part, "not well-formed XML, it ends too early")
    return [element for element in found if element is not None]


def _hidden(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where comments, instructions and CDATA lie, and the CDATA's content.

    Each closing is looked for once: a pattern would look again from every opening without one.
    """
    at = 0
    while match := _OPENINGS.search(data, at):
        closing = _CLOSINGS[match[0]]
        stop = data.find(closing, match.end())
        if stop < 0:
            return
        at = stop + len(closing)
        yield match.start(), at, data[match.end() : stop] if match[0] == b"<![CDATA[" else b""


def _find_opening(data: bytes, mark: bytes, start: int) -> int:
    """Find ``<`` with a mark behind it: the mark alone is rare, and found ten times as fast."""
    at = data.find(mark, start)
    return at if at < 0 else data.find(b"<" + mark, max(at - 1, start))


def masked(data: bytes, part: str = "") -> bytes:
    """Return the bytes with comments, CDATA and instructions blanked, every offset kept.

    Returns the same object when there is nothing to blank, as in nearly every file.
    """
    first = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    if _find_opening(data, b"!", first) < 0 and _find_opening(data, b"?", first) < 0:
        return data
    parts: list[bytes] = []
    at = 0
    for start, end, _ in _hidden(data):
        parts += (data[at:start], b" " * (end - start))
        at = end
    blank = b"".join([*parts, data[at:]])
    if b"<!DOCTYPE" in blank:
        raise document_type(part)
    if b"<!" in blank or b"<?" in blank:
        raise corrupt(part, "not well-formed XML, a comment or an instruction does not end")
    return blank


def text_of(raw: bytes) -> str:
    """Return escaped bytes as text: CDATA unwrapped, comments dropped, entities resolved.

    >>> text_of(b"a&amp;b<![CDATA[<&]]>&#65;")
    'a&b<&A'
    """
    if b"<!" in raw or b"<?" in raw:
        parts, at = [], 0
        for start, end, cdata in _hidden(raw):
            parts.append(text_of(raw[at:start]))
            parts.append(cdata.decode("utf-8", "replace"))
            at = end
        if at == 0:
            raise corrupt("", "not well-formed XML, a text cannot be read")
        return "".join(parts) + text_of(raw[at:])
    text = raw.decode("utf-8", "replace")
    return re.sub(_ENTITY, _entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[1:].replace("x", ""), 16 if "x" in name else 10) if name else 0
    if not is_character(code):
        raise corrupt("", "not well-formed XML, it refers to an entity that is not there")
    return chr(code)


def escape(text: str) -> bytes:
    """Return text as XML content in UTF-8."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;").encode("utf-8", "replace")


def escape_attribute(text: str) -> bytes:
    """Return text as an attribute's value for double quotes, in UTF-8."""
    escaped = escape(text).replace(b'"', b"&quot;")
    return escaped.replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")

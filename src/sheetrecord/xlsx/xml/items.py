"""An XML part as a stream of whole items: rows of a sheet, entries of the string table.

Well-formed XML has no ``<`` inside a value, so outside comments and CDATA every ``<row`` begins a
row. Pieces are cut there; whoever reads them meets a comment before anything it could hide.
"""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.limits import Limits, exceeded
from sheetrecord.xlsx.xml.tree import MAIN, STRICT

_ATTRIBUTES: Final = rb'((?:\s+[\w:.\-]+="[^"<]*")*)\s*>'
_REST_OF_TAG: Final = re.compile(_ATTRIBUTES)
_XMLNS: Final = re.compile(rb'\sxmlns(?::([\w.\-]+))?="([^"<]*)"')
_NAME_ENDS: Final = re.compile(rb"[\s/>]")
_HEAD: Final = 8 << 20  # 16,384 column widths take about 1 MB
_MAINS: Final = {MAIN.encode(), STRICT.encode()}


class Cut:
    """One part cut into ``head``, pieces of whole items, and ``tail``.

    ``plain`` tells whether that was possible: otherwise read `rest` in the exact way.
    """

    def __init__(self, chunks: Iterator[bytes], root: str, holder: str, limits: Limits) -> None:
        self._chunks = chunks
        self._limits = limits
        self._buffer = b""
        self._done = False
        self.prefix = b""
        self.root = b""
        self.head = b""
        self.plain = self._find(root.encode(), holder.encode())
        self.closing = b"</" + self.prefix + holder.encode()
        """How the tag begins that closes the holder; only the exact way knows what is behind it."""

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._buffer += chunk
        self._done = not chunk
        if len(self._buffer) > self._limits.item:
            raise exceeded("item", f"one row or text takes more than {self._limits.item:,} bytes")
        return not self._done

    def _find(self, root: bytes, holder: bytes) -> bool:
        """Read up to and including the opening tag of what holds the items."""
        opening = re.compile(rb"<(?:([\w.\-]+):)?" + holder + rb"(?=[\s/>])")
        while (found := opening.search(self._buffer)) is None or (
            self._buffer.find(b">", found.end()) < 0
        ):
            if len(self._buffer) > _HEAD or not self._more():
                return False
        match = _REST_OF_TAG.match(self._buffer, found.end())
        if match is None or not self._root(root, found[1]):
            return False
        self.prefix = found[1] + b":" if found[1] else b""
        head = self._buffer[: match.end()]
        if b"<!" in head or b"<?" in head[2:] or (root != holder and match[1].strip()):
            return False
        self.head = head
        self._buffer = self._buffer[match.end() :]
        return True

    def _root(self, root: bytes, prefix: bytes | None) -> bool:
        """Find the root's tag and whether its prefix means the spreadsheet vocabulary."""
        name = (prefix + b":" if prefix else b"") + root
        tag = re.search(b"<" + re.escape(name) + _ATTRIBUTES, self._buffer)
        if tag is None:
            return False
        self.root = tag[0]
        bound = {match[1]: match[2] for match in _XMLNS.finditer(tag[1])}
        return bound.get(prefix) in _MAINS

    def pieces(self, item: bytes) -> Iterator[bytes]:
        """Yield whole items, some 512 KiB at a time, up to the holder's closing tag."""
        opening = b"<" + self.prefix + item
        looked = 0
        while True:
            cut = self._buffer.rfind(opening, max(1, looked - len(opening)))
            # No item stands behind the holder's end: it is looked for behind the last item only.
            item_begins = cut > 0 and _NAME_ENDS.match(self._buffer, cut + len(opening))
            behind = cut if item_begins else max(0, looked - len(self.closing))
            stop = self._buffer.find(self.closing, behind)
            if stop >= 0:
                break
            looked = len(self._buffer)
            if cut > 0:
                piece, self._buffer = self._buffer[:cut], self._buffer[cut:]
                looked -= cut
                yield piece
            elif not self._more():
                return
        piece, self._buffer = self._buffer[:stop], self._buffer[stop:]
        if piece:
            yield piece

    def rest(self) -> Iterator[bytes]:
        """Yield what has not been cut off yet, to the end of the part."""
        held, self._buffer = self._buffer, b""
        yield held
        yield from self._chunks

    def wrapped(self, fragment: bytes, holder: bytes = b"") -> bytes:
        """Return some whole items as a document of their own, with the part's namespaces."""
        name = self.root[1:].split(None, 1)[0].rstrip(b">")
        inner = self.prefix + holder
        if not holder:
            return self.root + fragment + b"</" + name + b">"
        return b"".join(
            (self.root, b"<", inner, b">", fragment, b"</", inner, b"></", name, b">"),
        )

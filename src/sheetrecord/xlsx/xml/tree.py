"""A whole XML part in the exact way: expat with namespaces, no DTD, a depth limit, mc choices.

The slow and certain path. A handler sees only the elements of the vocabulary it names, by local
name; what belongs to others is skipped with all it holds. ``mc:AlternateContent`` (ECMA-376 part
3) is resolved as Excel does: the first choice whose namespaces are Microsoft's or the standard's.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, Protocol

from sheetrecord.xlsx.xml.policy import corrupt, document_type, nested

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN_NAMES: Final = {MAIN: "", STRICT: ""}
_PREFIXES: Final = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
}
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_UNDERSTOOD: Final = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/")
_SEP: Final = "\x0c"  # cannot occur in XML, so never in a name


class Handler(Protocol):
    """Receives each element, in document order."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens; some attributes are named ``r:...`` or ``xml:...``."""

    def end(self, name: str) -> None:
        """The element closes."""

    def text(self, data: str) -> None:
        """Some of its text (one text may come in pieces)."""


class PartRoot(NamedTuple):
    """A part and the element it must begin with."""

    name: str
    root: str


class Walker:
    """Feeds a handler from chunks of UTF-8; raises `Refused` for whatever is not sound XML."""

    def __init__(
        self, part: PartRoot, handler: Handler, depth: int, names: Mapping[str, str] = MAIN_NAMES
    ) -> None:
        import pyexpat

        self._error = pyexpat.ExpatError
        self._part, self._root = part
        self._handler = handler
        self._limit = depth
        self._names = names
        self._depth = 0
        self._skip = 0  # the depth at which skipping began, 0 when not skipping
        self._chosen: list[bool] = []
        self._prefixes: dict[str, list[str]] = {}
        self._known: dict[str, str | None] = {}
        self._parser = self._new_parser()

    def _new_parser(self) -> Any:
        import pyexpat

        parser: Any = pyexpat.ParserCreate("utf-8", _SEP)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.EndNamespaceDeclHandler = self._undeclare
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse one more chunk; ``last`` also checks that the document is complete."""
        try:
            self._parser.Parse(chunk, last)
        except self._error as error:
            raise corrupt(self._part, f"not well-formed XML, {error}") from None
        finally:
            if last:
                del self._parser  # its handlers refer to us: break the circle at once

    def _doctype(self, *_: object) -> None:
        raise document_type(self._part)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._prefixes.setdefault(prefix or "", []).append(uri or "")

    def _undeclare(self, prefix: str | None) -> None:
        self._prefixes[prefix or ""].pop()

    def _local(self, name: str) -> str | None:
        try:
            return self._known[name]
        except KeyError:
            uri, _, local = name.rpartition(_SEP)
            prefix = self._names.get(uri)
            return self._known.setdefault(name, None if prefix is None else prefix + local)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limit:
            raise nested(self._part, self._limit)
        if self._skip:
            return
        local = self._local(name)
        if self._depth == 1 and local != self._root:
            raise corrupt(self._part, f"it is not a {self._root} of a workbook")
        if local is not None:
            if attributes and _SEP in "".join(attributes):
                attributes = {_attribute(key): value for key, value in attributes.items()}
            self._handler.start(local, attributes)
        elif not self._enter(name, attributes):
            self._skip = self._depth

    def _enter(self, name: str, attributes: dict[str, str]) -> bool:
        """Return whether to look inside a foreign element: mc content that applies to us."""
        uri, _, local = name.rpartition(_SEP)
        if uri != _MC:
            return False
        if local == "AlternateContent":
            self._chosen.append(False)
            return True
        if local not in {"Choice", "Fallback"} or not self._chosen or self._chosen[-1]:
            return False
        self._chosen[-1] = local == "Fallback" or self._understands(attributes)
        return self._chosen[-1]

    def _understands(self, attributes: dict[str, str]) -> bool:
        prefixes = attributes.get("Requires", "").split()
        uris = [(self._prefixes.get(prefix) or [""])[-1] for prefix in prefixes]
        return all(uri.startswith(_UNDERSTOOD) or uri in self._names for uri in uris)

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth -= 1
        if self._skip:
            if self._skip == depth:
                self._skip = 0
            return
        local = self._local(name)
        if local is not None:
            self._handler.end(local)
        elif name.endswith(_SEP + "AlternateContent"):
            self._chosen.pop()

    def _text(self, data: str) -> None:
        if not self._skip:
            self._handler.text(data)


def _attribute(key: str) -> str:
    uri, _, local = key.rpartition(_SEP)
    return _PREFIXES[uri] + local if uri in _PREFIXES else key


def walk(
    chunks: Iterable[bytes],
    part: PartRoot,
    handler: Handler,
    depth: int,
    names: Mapping[str, str] = MAIN_NAMES,
) -> None:
    """Run a whole part through a handler; errors as `Walker.feed`."""
    walker = Walker(part, handler, depth, names)
    for chunk in chunks:
        walker.feed(chunk)
    walker.feed(b"", last=True)

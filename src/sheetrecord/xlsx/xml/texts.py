"""Escaped XML text to Python text, one or many at a time, and the shared string table.

What is not plain (a stray control character, an unknown entity) raises `Unusual`, and the exact
path decides. ECMA-376 part 1, 18.4: a rich text is the texts of its runs; phonetic runs are not.
Blanks at a text's ends are its own only under ``xml:space="preserve"``: Excel leaves out others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final

from sheetrecord.xlsx.limits import Limits, exceeded
from sheetrecord.xlsx.read.convert import xstring
from sheetrecord.xlsx.xml.items import Cut
from sheetrecord.xlsx.xml.policy import is_character
from sheetrecord.xlsx.xml.tree import PartRoot, Walker

_CONTROL: Final = bytes({*range(1, 32)} - {9, 10, 13})
_ENTITY: Final = r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&"
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}

_BYTES: Final = {  # the ampersand last, or it would make new entities
    b"&lt;": b"<",
    b"&gt;": b">",
    b"&quot;": b'"',
    b"&apos;": b"'",
    b"&amp;": b"&",
}


class Unusual(Exception):
    """Raised for XML that the fast path does not read."""


def _entity(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16) if match[3] else 0
    if not is_character(code):
        raise Unusual
    return chr(code)


def text(raw: bytes) -> str:
    """Return one escaped text as text."""
    if raw.translate(None, b"\0" + _CONTROL) != raw or b"]]>" in raw or b"\xef\xbf" in raw:
        raise Unusual
    try:
        plain = raw.decode()
    except UnicodeDecodeError:
        raise Unusual from None
    if "\r" in plain:  # XML 1.0, 2.11: any line end is a line feed
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_ENTITY, _entity, plain) if "&" in plain else plain


def _resolved(joined: bytes) -> bytes:
    """Return text with its predefined entities replaced; empty when it has any other."""
    if sum(map(joined.count, _BYTES)) != joined.count(b"&"):
        return b""
    for name, char in _BYTES.items():
        joined = joined.replace(name, char)
    return joined


def _split(joined: bytes, mark: str, number: int) -> list[str] | None:
    """Return so many escaped texts that a mark parts; None when they must be read one by one."""
    resolved = _resolved(joined) if b"&" in joined else joined
    odd = b"\r" in joined or b"]]>" in joined or b"\xef\xbf" in joined
    if not resolved or odd or len(joined.translate(None, _CONTROL)) != len(joined):
        return None
    try:
        found = resolved.decode().split(mark)
    except UnicodeDecodeError:
        raise Unusual from None
    return found if len(found) == number else None


def texts(raw: Sequence[bytes]) -> list[str]:
    """Return many escaped texts as text."""
    return _texts(raw, b"\0".join(raw))


def _texts(raw: Sequence[bytes], joined: bytes) -> list[str]:
    found = _split(joined, "\0", len(raw))
    return [text(each) for each in raw] if found is None else found


def _unescaped(found: list[str], joined: bytes) -> list[str]:
    """Return texts with their escapes decoded; ``joined`` is what they were read from.

    Looking there for one byte first takes a tenth of joining the texts again.
    """
    may_be = (b"_" in joined and b"_x" in joined) or (b"&" in joined and b"&#" in joined)
    return [xstring(each) for each in found] if may_be else found


def xstrings(raw: Sequence[bytes]) -> list[str]:
    """Return many escaped texts as text, their ``_xHHHH_`` escapes decoded."""
    joined = b"\0".join(raw)
    return _unescaped(_texts(raw, joined), joined)


_KEPT: Final = b" "
"""What a tag begins with, behind its name, that has ``xml:space``: no other attribute is there."""
WHITE: Final = " \t\r\n"


def marked(raw: Sequence[bytes]) -> list[str]:
    r"""Return texts from what follows their tag's name: ``>text``, or that with ``xml:space``.

    >>> marked([b"> a&#10;", b' xml:space="preserve"> b ', b""])
    ['a', ' b ', '']
    """
    joined = b"\0".join(raw)
    if joined[:1] == b">" and joined.count(b"\0>") == len(raw) - 1:
        found = _split(joined[1:], "\0>", len(raw)) or texts([each[1:] for each in raw])
        return _unescaped(_trimmed(found), joined)
    found = texts([each.partition(b">")[2] for each in raw])
    pairs = zip(raw, found, strict=True)
    told = [each if own[:1] == _KEPT else each.strip(WHITE) for own, each in pairs]
    return _unescaped(told, joined)


def value_texts(raw: Sequence[bytes]) -> list[str]:
    """Return the texts of values, which nothing says to keep the blanks of."""
    joined = b"\0".join(raw)
    return _unescaped(_trimmed(_texts(raw, joined)), joined)


def _trimmed(found: list[str]) -> list[str]:
    """Return texts without the blanks at their ends; mostly none has any that a text may have."""
    if list(map(str.strip, found)) == found:  # any blank of Unicode, but in two thirds of the time
        return found
    return list(map(str.strip, found, repeat(WHITE)))


class Runs:
    """Gathers the text of one rich or plain string from the elements inside it."""

    def __init__(self) -> None:
        self._runs: list[tuple[bool, list[str]]] = []
        """Whether the blanks at a run's ends are its own, and its text in pieces."""
        self._taking = False
        self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at an element inside ``si``, ``is`` or a comment's ``text``."""
        self._phonetic = self._phonetic or name == "rPh"
        self._taking = name == "t" and not self._phonetic
        if self._taking:
            self._runs.append((keeps_blanks(attributes), []))

    def end(self, name: str) -> None:
        """Leave an element."""
        self._taking = False
        if name == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """Take text if it is the string's own."""
        if self._taking:
            self._runs[-1][1].append(data)

    def value(self) -> str:
        """Return the whole text, its escapes decoded."""
        runs = [(kept, "".join(pieces)) for kept, pieces in self._runs]
        first = _ends([(kept, found.lstrip(WHITE)) for kept, found in runs])
        for place in range(first):
            runs[place] = (False, runs[place][1].lstrip(WHITE))
        last = _ends([(kept, found.rstrip(WHITE)) for kept, found in reversed(runs)])
        for place in range(len(runs) - last, len(runs)):
            runs[place] = (False, runs[place][1].rstrip(WHITE))
        return xstring("".join(found for _, found in runs))


def keeps_blanks(attributes: Mapping[str, str]) -> bool:
    """Whether an element's ``xml:space`` says that blanks at its ends are its own."""
    return attributes.get("xml:space") == "preserve"


def _ends(runs: Iterable[tuple[bool, str]]) -> int:
    """Return how many runs, from an end of the text on, may not keep the blanks there."""
    number = 0
    for kept, rest in runs:
        if kept:
            return number
        number += 1
        if rest:
            return number
    return number


class Entries:
    """Handler of a string table: appends each entry's text."""

    def __init__(self, found: list[str]) -> None:
        self._found = found
        self._runs: Runs | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if name == "si":
            self._runs = Runs()
        elif self._runs is not None:
            self._runs.start(name, attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._runs is None:
            return
        if name == "si":
            self._found.append(self._runs.value())
            self._runs = None
        else:
            self._runs.end(name)

    def text(self, data: str) -> None:
        """Some text."""
        if self._runs is not None:
            self._runs.text(data)


def shared_strings(chunks: Iterator[bytes], part: str, limits: Limits) -> list[str]:
    """Return the texts of a string table in order; errors as `Walker.feed`."""
    found: list[str] = []
    cut = Cut(chunks, "sst", "sst", limits)
    exact = None if cut.plain else Walker(PartRoot(part, "sst"), Entries(found), limits.depth)
    if exact is None:
        fast = _Fast(cut, part, limits, found)
        exact = next((walker for walker in map(fast.piece, cut.pieces(b"si")) if walker), None)
        if exact is None:
            walker = Walker(PartRoot(part, "sst"), Entries([]), limits.depth)
            walker.feed(cut.head)
            exact = walker
    for chunk in cut.rest():
        exact.feed(chunk)
        _check(found, limits)
    exact.feed(b"", last=True)
    return found


def _check(found: list[str], limits: Limits) -> None:
    if len(found) > limits.strings:
        raise exceeded("strings", f"it has more than {limits.strings:,} texts")


class _Fast:
    """Reads the pieces of a string table with one regular expression."""

    def __init__(self, cut: Cut, part: str, limits: Limits, found: list[str]) -> None:
        self._cut = cut
        self._part = part
        self._limits = limits
        self._found = found
        self._opening = b"<" + cut.prefix + b"si"
        self._item = re.compile(
            rb'<%(p)bsi><%(p)bt(?:((?: xml:space="preserve")?>[^<]*)</%(p)bt>|/>)</%(p)bsi>'
            rb"|([\s\S]+)" % {b"p": re.escape(cut.prefix)}
        )

    def piece(self, piece: bytes) -> Walker | None:
        """Take the strings of a piece; return a walker to go on with when it must be exact."""
        at = misses = 0
        while at < len(piece):
            pairs = self._item.findall(piece, at)
            junk = pairs.pop()[1] if pairs[-1][1] else b""
            if pairs:
                self._plain([pair[0] for pair in pairs])
            at = len(piece) - len(junk)
            if not junk:
                break
            misses += 1
            stop = piece.find(self._opening, at + 1)
            stop = len(piece) if stop < 0 or misses > 8 else stop
            walker = self._exact(piece, at, stop)
            if walker is not None:
                return walker
            at = stop
        _check(self._found, self._limits)
        return None

    def _plain(self, raw: list[bytes]) -> None:
        try:
            self._found += marked(raw)
        except Unusual:
            name = self._cut.prefix
            for each in raw:
                item = b"<%bsi><%bt%b</%bt></%bsi>" % (name, name, each or b">", name, name)
                self._exact(item, 0, len(item))

    def _exact(self, piece: bytes, at: int, stop: int) -> Walker | None:
        entries = Entries(self._found)
        walker = Walker(PartRoot(self._part, "sst"), entries, self._limits.depth)
        if b"<!" in piece[at:] or b"<?" in piece[at:]:
            walker.feed(self._cut.head)
            walker.feed(piece[at:])
            return walker
        walker.feed(self._cut.wrapped(piece[at:stop]), last=True)
        return None

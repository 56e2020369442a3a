"""The text of an HTML mail, and where in it the mail program marked what it quotes."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    "p div br li tr table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr section article header".split()
)
_SILENT: Final = frozenset("style script head title template".split())
_VOID: Final = frozenset("br hr img meta link input col area base wbr".split())
_DEEPEST: Final = 400
_QUOTES: Final = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|divRplyFwdMsg|OLK_SRC_BODY"
)


def text_of(html: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return the text of a mail and the spans of it that are quoted.

    >>> text_of("<p>Yes,<br>done.</p><blockquote>When?</blockquote>")
    ('Yes,\ndone.\n\nWhen?', ((12, 17),))
    """
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    return reader.result()


class _HtmlReader(HTMLParser):
    """Collects text; a block begins on a line of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[tuple[str, bool]] = []
        self._silent = 0
        self._spans: list[tuple[int, int]] = []
        self._quoting: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a quotation, or what is not shown."""
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._line(blank=tag in {"p", "blockquote", "table", "ul", "ol"})
        if tag == "li":
            self._add("- ")
        if tag in _VOID or len(self._open) > _DEEPEST:
            return
        told = dict(attrs)
        marks = f"{told.get('class') or ''} {told.get('id') or ''}"
        quotes = tag == "blockquote" or (tag == "div" and bool(_QUOTES.search(marks)))
        quotes = quotes and "gmail_quote_container" not in marks.split()
        self._open.append((tag, quotes))
        if quotes:
            self._quoting.append(-1)

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began, and what was left open in it."""
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, quotes = self._open.pop()
            if quotes:
                start = self._quoting.pop()
                if start >= 0:
                    self._spans.append((start, self._length))
            if name == tag:
                break
        if tag in _BLOCKS:
            self._line(blank=tag in {"p", "blockquote", "table"})
        elif tag in {"td", "th"}:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        """Take text that is shown, its white space made single."""
        if self._silent:
            return
        text = re.sub(r"[ \t\r\n\u00a0]+", " ", data)
        if not self._pieces or self._pieces[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        if text:
            for place, start in enumerate(self._quoting):
                if start < 0:
                    self._quoting[place] = self._length
            self._add(text)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _line(self, *, blank: bool) -> None:
        tail = "".join(self._pieces[-2:])
        if tail and not tail.endswith("\n"):
            self._add("\n")
            tail += "\n"
        if blank and tail and not tail.endswith("\n\n"):
            self._add("\n")

    def result(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the text and the quoted spans, without blanks at its end."""
        text = "".join(self._pieces).rstrip()
        spans = [*self._spans, *((start, self._length) for start in self._quoting if start >= 0)]
        return text, tuple(sorted((a, min(b, len(text))) for a, b in spans if a < len(text)))

"""A Word document as paragraphs: numbering counted, tables by row, pages as last laid out."""

import re
from typing import Final

from sheetrecord.xlsx.word import BODY, local, walk_document

_HEADING: Final = re.compile(
    r"(?:heading|berschrift|ttulo|titre|titulo|uberschrift|title)\D*(\d?)", re.IGNORECASE
)

Line = tuple[str, str, int, int]
"""A number that Word puts before it, the text, its heading level (0: none), its page."""


def read_word(data: bytes, name: str) -> list[Line]:
    """Return the paragraphs of a .docx. Raises CannotRead."""
    body = _Body()
    walk_document(data, name or "the file", {BODY: body})
    return body.lines if body.paged else [(*line[:3], 0) for line in body.lines]


class _Body:
    """Collects paragraphs; what was deleted is left out, what was inserted is text."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line: list[str] = []
        self._cells: list[str] = []
        self._row = 0
        self._taking = False
        self._level, self._heading, self._list = 0, 0, ""
        self._counts: dict[str, list[int]] = {}
        self._page, self.paged = 1, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a run's text, a paragraph's properties, a row."""
        told = local(attributes)
        if name == "t":
            self._taking = True
        elif name in {"tab", "ptab", "br", "cr"}:
            self._line.append(" ")
        elif name == "lastRenderedPageBreak":
            self._page, self.paged = self._page + 1, True
        elif name == "pStyle":
            found = _HEADING.search(told.get("val", ""))
            self._heading = int(found[1] or 1) if found else 0
        elif name == "ilvl":
            self._level = int(told["val"]) if told.get("val", "").isdecimal() else 0
        elif name == "numId":
            self._list = told.get("val", "")
        elif name == "tr":
            self._row, self._cells = self._row + 1, []

    def end(self, name: str) -> None:
        """End a run's text, a paragraph, a row."""
        if name == "t":
            self._taking = False
        elif name == "p":
            self._paragraph()
        elif name == "tr":
            self._row -= 1
            text = " | ".join(cell for cell in self._cells if cell)
            if text:
                self.lines.append(("", text, 0, self._page))
            self._cells = []

    def text(self, data: str) -> None:
        """Take text of a run."""
        if self._taking:
            self._line.append(data)

    def _paragraph(self) -> None:
        text = " ".join("".join(self._line).split())
        mark = self._number() if text and self._list not in {"", "0"} and not self._row else ""
        if text and self._row:
            self._cells.append(text)
        elif text:
            self.lines.append((mark, text, self._heading, self._page))
        self._line, self._level, self._heading, self._list = [], 0, 0, ""

    def _number(self) -> str:
        """Count a paragraph of a list as Word does: ``2.1`` for the first below the second."""
        counts = self._counts.setdefault(self._list, [])
        del counts[self._level + 1 :]
        counts.extend(0 for _ in range(self._level + 1 - len(counts)))
        counts[self._level] += 1
        return ".".join(str(max(count, 1)) for count in counts)

"""The paragraphs of a file: Word, text, Markdown or PDF, each with its mark and its page."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.papers.word import read_word
from sheetrecord.xlsx.pdf_pages import pdf_pages

_MOST: Final = 32 << 20
"""Bytes of a contract; more is another kind of file."""
_MARK: Final = re.compile(
    r"\s*((?:(?:§|Art(?:icle|ikel|ículo)?\.?|Clause|Ziffer|Cl[aá]usula|Section)\s*)?\d+(?:\.\d+)*[.)]?"
    r"|\(?[a-z]\)|[ivx]+[.)]|[-*•\u2013\u2014])\s+",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"\s*(#{1,6})\s+")
_RULE: Final = re.compile(r"[\s|:=\-_*]+")
_SENTENCE_END: Final = re.compile(r"[.!?:;]\s*$")


class Paragraph(NamedTuple):
    """One paragraph: its mark (a number, a bullet or nothing), its text, its page (0: unknown).

    ``heading`` is a level from 1 on, 0 for ordinary text.
    """

    mark: str
    text: str
    heading: int = 0
    page: int = 0


def read_paragraphs(data: bytes, name: str) -> list[Paragraph]:
    """Return the paragraphs of a contract. Raises CannotRead and MissingExtra."""
    if len(data) > _MOST:
        why = f"{len(data) >> 20} MB is too large for a contract."
        raise refuse(name, why, "Give the contract alone.", "huge")
    if data.startswith(b"%PDF"):
        found = list(_of_pages(pdf_pages(data, name or "the file")))
    elif data.startswith(b"PK\x03\x04"):
        found = [
            Paragraph(mark or _marked(text)[0], _marked(text)[1] if not mark else text, level, page)
            for mark, text, level, page in read_word(data, name)
        ]
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        why = "this is an old Word document, or one with a password."
        raise refuse(name, why, "Save it as .docx without a password.", "kind")
    else:
        text, _ = decode(data, name)
        found = list(_of_pages(text.removeprefix("\ufeff").split("\f"), count=False))
    if not any(paragraph.text for paragraph in found):
        raise refuse(name, "it holds no text.", "Give the contract with its text.", "empty")
    return found


def _of_pages(pages: Sequence[str], *, count: bool = True) -> Iterator[Paragraph]:
    numbered = count or len(pages) > 1
    for number, page in enumerate(pages, start=1):
        yield from _of_lines(page.splitlines(), number if numbered else 0)


def _of_lines(lines: Sequence[str], page: int) -> Iterator[Paragraph]:
    """Yield paragraphs: lines that go on are one, a mark or a blank line begins another."""
    mark, level, held = "", 0, list[str]()
    for line in (*lines, ""):
        text = line.strip()
        head = _HEADING.match(line)
        found, rest = _marked(text)
        row = text.startswith("|")
        alone = not text or head or found or row or level or (held and held[-1].endswith("|"))
        if alone and held:
            yield Paragraph(mark, " ".join(held), level, page)
            mark, level, held = "", 0, []
        if not text or _RULE.fullmatch(text):
            continue
        if head:
            found, rest = _marked(line[head.end() :].strip())
            level = len(head[1])
        if not held:
            mark = found
        held.append(_row(rest) if row else rest)


def _row(text: str) -> str:
    """Return a row of a Markdown table as its cells; the mark at its end says that it is one."""
    return " | ".join(cell.strip() for cell in text.strip("|").split("|")) + " |"


def _marked(text: str) -> tuple[str, str]:
    """Return the mark of a paragraph and the rest of it.

    >>> _marked("3.2 Training of the night shift"), _marked("- Two rounds"), _marked("3 rounds")
    (('3.2', 'Training of the night shift'), ('-', 'Two rounds'), ('', '3 rounds'))
    """
    found = _MARK.match(text)
    if not found:
        return "", text
    mark = found[1].strip()
    if mark.isdecimal():
        return "", text  # a number without a dot counts something
    return mark.rstrip(".)"), text[found.end() :].strip()

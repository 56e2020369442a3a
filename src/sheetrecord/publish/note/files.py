"""A handover note as a page and as plain text."""

from collections.abc import Iterator
from html import escape
from typing import Final

from sheetrecord.publish.note.content import NoteLine, NoteText
from sheetrecord.publish.origin import ORIGIN

SUFFIXES: Final = (".html", ".htm", ".txt")

_BLANKS: Final = {0xA0: " ", 0x202F: " "}
"""Blanks that break no line, which a text has no need of."""

_BODY: Final = (
    "margin:0 auto;max-width:720px;padding:20px;color:#1c1c1e;background:#fff;"
    "font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif"
)
_GREY: Final = "color:#5a5a60"
_SMALL: Final = f"{_GREY};font-size:13px"


def note_page(text: NoteText) -> bytes:
    """Return the note as a page with inline styles alone, which can be pasted into a mail."""
    return "\n".join(_page(text)).encode("utf-8", "replace")


def note_plain(text: NoteText) -> bytes:
    """Return the note as plain text; why a line is believed stands below it."""
    told = "\n".join(_plain(text)).translate(_BLANKS)
    return f"{told}\n".encode("utf-8", "replace")


def _plain(text: NoteText) -> Iterator[str]:
    yield text.subject
    yield text.intro
    for section in text.sections:
        yield ""
        yield section.heading
        for line in section.lines:
            yield f"  - {line.what}"
            yield from (f"      {one}" for one in line.origin)
    yield ""
    yield text.end


def _page(text: NoteText) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{text.language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(text.subject)}</title></head>"
    yield f'<body style="{_BODY}"><main>'
    yield f'<h1 style="font-size:24px;line-height:1.25;margin:0 0 4px">{escape(text.subject)}</h1>'
    yield f'<p style="margin:0;{_GREY}">{escape(text.intro)}</p>'
    for section in text.sections:
        yield f'<h2 style="font-size:17px;margin:24px 0 6px">{escape(section.heading)}</h2>'
        yield '<ul style="margin:0;padding:0 0 0 20px">'
        for line in section.lines:
            yield f'<li style="margin:0 0 6px">{_line(line, text, section.key)}</li>'
        yield "</ul>"
    yield f'<p style="margin:28px 0 0;{_SMALL}">{escape(text.end)}</p>'
    yield "</main></body></html>\n"


def _line(line: NoteLine, text: NoteText, key: str) -> str:
    """Return a line with its origin to unfold; commands stand open, each on a line of its own."""
    what = escape(line.what)
    if text.link and text.link in line.what:
        link = escape(text.link)
        what = what.replace(link, f'<a href="{link}" rel="noopener noreferrer">{link}</a>')
    if not line.origin:
        return what
    if key == "next":
        shown = "".join(f"<br><code>{escape(one)}</code>" for one in line.origin)
        return what + shown
    why = escape(ORIGIN[text.language]["why"])
    more = "<br>".join(escape(one) for one in line.origin)
    return (
        f'{what}<details style="{_SMALL}"><summary style="cursor:pointer">{why}</summary>'
        f"{more}</details>"
    )

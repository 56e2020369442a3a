"""A digest as a page, a mail to be opened as a draft, or a text; never more than 40 kB."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b
from html import escape
from typing import Final

from sheetrecord.core.agenda.digest import Digest
from sheetrecord.core.view.audiences import Audience
from sheetrecord.publish.brief.markdown import md
from sheetrecord.publish.digest.text import DigestRow, DigestSection, DigestText, told

LARGEST: Final = 40_000
"""Bytes of a digest at the most; rows are left out, and counted, before it is larger."""

SUFFIXES: Final = (".html", ".htm", ".eml", ".md")

_MOST: Final = (20, 12, 8, 5, 3, 1)
"""Rows of a section, tried in turn."""

_FONT: Final = (
    "padding:16px;font:15px/1.45 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1c1c1e"
)
_TABLE: Final = "border-collapse:collapse;width:100%;max-width:720px"
_HEAD: Final = "text-align:left;font-size:12px;color:#5a5a60;padding:2px 12px 2px 0;font-weight:400"
_CELL: Final = "vertical-align:top;padding:5px 12px 5px 0;border-top:1px solid #e3e3e8"
_ROW: Final = "text-align:left;font-weight:400;width:44%"
_TITLE: Final = "font-size:16px;margin:22px 0 4px"
_WIDTHS: Final = ("14%", "30%", "56%")


def digest_file(digest: Digest, audience: Audience, source: str, suffix: str) -> bytes:
    """Return a digest as a file whose name ends with ``suffix``, one of `SUFFIXES`."""
    render: Callable[[DigestText], bytes] = {".eml": _mail, ".md": _markdown}.get(suffix, _page)
    data = b""
    for most in _MOST:
        data = render(told(digest, audience, source, most))
        if len(data) <= LARGEST:
            break
    return data


def plain(text: DigestText) -> str:
    """Return a digest as plain text."""
    return "\n".join(_plain_lines(text)) + "\n"


def _plain_lines(text: DigestText) -> Iterator[str]:
    yield text.subject
    yield text.since
    for section in text.sections:
        yield ""
        yield section.heading
        for row in section.rows:
            about = ": ".join(filter(None, (row.deal, row.what)))
            yield "  - " + "  ".join(filter(None, (row.when, about)))
        for sentence in section.sentences:
            yield f"  {sentence}"
    yield ""
    yield text.end


def _markdown(text: DigestText) -> bytes:
    lines = [f"# {md(text.subject)}", "", md(text.since)]
    for section in text.sections:
        lines += ["", f"## {md(section.heading)}", ""]
        for row in section.rows:
            when = f"**{md(row.when)}** " if row.when else ""
            about = ": ".join(filter(None, (md(row.deal), md(row.what))))
            lines.append(f"- {when}{about}")
        if section.rows and section.sentences:
            lines.append("")
        lines += map(md, section.sentences)
    return ("\n".join([*lines, "", md(text.end)]) + "\n").encode("utf-8", "replace")


def _page(text: DigestText) -> bytes:
    return _html(text).encode("utf-8", "replace")


def _html(text: DigestText) -> str:
    """Return a page with inline styles and tables alone, as programs for mail show it."""
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{text.language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(text.subject)}</title></head>",
            f'<body style="margin:0;background:#fff"><main style="display:block;{_FONT}">',
            f'<h1 style="font-size:20px;margin:0 0 4px">{escape(text.subject)}</h1>',
            f'<p style="margin:0;color:#5a5a60">{escape(text.since)}</p>',
            *(line for section in text.sections for line in _section(section, text.columns)),
            f'<p style="margin:24px 0 0;font-size:12px;color:#5a5a60">{escape(text.end)}</p>',
            "</main></body></html>\n",
        ]
    )


def _section(section: DigestSection, columns: tuple[str, str, str]) -> Iterator[str]:
    yield f'<h2 style="{_TITLE}">{escape(section.heading)}</h2>'
    if section.rows:
        yield f'<table style="{_TABLE}">'
        dated = any(row.when for row in section.rows)
        if dated:  # what is of no day needs no heads: sums, and who owes them
            heads = (
                f'<th scope="col" style="{_HEAD};width:{width}">{escape(head)}</th>'
                for head, width in zip(columns, _WIDTHS, strict=True)
            )
            yield f"<thead><tr>{''.join(heads)}</tr></thead>"
        yield "<tbody>"
        for row in section.rows:
            yield f"<tr>{''.join(_cells(row, dated=dated))}</tr>"
        yield "</tbody></table>"
    for sentence in section.sentences:
        yield f'<p style="margin:4px 0">{escape(sentence)}</p>'


def _cells(row: DigestRow, *, dated: bool) -> Iterator[str]:
    if dated:
        yield f'<td style="{_CELL};white-space:nowrap">{escape(row.when)}</td>'
        yield f'<td style="{_CELL}">{escape(row.deal)}</td>'
    else:
        yield f'<th scope="row" style="{_CELL};{_ROW}">{escape(row.deal)}</th>'
    yield f'<td style="{_CELL}">{escape(row.what)}</td>'


def _mail(text: DigestText) -> bytes:
    """Return a mail with both parts that its reader's program opens as a draft.

    It has no date, no sender and no id: those belong to the mail that somebody sends.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = text.subject
    mail["X-Unsent"] = "1"
    mail.set_content(plain(text).encode("utf-8", "replace").decode(), cte="quoted-printable")
    page = _html(text).encode("utf-8", "replace").decode()
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mark = blake2b(page.encode(), digest_size=12).hexdigest()
    mail.set_boundary(f"sheetrecord-{mark}")
    return mail.as_bytes()

"""Documents: notes in text or Markdown, Word files, PDF, and what a calendar entry describes."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.model.message import CALENDAR, NOTE, Message
from sheetrecord.sources.text import decoded, tidy
from sheetrecord.xlsx.word import BODY, COMMENTS, local, walk_document


def read_note(data: bytes, name: str) -> list[Message] | None:
    """Return a text as one note."""
    text = decoded(data, name).removeprefix("\ufeff")
    return [Message(name, text, form=NOTE)] if text.strip() else []


def read_docx(data: bytes, name: str) -> list[Message] | None:
    """Return a Word document's text as a note, and each of its comments; None for other files."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    body, notes = _WordBody(), _WordComments()
    walk_document(data, name, {BODY: body, COMMENTS: notes})
    text = body.text_of()
    found = [Message(name, text, form=NOTE)] if text.strip() else []
    for number, (by, sent, said) in enumerate(notes.found, start=1):
        found.append(Message(f"{name}#{number}", said, by, sent=sent, form=NOTE, part=number))
    return found


def read_pdf(data: bytes, name: str) -> list[Message] | None:
    """Return the text of each page of a PDF as a note, with the extra ``pdf``; None for others."""
    if not data.startswith(b"%PDF"):
        return None
    from sheetrecord.xlsx.pdf_pages import pdf_pages

    pages = enumerate(map(tidy, pdf_pages(data, name)), start=1)
    return [
        Message(f"{name}#{number}", text, form=NOTE, at=f"p. {number}", part=number)
        for number, text in pages
        if text.strip()
    ]


class _WordBody:
    """Collects paragraphs, one a line; deleted text is left out, inserted text is text."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._taking = False
        self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the protocol's
        """Begin a run's text, a list mark or a cell."""
        if name == "t":
            self._taking = True
        elif name in {"tab", "ptab"}:
            self._line.append(" ")
        elif name in {"br", "cr"}:
            self._end_line()
        elif name == "numPr":
            self._line.insert(0, "- ")
        elif name == "tr":
            self._cells = 0

    def end(self, name: str) -> None:
        """End a paragraph."""
        if name == "t":
            self._taking = False
        elif name == "p":
            self._end_line()
        elif name == "tbl":
            self._lines.append("")

    def text(self, data: str) -> None:
        """Take text of a run."""
        if self._taking:
            self._line.append(data)

    def _end_line(self) -> None:
        self._lines.append("".join(self._line).rstrip())
        self._line = []

    def text_of(self) -> str:
        """Return the whole text; a paragraph is a line, and a blank one follows each."""
        return tidy("\n\n".join(line for line in self._lines if line.strip()))


class _WordComments(_WordBody):
    """Collects comments: who, when and what."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dt.datetime | None, str]] = []
        self._by = ""
        self._sent: dt.datetime | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a comment."""
        if name == "comment":
            told = local(attributes)
            self._by, self._lines = told.get("author", ""), []
            try:
                self._sent = dt.datetime.fromisoformat(told.get("date", ""))
            except ValueError:
                self._sent = None
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """End a comment."""
        super().end(name)
        if name == "comment" and self.text_of().strip():
            self.found.append((self._by, self._sent, self.text_of()))


_FIELD: Final = re.compile(r"([A-Z-]+)((?:;[^:\"]*(?:\"[^\"]*\")?)*):(.*)", re.DOTALL)
_CALLED: Final = re.compile(r"CN=\"?([^\";:]+)")


def read_ics(data: bytes, name: str) -> list[Message] | None:
    """Return what the entries of a calendar describe; None for other files. Its times are no facts."""
    if not data.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return None
    return list(_entries(decoded(data, name), name))


def _entries(text: str, name: str) -> Iterator[Message]:
    told: dict[str, str] = {}
    inside, number = False, 0
    for line in re.sub(r"\n[ \t]", "", text).split("\n"):
        if line.upper() in {"BEGIN:VEVENT", "BEGIN:VTODO"}:
            inside, told = True, {}
        elif line.upper() in {"END:VEVENT", "END:VTODO"} and inside:
            inside = False
            number += 1
            if told.get("DESCRIPTION", "").strip():
                yield _entry(told, name, number)
        elif inside and (found := _FIELD.fullmatch(line)):
            told.setdefault(found[1], _unescaped(found[3]))
            if found[1] == "ORGANIZER" and (called := _CALLED.search(found[2])):
                told["BY"] = called[1].strip()


def _entry(told: dict[str, str], name: str, number: int) -> Message:
    by = told.get("BY", "")
    address = told.get("ORGANIZER", "").lower().removeprefix("mailto:")
    stamp = told.get("LAST-MODIFIED") or told.get("DTSTAMP") or told.get("CREATED") or ""
    sent = None
    if re.fullmatch(r"\d{8}T\d{6}Z?", stamp):
        sent = dt.datetime.strptime(stamp.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
    text = told["DESCRIPTION"]
    return Message(
        told.get("UID") or f"{name}#{number}", text, by or address, address, sent,
        told.get("SUMMARY", ""), form=CALENDAR, part=number,
    )  # fmt: skip


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def read_msg(data: bytes, name: str) -> list[Message] | None:
    """Return the mail of an Outlook .msg, with the extra ``msg``; None for other files."""
    if not data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return None
    try:
        from oxmsg import Message as OutlookMessage
    except ImportError:
        why = "it is an Outlook .msg, and what reads these is not installed."
        do = 'Save it as .eml, or install it: pip install "sheetrecord[msg]".'
        raise CannotRead(name, why, do, "extra") from None
    from sheetrecord.sources.html_text import text_of

    try:
        import io

        told = OutlookMessage.load(io.BytesIO(data))
        plain, html = told.body or "", told.html_body or ""
        text, quoted = (tidy(plain), ()) if plain.strip() else text_of(html)
        by, sent, subject = told.sender or "", told.sent_date, told.subject or ""
        to = tuple(one.email_address or one.name for one in told.recipients)
        heads = {key.lower(): str(value) for key, value in told.message_headers.items()}
    except Exception as error:
        why = "it is damaged, or no Outlook message."
        raise CannotRead(name, why, "Save it as .eml and name that.", "damaged") from error
    from email.utils import parseaddr

    named, address = parseaddr(by)
    return [
        Message(
            heads.get("message-id", "").strip() or name,
            text,
            named or address or by,
            address.lower(),
            sent,
            subject,
            to,
            bulk="List-Unsubscribe" if "list-unsubscribe" in heads else "",
            quoted=quoted,
        )
    ]

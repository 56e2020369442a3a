"""Mails: one .eml, or a mailbox of many; the text a person reads, and what marks mail for many."""

import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from sheetrecord.model.message import MAIL, Message
from sheetrecord.sources.html_text import text_of
from sheetrecord.sources.text import decoded, tidy

_HEADER: Final = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|x-[\w-]+|content-type|reply-to|sender|list-[\w-]+|dkim-signature|cc):",
    re.IGNORECASE,
)
_FROM_LINE: Final = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_MOST_PARTS: Final = 200
_LONGEST: Final = 4 << 20
"""Characters of one mail's text; what is longer is no letter."""


def read_eml(data: bytes, name: str) -> list[Message] | None:
    """Return the one message of an .eml; None for what begins with no header of a mail."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\r\n ")
    if not _HEADER.match(start):
        return None
    return [_message(data.lstrip(b"\xef\xbb\xbf\r\n "), name, 0)]


def read_mbox(data: bytes, name: str) -> list[Message] | None:
    """Return the messages of a mailbox in their order; None for what is none."""
    if not data.startswith(b"From ") or not _HEADER.search(data[:4096].partition(b"\n")[2]):
        return None
    return [_message(raw, f"{name}#{number}", number) for number, raw in enumerate(_split(data))]


def _split(data: bytes) -> Iterator[bytes]:
    """Yield the mails of a mailbox; a line that begins with From inside a mail is no border.

    A border follows a blank line and is followed by a header.
    """
    starts = []
    for found in _FROM_LINE.finditer(data):
        before = data[max(0, found.start() - 4) : found.start()]
        if (not before or before.endswith((b"\n\n", b"\r\n\r\n"))) and re.match(
            rb"[A-Za-z-]+:", data[found.end() : found.end() + 80]
        ):
            starts.append((found.start(), found.end()))
    for place, (_, begin) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(data)
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", data[begin:end])


def _message(raw: bytes, name: str, number: int) -> Message:
    told = message_from_bytes(raw, policy=email.policy.compat32)
    named, address = _sender(told)
    text, quoted = _body(told)
    identity = str(told.get("Message-ID") or "").strip()
    return Message(
        identity or name,
        text,
        named or address,
        address,
        _sent(told),
        _words(told, "Subject"),
        tuple(_receivers(told)),
        MAIL,
        _bulk(told),
        quoted=quoted,
        part=number,
    )


def _words(told: Part, key: str) -> str:
    """Return a header as text; a damaged one as it stands."""
    from email.header import decode_header, make_header

    value = told.get(key)
    if value is None:
        return ""
    try:
        return tidy(" ".join(str(make_header(decode_header(str(value)))).split()))
    except (LookupError, UnicodeError, ValueError):
        return tidy(" ".join(str(value).split()))


def _sender(told: Part) -> tuple[str, str]:
    found = getaddresses([_words(told, "From")])
    name, address = found[0] if found else ("", "")
    return " ".join(name.split()), address.lower()


def _receivers(told: Part) -> Iterator[str]:
    for name, address in getaddresses([_words(told, "To"), _words(told, "Cc")]):
        if address or name:
            yield address.lower() or name


def _sent(told: Part) -> datetime | None:
    try:
        return parsedate_to_datetime(str(told.get("Date") or ""))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _bulk(told: Part) -> str:
    """Return by which header a mail says that it went to many or was written by no one."""
    if told.get("List-Unsubscribe") or told.get("List-Id"):
        return "List-Unsubscribe" if told.get("List-Unsubscribe") else "List-Id"
    if str(told.get("Precedence") or "").strip().lower() in {"bulk", "list", "junk"}:
        return "Precedence"
    automatic = str(told.get("Auto-Submitted") or "no").strip().lower()
    if automatic.partition(";")[0] != "no" or told.get("X-Autoreply") or told.get("X-Autorespond"):
        return "Auto-Submitted"
    return ""


def _body(told: Part) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return what a person reads of a mail: its plain text, or that of its HTML."""
    plain, html = "", ""
    for count, part in enumerate(told.walk()):
        if count > _MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain.strip():
            plain = _decoded(part)
            if str(part.get_param("format", "")).lower() == "flowed":
                plain = _unflowed(plain)
        elif kind == "text/html" and not html:
            html = _decoded(part)
    if plain.strip():
        return plain[:_LONGEST], ()
    text, quoted = text_of(html[:_LONGEST])
    return text, quoted


def _decoded(part: Part) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset() or ""
    return decoded(raw.replace(b"\x00", b""), "mail", charset) if raw else ""


def _unflowed(text: str) -> str:
    """Return a text whose lines were broken softly, as RFC 3676 marks them, with its long lines."""
    return re.sub(r"(?m)(?<!^--) \n(?![>\n]|-- )", " ", text)

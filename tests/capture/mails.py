"""Mails and files of other kinds for the tests of capture, made in memory."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

from sheetrecord.core.capture.find import Captured, Capturing, capture
from sheetrecord.core.capture.sides import us_of
from sheetrecord.model.message import SourceFile
from sheetrecord.sources.reading import read_source

US = Capturing(us_of(["ours.example"]))
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def mail(
    text: str,
    *,
    by: str = "Rita Ode <rita@ode.example>",
    day: str = "2026-05-11",
    id_: str = "",
    html: str = "",
    charset: str = "utf-8",
    **headers: str,
) -> bytes:
    """Return a mail as bytes."""
    made = EmailMessage()
    made["From"], made["To"] = by, "Tom <tom@ours.example>"
    made["Date"] = dt.datetime.fromisoformat(day).replace(hour=9, tzinfo=dt.UTC)
    made["Message-ID"] = id_ or f"<{abs(hash((text, by, day)))}@x.example>"
    made["Subject"] = "The project"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if html:
        made.set_content(html, subtype="html", charset=charset)
    else:
        made.set_content(text, charset=charset)
    return made.as_bytes()


def read(data: bytes, name: str = "a.eml") -> SourceFile:
    """Return a file as it is read."""
    return read_source(data, name)


def captured(*files: bytes, how: Capturing = US) -> Captured:
    """Return what is captured of some mails."""
    return capture([read(data, f"{i}.eml") for i, data in enumerate(files)], how)


def facts(found: Captured) -> set[tuple[str, str, str]]:
    """Return what was found, without where."""
    return {(one.kind, one.quote, str(one.values.date or "")) for one in found.findings}


def mbox(mails: Sequence[bytes]) -> bytes:
    """Return a mailbox of mails."""
    return b"".join(b"From x@y.example Mon May 11 09:00:00 2026\n" + one + b"\n\n" for one in mails)


def docx(paragraphs: Sequence[str], extra: str = "", **parts: str) -> bytes:
    """Return a Word document."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'{extra}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", document)
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", text)
    return out.getvalue()

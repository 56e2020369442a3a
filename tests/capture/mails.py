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


def pdf(text: str) -> bytes:
    """Return a PDF with one page of one line."""
    shown = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + head + tail % (len(parts) + 1, len(made))

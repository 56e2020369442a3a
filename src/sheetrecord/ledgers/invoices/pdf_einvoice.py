"""The e-invoice inside a PDF (ZUGFeRD, Factur-X, XRechnung): its XML, taken out by pypdf.

Only the list of attached files is looked at: no page, no picture, no script, no font.
"""

import logging
from itertools import islice
from typing import Final

from sheetrecord.ledgers.errors import refuse
from sheetrecord.model.errors import MissingExtra
from sheetrecord.xlsx.pdf_pages import BROKEN

NAMES: Final = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""What the attached XML is called by the standards, without regard to case."""
MAX_PDF: Final = 32 * 1024 * 1024
MAX_XML: Final = 8 * 1024 * 1024
"""An invoice of ten thousand lines has some 5 MB."""
_MOST: Final = 200
"""Attachments that are looked at."""
_DO: Final = "Ask its sender for the XML, and give that."


def is_pdf(data: bytes) -> bool:
    """Return True for a PDF; some writers put something before its first line."""
    return b"%PDF-" in data[:1024]


def xml_of(data: bytes, name: str) -> bytes:
    """Return the XML of the e-invoice that a PDF holds.

    Raises CannotRead for a PDF without one, with several that differ, or that is damaged, encrypted
    or too large; MissingExtra without pypdf.
    """
    if len(data) > MAX_PDF:
        raise refuse(name, f"{len(data) >> 20} MB is too large for an invoice.", _DO, "huge")
    found = dict.fromkeys(_attached(data, name))
    if not found:
        why = f"this PDF holds no e-invoice (a file attached as {', '.join(NAMES)})."
        raise refuse(name, why, _DO, "kind")
    if len(found) > 1:
        raise refuse(name, "this PDF holds several e-invoices, which differ.", _DO, "kind")
    [xml] = found
    if len(xml) > MAX_XML:
        raise refuse(name, "the e-invoice inside is too large.", _DO, "huge")
    return xml


def _attached(data: bytes, name: str) -> list[bytes]:
    """Return the content of each attached file that is called as an e-invoice is."""
    from io import BytesIO

    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtra("pypdf", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is malformed is refused, not told
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise refuse(name, "this PDF is encrypted.", _DO, "kind")
        files = islice(reader.attachment_list, _MOST)
        return [one.content for one in files if _called(one.name, one.alternative_name)]
    except BROKEN as error:
        raise refuse(name, "this PDF is damaged, or made to fail.", _DO, "truncated") from error
    except PyPdfError as error:
        raise refuse(name, "this PDF is damaged, or made to fail.", _DO, "truncated") from error


def _called(*names: str | None) -> bool:
    return any(str(one).lower() in NAMES for one in names if one)

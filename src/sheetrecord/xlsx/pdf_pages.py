"""The text of a PDF, page by page, by pypdf (extra ``pdf``)."""

import io
import logging
from typing import Final

from sheetrecord.model.errors import CannotRead, MissingExtra

_LONGEST: Final = 5_000
"""Pages of a PDF that are read."""
_FEW: Final = 40
"""Characters a page below which a PDF holds pictures of text."""
BROKEN: Final = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, RecursionError,
    OverflowError, EOFError, OSError, NotImplementedError, MemoryError, StopIteration,
)  # fmt: skip
"""What a reader of hostile files may raise beside its own errors."""


def pdf_pages(data: bytes, name: str) -> list[str]:
    """Return the text of each page.

    Raises CannotRead for one that is locked, damaged, too long or holds pictures of text, and
    MissingExtra without pypdf.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtra("pypdf", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is malformed is refused, not told
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        if count <= _LONGEST:
            pages = [page.extract_text() or "" for page in reader.pages] if count else []
    except (PyPdfError, *BROKEN) as error:
        do = "Export it again, or give the .docx."
        raise CannotRead(name, "the PDF is damaged.", do, "damaged") from error
    if locked:
        do = "Save a copy without one."
        raise CannotRead(name, "it is protected by a password.", do, "locked")
    if count > _LONGEST:
        raise CannotRead(name, "it has too many pages.", "Give the part that matters.", "huge")
    if sum(len(page.strip()) for page in pages) < _FEW * max(len(pages), 1):
        why = "its pages are pictures: it was scanned, and holds hardly any text."
        do = "Give the .docx, or have its text recognised first."
        raise CannotRead(name, why, do, "scanned")
    return pages

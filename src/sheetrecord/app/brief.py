"""The brief and the letter of a deal, as a file of the kind that its name asks for."""

import datetime as dt
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.handover.brief import Brief, brief_of
from sheetrecord.core.handover.letter import Letter, letter_of
from sheetrecord.files.marks import TEXTS
from sheetrecord.files.output import Output
from sheetrecord.model.errors import CannotWrite
from sheetrecord.schema.record import DealRows, Record

_BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "brave-browser"),
)
_OFFICES: Final = ("soffice", "libreoffice")
_PATIENCE: Final = 120
"""Seconds that a program gets to print a page."""


class NoSuchDeal(NamedTuple):
    """The deal asked for is not there; these are."""

    known: tuple[str, ...]


def brief(
    path: Path, deal_id: str, *, today: dt.date, asof: dt.date | None = None
) -> Brief | NoSuchDeal:
    """Read a workbook and gather a deal's brief."""
    book, parsed = read_record(path, today=today, asof=asof)
    record = derive(parsed.record)
    rows = _rows(record, deal_id)
    if isinstance(rows, NoSuchDeal):
        return rows
    sold = read_baselines(book).get(deal_id, [])
    return brief_of(rows, record.settings, sold[-1] if sold else None)


def letter(
    path: Path, deal_id: str, *, today: dt.date, asof: dt.date | None = None, signed: str = ""
) -> Letter | NoSuchDeal:
    """Read a workbook and gather the letter to a deal's client; ``signed`` by the rep if empty."""
    _, parsed = read_record(path, today=today, asof=asof)
    rows = _rows(derive(parsed.record), deal_id)
    if isinstance(rows, NoSuchDeal):
        return rows
    return letter_of(rows, parsed.record.settings, signed or rows.deal.deal_owner)


def _rows(record: Record, deal_id: str) -> DealRows | NoSuchDeal:
    rows = record.by_deal.get(deal_id)
    return rows if rows is not None else NoSuchDeal(tuple(record.by_deal))


def write_page(out: Output, html: str, markdown: str) -> None:
    """Write a page: Markdown for ``.md``, PDF for ``.pdf``, else HTML.

    Raises CannotWrite when the file cannot be written or nothing here can print a PDF.
    """
    if out.suffix == ".pdf":
        out.write(pdf(html, out.path))
    else:
        out.write((markdown if out.suffix in TEXTS else html).encode())


def pdf(html: str, path: Path) -> bytes:
    """Print a page with a browser that is installed, else with LibreOffice."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, printed = folder / "page.html", folder / "page.pdf"
        page.write_text(html, "utf-8")
        for words in _printers(folder, page, printed):
            try:
                subprocess.run(words, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - programs found by name, words of ours
            except (OSError, subprocess.TimeoutExpired):
                continue
            if printed.is_file() and printed.stat().st_size:
                return printed.read_bytes()
    raise CannotWrite(
        path,
        "no program here prints PDF.",
        "Install Chromium or LibreOffice, or write .html and print it from a browser.",
    )


def _printers(folder: Path, page: Path, printed: Path) -> list[list[str]]:
    """Return the command lines to try, in order."""
    found = []
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser:
        flags = ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run"]
        flags += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}"]
        found.append([browser, *flags, page.as_uri()])
        found.append([browser, "--no-sandbox", *flags, page.as_uri()])
    office = next(filter(None, map(shutil.which, _OFFICES)), None)
    if office:
        profile = (folder / "office").as_uri()
        words = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
        found.append([*words, "pdf:writer_web_pdf_Export", "--outdir", str(folder), str(page)])
    return found

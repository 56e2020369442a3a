"""The brief and the letter of a deal, as a file of the kind that its name asks for."""

import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.audience import audience_of, letter_audience, refuse_doubts
from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.app.settings.config import Config
from sheetrecord.core.gaps.rules_made import unread_kinds
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.handover.hidden_log import read_log
from sheetrecord.core.view.audiences import EVERY_LEVEL
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.row_origin import locator
from sheetrecord.core.view.uncertain_owner import concerning, doubts
from sheetrecord.core.view.unread_cells import unread_cells
from sheetrecord.core.which_deal import meant_deal
from sheetrecord.files.generated_marks import TEXTS
from sheetrecord.files.output import Output
from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotWrite
from sheetrecord.publish.brief.content import Brief, brief_of
from sheetrecord.publish.letter.content import Letter, held_back, letter_of
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows

_BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "brave-browser"),
)
_OFFICES: Final = ("soffice", "libreoffice")
_PATIENCE: Final = 120
"""Seconds that a program gets to print a page."""


class Reader(NamedTuple):
    """The audience of a page, its date, and the settings of the workbook."""

    today: dt.date
    asof: dt.date | None = None
    audience: str = "ops"
    settings: Config = Config()


class NoSuchDeal(NamedTuple):
    """The request names no deal, or more than one; these are the candidates."""

    known: Mapping[str, DealRows]


def brief(address: str, deal: str, reader: Reader) -> Brief | NoSuchDeal:
    """Read a workbook and gather a deal's brief, of what its reader may see.

    ``deal`` names it as `which_deal` has it.

    Raises BadSettings when the settings file cannot be understood.
    """
    return brief_in(*read_to_show(address, today=reader.today, asof=reader.asof), deal, reader)


def brief_in(book: Book, parsed: Parsed, deal: str, reader: Reader) -> Brief | NoSuchDeal:
    """Gather a deal's brief from a workbook that was read, as `brief`."""
    deal_id = meant_deal(deal, parsed.record.by_deal)
    if deal_id not in parsed.record.by_deal:
        return NoSuchDeal(parsed.record.by_deal)
    audience = audience_of(reader.audience, reader.settings)
    seen = narrow(parsed.record, audience, frozenset((deal_id,)))
    told = parsed.record.settings
    settings = seen.settings._replace(prompts=told.prompts, prompt_texts=told.prompt_texts)
    sold = read_baselines(book).get(deal_id, [])
    unsure = concerning(doubts(parsed), frozenset((deal_id,)), frozenset())
    found = brief_of(
        seen.by_deal[deal_id],
        settings,
        sold[-1] if sold else None,
        whole=audience.levels >= EVERY_LEVEL,
        first=unread_kinds(read_log(book)),
    )
    return found._replace(
        unsure=bool(unsure),
        unread=[one for one in unread_cells(parsed, seen, audience) if one.deal_id == deal_id],
        locate=locator(parsed),
    )


def letter(address: str, deal: str, reader: Reader, signed: str = "") -> Letter | NoSuchDeal:
    """Read a workbook and gather the letter to a deal's client; ``signed`` by the rep if empty.

    Raises NotCertain when the deal could be another client's.
    """
    _, parsed = read_to_show(address, today=reader.today, asof=reader.asof)
    return letter_in(address, parsed, deal, reader, signed)


def letter_in(
    address: str, parsed: Parsed, deal: str, reader: Reader, signed: str = ""
) -> Letter | NoSuchDeal:
    """Gather the letter to a deal's client from a workbook that was read, as `letter`."""
    deal_id = meant_deal(deal, parsed.record.by_deal)
    rows = parsed.record.by_deal.get(deal_id)
    if rows is None:
        return NoSuchDeal(parsed.record.by_deal)
    chosen = frozenset((deal_id,))
    refuse_doubts(address, parsed, doubts(parsed), chosen)
    seen = narrow(parsed.record, letter_audience(reader.settings), chosen).by_deal[deal_id]
    found = letter_of(seen, parsed.record.settings, signed or seen.deal.deal_owner)
    return found._replace(held_back=held_back(rows), deal_id=deal_id)


def write_page(out: Output, html: str, markdown: str) -> None:
    """Write a page: Markdown for ``.md``, PDF for ``.pdf``, else HTML.

    Raises CannotWrite when the file cannot be written or nothing here can print a PDF.
    """
    if out.suffix == ".pdf":
        out.write(pdf(html, out.path))
    else:
        out.write((markdown if out.suffix in TEXTS else html).encode())


def pdf(html: str, path: Path) -> bytes:
    """Return a page as PDF, printed with an installed browser, else with LibreOffice.

    Raises CannotWrite when neither is installed or printing fails.
    """
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

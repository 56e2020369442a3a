#!/usr/bin/env python3
"""Take the pictures that the docs show of the page: the real engine, a sample firm."""

import datetime as dt
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from sheetrecord.app.create import NewWorkbookRequest, create  # noqa: E402
from web.firm import ASOF, DEAL, MAIL, with_gaps  # noqa: E402 - found by the line above
from web.page_browser import BEGINNING, PageBrowser  # noqa: E402
from web.served import Site  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def pictures(folder: Path) -> None:
    """Take them: a list of what is missing, a preview, the cards of a mail."""
    day = dt.date.fromisoformat(ASOF)
    create(folder / "firm.xlsx", NewWorkbookRequest(sample=True), today=day, asof=day)
    firm = (folder / "firm.xlsx").read_bytes()
    site, page = Site(folder / "site"), PageBrowser(folder)
    page.open(f"{site.origin}/", 1280, 860)
    page.until("document.querySelector('.drop') && !document.querySelector('#late')", BEGINNING)
    page.drop({"firm.xlsx": with_gaps(firm, folder), "thread.eml": MAIL})
    page.click(f"which-{DEAL}")
    page.shown(".card")
    page.type_into("by", "Ines Duarte")
    page.settled()
    page.picture(IMAGES / "page-mail.png")
    page.drop({"firm.xlsx": firm})
    page.click("second-open")
    page.shown(".gap")
    page.click(f"deal-{DEAL}")
    page.click("tab-handover")
    page.shown(".preview")
    page.type_into("by", "Ines Duarte")
    page.settled()
    page.picture(IMAGES / "page-close.png")
    page.close()
    site.stop()


def main() -> int:
    """Take the pictures."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        pictures(Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())

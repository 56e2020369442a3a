"""One browser and one folder with the page, for all tests of a process that open it."""

import datetime as dt
from collections.abc import Iterator

import pytest

from web.desk import Desk
from web.firm import ASOF
from web.page_browser import PageBrowser
from web.served import Site


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Have the page in a browser of the tests' own."""
    folder = tmp_path_factory.mktemp("page")
    site = Site(folder / "site")
    browser = PageBrowser(folder)
    try:
        yield Desk(site, browser)
    finally:
        browser.close()
        site.stop()


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the workbook of the sample firm."""
    from sheetrecord.app.create import NewWorkbookRequest, create

    path, day = tmp_path_factory.mktemp("firm") / "firm.xlsx", dt.date.fromisoformat(ASOF)
    create(path, NewWorkbookRequest(sample=True), today=day, asof=day)
    return path.read_bytes()

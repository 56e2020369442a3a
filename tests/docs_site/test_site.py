"""The docs site: built without a warning, opened as files, searched, asking nobody."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.axe import axe
from web.page_browser import PageBrowser

ROOT = Path(__file__).resolve().parents[2]
MOST = 150_000
"""Bytes of a page: what a telephone on a train still opens at once."""
LOADED = re.compile(r'<(?:link|script|img|iframe|source)\b[^>]*?\b(?:href|src)="([^"]+)"')
KINDS = (
    "index.html",
    "tutorials/rep.html",
    "rules/head.html",
    "cli.html",
    "search.html?q=baseline",
)
"""A page of each kind there is."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built once, with a folder that stands for the browser's page."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text("<!doctype html><title>the page</title>", "utf-8")
    words = [sys.executable, str(ROOT / "scripts" / "build_site.py"), str(folder / "site")]
    done = subprocess.run(
        [*words, "--page", str(folder / "page")],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode == 0
    return folder / "site"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageBrowser]:
    found = PageBrowser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()


def test_no_page_is_large_or_loads_anything_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 70
    for page in pages:
        text = page.read_text("utf-8")
        assert len(text.encode()) < MOST, page.name
        assert [one for one in LOADED.findall(text) if "//" in one] == [], page.name


def test_every_page_of_the_docs_and_every_family_of_rules_is_there(site: Path) -> None:
    docs = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    assert {one for one in docs if not (site / one).with_suffix(".html").is_file()} == set()
    rules = (ROOT / "docs" / "rules.md").read_text("utf-8")
    for code in re.findall(r"^## ([A-Z]+-\d+)$", rules, re.MULTILINE):
        page = site / "rules" / f"{code.partition('-')[0].lower()}.html"
        assert f'id="{code.lower()}"' in page.read_text("utf-8"), code


def test_the_page_is_embedded_as_the_live_demo(site: Path) -> None:
    assert (site / "page" / "index.html").is_file()
    assert 'src="page/index.html"' in (site / "try-it.html").read_text("utf-8")


@pytest.mark.chromium
@pytest.mark.parametrize("page", KINDS)
def test_it_opens_from_a_folder_without_a_fault(
    site: Path, browser: PageBrowser, page: str
) -> None:
    """No request leaves the folder, nobody complains, axe finds nothing, light and dark."""
    name, mark, query = page.partition("?")
    browser.open((site / name).as_uri() + mark + query)
    if query:
        found = "[...document.querySelectorAll('#search-results a')].map((one) => one.href)"
        browser.until(f"{found}.some((one) => one.includes('handover'))")
    assert [one for one in browser.requests if not one.startswith(("file:", "data:"))] == []
    assert browser.errors == []
    assert browser.faults(axe()) == []


def test_a_folder_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    words = [sys.executable, str(ROOT / "scripts" / "build_site.py"), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

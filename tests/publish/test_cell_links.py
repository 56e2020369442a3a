"""From the view to the cell: addresses to copy, and links for those who may have them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pytest

from conftest import Ran
from publish.browser import Browser
from publish.firm import usual, workbook
from sheetrecord.core.view.cell_links import LONGEST_APP_LINK, app_link, web_link

Run = Callable[..., Ran]
URL = "https://firm.sharepoint.example/sites/ops/firm.xlsx"
SHARE = r"\\nas\deals\D-0001 contract.pdf"


def published(run: Run, folder: Path, *words: object, url: str = URL, to: str = "view") -> Path:
    rows = usual()
    rows["Deal"][0] |= {"contract_link": SHARE, "proposal_link": "email acceptance"}
    (folder / "firm.xlsx").write_bytes(workbook(rows))
    told = f'[publish]\nbook = "{url}"\n' if url else ""
    (folder / "sheetrecord.toml").write_text(told)
    ran = run("publish", folder / "firm.xlsx", "--to", folder / to, *words)
    assert ran.code == 0, ran.err
    return folder / to


def page(site: Path) -> str:
    return (site / "deals/D-0001.html").read_text("utf-8")


def test_each_link_of_a_page_leads_to_the_cell_that_says_it(run: Run, tmp_path: Path) -> None:
    text = page(published(run, tmp_path)).replace("&amp;", "&")
    cells = set(re.findall(r'<code data-copy="([^"]+)">', text)) - {SHARE}
    links = [one for one in re.findall(r'href="(https://[^"]+)"', text) if "activeCell" in one]
    assert {parse_qs(urlsplit(one).query)["activeCell"][0] for one in links} == cells
    assert all(one.startswith(URL + "?web=1&") for one in links)
    assert f'href="ms-excel:ofe|u|{URL}"' in text
    book = openpyxl.load_workbook(tmp_path / "firm.xlsx")
    said = {str(book[s.strip("'")][c].value) for s, c in (one.split("!") for one in cells)}
    assert {"D-0001", "The prototype", "Training for five users"} <= said


@pytest.mark.parametrize("audience", ["finance", "client"])
def test_others_get_no_link_into_the_workbook(run: Run, tmp_path: Path, audience: str) -> None:
    words = ["--client", "Nordlicht"] if audience == "client" else []
    site = published(run, tmp_path, "--audience", audience, *words)
    for path in site.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert "sharepoint" not in text
            assert "ms-excel" not in text
            assert "../firm.xlsx" not in text
    book = published(run, tmp_path, "--audience", audience, *words, to="seen.xlsx")
    cells = (c for s in openpyxl.load_workbook(book) for row in s for c in row)
    assert not [cell for cell in cells if cell.hyperlink]


def test_without_an_address_no_place_of_this_machine_reaches_a_page(
    run: Run, tmp_path: Path
) -> None:
    site = published(run, tmp_path, url="")
    assert "activeCell" not in page(site)
    assert 'data-copy="Deal!A' in page(site)
    for path in site.rglob("*"):
        if path.is_file():
            assert str(tmp_path) not in path.read_text("utf-8")


def test_the_workbook_beside_its_view_is_named_and_no_other(run: Run, tmp_path: Path) -> None:
    asof = (published(run, tmp_path) / "data/asof.js").read_text()
    assert '"book": "../firm.xlsx"' in asof
    far = published(run, tmp_path, to="a/view") / "data/asof.js"
    assert '"book"' not in far.read_text()


def test_files_are_shown_to_be_copied_and_never_linked(run: Run, tmp_path: Path) -> None:
    text = page(published(run, tmp_path))
    assert f'<code data-copy="{SHARE}">{SHARE}</code>' in text
    assert "file:" not in text
    assert "<code" not in text.split("email acceptance")[0].rpartition("<span>")[2]


@pytest.mark.parametrize("url", [URL, ""])
def test_a_published_workbook_jumps_to_the_cell(run: Run, tmp_path: Path, url: str) -> None:
    book = openpyxl.load_workbook(published(run, tmp_path, url=url, to="seen.xlsx"))
    source = openpyxl.load_workbook(tmp_path / "firm.xlsx")
    seen = 0
    for sheet in book.worksheets[:5]:
        links = [cell for row in sheet for cell in row if cell.hyperlink]
        seen += len(links)
        for cell in links:
            assert cell.column == sheet.max_column
            place, _, at = str(cell.hyperlink.location).rpartition("!")
            assert str(cell.value).replace("'", "") == f"{place}!{at}".replace("'", "")
            said = source[place.strip("'")][at].value
            assert said is None or said in [one.value for one in sheet[cell.row]]
            assert unquote(cell.hyperlink.target) == (url or "firm.xlsx")
    assert seen > 15


def test_elsewhere_a_published_workbook_only_names_the_cell(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    book = openpyxl.load_workbook(published(run, tmp_path, url="", to="a/seen.xlsx"))
    sheet = book.worksheets[0]
    last = [row[-1] for row in sheet.iter_rows(min_row=2)]
    assert all(str(cell.value).startswith("Deal!A") for cell in last)
    assert not any(cell.hyperlink for cell in last)


WRONG = [
    "http://f.example/firm.xlsx",
    "https://u@f.example/firm.xlsx",
    "https://f.example/",
    "firm.xlsx",
    "https://f.example/a b.xlsx",
    "https://f.example/firm.xlsx#Deal!A1",
]


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_of_a_workbook_is_refused(run: Run, tmp_path: Path, url: str) -> None:
    (tmp_path / "firm.xlsx").write_bytes(workbook(usual()))
    (tmp_path / "sheetrecord.toml").write_text(f'[publish]\nbook = "{url}"\n')
    ran = run("publish", tmp_path / "firm.xlsx", "--to", tmp_path / "view")
    assert ran.code == 2
    assert ":2: [publish] book: it is no address of a workbook on the web." in ran.err


def test_a_link_that_office_would_refuse_is_not_made() -> None:
    longest = "https://f.example/".ljust(
        LONGEST_APP_LINK - len(app_link("https://f.example/")) + 18, "x"
    )
    assert len(app_link(longest)) == LONGEST_APP_LINK
    assert app_link(longest + "x") == ""
    assert web_link(longest + "x", "Deal!A1").startswith(longest)


def test_a_moved_row_is_named_where_it_stands_now(run: Run, tmp_path: Path) -> None:
    site = published(run, tmp_path)
    rows = usual()
    rows["Deal"].insert(0, {"deal_id": "D-0009", "client": "Z", "stage": "won"})
    (tmp_path / "firm.xlsx").write_bytes(workbook(rows))
    before = page(site)
    ran = run("publish", tmp_path / "firm.xlsx", "--to", site)
    assert ran.code == 0, ran.err
    found = re.findall(r"Deal!A\d+", page(site))
    assert found != re.findall(r"Deal!A\d+", before)
    book = openpyxl.load_workbook(tmp_path / "firm.xlsx")
    assert book["Deal"][found[0].split("!")[1]].value == "D-0001"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.mark.chromium
def test_an_address_is_copied_with_a_button_that_says_which(
    run: Run, browser: Browser, tmp_path: Path
) -> None:
    site = published(run, tmp_path)
    browser.open((site / "deals/D-0001.html").as_uri())
    names = browser.ask("[...document.querySelectorAll('button.copy')].map(b => b.ariaLabel)")
    assert any(name.startswith("Copy Deal!A") for name in names)
    assert f"Copy {SHARE}" in names
    assert len(names) == browser.ask("document.querySelectorAll('[data-copy]').length")
    browser.ask("globalThis.took = ''; navigator.clipboard.writeText = async t => { took = t; }; 0")
    browser.ask("document.querySelector('button.copy').click(); 0")
    browser.until("document.querySelector('.copied').textContent === 'Copied'")
    assert f"Copy {browser.ask('took')}" == names[0]
    browser.ask("navigator.clipboard.writeText = async () => { throw new Error(); }; 0")
    browser.ask("document.querySelector('button.copy').click(); 0")
    browser.until("document.querySelector('.copied').textContent.startsWith('Selected')")
    assert browser.ask("String(getSelection())") == browser.ask("took")
    beside = browser.ask("document.querySelector('[data-beside] a').href")
    assert unquote(beside) == (tmp_path / "firm.xlsx").as_uri()

"""The pages in a real browser: found by search, harmless, silent, usable by everybody."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.browser import Browser
from publish.firm import HOSTILE, hostile, usual, workbook
from sheetrecord.app.publish import PublishRequest, publish

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
PAGES = (
    "index.html",
    "calendar.html",
    "money.html",
    "finished.html",
    "owner.html",
    "deals/D-0001.html",
)
WIDTHS = {"desktop": 1280, "phone": 390}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sites")
    made = {}
    for name, rows in {"usual": usual(), "hostile": hostile()}.items():
        book = folder / f"{name}.xlsx"
        book.write_bytes(workbook(rows))
        made[name] = folder / name
        publish(str(book), PublishRequest("owner", made[name], "<b>By</b>"), today=_today())
    return made


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The check of a workbook, a brief, and a client's index."""
    folder = tmp_path_factory.mktemp("others")
    book, made = folder / "firm.xlsx", folder / "client"
    rows = usual()
    for row in rows["Project"]:
        row["share"] = "client"
    book.write_bytes(workbook(rows))
    publish(str(book), PublishRequest("client", made, client="Nordlicht"), today=_today())
    run = [sys.executable, "-m", "sheetrecord"]
    env = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    words = [*run, "validate", str(book), "--format", "html"]
    done = subprocess.run(words, capture_output=True, check=False, env=env)
    (folder / "check.html").write_bytes(done.stdout)
    words = [*run, "brief", str(book), "D-0001", "--to", str(folder / "brief.html")]
    subprocess.run(words, check=True, env=env, stdout=subprocess.DEVNULL)
    return {
        "check": folder / "check.html",
        "brief": folder / "brief.html",
        "client": made / "index.html",
    }


def _today() -> object:
    import datetime as dt

    return dt.date(2026, 7, 1)


def search(browser: Browser, site: Path, text: str) -> list[str]:
    """Type into the search of the index and return what is found, once it is there."""
    browser.open((site / "index.html").as_uri())
    browser.ask(
        f"""new Promise(done => {{
          const q = document.getElementById("q"), out = document.getElementById("results");
          new MutationObserver(() => {{ if (!out.hidden) done(); }})
            .observe(out, {{attributes: true, childList: true, subtree: true}});
          q.value = {json.dumps(text)};
          q.dispatchEvent(new Event("input"));
        }})"""
    )
    return browser.ask('[...document.querySelectorAll("#results li")].map(li => li.innerText)')


def test_the_search_works_from_a_folder_without_a_server(
    browser: Browser, sites: dict[str, Path]
) -> None:
    found = search(browser, sites["usual"], 'TRAINING "five users"')
    assert len(found) == 1
    assert "Anna Keller → Petra Vogt · 2026-03-03 · Spoken call 3 March" in found[0]
    assert "Undecided" in found[0]
    assert not browser.errors
    assert all(url.startswith("file://") for url in browser.requests)


def test_a_finding_leads_to_its_place_on_the_page(browser: Browser, sites: dict[str, Path]) -> None:
    search(browser, sites["usual"], "training")
    link = browser.ask('document.querySelector("#results a").href')
    browser.open(link)
    assert "Training for five users" in browser.ask('document.querySelector(":target").innerText')


def test_the_search_says_when_nothing_is_found(browser: Browser, sites: dict[str, Path]) -> None:
    assert search(browser, sites["usual"], "zeppelin") == []
    assert "zeppelin" in browser.ask('document.querySelector("#results [role=status]").innerText')


def test_a_deal_page_hands_its_search_to_the_index(
    browser: Browser, sites: dict[str, Path]
) -> None:
    browser.open((sites["usual"] / "deals" / "D-0001.html").as_uri())
    browser.follow("document.forms[0].q.value = 'training'; document.forms[0].submit();")
    browser.until("!document.getElementById('results').hidden")
    assert browser.ask('document.querySelectorAll("#results li").length') == 1


def test_every_page_says_when_from_what_and_by_whom(
    browser: Browser, sites: dict[str, Path]
) -> None:
    for page in ("index.html", "owner.html", "deals/D-0001.html"):
        browser.open((sites["usual"] / page).as_uri())
        foot = browser.ask('document.querySelector("footer").innerText')
        assert "As of 30\u00a0Jun\u00a02026" in foot
        assert "made from usual.xlsx, revision" in foot
        assert "by <b>By</b>" in foot


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_hostile_content_is_shown_and_does_nothing(
    browser: Browser, sites: dict[str, Path], width: int
) -> None:
    site = sites["hostile"]
    for page in sorted(site.rglob("*.html")):
        browser.open(page.as_uri(), width)
        assert browser.ask("document.title") != "pwned"
        assert browser.ask("globalThis.pwned") is None
        assert not browser.errors, page
        assert all(url.startswith("file://") for url in browser.requests)
        links = browser.ask("[...document.links].map(a => a.protocol)")
        assert set(links) <= {"file:", "http:", "https:", "mailto:"}
        scripts = browser.ask("[...document.scripts].map(s => s.getAttribute('src'))")
        assert all(source and not source.startswith(("http", "/")) for source in scripts)
        handlers = (
            "[...document.querySelectorAll('*')].filter(e => e.getAttributeNames()"
            ".some(n => n.startsWith('on') || n === 'style')).length"
        )
        assert browser.ask(handlers) == 0
        assert not browser.ask("document.documentElement.scrollWidth > innerWidth"), page


def test_hostile_findings_are_shown_as_text(browser: Browser, sites: dict[str, Path]) -> None:
    found = search(browser, sites["hostile"], "onerror")
    assert found
    assert any(HOSTILE["image"] in text for text in found)
    assert browser.ask("document.querySelectorAll('#results img').length") == 0
    assert browser.ask("document.title") == "Work list · hostile"
    assert not browser.errors


def test_the_policy_would_stop_an_inline_script(browser: Browser, sites: dict[str, Path]) -> None:
    browser.open((sites["usual"] / "index.html").as_uri())
    browser.ask(
        "const s = document.createElement('script'); s.textContent = 'globalThis.pwned = 1';"
        "document.head.append(s); 0"
    )
    assert browser.ask("globalThis.pwned") is None


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rules of axe-core, fetched from npm for this run."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    words = [npm, "install", "--silent", "--ignore-scripts", "--fetch-retries=0",
             "--fetch-timeout=20000", "--prefix", str(folder), "axe-core@4"]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.is_file():
        pytest.skip(f"axe-core cannot be fetched: {done.stderr[-200:]}")
    return script.read_text("utf-8")


def violations(browser: Browser, axe: str) -> list[str]:
    browser.ask(axe + ";0")
    return browser.ask(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        ".then(r => r.violations.map(v => v.id + ' ' + v.impact + ' ' + v.nodes[0].html))"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_wrong(
    browser: Browser, sites: dict[str, Path], axe: str, page: str, width: int, dark: bool
) -> None:
    browser.dark(on=dark)
    browser.open((sites["usual"] / page).as_uri(), width)
    browser.ask("for (const d of document.querySelectorAll('details')) d.open = true; 0")
    assert violations(browser, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("page", ["check", "brief", "client"])
def test_axe_finds_nothing_wrong_with_the_other_pages(
    browser: Browser, others: dict[str, Path], axe: str, page: str, width: int, dark: bool
) -> None:
    browser.dark(on=dark)
    browser.open(others[page].as_uri(), width)
    assert violations(browser, axe) == []
    assert not browser.ask("document.documentElement.scrollWidth > innerWidth")


def test_axe_would_notice_what_is_wrong(browser: Browser, sites: dict[str, Path], axe: str) -> None:
    browser.open((sites["usual"] / "index.html").as_uri())
    browser.ask("document.querySelector('label[for=q]').remove(); "
                "document.getElementById('q').placeholder = ''; 0")  # fmt: skip
    assert violations(browser, axe)


def test_the_owner_sees_what_else_is_known_of_the_sale(sites: dict[str, Path]) -> None:
    lost = (sites["usual"] / "deals" / "D-0004.html").read_text("utf-8")
    assert "Lost to" in lost
    assert "a freelancer" in lost


def test_a_page_is_whole_without_its_script(sites: dict[str, Path]) -> None:
    text = (sites["usual"] / "deals" / "D-0001.html").read_text("utf-8")
    for words in ("Training for five users", "The prototype", "Board meeting", "Which board?"):
        assert words in text

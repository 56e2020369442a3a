"""How large the view may be, with sixty live projects and with thousands, and who can use it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.browser import Browser
from publish.busy import ASOF, busy
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.remembered import remember
from sheetrecord.publish.folder import put
from sheetrecord.publish.site import Provenance, Site, SiteContent
from sheetrecord.schema.record import Record


def site_of(record: Record, audience: str = "ops") -> Site:
    seen = AUDIENCES[audience]
    found = narrow(record, seen)
    was = remember(None, found, seen, found.settings.asof)
    return Site(found, seen, Provenance("firm.xlsx", "r", "Mara"), {}, SiteContent(was=was))


def sizes(site: Site) -> dict[str, int]:
    return {page.path: len(page.render()) for page in site.pages()}


def test_sixty_live_projects_with_many_finished_ones_behind_them() -> None:
    found = sizes(site_of(busy(60, 600)))
    assert found["index.html"] <= 60_000
    assert max(size for path, size in found.items() if path.endswith(".html")) <= 250_000
    assert found["index.html"] < 1.1 * sizes(site_of(busy(60)))["index.html"]


@pytest.mark.slow
def test_five_thousand_live_projects() -> None:
    found = sizes(site_of(busy(5_000)))
    assert found["index.html"] + found["data/list.js"] <= 1_000_000
    assert found["index.html"] <= 250_000


def test_finished_deals_are_split_into_pages_that_anybody_can_load() -> None:
    site = site_of(busy(1, 1_600))
    found = {path: size for path, size in sizes(site).items() if path.startswith("finished")}
    assert len(found) > 3
    assert max(found.values()) <= 250_000


def test_a_changed_deal_and_a_day_that_passes(tmp_path: Path) -> None:
    put(tmp_path / "site", list(site_of(busy(60, 40)).pages()), "ops")
    done = put(tmp_path / "site", list(site_of(busy(60, 40, changed=7)).pages()), "ops")
    assert len([page for page in done.write if page.path != "data/was.json"]) <= 5
    later = ASOF + dt.timedelta(days=1)
    done = put(tmp_path / "site", list(site_of(busy(60, 40, changed=7, asof=later)).pages()), "ops")
    assert len(done.write) <= 4


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("large") / "site"
    put(site, list(site_of(busy(1_200)).pages()), "ops")
    return site


@pytest.mark.chromium
def test_a_day_of_sixty_projects_is_seen_without_scrolling(
    browser: Browser, tmp_path: Path
) -> None:
    put(tmp_path / "site", list(site_of(busy(60, 40)).pages()), "ops")
    browser.open((tmp_path / "site" / "index.html").as_uri(), 1440, 900)
    seen = browser.ask(
        "['#figures', '#weeks .grid', '#changed', '#controls', '#list thead']"
        ".map(s => document.querySelector(s).getBoundingClientRect().bottom)"
    )
    assert max(seen) < 700
    rows = browser.ask(
        "[...document.querySelectorAll('#list tbody tr:not(.group)')]"
        ".filter(r => r.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert rows >= 5
    assert browser.ask("document.querySelectorAll('#list tbody tr:not(.group)').length") == 60


@pytest.mark.chromium
def test_a_large_firm_draws_few_nodes_and_shows_more_on_demand(
    browser: Browser, large: Path
) -> None:
    browser.open((large / "index.html").as_uri(), 1440, 900)
    assert browser.ask("document.querySelectorAll('*').length") <= 6_000
    rows = "document.querySelectorAll('#list tbody tr:not(.group)').length"
    assert browser.ask(rows) == 200
    browser.ask("document.querySelector('#rest button').click(); 0")
    assert browser.ask(rows) == 400
    browser.ask("location.hash = 'lead=Lea+Brandt&show=now'; 0")
    browser.until("!document.querySelector('#controls .count').textContent.startsWith('1200')")
    cells = "[...document.querySelectorAll('#list .c-lead')].map(c => c.textContent)"
    leads = browser.ask(f"[...new Set({cells})]")
    assert leads == ["Lea Brandt"]


@pytest.mark.chromium
@pytest.mark.parametrize("page", ["money.html", "owner.html", "calendar.html"])
def test_every_number_opens_the_list_of_what_it_adds_up(
    browser: Browser, tmp_path: Path, page: str
) -> None:
    put(tmp_path / "site", list(site_of(busy(60, 10), "owner").pages()), "owner")
    browser.open((tmp_path / "site" / page).as_uri())
    told = browser.ask("""(() => {
      const D = sheetrecordDraw, R = D.R;
      return [...document.querySelectorAll('#content a[href^="index.html#"]')].map((a) => {
        const asked = R.look(a.hash.slice(1)), found = R.shown(D.rows, asked, D.asof);
        if (!asked.cur) return [a.textContent, String(found.length), asked.client];
        const sum = R.sums(found, asked, D.asof).get(asked.cur) || {};
        const open = asked.by || asked.show === "unpriced";
        return [a.textContent, D.money(open ? sum.unpriced : sum.toCome, asked.cur), ""];
      });
    })()""")
    assert len(told) > 5
    for text, added, client in told:
        assert text == client or text.split(" ")[0] == added.split(" ")[0]


def press(browser: Browser, key: str, text: str = "") -> None:
    codes = {"ArrowDown": 40, "Enter": 13, "Tab": 9, "/": 191}
    words = {"key": key, "windowsVirtualKeyCode": codes[key], "text": text}
    for kind in ("keyDown", "keyUp"):
        browser._call("Input.dispatchKeyEvent", type=kind, **words)


@pytest.mark.chromium
def test_with_the_keyboard_alone_from_the_search_to_a_deal(
    browser: Browser, tmp_path: Path
) -> None:
    put(tmp_path / "site", list(site_of(busy(60)).pages()), "ops")
    browser.open((tmp_path / "site" / "index.html").as_uri())
    press(browser, "/", "/")
    assert browser.ask("document.activeElement.id") == "q"
    browser._call("Input.insertText", text="training five")
    browser.until("!document.getElementById('results').hidden")
    assert (
        browser.ask("document.querySelector('#results mark').textContent.toLowerCase()")
        == "training"
    )
    press(browser, "ArrowDown")
    press(browser, "ArrowDown")
    assert (
        browser.ask("[...document.querySelectorAll('#results a')].indexOf(document.activeElement)")
        == 1
    )
    browser._events = []
    press(browser, "Enter", "\r")
    browser._loaded()
    assert "/deals/D-" in browser.ask("location.pathname")
    assert "Training" in browser.ask("document.querySelector(':target').innerText")


@pytest.mark.chromium
def test_the_list_is_filtered_sorted_and_named_without_a_mouse(
    browser: Browser, tmp_path: Path
) -> None:
    put(tmp_path / "site", list(site_of(busy(60)).pages()), "ops")
    browser.open((tmp_path / "site" / "index.html").as_uri())
    count = "document.querySelector('#controls .count').textContent"
    assert browser.ask(count) == "60 of 60"
    for _ in range(40):
        press(browser, "Tab")
        if browser.ask("document.activeElement.closest('#figures') !== null"):
            break
    press(browser, "Enter", "\r")
    assert browser.ask("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert browser.ask("location.hash") == "#show=now"
    assert browser.ask(count) != "60 of 60"
    names = browser.ask("[...document.querySelectorAll('#weeks td button')].map(b => b.ariaLabel)")
    assert names
    assert all(", week of " in name for name in names)
    assert browser.ask("document.querySelectorAll('#list [aria-sort]').length") == 1

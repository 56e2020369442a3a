"""Calendar and money without JavaScript: the work list has them, and their pages lead to it."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from publish.busy import ASOF, busy
from publish.test_bars import site_of
from sheetrecord.core.view.worklist_state import ListFilter, sums
from sheetrecord.publish.by_month import DEADLINES, UNPRICED, by_month
from sheetrecord.publish.site import Site


class Tables(HTMLParser):
    """Collects the rows of each table below a section, as texts."""

    def __init__(self) -> None:
        super().__init__()
        self.section, self.rows = "", dict[str, list[list[str]]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self.section = given.get("id") or ""
        if tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        if tag in {"td", "th"} and self.rows.get(self.section):
            self.rows[self.section][-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows.get(self.section) and self.rows[self.section][-1]:
            self.rows[self.section][-1][-1] += data


def rendered(site: Site, name: str) -> str:
    return next(page.render().decode() for page in site.pages() if page.path == name)


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(busy(30, 5))


def test_every_real_deadline_stands_there_with_its_day(site: Site) -> None:
    found = Tables()
    found.feed(rendered(site, "index.html"))
    told = {unescape(" ".join(row)).replace("\u00a0", " ") for row in found.rows["by-month"]}
    dated = [row for row in site.rows if row.deadline]
    assert len(dated) > 10
    for row in dated:
        day = site.renderer.marks.day(row.deadline).replace("\u00a0", " ")
        assert any(line.startswith(day) and row.deal_id in line for line in told)


def test_the_money_adds_up_to_what_the_list_adds_up(site: Site) -> None:
    whole = sums(site.rows, ListFilter(), ASOF)
    months = by_month(site.rows, site.renderer.marks).money
    assert {one.currency: one.total.whole for one in months if one.months} == {
        currency: one.to_come for currency, one in whole.items() if one.to_come
    }
    found = Tables()
    found.feed(rendered(site, "index.html"))
    text = " ".join(" ".join(row) for row in found.rows["by-money"])
    for one in months:
        assert site.renderer.marks.about(one.total.whole, one.currency) in text


@pytest.mark.parametrize("name", ["calendar", "money"])
def test_a_page_that_a_script_makes_leads_to_what_needs_none(site: Site, name: str) -> None:
    page = rendered(site, f"{name}.html")
    [target] = re.findall(r'<noscript>.*href="index.html#([\w-]+)"', page)
    assert f'id="{target}"' in rendered(site, "index.html")


def test_it_is_bounded_and_with_a_script_it_makes_no_node(site: Site) -> None:
    assert rendered(site, "index.html").count("<noscript>") == 1
    many = by_month(site.rows * 20, site.renderer.marks)
    assert sum(len(found) for _, found in many.deadlines) == DEADLINES
    assert many.left == 20 * sum(row.deadline is not None for row in site.rows) - DEADLINES
    assert all(len(one.unpriced) <= UNPRICED for one in many.money)


def test_who_sees_no_money_sees_none_there() -> None:
    page = rendered(site_of(busy(5), "finance"), "index.html")
    assert 'id="by-month"' not in page
    assert 'id="by-money"' in page

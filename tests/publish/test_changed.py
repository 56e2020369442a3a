"""Changed since: what a site showed before and shows otherwise now, as far as it may be seen."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from publish.firm import ASOF, Rows, usual, workbook
from sheetrecord.app.publish import PublishRequest, publish
from sheetrecord.app.settings.config import Config
from sheetrecord.publish.was import read_was

D = dt.date


def put(tmp_path: Path, rows: Rows, day: int, audience: str = "ops", **more: Any) -> Path:
    book, site = tmp_path / "firm.xlsx", tmp_path / audience
    book.write_bytes(workbook(rows))
    settings = more.pop("settings", None)
    request = PublishRequest(audience, site, "A", **more)
    asof = ASOF + dt.timedelta(days=day)
    publish(str(book), request, today=ASOF, asof=asof, settings=settings)
    return site


def changes(site: Path) -> list[list[Any]]:
    text = (site / "data" / "list.js").read_text("utf-8")
    told = json.loads(text.removeprefix("globalThis.sheetrecordList=").rstrip(";\n"))
    return [row[:4] for row in told["changes"]["rows"]]


def texts(site: Path) -> str:
    return "".join(
        path.read_text("utf-8")
        for path in sorted(site.rglob("*"))
        if path.suffix in {".js", ".json", ".html", ".ics"}
    )


def identified() -> Rows:
    """Return the usual firm with ids of its own, so that a row stays the same row."""
    rows = usual()
    for sheet, key, prefix in (("Context", "ctx_id", "X"), ("Commitments", "com_id", "C"),
                               ("Project", "row_id", "P"), ("Fees", "fee_id", "F")):  # fmt: skip
        for number, row in enumerate(rows[sheet]):
            row[key] = f"{prefix}-{number:08}"
    return rows


def test_the_first_publication_has_nothing_to_compare_with(tmp_path: Path) -> None:
    site = put(tmp_path, identified(), 0)
    assert changes(site) == []
    assert "this is the first publication" in (site / "index.html").read_text("utf-8")


def test_a_cell_is_told_with_both_values_by_its_header(tmp_path: Path) -> None:
    rows = identified()
    put(tmp_path, rows, 0)
    rows["Deal"][0]["ops_owner"] = "Ute"
    rows["Project"][1]["date_planned"] = D(2026, 7, 3)
    rows["Context"][0]["date"] = D(2026, 9, 1)
    rows["Fees"][0]["received"] = 40_000_00
    site = put(tmp_path, rows, 3)
    assert changes(site) == [
        ["D-0001", "Real deadline, Date", "10 Sep 2026", "1 Sep 2026"],
        ["D-0001", "Ops owner", "Milan", "Ute"],
        ["D-0001", "Deposit, Received", "20,000 EUR", "40,000 EUR"],
        ["D-0001", "Beta, Planned on", "26 Jun 2026", "3 Jul 2026"],
    ]
    page = (site / "index.html").read_text("utf-8")
    assert "Changed since 30\u00a0Jun" in page
    assert "<del>Milan</del> → <strong>Ute</strong>" in page


def test_what_is_put_back_is_no_change_and_two_on_a_day_are_one(tmp_path: Path) -> None:
    rows = identified()
    put(tmp_path, rows, 0)
    rows["Deal"][0]["ops_owner"] = "Ute"
    put(tmp_path, rows, 3)
    rows["Deal"][0]["ops_owner"] = "Eva"
    assert changes(put(tmp_path, rows, 3)) == [["D-0001", "Ops owner", "Milan", "Eva"]]
    rows["Deal"][0]["ops_owner"] = "Milan"
    assert changes(put(tmp_path, rows, 3)) == []


def test_changes_are_kept_for_sixty_days(tmp_path: Path) -> None:
    rows = identified()
    put(tmp_path, rows, 0)
    rows["Deal"][0]["ops_owner"] = "Ute"
    put(tmp_path, rows, 3)
    rows["Deal"][2]["ops_owner"] = "Eva"
    assert len(changes(put(tmp_path, rows, 62))) == 2
    rows["Deal"][2]["ops_owner"] = "Uwe"
    assert [one[0] for one in changes(put(tmp_path, rows, 63))] == ["D-0003", "D-0003"]


def test_a_row_that_becomes_internal_takes_its_history_with_it(tmp_path: Path) -> None:
    rows = identified()
    rows["Context"][1]["answer"] = "zebra prototype"
    rows["Context"][0] |= {"driver": "quagga fair", "date": D(2026, 9, 10)}
    put(tmp_path, rows, 0)
    rows["Context"][1]["answer"] = "okapi prototype"
    rows["Context"][0] |= {"driver": "tapir fair", "date": D(2026, 9, 3)}
    site = put(tmp_path, rows, 3)
    assert "zebra" in texts(site)
    assert "quagga" in texts(site)
    for row in rows["Context"][:2]:
        row["share"] = "internal"
    site = put(tmp_path, rows, 4)
    for word in ("zebra", "okapi", "quagga", "tapir", "2026-09-10", "2026-09-03", "10 Sep 2026"):
        assert word not in texts(site), word


def test_a_column_that_is_hidden_takes_its_history_with_it(tmp_path: Path) -> None:
    rows = identified()
    put(tmp_path, rows, 0)
    rows["Deal"][0]["value_net"] = 123_456_00
    site = put(tmp_path, rows, 3)
    assert "123,456" in texts(site)
    hide = Config(tables={"publish": {"ops": {"hide": ["Deal.value_net"]}}})
    site = put(tmp_path, rows, 4, settings=hide)
    assert "123,456" not in texts(site)
    assert "12345600" not in texts(site)
    site = put(tmp_path, rows, 5)
    assert changes(site) == []  # a column that may be seen again has not changed


def test_a_row_that_comes_is_told_and_one_that_goes_is_not(tmp_path: Path) -> None:
    rows = identified()
    gone = rows["Commitments"].pop()
    put(tmp_path, rows, 0)
    rows["Commitments"].append(gone)
    assert changes(put(tmp_path, rows, 1)) == [["D-0001", "What was said", "", "No old documents"]]
    rows["Commitments"].pop()
    assert changes(put(tmp_path, rows, 2)) == []


def test_a_client_is_not_told_what_was_said_before(tmp_path: Path) -> None:
    rows = identified()
    for row in rows["Project"]:
        row["share"] = "client"
    put(tmp_path, rows, 0, "client", client="Nordlicht")
    rows["Project"][1]["date_planned"] = D(2026, 7, 3)
    site = put(tmp_path, rows, 3, "client", client="Nordlicht")
    assert not (site / "data" / "was.json").exists()
    assert "26 Jun" not in texts(site)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"v":2}', b'{"v":1,"first":"x"}', b"\xff",
             b'{"v":1,"first":"2026-01-01","keys":{},"cells":{"a":[]},"changes":[]}',
             b'{"v":1,"first":"2026-01-01","keys":{},"cells":{},"changes":[["D","Deal","D","x",1,2,"2026-01-01"]]}'],
)  # fmt: skip
def test_what_somebody_spoilt_is_as_if_there_were_none(data: bytes) -> None:
    assert read_was(data) is None

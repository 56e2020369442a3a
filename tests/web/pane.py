"""The page as Excel's task pane: beside a fake Excel that holds a workbook, in a real browser."""

import json
from collections.abc import Callable
from typing import Any

from hosting import in_browser
from hosting.told_cells import told
from sheetrecord.model.problem import column_letters
from sheetrecord.workbooks.memory import Memory
from web.desk import Desk
from web.page_browser import BEGINNING, PageBrowser

DEAL, TODAY = "D-0001", "2026-03-04"
"""The deal of the small firm that stands beside the pane, and the day there."""
OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"
FAKE = (in_browser.ROOT / "tests" / "hosting" / "excel" / "fake.mjs").read_text("utf-8")


_DAY = """
globalThis.Date = class extends Date {
  constructor(...given) { if (given.length) super(...given); else super("%sT12:00:00"); }
};
"""


def as_script(kept: str) -> str:
    """Return the fake as a script of the old kind, as Office's is, that keeps a fake workbook."""
    fake = FAKE.replace("export function", "function")
    end = f"Object.assign(globalThis, {{fake: {kept}, fakeCell: cell}});"
    return f"(() => {{ {_DAY % TODAY}\n{fake}\n{end}\n}})();"


def sheets_of(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a workbook's cells as the fake takes them, and its names, states and properties."""
    book = told(Memory(data).read().book)
    sheets = {sheet["name"]: dict(map(_cell, sheet["cells"])) for sheet in book["sheets"]}
    return sheets, {
        "names": [{"name": name, "formula": area} for name, area in book["names"].items()],
        "properties": [{"key": key, "value": one} for key, one in book["properties"].items()],
        "states": {one["name"]: one["state"] for one in book["sheets"]},
    }


def _cell(one: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    value = one["value"]
    shows = one.get("shows", value)
    kept = {"formula": value, "value": shows, "form": one.get("form", "General")}
    return f"{column_letters(one['column'])}{one['row']}", kept


def beside(desk: Desk, data: bytes) -> PageBrowser:
    """Open the pane beside a workbook that a fake Excel holds, and wait for its list."""
    sheets, more = sheets_of(data)
    return opened(desk, as_script(f"install({json.dumps(sheets)}, {json.dumps(more)})"))


def opened(desk: Desk, script: str) -> PageBrowser:
    """Open the pane with a script in the place of Office's, and wait for its list."""
    page = desk.browser
    page.give(OFFICE, script)
    page.open(f"{desk.site.origin}/?host=office", width=350)
    page.shown(".gap", BEGINNING)
    return page


def over(desk: Desk, answers: dict[str, Callable[[bytes], bytes]], **given: Any) -> PageBrowser:
    """Open the pane beside a fake Excel behind which a program stands that answers, on a day."""
    desk.site.answers.update(answers)
    behind = """async (what, told) => {
      const answer = await fetch(`behind/${what}`, {method: "POST", body: JSON.stringify(told)});
      if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
      return what === "file" ? new Uint8Array(await answer.arrayBuffer()) : answer.json();
    }"""
    kept = f"install({{}}, {{behind: {behind}, ...{json.dumps(given)}}})"
    return opened(desk, as_script(kept))

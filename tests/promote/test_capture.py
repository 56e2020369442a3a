"""How long it takes until what was said is written down, taken from looks at the workbook."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.app.figures import measure

FIRST, NEXT = dt.date(2026, 6, 1), dt.date(2026, 6, 8)


def book(*more: dict[str, Any]) -> bytes:
    return firm.workbook({**firm.ROWS, "Context": [*firm.ROWS["Context"], *more]})


def lag(path: Path, day: dt.date) -> tuple[Any, int]:
    told = {figure.name: figure for figure in measure(str(path), today=day, asof=day)}
    return told["capture_lag"].value, told["capture_lag"].of


def test_what_the_first_look_found_tells_nothing_and_what_came_later_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))
    path = tmp_path / "firm.xlsx"
    path.write_bytes(book())
    assert lag(path, FIRST) == (None, 0)
    assert lag(path, NEXT) == (None, 0)
    path.write_bytes(book(firm.fact("risk", "Two of us are away.", learned_on=dt.date(2026, 6, 5))))
    assert lag(path, NEXT) == (3, 1)
    assert lag(path, firm.ASOF) == (3, 1)

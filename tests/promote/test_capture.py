"""How long it takes until what was said is written down, taken from looks at the workbook."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from messy import firm
from sheetrecord.app.figures import measure
from sheetrecord.core.handover.figures import capture_lags, lag_groups

FIRST, NEXT = dt.date(2026, 6, 1), dt.date(2026, 6, 8)


def book(*more: dict[str, Any]) -> bytes:
    return firm.workbook({**firm.ROWS, "Context": [*firm.ROWS["Context"], *more]})


def lag(path: Path, day: dt.date) -> tuple[Any, int]:
    found, _ = measure(str(path), today=day, asof=day)
    told = {figure.name: figure for figure in found}
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


def test_what_the_gate_wrung_out_is_told_apart_from_what_was_kept_as_it_came() -> None:
    signed = dt.date(2026, 5, 20)
    deal = SimpleNamespace(signed_on=signed)
    days = {"a": (4, 5), "b": (4, 19), "c": (18, 20), "d": (19, 25)}
    facts = [
        SimpleNamespace(ctx_id=id_, learned_on=dt.date(2026, 5, said))
        for id_, (said, _) in days.items()
    ]
    rows = SimpleNamespace(deal=deal, context=facts, commitments=[])
    record: Any = SimpleNamespace(by_deal={"D-1": rows})
    written = {id_: dt.date(2026, 5, seen) for id_, (_, seen) in days.items()}
    found = list(capture_lags(record, written))
    assert [(one.days, one.at_close) for one in found] == [
        (1, False),
        (15, True),
        (2, True),
        (6, None),
    ]
    [(name, figures)] = lag_groups(record, written, "month")
    told = {one.name: (one.value, one.of) for one in figures}
    assert name == "2026-05"
    assert told == {
        "captured_in_48_hours": (0.5, 4),
        "capture_lag": (4.0, 4),
        "written_at_close": (2 / 3, 3),
    }
    assert [name for name, _ in lag_groups(record, written, "deal")] == ["D-1"]

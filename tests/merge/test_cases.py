"""The table of cases in docs/merge.md: every line is merged and must come out as it says."""

import re
from pathlib import Path
from typing import Any

import pytest

from merge.world import Rows, applied, content, fee, merged
from sheetrecord.model.value import CellError, Formula

PAGE = Path(__file__).resolve().parents[2] / "docs" / "merge.md"


def lines() -> list[list[str]]:
    table = PAGE.read_text(encoding="utf-8").split("| case |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def cell(text: str) -> Any:
    if text.startswith("="):
        formula, _, shown = text[1:].partition(":")
        return Formula(formula, float(shown)) if shown else Formula(formula)
    if text.startswith("#"):
        return CellError(text)
    if text.startswith("'"):
        return text.strip("'")
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else int(text) if text.isdigit() else text


def rows(text: str) -> Rows:
    """Read ``net 10, note x`` as a fee line of a deal that stands in every copy."""
    other = {"fee_id": fee(9), "deal_id": "D-0001", "description": "another line"}
    found: Rows = {
        "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR"}],
        "Fees": [other],
    }
    if text != "no row":
        cells = {}
        for part in text.split(", "):
            key, _, value = part.partition(" ")
            cells[key] = cell(value)
        found["Fees"].insert(0, {"fee_id": fee(1), "deal_id": "D-0001", **cells})
    return found


def check(line: list[str]) -> None:
    _, base, ours, theirs, result, conflict = line
    found = merged(rows(base), rows(ours), rows(theirs))
    got = content(applied(rows(ours), found.plan))
    assert got == content(rows(result))
    told = ", ".join(c.at.key or "row" for c in found.conflicts if c.at.row_id == fee(1))
    assert told == conflict
    assert len(found.conflicts) == (len(conflict.split(", ")) if conflict else 0)


@pytest.mark.parametrize("line", lines(), ids=lambda line: line[0])
def test_a_line_of_the_table_comes_out_as_it_says(line: list[str]) -> None:
    check(line)

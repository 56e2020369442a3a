"""For programs: the public, versioned JSON of a check. See docs/json/README.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sheetrecord.app.validate import Checked
from sheetrecord.cli.printing import as_json
from sheetrecord.core.check import DealState
from sheetrecord.model.edit import AddRow, Edit, SetValue
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.model.value import Cell, CellError, Formula

if TYPE_CHECKING:
    from sheetrecord.contract.cells import AddEdit, RemoveEdit, RowPlace, SetEdit, Value
    from sheetrecord.contract.check import CheckAnswer, DealJson, ProblemJson

SCHEMA = 1
"""Raised when a field changes its meaning or goes away; new fields may be added within it."""


def render(checked: Sequence[Checked], *, notes: bool) -> str:  # noqa: ARG001 - one signature
    """Return one object for one book, a list of objects for several; notes are always there."""
    told = [_book(one) for one in checked]
    return as_json(told[0] if len(told) == 1 else told)


def _book(one: Checked) -> CheckAnswer:
    report = one.report
    return {
        "schema": SCHEMA,
        "book": one.address,
        "asof": report.record.settings.asof.isoformat(),
        "problems": [_problem(problem) for problem in report.problems],
        "deals": [_deal(deal) for deal in report.deals],
        "summary": {
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "waived": sum(problem.waived for problem in report.problems),
        },
    }


def _problem(problem: Problem) -> ProblemJson:
    where = problem.where
    return {
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity.word,
        "sheet": where.sheet,
        "cell": where.address.rpartition("!")[2] if where.row or where.column else "",
        "row_id": where.row_id,
        "deal_id": problem.deal_id,
        "column": where.key,
        "message": problem.message,
        "do": problem.do,
        "fix": [_edit(edit) for edit in problem.fix],
        "gate": problem.gate,
        "handover": problem.handover,
        "waived": problem.waived,
    }


def _edit(edit: Edit) -> SetEdit | AddEdit | RemoveEdit:
    if isinstance(edit, SetValue):
        at = edit.at
        return {
            "set": {"sheet": at.sheet, "row_id": at.row_id, "row": at.row_number, "column": at.key},
            "value": _value(edit.value),
        }
    row: RowPlace = {"sheet": edit.sheet, "row_id": edit.row_id}
    cells = {key: _value(cell) for key, cell in edit.cells.items()}
    if isinstance(edit, AddRow):
        return {"add": row, "cells": cells}
    return {"remove": row, "cells": cells}


def _value(cell: Cell) -> Value:
    if isinstance(cell, Formula):
        return f"={cell.text}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell.code if isinstance(cell, CellError) else cell


def _deal(deal: DealState) -> DealJson:
    return {
        "deal_id": deal.deal_id,
        "client": deal.client,
        "deal_name": deal.name,
        "stage": deal.stage,
        "gate_open": deal.gate_open,
        "to_handover": deal.to_handover,
        "waived": deal.waived,
        "ready": deal.ready,
    }

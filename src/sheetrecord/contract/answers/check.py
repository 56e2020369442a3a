"""A check as JSON: what `validate --format json` prints and every other face shows."""

from typing import Final

from sheetrecord.app.validate import Checked
from sheetrecord.contract.answers.values import cell_of, fix_edit
from sheetrecord.contract.check import CheckAnswer, DealJson, ProblemJson
from sheetrecord.core.check import DealState
from sheetrecord.model.problem import Problem, Severity

SCHEMA: Final = 1
"""Raised when a field changes its meaning or goes away; new fields may be added within it."""


def check_answer(one: Checked) -> CheckAnswer:
    """Return the check of one workbook."""
    report = one.report
    return {
        "schema": SCHEMA,
        "book": one.address,
        "asof": report.record.settings.asof.isoformat(),
        "problems": [problem_json(problem) for problem in report.problems],
        "deals": [_deal(deal) for deal in report.deals],
        "summary": {
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "waived": sum(problem.waived for problem in report.problems),
        },
    }


def problem_json(problem: Problem) -> ProblemJson:
    """Return one problem."""
    where = problem.where
    return {
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity.word,
        "sheet": where.sheet,
        "cell": cell_of(where),
        "row_id": where.row_id,
        "deal_id": problem.deal_id,
        "column": where.key,
        "message": problem.message,
        "do": problem.do,
        "fix": [fix_edit(edit) for edit in problem.fix],
        "gate": problem.gate,
        "handover": problem.handover,
        "waived": problem.waived,
    }


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

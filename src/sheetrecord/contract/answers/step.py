"""A step of the handover as JSON: what is refused, or each cell that is, or would be, written."""

from collections.abc import Sequence
from typing import Final

from sheetrecord.app.handover import HandoverResult
from sheetrecord.contract.answers.values import cell_of, plain
from sheetrecord.contract.changes import ChangeJson, RefusalJson, StepAnswer
from sheetrecord.formats.plan_preview import CellPreview
from sheetrecord.model.problem import Problem

SCHEMA: Final = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


def step_answer(done: HandoverResult, *, only_plan: bool) -> StepAnswer:
    """Return the result of a step."""
    step = done.step
    return {
        "schema": SCHEMA,
        "book": str(done.address),
        "asof": done.context.asof.isoformat(),
        "deal_id": step.deal_id,
        "outcome": step.outcome,
        "written": done.written,
        "planned_only": only_plan,
        "refusals": [refusal(problem) for problem in step.refusals],
        "changes": changes_json(done.changes),
        "notes": list(step.notes),
        "sold_sha256": step.digest,
    }


def refusal(problem: Problem) -> RefusalJson:
    """Return one reason why a step is refused."""
    where = problem.where
    return {
        "code": problem.code,
        "name": problem.name,
        "sheet": where.sheet,
        "cell": cell_of(where),
        "row_id": where.row_id,
        "column": where.key,
        "message": problem.message,
        "do": problem.do,
    }


def changes_json(changes: Sequence[CellPreview]) -> list[ChangeJson]:
    """Return the cells that are, or would be, written."""
    return [_change(change) for change in changes]


def _change(change: CellPreview) -> ChangeJson:
    where = change.where
    return {
        "sheet": where.sheet,
        "cell": where.address.rpartition("!")[2],
        "row_id": where.row_id,
        "column": where.key,
        "header": change.header,
        "old": plain(change.old),
        "new": plain(change.new),
        "why": change.why,
        "new_row": change.new_row,
    }

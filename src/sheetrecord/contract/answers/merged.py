"""A merge of copies, and decisions about its conflicts, as JSON."""

from typing import Final

from sheetrecord.app.merge import Decision, MergeResult
from sheetrecord.contract.answers.values import copy_edit, plain, side_json
from sheetrecord.contract.copies import (
    GuardJson,
    LineJson,
    MergeAnswer,
    MergeConflict,
    NoticeJson,
    ResolveAnswer,
)
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.guards import Guard
from sheetrecord.core.merge.notices import Notice
from sheetrecord.model.conflict import Conflict

SCHEMA: Final = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


def merge_answer(done: MergeResult) -> MergeAnswer:
    """Return what a merge did, or would do."""
    merged = done.merged
    return {
        "schema": SCHEMA,
        "out": done.request.out,
        "written": done.written,
        "planned_only": done.request.only_plan,
        "changes": [copy_edit(edit) for edit in merged.plan],
        "conflicts": [_conflict(conflict) for conflict in merged.conflicts],
        "open_conflicts": done.open_lines,
        "not_merged": [_notice(notice) for notice in merged.notices],
        "refused": [_guard(guard) for guard in merged.refused],
        "only_together": [
            {
                "code": problem.code,
                "sheet": problem.where.sheet,
                "row_id": problem.where.row_id,
                "column": problem.where.key,
                "message": problem.message,
            }
            for problem in done.made
        ],
    }


def resolve_answer(done: Decision, *, only_plan: bool) -> ResolveAnswer:
    """Return what became of a workbook's list of conflicts."""
    return {
        "schema": SCHEMA,
        "book": done.address,
        "written": done.written,
        "planned_only": only_plan,
        "settled": [_line(line) for line in done.settled],
        "left": [{**_line(line), "why": why} for line, why in done.left],
    }


def _line(line: ConflictLine) -> LineJson:
    return {
        "sheet": line.sheet,
        "row_id": line.row_id,
        "column": line.key,
        "ours": plain(line.ours),
        "theirs": plain(line.theirs),
        "keep": plain(line.keep),
    }


def _notice(one: Notice) -> NoticeJson:
    return {
        "kind": one.kind,
        "sheet": one.sheet,
        "column": one.column,
        "words": one.words,
        "row_id": one.row_id,
    }


def _guard(one: Guard) -> GuardJson:
    return {"name": one.name, "whose": one.whose, "sheet": one.sheet, "words": one.words}


def _conflict(conflict: Conflict) -> MergeConflict:
    at = conflict.at
    return {
        "sheet": at.sheet,
        "row_id": at.row_id,
        "column": at.key,
        "kind": conflict.kind.name.lower(),
        "group": conflict.group,
        "base": side_json(conflict.base),
        "ours": side_json(conflict.ours),
        "theirs": side_json(conflict.theirs),
    }

"""The verbs about copies that were dropped together: merge, resolve."""

from typing import Final

from sheetrecord.app.merge import (
    MergeRequest,
    WritableCopy,
    merge_sides,
    no_past,
    resolve_in,
    side_of,
    take,
)
from sheetrecord.app.plugins import load_plugins
from sheetrecord.contract.answers.merged import merge_answer, resolve_answer
from sheetrecord.contract.verbs import VerbAnswer
from sheetrecord.core.merge.guards import NAMES
from sheetrecord.core.merge.side import Side
from sheetrecord.verbs.changing import carried
from sheetrecord.verbs.opening import in_memory, open_book
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import GivenFile, MergeArgs, Request, ResolveArgs

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""


def merge(request: Request, args: MergeArgs) -> VerbAnswer:
    """Bring what another copy changed into this one; conflicts are listed in it."""
    unknown = [name for name in args.allow if name not in NAMES]
    if unknown:
        raise NotUnderstood("args.allow", f"it must be of {', '.join(sorted(NAMES))}.")
    load_plugins()
    ours = _ours(request)
    base = _side(args.base, request) if args.base else no_past("base", request.today, request.asof)
    theirs = _side(args.theirs, request)
    ask = MergeRequest(
        args.base.name if args.base else "",
        ours.transaction.address,
        args.theirs.name,
        ours.transaction.address,
        frozenset(args.allow),
        only_plan=request.want == "plan",
    )
    done = merge_sides(ask, (base, ours, theirs), today=request.today, asof=request.asof)
    told = merge_answer(done)
    answer: VerbAnswer = {
        "schema": SCHEMA,
        "verb": "merge",
        "plan": told,
        "language": done.language,
    }
    edits = done.after.edits if done.after else ()
    answer = carried(request, answer, ours.transaction, edits, ours.side.layout)
    told["written"] = bool(answer.get("files"))
    return answer


def resolve(request: Request, args: ResolveArgs) -> VerbAnswer:
    """Carry out what stands in the list of conflicts, or take one side for all of it."""
    copy = _ours(request)
    done = resolve_in(copy, args.keep)
    told = resolve_answer(done, only_plan=request.want == "plan")
    answer: VerbAnswer = {
        "schema": SCHEMA,
        "verb": "resolve",
        "plan": told,
        "language": done.language,
    }
    edits = done.after.edits if done.after else ()
    answer = carried(request, answer, copy.transaction, edits, copy.side.layout)
    told["written"] = bool(answer.get("files"))
    return answer


def _ours(request: Request) -> WritableCopy:
    return take(open_book(request).workbook, request.today, request.asof)


def _side(given: GivenFile, request: Request) -> Side:
    book = in_memory(given).read().book
    return side_of(given.name, book, request.today, request.asof)

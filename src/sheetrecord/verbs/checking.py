"""The verbs that look: check, explain, diff, find."""

from inspect import cleandoc
from typing import Final

from sheetrecord.app.plugins import load_plugins
from sheetrecord.app.since_sold import DiffRequest, compare_book
from sheetrecord.app.validate import Checked, judged_as, understood
from sheetrecord.contract.answers.check import check_answer
from sheetrecord.contract.answers.diff import diff_answer
from sheetrecord.contract.answers.found import hit_json
from sheetrecord.contract.answers.rule import rule_answer
from sheetrecord.contract.verbs import ChoicesJson, StandingJson, VerbAnswer
from sheetrecord.core.check import Selection
from sheetrecord.core.handover.context import HandoverContext, read_context
from sheetrecord.rules.rule import RULES
from sheetrecord.rules.words import why as why_in
from sheetrecord.schema.lists import ENUMS, STAGE_RANK
from sheetrecord.schema.record import DealRows
from sheetrecord.verbs.opening import glanced, one_deal, open_book
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import CheckArgs, DiffArgs, ExplainArgs, FindArgs, Request

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""


def check(request: Request, args: CheckArgs) -> VerbAnswer:
    """Return every problem, why each kind matters, and what may be done with each deal."""
    load_plugins()
    opened = open_book(request)
    book = glanced(opened.workbook)
    parsed = understood(opened.name, book, today=request.today, asof=request.asof, judged=True)
    deal = one_deal(args.deal, parsed.record) if args.deal else ""
    rank = STAGE_RANK[args.gate] if args.gate else None
    report = judged_as(opened.name, parsed, Selection(deal, rank, args.select, args.ignore))
    found = Checked(opened.name, book, parsed, report)
    layout, codes = found.parsed.layout, dict.fromkeys(p.code for p in report.problems)
    return {
        "schema": SCHEMA,
        "verb": "check",
        "check": check_answer(found),
        "language": layout.language,
        "titles": {key: place.title for key, place in layout.sheets.items()},
        "why": {code: why(code, layout.language) for code in codes},
        **_standing(found),
    }


def why(code: str, language: str) -> str:
    """Return why a rule exists, in a line of a language; empty for a code that is no rule's."""
    rule = RULES.get(code)
    if rule and (said := why_in(language, code)):
        return said
    return " ".join(cleandoc(rule.doc).split("\n\n", 1)[0].split()) if rule else ""


def _standing(found: Checked) -> VerbAnswer:
    from sheetrecord.schema.fee_templates import usual_templates

    record = found.parsed.record
    context = read_context(found.book, found.parsed, usual_templates(record.settings.language))
    return {
        "schema": SCHEMA,
        "verb": "check",
        "standing": [_deal(rows, context) for rows in record.by_deal.values()],
        "choices": _choices(context),
    }


def _choices(context: HandoverContext) -> ChoicesJson:
    settings = context.parsed.record.settings
    return {
        "fees": [one.name for one in context.templates],
        "return_codes": [
            {"code": code, "label": settings.label("return_code", code)}
            for code in ENUMS["return_code"]
        ],
    }


def _deal(rows: DealRows, context: HandoverContext) -> StandingJson:
    deal = rows.deal
    return {
        "deal_id": rows.id,
        "client": deal.client,
        "deal_name": deal.deal_name,
        "stage": deal.stage,
        "state": deal.handover_state,
        "owner": deal.deal_owner,
        "ops_owner": deal.ops_owner,
        "verbs": _verbs(rows, context),
    }


def _verbs(rows: DealRows, context: HandoverContext) -> list[str]:
    """Return which steps a deal is ready to be asked for; the step itself decides."""
    standing = context.standing(rows.id)
    if standing.stage_type in {"lost", "hold"}:
        return []
    if not standing.handed_over:
        return ["close", "waive"]
    if standing.state == "offered":
        return ["accept", "return", "waive"]
    return ["confirm", "return", "waive"] if standing.state == "accepted" else []


def explain(_: Request, args: ExplainArgs) -> VerbAnswer:
    """Return why a rule exists, with its examples. Raises NotUnderstood for an unknown code."""
    load_plugins()
    code = args.code.upper()
    rule = RULES.get(code) or next((r for r in RULES.values() if r.name == args.code), None)
    if rule is None:
        raise NotUnderstood("args.code", f'no rule is called "{args.code}".')
    return {"schema": SCHEMA, "verb": "explain", "rule": rule_answer(rule)}


def diff(request: Request, args: DiffArgs) -> VerbAnswer:
    """Return what changed since deals were sold."""
    opened = open_book(request)
    book = opened.workbook.read().book
    parsed = understood(opened.name, book, today=request.today, asof=request.asof)
    deal = one_deal(args.deal, parsed.record) if args.deal else ""
    wanted = DiffRequest(deal, args.version, args.everything, args.digest.strip().lower())
    found = compare_book(opened.name, book, parsed, wanted)
    return {
        "schema": SCHEMA,
        "verb": "diff",
        "diff": diff_answer(found),
        "language": parsed.layout.language,
    }


def find(request: Request, args: FindArgs) -> VerbAnswer:
    """Return what was ever said that holds every word of a text."""
    from sheetrecord.app.find import find_in
    from sheetrecord.app.read_for_audience import to_show

    opened = open_book(request)
    book = opened.workbook.read().book
    parsed = to_show(opened.name, book, today=request.today, asof=request.asof)
    deal = one_deal(args.deal, parsed.record) if args.deal else ""
    hits = find_in(opened.name, parsed, args.text, deal=deal)
    return {"schema": SCHEMA, "verb": "find", "hits": [hit_json(hit) for hit in hits]}

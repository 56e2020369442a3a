"""What `sheetrecord gaps` prints: deals that hurt, gaps counted, and whether they stopped."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from sheetrecord.app.handover import HandoverResult, Opened
from sheetrecord.app.learn.gaps import AppliedGap, GapEffect, GapLine, GapReport
from sheetrecord.cli.ansi import bold, coloured
from sheetrecord.cli.texts.learned import TEXTS, told_in
from sheetrecord.cli.texts.text import Says, written
from sheetrecord.contract.learning import (
    EffectJson,
    GapApplied,
    GapGroupJson,
    GapsOffered,
    GapsReported,
    GapWritten,
    SettingCellJson,
    SettingChangeJson,
)
from sheetrecord.core.gaps.hints import FIVE, HurtDeal
from sheetrecord.core.gaps.rules_made import SettingCell
from sheetrecord.core.gaps.tightening import SettingChange
from sheetrecord.model.edit import AddRow
from sheetrecord.rules.names import BookNames
from sheetrecord.schema.sheets import SHEETS

SCHEMA = 1
WHERE: Final = (
    "head", "email", "call", "chat", "crm_note", "proposal", "contract", "nowhere"
)  # fmt: skip
WHY: Final = ("no_field", "not_asked", "not_filled", "filled_not_read", "changed_later")
"""Codes of the lists, in the order in which they are asked."""

_HINTS: Final = 3
_SHOWN: Final = 10


def says_in(opened: Opened) -> Says:
    """Return what is said of gaps, in the language of a workbook."""
    return Says(opened.context.parsed.layout.language, TEXTS)


def hurt_lines(opened: Opened, hurt: Sequence[HurtDeal]) -> Iterator[str]:
    """Yield the won deals to look at, with what the record tells of each."""
    says = says_in(opened)
    if not hurt:
        yield says.say("none won")
        return
    yield says.say("map told")
    for one in hurt[:_SHOWN]:
        mapped = f"  {says.count(one.mapped, 'mapped')}" if one.mapped else ""
        yield f"  {bold(one.deal_id)}  {one.client}, {one.deal_name}{mapped}"
        for hint in one.hints[:_HINTS]:
            yield f"      {told_in(says.language, hint.text)}"
    deal = hurt[0].deal_id
    yield says.say("asks", n=FIVE)
    options = '--missing "..." --where email --why not_asked'
    yield f"  sheetrecord gaps {opened.address} map {deal} {options}"


def hurt_data(opened: Opened, hurt: Sequence[HurtDeal]) -> GapsOffered:
    """Return the same for programs, all deals of it."""
    return {
        "schema": SCHEMA,
        "book": opened.address,
        "asof": opened.context.asof.isoformat(),
        "deals": [
            {
                "deal_id": one.deal_id,
                "client": one.client,
                "deal_name": one.deal_name,
                "hints": [
                    {"text": hint.text, "field": hint.field, "why": hint.why} for hint in one.hints
                ],
                "mapped": one.mapped,
            }
            for one in hurt
        ],
    }


def _gap_id(done: HandoverResult) -> str:
    return next((edit.row_id for edit in done.step.plan if isinstance(edit, AddRow)), "")


def written_data(done: HandoverResult, *, only_plan: bool) -> GapWritten:
    """Return the row that was written."""
    return {
        "schema": SCHEMA,
        "book": done.address,
        "deal_id": done.step.deal_id,
        "outcome": done.step.outcome,
        "gap_id": _gap_id(done),
        "written": done.written,
        "planned_only": only_plan,
    }


def written_lines(done: HandoverResult, *, only_plan: bool) -> Iterator[str]:
    """Yield what became of one answer."""
    step, parsed = done.step, done.context.parsed
    says = Says(parsed.layout.language, TEXTS)
    for problem in step.refusals:
        yield coloured(f"{problem.message} {problem.do}".rstrip(), "red")
    for note in step.notes:
        told = f"{told_in(says.language, note)} {says.say('unwritten')}"
        yield says.say("step note", deal=step.deal_id, note=told)
    if not step.refusals and not step.notes:
        how = says.say("plan") if only_plan else says.say("written in", book=done.address)
        sheet = BookNames(parsed.layout, parsed.lexicon).title("Gaps")
        yield says.say("gap in", deal=step.deal_id, gap=_gap_id(done), sheet=sheet, how=how)


def report_lines(opened: Opened, found: GapReport) -> Iterator[str]:
    """Yield each kind of gap in plain words, what would ask for it, and what became of that."""
    says = says_in(opened)
    if not found.lines:
        yield says.say("no gap")
        yield says.say("map them", book=opened.address)
        return
    parsed = opened.context.parsed
    names = BookNames(parsed.layout, parsed.lexicon)
    rows = sum(len(line.group.rows) for line in found.lines)
    deals = {deal for line in found.lines for deal in line.group.deals}
    counted = {
        "gaps": says.count(rows, "gap"),
        "kinds": says.count(len(found.lines), "kind"),
        "deals": says.count(len(deals), "deals held"),
    }
    yield f"{bold(says.say('gaps head', **counted))} {_lead(found, says)}".rstrip()
    for line in found.lines:
        yield from _group_lines(line, len(deals), names, found.currency)
    header = names.header("Gaps", "prompt_or_field")
    for one, other in found.alike:
        yield says.say("alike", one=one, other=other, header=header)


def _lead(found: GapReport, says: Says) -> str:
    """Return how many kinds make most of the gaps, if few do."""
    counts = [len(line.group.rows) for line in found.lines]
    total, run = sum(counts), 0
    for number, count in enumerate(counts, start=1):
        run += count
        if run * 3 >= total * 2 and number <= 3 and number < len(counts):
            return says.count(number, "first", kinds=len(counts), run=run, total=total)
    return ""


def _group_lines(line: GapLine, deals: int, names: BookNames, currency: str) -> Iterator[str]:
    group, says = line.group, Says(names.language, TEXTS)
    parts = [_reasons(group.where, "where", says), _reasons(group.why, "why", says)]
    told = "; ".join(part for part in parts if part)
    share = says.say("share of", n=len(group.deals), all=deals)
    yield f"{bold(str(line.number))}  {share}: {group.subject.label}{f': {told}' if told else ''}"
    cost = _cost(group.hours, group.money, currency, says)
    yield f"   {cost}{', '.join(group.deals)}"
    if line.effect is not None:
        yield from _effect_lines(line.effect, names)
    if line.effect is None or line.effect.word == "goes_on":
        if line.change.act:
            yield f"   gaps apply {line.number}: {proposal(line.change, names)}"
        else:
            why = told_in(says.language, line.change.why)
            yield f"   {says.say('nothing to tighten', why=why)}"


def _reasons(counts: Mapping[str, int], kind: str, says: Says) -> str:
    if len(counts) == 1:
        return says.say(f"{kind} {next(iter(counts))}")
    return ", ".join(f"{says.say(f'{kind} {code}')} ({count})" for code, count in counts.items())


def _cost(hours: float, money: Mapping[str, Decimal], currency: str, says: Says) -> str:
    order = sorted(money, key=lambda code: code != currency)
    parts = [says.say("hours", n=Decimal(f"{hours:g}"))] if hours else []
    parts += [f"{written(says.language, round(money[code], 2))} {code}" for code in order]
    return f"{'; '.join(parts)}; " if parts else ""


def proposal(change: SettingChange, names: BookNames) -> str:
    """Return in a sentence what a change does."""
    says = Says(names.language, TEXTS)
    stage = names.label("stage", change.stage) if change.stage else ""
    if change.act == "stage":
        return says.say("act stage", kind=names.label("kind", change.key), stage=stage)
    if change.act == "ask":
        return says.say("act ask", label=change.label, stage=stage, question=change.question)
    if change.act == "require":
        return says.say("act require", column=_column(change.key, names), stage=stage)
    return says.say("act severity", what=says.say(change.key), code=change.key)


def _column(key: str, names: BookNames) -> str:
    """Return what a column is called, which is named as Sheet.key."""
    sheet, _, name = key.rpartition(".")
    known = sheet in SHEETS and name in SHEETS[sheet].by_key
    return f"{names.title(sheet)}: {names.header(sheet, name)}" if known else key


_COLOURS: Final = {"stopped": "green", "rarer": "green", "goes_on": "red", "unclear": "yellow"}


def _effect_lines(effect: GapEffect, names: BookNames) -> Iterator[str]:
    rule, seen, says = effect.rule, effect.tally, Says(names.language, TEXTS)
    change = SettingChange(rule.act, rule.key, rule.stage, rule.label, "")
    made = proposal(change, names).rstrip(".").rstrip(": ")
    ids = ", ".join(rule.gaps)
    yield f"   {says.say('since', day=rule.when, who=rule.who, made=made, ids=ids)}"
    more = says.say("would show", n=effect.needed) if effect.needed else ""
    before = {"after": seen.after, "before": seen.before, "all": seen.of_before}
    counts = says.count(seen.of_after, "tally", **before)
    what = coloured(f"{counts}: {says.say(effect.word)}{more}.", _COLOURS[effect.word])
    yield f"   {says.say('did it stop', what=what)}"
    cost = effect.cost
    if cost.waived or cost.refused:
        deals, times = says.count(cost.waived, "deals held"), says.count(cost.refused, "time")
        yield f"   {says.say('cost since', deals=deals, times=times)}"


def report_data(opened: Opened, found: GapReport) -> GapsReported:
    """Return all of it for programs."""
    return {
        "schema": SCHEMA,
        "book": opened.address,
        "asof": found.asof.isoformat(),
        "handovers": found.handovers,
        "groups": [_group_data(line) for line in found.lines],
        "alike": [list(pair) for pair in found.alike],
    }


def _group_data(line: GapLine) -> GapGroupJson:
    group = line.group
    return {
        "number": line.number,
        "kind": group.subject.kind,
        "key": group.subject.key,
        "label": group.subject.label,
        "gaps": list(group.ids),
        "deals": list(group.deals),
        "hours": group.hours,
        "money": {code: f"{amount:.2f}" for code, amount in group.money.items()},
        "where": dict(group.where),
        "why": dict(group.why),
        "change": _change_data(line.change),
        "effect": None if line.effect is None else _effect_data(line.effect),
    }


def _change_data(change: SettingChange) -> SettingChangeJson:
    return {
        "act": change.act,
        "key": change.key,
        "stage": change.stage,
        "label": change.label,
        "question": change.question,
        "rule": change.rule if change.act else "",
        "why": change.why,
    }


def _effect_data(effect: GapEffect) -> EffectJson:
    return {
        "since": effect.rule.when.isoformat(),
        "by": effect.rule.who,
        "answers": list(effect.rule.gaps),
        "before": effect.tally.before,
        "of_before": effect.tally.of_before,
        "after": effect.tally.after,
        "of_after": effect.tally.of_after,
        "verdict": effect.word,
        "without_it_needed": effect.needed,
        "waived": effect.cost.waived,
        "refused": effect.cost.refused,
    }


def applied_data(done: AppliedGap) -> GapApplied:
    """Return a change of the settings."""
    return {
        "schema": SCHEMA,
        "book": done.address,
        "number": done.line.number,
        "label": done.line.group.subject.label,
        "change": _change_data(done.line.change),
        "cells": [_cell_data(cell) for cell in done.cells],
        "written": done.written,
    }


def _cell_data(cell: SettingCell) -> SettingCellJson:
    def plain(value: object) -> str | float | None:
        return value if value is None or isinstance(value, str | int | float) else str(value)

    return {
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "was": plain(cell.was),
        "now": plain(cell.now),
    }


def applied_lines(
    done: AppliedGap, opened: Opened, *, back: bool, only_plan: bool
) -> Iterator[str]:
    """Yield the cells of the settings that change, and what that means."""
    says, parsed = says_in(opened), opened.context.parsed
    for cell in done.cells:
        was, now = cell.was or says.say("blank"), cell.now or says.say("blank")
        place = says.say("setting", sheet=cell.sheet, row=cell.row, column=cell.column)
        yield f"{bold(place)}: {was} -> {now}"
    label = done.line.group.subject.label
    if only_plan:
        yield says.say("gap plan", label=label)
    elif back:
        yield says.say("gap back", label=label, book=done.address)
    else:
        ids = ", ".join(done.line.group.ids)
        what = proposal(done.line.change, BookNames(parsed.layout, parsed.lexicon))
        yield says.say("gap on", label=label, what=what, ids=ids, book=done.address)

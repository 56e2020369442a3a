"""What `sheetrecord gaps` prints: deals that hurt, gaps counted, and whether they stopped."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from sheetrecord.app.handover import HandoverResult, Opened
from sheetrecord.app.learn.gaps import AppliedGap, GapEffect, GapLine, GapReport
from sheetrecord.cli.ansi import bold, coloured
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
from sheetrecord.schema.record import Settings

SCHEMA = 1
WHERE: Final = {
    "head": "in somebody's head", "email": "in an e-mail", "call": "said in a call",
    "chat": "in a chat", "crm_note": "in a note of the CRM", "proposal": "in the proposal",
    "contract": "in the contract", "nowhere": "nowhere",
}  # fmt: skip
WHY: Final = {
    "no_field": "nobody had a place to put it", "not_asked": "nobody asked",
    "not_filled": "the place for it stayed blank",
    "filled_not_read": "it stood there and nobody read it",
    "changed_later": "it changed later",
}  # fmt: skip
_HINTS: Final = 3
_SHOWN: Final = 10


def hurt_lines(opened: Opened, hurt: Sequence[HurtDeal]) -> Iterator[str]:
    """Yield the won deals to look at, with what the record tells of each."""
    if not hurt:
        yield "No deal is won yet: there is no handover to look at."
        return
    yield "Map the last five projects where something went wrong at handover. The record tells:"
    for one in hurt[:_SHOWN]:
        mapped = f"  ({_count(one.mapped, 'gap')} written down)" if one.mapped else ""
        yield f"  {bold(one.deal_id)}  {one.client}, {one.deal_name}{mapped}"
        for hint in one.hints[:_HINTS]:
            yield f"      {hint.text}"
    deal = hurt[0].deal_id
    yield f"On a terminal this asks you four questions for each of {FIVE}. Or write one answer:"
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
    step = done.step
    for problem in step.refusals:
        yield coloured(f"{problem.message} {problem.do}".rstrip(), "red")
    for note in step.notes:
        yield f"{step.deal_id}: {note} Nothing was written."
    if not step.refusals and not step.notes:
        how = (
            "This is the plan; nothing was written." if only_plan else f"Written in {done.address}."
        )
        yield f"{step.deal_id}: {_gap_id(done)} in Gaps. {how}"


def report_lines(opened: Opened, found: GapReport) -> Iterator[str]:
    """Yield each kind of gap in plain words, what would ask for it, and what became of that."""
    if not found.lines:
        yield "No gap is written down yet."
        yield f"Map the last five projects that went wrong: sheetrecord gaps {opened.address} map"
        return
    settings = opened.context.parsed.record.settings
    rows = sum(len(line.group.rows) for line in found.lines)
    deals = {deal for line in found.lines for deal in line.group.deals}
    lead = _lead(found)
    kinds, held = _count(len(found.lines), "kind"), _count(len(deals), "deal")
    yield bold(f"{_count(rows, 'gap')} of {kinds} in {held}") + (f". {lead}" if lead else ".")
    for line in found.lines:
        yield from _group_lines(line, len(deals), settings, found.currency)
    for one, other in found.alike:
        yield f"{one} and {other} may be one: if so, write the same words under Prompt or field."


def _lead(found: GapReport) -> str:
    """Return how many kinds make most of the gaps, if few do."""
    counts = [len(line.group.rows) for line in found.lines]
    total, run = sum(counts), 0
    for number, count in enumerate(counts, start=1):
        run += count
        if run * 3 >= total * 2 and number <= 3 and number < len(counts):
            first = "The first" if number == 1 else f"The first {number}"
            return f"{first} of {len(counts)} kinds: {run} of {total}."
    return ""


def _group_lines(line: GapLine, deals: int, settings: Settings, currency: str) -> Iterator[str]:
    group = line.group
    parts = [f"{_reasons(group.where, WHERE)}", f"{_reasons(group.why, WHY)}"]
    told = "; ".join(part for part in parts if part)
    share = f"{len(group.deals)} of {deals}"
    yield f"{bold(str(line.number))}  {share}: {group.subject.label}{f': {told}' if told else ''}"
    cost = _cost(group.hours, group.money, currency)
    yield f"   {cost}{', '.join(group.deals)}"
    if line.effect is not None:
        yield from _effect_lines(line.effect, settings)
    if line.effect is None or line.effect.word == "goes_on":
        if line.change.act:
            yield f"   gaps apply {line.number}: {proposal(line.change, settings)}"
        else:
            yield f"   Nothing to tighten: {line.change.why}."


def _reasons(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    if len(counts) == 1:
        return words[next(iter(counts))]
    return ", ".join(f"{words[code]} ({count})" for code, count in counts.items())


def _cost(hours: float, money: Mapping[str, Decimal], currency: str) -> str:
    order = sorted(money, key=lambda code: code != currency)
    parts = [f"{hours:g} hours"] if hours else []
    parts += [f"{money[code]:,.2f} {code}" for code in order]
    return f"{'; '.join(parts)}; " if parts else ""


def proposal(change: SettingChange, settings: Settings) -> str:
    """Return in a sentence what a change does."""
    stage = settings.label("stage", change.stage) if change.stage else ""
    if change.act == "stage":
        kind = settings.label("kind", change.key)
        return f'ask "{kind}" from {stage} on, and keep the gate shut without it.'
    if change.act == "ask":
        return (
            f'a question "{change.label}" from {stage} on, which keeps the gate shut: '
            f"{change.question}"
        )
    if change.act == "require":
        return f"require {change.key} from {stage} on, and keep the gate shut without it."
    return f"{_ERRORS[change.key]} is an error, no warning ({change.key})."


_ERRORS: Final = {
    "CTX-043": "an answer that nobody confirmed since ops took the deal over",
    "CTX-041": "a deal of which nothing was asked again for months",
    "COM-029": "a promise that nobody looked at since the handover",
    "COM-015": "a promise made after the signature",
}
_WORDS: Final = {"stopped": "it stopped", "rarer": "it is rarer", "goes_on": "it goes on"}
_COLOURS: Final = {"stopped": "green", "rarer": "green", "goes_on": "red", "unclear": "yellow"}


def _effect_lines(effect: GapEffect, settings: Settings) -> Iterator[str]:
    rule, seen = effect.rule, effect.tally
    change = SettingChange(rule.act, rule.key, rule.stage, rule.label, "")
    made = proposal(change, settings).rstrip(".").removesuffix(": ")
    yield f"   Since {rule.when} ({rule.who}): {made}. Answers {', '.join(rule.gaps)}."
    word = _WORDS.get(effect.word, "nobody can tell yet")
    more = f"; 0 of the next {effect.needed} would show it" if effect.needed else ""
    counts = (
        f"{seen.after} of {_count(seen.of_after, 'handover')} since, "
        f"before {seen.before} of {seen.of_before}"
    )
    yield f"   Did it stop? {coloured(f'{counts}: {word}{more}.', _COLOURS[effect.word])}"
    cost = effect.cost
    if cost.waived or cost.refused:
        yield (
            f"   Since then it was let pass in {_count(cost.waived, 'deal')}, and closing was "
            f"refused {_count(cost.refused, 'time')}, for whatever reason."
        )


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
    done: AppliedGap, settings: Settings, *, back: bool, only_plan: bool
) -> Iterator[str]:
    """Yield the cells of the settings that change, and what that means."""
    for cell in done.cells:
        was, now = cell.was or "(blank)", cell.now or "(blank)"
        place = f"{cell.sheet}, row {cell.row}, column {cell.column}"
        yield f"{bold(place)}: {was} -> {now}"
    label = done.line.group.subject.label
    if only_plan:
        yield f"{label}: this is the plan. Nothing was written."
    elif back:
        yield f"{label}: the settings say what they said before, in {done.address}."
    else:
        ids = ", ".join(done.line.group.ids)
        what = proposal(done.line.change, settings)
        yield f"{label}, from now on: {what} It answers {ids}. Written in {done.address}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"

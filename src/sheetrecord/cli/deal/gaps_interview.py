"""The interview of `sheetrecord gaps map`: five projects, four questions each, on a terminal."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final

import click

from sheetrecord.app.handover import Opened, open_handover, take_step
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import bold
from sheetrecord.cli.deal.gaps_text import WHERE, WHY, says_in, written_lines
from sheetrecord.cli.texts.learned import told_in
from sheetrecord.cli.texts.text import Says
from sheetrecord.core.gaps.entry import GapEntry, plan_gap
from sheetrecord.core.gaps.hints import FIVE, GapHint, HurtDeal
from sheetrecord.model.money import to_minor

_NOTHING: Final = ""


def interview(opened: Opened, hurt: Sequence[HurtDeal], only: str, by: str) -> int:
    """Ask about the deals that hurt, and write each answer at once; it can be gone on with later.

    ``only`` is one deal that somebody named. Returns the exit code.
    """
    says = says_in(opened)
    if not hurt:
        printing.line(says.say("none won"))
        return 0
    chosen = [one for one in hurt if one.deal_id == only] if only else _chosen(hurt, says)
    written = 0
    for one in chosen:
        printing.line(bold(f"{one.deal_id}  {one.client}, {one.deal_name}"))
        for hint in one.hints:
            printing.line(f"  {told_in(says.language, hint.text)}")
        for entry in _asked(one, opened):
            now = open_handover(opened.address, today=options.today(), asof=opened.context.asof)
            done = take_step(now, partial(plan_gap, told=entry, by=by))
            printing.lines(written_lines(done, only_plan=False))
            written += done.written
    printing.line(says.say("interview end", n=written, book=opened.address))
    return 0


def _chosen(hurt: Sequence[HurtDeal], says: Says) -> list[HurtDeal]:
    """Let somebody choose the projects; those that hurt most and are not mapped are offered."""
    fresh = [one for one in hurt if not one.mapped][:FIVE]
    printing.line(says.say("map"))
    for one in hurt[: FIVE * 2]:
        hints = [told_in(says.language, hint.text) for hint in one.hints[:2]]
        signs = "; ".join(hints) or says.say("no sign")
        printing.line(f"  {one.deal_id}  {one.client}, {one.deal_name}: {signs}")
    usual = " ".join(one.deal_id for one in fresh)
    said = (
        str(click.prompt(says.say("ask which"), default=usual, err=True)).replace(",", " ").split()
    )
    known = {one.deal_id.casefold(): one for one in hurt}
    return [known[word.casefold()] for word in said if word.casefold() in known]


def _asked(one: HurtDeal, opened: Opened) -> Iterator[GapEntry]:
    """Ask the four questions until nothing more was missing."""
    says = says_in(opened)
    while missing := _text(says.say("ask missing")):
        hint = _hint(missing, one.hints)
        where = _choice(says, "where", WHERE, "")
        why = _choice(says, "why", WHY, hint.why if hint else "")
        field = _text(says.say("ask field"), hint.field if hint else "")
        hours = _number(says.say("ask hours"), says)
        rows = opened.context.parsed.record.by_deal[one.deal_id]
        currency = rows.currency or opened.context.parsed.record.settings.currency
        lost = _number(says.say("ask money", currency=currency), says)
        money = None if lost is None else to_minor(lost, currency)[0]
        spent = None if hours is None else float(hours)
        yield GapEntry(one.deal_id, missing, field, where, why, spent, money)


def _hint(missing: str, hints: Sequence[GapHint]) -> GapHint | None:
    """Return the sign of the record that shares most words with what was said."""
    words = {word for word in missing.casefold().split() if len(word) > 3}
    best = max(hints, key=lambda one: len(words & {*one.text.casefold().split()}), default=None)
    return best if best and words & {*best.text.casefold().split()} else None


def _text(question: str, usual: str = "") -> str:
    said = click.prompt(question, default=usual, show_default=bool(usual), err=True)
    return str(said).strip()


def _choice(says: Says, kind: str, codes: Sequence[str], usual: str) -> str:
    for code in codes:
        printing.line(f"    {code}: {says.say(f'{kind} {code}')}", err=True)
    choice = click.Choice([*codes, _NOTHING])
    question = says.say(f"ask {kind}")
    shown = click.prompt(question, default=usual, type=choice, show_choices=False, err=True)
    return str(shown)


def _number(question: str, says: Says) -> Decimal | None:
    while said := _text(question):
        try:
            found = Decimal(said)
        except InvalidOperation:
            found = Decimal(-1)
        if found.is_finite() and found >= 0:
            return found
        printing.line(says.say("no such number", said=said), err=True)
    return None

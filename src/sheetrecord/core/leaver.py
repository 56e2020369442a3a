"""What only one person knows or owes, deal by deal, as the questions to ask before they go."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.find import fold
from sheetrecord.core.handover.schedule import deadline_of
from sheetrecord.model.money import to_major
from sheetrecord.rules.need import over
from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows, Record, Settings

MINUTES: Final = 30
"""One conversation; a question takes about a minute."""
_ANSWERED: Final = frozenset({"answered", "none", "declined", "n_a"})
_DONE: Final = frozenset({"delivered", "accepted", "n_a"})
_SPOKEN: Final = frozenset({"", "verbal", "email_chat"})


class LeaverItem(NamedTuple):
    """One question: which kind of thing it is, where its answer goes, and why it is asked.

    ``kind``: unasked, unknown, guess, unconfirmed, promise, owed, person, work or step.
    """

    kind: str
    sheet: str
    row: int
    row_id: str
    column: str
    question: str
    why: str
    due: dt.date | None = None


class LeaverDeal(NamedTuple):
    """A deal with what is at stake in it (major units of its currency) and its questions."""

    deal_id: str
    client: str
    deal_name: str
    stage: str
    owner: bool
    at_stake: Decimal
    currency: str
    deadline: dt.date | None
    items: tuple[LeaverItem, ...]


def people_of(record: Record) -> dict[str, str]:
    """Return everybody of us whom the record names, by the name folded: their usual spelling."""
    found: dict[str, dict[str, int]] = {}
    for sheet, keys in _OURS.items():
        for row in record.rows(sheet):
            for key in keys:
                if name := " ".join(str(row.get(key)).split()):
                    spelled = found.setdefault(fold(name), {})
                    spelled[name] = spelled.get(name, 0) + 1
    return {key: max(names, key=lambda one: names[one]) for key, names in found.items()}


_OURS: Final = {
    "Deal": ("deal_owner", "ops_owner"),
    "Context": ("learned_by", "chase_by"),
    "Commitments": ("owner", "decided_by"),
    "Project": ("owner",),
}
"""Columns that name one of us; the others may name the client's people."""


def who_is(word: str, people: dict[str, str]) -> list[str]:
    """Return the people whom a word may mean: the whole name, else a part of it.

    >>> who_is("morgan", {"alex morgan": "Alex Morgan", "sam hill": "Sam Hill"})
    ['Alex Morgan']
    """
    wanted = fold(word)
    if wanted in people:
        return [people[wanted]]
    parts = wanted.split()
    return [name for key, name in people.items() if parts and all(part in key for part in parts)]


def is_live(rows: DealRows) -> bool:
    """Tell whether a deal is being sold, is on hold or is being delivered."""
    return rows.stage_type in {"open", "hold"} or (rows.stage_type == "won" and not over(rows))


def leaves(record: Record, name: str) -> list[LeaverDeal]:
    """Return the live deals in which a person knows or owes something, the dearest first.

    ``record`` must have its derived columns filled.
    """
    who = fold(name)
    found = []
    for rows in record.by_deal.values():
        items = tuple(_items(rows, who, record.settings)) if is_live(rows) else ()
        if items:
            found.append(_deal(rows, who, items, record.settings))
    far = dt.date.max

    def weight(deal: LeaverDeal) -> tuple[Decimal, dt.date, str]:
        return -deal.at_stake, deal.deadline or far, deal.deal_id

    return sorted(found, key=weight)


def _deal(
    rows: DealRows, who: str, items: tuple[LeaverItem, ...], settings: Settings
) -> LeaverDeal:
    deal = rows.deal
    currency = deal.currency or settings.currency
    to_come = sum(row.net or 0 for row in rows.fees if row.invoiced_on is None and not row.void)
    stake = (deal.unpriced_exposure or 0) + (deal.outstanding or 0) + to_come
    if not rows.fees and rows.stage_type == "open":
        stake += deal.value_net or 0
    limit = deadline_of(rows)
    return LeaverDeal(
        rows.id,
        deal.client,
        deal.deal_name,
        deal.stage,
        fold(deal.deal_owner) == who,
        to_major(stake, currency),
        currency,
        limit.day if limit else None,
        items,
    )


def _items(rows: DealRows, who: str, settings: Settings) -> Iterator[LeaverItem]:
    """Yield the questions of a deal: what is owed first, then what only this person knows."""
    owns = fold(rows.deal.deal_owner) == who
    yield from _owed(rows, who, owns=owns)
    yield from _known(rows, who, settings, owns=owns)
    if owns:
        yield from _unasked(rows, settings)


def _owed(rows: DealRows, who: str, *, owns: bool) -> Iterator[LeaverItem]:
    deal = rows.deal
    if owns and rows.stage_type == "open" and deal.next_step:
        question = f'Who takes over the next step, "{deal.next_step}"?'
        yield _item("step", deal, "next_step", question, "it is theirs", deal.next_step_on)
    for said in rows.spoken:
        if said.disposition not in SETTLED:
            yield from _said(said, who)
    for row in rows.project:
        theirs = fold(row.owner) == who and row.kind in {"issue", "milestone"}
        if theirs and _is_open(row.status):
            question = f'Who takes over "{row.title}", and what is done so far?'
            due = row.due_on or row.date_planned
            yield _item("work", row, "owner", question, "it is theirs", due)


def _said(said: Commitments, who: str) -> Iterator[LeaverItem]:
    """Yield what somebody looks after, and what they said that stands nowhere."""
    if fold(said.owner) == who and said.progress not in _DONE:
        question = f'How far is "{said.what}", and who does it from now on?'
        yield _item("owed", said, "owner", question, "they look after it", said.due_on)
    spoken = said.form in _SPOKEN and not said.source_link and said.in_contract != "yes"
    if fold(said.said_by) == who and spoken:
        to = f" to {said.said_to}" if said.said_to else ""
        question = f'What exactly was said{to}: "{said.what}"? Where does it stand?'
        yield _item("promise", said, "source_link", question, "it was said, and stands nowhere")


def _is_open(status: str) -> bool:
    return status not in {"resolved", "wont_fix", "done", "cancelled"}


def _known(rows: DealRows, who: str, settings: Settings, *, owns: bool) -> Iterator[LeaverItem]:
    """Yield the facts that nobody else learned or confirmed, and whom nobody else has met.

    What nobody is named for was learned by who sells the deal.
    """
    others = {_about(row) for row in rows.context if row.learned_by and fold(row.learned_by) != who}
    for fact in rows.context:
        if fact.state == "unknown" and (fold(fact.chase_by) == who or owns):
            question = f"{_prompt(fact.kind, settings)} Who asks now?"
            yield _item("unknown", fact, "answer", question, "nobody knew", fact.chase_on)
        mine = fold(fact.learned_by) == who or (not fact.learned_by and owns)
        if mine and fact.state in _ANSWERED and _about(fact) not in others:
            yield from _fact(fact, settings.label("kind", fact.kind))


def _about(fact: Context) -> tuple[str, str]:
    """Return what a fact is about: its kind, and whom, of people."""
    return fact.kind, fold(fact.person) if fact.kind == "stakeholder" else ""


def _fact(fact: Context, label: str) -> Iterator[LeaverItem]:
    if fact.kind == "stakeholder":
        question = f"Who else of us may call {fact.person}? What must we know before?"
        yield _item("person", fact, "note", question, "only they have met this person")
    elif fact.confidence in {"guess", "inferred"}:
        question = f'{label}: "{fact.answer}". Who said so, and when?'
        yield _item("guess", fact, "confidence", question, f"it is {_GUESSED[fact.confidence]}")
    elif fact.confirmed_on is None:
        question = (
            f'{label}: "{fact.answer or fact.driver}". Is it still so? What stands behind it?'
        )
        yield _item("unconfirmed", fact, "answer", question, "only they heard it", fact.date)


_GUESSED: Final = {"guess": "a guess", "inferred": "their conclusion"}


def _unasked(rows: DealRows, settings: Settings) -> Iterator[LeaverItem]:
    """Yield the questions that nobody has asked, as the seller may know the answer."""
    there: dict[str, list[Context]] = {}
    for fact in rows.context:
        there.setdefault(fact.kind, []).append(fact)
    for prompt in settings.prompts:
        held = there.get(prompt.kind, [])
        if any(fact.state not in {"", "not_asked"} for fact in held):
            continue
        question = _prompt(prompt.kind, settings)
        why = "the gate asks for it" if prompt.blocks else "ops will ask for it"
        row: Row = held[0] if held else rows.deal
        key = "answer" if held else ""
        yield _item("unasked", row, key, question, f"nobody asked; {why}")


def _prompt(kind: str, settings: Settings) -> str:
    return settings.prompt_texts.get(kind) or settings.label("kind", kind)


def _item(
    kind: str, row: Row, column: str, question: str, why: str, due: dt.date | None = None
) -> LeaverItem:
    return LeaverItem(kind, row.sheet, row.row, row.id, column, question, why, due)

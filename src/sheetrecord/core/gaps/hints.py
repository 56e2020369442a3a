"""What the record itself says of handovers that hurt: what came late, moved, or was sent back."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.derive import derive
from sheetrecord.core.handover.baseline import Baseline
from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.core.handover.hidden_log import LogEvent
from sheetrecord.schema.record import DealRows, Settings

FIVE: Final = 5
"""Projects to look at: the same two or three gaps show."""


class GapHint(NamedTuple):
    """One sign that something was missing: in words, and where it would have stood."""

    text: str
    field: str
    why: str
    weight: int


class HurtDeal(NamedTuple):
    """A deal whose handover may have hurt, the plainest signs first; ``mapped``: its Gaps rows."""

    deal_id: str
    client: str
    deal_name: str
    hints: tuple[GapHint, ...]
    mapped: int

    @property
    def weight(self) -> int:
        """How plainly it hurt."""
        return sum(hint.weight for hint in self.hints)


def hurt_deals(context: HandoverContext) -> list[HurtDeal]:
    """Return the won deals by how plainly their handover hurt; those without a sign last."""
    record = derive(context.parsed.record)
    mapped: dict[str, int] = {}
    for row in record.gaps:
        if row.what_was_missing or row.prompt_or_field:
            mapped[row.deal_id] = mapped.get(row.deal_id, 0) + 1
    by_deal: dict[str, list[LogEvent]] = {}
    for event in context.events:
        by_deal.setdefault(event.deal_id, []).append(event)
    found = []
    for rows in record.by_deal.values():
        if rows.stage_type == "won":
            hints = _hints(rows, by_deal.get(rows.id, []), context.baselines, record.settings)
            deal = rows.deal
            told = tuple(sorted(hints, key=lambda hint: -hint.weight))
            found.append(
                HurtDeal(rows.id, deal.client, deal.deal_name, told, mapped.get(rows.id, 0))
            )
    return sorted(found, key=lambda one: (-one.weight, one.deal_id))


def _hints(
    rows: DealRows,
    events: Sequence[LogEvent],
    baselines: Mapping[str, Sequence[Baseline]],
    settings: Settings,
) -> Iterator[GapHint]:
    yield from _told(rows, events, settings)
    frozen = next(iter(baselines.get(rows.id, ())), None)
    if frozen is not None:
        yield from _late(rows, frozen, settings)
    yield from _worked(rows)
    yield from _open(rows, settings)


def _told(rows: DealRows, events: Sequence[LogEvent], settings: Settings) -> Iterator[GapHint]:
    """Yield what ops said: sent back, or proved otherwise."""
    kinds = {row.ctx_id: row.kind for row in rows.context}
    for event in events:
        if event.what == "returned":
            code = settings.label("return_code", event.subject)
            note = f": {event.note}" if event.note else ""
            yield GapHint(f"ops sent it back ({code}){note}", "", "not_filled", 5)
        elif event.what == "wrong":
            kind = kinds.get(event.subject, "")
            label = settings.label("kind", kind) if kind else event.subject
            yield GapHint(
                f"{label} proved otherwise {event.note}".strip(), kind, "changed_later", 4
            )


def _late(rows: DealRows, frozen: Baseline, settings: Settings) -> Iterator[GapHint]:
    """Yield what was written after the close, or was otherwise then."""
    for fact in rows.context:
        if fact.state != "answered":
            continue
        label = settings.label("kind", fact.kind)
        sold = frozen.content.get(("Context", fact.ctx_id))
        if sold is None or not (sold.get("answer") or sold.get("date") or sold.get("person")):
            yield GapHint(f"{label} was first written after the close", fact.kind, "not_asked", 3)
        elif fact.date and sold.get("date") and sold["date"] != fact.date.isoformat():
            text = f"{label} moved from {sold['date']} to {fact.date}"
            yield GapHint(text, fact.kind, "changed_later", 3)
    for said in rows.spoken:
        known = said.said_on is None or said.said_on <= frozen.sold_on
        if known and ("Commitments", said.com_id) not in frozen.content:
            text = f'"{said.what}" was said before the close and found after it'
            yield GapHint(text, "Commitments", "not_filled", 4)


def _worked(rows: DealRows) -> Iterator[GapHint]:
    """Yield what the project says: dates that moved, changes that were refused."""
    late: list[tuple[int, str]] = []
    for row in rows.project:
        planned, sold = row.date_actual or row.date_planned, row.date_baseline
        if row.kind == "milestone" and planned and sold and planned > sold:
            late.append(((planned - sold).days, row.title))
        elif row.kind == "change" and row.status == "rejected":
            yield GapHint(f'the client refused to pay for "{row.title}"', "Commitments", "", 3)
        elif row.kind == "issue" and row.severity == "high":
            yield GapHint(f'issue "{row.title}"', "", "", 2)
    if late:
        days, title = max(late)
        others = len(late) - 1
        more = f", and {others} more {'was' if others == 1 else 'were'} late" if others else ""
        yield GapHint(f'"{title}" came {days} days late{more}', "", "", 1 + 2 * (days > _LATE))


_LATE: Final = 14
"""Days by which a milestone may slip without anybody having missed anything."""


def _open(rows: DealRows, settings: Settings) -> Iterator[GapHint]:
    """Yield what was to be asked again and never was, and what was declined in silence."""
    asof: dt.date = settings.asof
    for fact in rows.context:
        if fact.state == "unknown" and fact.chase_on and fact.chase_on < asof:
            label = settings.label("kind", fact.kind)
            text = f"{label} was to be asked again on {fact.chase_on}"
            yield GapHint(text, fact.kind, "not_asked", 1)
    for said in rows.spoken:
        if said.disposition == "declined" and said.client_believes == "yes":
            yield GapHint(f'the client counted on "{said.what}"', "Commitments", "", 3)

"""Facts that closing needs and ops will not see because of their Share."""

from collections.abc import Collection, Iterator

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.lists import DECISION_ROLES
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.share import UNREAD, UNTOLD

_ROLES = {*DECISION_ROLES, "daily_contact"}


def unseen(context: HandoverContext, rows: DealRows, reach: Collection[str]) -> Iterator[str]:
    """Yield each row that closing asks for and whose Share, none of ``reach``, is not for ops."""
    settings = context.parsed.record.settings
    kinds = {prompt.kind for prompt in settings.prompts if prompt.blocks}
    for fact in rows.context:
        asked = fact.kind in kinds or (fact.kind == "stakeholder" and fact.role in _ROLES)
        if asked and fact.state not in {"", "not_asked"} and fact.share not in reach:
            what = fact.person if fact.kind == "stakeholder" else settings.label("kind", fact.kind)
            yield f"Ops will not see {_named(what, fact)}: {_why(context, fact)}."
    for said in rows.spoken:
        if said.share not in reach:
            what = " ".join(said.what.split())
            yield f"Ops will not see {_named(what, said)}: {_why(context, said)}."


def _named(what: str, row: Context | Commitments) -> str:
    what = what if len(what) <= 60 else what[:57] + "..."
    return f'"{what}" ({row.id})' if row.id else f'"{what}"'


def _why(context: HandoverContext, row: Context | Commitments) -> str:
    """Return in words where a row's Share stands and what it says."""
    where = context.parsed.layout.where(row.sheet, row.row, "share", row.id)
    label = context.parsed.record.settings.label("share", row.share)
    says = f"Share is {label}" if row.share else "Share is blank, and blank rows stay in sales"
    for found in context.parsed.findings:
        if found.where.sheet == where.sheet and found.where.key == "share":
            if found.code == UNREAD and found.where.row == row.row:
                says = "Share cannot be read"
            elif found.code == UNTOLD:
                says = "the column Share cannot be told for certain"
    return f"{where.address}, {says}"

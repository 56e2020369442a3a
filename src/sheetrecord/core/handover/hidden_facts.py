"""Facts that closing needs and ops will not see because of their Share."""

from collections.abc import Collection, Iterator

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.model.phrase import Phrase, Term
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
            yield _unseen(context, what, fact)
    for said in rows.spoken:
        if said.share not in reach:
            what = " ".join(said.what.split())
            yield _unseen(context, what, said)


def _unseen(context: HandoverContext, what: str, row: Context | Commitments) -> Phrase:
    return Phrase(
        "Ops will not see {what}: {where}, {why}.",
        what=_named(what, row),
        where=context.parsed.layout.where(row.sheet, row.row, "share", row.id).address,
        why=_why(context, row),
    )


def _named(what: str, row: Context | Commitments) -> str:
    what = what if len(what) <= 60 else what[:57] + "..."
    if row.id:
        return Phrase('"{text}" ({id})', text=what, id=row.id)
    return Phrase('"{text}"', text=what)


def _why(context: HandoverContext, row: Context | Commitments) -> str:
    """Return in words what a row's Share says."""
    where = context.parsed.layout.where(row.sheet, row.row, "share", row.id)
    share = Term("column", row.sheet, "share")
    if row.share:
        label = context.parsed.record.settings.label("share", row.share)
        says = Phrase("{share} is {label}", share=share, label=label)
    else:
        says = Phrase("{share} is blank, and blank rows stay in sales", share=share)
    for found in context.parsed.findings:
        if found.where.sheet == where.sheet and found.where.key == "share":
            if found.code == UNREAD and found.where.row == row.row:
                says = Phrase("{share} cannot be read", share=share)
            elif found.code == UNTOLD:
                says = Phrase("the column {share} cannot be told for certain", share=share)
    return says

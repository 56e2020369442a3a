"""The people whom an export names become stakeholder rows of their deal, without a guess more."""

from collections.abc import Iterator, Mapping, Sequence

from sheetrecord.core.find import fold
from sheetrecord.core.handover.identity import Owners, row_id
from sheetrecord.model.edit import AddRow, At, Edit, SetValue
from sheetrecord.schema.context import Context
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows

KIND = "stakeholder"


def contact_edits(
    parsed: Parsed, known: Owners, contacts: Mapping[str, Sequence[str]]
) -> Iterator[Edit]:
    """Yield the edits that name people: in rows that wait for a person, then in new ones."""
    if "Context" not in parsed.layout.sheets:
        return
    taken = dict(known)
    for deal_id, names in contacts.items():
        yield from _of_deal(parsed, taken, deal_id, names)


def _of_deal(
    parsed: Parsed, taken: dict[str, str], deal_id: str, names: Sequence[str]
) -> Iterator[Edit]:
    rows = parsed.record.by_deal.get(deal_id)
    waiting = _waiting(rows)
    label = parsed.record.settings.label("kind", KIND)
    for name in names:
        made = row_id("X", taken, deal_id, "contact", fold(name))
        if waiting:
            at = At("Context", waiting[0].ctx_id, "person", waiting.pop(0).row)
            yield SetValue(at, name, "named in the CRM")
        elif made not in taken:
            taken[made] = deal_id
            cells = {"deal_id": deal_id, "kind": label, "person": name}
            yield AddRow("Context", made, cells, "named in the CRM")


def _waiting(rows: DealRows | None) -> list[Context]:
    """Return the rows that wait for a person and hold nothing yet."""
    found = rows.context if rows else []
    return [row for row in found if row.kind == KIND and not (row.person or row.answer or row.role)]

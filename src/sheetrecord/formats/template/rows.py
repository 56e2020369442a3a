"""The rows of a new workbook: those given, then ready-made ones with ids and questions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sheetrecord.formats.template.spec import Spec
from sheetrecord.schema import ids
from sheetrecord.schema.prompts import PEOPLE_ROWS
from sheetrecord.schema.sheets import SHEETS

Cells = Mapping[str, object]
"""A row as canonical values by column key: codes, dates, minor units of money, ids."""

_SALT_STEP: Final = 40_503


def all_rows(spec: Spec, given: Mapping[str, Sequence[Cells]]) -> dict[str, list[Cells]]:
    """Return every row that is written, by sheet key, each with its id."""
    deals = list(_deals(spec, given.get("Deal", ())))
    fresh = [str(row["deal_id"]) for row in deals[len(given.get("Deal", ())) :]]
    found: dict[str, list[Cells]] = {"Deal": deals}
    for key in SHEETS:
        if key != "Deal":
            waiting = _WAITING.get(key, _none)
            ready = list(waiting(spec, fresh[: spec.seeded_deals]))
            ready += [{}] * spec.rows[key]
            found[key] = list(_stamped(spec, key, [*given.get(key, ()), *ready]))
    return found


def _deals(spec: Spec, given: Sequence[Cells]) -> Iterator[Cells]:
    taken = {str(row["deal_id"]) for row in given if row.get("deal_id")}
    number = 0
    for row in (*given, *[{}] * spec.rows["Deal"]):
        if row.get("deal_id"):
            yield row
            continue
        while (found := ids.deal_id(number := number + 1)) in taken:
            pass
        taken.add(found)
        yield {**row, "deal_id": found}


def _none(_: Spec, __: Sequence[str]) -> Iterator[Cells]:
    """Yield nothing: no row of most sheets waits for a deal."""
    return iter(())


def _said(spec: Spec, deals: Sequence[str]) -> Iterator[Cells]:
    """Yield the commitments that wait for each of the next deals, with nothing but their type."""
    for deal in deals:
        for type_ in spec.types:
            yield {"deal_id": deal, "type": type_}


def _questions(spec: Spec, deals: Sequence[str]) -> Iterator[Cells]:
    """Yield the questions and people rows that wait for each of the next deals."""
    for deal in deals:
        for prompt in spec.prompts:
            yield {"deal_id": deal, "kind": prompt.kind}
        for _ in range(PEOPLE_ROWS):
            yield {"deal_id": deal, "kind": "stakeholder"}


_WAITING: Final[Mapping[str, Callable[[Spec, Sequence[str]], Iterator[Cells]]]] = {
    "Context": _questions,
    "Commitments": _said,
}


def _stamped(spec: Spec, sheet: str, rows: Sequence[Cells]) -> Iterator[Cells]:
    """Give every row that has none an id that no other row has."""
    key, prefix = SHEETS[sheet].columns[0].key, SHEETS[sheet].prefix
    taken = {str(row[key]) for row in rows if row.get(key)}
    number = spec.salt * _SALT_STEP
    for row in rows:
        if row.get(key):
            yield row
            continue
        while (found := ids.make(prefix, number := number + 1)) in taken:
            pass
        yield {**row, key: found}

"""Ids that rows point to and that no row has: who has lost an id may be the one they mean."""

from collections import Counter
from collections.abc import Mapping

from sheetrecord.schema.column import Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS


def orphans(record: Record, sheet: str) -> Mapping[str, int]:
    """Return the ids of a sheet that are pointed to in vain, with how many rows do so."""
    known = {row[1] for row in record.rows(sheet)}
    found: Counter[str] = Counter()
    for name, declared in SHEETS.items():
        at = [
            column.position
            for column in declared.columns
            if column.kind is Kind.REF and column.to_sheet == sheet
        ]
        for row in record.rows(name) if at else ():
            found.update(row[i] for i in at if row[i] and row[i] not in known)
    return found

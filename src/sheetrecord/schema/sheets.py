"""The sheets of a record, in the order in which people meet them."""

from typing import Final

from sheetrecord.schema.column import Column, Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.gaps import Gaps
from sheetrecord.schema.project import Project

SHEETS: Final[dict[str, type[Row]]] = {
    sheet.sheet: sheet for sheet in (Deal, Context, Commitments, Project, Fees, Gaps)
}
"""By sheet key. `Gaps` is optional; the others make a record."""

OPTIONAL: Final = frozenset({"Gaps"})

SCHEMA_VERSION: Final = 2
"""Rises with every change of sheets, columns, lists, names or live formulas; `history.toml` holds
the digest of each version, and a schema that moved without a new version fails the checks."""


def column(sheet: str, key: str) -> Column:
    """Return one column's declaration. Raises KeyError for a name that is not declared."""
    return SHEETS[sheet].by_key[key]

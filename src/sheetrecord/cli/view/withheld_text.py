"""How `publish --why` and `brief --why` tell what is kept back, as text or as JSON."""

from collections.abc import Iterator

from sheetrecord.app.withheld import Why
from sheetrecord.cli import printing
from sheetrecord.cli.ansi import joined


def text(found: Why) -> str:
    """Return one line for each row, and one for each sheet's columns."""
    return joined(_lines(found))


def _lines(found: Why) -> Iterator[str]:
    count = len(found.rows)
    things = {0: "nothing", 1: "1 thing"}.get(count, f"{count} things")
    yield (
        f"Of the rows, {things} is kept from {found.audience}."
        if count < 2
        else (f"Of the rows, {things} are kept from {found.audience}:")
    )
    width = max((len(row.where.address) for row in found.rows), default=0)
    for row in found.rows:
        named = "  ".join(filter(None, (row.deal_id, row.where.row_id)))
        yield f"{row.where.address:<{width}}  {named + '  ' if named else ''}{row.rule}."
    if found.columns:
        yield f"Columns that are kept from {found.audience}, and all that is not of the record:"
    for sheet, rule, keys in found.columns:
        yield f"{sheet}: {', '.join(keys)} ({rule})"


def as_json(found: Why) -> str:
    """Return the same as JSON."""
    told = {
        "schema": 1,
        "audience": found.audience,
        "rows": [
            {
                "sheet": row.where.sheet,
                "cell": row.where.address.rpartition("!")[2] if row.where.row else "",
                "row_id": row.where.row_id,
                "deal_id": row.deal_id,
                "rule": row.rule,
                "unread": row.unread,
            }
            for row in found.rows
        ],
        "columns": [
            {"sheet": sheet, "rule": rule, "columns": keys} for sheet, rule, keys in found.columns
        ],
    }
    return printing.as_json(told)

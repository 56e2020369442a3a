"""The projection: a record with only the rows and columns that an audience may see.

Rows that are withheld are taken out before anything is derived, so that no sum, count or
earliest date tells about them. A row that names what it was made from stays
with the owner when that does. What comes out is a `Record` again: pages, workbooks and the
search are made from it alone and cannot show what it does not hold.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sheetrecord.core.derive import derive
from sheetrecord.core.view.audiences import Audience, Grant
from sheetrecord.core.view.sanitise import clean
from sheetrecord.schema.column import Column, Row
from sheetrecord.schema.record import EMPTY, Record, Settings, make_record
from sheetrecord.schema.share import STRICTEST, strictest
from sheetrecord.schema.sheets import SHEETS


def narrow(record: Record, audience: Audience, deals: frozenset[str] | None = None) -> Record:
    """Return what the audience may see; of these deals only, if some are named.

    An outside audience must be given its deals. Raises ValueError when it is not.
    """
    if audience.outside and deals is None:
        raise ValueError(f"the audience {audience.name} sees the deals of one client only")
    levels = levels_of(record)
    rows = {key: _permitted(record.rows(key), audience, deals, levels) for key in SHEETS}
    derived = derive(make_record(record.settings, rows))
    kept: dict[str, list[Any]] = {
        key: _granted(derived.rows(key), audience.grants.get(key), key) for key in SHEETS
    }
    known = {deal.deal_id for deal in kept["Deal"] if deal.deal_id}
    for key in SHEETS:
        if key != "Deal":
            kept[key] = [row for row in kept[key] if row.deal_id in known]
    return make_record(_words(record.settings), kept)


def levels_of(record: Record) -> Mapping[str, str]:
    """Return row id, in capitals -> how far a fact or a commitment may travel, the strictest."""
    found: dict[str, list[str]] = {}
    for row in (*record.context, *record.commitments):
        found.setdefault(row.id.upper(), []).append(str(row.get("share")))
    return {row_id: strictest(levels) for row_id, levels in found.items() if row_id}


def level(row: Row, levels: Mapping[str, str]) -> str:
    """Return how far a row of a sheet with a Share may travel: its own word, or its sources'.

    A Project row that names a fact or a commitment which stays with the owner stays there too.
    """
    own = str(row.get("share"))
    if row.sheet != "Project":
        return own
    return STRICTEST if any(levels.get(source) == STRICTEST for source in sources(row)) else own


def sources(row: Row) -> list[str]:
    """Return the ids, in capitals, of what a Project row names as what it was made from."""
    named = f"{row.get('commitment_ref')} {row.get('ctx_ref')}".upper()
    return named.replace(",", " ").replace(";", " ").split()


def _permitted(
    rows: Sequence[Row],
    audience: Audience,
    deals: frozenset[str] | None,
    levels: Mapping[str, str],
) -> list[Row]:
    """Return the rows whose sheet is granted and whose share level reaches the audience."""
    if not rows or rows[0].sheet not in audience.grants:
        return []
    if deals is not None:
        rows = [row for row in rows if row.get("deal_id") in deals]
    if "share" not in (rows[0].by_key if rows else ()):
        return list(rows)
    return [row for row in rows if level(row, levels) in audience.levels]


def _granted(rows: Sequence[Row], grant: Grant | None, sheet: str) -> list[object]:
    """Return rows of the codes that are granted, with every other column emptied."""
    if grant is None:
        return []
    declared = SHEETS[sheet]
    rows = [row for row in rows if grant.admits(row)]
    keep = [_keeper(column, grant) for column in declared.columns]
    return [
        tuple.__new__(declared, (row[0], *(f(cell) for f, cell in zip(keep, row[1:], strict=True))))
        for row in rows
    ]


def _keeper(column: Column, grant: Grant) -> Callable[[object], object]:
    """Return what becomes of a column's cells: cleaned, or emptied."""
    if column.key not in grant.columns:
        empty = EMPTY[column.kind.name]
        return lambda _: empty
    return lambda cell: clean(cell) if isinstance(cell, str) else cell


def _words(settings: Settings) -> Settings:
    """Return settings with nothing but the day, language, currency, labels and words for none."""
    labels = {key: clean(label) for key, label in settings.labels.items()}
    return Settings(
        asof=settings.asof,
        currency=settings.currency,
        language=settings.language,
        labels=labels,
        tokens=settings.tokens,
    )

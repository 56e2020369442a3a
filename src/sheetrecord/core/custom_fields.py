"""Custom required fields and custom columns, as the firm's sheet Settings declares them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, shown
from sheetrecord.schema.lists import HANDED_OVER, HANDOVER_RANK, STAGE_RANK
from sheetrecord.schema.read.parse import OwnCell, Parsed
from sheetrecord.schema.record import OwnColumn, Record, Required, Settings

Demand = tuple[str, Where, str, Mapping[str, object], bool, bool]
"""Rule code, place, deal id, words of the message, blocks the gate now, blocks it at closing."""

_KINDS: Final = {
    "number": Phrase("a number"),
    "money": Phrase("a number"),
    "percentage": Phrase("a number"),
    "date": Phrase("a date"),
}


def own_demands(parsed: Parsed, record: Record) -> Iterator[Demand]:
    """Yield blank required fields (OWN-001) and unfit values of custom columns (OWN-002)."""
    for required in record.settings.required:
        yield from _missing(required, parsed, record)
    yield from _no_fee_plan(parsed, record)
    columns = {(own.sheet, own.header.casefold()): own for own in record.settings.own_columns}
    for cell in parsed.own:
        own = columns.get((cell.sheet, cell.header.casefold()))
        if own is not None:
            yield from _unfit(own, cell, parsed, record)


def _no_fee_plan(parsed: Parsed, record: Record) -> Iterator[Demand]:
    """Yield each deal that cannot be promoted: it has no fee lines and no template fits."""
    settings = record.settings
    for rows in record.by_deal.values() if settings.fee_models is not None else ():
        deal = rows.deal
        rank = judged_rank(rows.rank, rows.stage_type, settings)
        lines = any(row.origin == "contract" and not row.void for row in rows.fees)
        asked = rank >= HANDOVER_RANK and deal.handover_state not in HANDED_OVER
        if asked and deal.fee_model not in {"", *(settings.fee_models or ())} and not lines:
            where = parsed.layout.where("Deal", deal.row, "fee_model", deal.deal_id)
            words = {"model": settings.label("fee_model", deal.fee_model)}
            yield "OWN-003", where, deal.deal_id, words, False, False


def _missing(required: Required, parsed: Parsed, record: Record) -> Iterator[Demand]:
    """Yield the rows in which a required field is blank and its deal's stage asks for it."""
    header = required.key.casefold()
    cells = {
        cell.row: cell
        for cell in parsed.own
        if cell.sheet == required.sheet and cell.header.casefold() == header
    }
    for row in record.rows(required.sheet):
        if required.key in row.by_key:
            blank = row.get(required.key) in {"", None, False}
            where = parsed.layout.where(required.sheet, row.row, required.key, row.id)
        elif row.row in cells:
            blank = _blank(cells[row.row].value)
            where = _where(cells[row.row], parsed, row.id)
        else:
            continue
        if blank:
            yield from _demand(required, where, _deal_of(row), record)


def _demand(required: Required, where: Where, deal_id: str, record: Record) -> Iterator[Demand]:
    now, closing = reach(required.from_stage, deal_id, record)
    if now or (closing and required.blocks):
        stage = record.settings.label("stage", required.from_stage)
        words = {"column": where.key or required.key, "stage": stage}
        shuts = required.blocks
        yield "OWN-001", where, deal_id, words, now and shuts, closing and shuts


def reach(stage: str, deal_id: str, record: Record) -> tuple[bool, bool]:
    """Return whether a deal has reached a stage, and whether it will have by closing.

    Both False for an unknown deal; lost and on hold are reached only by deals in just that stage.
    """
    rows = record.by_deal.get(deal_id)
    if rows is None:
        return False, False
    rank = STAGE_RANK[stage]
    if stage in {"lost", "parked"}:
        return rows.deal.stage == stage, False
    judged = judged_rank(rows.rank, rows.stage_type, record.settings)
    return judged >= rank, rows.stage_type in {"open", "won"} and rank <= HANDOVER_RANK


def judged_rank(rank: int, stage_type: str, settings: Settings) -> int:
    """Return the stage rank to judge a deal by: its own, or the settings' ``gate_rank`` if higher.

    ``gate_rank`` applies to deals that are open or won only.
    """
    if settings.gate_rank is None or stage_type not in {"open", "won"}:
        return rank
    return max(rank, settings.gate_rank)


def _unfit(own: OwnColumn, cell: OwnCell, parsed: Parsed, record: Record) -> Iterator[Demand]:
    row = next((r for r in record.rows(own.sheet) if r.row == cell.row), None)
    deal_id = _deal_of(row) if row is not None else ""
    where = _where(cell, parsed, row.id if row is not None else "")
    if _blank(cell.value):
        if own.from_stage:
            required = Required(own.sheet, own.header, own.from_stage, own.blocks)
            yield from _demand(required, where, deal_id, record)
        return
    value = shown(cell.value)
    wanted = _wanted(own, value)
    if wanted:
        words = {"column": own.header, "value": value, "wanted": wanted}
        yield "OWN-002", where, deal_id, words, False, False


def _wanted(own: OwnColumn, value: object) -> str:
    """Return in words what a value should have been; empty if it fits."""
    if own.allowed:
        fits = str(value).strip().casefold() in {text.casefold() for text in own.allowed}
        return "" if fits else Phrase("one of {values}", values=Series(", ", own.allowed))
    if own.kind in {"number", "money", "percentage"}:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
    elif own.kind == "date":
        from sheetrecord.schema.read import amounts  # only firms with columns of their own need it

        fits = isinstance(value, dt.date) or (
            isinstance(value, str) and amounts.day(value) is not None
        )
    else:
        fits = True
    return "" if fits else _KINDS[own.kind]


def _blank(cell: Cell) -> bool:
    value = shown(cell)
    return value is None or (isinstance(value, str) and not value.strip())


def _where(cell: OwnCell, parsed: Parsed, row_id: str) -> Where:
    title = parsed.layout.sheets[cell.sheet].title
    return Where(title, cell.row, cell.column, row_id, "")


def _deal_of(row: Any) -> str:
    return str(row.deal_id)

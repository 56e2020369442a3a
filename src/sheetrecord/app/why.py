"""What an audience does not get and by which rule, for whoever publishes; nothing is written."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.audience import audience_of
from sheetrecord.app.settings.config import Config
from sheetrecord.app.showing import read_to_show
from sheetrecord.core.view.withheld import Withheld, columns_withheld, withheld
from sheetrecord.model.errors import BadSettings


class Why(NamedTuple):
    """What is kept back from an audience: rows, and columns as (sheet, rule, keys)."""

    audience: str
    rows: list[Withheld]
    columns: list[tuple[str, str, list[str]]]


def why(
    path: Path,
    audience: str,
    deal: str = "",
    *,
    today: dt.date,
    asof: dt.date | None = None,
    settings: Config | None = None,
) -> Why:
    """Return what an audience does not get of a workbook, or of one deal of it.

    Raises CannotRead and NotARecord for the workbook, BadSettings for a deal that is not there.
    """
    told = audience_of(audience, settings or Config())
    _, parsed = read_to_show(path, today=today, asof=asof)
    if deal and deal not in parsed.record.by_deal:
        raise BadSettings(f"--why {deal}", "there is no such deal.", "Check its id.")
    rows = list(withheld(parsed, told, {deal} if deal else None))
    return Why(audience, rows, list(columns_withheld(told)))

"""Make a new workbook: a template in the firm's language, empty or with a sample firm."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.output_kinds import NEW
from sheetrecord.files.output import guard
from sheetrecord.model.errors import CannotWrite
from sheetrecord.model.money import EXPONENTS


class NewWorkbookRequest(NamedTuple):
    """The options of a new workbook; language and currency override the template's.

    ``salt`` makes the row ids differ from those of other workbooks that may be merged with it.
    ``google``: it will be opened as a Google spreadsheet.
    """

    template: str = "consultancy"
    language: str = ""
    currency: str = ""
    sample: bool = False
    years: int = 1
    seed: int = 1
    salt: int = 0
    google: bool = False


def create(
    path: Path,
    request: NewWorkbookRequest,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    force: bool = False,
) -> None:
    """Make a workbook where there is none yet, or with ``force`` in place of any other file.

    A sample firm is dated up to ``asof``, which the workbook then keeps as its day, so that it
    looks the same tomorrow. Raises CannotWrite when the file exists or cannot be made.
    """
    out = guard(path, NEW, (), force=force)
    if request.currency and request.currency not in EXPONENTS:
        raise CannotWrite(
            path, f'"{request.currency}" is not a currency code.', "Use three letters such as EUR."
        )
    out.write(workbook(request, today=today, asof=asof))


def created(
    path: Path, request: NewWorkbookRequest, rows: Mapping[str, Sequence[Mapping[str, object]]]
) -> None:
    """Make a workbook of rows by sheet, in the record's own values, where there is none yet.

    Raises CannotWrite when the file exists or cannot be made.
    """
    from sheetrecord.formats.template import TEMPLATES, build

    out = guard(path, NEW, (), force=False)
    spec = TEMPLATES[request.template]._replace(
        salt=request.salt, language=request.language, currency=request.currency, currencies=()
    )
    out.write(build(spec, rows))


def workbook(request: NewWorkbookRequest, *, today: dt.date, asof: dt.date | None = None) -> bytes:
    """Return the bytes of a new workbook; the same request and dates give the same bytes."""
    from sheetrecord.formats.template import TEMPLATES, build

    spec = TEMPLATES[request.template]._replace(salt=request.salt, google=request.google)
    if request.language:
        spec = spec._replace(language=request.language)
    if request.currency:
        spec = spec._replace(currency=request.currency, currencies=())
    rows = None
    if request.sample:
        from sheetrecord.sample import sample_firm

        day = asof or today
        spec = spec._replace(asof=day)
        rows = sample_firm(spec, asof=day, years=request.years, seed=request.seed)
    elif asof is not None:
        spec = spec._replace(asof=asof)
    return build(spec, rows)

"""Set up a folder: a settings file and a new workbook, both or none, over nothing that is there."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app import create
from sheetrecord.app.output_kinds import FIRST, SETTINGS
from sheetrecord.app.settings.begin import settings_text
from sheetrecord.app.settings.checked import tables_of
from sheetrecord.app.settings.nearest import FILE
from sheetrecord.app.settings.texts import Mistake, target
from sheetrecord.app.settings.trust import confirm
from sheetrecord.files.output import Output, guard, write_all
from sheetrecord.model.closest_words import meant
from sheetrecord.model.errors import BadSettings, SheetRecordError
from sheetrecord.model.money import EXPONENTS

_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""What Windows takes for a device, whatever stands behind the dot."""

_LONGEST: Final = 100


class SetupRequest(NamedTuple):
    """The answers for a new folder: where, for which firm, and how the workbook is made."""

    folder: Path
    name: str
    view: str
    book: create.NewWorkbookRequest


class Begun(NamedTuple):
    """What is made, or would be: the two files, the settings' text, and settings further up."""

    book: Path
    settings: Path
    text: str
    above: Path | None


def begin(request: SetupRequest, *, today: dt.date, only_plan: bool = False) -> Begun:
    """Make the settings file and the workbook, and confirm the settings: they are our own.

    With ``only_plan`` nothing is written. Raises CannotWrite when either is there already or
    cannot be made, BadSettings for a name that no file can have or an unknown currency.
    """
    made = _planned(request)
    settings, book = _guarded(made)
    if only_plan:
        return made
    data = create.workbook(request.book, today=today)
    write_all([(settings, made.text.encode()), (book, data)], lambda: None)
    with suppress(SheetRecordError, OSError):  # it is asked for at the first use then
        confirm(_known(made.settings), _digest(made.text))
    return made


def file_name(name: str) -> str:
    """Return the file name of a firm's workbook. Raises BadSettings when there can be none.

    >>> file_name("Müller & Söhne"), file_name("firm.xlsx")
    ('Müller & Söhne.xlsx', 'firm.xlsx')
    """
    kept = "".join(char for char in name if char.isprintable() and char not in _NOT_IN_NAMES)
    stem = " ".join(kept.removesuffix(".xlsx").split()).strip(". ")[:_LONGEST].strip(". ")
    if not stem or stem.casefold() in _DEVICES or stem.startswith("~$"):
        raise BadSettings("--name", "no file can be called so.", "Write letters, such as Acme.")
    return f"{stem}.xlsx"


def _planned(request: SetupRequest) -> Begun:
    currency = request.book.currency
    if currency and currency not in EXPONENTS:
        advice = meant(currency, EXPONENTS)
        raise BadSettings("--currency", f'"{currency}" is not a currency code.', advice)
    try:
        if request.view:
            target(request.view)
    except Mistake as error:
        raise BadSettings("--publish", error.why, error.do) from error
    book, settings = request.folder / file_name(request.name), request.folder / FILE
    text = settings_text(book.name, request.view)
    tables_of(settings, text.encode(), _digest(text), keep=False)  # raises WrongSettings
    return Begun(book, settings, text, next(_above(request.folder), None))


def _above(folder: Path) -> Iterator[Path]:
    """Yield the settings files that held in the folder until now."""
    whole = folder.expanduser().resolve()
    return (parent / FILE for parent in whole.parents if (parent / FILE).exists())


def _guarded(made: Begun) -> tuple[Output, Output]:
    """Return both files, if each may be made."""
    return guard(made.settings, SETTINGS, ()), guard(made.book, FIRST, ())


def _known(settings: Path) -> Path:
    """Return the path under which later commands find it."""
    return settings.parent.resolve() / settings.name


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=32).hexdigest()

"""What every command is given: the day, the settings file, the books that were named."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sheetrecord.app.config import Config, find_config
from sheetrecord.model.errors import BadSettings


def today() -> dt.date:
    """Return the calendar day where the person is."""
    return dt.datetime.now().astimezone().date()


def config() -> Config:
    """Return the nearest settings file of the working folder."""
    return find_config(Path.cwd())


def books(named: Iterable[str], told: Config) -> list[Path]:
    """Return the paths of the named books; with none named, the settings file's book."""
    paths = [_book(name, told) for name in named]
    if paths:
        return paths
    if told.book is None:
        from click import UsageError  # nothing else here needs click, which takes long to load

        raise UsageError(
            "Name a workbook, or run this where a sheetrecord.toml names one (book = ...)."
        )
    return [told.book]


def _book(name: str, told: Config) -> Path:
    scheme = name.partition(":")[0]
    if scheme in {"gsheet", "live"}:
        raise BadSettings(
            name,
            "this build reads workbook files only.",
            "Download the sheet as .xlsx, or save the open workbook, and name that file.",
        )
    return told.books.get(name, Path(name))

"""Words that several commands share: which book, which day, which format."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from sheetrecord.app.config import Config, find_config
from sheetrecord.model.errors import BadSettings

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
    """A calendar day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the day, or fail with what it should look like."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is not a day such as 2026-07-15', param, ctx)


asof = click.option(
    "--asof", type=Day(), metavar="DATE", help="Judge the record as of this day (2026-07-15)."
)


def format_option(*choices: str) -> Callable[[F], F]:
    """Return the ``--format`` option with these choices, the first being the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="How to print the result.",
    )


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
        raise click.UsageError(
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

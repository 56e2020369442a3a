"""Words that several commands share: which book, which day, which format."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click

from sheetrecord.app.settings.config import Config
from sheetrecord.cli.confirm_settings import finder, trust
from sheetrecord.cli.context import Given
from sheetrecord.cli.day import today
from sheetrecord.cli.words import Words, told_apart
from sheetrecord.model.errors import SheetRecordError

__all__ = ["Day", "asof", "books", "config", "format_option", "given", "today", "trust", "words"]

F = TypeVar("F", bound=Callable[..., object])


def given(named: Iterable[str]) -> list[Given]:
    """Return the named books, each with its settings; with none named, the settings' book."""
    return finder().given(named)


def books(named: Iterable[str]) -> list[str]:
    """Return the addresses of the named books; with none named, the settings' book."""
    return [one.address for one in given(named)]


def words(typed: Sequence[str]) -> Words:
    """Return the words of a command, its workbooks told apart from the others."""
    return told_apart(typed, _aliases)


def _aliases() -> Iterable[str]:
    """Return the short names of workbooks; none where the settings here cannot be used."""
    try:
        here = finder().here()
    except SheetRecordError:
        return ()
    return (*here.books, *here.tables.get("copies", {}))


def config(named: Iterable[str] = ()) -> Config:
    """Return the settings that hold for the named books together; with none named, those of here.

    Books of folders with settings of their own cannot be worked on in one go. Where no book's
    folder has any, those of here hold if they declare one of the books as a copy.
    """
    found = finder().together(named)
    if len(found) > 1:
        both = " and ".join(str(one.path) for one in found[:2])
        raise click.UsageError(f"These books have different settings: {both}. Name one at a time.")
    return found[0]


class Day(click.ParamType[dt.date]):
    """A calendar day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
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

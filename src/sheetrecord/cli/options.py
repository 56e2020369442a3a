"""Words that several commands share: which book, which day, which format."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from sheetrecord.cli.given import books, config, today

__all__ = ["Day", "asof", "books", "config", "format_option", "today"]

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

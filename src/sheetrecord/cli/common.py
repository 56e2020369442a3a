"""Options that every command has: how much is said, and whether it is coloured."""

from collections.abc import Iterator
from typing import Any, Final

import click

from sheetrecord.cli import printing
from sheetrecord.model import trace

EVERYWHERE: Final = (
    ("-q", "The result alone, nothing beside it."),
    ("-v", "Beside it: which settings held, what was read, kept, written; -vv: and when."),
    ("--color", "auto, always or never. NO_COLOR and FORCE_COLOR are obeyed as well."),
)
"""What the help's front page says of these; the help of each command leaves them out."""


def add(command: click.Command) -> click.Command:
    """Give a command, and those below it, the options; what it has already stays its own."""
    taken = {name for param in command.params for name in param.opts}
    command.params += [one for one in _options() if not taken & {*one.opts}]
    if isinstance(command, click.Group):
        for below in command.commands.values():
            add(below)
    return command


def _options() -> Iterator[click.Option]:
    hidden: dict[str, Any] = {"hidden": True, "expose_value": False}
    yield click.Option(["-q", "--quiet"], is_flag=True, callback=_quiet, **hidden)
    yield click.Option(["-v", "--verbose"], count=True, callback=_verbose, **hidden)
    when = click.Choice(("auto", "always", "never"))
    yield click.Option(["--color", "--colour"], type=when, callback=_colour, **hidden)


def _quiet(_: click.Context, __: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
    if value:
        printing.HOW.quiet = True


def _verbose(_: click.Context, __: click.Parameter, value: int) -> None:
    if value:
        printing.HOW.verbose = True
        trace.listen(printing.noted, timed=value > 1)


def _colour(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value:
        printing.HOW.colour = value

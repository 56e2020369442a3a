"""The parser of words: every command by name, loaded when it is called."""

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

from sheetrecord import __version__
from sheetrecord.cli import COMMANDS, SECTIONS, STOPPED, printing, progress
from sheetrecord.cli.common import EVERYWHERE, add
from sheetrecord.model import trace
from sheetrecord.model.address import without_passwords
from sheetrecord.model.closest_words import meant
from sheetrecord.model.printable import one_line

ROOMS: Final = {
    "book": (
        *("init", "new", "demo", "validate", "import", "migrate"),
        *("explain", "schema", "doctor", "textconv"),
    ),
    "deal": (
        *("promote", "accept", "return", "confirm", "waive"),
        *(
            "brief",
            "note",
            "say-back",
            "diff",
            "figures",
            "gaps",
            "leaver",
            "check-sow",
            "find",
            "capture",
        ),
    ),
    "copies": (
        *("sync", "status", "conflicts", "undo", "history", "asof"),
        *("fleet", "schedule", "copy-store", "merge", "resolve"),
    ),
    "money": ("reconcile",),
    "addins": ("addin", "serve", "web"),
    "view": ("publish", "digest"),
}
"""The folder of each command's module; one that is not named here stands beside this file."""


class Lazy(click.Group):
    """A click group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of a deal's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        room = next((f"{room}." for room, names in ROOMS.items() if cmd_name in names), "")
        module = import_module(f"sheetrecord.cli.{room}{name}")
        return add(module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names. Raises UsageError with a suggestion."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            said = f'No command is called "{args[0]}". {meant(args[0], COMMANDS)}'
            raise click.UsageError(said, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any of them."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, COMMANDS[name]) for name in names], col_max=12)
        with formatter.section("With every command"):
            formatter.write_dl(EVERYWHERE, col_max=12)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sheetrecord")
def cli() -> None:
    """One record that travels with the client, in the spreadsheet the firm lives in.

    Start with `sheetrecord new firm.xlsx --sample`, then `sheetrecord validate firm.xlsx`.
    """


add(cli)


def run() -> int:
    """Run the command line and return the exit code."""
    printing.HOW.reset()
    trace.forget()
    progress.watch()
    try:
        code = cli.main(prog_name="sheetrecord", standalone_mode=False)
    except click.exceptions.Abort:
        printing.line("Stopped.", err=True)
        return STOPPED
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    finally:
        progress.done()
    return code if isinstance(code, int) else 0


def _show(error: click.ClickException) -> None:
    """Print what was wrong with the words that were typed, which may name any file."""
    if printing.wants_json(sys.argv[1:]):
        said = without_passwords(_in_a_line(error.format_message()))
        printing.document(printing.error_json(error.exit_code, "WORDS-001", said, ""))
        return
    from io import StringIO

    told = StringIO()
    error.show(told)
    said = _in_a_line(error.format_message())
    text = told.getvalue().replace(error.format_message(), said)
    printing.document(without_passwords(text), err=True)


def _in_a_line(message: str) -> str:
    """Return a message as one line; click lists what may be chosen one below the other."""
    return one_line(message.replace(":\n\t", ": ").replace(",\n\t", ", "))

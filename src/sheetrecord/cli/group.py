"""The parser of words: every command by name, loaded when it is called."""

from importlib import import_module
from keyword import iskeyword

import click

from sheetrecord import __version__
from sheetrecord.cli import COMMANDS, STOPPED, printing
from sheetrecord.model.address import without_passwords
from sheetrecord.model.visible import one_line


class Lazy(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of a deal's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(
            f"sheetrecord.cli.{name}_" if iskeyword(name) else f"sheetrecord.cli.{name}"
        )
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands' lines without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sheetrecord")
def cli() -> None:
    """One record that travels with the client, in the spreadsheet the firm lives in.

    Start with `sheetrecord new firm.xlsx --sample`, then `sheetrecord validate firm.xlsx`.
    """


def run() -> int:
    """Run the words that were typed and return the exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        printing.line("Stopped.", err=True)
        return STOPPED
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    return code if isinstance(code, int) else 0


def _show(error: click.ClickException) -> None:
    """Print what was wrong with the words that were typed, which may name any file."""
    from io import StringIO

    told = StringIO()
    error.show(told)
    said = one_line(error.format_message())
    text = told.getvalue().replace(error.format_message(), said)
    printing.document(without_passwords(text), err=True)

"""The command line: words in, one use case called, words out."""

import gc
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

from sheetrecord import __version__
from sheetrecord.model.errors import SheetRecordError

COMMANDS: Final = {
    "new": "Make a new workbook from a template.",
    "demo": "Make a sample firm and walk through the main job.",
    "validate": "List every problem at once, with its cell and how to mend it.",
    "explain": "Say why a rule exists, with a bad and a good example.",
    "promote": "Close a deal in place: freeze what was sold, open the project, offer it to ops.",
    "accept": "Take over a deal that was offered to ops.",
    "return": "Send a deal back to sales, with a code and what is missing.",
    "confirm": "Confirm a deal's facts one by one, and the kickoff.",
    "waive": "Let a gate item pass, with who, why and until when.",
    "brief": "Print the one-page handover brief of a deal.",
    "say-back": "Write the letter that says back to the client what is included.",
    "diff": "Show what changed since a deal was sold, and prove the baseline.",
    "figures": "Show how well handovers go: gate, acceptance, days, confirmations.",
    "merge": "Bring an e-mailed copy's changes into ours; conflicts are listed, none is lost.",
    "resolve": "Carry out what people decided on the sheet of conflicts.",
    "textconv": "Print the record as text, for git diff.",
    "publish": "Make the read-only view: pages for a folder, or a workbook.",
    "reconcile": "Match the bank's receipts to invoices, and keep the fees' money right.",
    "find": "Was it ever mentioned? Who said it, when, and what became of it.",
    "schema": "Show every column of the record, or its JSON Schema.",
    "doctor": "Check the set-up, the workbook and its folder.",
}
"""Every command and its line in the help; each lives in a module of its name, loaded when used.

A dash in the name is an underscore in the module's, a word of Python has one at its end."""

REFUSED, BUG, STOPPED = 3, 70, 130


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


def main() -> None:
    """Run the command line; the one place where an error of the world is caught."""
    # A command lives for a moment and makes hardly any cycles: looking for them costs a tenth.
    gc.disable()
    try:
        sys.exit(_run())
    finally:
        gc.enable()


def _run() -> int:
    """Run the words that were typed and return the exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return STOPPED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SheetRecordError as error:
        click.echo(f"sheetrecord: {error}", err=True)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception:  # noqa: BLE001 - the last resort: a bug shows where it is, and says so
        import traceback

        traceback.print_exc()
        click.echo("sheetrecord: this is a bug in sheetrecord; nothing was written.", err=True)
        return BUG
    return code if isinstance(code, int) else 0

"""`sheetrecord help`: how a command is used, and which there are."""

import click

from sheetrecord.cli import COMMANDS, printing
from sheetrecord.model.closest_words import meant


@click.command("help")
@click.argument("verb", metavar="[VERB]", default="")
@click.pass_context
def command(ctx: click.Context, verb: str) -> int:
    """Show how a command is used; without VERB, which commands there are.

    \b
    Example:
      sheetrecord help promote
    """
    above = ctx.parent or ctx
    group = above.command
    if not verb or not isinstance(group, click.Group):
        printing.document(above.get_help())
        return 0
    found = group.get_command(above, verb)
    if found is None:
        raise click.UsageError(f'No command is called "{verb}". {meant(verb, COMMANDS)}')
    with click.Context(found, info_name=verb, parent=above) as asked:
        printing.document(found.get_help(asked))
    return 0

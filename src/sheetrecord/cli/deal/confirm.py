"""`sheetrecord confirm`: ops confirms a deal's facts one by one, and the kickoff."""

import datetime as dt

import click

from sheetrecord.app.handover import take_step
from sheetrecord.cli import options
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import changing, opened, tell
from sheetrecord.cli.completion import words as complete
from sheetrecord.core.handover.response import Confirmation, plan_confirm


@click.command("confirm")
@click.argument("words", nargs=-1, metavar="BOOK DEAL", type=BookWords(), shell_complete=complete)
@changing
@click.option("--fact", metavar="ID", multiple=True, help="A fact that is right; may be repeated.")
@click.option("--wrong", metavar="ID", multiple=True, help="A fact that is otherwise; see --note.")
@click.option("--all", "everything", is_flag=True, help="Every fact that is left.")
@click.option("--kickoff", is_flag=True, help="The kickoff was held: the handover is over.")
@click.option("--note", metavar="TEXT", default="", help="What is otherwise.")
def command(
    words: tuple[str, ...],
    *,
    deal: str,
    fact: tuple[str, ...],
    wrong: tuple[str, ...],
    note: str,
    by: str,
    format_: str,
    asof: dt.date | None,
    everything: bool,
    kickoff: bool,
    only_plan: bool,
) -> int:
    """Mark facts as confirmed with the client; a fact that proves otherwise becomes an issue.

    \b
    Examples:
      sheetrecord confirm firm.xlsx D-0007 --fact X-7K3Q4 --fact X-0M2BD
      sheetrecord confirm firm.xlsx D-0007 --wrong X-9TT1A --note "It is the May board"
      sheetrecord confirm firm.xlsx D-0007 --all --kickoff
    """
    if not (fact or wrong or everything or kickoff):
        raise click.UsageError("Name facts with --fact or --wrong, or say --all or --kickoff.")
    told = Confirmation(fact, wrong, everything, kickoff, note)
    found, deal_id = opened(options.words(words), deal, asof, only_plan=only_plan)
    done = take_step(
        found,
        lambda context: plan_confirm(context, deal_id, by, told),
        only_plan=only_plan,
    )
    return tell(done, format_, only_plan=only_plan)

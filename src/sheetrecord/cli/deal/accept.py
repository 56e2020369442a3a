"""`sheetrecord accept`: ops takes a deal over."""

import datetime as dt

import click

from sheetrecord.app.handover import take_step
from sheetrecord.cli import options
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import changing, opened, tell
from sheetrecord.cli.completion import words as complete
from sheetrecord.core.handover.response import plan_accept


@click.command("accept")
@click.argument("words", nargs=-1, metavar="BOOK DEAL", type=BookWords(), shell_complete=complete)
@changing
@click.option("--note", metavar="TEXT", default="", help="Anything sales should know.")
def command(
    words: tuple[str, ...],
    *,
    deal: str,
    note: str,
    by: str,
    format_: str,
    asof: dt.date | None,
    only_plan: bool,
) -> int:
    """Take over a deal that was offered to ops.

    \b
    Example:
      sheetrecord accept firm.xlsx D-0007 --by Tom
    """
    found, deal_id = opened(options.words(words), deal, asof, only_plan=only_plan)
    done = take_step(
        found,
        lambda context: plan_accept(context, deal_id, by, note),
        only_plan=only_plan,
    )
    return tell(done, format_, only_plan=only_plan)

"""`sheetrecord return`: ops sends a deal back, with a code and what is missing."""

import datetime as dt

import click

from sheetrecord.app.handover import take_step
from sheetrecord.cli import options
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import changing, opened, tell
from sheetrecord.cli.completion import words as complete
from sheetrecord.core.handover.response import plan_return
from sheetrecord.schema.lists import ENUMS


@click.command("return")
@click.argument("words", nargs=-1, metavar="BOOK DEAL", type=BookWords(), shell_complete=complete)
@changing
@click.option("--code", type=click.Choice(ENUMS["return_code"]), required=True, help="Why.")
@click.option("--note", metavar="TEXT", required=True, help="What is missing, in words.")
def command(
    words: tuple[str, ...],
    *,
    deal: str,
    code: str,
    note: str,
    by: str,
    format_: str,
    asof: dt.date | None,
    only_plan: bool,
) -> int:
    """Send a deal back to sales: with a code, so that gaps can be counted, and in words.

    \b
    Example:
      sheetrecord return firm.xlsx D-0007 --code scope_unclear --note "Training: how many?"
    """
    found, deal_id = opened(options.words(words), deal, asof, only_plan=only_plan)
    done = take_step(
        found,
        lambda context: plan_return(context, deal_id, by, code, note),
        only_plan=only_plan,
    )
    return tell(done, format_, only_plan=only_plan)

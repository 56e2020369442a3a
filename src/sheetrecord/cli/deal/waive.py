"""`sheetrecord waive`: let a gate item pass, with who, why and until when."""

import datetime as dt
import re

import click

from sheetrecord.app.handover import take_step
from sheetrecord.cli import options
from sheetrecord.cli import rule_codes as rules
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import changing, opened, tell
from sheetrecord.cli.completion import words as complete
from sheetrecord.core.handover.apply_waiver import plan_end, plan_waive
from sheetrecord.core.handover.waiver import Waiver

_CODE = re.compile(r"[A-Za-z]{2,8}-\d+")
"""What a rule's code looks like; a deal's id has one letter."""


@click.command("waive")
@click.argument(
    "words", nargs=-1, metavar="BOOK DEAL CODE...", type=BookWords(), shell_complete=complete
)
@changing
@click.option("--why", metavar="TEXT", default="", help="Why it may pass.")
@click.option("--until", type=options.Day(), metavar="DATE", help="The last day it may pass.")
@click.option("--end", is_flag=True, help="End the waiver of these codes.")
def command(
    words: tuple[str, ...],
    *,
    deal: str,
    why: str,
    until: dt.date | None,
    by: str,
    format_: str,
    asof: dt.date | None,
    end: bool,
    only_plan: bool,
) -> int:
    """Let gate items pass for one deal. It is logged, ops sees it, and it ends.

    \b
    Examples:
      sheetrecord waive firm.xlsx D-0007 CTX-002 --why "Sole bidder" --until 2026-05-31
      sheetrecord waive firm.xlsx D-0007 CTX-002 --end
    """
    told = options.words(words)
    named = [word for word in told.others if _CODE.fullmatch(word)]
    codes = tuple(word.upper() if end else rules.known(word) for word in named)
    rest = told._replace(others=tuple(word for word in told.others if word not in named))
    if not codes:
        raise click.UsageError("Name the code to let pass, such as CTX-002.")
    found, deal_id = opened(rest, deal, asof, only_plan=only_plan)
    if end:
        done = take_step(
            found, lambda context: plan_end(context, deal_id, codes, by), only_plan=only_plan
        )
        return tell(done, format_, only_plan=only_plan)
    if not why or until is None:
        raise click.UsageError("A waiver needs --why and --until.")
    new = Waiver(codes, by, why, until)
    done = take_step(found, lambda context: plan_waive(context, deal_id, new), only_plan=only_plan)
    return tell(done, format_, only_plan=only_plan)

"""`sheetrecord accept`: ops takes a deal over."""

import datetime as dt

import click

from sheetrecord.app.handover import take_step
from sheetrecord.cli.changing import changing, opened, tell
from sheetrecord.core.handover.answer import plan_accept


@click.command("accept")
@click.argument("book", nargs=-1, metavar="BOOK")
@changing
@click.option("--note", metavar="TEXT", default="", help="Anything sales should know.")
def command(
    book: tuple[str, ...],
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
      sheetrecord accept firm.xlsx --deal D-0007 --by Tom
    """
    done = take_step(
        opened(book, asof, only_plan=only_plan),
        lambda desk: plan_accept(desk, deal, by, note),
        only_plan=only_plan,
    )
    return tell(done, format_, only_plan=only_plan)

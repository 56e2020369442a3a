"""`sheetrecord gaps`: what was missing after handovers, what asks for it, whether it stopped."""

import datetime as dt
import sys
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

import click

from sheetrecord.app.handover import Opened, open_handover, take_step
from sheetrecord.app.learn.gaps import apply, report, take_back
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import BY, PLAN, remind
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.deal.gaps_interview import interview
from sheetrecord.cli.deal.gaps_text import (
    applied_data,
    applied_lines,
    hurt_data,
    hurt_lines,
    report_data,
    report_lines,
    written_data,
    written_lines,
)
from sheetrecord.cli.words import Words
from sheetrecord.core.gaps.entry import GapEntry, plan_gap
from sheetrecord.core.gaps.hints import hurt_deals
from sheetrecord.core.gaps.tightening import STAGES, SettingChange
from sheetrecord.model.errors import NotAllowed
from sheetrecord.model.money import to_minor
from sheetrecord.schema.lists import ENUMS

_WORDS: Final = "BOOK, or BOOK map [DEAL], or BOOK apply NUMBER"


class Told(NamedTuple):
    """What the options of `gaps map` tell of one gap."""

    missing: str
    field: str
    where: str
    why: str
    hours: float | None
    money: str
    found_on: dt.date | None
    how: str
    note: str


@click.command("gaps")
@click.argument(
    "words",
    nargs=-1,
    metavar="BOOK [map [DEAL]|apply N]",
    type=BookWords(),
    shell_complete=complete,
)
@click.option("--missing", metavar="TEXT", default="", help="map: what ops did not know.")
@click.option("--field", metavar="TEXT", default="", help="map: the question or column for it.")
@click.option("--where", type=click.Choice(ENUMS["where_it_was"]), help="map: where it was known.")
@click.option("--why", type=click.Choice(ENUMS["why_not"]), help="map: why it did not travel.")
@click.option("--hours", type=click.FloatRange(min=0), help="map: hours that it cost.")
@click.option("--money", metavar="AMOUNT", default="", help="map: money that it cost besides.")
@click.option("--found-on", type=options.Day(), metavar="DATE", help="map: when it surfaced.")
@click.option("--how", metavar="TEXT", default="", help="map: how it surfaced.")
@click.option("--note", metavar="TEXT", default="", help="map: anything else.")
@click.option("--label", metavar="TEXT", default="", help="apply: what the question is called.")
@click.option("--question", metavar="TEXT", default="", help="apply: the question itself.")
@click.option("--stage", type=click.Choice(STAGES), help="apply: from when it is asked.")
@click.option("--back", is_flag=True, help="apply: put back what the settings said before.")
@BY
@PLAN
@options.asof
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    missing: str,
    field: str,
    where: str | None,
    why: str | None,
    hours: float | None,
    money: str,
    found_on: dt.date | None,
    how: str,
    note: str,
    label: str,
    question: str,
    stage: str | None,
    back: bool,
    by: str,
    only_plan: bool,
    asof: dt.date | None,
    format_: str,
) -> int:
    """See the same two or three gaps behind the projects that went wrong, and have them asked for.

    `map` offers the won deals whose handover hurt, by what the record itself tells, and asks of
    each what was missing, where it was, why it did not travel and what it cost; with --missing it
    writes one such answer. Without a word it counts them, the dearest kind first, says what would
    ask for each, and whether it stopped since something did. `apply` writes that into the
    settings, which only ever get stricter.

    \b
    Examples:
      sheetrecord gaps firm.xlsx map
      sheetrecord gaps firm.xlsx map D-0007 --missing "The board date" --field real_deadline \\
        --where email --why not_asked --hours 12
      sheetrecord gaps firm.xlsx
      sheetrecord gaps firm.xlsx apply 1
    """
    told = options.words(words)
    verb, rest = _verb(told)
    books = options.books(told.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    opened = open_handover(books[0], today=options.today(), asof=asof, only_plan=only_plan)
    remind(books[0], opened.context.parsed)
    json = format_ == "json"
    if verb == "apply":
        own = SettingChange("", stage=stage or "", label=label, question=question)
        return _apply(opened, rest, own, by, back=back, only_plan=only_plan, json=json)
    if verb == "map":
        entry = Told(missing, field, where or "", why or "", hours, money, found_on, how, note)
        return _map(opened, rest, entry, by, only_plan=only_plan, json=json)
    found = report(opened)
    if json:
        printing.document(printing.as_json(report_data(opened, found)))
    else:
        printing.lines(report_lines(opened, found))
    return 0


def _verb(told: Words) -> tuple[str, tuple[str, ...]]:
    """Return map, apply or nothing, and the words behind it."""
    if not told.others:
        return "", ()
    verb, *rest = told.others
    most = {"map": 1, "apply": 1}.get(verb)
    if most is None or len(rest) > most:
        raise click.UsageError(f"Type {_WORDS}.")
    return verb, tuple(rest)


def _map(
    opened: Opened, rest: tuple[str, ...], told: Told, by: str, *, only_plan: bool, json: bool
) -> int:
    deals = opened.context.parsed.record.by_deal
    if not told.missing:
        only = which.one_deal(rest[0], deals) if rest else ""
        return _offer(opened, only, by, asks=not (only_plan or json), json=json)
    if not rest:
        raise click.UsageError("Name the deal in which it was missing.")
    deal_id = which.one_deal(rest[0], deals, writes=not only_plan)
    entry = GapEntry(
        deal_id,
        told.missing,
        told.field,
        told.where,
        told.why,
        told.hours,
        _minor(
            told.money, deals[deal_id].currency or opened.context.parsed.record.settings.currency
        ),
        told.found_on,
        told.how,
        told.note,
    )
    done = take_step(opened, lambda context: plan_gap(context, entry, by), only_plan=only_plan)
    if json:
        printing.document(printing.as_json(written_data(done, only_plan=only_plan)))
    else:
        printing.lines(written_lines(done, only_plan=only_plan))
    return int(done.step.outcome == "refused")


def _offer(opened: Opened, only: str, by: str, *, asks: bool, json: bool) -> int:
    """Ask about the deals that hurt on a terminal; elsewhere list them."""
    hurt = hurt_deals(opened.context)
    if asks and sys.stdin.isatty() and sys.stderr.isatty():
        return interview(opened, hurt, only, by)
    if json:
        printing.document(printing.as_json(hurt_data(opened, hurt)))
    else:
        printing.lines(hurt_lines(opened, hurt))
    return 0


def _minor(text: str, currency: str) -> int | None:
    if not text:
        return None
    try:
        minor, whole = to_minor(Decimal(text), currency)
    except (InvalidOperation, ValueError):
        whole = False
    if not whole or minor < 0:
        raise click.UsageError(f'"{text}" is no amount such as 1200.50.')
    return minor


def _apply(
    opened: Opened,
    rest: tuple[str, ...],
    own: SettingChange,
    by: str,
    *,
    back: bool,
    only_plan: bool,
    json: bool,
) -> int:
    if not rest or not rest[0].isdecimal():
        raise click.UsageError("Name the number of the gap: `sheetrecord gaps BOOK` says it.")
    number = int(rest[0])
    try:
        done = (
            take_back(opened, number, by=by, only_plan=only_plan)
            if back
            else apply(opened, number, by=by, words=own, only_plan=only_plan)
        )
    except NotAllowed as error:
        if json:
            told = printing.error_json(1, error.code, error.message, error.do)
            printing.document(told)
        else:
            printing.error(str(error))
        return 1
    if json:
        printing.document(printing.as_json(applied_data(done)))
    else:
        printing.lines(applied_lines(done, opened, back=back, only_plan=only_plan))
    return 0

"""`sheetrecord figures`: how well handovers go."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import click

from sheetrecord.app.figures import measure, measure_lag
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.printing import as_json
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says, written
from sheetrecord.core.handover.figures import AIMS, Figure


@click.command("figures")
@click.argument("book", nargs=-1, metavar="BOOK", type=BookAddress())
@click.option(
    "--lag",
    type=click.Choice(["deal", "month"]),
    help="How soon things are written down, for each deal or month.",
)
@options.format_option("text", "json")
@options.asof
def command(book: tuple[str, ...], *, lag: str | None, format_: str, asof: dt.date | None) -> int:
    """Show how well handovers go, each figure with its aim and how much it is taken from.

    When something was written is the first day on which a run saw it in the workbook.

    \b
    Examples:
      sheetrecord figures firm.xlsx
      sheetrecord figures firm.xlsx --lag month
    """
    books = options.books(book)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    if lag:
        _tell_lag(*measure_lag(books[0], lag, today=options.today(), asof=asof), format_)
        return 0
    found, language = measure(books[0], today=options.today(), asof=asof)
    if format_ == "json":
        printing.document(as_json({"schema": 1, "figures": list(map(_json, found))}))
    else:
        printing.lines(_lines(found, Says(language, TEXTS)))
    return 0


def _json(figure: Figure) -> dict[str, object]:
    return {**figure._asdict(), "aim": AIMS.get(figure.name), "met": figure.met}


def _tell_lag(found: list[tuple[str, list[Figure]]], language: str, format_: str) -> None:
    if format_ == "json":
        told = [{"group": name, "figures": list(map(_json, figures))} for name, figures in found]
        printing.document(as_json({"schema": 1, "figures": [], "lag": told}))
        return
    says = Says(language, TEXTS)
    if not found:
        printing.line(says.say("none seen"))
    for name, figures in found:
        printing.lines((name, *(f"  {line}" for line in _lines(figures, says))))


def _lines(found: list[Figure], says: Says) -> Iterator[str]:
    width = max((len(says.say(figure.name)) for figure in found), default=0)
    for figure in found:
        colour = {True: "green", False: "yellow", None: None}[figure.met]
        value = coloured(f"{_value(figure, says):>16}", colour)
        aim = AIMS.get(figure.name)
        wanted = ""
        if aim is not None:
            share = figure.unit == "share"
            wanted = says.say("aim", aim=f"{aim:.0%}") if share else _most(aim, says)
        of = f"{says.say('of', n=figure.of):<8}"
        yield f"{says.say(figure.name):<{width}}  {value}  {of}{wanted}".rstrip()


def _most(aim: float, says: Says) -> str:
    return says.say("aim at most", aim=f"{aim:g}")


def _value(figure: Figure, says: Says) -> str:
    if figure.value is None:
        return "-"
    if figure.unit == "share":
        return f"{figure.value:.0%}"
    number = written(says.language, Decimal(f"{figure.value:g}"))
    return f"{number} {says.say('days') if figure.unit == 'days' else figure.unit}"

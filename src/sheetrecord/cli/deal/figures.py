"""`sheetrecord figures`: how well handovers go."""

import datetime as dt
from collections.abc import Iterator

import click

from sheetrecord.app.figures import measure, measure_lag
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.printing import as_json
from sheetrecord.core.handover.figures import AIMS, Figure

_WORDS = {
    "first_pass_gate": "Closed at the first attempt, with nothing let pass",
    "first_pass_acceptance": "Accepted by ops at the first answer",
    "won_to_accepted": "From the signature to the acceptance, median",
    "won_to_kickoff": "From the signature to the kickoff, median",
    "captured_in_48_hours": "Written down within 48 hours of being said",
    "capture_lag": "From being said to being written down, median",
    "written_at_close": "First written in the last 48 hours before the signature",
    "confirm_rate": "Confirmed by ops as it was handed over",
}


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
        _tell_lag(measure_lag(books[0], lag, today=options.today(), asof=asof), format_)
        return 0
    found = measure(books[0], today=options.today(), asof=asof)
    if format_ == "json":
        printing.document(as_json({"schema": 1, "figures": list(map(_json, found))}))
    else:
        printing.lines(_lines(found))
    return 0


def _json(figure: Figure) -> dict[str, object]:
    return {**figure._asdict(), "aim": AIMS.get(figure.name), "met": figure.met}


def _tell_lag(found: list[tuple[str, list[Figure]]], format_: str) -> None:
    if format_ == "json":
        told = [{"group": name, "figures": list(map(_json, figures))} for name, figures in found]
        printing.document(as_json({"schema": 1, "figures": [], "lag": told}))
        return
    if not found:
        printing.line("No run has seen anything being written down yet.")
    for name, figures in found:
        printing.lines((name, *(f"  {line}" for line in _lines(figures))))


def _lines(found: list[Figure]) -> Iterator[str]:
    width = max(len(text) for text in _WORDS.values())
    for figure in found:
        colour = {True: "green", False: "yellow", None: None}[figure.met]
        value = coloured(f"{_value(figure):>16}", colour)
        aim = AIMS.get(figure.name)
        wanted = ""
        if aim is not None:
            wanted = f"aim {aim:.0%}" if figure.unit == "share" else f"aim at most {aim:g}"
        yield f"{_WORDS[figure.name]:<{width}}  {value}  of {figure.of:<4} {wanted}".rstrip()


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "-"
    if figure.unit == "share":
        return f"{figure.value:.0%}"
    return f"{figure.value:g} {figure.unit}"

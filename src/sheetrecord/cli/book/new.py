"""`sheetrecord new`: make a workbook from a template."""

import datetime as dt
from pathlib import Path
from secrets import randbelow
from typing import Final

import click

from sheetrecord.app.create import NewWorkbookRequest, create
from sheetrecord.cli import options, printing
from sheetrecord.cli.output_option import FORCE, Writes
from sheetrecord.schema.packs import LANGUAGES

_SALTS: Final = 10_000
TEMPLATES: Final = ("consultancy", "agency", "architect", "integrator", "blank")


@click.command("new")
@click.argument("book", metavar="BOOK", type=Writes("the new workbook"))
@click.option(
    "--template",
    type=click.Choice(TEMPLATES),
    default="consultancy",
    show_default=True,
    help="What kind of firm it is for.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of sheets and labels.")
@click.option("--currency", metavar="CODE", default="", help="The firm's currency, such as EUR.")
@click.option("--sample", is_flag=True, help="Fill it with a realistic firm to look at.")
@click.option(
    "--years",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="How many years of deals the sample firm has.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample firm.")
@FORCE
@options.asof
def command(
    book: Path,
    template: str,
    lang: str | None,
    currency: str,
    *,
    sample: bool,
    years: int,
    seed: int,
    force: bool,
    asof: dt.date | None,
) -> int:
    """Make a new workbook: sheets, drop-downs, live gate formulas and colours, ready to fill.

    \b
    Examples:
      sheetrecord new firm.xlsx
      sheetrecord new firm.xlsx --template agency --lang de --currency CHF
      sheetrecord new sample.xlsx --sample --years 5
    """
    salt = seed if sample else randbelow(_SALTS)
    request = NewWorkbookRequest(template, lang or "", currency.upper(), sample, years, seed, salt)
    create(book, request, today=options.today(), asof=asof, force=force)
    printing.line(f"{book}: a new {template} record{' with a sample firm' if sample else ''}.")
    printing.line(
        f"Open it in Excel, LibreOffice or Google Sheets; then: sheetrecord validate {book}"
    )
    return 0

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
_TO_GOOGLE: Final = (
    "1. Upload it to Google Drive, open it there, and click File, Save as Google Sheets.",
    "2. Click Share and add the service account as an editor, or sign in as yourself:",
    "   sheetrecord doctor gsheet:KEY --sign-in   (KEY stands in the link between /d/ and /edit)",
    "3. Put back what the import drops: sheetrecord doctor gsheet:KEY --repair",
    "docs/google.md shows each step.",
)
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
@click.option(
    "--for",
    "program",
    type=click.Choice(("google",)),
    help="Make it for Google Sheets, where it is uploaded; says what to click.",
)
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
    program: str | None,
    force: bool,
    asof: dt.date | None,
) -> int:
    """Make a new workbook: sheets, drop-downs, live gate formulas and colours, ready to fill.

    \b
    Examples:
      sheetrecord new firm.xlsx
      sheetrecord new firm.xlsx --template agency --lang de --currency CHF
      sheetrecord new sample.xlsx --sample --years 5
      sheetrecord new firm.xlsx --for google
    """
    salt = seed if sample else randbelow(_SALTS)
    request = NewWorkbookRequest(
        template, lang or "", currency.upper(), sample, years, seed, salt, bool(program)
    )
    create(book, request, today=options.today(), asof=asof, force=force)
    printing.line(f"{book}: a new {template} record{' with a sample firm' if sample else ''}.")
    if program:
        printing.lines(_TO_GOOGLE)
        return 0
    printing.line(
        f"Open it in Excel, LibreOffice or Google Sheets; then: sheetrecord validate {book}"
    )
    return 0

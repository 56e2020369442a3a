"""`sheetrecord textconv`: a workbook's record as text, so that `git diff` can show it."""

import click

from sheetrecord.app.merge import text_of
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress


@click.command("textconv")
@click.argument("book", metavar="FILE", type=BookAddress())
def command(book: str) -> int:
    """Print the record as Markdown tables that stay the same while nobody changes it.

    Rows stand in the order of deals and ids; what formulas derive is left out.

    \b
    Examples:
      sheetrecord textconv firm.xlsx
      git config diff.sheetrecord.textconv "sheetrecord textconv"
    """
    printing.document(text_of(book, today=options.today()))
    return 0

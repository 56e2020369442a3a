"""`sheetrecord brief`: the one-page handover brief of a deal."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app import brief as use
from sheetrecord.app.outputs import BRIEF, page_limits
from sheetrecord.cli import options, printing
from sheetrecord.cli.output import FORCE, Writes, read_by
from sheetrecord.files.output import Kind, Output, guard


@click.command("brief")
@click.argument("words", nargs=-1, metavar="[BOOK] DEAL")
@click.option("--to", type=Writes("the brief"), help="A .html, .md or .pdf file.")
@FORCE
@options.format_option("markdown", "html")
@options.asof
def command(
    words: tuple[str, ...], *, to: Path | None, force: bool, format_: str, asof: dt.date | None
) -> int:
    """Print the one-page brief: the date that matters, why us, people, promises, what is unknown.

    \b
    Examples:
      sheetrecord brief firm.xlsx D-0007
      sheetrecord brief firm.xlsx D-0007 --to brief.pdf
    """
    from sheetrecord.core.handover.brief_html import brief_html
    from sheetrecord.core.handover.brief_markdown import brief_markdown

    path, deal = book_and_deal(words)
    out = page(to, BRIEF, path, force=force) if to is not None else None
    found = use.brief(path, deal, today=options.today(), asof=asof)
    if isinstance(found, use.NoSuchDeal):
        raise unknown(deal, found)
    if out is not None:
        use.write_page(out, brief_html(found), brief_markdown(found))
        printing.line(f"{out.path}: the brief of {deal}.")
    else:
        printing.document(brief_html(found) if format_ == "html" else brief_markdown(found))
    return 0


def page(to: Path, kind: Kind, book: Path, *, force: bool) -> Output:
    """Return the file for a page about a workbook's deal, if it may be written."""
    return guard(to, kind, read_by(book), force=force, limits=page_limits(to, [book]))


def book_and_deal(words: tuple[str, ...]) -> tuple[Path, str]:
    """Return the workbook and the deal that were named; the deal comes last."""
    if not words:
        raise click.UsageError("Name a deal, such as D-0007.")
    paths = options.books(words[:-1])
    if len(paths) != 1:
        raise click.UsageError("Name one workbook and one deal.")
    return paths[0], words[-1]


def unknown(deal: str, found: use.NoSuchDeal) -> click.UsageError:
    """Return the error that says which deals there are."""
    some = ", ".join(found.known[:12]) + (" ..." if len(found.known) > 12 else "")
    return click.UsageError(f'There is no deal "{deal}". The deals are: {some or "none"}.')

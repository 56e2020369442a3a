"""`sheetrecord brief`: the one-page handover brief of a deal."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app import brief as use
from sheetrecord.app.output_kinds import BRIEF, page_limits
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.context import Given
from sheetrecord.cli.output_option import FORCE, Writes
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.cli.view.publish import tell_why
from sheetrecord.files.output import Output, OutputKind, guard
from sheetrecord.workbooks.addresses import files_of


@click.command("brief")
@click.argument("words", nargs=-1, metavar="[BOOK] DEAL", type=BookWords(), shell_complete=complete)
@click.option("--to", type=Writes("the brief"), help="A .html, .md or .pdf file.")
@FORCE
@click.option(
    "--audience",
    type=click.Choice(("ops", "owner")),
    default="ops",
    show_default=True,
    help="Who reads it: rows whose Share does not reach them are not in it.",
)
@click.option(
    "--why", is_flag=True, help="List what the reader does not get, and by which rule; no brief."
)
@click.option("--format", "format_", type=click.Choice(("markdown", "html")), hidden=True)
@options.asof
def command(
    words: tuple[str, ...],
    *,
    to: Path | None,
    force: bool,
    audience: str,
    why: bool,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Print the one-page brief: the date that matters, why us, people, promises, what is unknown.

    \b
    Examples:
      sheetrecord brief firm.xlsx D-0007
      sheetrecord brief firm.xlsx D-0007 --to brief.pdf
      sheetrecord brief firm.xlsx D-0007 --why
    """
    from sheetrecord.publish.brief.html_page import brief_html
    from sheetrecord.publish.brief.markdown import brief_markdown

    given, deal = book_and_deal(words)
    if why:
        return tell_why(given, audience, deal, "text", asof)
    out = page(to, BRIEF, given, force=force) if to is not None else None
    found = use.brief(given.address, deal, reader(given, asof, audience))
    if isinstance(found, use.NoSuchDeal):
        raise unclear(deal, found)
    if out is not None:
        use.write_page(out, brief_html(found), brief_markdown(found))
        says = Says(found.settings.language, TEXTS)
        printing.line(says.say("brief made", file=out.path, deal=found.rows.id))
    else:
        printing.document(brief_html(found) if format_ == "html" else brief_markdown(found))
    return 0


def page(to: Path, kind: OutputKind, given: Given, *, force: bool) -> Output:
    """Return the output file for a page about a deal.

    Raises CannotWrite if it may not be written.
    """
    book = files_of([given.address])
    read = [*book, *filter(None, [given.settings.path])]
    return guard(to, kind, read, force=force, limits=page_limits(to, book))


def reader(given: Given, asof: dt.date | None, audience: str = "ops") -> use.Reader:
    """Return the audience of a page, with what the settings file withholds from it."""
    return use.Reader(options.today(), asof, audience, given.settings)


def book_and_deal(words: tuple[str, ...]) -> tuple[Given, str]:
    """Return the workbook and deal of a command. Raises UsageError."""
    told = options.words(words)
    [deal] = told.at_most(1, "a workbook and a deal")
    found = options.given(told.books)
    if len(found) != 1 or not deal:
        raise click.UsageError("Name one workbook and one deal, such as D-0007.")
    return found[0], deal


def unclear(deal: str, found: use.NoSuchDeal) -> click.UsageError:
    """Return the usage error that lists the existing deals."""
    return which.unclear(deal, found.known)

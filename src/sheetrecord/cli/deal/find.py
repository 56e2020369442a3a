"""`sheetrecord find`: was it ever mentioned, by whom, when, and what became of it."""

import datetime as dt
from collections.abc import Iterator, Sequence

import click

from sheetrecord.app.audience import audience_of
from sheetrecord.app.find import Hit, find
from sheetrecord.app.validate import read_record
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.context import Given
from sheetrecord.cli.printing import as_json
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.contract.answers.found import hit_json
from sheetrecord.core.find import terms
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.workbooks.addresses import suffix_of
from sheetrecord.workbooks.kinds import stands


@click.command("find")
@click.argument(
    "words", nargs=-1, metavar="[BOOK...] TEXT", type=BookWords(), shell_complete=complete
)
@click.option("--deal", metavar="ID", default="", help="Look in one deal only.")
@click.option(
    "--audience",
    type=click.Choice([name for name, one in AUDIENCES.items() if not one.outside]),
    help="Find only what they may see; without it, all that the workbook holds.",
)
@options.format_option("text", "json")
@options.asof
def command(
    words: tuple[str, ...],
    deal: str,
    audience: str | None,
    *,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Find facts, promises and changes by their words: who said it, when, and what became of it.

    Every word must be there, in any order and without regard to case and accents; put words that
    belong together in double quotes.

    \b
    Examples:
      sheetrecord find firm.xlsx training
      sheetrecord find firm.xlsx '"board meeting" draft' --deal D-0007

    Exits with 0 when something is found, 1 when nothing is.
    """
    books, text = _text_in(words)
    if not terms(text):
        raise click.UsageError("Say what to look for.")
    given = options.given(books)
    hits = [
        hit
        for address, settings in given
        for hit in find(
            [address],
            text,
            today=options.today(),
            asof=asof,
            deal=deal,
            audience=audience_of(audience, settings) if audience else None,
        )
    ]
    if format_ == "json":
        printing.document(as_json([hit_json(hit) for hit in hits]))
    elif hits:
        printing.document("\n\n".join(joined(_text(hit, several=len(given) > 1)) for hit in hits))
    else:
        printing.line(Says(_language(given), TEXTS).say("not found", text=text))
    return 0 if hits else 1


def _language(given: Sequence[Given]) -> str:
    """Return the language of the first workbook, which answers where nothing was found."""
    return read_record(given[0].address, today=options.today())[1].layout.language


def _text_in(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the books and the text to look for, which may be the name of a folder here too."""
    told = options.words(words)
    if not told.others and told.books:
        if len(told.books) == 1 and suffix_of(told.books[0]) and stands(told.books[0]):
            return told.books, ""
        return told.books[:-1], told.books[-1]
    return told.books, " ".join(told.others)


def _text(hit: Hit, *, several: bool) -> Iterator[str]:
    entry = hit.entry
    said = " ".join((entry.text or entry.title).split())
    when = entry.when.isoformat() if entry.when else ""
    place = f"{hit.address} {hit.cell}" if several else hit.cell
    head = "  ".join(filter(None, (entry.title, place)))
    told = ", ".join(filter(None, (entry.kind, entry.who, when, entry.source)))
    became = f" -> {entry.outcome}" if entry.outcome else ""
    yield head
    yield f"  {said}"
    yield f"  {told}{became}"

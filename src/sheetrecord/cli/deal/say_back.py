"""`sheetrecord say-back`: the letter that says back to the client what was understood."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app import brief as use
from sheetrecord.app.output_kinds import LETTER
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.deal.brief import book_and_deal, page, reader, unclear
from sheetrecord.cli.output_option import FORCE, Writes
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.rules.names import PackNames


@click.command("say-back")
@click.argument("words", nargs=-1, metavar="[BOOK] DEAL", type=BookWords(), shell_complete=complete)
@click.option("--to", type=Writes("the letter"), help="A .html, .md or .pdf file.")
@FORCE
@click.option("--signed", metavar="NAME", default="", help="Who signs; else the deal's owner.")
@options.format_option("markdown", "html")
@options.asof
def command(
    words: tuple[str, ...],
    *,
    to: Path | None,
    force: bool,
    signed: str,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Write the letter before the signature: what is included, what is not, what costs extra.

    Only rows whose Share is Client are in it.

    \b
    Example:
      sheetrecord say-back firm.xlsx D-0007 --to letter.html

    Exits with 1 when no row is shared with the client. Refused while it is not certain whose the
    deal is: one id on two rows, no client, or one client in two spellings.
    """
    from sheetrecord.publish.letter.content import letter_html, letter_markdown

    given, deal = book_and_deal(words)
    out = page(to, LETTER, given, force=force) if to is not None else None
    found = use.letter(given.address, deal, reader(given, asof), signed)
    if isinstance(found, use.NoSuchDeal):
        raise unclear(deal, found)
    says = Says(found.language, TEXTS)
    if found.empty:
        printing.line(
            says.say("none shared", deal=found.deal_id, **_named(found.language)), err=True
        )
        return 1
    if out is not None:
        use.write_page(out, letter_html(found), letter_markdown(found))
        printing.line(says.say("letter made", file=out.path, deal=found.deal_id))
    else:
        printing.document(letter_html(found) if format_ == "html" else letter_markdown(found))
    if found.held_back:
        printing.line(says.count(found.held_back, "held back"), err=True)
    return 0


def _named(language: str) -> dict[str, object]:
    """Return what the column, its word and the sheet are called that decide what is shared."""
    names = PackNames(language)
    return {
        "share": names.header("Commitments", "share"),
        "client": names.label("share", "client"),
        "sheet": names.title("Commitments"),
    }

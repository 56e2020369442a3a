"""`sheetrecord note`: the note that a deal is handed over with, and its message sent once more."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from sheetrecord.app import brief as use
from sheetrecord.app.handover_note import handed_over, make_note, post_note
from sheetrecord.app.output_kinds import NOTE
from sheetrecord.app.settings.config import Config
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.deal.brief import book_and_deal, page, reader, unclear
from sheetrecord.cli.output_option import FORCE, Writes
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says


@click.command("note")
@click.argument("words", nargs=-1, metavar="[BOOK] DEAL", type=BookWords(), shell_complete=complete)
@click.option("--to", type=Writes("the note"), help="A .html or .txt file.")
@FORCE
@click.option(
    "--post", "posts", is_flag=True, help="Post it where sheetrecord.toml says, once more if asked."
)
@options.trust
@options.asof
def command(
    words: tuple[str, ...], *, to: Path | None, force: bool, posts: bool, asof: dt.date | None
) -> int:
    """Print the note for who receives a deal: what was sold, what matters, who pushes back.

    `promote` writes it as page and text into the folder `handovers` and posts it once; a message
    that failed is sent again by --post alone.

    \b
    Examples:
      sheetrecord note firm.xlsx D-0007
      sheetrecord note firm.xlsx D-0007 --to note.html
      sheetrecord note firm.xlsx D-0007 --post

    Exits with 1 when a message could not be posted.
    """
    from sheetrecord.publish.note.files import note_page, note_plain

    given, deal = book_and_deal(words)
    out = page(to, NOTE, given, force=force) if to is not None else None
    found = make_note(given.address, deal, reader(given, asof))
    if isinstance(found, use.NoSuchDeal):
        raise unclear(deal, found)
    if posts:
        posted = post_note(given.address, found, given.settings, options.today(), again=True)
        language = found.text.language
        printing.line(posted.words(language) or Says(language, TEXTS).say("no address"))
        return int(posted.state != "sent")
    if out is not None:
        out.write(note_plain(found.text) if out.suffix == ".txt" else note_page(found.text))
        says = Says(found.text.language, TEXTS)
        printing.line(says.say("note made", file=out.path, deal=found.text.deal_id))
    else:
        printing.document(note_plain(found.text).decode())
    return 0


def hand_over(
    addresses: Sequence[str], deal_id: str, settings: Config, asof: dt.date | None = None
) -> None:
    """Write and post the note of a deal that was just closed; its lines stand beside the result."""
    printing.lines(handed_over(addresses, deal_id, settings, options.today(), asof), err=True)

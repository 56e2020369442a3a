"""`sheetrecord doctor`: whether everything is set up and a workbook can be worked on."""

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.printing import as_json

_MARKS = {True: ("ok", "green"), False: ("!!", "red"), None: ("--", None)}


@click.command("doctor")
@click.argument("book", nargs=-1, metavar="[BOOK]...", type=BookAddress())
@click.option("--repair", is_flag=True, help="Mend the stores of records, after a backup.")
@click.option("--head", default="", metavar="HASH", help="A ledger's end as noted elsewhere.")
@options.trust
@options.format_option("text", "json")
def command(book: tuple[str, ...], *, repair: bool, head: str, format_: str) -> int:
    """Check the machine, the settings file, the stores, each workbook and its folder.

    A store keeps a record's past in a ledger in which every entry vouches for all before it.
    --head tells whether it still leads to an end that was noted before; --repair writes the
    record anew as its ledger tells it, and puts the newest good backup in place of a damaged
    file, which is kept.

    \b
    Examples:
      sheetrecord doctor
      sheetrecord doctor firm.xlsx
      sheetrecord doctor --repair
    """
    from sheetrecord.app.doctor.setup import examine
    from sheetrecord.app.doctor.stores import examine_stores

    told = options.config(book)
    paths = options.books(book) if book or told.book else []
    signs = [
        *examine(told, paths, options.today()),
        *examine_stores(told, mend=repair, head=head),
    ]
    if format_ == "json":
        printing.document(as_json([sign._asdict() for sign in signs]))
    else:
        for sign in signs:
            mark, colour = _MARKS[sign.well]
            advice = f"  {sign.do}" if sign.do and sign.well is not True else ""
            printing.line(f"{coloured(mark, colour)}  {sign.what}.{advice}")
    return int(any(sign.well is False for sign in signs))

"""`sheetrecord doctor`: whether everything is set up and a workbook can be worked on."""

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.printing import as_json

_MARKS = {True: ("ok", "green"), False: ("!!", "red"), None: ("--", None)}


@click.command("doctor")
@click.argument("book", nargs=-1, metavar="[BOOK]...", type=BookAddress())
@click.option(
    "--repair",
    is_flag=True,
    help="Mend the stores of records, after a backup, and what Google Sheets' import dropped.",
)
@click.option("--plan", is_flag=True, help="With --repair: say what would be put back there.")
@click.option(
    "--import", "compare", is_flag=True, help="Compare a Google spreadsheet with a new workbook."
)
@click.option("--links", is_flag=True, help="Also look whether the files that it names are there.")
@click.option("--probe", is_flag=True, help="Try on a scratch spreadsheet what Google does.")
@click.option("--sign-in", "sign_in", is_flag=True, help="Sign in to Google with a browser.")
@click.option("--head", default="", metavar="HASH", help="A ledger's end as noted elsewhere.")
@options.trust
@options.format_option("text", "json")
def command(
    book: tuple[str, ...],
    *,
    repair: bool,
    plan: bool,
    compare: bool,
    links: bool,
    probe: bool,
    sign_in: bool,
    head: str,
    format_: str,
) -> int:
    """Check the machine, the settings file, the stores, each workbook and its folder.

    A store keeps a record's past in a ledger in which every entry vouches for all before it.
    --head tells whether it still leads to an end that was noted before; --repair writes the
    record anew as its ledger tells it, and puts the newest good backup in place of a damaged
    file, which is kept.

    Of a Google spreadsheet it says which of the usual things is wrong and what to click; --import
    and --repair compare it with a new workbook and put back what the import dropped.

    --links looks for each file that a contract, a proposal or a source is said to be; no address
    of the web and no other machine is asked.

    \b
    Examples:
      sheetrecord doctor
      sheetrecord doctor firm.xlsx
      sheetrecord doctor firm.xlsx --links
      sheetrecord doctor gsheet:KEY --repair --plan
      sheetrecord doctor --repair
    """
    from sheetrecord.app.doctor.google import GoogleWishes, sorted_out
    from sheetrecord.app.doctor.links import examine_links
    from sheetrecord.app.doctor.setup import examine
    from sheetrecord.app.doctor.stores import examine_stores

    told = options.config(book)
    paths = options.books(book) if book or told.book else []
    wishes = GoogleWishes(sign_in, compare, repair, probe, plan)
    sheets, offline = sorted_out(paths, wishes)
    signs = [
        *(() if plan else examine(told, offline, options.today())),  # it makes what it tries
        *(examine_links(offline, options.today()) if links else ()),
        *sheets,
        *examine_stores(told, mend=repair and not plan, head=head),
    ]
    if format_ == "json":
        printing.document(as_json([sign._asdict() for sign in signs]))
    else:
        for sign in signs:
            mark, colour = _MARKS[sign.well]
            advice = f"  {sign.do}" if sign.do and sign.well is not True else ""
            printing.line(f"{coloured(mark, colour)}  {sign.what}.{advice}")
    return int(any(sign.well is False for sign in signs))

"""`sheetrecord doctor`: whether everything is set up and a workbook can be worked on."""

import click

from sheetrecord.cli import options

_MARKS = {True: ("ok", "green"), False: ("!!", "red"), None: ("--", None)}


@click.command("doctor")
@click.argument("book", nargs=-1, metavar="[BOOK]...")
@options.format_option("text", "json")
def command(book: tuple[str, ...], *, format_: str) -> int:
    """Check the machine, the settings file, and each workbook and its folder.

    \b
    Examples:
      sheetrecord doctor
      sheetrecord doctor firm.xlsx
    """
    from sheetrecord.app.doctor import examine

    told = options.config()
    paths = options.books(book, told) if book or told.book else []
    signs = list(examine(told, paths, options.today()))
    if format_ == "json":
        import json

        click.echo(json.dumps([sign._asdict() for sign in signs], ensure_ascii=False, indent=1))
    else:
        for sign in signs:
            mark, colour = _MARKS[sign.well]
            advice = f"  {sign.do}" if sign.do and sign.well is not True else ""
            click.echo(f"{click.style(mark, fg=colour)}  {sign.what}.{advice}")
    return int(any(sign.well is False for sign in signs))

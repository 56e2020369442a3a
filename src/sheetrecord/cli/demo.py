"""`sheetrecord demo`: a sample firm, and the main job done on it."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app.create import Wish, create
from sheetrecord.app.validate import validate
from sheetrecord.cli import options
from sheetrecord.cli.render import render


@click.command("demo")
@click.argument(
    "folder", required=False, default="demo-firm", type=click.Path(path_type=Path, file_okay=False)
)
@options.asof
def command(folder: Path, *, asof: dt.date | None) -> int:
    """Make a sample firm in FOLDER, check it, and say where to look.

    \b
    Example:
      sheetrecord demo
    """
    today = options.today()
    folder = _unused(folder)
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / "firm.xlsx"
    click.echo(f"1. A firm's workbook with a year of deals: {book}")
    create(book, Wish(sample=True), today=today, asof=asof)
    click.echo(f"2. What is missing in it (sheetrecord validate {book}):\n")
    checked = validate(book, today=today, asof=asof)
    click.echo(render("text", [checked], notes=False))
    page = folder / "check.html"
    page.write_text(render("html", [checked], notes=False), "utf-8")
    click.echo("3. Where to look:")
    click.echo(f"   {book}   the record: start on its first sheet")
    click.echo(f"   {page}   the same list as a page, to send or print")
    return 0


def _unused(folder: Path) -> Path:
    """Return the folder, or the first with a number behind it that holds no firm yet."""
    tried, number = folder, 1
    while (tried / "firm.xlsx").exists():
        number += 1
        tried = folder.with_name(f"{folder.name}-{number}")
    return tried

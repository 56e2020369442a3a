"""`sheetrecord demo`: a sample firm, and the main job done on it."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sheetrecord.app.output_kinds import fit_folder
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import dim
from sheetrecord.cli.group import cli
from sheetrecord.cli.output_option import Writes
from sheetrecord.files import replace
from sheetrecord.files.os_errors import refusal


@click.command("demo")
@click.argument("folder", required=False, default="demo-firm", type=Writes("the sample firm"))
@options.asof
@click.pass_context
def command(context: click.Context, folder: Path, *, asof: dt.date | None) -> int:
    """Make a sample firm in FOLDER: check it, close a deal, sync a copy, publish, reconcile.

    \b
    Example:
      sheetrecord demo
    """
    folder = _unused(folder)
    with _made(folder):
        _walk(context, folder, asof)
    return 0


def _walk(context: click.Context, folder: Path, asof: dt.date | None) -> None:
    book, view, page = folder / "firm.xlsx", folder / "view", folder / "check.html"
    day = (asof or options.today()).isoformat()
    printing.line("1. A firm's workbook with a year of deals")
    _run(context, "new", book, "--sample", "--asof", day)
    deal = _ready(book)
    printing.lines(("", "2. What is missing in it: every problem at once, with its cell"))
    _run(context, "validate", book)
    printing.lines(("", f"3. {deal} was signed and is complete: it is closed in place"))
    _run(context, "promote", book, deal, "--by", "Mara")
    printing.lines(("", "4. Ops takes it over, and gets a brief on one page"))
    _run(context, "accept", book, deal, "--by", "Jon")
    _run(context, "brief", book, deal, "--to", folder / "brief.html")
    printing.lines(("", "5. A second copy, a change typed into it, and both brought together"))
    copy = folder / "jons-copy.xlsx"
    _run(context, "sync", book, "--by", "Mara")
    _typed(book, copy, deal)
    _run(context, "sync", book, copy, "--by", "Jon")
    printing.lines(("", "6. The read-only view for ops"))
    _run(context, "publish", book, "--to", view, "--by", "Mara")
    printing.lines(("", "7. Finance matches the bank's export to the open invoices"))
    bank = folder / "bank.csv"
    replace(bank, _bank(book, asof or options.today()).encode(), None)
    _run(context, "reconcile", book, "--bank", bank, "--apply")
    replace(page, _page(book).encode(), None)
    printing.lines(("", "Where to look:"))
    printing.line(f"  {book}   the record: begin on its first sheet, then Check")
    printing.line(f"  {copy}   its copy: change both, then `sheetrecord sync {book} {copy}`")
    printing.line(f"  {page}   what is missing, as a page to send or print")
    printing.line(f"  {folder / 'brief.html'}   the handover brief of {deal}")
    printing.line(f"  {view / 'index.html'}   what ops sees")
    printing.line(
        f"  {bank}   what the bank says: its lines are on the sheet Bank, doubts on Review"
    )


def _run(context: click.Context, name: str, *words: object) -> None:
    """Say and run a command as a person would type it."""
    texts = [str(word) for word in words]
    printing.line(dim(f"$ sheetrecord {name} {' '.join(texts)}"))
    command = cli.get_command(context, name)
    if command is not None:
        command.main(texts, prog_name=name, standalone_mode=False)


def _typed(book: Path, copy: Path, deal: str) -> None:
    """Copy a workbook and type a next step into the copy, as a person would."""
    from sheetrecord.app.handover import open_handover
    from sheetrecord.files.permissions import limits_of
    from sheetrecord.model.edit import At, SetValue
    from sheetrecord.workbooks.transaction import placed

    replace(copy, book.read_bytes(), None, limits=limits_of([book]))
    opened = open_handover(str(copy), today=options.today())
    step = SetValue(At("Deal", deal, "next_step"), "Kickoff with the whole team")
    edits = placed((step,), opened.context.book, opened.context.parsed.layout)
    opened.transaction.with_edits(edits).write()


def _bank(book: Path, day: dt.date) -> str:
    """Return what a bank would export of the sample's last week."""
    from sheetrecord.app.validate import validate
    from sheetrecord.sample.receipts import bank_csv, receipts

    record = validate(str(book), today=day).report.record
    return bank_csv(list(receipts(record, day)))


def _ready(book: Path) -> str:
    """Return the sample's deal that is ticked as ready to close."""
    from sheetrecord.app.validate import validate

    record = validate(str(book), today=options.today()).report.record
    return next(deal.deal_id for deal in record.deals if deal.ready_to_close)


def _page(book: Path) -> str:
    from sheetrecord.app.validate import validate
    from sheetrecord.cli.render import render

    return render("html", [validate(str(book), today=options.today())], notes=False)


def _unused(folder: Path) -> Path:
    """Return the folder, or the first with a number behind it, that is empty or not there yet."""
    fit_folder(folder, "the sample firm")
    tried, number = folder.absolute(), 1
    while os.path.lexists(tried) and not (tried.is_dir() and not any(tried.iterdir())):
        number += 1
        tried = tried.with_name(f"{folder.name}-{number}")
    return folder if number == 1 else folder.with_name(tried.name)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder; when the walk fails, what it made is taken away again."""
    missing = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from error
    try:
        yield
    except BaseException:
        for path in folder.iterdir():  # it was empty: all of it is ours
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if missing:
            folder.rmdir()
        raise

"""`sheetrecord demo`: a sample firm, and the main job done on it."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.group import cli
from sheetrecord.cli.ink import dim


@click.command("demo")
@click.argument(
    "folder", required=False, default="demo-firm", type=click.Path(path_type=Path, file_okay=False)
)
@options.asof
@click.pass_context
def command(context: click.Context, folder: Path, *, asof: dt.date | None) -> int:
    """Make a sample firm in FOLDER: check it, close a deal, sync a copy, publish, reconcile.

    \b
    Example:
      sheetrecord demo
    """
    folder = _unused(folder)
    folder.mkdir(parents=True, exist_ok=True)
    book, view, page = folder / "firm.xlsx", folder / "view", folder / "check.html"
    day = (asof or options.today()).isoformat()
    printing.line("1. A firm's workbook with a year of deals")
    _run(context, "new", book, "--sample", "--asof", day)
    deal = _ready(book)
    printing.lines(("", "2. What is missing in it: every problem at once, with its cell"))
    _run(context, "validate", book)
    printing.lines(("", f"3. {deal} was signed and is complete: it is closed in place"))
    _run(context, "promote", book, "--deal", deal, "--by", "Mara")
    printing.lines(("", "4. Ops takes it over, and gets a brief on one page"))
    _run(context, "accept", book, "--deal", deal, "--by", "Jon")
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
    bank.write_text(_bank(book, asof or options.today()), "utf-8")
    _run(context, "reconcile", book, "--bank", bank, "--apply")
    page.write_text(_page(book), "utf-8")
    printing.lines(("", "Where to look:"))
    printing.line(f"  {book}   the record: begin on its first sheet, then Check")
    printing.line(f"  {copy}   its copy: change both, then `sheetrecord sync {book} {copy}`")
    printing.line(f"  {page}   what is missing, as a page to send or print")
    printing.line(f"  {folder / 'brief.html'}   the handover brief of {deal}")
    printing.line(f"  {view / 'index.html'}   what ops sees")
    printing.line(
        f"  {bank}   what the bank says: its lines are on the sheet Bank, doubts on Review"
    )
    return 0


def _run(context: click.Context, name: str, *words: object) -> None:
    """Say and run a command as a person would type it."""
    texts = [str(word) for word in words]
    printing.line(dim(f"$ sheetrecord {name} {' '.join(texts)}"))
    command = cli.get_command(context, name)
    if command is not None:
        command.main(texts, prog_name=name, standalone_mode=False)


def _typed(book: Path, copy: Path, deal: str) -> None:
    """Copy a workbook and type a next step into the copy, as a person would."""
    import shutil

    from sheetrecord.app.handover import open_desk
    from sheetrecord.files import fingerprint
    from sheetrecord.formats.writing import write_plan
    from sheetrecord.model.edit import At, SetCell

    shutil.copyfile(book, copy)
    desk = open_desk(copy, today=options.today()).desk
    step = SetCell(At("Deal", deal, "next_step"), "Kickoff with the whole team")
    write_plan(copy, (step,), desk.book, desk.parsed.layout, fingerprint(copy))


def _bank(book: Path, day: dt.date) -> str:
    """Return what a bank would export of the sample's last week."""
    from sheetrecord.app.validate import validate
    from sheetrecord.core.sample.receipts import bank_csv, receipts

    record = validate(book, today=day).report.record
    return bank_csv(list(receipts(record, day)))


def _ready(book: Path) -> str:
    """Return the sample's deal that is ticked as ready to close."""
    from sheetrecord.app.validate import validate

    record = validate(book, today=options.today()).report.record
    return next(deal.deal_id for deal in record.deals if deal.ready_to_close)


def _page(book: Path) -> str:
    from sheetrecord.app.validate import validate
    from sheetrecord.cli.render import render

    return render("html", [validate(book, today=options.today())], notes=False)


def _unused(folder: Path) -> Path:
    """Return the folder, or the first with a number behind it that holds no firm yet."""
    tried, number = folder, 1
    while (tried / "firm.xlsx").exists():
        number += 1
        tried = folder.with_name(f"{folder.name}-{number}")
    return tried

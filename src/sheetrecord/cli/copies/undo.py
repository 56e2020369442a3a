"""`sheetrecord undo`: take back what a sync changed, in the record and from there in every copy."""

import click

from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.resolutions import CHANGES, Undoing
from sheetrecord.app.sync.run import SyncRequest, run
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import BY, PLAN
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync, sync_output
from sheetrecord.cli.copies.speaker import speaker
from sheetrecord.model.progress import doing


def changed_by(targets: SyncTargets) -> bool:
    """Return True if any run has changed the record; no store is created to find out."""
    with looking(targets.known) as store:
        return any(logged.entry.kind in CHANGES for logged in store.ledger())


def _nothing(targets: SyncTargets) -> str:
    with looking(targets.known) as store:
        return speaker(store.load().record).say("no undo")


@click.command("undo")
@click.argument(
    "words", nargs=-1, metavar="[BOOK] [RUN]", type=BookWords(), shell_complete=complete
)
@sync_output.BOOK
@PLAN
@BY
@options.trust
@options.format_option("text", "json")
def command(
    words: tuple[str, ...], *, books: tuple[str, ...], only_plan: bool, by: str, format_: str
) -> int:
    """Take back the changes of the last sync that changed anything, or of RUN.

    It is a new run: the ledger keeps both. A cell that somebody changed since stays, and is told.

    \b
    Examples:
      sheetrecord undo --plan
      sheetrecord undo firm.xlsx 12

    Exits with 1 when something could not be taken back, or waits for somebody.
    """
    told = options.words(words)
    undoing = Undoing(_number(*told.at_most(1, "a workbook and the number of a run")))
    request = SyncRequest(by, options.today(), only_plan=only_plan, orders=undoing, tell=doing)
    targets = sync_output.targets((*books, *told.books))
    if not changed_by(targets):
        printing.line(_nothing(targets), err=format_ == "json")
        if format_ == "json":
            printing.document(printing.as_json({"schema": sync_output.SCHEMA, "run": 0}))
        return 1
    report = run(targets, request)
    if format_ == "json":
        printing.document(sync.to_json(report))
    else:
        speaks = speaker(report.after.record)
        done = "to undo" if only_plan else "undone"
        printing.line(speaks.count(len(undoing.plan), done, run=undoing.run))
        for entry in undoing.left:
            printing.line(f"  {speaks.say('stays', what=speaks.entry(entry))}")
        printing.lines(sync.text(report))
    return max(sync.exit_code(report), int(bool(undoing.left)))


def _number(word: str) -> int:
    """Return the number of a run; 0 for the last one."""
    if word and not word.isdecimal():
        raise click.UsageError(f'"{word}" is no run: `sheetrecord runs` lists them by number.')
    return int(word or 0)

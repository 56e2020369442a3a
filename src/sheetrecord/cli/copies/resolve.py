"""`sheetrecord resolve`: carry out what people decided on the sheet of conflicts."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from sheetrecord.app.merge import Decision, resolve_file, synced_lines
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import coloured, joined
from sheetrecord.cli.change_output import BY, PLAN
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies.speaker import Speaker, speaker
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.merged import resolve_answer
from sheetrecord.contract.answers.values import plain
from sheetrecord.core.merge.conflict_list import ConflictLine


@click.command("resolve")
@click.argument(
    "words", nargs=-1, metavar="BOOK [PLACE]", type=BookWords(), shell_complete=complete
)
@click.option(
    "--keep",
    metavar="WHAT",
    help="Decide PLACE: record, the name of a copy, deleted, kept, or the value to write.",
)
@click.option(
    "--all",
    "for_all",
    type=click.Choice(["ours", "theirs"]),
    help="Decide the lines that nobody decided.",
)
@PLAN
@BY
@options.trust
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    keep: str | None,
    for_all: str | None,
    only_plan: bool,
    by: str,
    format_: str,
) -> int:
    """Carry out the Keep column of the sheet Conflicts; settled lines go from it.

    Keep may say ours (the cell stays as it is now), theirs, or the value to write. The sheet goes
    with its last line. What a sync has listed is settled in the record too; the other copies get
    it with their next sync.

    With PLACE, a row (F-7K3Q4) or a cell of it (F-7K3Q4.net) that a sync has listed, and --keep
    that one is decided from here: record keeps what the record holds, the name of a copy takes
    that copy's side, deleted or kept decides about a whole row, anything else is the value
    (=record for that very word). Of cells that belong together, as an invoice with its amounts, a
    side is taken whole; a value settles its own cell, and the others stay asked without it.

    \b
    Examples:
      sheetrecord resolve merged.xlsx
      sheetrecord resolve merged.xlsx --all ours
      sheetrecord resolve firm.xlsx F-7K3Q4.net --keep ana

    Exits with 1 while a conflict is left.
    """
    told = options.words(words)
    [place] = told.at_most(1, "a workbook and the place of a conflict")
    if keep is not None:
        from sheetrecord.app.sync.run import SyncRequest
        from sheetrecord.cli.copies import sync_output
        from sheetrecord.cli.copies.conflicts import decide

        request = SyncRequest(by, options.today(), only_plan=only_plan)
        return decide(sync_output.targets(told.books), request, place, keep, format_)
    if place:
        raise click.UsageError(f"Say with --keep what becomes of {place}.")
    found = options.books(told.books)
    if len(found) != 1:
        raise click.UsageError("Name one workbook.")
    [book] = found
    lines = synced_lines(book, options.today())
    if lines:
        return _sync(book, lines, for_all or "", only_plan=only_plan, format_=format_)
    done = resolve_file(book, today=options.today(), for_all=for_all or "", only_plan=only_plan)
    printing.document(
        as_json(resolve_answer(done, only_plan=only_plan))
        if format_ == "json"
        else joined(_text(done, only_plan))
    )
    return int(bool(done.left))


def _sync(
    book: str, lines: Sequence[ConflictLine], for_all: str, *, only_plan: bool, format_: str
) -> int:
    """Settle what a sync has listed, by syncing this copy."""
    from sheetrecord.app.sync.resolutions import Settling
    from sheetrecord.app.sync.run import SyncRequest, run
    from sheetrecord.cli.change_output import user
    from sheetrecord.cli.copies import sync, sync_output

    targets = sync_output.targets([str(book)])
    decided = {(line.sheet, line.row_id, line.key) for line in lines if line.keep is not None}
    orders = Settling(targets.copies[0].address, for_all, decided) if for_all else None
    report = run(targets, SyncRequest(user(), options.today(), only_plan=only_plan, orders=orders))
    if format_ == "json":
        printing.document(sync.to_json(report))
    else:
        settled = len(report.before.conflicts) - len(report.after.conflicts)
        printing.lines(sync.text(report))
        left, speaks = len(report.conflicts), speaker(report.after.record)
        printing.line(speaks.say("settled", book=book, settled=settled, left=left))
    return sync.exit_code(report)


def _text(done: Decision, only_plan: bool) -> Iterator[str]:  # noqa: FBT001 - one switch, named
    speaks = Speaker(done.language)
    for line in done.settled:
        yield f"{speaks.place(line)}: {_shown(line.keep) or speaks.say('decided for all')}"
    for line, why in done.left:
        yield f"{coloured(speaks.say('open'), 'yellow')}  {speaks.place(line)}: {why}"
    if not done.settled and not done.left:
        yield speaks.say("no conflicts", book=done.address)
        return
    numbers = {"settled": len(done.settled), "left": len(done.left)}
    told = speaks.say("settled", book=done.address, **numbers)
    yield f"{told} {speaks.say('only plan')}" if only_plan else told


def _shown(value: Any) -> str:
    return "" if value is None else " ".join(str(plain(value)).split())

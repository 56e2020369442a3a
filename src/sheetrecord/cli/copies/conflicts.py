"""`sheetrecord conflicts`: what waits for a decision; `resolve --keep` decides it from here."""

from collections.abc import Mapping, Sequence

import click

from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.resolutions import Keeping
from sheetrecord.app.sync.run import SyncRequest, run
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import BY, PLAN
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync, sync_output
from sheetrecord.cli.copies.named_cells import keyed
from sheetrecord.cli.copies.speaker import Speaker, speaker
from sheetrecord.cli.printing import as_json
from sheetrecord.core.sync.conflict_rows import RECORD
from sheetrecord.core.sync.store_protocol import OpenConflict
from sheetrecord.model.closest_words import meant
from sheetrecord.model.progress import doing


@click.command("conflicts")
@click.argument(
    "words", nargs=-1, metavar="[BOOK] [PLACE]", type=BookWords(), shell_complete=complete
)
@click.option("--keep", metavar="WHAT", hidden=True)
@sync_output.BOOK
@PLAN
@BY
@options.trust
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    keep: str | None,
    books: tuple[str, ...],
    only_plan: bool,
    by: str,
    format_: str,
) -> int:
    """List the conflicts that stand, with every side, and when and where it was seen.

    PLACE names one: a row (F-7K3Q4), or a cell of it (F-7K3Q4.Net). They are decided with
    `sheetrecord resolve BOOK PLACE --keep WHAT`, or on the sheet Conflicts of any copy.

    \b
    Examples:
      sheetrecord conflicts
      sheetrecord conflicts firm.xlsx F-7K3Q4.net

    Exits with 1 while a conflict stands.
    """
    told = options.words(words)
    [place] = told.at_most(1, "a workbook and the place of a conflict")
    targets = sync_output.targets((*books, *told.books))
    if keep is None:
        return _show(targets, place, format_)
    return decide(
        targets, SyncRequest(by, options.today(), only_plan=only_plan), place, keep, format_
    )


def _show(targets: SyncTargets, place: str, format_: str) -> int:
    """List the conflicts that stand, or those of one place; return the exit code."""
    with looking(targets.known) as store:
        stored = store.load()
    standing, speaks = stored.conflicts, speaker(stored.record)
    place = keyed(place, speaks.language) if place else ""
    found = [one for one in standing if _named(one, place)]
    if place and not found:
        places = [f"{one.row_id}.{one.key}" if one.key else one.row_id for one in standing]
        advice = meant(place, places) if places else "None stands."
        raise click.UsageError(f'PLACE: no conflict stands at "{place}". {advice}')
    _list(found, targets.labels, format_, speaks)
    return int(bool(found))


def decide(targets: SyncTargets, request: SyncRequest, place: str, keep: str, format_: str) -> int:
    """Decide one conflict by running a sync with that decision; return the exit code."""
    if not place:
        raise click.UsageError("Name what to decide: a row (F-7K3Q4) or a cell (F-7K3Q4.net).")
    with looking(targets.known) as store:
        stored = store.load()
    place = keyed(place, speaker(stored.record).language)
    Keeping(place, keep, targets.labels)(stored, ())  # a wrong word begins no run
    keeping = Keeping(place, keep, targets.labels)
    report = run(targets, request._replace(orders=keeping, tell=doing))
    if format_ == "json":
        printing.document(sync.to_json(report))
    else:
        speaks = speaker(report.after.record)
        refused = sum(name == RECORD for name, _, _ in report.outcome.left)
        if keeping.decided > refused:
            printing.line(speaks.say("decided", n=speaks.count(keeping.decided - refused)))
        printing.lines(sync.text(report))
    return sync.exit_code(report)


def _named(one: OpenConflict, place: str) -> bool:
    return place in {"", one.row_id, f"{one.row_id}.{one.key}"}


def _list(
    found: Sequence[OpenConflict], labels: Mapping[str, str], format_: str, speaks: Speaker
) -> None:
    if format_ == "json":
        told = [sync_output.conflict_json(one, labels, speaks) for one in found]
        printing.document(as_json({"schema": sync_output.SCHEMA, "conflicts": told}))
        return
    for one in found:
        printing.lines(sync_output.conflict_words(one, labels, speaks))
    if found:
        printing.line(sync_output.how_to_decide(found[0], labels, speaks))
    printing.line(f"{speaks.count(len(found))}.")

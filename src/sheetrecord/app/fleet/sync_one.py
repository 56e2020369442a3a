"""One workbook brought in step with its record: what a queue, a timer or a fleet calls."""

import datetime as dt
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.app.settings.config import Config, only_confirmed, settings_of
from sheetrecord.app.settings.places import StoreAt, store_at
from sheetrecord.app.settings.trust import confirm
from sheetrecord.app.sync.closed_notes import told_of
from sheetrecord.app.sync.open_store import stamped
from sheetrecord.app.sync.run import SyncReport, SyncRequest, run
from sheetrecord.app.sync.targets import find_targets
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.stores.fleet import SyncedWorkbook


class Job(NamedTuple):
    """What to sync: a workbook, who asks, and where its record is kept when that is told.

    ``record`` is the record's id for a workbook that carries none.
    """

    path: str
    by: str
    store: str = ""
    record: str = ""
    today: dt.date | None = None
    trust: bool = False


def sync_one(job: Job) -> SyncedWorkbook:
    """Sync one workbook with its record, and return the result.

    Safe to repeat, at once or much later, from any machine that reaches the workbook and the store:
    runs on one record wait for each other, and one with nothing to do writes nothing. Raises a
    `SheetRecordError` when the workbook or the store cannot be used.
    """
    config = settings_of(job.path, _confirming if job.trust else only_confirmed)
    targets = find_targets([job.path], config, _store(job, config))
    report = run(targets, SyncRequest(job.by, job.today or dt.date.today(), few=True))  # noqa: DTZ011 - the user's day
    notes = told_of(report, config)
    copy = report.after.copies.get(targets.copies[0].address)
    if copy is None:
        why = report.away.get(job.path) or "it was not looked at."
        raise CannotRead(job.path, why, "Run `sheetrecord sync` on it to see more.")
    moved = report.after.changed != report.before.changed
    words = copy.note or _words(report)
    words = "; ".join([words, *(note for note in notes if "To send it once more" in note)])
    waits = bool(copy.note or report.after.problems or report.conflicts)
    return SyncedWorkbook(targets.known.record, copy.digest, copy.size, words, waits, moved)


def _store(job: Job, config: Config) -> StoreAt:
    """Return where a workbook's record is: as the job says, else as its settings do."""
    told = store_at(config)
    return StoreAt(job.store or told.url, told.record or stamped(job.path) or job.record)


def _confirming(config: Config, what: str) -> None:  # noqa: ARG001 - as every `Vouch`
    """Confirm a settings file: whoever started the fleet said that all below it may be used."""
    if config.path is not None:
        with suppress(SheetRecordError, OSError):  # it is said again with the next run
            confirm(config.path, config.digest)


def _words(report: SyncReport) -> str:
    """Return what came of a sync in a few words."""
    edits = sum(told.accepted for told in report.outcome.copies)
    written = sum(map(len, report.written.values()))
    found = [f"{edits} edits taken over"] if edits else []
    found += [f"{written} changes written"] if written else []
    found += [f"{len(report.conflicts)} conflicts stand"] if report.conflicts else []
    problems = report.after.problems
    found += [f"{len(problems)} to mend: {problems[0]}"] if problems else []
    return ", ".join(found) or "in step"

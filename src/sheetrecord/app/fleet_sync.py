"""One workbook brought in step with its record: what a queue, a timer or a fleet calls."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.config import Config, find_config
from sheetrecord.app.copies import read_store
from sheetrecord.app.sync.desk import sit_down
from sheetrecord.app.sync.opening import stamped
from sheetrecord.app.sync.running import Report, Wish, run
from sheetrecord.model.errors import CannotRead
from sheetrecord.stores.fleet import Done


class Job(NamedTuple):
    """What to sync: a workbook, who asks, and where its record is kept when that is told.

    ``record`` is the record's id for a workbook that carries none.
    """

    path: str
    by: str
    store: str = ""
    record: str = ""
    today: dt.date | None = None


def sync_one(job: Job) -> Done:
    """Sync one workbook with its record, and say what came of it.

    Safe to call again, at once or much later, from any machine that reaches the workbook and the
    store: runs on one record take turns, and one that has nothing to do writes nothing. Raises a
    `SheetRecordError` when the workbook or the store refuses.
    """
    path = Path(job.path)
    desk = sit_down([str(path)], _settings(job, path))
    report = run(desk, Wish(job.by, job.today or dt.date.today()))  # noqa: DTZ011 - the user's day
    copy = report.after.copies.get(str(desk.copies[0].path))
    if copy is None:
        why = report.away.get(job.path) or "it was not looked at."
        raise CannotRead(path, why, "Run `sheetrecord sync` on it to see more.")
    moved = report.after.changed != report.before.changed
    words = copy.note or _words(report)
    return Done(desk.known.record, copy.digest, copy.size, words, bool(copy.note), moved)


def _settings(job: Job, path: Path) -> Config:
    """Return the settings that hold for a workbook, with the job's store and record in them."""
    config = find_config(path.resolve().parent)
    told = read_store(config.path or Path(), config.sync)
    record = told.record or stamped(path) or job.record
    store = {"url": job.store or told.url, "record": record}
    table = {key: value for key, value in store.items() if value}
    return config._replace(sync={**config.sync, "store": table})


def _words(report: Report) -> str:
    """Return what came of a sync in a few words."""
    edits = sum(told.accepted for told in report.outcome.copies)
    written = sum(map(len, report.written.values()))
    found = [f"{edits} edits taken over"] if edits else []
    found += [f"{written} changes written"] if written else []
    found += [f"{len(report.conflicts)} conflicts stand"] if report.conflicts else []
    return ", ".join(found) or "in step"

"""Bring a workbook to the present version of the schema in one write, and back again."""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.rewrite import CheckScope, RewrittenBook, edited, take, write
from sheetrecord.core.migrate.plan import Migration, plan
from sheetrecord.files import keep, kept
from sheetrecord.formats.migration_edits import edits
from sheetrecord.model.errors import CannotWrite
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.transaction import begin

LABEL = "before version"
"""What the name of a workbook says that was kept before it was migrated."""


class Drafted(NamedTuple):
    """A planned migration: the workbook as it is, and as it will be."""

    before: RewrittenBook
    after: RewrittenBook
    migration: Migration


def draft(address: str, asked: CheckScope, *, only_plan: bool = False) -> Drafted:
    """Plan the migration of a workbook. Raises a SheetRecordError when it cannot be changed."""
    if not only_plan:
        open_workbook(address).recover()  # what an interrupted run left is healed first
    before = take(address, asked)
    book, parsed, _ = before.checked[1:]
    migration = plan(book, parsed.layout)
    if migration.made_by == migration.to:
        return Drafted(before, before, migration)
    return Drafted(before, edited(before, edits(book, migration)), migration)


def migrate(drafted: Drafted) -> str:
    """Keep the workbook as it was, write it anew, and return where the old one is.

    Raises ChangedElsewhere, Locked and CannotWrite as `files.replace`; then nothing was written.
    """
    before, after = drafted.before, drafted.after
    image = before.transaction.image(before=True)
    copy = keep(before.address, f"{LABEL} {drafted.migration.to}", image)
    became = after.transaction.after.revision.digest
    _note(copy).write_text(json.dumps({"after": became}), encoding="utf-8")
    write(after)
    return copy


def take_back(address: str) -> str:
    """Put the workbook from before its migration back, and return where it was kept.

    Raises CannotWrite when the workbook was edited since, or never migrated on this machine.
    """
    now = begin(address)
    copies = kept(address, LABEL)
    for copy in reversed(copies):
        if _became(copy) == now.start.revision.digest:
            now.restore(Path(copy).read_bytes())
            return copy
    if copies:
        raise CannotWrite(
            address,
            "it was edited after it was brought to this version, so going back would lose that.",
            f"The workbook as it was before is {copies[-1]}.",
        )
    raise CannotWrite(
        address,
        "no workbook from before a migration is kept of it on this machine.",
        "Take an older copy from a backup.",
    )


def _note(copy: str) -> Path:
    return Path(f"{copy}.json")


def _became(copy: str) -> str:
    """Return the digest of what a kept workbook became, nothing when nobody noted it."""
    with suppress(OSError, ValueError, KeyError):
        return str(json.loads(_note(copy).read_text(encoding="utf-8"))["after"])
    return ""

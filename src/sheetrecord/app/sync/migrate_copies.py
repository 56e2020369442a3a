"""Copies of one record step to the present version of the schema together.

Once somebody has migrated one copy, each other copy takes the same steps at its next sync; until
then a sync reminds of it, and goes on.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.app.sync.read import CopyContent
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.core.migrate.outdated import OLDER, version_told
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.settings import language_of
from sheetrecord.schema.sheets import SCHEMA_VERSION
from sheetrecord.workbooks.kinds import book_at, is_path


class Stepped(NamedTuple):
    """Messages about the copies' versions, and whether one of them was migrated."""

    lines: tuple[str, ...] = ()
    moved: bool = False


def step_together(
    targets: SyncTargets,
    taken: Mapping[str, CopyContent],
    away: Mapping[str, str],
    *,
    today: dt.date,
    only_plan: bool,
) -> Stepped:
    """Migrate the copies that are older than another one, or say which are older.

    ``taken`` are the copies as this sync read them, ``away`` those that it could not read or go
    on with. A copy that cannot be migrated now says why, and is tried again at the next sync.
    """
    if not any(map(_made_by_older, taken.values())) and not away:
        return Stepped()
    versions = dict(_versions(targets, taken))
    older = [path for path, version in versions.items() if version < SCHEMA_VERSION]
    if not older:
        return Stepped()
    if max(versions.values()) < SCHEMA_VERSION:
        return Stepped(tuple(_reminder(path, versions[path], targets) for path in older))
    lines = []
    moved = False
    for path in older:
        label = targets.labels.get(path, path)
        if only_plan:
            lines.append(f"{label}: to be brought to version {SCHEMA_VERSION}, like other copies.")
            continue
        try:
            lines.append(_migrated(path, label, today))
            moved = True
        except SheetRecordError as error:
            lines.append(f"{label}: not brought to version {SCHEMA_VERSION} yet: {error.message}")
    return Stepped(tuple(lines), moved)


def _made_by_older(taken: CopyContent) -> bool:
    return any(one.code == OLDER for one in taken.side.parsed.findings)


def _versions(targets: SyncTargets, taken: Mapping[str, CopyContent]) -> Iterator[tuple[str, int]]:
    """Yield the version of each copy that can be read and whose formulas tell one.

    One that is no file is not asked anew: the sync itself changes no version.
    """
    for copy in targets.copies:
        with suppress(SheetRecordError, OSError):
            known = None if is_path(copy.address) else taken.get(copy.address)
            book = known.side.book if known else book_at(copy.address, formulas=False)
            if book.live:
                yield copy.address, version_told(book, locate(book, language_of(book)))


def _reminder(path: str, version: int, targets: SyncTargets) -> str:
    label = targets.labels.get(path, path)
    return (
        f"{label}: made by version {version} of the record, the present one is {SCHEMA_VERSION}. "
        f"Bring one copy there, and the others follow: sheetrecord migrate {path}"
    )


def _migrated(path: str, label: str, today: dt.date) -> str:
    from sheetrecord.app.migrate import draft, migrate
    from sheetrecord.app.rewrite import CheckScope

    drafted = draft(path, CheckScope(today))
    kept = migrate(drafted)
    return f"{label}: brought to version {SCHEMA_VERSION}, like other copies. Before: {kept}"

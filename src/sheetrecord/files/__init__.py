"""Replace a file atomically, so that a crash leaves the old one or the new one."""

from sheetrecord.files.access import exclusive, sweep
from sheetrecord.files.backups import BackupPolicy, Version, versions
from sheetrecord.files.content import Fingerprint, fingerprint, unchanged
from sheetrecord.files.keeping import keep, kept
from sheetrecord.files.owner import owner_of
from sheetrecord.files.replacing import replace, restore
from sheetrecord.files.sweeping import Swept

__all__ = [
    "BackupPolicy",
    "Fingerprint",
    "Swept",
    "Version",
    "exclusive",
    "fingerprint",
    "keep",
    "kept",
    "owner_of",
    "replace",
    "restore",
    "sweep",
    "unchanged",
    "versions",
]

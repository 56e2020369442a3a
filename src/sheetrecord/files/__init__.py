"""Replace a file atomically, so that a crash leaves the old one or the new one."""

from importlib import import_module
from typing import Any, Final

_LATER: Final = {
    "BackupPolicy": "backups",
    "Fingerprint": "fingerprints",
    "Swept": "recovery",
    "Version": "backups",
    "exclusive": "access",
    "fingerprint": "fingerprints",
    "keep": "kept_copies",
    "kept": "kept_copies",
    "owner_of": "owner",
    "pending": "together",
    "replace": "replacing",
    "replace_together": "together",
    "restore": "replacing",
    "settle": "together",
    "sweep": "access",
    "unchanged": "fingerprints",
    "versions": "backups",
    "withdraw": "together",
}
"""Names that are imported on first use, and their modules: reading stays fast."""

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
    "pending",
    "replace",
    "replace_together",
    "restore",
    "settle",
    "sweep",
    "unchanged",
    "versions",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    """Import a name on first use; its type is in `__init__.pyi`."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)

"""Replace several files of a folder together: a death leaves all of them old, or all new.

What will be written is first put into one file of our own beside them, in one step. From then on
it counts: who reads the folder through `pending` sees the new files, whichever of them were
written yet, and the next run writes the rest (`settle`). When somebody saved one of the files after
a death, theirs and all others stay as they are.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import Final, NamedTuple

from sheetrecord.files.fingerprints import Fingerprint, PathLike, digest_of_bytes

JOURNAL: Final = ".~sheetrecord-several.tmp"
"""The name of the file that holds what is being written; sync clients skip such names."""
_LIST: Final = "files.json"
"""The first member of the journal: by which process on which host, and names with the digests of
what is displaced; then a member each, called by its number, for a name need not be a text."""


class _Intent(NamedTuple):
    """What a run was about to write: new contents by name, and digests of the old ones."""

    after: Mapping[str, bytes]
    before: Mapping[str, str]
    host: str
    pid: int

    def packed(self) -> bytes:
        from zipfile import ZIP_DEFLATED, ZipFile

        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            told = {"host": self.host, "pid": self.pid, "files": list(self.before.items())}
            archive.writestr(_LIST, json.dumps(told))
            for number, name in enumerate(self.before):
                archive.writestr(str(number), self.after[name])
        return out.getvalue()


def pending(folder: PathLike) -> dict[str, bytes]:
    """Return the contents, by name, that count although not all of them are written yet."""
    intent = _intent(folder)
    if intent is None or _waiting(folder, intent) is None:
        return {}
    return dict(intent.after)


def settle(folder: PathLike) -> tuple[str, ...]:
    """Write what a run that died did not come to, and return the names of these files.

    Raises `Locked` while another run writes there, on this machine or, for a day, on another; else
    as `replace`.
    """
    journal = _journal(folder)
    if not os.path.exists(journal):
        return ()
    from sheetrecord.files.access import exclusive
    from sheetrecord.files.disk import this_disk
    from sheetrecord.files.recovery import is_abandoned
    from sheetrecord.files.replacing import replace
    from sheetrecord.model.errors import Locked

    with exclusive(journal):
        intent = _intent(folder)
        if intent and not is_abandoned(journal, intent.host, intent.pid):
            raise Locked(folder)
        waiting = (_waiting(folder, intent) if intent else None) or {}
        for name, expecting in waiting.items():
            replace(os.path.join(folder, name), intent.after[name] if intent else b"", expecting)
        with suppress(FileNotFoundError):
            this_disk().remove(journal)
        return tuple(waiting)


def replace_together(
    folder: PathLike,
    after: Mapping[str, bytes],
    expecting: Mapping[str, Fingerprint],
    before: Mapping[str, bytes],
) -> dict[str, Fingerprint]:
    """Replace these files, in this order, if each still is what ``expecting`` says.

    ``before`` are the contents that were read. Returns the new fingerprints. On any error nothing
    of ours stands, save where somebody saved after us; errors as `replace`.
    """
    from sheetrecord.files.access import exclusive
    from sheetrecord.files.disk import this_disk
    from sheetrecord.files.leftovers import this_host
    from sheetrecord.files.replacing import replace
    from sheetrecord.model.errors import ChangedElsewhere

    if len(after) < 2:  # one file is replaced in one step
        return {n: replace(os.path.join(folder, n), d, expecting.get(n)) for n, d in after.items()}
    journal = _journal(folder)
    with exclusive(journal):
        if settle(folder):
            raise ChangedElsewhere(folder)
        old = {name: expecting[name].digest if name in expecting else "" for name in after}
        replace(journal, _Intent(after, old, this_host(), os.getpid()).packed(), None, backup=None)
        written: dict[str, Fingerprint] = {}
        try:
            for name, data in after.items():
                place = os.path.join(folder, name)
                written[name] = replace(place, data, expecting.get(name))
        except BaseException:
            withdraw(folder, after, before)
            this_disk().remove(journal)
            raise
        this_disk().remove(journal)
        return written


def withdraw(folder: PathLike, after: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Let the files that were just written be again what they were; a later save stands."""
    from sheetrecord.files.fingerprints import fingerprint
    from sheetrecord.files.replacing import replace
    from sheetrecord.model.errors import SheetRecordError

    for name, data in reversed(list(after.items())):
        place = os.path.join(folder, name)
        with suppress(SheetRecordError):
            ours = fingerprint(place)  # an interrupt may come when a file is written already
            if ours.digest != digest_of_bytes(data):
                continue
            if name in before:
                replace(place, before[name], ours, backup=None)
            else:
                _remove(place, ours)


def _remove(place: str, ours: Fingerprint) -> None:
    """Remove a file that we made, if it is still ours."""
    from sheetrecord.files.access import exclusive
    from sheetrecord.files.disk import this_disk
    from sheetrecord.files.leftovers import draft

    disk, held = this_disk(), draft(place).path(os.path.dirname(place))
    with exclusive(place), suppress(OSError):
        disk.take(place, held)
        if disk.digest(held) == ours.digest:
            disk.remove(held)
        else:
            disk.put(held, place)


def _journal(folder: PathLike) -> str:
    return os.path.join(os.path.realpath(folder), JOURNAL)


def _intent(folder: PathLike) -> _Intent | None:
    """Return what stands in the journal; None where there is none that can be read."""
    try:
        with open(os.path.join(folder, JOURNAL), "rb") as file:
            packed = file.read()
    except OSError:
        return None
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(packed)) as archive:
            told = json.loads(archive.read(_LIST))
            before: dict[str, str] = dict(told["files"])
            after = {name: archive.read(str(number)) for number, name in enumerate(before)}
            intent = _Intent(after, before, str(told["host"]), int(told["pid"]))
    except (BadZipFile, ValueError, KeyError, TypeError):
        return None
    return intent if all(map(_is_plain, after)) else None


def _is_plain(name: str) -> bool:
    """Tell whether a name stays in its folder."""
    return bool(name) and os.path.basename(name) == name and name not in {os.curdir, os.pardir}


def _waiting(folder: PathLike, intent: _Intent) -> dict[str, Fingerprint | None] | None:
    """Return what is not written yet and what stands there; None when somebody saved since."""
    from sheetrecord.files.fingerprints import fingerprint

    waiting: dict[str, Fingerprint | None] = {}
    for name, data in intent.after.items():
        place = os.path.join(folder, name)
        found = fingerprint(place) if os.path.exists(place) else None
        digest = found.digest if found else ""
        if digest == intent.before[name] and digest != digest_of_bytes(data):
            waiting[name] = found
        elif digest != digest_of_bytes(data):
            return None
    return waiting

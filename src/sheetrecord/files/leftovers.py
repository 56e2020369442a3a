"""The names of our own files beside a workbook; they encode what a file is and how to recover it.

An interrupted run is healed from these names alone. There are three kinds:

``.~sheetrecord-w-…``  a draft being written: always ours
``.~sheetrecord-s-…``  complete, to be swapped in; after the swap it holds what stood there
``sheetrecord-aside-…``  what stood there, where names cannot be exchanged in one step; not hidden,
for it may for an instant be the only copy

All carry host and process, and the last two the digests of our content and of the content we
expected to displace. So whoever finds one can tell ours from somebody's save.
"""

import os
from functools import cache
from typing import Final, NamedTuple

from sheetrecord.files.abilities import host_name
from sheetrecord.files.fingerprints import Fingerprint, digest_of_bytes

DRAFT: Final = "w"
READY: Final = "s"
ASIDE: Final = "a"

_HIDDEN, _HIDDEN_END = ".~sheetrecord-", ".tmp"  # sync clients skip ".~…" and "….tmp"
_VISIBLE = "sheetrecord-aside-"
_LONGEST = 70  # bytes of the workbook's name, so that the whole stays under 143 (encrypted homes)
_CUT = 8  # hexadecimal digits that end a shortened name
_MARK = 16  # hexadecimal digits of a digest in a name
_NOTHING = "0"


class Leftover(NamedTuple):
    """The parts that a leftover's name encodes."""

    kind: str
    host: str
    pid: int
    serial: str
    ours: str
    expected: str
    name: str

    def path(self, folder: str) -> str:
        """Return the path of such a file in the folder."""
        marks = f"{self.host}-{self.pid}-{self.serial}-{self.ours}-{self.expected}-{self.name}"
        if self.kind == ASIDE:
            return os.path.join(folder, _VISIBLE + marks)
        return os.path.join(folder, f"{_HIDDEN}{self.kind}-{marks}{_HIDDEN_END}")

    def is_ours(self, digest: str) -> bool:
        """Say whether this is the digest of the content we wrote."""
        return digest[:_MARK] == self.ours

    def is_expected(self, digest: str) -> bool:
        """Say whether this is the digest of the content we meant to displace."""
        return digest[:_MARK] == self.expected

    def belongs_to(self, target: str) -> bool:
        """Say whether the file was made for this workbook."""
        return self.name == _short(os.path.basename(target))

    @property
    def names_it_whole(self) -> bool:
        """Say whether the workbook's name is here in full; a shortened one ends in a digest."""
        _, tilde, digest = self.name.rpartition("~")
        return not (tilde and len(digest) == _CUT and digest.isalnum())


def draft(target: str) -> Leftover:
    """Return a fresh name for a draft of the target."""
    name = _short(os.path.basename(target))
    return Leftover(DRAFT, this_host(), os.getpid(), serial(), _NOTHING, _NOTHING, name)


def ready(drafted: Leftover, ours: Fingerprint, expected: Fingerprint | None) -> Leftover:
    """Return the name under which a complete draft waits to be swapped in."""
    known = expected.digest[:_MARK] if expected else _NOTHING
    return drafted._replace(kind=READY, ours=ours.digest[:_MARK], expected=known)


def aside(leftover: Leftover) -> Leftover:
    """Return a fresh name for what is displaced, with the same marks."""
    return leftover._replace(kind=ASIDE, serial=serial())


def mine(leftover: Leftover) -> Leftover:
    """Return a name of this process for a leftover of another."""
    return leftover._replace(host=this_host(), pid=os.getpid(), serial=serial())


def parse(file_name: str) -> Leftover | None:
    """Return the parts of a leftover's name, or None when the file is not ours.

    >>> parse("Deal.xlsx") is None
    True
    """
    if file_name.startswith(_VISIBLE):
        kind, marks = ASIDE, file_name[len(_VISIBLE) :]
    elif file_name.startswith(_HIDDEN) and file_name.endswith(_HIDDEN_END):
        kind, _, marks = file_name[len(_HIDDEN) : -len(_HIDDEN_END)].partition("-")
    else:
        return None
    fields = marks.split("-", 5)
    if len(fields) != 6 or kind not in (DRAFT, READY, ASIDE) or not fields[1].isdecimal():
        return None
    host, pid, number, ours, expected, name = fields
    return Leftover(kind, host, int(pid), number, ours, expected, name)


def serial() -> str:
    """Return a few random characters: a process id can come back after a crash."""
    return os.urandom(3).hex()


@cache
def this_host() -> str:
    """Return a short hash of this machine's name; process ids are valid on one machine only."""
    return digest_of_bytes(host_name().encode())[:6]


def _short(name: str) -> str:
    """Return the name, or for a long one its beginning and a digest."""
    raw = name.encode("utf-8", "surrogateescape")
    if len(raw) <= _LONGEST:
        return name
    return raw[: _LONGEST - 10].decode("utf-8", "ignore") + "~" + digest_of_bytes(raw)[:_CUT]

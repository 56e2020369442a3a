"""Fingerprints: whether a file still holds the bytes that were read."""

import os
from typing import BinaryIO, NamedTuple, TypeAlias

from sheetrecord.files.abilities import knows_inode
from sheetrecord.model.errors import CannotRead, Locked

PathLike: TypeAlias = str | os.PathLike[str]

CHUNK = 1 << 20
"""Bytes read at a time while hashing or copying."""

_TRIES = 3


class Fingerprint(NamedTuple):
    """What a file held at one moment: its content's digest, and how to see cheaply that it moved.

    ``digest`` is blake2b (256 bits, hexadecimal) of all bytes; ``size`` is in bytes and
    ``mtime_ns`` in nanoseconds since 1970. Only the digest says what the content is.
    """

    digest: str
    size: int
    mtime_ns: int
    inode: int


def digest_of(file: BinaryIO) -> str:
    """Return the digest of everything from the file's position to its end."""
    from hashlib import blake2b

    content = blake2b(digest_size=32)
    while chunk := file.read(CHUNK):
        content.update(chunk)
    return content.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the digest that a file with exactly these bytes has."""
    from hashlib import blake2b

    return blake2b(data, digest_size=32).hexdigest()


def fingerprint(path: PathLike) -> Fingerprint:
    """Return the fingerprint of the file at ``path``, read whole.

    Raises `CannotRead` when it cannot be opened and `Locked` when it keeps changing while it is
    being read: a half-written file has no content worth a name.
    """
    try:
        with open(path, "rb") as file:
            for _ in range(_TRIES):
                if found := _steady(file):
                    return found
    except FileNotFoundError as error:
        raise CannotRead(
            path, "there is no such file.", "Check the path.", reason="missing"
        ) from error
    except OSError as error:
        raise CannotRead(
            path, f"cannot be read ({error.strerror}).", "Check that you may open this file."
        ) from error
    raise Locked(path)


def unchanged(path: PathLike, known: Fingerprint) -> bool:
    """Say whether size, time and inode are those of ``known``: a cheap look, not a proof.

    Where inodes have no numbers a file may have been replaced by another of one time: False.
    """
    try:
        found = os.stat(path)
    except OSError:
        return False
    if not knows_inode(found.st_ino):
        return False
    return (found.st_size, found.st_mtime_ns, found.st_ino) == known[1:]


def _steady(file: BinaryIO) -> Fingerprint | None:
    """Read the file once; return None when it changed meanwhile."""
    file.seek(0)
    before = os.fstat(file.fileno())
    digest = digest_of(file)
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    return Fingerprint(digest, after.st_size, after.st_mtime_ns, after.st_ino)

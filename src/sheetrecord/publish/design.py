"""What tells the pages of this release from those of another: a digest of what makes them.

A wheel brings it along, worked out as it was built (`scripts/hatch_build.py`), and so does a
program made of the wheel. In a checkout, where it would be wrong after the next change, it is
worked out.
"""

from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

FILE: Final = "design.txt"
"""Where a wheel has it, beside this module."""

MADE_BY: Final = ("publish", "core/view", "core/absence")
"""The rooms whose templates, assets and code make the pages."""


@cache
def design_digest() -> str:
    """Return the digest. Raises OSError when the installation lacks files."""
    told = resources.files("sheetrecord.publish").joinpath(FILE)
    if told.is_file():
        return told.read_text("ascii")
    return digest_of(resources.files("sheetrecord"))


def digest_of(package: Traversable) -> str:
    """Return the digest of the rooms that make the pages, in the folder of the package."""
    digest = blake2b(digest_size=16)
    for room in MADE_BY:
        _add(package.joinpath(*room.split("/")), digest)
    return digest.hexdigest()


def _add(folder: Traversable, digest: blake2b) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(entry, digest)
        elif entry.is_file() and entry.name != FILE:
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())

"""The moments of a replacement, and things that happen at chosen ones."""

from collections.abc import Callable, Mapping
from pathlib import Path

from files.conftest import NEW, OLD
from files.disks import run_on
from sheetrecord.files.disk import Disk
from sheetrecord.files.disk_hooks import Hook, watched
from sheetrecord.files.fingerprints import fingerprint


class Dead(BaseException):
    """The process has ended: raised at a moment and at all later ones, so nothing is tidied."""


def moments(make: Callable[[], Disk], book: Path) -> list[str]:
    """Every moment of an undisturbed replacement, numbered where a step comes twice."""
    seen: list[str] = []

    def note(moment: str) -> None:
        seen.append(f"{moment}#{sum(m.split('#')[0] == moment for m in seen) + 1}")

    fresh(book)
    run_on(watched(make(), note), book, NEW, fingerprint(book))
    assert book.read_bytes() == NEW
    return seen


def at(wanted: Mapping[str, Callable[[], None]]) -> Hook:
    """A hook that acts once at each of the wanted moments."""
    left, counts = dict(wanted), dict[str, int]()

    def hook(moment: str) -> None:
        counts[moment] = counts.get(moment, 0) + 1
        if action := left.pop(f"{moment}#{counts[moment]}", None):
            action()

    return hook


def dying_at(last: str, before: Hook = lambda _: None) -> Hook:
    """A hook that lets the process die at a moment; ``before`` acts at the moments until then."""
    dead = False

    def die() -> None:
        nonlocal dead
        dead = True

    mark = at({last: die})

    def hook(moment: str) -> None:
        if not dead:
            before(moment)
            mark(moment)
        if dead:
            raise Dead

    return hook


def fresh(book: Path) -> None:
    """An old workbook alone in its folder."""
    for path in book.parent.iterdir():
        path.unlink()
    book.write_bytes(OLD)

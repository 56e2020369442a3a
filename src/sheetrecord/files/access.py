"""Working on one workbook alone, on what interrupted runs have left healed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sheetrecord.files.disk import this_disk
from sheetrecord.files.fingerprints import PathLike
from sheetrecord.files.locking import locked
from sheetrecord.files.recovery import Swept, heal, leftovers
from sheetrecord.model.errors import Locked


@contextmanager
def exclusive(path: PathLike, wait: float = 0.0) -> Iterator[Swept]:
    """Keep this user's other runs of sheetrecord off the workbook, and heal interrupted ones.

    Yields what was healed. A thread may enter again for the same workbook. Raises `Locked` when
    another run still has it after ``wait`` seconds. Programs that people use are not kept off:
    `replace` copes with them.
    """
    target = os.path.realpath(path)
    with locked(target, wait) as first:
        yield heal(this_disk(), target) if first else Swept()


def sweep(path: PathLike) -> Swept:
    """Heal what interrupted runs left for a workbook, or for every workbook in a folder.

    Somebody's content is never deleted: it goes back to the workbook's name or is kept beside it.
    A workbook that another run works on is passed over.
    """
    resolved = os.path.realpath(path)
    swept = Swept()
    for target in _targets(resolved) if os.path.isdir(resolved) else [resolved]:
        try:
            with exclusive(target) as found:
                swept += found
        except Locked:
            continue
    return swept


def _targets(folder: str) -> list[str]:
    """Return the workbooks of the folder that have leftovers."""
    marks = [mark for _, mark in leftovers(folder)]
    names = {mark.name for mark in marks if mark.names_it_whole}
    names.update(
        name for name in os.listdir(folder) if any(mark.belongs_to(name) for mark in marks)
    )
    return sorted(os.path.join(folder, name) for name in names)

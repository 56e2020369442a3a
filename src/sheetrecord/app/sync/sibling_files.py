"""Files beside a copy that are copies of the same record: found by their stamps, not by names."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sheetrecord.core.sync.store_protocol import CopyState
from sheetrecord.workbooks.kinds import records_of
from sheetrecord.workbooks.siblings import siblings_of


class Beside(NamedTuple):
    """A copy of the record that stands beside a copy, and what its name says it is.

    ``sure``: it is another save of it, as a program names one; of any other file nobody knows
    whether what stands in it is meant. ``why`` says more in words.
    """

    path: Path
    what: str
    sure: bool
    why: str = ""


def files_beside(path: Path, *, named: bool = False) -> Iterator[Beside]:
    """Yield the files in a copy's folder that may be copies too, and what their names say."""
    for one in siblings_of(path, named=named):
        yield Beside(Path(one.address), one.what, one.sure)


def synced(known: Mapping[str, CopyState]) -> set[Path]:
    """Return where the copies are that were synced before."""
    return {Path(name) for name, state in known.items() if state.run}


def stamped_beside(
    copies: Collection[Path], others: Collection[Path], record: str, *, named: bool = False
) -> Iterator[Beside]:
    """Yield the files beside copies that are of the record, and neither copies nor ``others``."""
    found: dict[Path, Beside] = {}
    for copy in copies:
        if not copy.is_dir():
            for one in files_beside(copy, named=named):
                known = found.get(one.path)
                # Of several copies in one folder, the one tells most that a name begins with.
                if known is None or (one.sure, bool(one.what)) > (known.sure, bool(known.what)):
                    found[one.path] = one
    for path, one in sorted(found.items()):
        if path not in copies and path not in others and record in records_of(str(path)):
            yield one


def _moved_to(path: Path, record: str) -> list[Path]:
    """Return the workbooks in a missing copy's folder that carry the record's stamp."""
    folder = path.parent
    if not record or not folder.is_dir():
        return []
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in {".xlsx", ".xlsm"})
    return [one for one in files if record in records_of(str(one))]


def missing_words(path: Path, record: str, others: Collection[str] = ()) -> str:
    """Say what became of a copy that is not where it was; ``others`` are copies that are known."""
    if not path.parent.is_dir():
        why = f"its folder {path.parent} is not there: is the share or the disk connected?"
        return f"{why} Nothing was taken for deleted."
    moved = [one for one in _moved_to(path, record) if str(one) not in others]
    if moved:
        return (
            f"it is not there; {moved[0].name} beside it is a copy of this record: was it renamed?"
        )
    return "there is no such file: was it moved or renamed? Nothing was taken for deleted."

"""People who save a workbook while it is being replaced, in the ways office programs do."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def in_place(path: Path, content: bytes) -> None:
    """Truncate and write, as LibreOffice and small tools do."""
    path.write_bytes(content)


def by_rename(path: Path, content: bytes) -> None:
    """Write a temporary file and rename it over the workbook, as many programs do."""
    draft = path.with_name("8F3A1C00.tmp")
    draft.write_bytes(content)
    draft.replace(path)


def like_excel(path: Path, content: bytes) -> None:
    """Write a temporary file, move the workbook aside, rename, delete the old one."""
    draft, old = path.with_name("A41B0000"), path.with_name("B7710000.tmp")
    draft.write_bytes(content)
    if path.exists():
        path.rename(old)
    draft.replace(path)
    old.unlink(missing_ok=True)


SAVES: dict[str, Callable[[Path, bytes], None]] = {
    "in place": in_place,
    "by rename": by_rename,
    "like Excel": like_excel,
}


class SlowSave:
    """Somebody whose program opens the workbook now and has written everything only later."""

    def __init__(self, path: Path, content: bytes, *, truncate: bool) -> None:
        self.path = path
        self.content = content
        self.truncate = truncate
        self.file: BinaryIO | None = None

    def begin(self) -> None:
        if not self.path.exists():
            return  # the instant without a name, where names cannot be exchanged
        self.file = self.path.open("wb" if self.truncate else "r+b")
        if self.truncate:
            self.file.write(self.content[: len(self.content) // 2])
            self.file.flush()

    def end(self) -> None:
        if self.file is None:
            return
        self.file.seek(0)
        self.file.write(self.content)
        self.file.truncate()
        self.file.close()

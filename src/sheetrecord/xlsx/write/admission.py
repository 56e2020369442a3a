"""Who changes a workbook has read it: what the reader refuses is refused here, in the same words.

Always read so: the list of parts, the workbook part and, when they are small, the sheets that the
edits name with their strings, formats, tables and notes. A large sheet would cost more to read
than to change: what XML it may be and how much is checked over all of it, its rows where they are
needed.
"""

from collections.abc import Iterable
from typing import Final

from sheetrecord.xlsx.read.reader import WorkbookReader
from sheetrecord.xlsx.read.soundness import is_sound
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.policy import corrupt

_WHOLE: Final = 1 << 18
"""Bytes of XML up to which a sheet is read whole if it was not: some 5 ms on a slow machine."""
UNREADABLE: Final = frozenset({"corrupt", "row-order", "cell-order"})
"""Reasons to say that a part cannot be followed; the reader may know better what is wrong."""


class Admission:
    """The reader's verdict on one workbook and on those of its sheets that edits name."""

    def __init__(self, draft: PackageDraft, names: Iterable[str]) -> None:
        self._draft = draft
        self._names = dict.fromkeys(name.casefold() for name in names)

    def check(self, *, whole: bool = False) -> None:
        """Refuse what the reader refuses; ``whole``: sheets of any size are read.

        A sheet that is not there or has no cells is passed over: the edit will say so.
        """
        draft = self._draft
        reader = WorkbookReader(draft.container)
        listed = [(sheet.name, sheet.part) for sheet in draft.package.sheets]
        if [(sheet.name, sheet.part) for sheet in reader.sheets] != listed:
            raise corrupt(draft.package.workbook_part, "programs may find other sheets in it")
        for sheet in reader.sheets:
            if sheet.name.casefold() in self._names and sheet.kind == "worksheet":
                if not is_sound(draft.container, sheet.name) and (
                    whole or _size(draft, sheet.part) <= _WHOLE
                ):
                    reader.grid(sheet.name)
                reader.check_related(sheet.part)


def _size(draft: PackageDraft, part: str) -> int:
    """Return the bytes of XML that reading a sheet takes."""
    package = draft.package
    sizes = 0
    for each in (part, package.shared_strings, package.styles):
        member = draft.container.find(each) if each else None
        sizes += member.size if member is not None else 0
    return sizes

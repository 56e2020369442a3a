"""Sheets that were read already, known again by their bytes: no part is read twice.

A sheet says what its own part, the shared strings and the styles say, and nothing else counts.
Where all of those are, byte for byte, what was read before, so is the sheet. Nothing is believed
because it was written: what differs in one byte is read. What an earlier run has read is found in
the state folder (`files.content_cache`), under a digest of the same bytes.
"""

from collections.abc import Hashable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary, ref

from sheetrecord.files import content_cache
from sheetrecord.formats.kept_sheets import sheet_from, told
from sheetrecord.model.book import Sheet
from sheetrecord.xlsx import WorkbookReader

if TYPE_CHECKING:
    from sheetrecord.xlsx.formula.kept_formulas import KeptFormulas


class Readings:
    """A cache of parsed sheets, kept only while a workbook that uses them exists.

    With ``lasting`` sheets of earlier runs are looked for, and `save` keeps those of this one.
    """

    def __init__(self, *, lasting: bool = False) -> None:
        self._known: WeakValueDictionary[Hashable, Sheet] = WeakValueDictionary()
        self._names: dict[Hashable, str] = {}
        self._new: dict[str, ref[Sheet]] = {}
        self._used: list[str] = []
        self._lasting = lasting

    @cached_property
    def formulas(self) -> "KeptFormulas | None":
        """The formulas of parts, for those who patch."""
        if not self._lasting:
            return None
        from sheetrecord.xlsx.formula.kept_formulas import KeptFormulas  # with the patcher

        return KeptFormulas()

    def find(
        self, workbook: WorkbookReader, name: str, state: str
    ) -> tuple[Hashable, Sheet | None]:
        """Return a sheet's cache key, and the sheet if it was parsed before."""
        key = (name, state, workbook.told_by(name))
        found = self._known.get(key)
        if found is None and self._lasting:
            found = self._found_kept(key)
        return key, found

    def _found_kept(self, key: Hashable) -> Sheet | None:
        name = self._names[key] = content_cache.digest("sheet", *_flat(key))
        kept = content_cache.find(name)
        if kept is None:
            return None
        try:
            sheet = sheet_from(kept)
        except content_cache.DAMAGE:
            return None
        self._used.append(name)
        self._known[key] = sheet
        return sheet

    def keep(self, key: Hashable, sheet: Sheet) -> Sheet:
        """Cache a sheet and return it."""
        self._known[key] = sheet
        if key in self._names:
            self._new[self._names[key]] = ref(sheet)
        return sheet

    def save(self) -> None:
        """Keep for later runs what was read in this one and is still in use."""
        for name, held in self._new.items():
            sheet = held()
            if sheet is not None:
                with suppress(LookupError):  # a cell of a kind that no reader of ours makes
                    content_cache.keep(name, told(sheet))
        formulas = self.__dict__.get("formulas")  # only if somebody asked for them
        used = self._used + (formulas.save() if formulas else [])
        if used or self._new:
            content_cache.used(used)
        self._new.clear()
        self._used.clear()


def _flat(key: Hashable) -> Iterator[object]:
    """Yield the parts of nested tuples, each with its depth known by the brackets around it."""
    if isinstance(key, tuple):
        yield "("
        for part in key:
            yield from _flat(part)
        yield ")"
    else:
        yield key

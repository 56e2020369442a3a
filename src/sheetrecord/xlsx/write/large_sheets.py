"""Write named cells into a worksheet too large to hold: page by page, while it is compressed."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from sheetrecord.xlsx.addresses import parse_cell
from sheetrecord.xlsx.archive.compressed import Packed
from sheetrecord.xlsx.formula.shared import rehomed
from sheetrecord.xlsx.package import SheetEntry
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.drop_results import dropped
from sheetrecord.xlsx.write.extent import grown_dimension
from sheetrecord.xlsx.write.protected_cells import check_targets
from sheetrecord.xlsx.write.set_cells import CellWriter, Write
from sheetrecord.xlsx.write.styles import DraftStyles
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Followed, Splice


class PageWriter(CellWriter):
    """One batch of writes into one large worksheet; a row's cells are looked at when it is due."""

    def __init__(
        self, draft: PackageDraft, sheet: SheetEntry, styles: DraftStyles, pages: Pages
    ) -> None:
        super().__init__(draft, sheet, styles, pages.frame)
        self._pages = pages
        self._ordered: list[tuple[tuple[int, int], Write]] = []
        self._stale: list[tuple[int, int]] = []
        self._bases: dict[str, int] = {}
        self._around: list[Splice] = []
        self._given: dict[int, list[Splice]] = {}
        """Splices of pages, by their numbers, that no cell to write or to drop asks for."""
        self._changed = False

    def prepare(self, writes: Mapping[tuple[int, int], Write]) -> None:
        """Take the cells to write; `Refused` when one of them is not one cell's to change."""
        check_targets(self._pages, self.sheet.name, writes)
        self._ordered = sorted(writes.items())
        wanted = {write.style_from for write in writes.values() if write.style_from is not None}
        self._bases = dict(self._styles_of(wanted)) if wanted else {}

    def follow(self, followed: Followed) -> None:
        """Let the sheet follow a move of rows elsewhere."""
        self._around = followed.around
        self._given = dict(enumerate(followed.inside))

    def drop(self, cells: Collection[tuple[int, int]]) -> None:
        """Drop the results of cells that are not written."""
        self._stale = sorted(cells)

    def finish(self) -> None:
        """Put the new content into the draft; errors as `CellWriter.prepare`."""
        content = self._packed()
        if self._masters:
            gone = {place for place, _ in self._ordered}
            for place, splices in groupby(
                sorted(rehomed(self._pages.pages(), self._masters, gone)), key=lambda one: one[0]
            ):
                self._given[place] = [splice for _, splice in splices]
            content = self._packed()
        if self._changed:
            self._draft.put(self.sheet.part, content)

    def _packed(self) -> Packed:
        self._masters = []
        filled = [place for place, write in self._ordered if write.value is not None]
        around = self._around + grown_dimension(self._pages.frame, filled)
        self._changed = bool(around)
        return Packed(self._pages.rewritten(around, self._pages_written()))

    def _pages_written(self) -> Iterator[tuple[SheetLayout, list[Splice]]]:
        """Yield each page with what changes in it."""
        written = self._pages.numbered([row for (row, _), _ in self._ordered])
        stale = self._pages.numbered([row for row, _ in self._stale])
        for place, page in enumerate(self._pages.pages()):
            self.layout, self.splices = page, list(self._given.get(place, ()))
            self._write_rows(self._ordered[written[place]])
            self.splices += dropped(page, self._stale[stale[place]])
            self._changed |= bool(self.splices)
            yield page, self.splices
        self.layout = self._pages.frame

    def _styles_of(self, refs: Collection[str]) -> Iterator[tuple[str, int]]:
        """Yield the styles of cells, wherever they are."""
        places = sorted((*parse_cell(ref), ref) for ref in refs)
        mine = self._pages.numbered([row for row, _, _ in places])
        for some, page in zip(mine, self._pages.pages(), strict=True):
            self.layout = page
            for _, _, ref in places[some]:
                yield ref, super()._style_of(ref)
        self.layout = self._pages.frame

    def _style_of(self, ref: str) -> int:
        return self._bases[ref]

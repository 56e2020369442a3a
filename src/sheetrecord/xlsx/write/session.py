"""One patch in progress: the draft, the formats, the messages for the user, and each step."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from sheetrecord.model.progress import doing
from sheetrecord.xlsx.addresses import Area
from sheetrecord.xlsx.formula.sorted_formulas import (
    Keeper,
    Sorted,
    known_part,
    sort_out,
    sorted_part,
)
from sheetrecord.xlsx.formula.stale_results import Graph
from sheetrecord.xlsx.package import SheetEntry, is_true
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.drop_results import calculate_on_load, drop_calc_chain, dropped
from sheetrecord.xlsx.write.set_cells import CellWriter, Write, worksheet
from sheetrecord.xlsx.write.styles import DraftStyles
from sheetrecord.xlsx.write.table_headings import rename_headings
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Followed, Splice

Cells = Mapping[tuple[int, int], Write]
Rows: TypeAlias = SheetLayout | Pages


class PatchSession:
    """The state that the steps of one patch share."""

    def __init__(self, draft: PackageDraft, kept: Keeper | None = None) -> None:
        self.draft = draft
        self._kept = kept
        self.styles = DraftStyles(draft)
        self.stale = 0
        self.later: dict[int, Cells] = {}
        """Cells of new sheets, by index, that wait for the next write: what depends on a change is
        looked for once."""
        self._notes: dict[str, None] = {}

    def note(self, sentence: str) -> None:
        """Add a message for the user, once."""
        self._notes[sentence] = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noted, in order."""
        return tuple(self._notes)

    def sheet(self, name: str) -> SheetEntry:
        """Return a worksheet; errors as `worksheet`."""
        return worksheet(self.draft, name)

    def index(self, name: str) -> int:
        """Return a worksheet's place in the workbook; errors as `worksheet`."""
        return self.draft.package.sheets.index(worksheet(self.draft, name))

    def splice_around(self, name: str, rows: Rows, *splices: Splice) -> None:
        """Change a worksheet part outside its rows; no formula result depends on it."""
        rows.frame.tail()  # what stands behind the rows is refused as by whoever reads it
        writer = self._writer(self.sheet(name), rows)
        writer.follow(Followed(list(splices), []))
        writer.finish()

    def write_later(self) -> None:
        """Write the cells of new sheets that wait, if there are any."""
        if self.later:
            self.write_cells({})

    def write_cells(self, writes: Mapping[int, Cells]) -> None:
        """Write cells of several sheets (by index) and drop every result that depends on them."""
        waiting, self.later = self.later, {}
        writes = {**writes, **{i: {**cells, **writes.get(i, {})} for i, cells in waiting.items()}}
        sheets = self.draft.package.sheets
        rows = {index: self.rows(sheets[index].part) for index in sorted(writes)}
        writers = {i: self._writer(sheets[i], found) for i, found in rows.items()}
        for index, writer in writers.items():
            writer.prepare(writes[index])
            self._note_protection(rows[index].frame, sheets[index].name)
            rename_headings(self, index, writes[index])
        doing("looking for what depends on the changes")
        stale = self.stale_cells(rows, {index: set(cells) for index, cells in writes.items()})
        self.count({i: cells - set(writes.get(i, ())) for i, cells in stale.items()})
        doing("putting the sheets together")
        for index, writer in writers.items():
            writer.drop(stale.pop(index, set()) - set(writes[index]))
        for writer in writers.values():
            writer.finish()
        self.drop_results(rows, stale)
        self.styles.flush()
        if any(writer.formulas_removed for writer in writers.values()):
            drop_calc_chain(self.draft)
        if any(writer.formulas_added for writer in writers.values()) or self.stale:
            calculate_on_load(self.draft)

    def rows(self, part: str) -> Rows:
        """Return a worksheet part's rows: page by page when it is large."""
        return self.draft.pages(part) or self.draft.layout(part)

    def _writer(self, sheet: SheetEntry, rows: Rows) -> CellWriter:
        if isinstance(rows, Pages):
            from sheetrecord.xlsx.write.large_sheets import PageWriter

            return PageWriter(self.draft, sheet, self.styles, rows)
        return CellWriter(self.draft, sheet, self.styles, rows)

    def append_cells(
        self,
        index: int,
        layout: SheetLayout,
        own: tuple[Cells, list[Splice]],
        rest: tuple[Area, dict[int, set[tuple[int, int]]], dict[int, tuple[Rows, Followed]]],
    ) -> None:
        """Finish an append: cells of rows that were there, splices of all sheets, stale results.

        ``rest``: the area of the new rows, the formulas that grew, the other sheets' splices.
        """
        cells, splices = own
        area, grown, others = rest
        sheets = self.draft.package.sheets
        writer = CellWriter(self.draft, sheets[index], self.styles, layout)
        writer.prepare(cells)
        writer.splices += splices
        self._note_protection(layout, sheets[index].name)
        layouts: dict[int, Rows] = {index: layout}
        layouts |= {place: found[0] for place, found in others.items()}
        stale = self.stale_cells(layouts, grown, (index, area))
        for place, changed in ((p, c) for p, c in grown.items() if c):
            stale[place] = stale.get(place, set()) | changed
        self.count({i: c - set(cells) if i == index else c for i, c in stale.items()})
        writer.splices += dropped(layout, stale.pop(index, set()) - set(cells))
        writer.finish()
        for place, (other, followed) in others.items():
            another = self._writer(sheets[place], other)
            another.follow(followed)
            another.drop(stale.pop(place, set()))
            another.finish()
        self.drop_results(layouts, stale)
        self.styles.flush()
        if writer.formulas_removed:
            drop_calc_chain(self.draft)
        if writer.formulas_added or self.stale or any(grown.values()):
            calculate_on_load(self.draft)

    def stale_cells(
        self,
        layouts: Mapping[int, Rows],
        changed: Mapping[int, set[tuple[int, int]]],
        area: tuple[int, Area] | None = None,
    ) -> dict[int, set[tuple[int, int]]]:
        """Return the formula cells that depend on changed ones; ``layouts`` are those at hand.

        ``area``: a sheet and a rectangle of it that changed as well.
        """
        graph = Graph(self.draft, dict(self._formulas(layouts)))
        for index, cells in changed.items():
            graph.dirt.add_all(index, cells)
        if area is not None:
            graph.dirt.add_area(*area)
        return graph.spread()

    def _formulas(self, layouts: Mapping[int, Rows]) -> Iterator[tuple[int, Sorted | Rows]]:
        """Yield the formulas of every sheet that has any."""
        for index, sheet in enumerate(self.draft.package.sheets):
            if index in layouts:
                yield index, self._at_hand(sheet.part, layouts[index])
            elif sheet.kind in {"worksheet", "macrosheet"} and sheet.part:
                found = self.formulas_of(sheet.part)
                if found.facts.formulas if isinstance(found, Pages) else found.groups:
                    yield index, found

    def _at_hand(self, part: str, rows: Rows) -> Sorted | Rows:
        """Return the formulas of rows that are being changed, if they are known; else the rows."""
        unchanged = self.draft.raw(part) is not None  # so these are the rows of the file
        return (unchanged and known_part(self.draft, part, self._kept)) or rows

    def formulas_of(self, part: str) -> Sorted | Pages:
        """Return a part's formulas, sorted; the pages of a large one."""
        known = sorted_part(self.draft, part, self._kept)
        return known or self.draft.pages(part) or sort_out(self.draft.layout(part))

    def count(self, stale: Mapping[int, set[tuple[int, int]]]) -> None:
        """Count results that are dropped."""
        self.stale += sum(map(len, stale.values()))

    def drop_results(
        self, layouts: Mapping[int, Rows], stale: Mapping[int, set[tuple[int, int]]]
    ) -> None:
        """Drop the results of stale cells in sheets that have no other change."""
        for index, cells in stale.items():
            sheet = self.draft.package.sheets[index]
            if cells:
                writer = self._writer(sheet, layouts.get(index) or self.rows(sheet.part))
                writer.drop(cells)
                writer.finish()

    def _note_protection(self, layout: SheetLayout, name: str) -> None:
        if layout.mask.find(b"sheetProtection", layout.tail_start) < 0:
            return
        for element in layout.tail():
            if element.tag.name == b"sheetProtection" and is_true(element.tag.get(b"sheet")):
                self.note(f"The sheet {name!r} is protected; it was changed and stays protected.")

"""Write given cells into a worksheet, and only what must change with them."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sheetrecord.model.progress import doing
from sheetrecord.model.value import Formula
from sheetrecord.xlsx.addresses import cell_name, parse_cell
from sheetrecord.xlsx.edits import Value
from sheetrecord.xlsx.formula.shared import Master, master_of, rehome
from sheetrecord.xlsx.package import SheetEntry, check_cells, is_true
from sheetrecord.xlsx.write.cell_xml import Content, content
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.drop_results import dropped
from sheetrecord.xlsx.write.extent import grown_dimension, grown_spans, insertion_point, opened
from sheetrecord.xlsx.write.protected_cells import check_targets
from sheetrecord.xlsx.write.styles import DraftStyles
from sheetrecord.xlsx.xml.scanner import elements
from sheetrecord.xlsx.xml.sheet_layout import CellSpan, RowSpan, SheetLayout
from sheetrecord.xlsx.xml.splice import Followed, Splice

GENERAL, SHORT_DATE, CLOCK, DATE_AND_CLOCK = (
    0,
    14,
    21,
    22,
)  # built-in number formats


@lru_cache(maxsize=16)
def _value_alone(prefix: bytes) -> re.Pattern[bytes]:
    """Match what most cells without a formula hold: a value or one text."""
    return re.compile(
        rb"<%(p)sv>[^<]*+</%(p)sv>|"
        rb'<%(p)sis><%(p)st(?: xml:space="preserve")?>[^<]*+</%(p)st></%(p)sis>'
        % {b"p": re.escape(prefix)}
    )


class Write(NamedTuple):
    """What goes into one cell; ``style`` is an index of the styles part, None keeps the cell's."""

    value: Value
    style_from: str | None = None
    number_format: str | None = None
    style: int | None = None


def worksheet(draft: PackageDraft, name: str) -> SheetEntry:
    """Return the worksheet of this name; `Refused` for a chart sheet or a missing part."""
    sheet = draft.package.sheet(name)
    check_cells(sheet.name, sheet.kind, sheet.part)
    return sheet


class CellWriter:
    """One batch of writes into one worksheet."""

    def __init__(
        self,
        draft: PackageDraft,
        sheet: SheetEntry,
        styles: DraftStyles,
        layout: SheetLayout | None = None,
    ) -> None:
        self._draft = draft
        self.sheet = sheet
        self._styles = styles
        self.layout = layout or draft.layout(sheet.part)
        self._date1904 = draft.package.date1904
        self.splices: list[Splice] = []
        self._masters: list[Master] = []
        self.formulas_removed = self.formulas_added = False
        self._column_styles: list[tuple[int, int, int]] | None = None
        self._last: tuple[SheetLayout, int, Mapping[int, CellSpan]] = self.layout, 0, {}

    def prepare(self, writes: Mapping[tuple[int, int], Write]) -> None:
        """Work out the splices for these cells; `Refused` when one cannot be written."""
        check_targets(self.layout, self.sheet.name, writes)
        ordered = sorted(writes.items())
        self._write_rows(ordered)
        self.splices += rehome(self.layout, self._masters, writes.keys())
        self.splices += grown_dimension(
            self.layout, [place for place, write in ordered if write.value is not None]
        )

    def follow(self, followed: Followed) -> None:
        """Let the sheet follow a move of rows elsewhere."""
        self.splices += followed.whole()

    def drop(self, cells: Collection[tuple[int, int]]) -> None:
        """Drop the results of cells that are not written."""
        self.splices += dropped(self.layout, cells)

    def _write_rows(self, ordered: Sequence[tuple[tuple[int, int], Write]]) -> None:
        last = ordered[-1][0][0] if ordered else 0
        for number, group in groupby(ordered, key=lambda item: item[0][0]):
            doing(f"rows of {self.sheet.name}", number, last)
            cells = [(column, write) for (_, column), write in group]
            row = self.layout.row(number)
            if row is None:
                self._new_row(number, cells)
            else:
                self._change_row(row, cells)

    def finish(self) -> None:
        """Put the splices into the draft."""
        self._close_gap()
        self._draft.splice(self.sheet.part, self.layout.data, self.splices)

    def _close_gap(self) -> None:
        """Open a self-closed ``<sheetData/>`` around the new rows."""
        tag = self.layout.sheet_data
        if tag.empty:
            rows = [s for s in self.splices if s.start == s.end == tag.end]
            others = [s for s in self.splices if s not in rows]
            if rows:
                body = b"".join(splice.new for splice in rows)
                self.splices = [*others, opened(self.layout, body)]

    # -- rows ----------------------------------------------------------------------------

    def _new_row(self, number: int, cells: list[tuple[int, Write]]) -> None:
        body = b"".join(
            self._cell(number, column, write, self._column_style(column))
            for column, write in cells
            if write.value is not None
        )
        if body:
            name = self.layout.name(b"row")
            at = insertion_point(self.layout, number)
            self.splices.append(Splice(at, at, b'<%s r="%d">%s</%s>' % (name, number, body, name)))

    def _change_row(self, row: RowSpan, cells: list[tuple[int, Write]]) -> None:
        layout = self.layout
        quick = [layout.cell(row, column) for column, _ in cells]
        found = [cell for cell in quick if cell is not None]
        if len(found) == len(cells):
            for cell, (_, write) in zip(found, cells, strict=True):
                self._replace(cell, write)
            return
        spans = self._walked(row)
        new: list[tuple[int, bytes]] = []
        for column, write in cells:
            if column in spans:
                self._replace(spans[column], write)
            elif write.value is not None:
                style = self._row_style(row, column)
                at = self._place_for(row, spans, column)
                new.append((at, self._cell(row.number, column, write, style)))
        if new:
            self._insert(row, new)
            added = [column for column, _ in cells if column not in spans]
            self.splices += grown_spans(layout, row, min(added), max(added))

    def _place_for(self, row: RowSpan, spans: Mapping[int, CellSpan], column: int) -> int:
        """Return where a new cell of a row begins: before the next one, or behind the last."""
        later = min((c for c in spans if c > column), default=None)
        if later is not None:
            return spans[later].tag.start
        return spans[max(spans)].end if spans else row.open_end

    def _insert(self, row: RowSpan, new: Sequence[tuple[int, bytes]]) -> None:
        """Put new cells into a row."""
        layout = self.layout
        if row.open_end == row.end:  # a self-closed row
            tag = layout.row_tag(row)
            name = layout.name(b"row")
            body = b"".join(cell for _, cell in new)
            self.splices.append(Splice(tag.end - 2, tag.end, b">%s</%s>" % (body, name)))
        else:
            self.splices += [Splice(at, at, cell) for at, cell in new]

    # -- cells ---------------------------------------------------------------------------

    def _replace(self, cell: CellSpan, write: Write) -> None:
        if write.value is None and cell.tag.empty:
            return
        kept = self._kept(cell)
        attributes = cell.tag.attributes()
        own = attributes.get(b"s")
        old_style = int(own.value) if own is not None and own.value.isdigit() else 0
        style = self._style(write, old_style)
        head = b"".join(
            b' %s="%s"' % (name, found.value.replace(b'"', b"&quot;"))
            for name, found in attributes.items()
            if name not in {b"r", b"s", b"t", b"cm", b"vm"}
        )
        body = self._content(write)
        new = self._render(cell_name(cell.row, cell.column), style, head, body, kept)
        self.splices.append(Splice(cell.tag.start, cell.end, new))

    def _kept(self, cell: CellSpan) -> bytes:
        """Return what stays of a cell beside its value; a formula that goes is remembered."""
        layout = self.layout
        value = _value_alone(layout.prefix)
        if cell.tag.empty or value.fullmatch(layout.mask, cell.tag.end, cell.content_end):
            return b""
        kept = b""
        for element in layout.children(cell):
            if element.depth:
                continue
            if element.tag.name == b"f":
                self.formulas_removed = True
                master = master_of(layout, cell, element)
                if master is not None:
                    self._masters.append(master)
            elif element.tag.name not in {b"v", b"is"}:
                kept += layout.data[element.tag.start : element.end]
        return kept

    def _cell(self, row: int, column: int, write: Write, base: int) -> bytes:
        body = self._content(write)
        return self._render(cell_name(row, column), self._style(write, base), b"", body, b"")

    def _content(self, write: Write) -> Content:
        if isinstance(write.value, Formula):
            self.formulas_added = True
        return content(write.value, self.layout.prefix, date1904=self._date1904)

    def _render(self, ref: str, style: int, head: bytes, body: Content, kept: bytes) -> bytes:
        name = self.layout.name(b"c")
        attributes = b' r="%s"' % ref.encode()
        if style:
            attributes += b' s="%d"' % style
        if body.kind:
            attributes += b' t="%s"' % body.kind
        inside = body.children + kept
        if not inside:
            return b"<%s%s%s/>" % (name, attributes, head)
        return b"<%s%s%s>%s</%s>" % (name, attributes, head, inside, name)

    # -- styles --------------------------------------------------------------------------

    def _style(self, write: Write, base: int) -> int:
        if write.style is not None:
            base = write.style
        elif write.style_from is not None:
            base = self._style_of(write.style_from)
        value = write.value.cached if isinstance(write.value, Formula) else write.value
        if write.number_format and isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._styles.with_format(base, write.number_format)
        dated = isinstance(value, (dt.date, dt.time))
        theirs = write.style_from is not None or isinstance(write.value, Formula)
        if self._styles.suits(base, value) or (theirs and not dated):
            return base
        return self._styles.with_format(base, write.number_format or default_format(value))

    def _style_of(self, ref: str) -> int:
        number, column = parse_cell(ref)
        row = self.layout.row(number)
        if row is None:
            return self._column_style(column)
        cell = self.layout.cell(row, column) or self._walked(row).get(column)
        return int(cell.tag.get(b"s") or 0) if cell else self._row_style(row, column)

    def _walked(self, row: RowSpan) -> Mapping[int, CellSpan]:
        """Return all cells of a row by column; kept for the next question about this row."""
        layout, number, cells = self._last
        if layout is not self.layout or number != row.number:
            cells = {cell.column: cell for cell in self.layout.cells(row)}
            self._last = self.layout, row.number, cells
        return cells

    def _row_style(self, row: RowSpan, column: int) -> int:
        tag = self.layout.row_tag(row)
        style = tag.get(b"s") or ""
        if is_true(tag.get(b"customFormat")) and style.isdecimal():
            return int(style)
        return self._column_style(column)

    def _column_style(self, column: int) -> int:
        if self._column_styles is None:
            self._column_styles = list(column_styles(self.layout.frame))
        for first, last, style in self._column_styles:
            if first <= column <= last:
                return style
        return 0


def default_format(value: object) -> int:
    """Return the built-in number format for a date, a time, both, or a number."""
    if isinstance(value, dt.time):
        return CLOCK
    if isinstance(value, dt.datetime):
        return DATE_AND_CLOCK
    return SHORT_DATE if isinstance(value, dt.date) else GENERAL


def column_styles(layout: SheetLayout) -> Iterator[tuple[int, int, int]]:
    """Yield (first column, last column, style) of the columns that have a style."""
    for tag in layout.head:
        if tag.name != b"cols" or tag.empty:
            continue
        end = layout.mask.find(b"</" + layout.name(b"cols"), tag.end)
        for element in elements(layout.mask, tag.end, end):
            first, last, style = (element.tag.get(n) or "" for n in (b"min", b"max", b"style"))
            if first.isdecimal() and last.isdecimal() and style.isdecimal():
                yield int(first), int(last), int(style)

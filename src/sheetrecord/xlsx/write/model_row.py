"""The row that appended rows copy: each column's style, and the formulas to fill down."""

from collections.abc import Mapping

from sheetrecord.model.value import Formula
from sheetrecord.xlsx.edits import Value
from sheetrecord.xlsx.formula.names import TableRange
from sheetrecord.xlsx.formula.shared import formula_text
from sheetrecord.xlsx.formula.tokens import parse, translate
from sheetrecord.xlsx.write.block import DataBlock
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.write.set_cells import Write, column_styles
from sheetrecord.xlsx.xml.scanner import Element, text_of
from sheetrecord.xlsx.xml.sheet_layout import CellSpan, RowSpan, SheetLayout


class Model:
    """What a new row of a block looks like."""

    def __init__(self, row: int, styles: dict[int, int], formulas: dict[int, str]) -> None:
        self.row = row
        self._styles = styles
        self.formulas = formulas
        self.attributes = b""
        self.fallback: list[tuple[int, int, int]] = []
        self.columns = {c for c, style in styles.items() if style} | set(formulas)
        """The columns that have a style or a formula of their own."""

    def style(self, column: int) -> int:
        """Return the style of a column's new cells."""
        if column in self._styles:
            return self._styles[column]
        for first, last, style in self.fallback:
            if first <= column <= last:
                return style
        return 0

    def formula(self, column: int, row: int) -> Formula | None:
        """Return the column's formula filled down to a row, or None."""
        text = self.formulas.get(column)
        if text is None:
            return None
        return Formula(translate(text, row - self.row, 0))

    def writes(
        self, row: int, values: Mapping[int, Value], filled: set[int], *, keep: bool
    ) -> dict[int, Write]:
        """Return the writes for a row that exists; ``keep``: its own styles and formulas stay."""
        found = {column: Write(value) for column, value in values.items()}
        if keep:
            return found
        for column in self.columns - filled:
            write = found.get(column) or Write(self.formula(column, row))
            found[column] = write._replace(style=self.style(column))
        return found


def read_model(session: PatchSession, layout: SheetLayout, block: DataBlock) -> Model:
    """Return what the new rows of a block look like."""
    styles: dict[int, int] = {}
    formulas: dict[int, str] = {}
    row = layout.row(block.model) if block.model is not None else None
    if row is not None:
        for cell in layout.cells(row):
            styles[cell.column] = int(cell.tag.get(b"s") or 0)
            text = _formula(session, layout, cell)
            if text is not None:
                formulas[cell.column] = text
    for table in block.tables:
        for column, text in calculated_columns(session.draft, table).items():
            formulas.setdefault(column, text)
    model = Model(block.model or block.last, styles, formulas)
    model.fallback = list(column_styles(layout))
    if row is not None:
        model.attributes = row_attributes(layout, row)
    return model


def row_attributes(layout: SheetLayout, row: RowSpan) -> bytes:
    """Return what a new row takes of this one's tag: its format and its height."""
    attributes = layout.row_tag(row).attributes()
    taken = (b"s", b"customFormat", b"ht", b"customHeight")
    return b"".join(b' %s="%s"' % (n, attributes[n].value) for n in taken if n in attributes)


def _formula(session: PatchSession, layout: SheetLayout, cell: CellSpan) -> str | None:
    for element in [] if cell.tag.empty else layout.children(cell):
        if element.depth == 0 and element.tag.name == b"f":
            kind = element.tag.get(b"t") or "normal"
            if kind in {"array", "dataTable"}:
                session.note(
                    f"The formula in row {cell.row} is an array formula or a data table, which "
                    "is not filled down."
                )
                return None
            return formula_text(layout, cell, element)
    return None


def calculated_columns(draft: PackageDraft, table: TableRange) -> dict[int, str]:
    """Return the formulas of a table's calculated columns that mean the same in every row."""
    data, found = draft.elements(table.part)
    columns = [e for e in found if e.tag.name == b"tableColumn" and e.depth == 2]
    formulas = {}
    for place, column in enumerate(columns):
        inner = [e for e in found if column.tag.start < e.tag.start < column.end]
        text = _text(data, [e for e in inner if e.tag.name == b"calculatedColumnFormula"])
        if text and not parse(text).references:
            formulas[table.area.column + place] = text
    return formulas


def _text(data: bytes, found: list[Element]) -> str:
    return text_of(data[found[0].tag.end : found[0].content_end]) if found else ""

"""A table's own part when rows are appended: its range and its filter grow."""

from sheetrecord.xlsx.addresses import parse_area
from sheetrecord.xlsx.formula.names import TableRange
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.splice import Splice


def grow_table(draft: PackageDraft, table: TableRange, end: int, rows: int) -> None:
    """Grow a table whose data ended at row ``end``; its totals row, if any, has moved below."""
    data, found = draft.elements(table.part)
    splices = []
    for element in found:
        attribute = element.tag.attributes().get(b"ref")
        if attribute is None:
            continue
        area = parse_area(attribute.value.decode())
        if area.last_row - (table.totals_rows if element is found[0] else 0) == end:
            new = area._replace(last_row=area.last_row + rows)
            splices.append(Splice(attribute.start, attribute.end, str(new).encode()))
    draft.splice(table.part, data, splices)

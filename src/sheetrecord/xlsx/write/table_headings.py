"""A table's heading cells: their text is also the column's name in the table's own part."""

from collections.abc import Mapping
from typing import Protocol

from sheetrecord.xlsx.addresses import cell_name
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.names import TableRange, tables_of
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.set_cells import Write
from sheetrecord.xlsx.xml.scanner import escape_attribute
from sheetrecord.xlsx.xml.splice import Splice


class HasDraft(Protocol):
    """Anything with a draft."""

    draft: PackageDraft


def rename_headings(session: HasDraft, sheet: int, writes: Mapping[tuple[int, int], Write]) -> None:
    """Rename the columns of tables whose heading cells change.

    Excel repairs (that is, damages) a table whose headings and cells differ. Refused: a heading
    that is no text, is taken, or is used by a formula under its old name.
    """
    if not writes:
        return
    draft = session.draft
    for table in tables_of(draft, sheet):
        if not table.header_rows:
            continue
        new = {
            column - table.area.column: write.value
            for (row, column), write in writes.items()
            if row == table.area.row and table.area.column <= column <= table.area.last_column
        }
        if new:
            _rename(draft, table, new)


def _rename(draft: PackageDraft, table: TableRange, new: Mapping[int, object]) -> None:
    names = list(table.columns)
    changed = {}
    for place, value in new.items():
        where = cell_name(table.area.row, table.area.column + place)
        if not isinstance(value, str) or not value:
            raise Refused(
                "table-heading",
                f"{where} is a heading of the table {table.name!r}: give it a text.",
            )
        if place < len(names) and names[place] != value:
            changed[place] = names[place]
            names[place] = value
    if not changed:
        return
    lowered = [name.lower() for name in names]
    if len(set(lowered)) < len(lowered):
        raise Refused(
            "table-heading",
            f"The table {table.name!r} would have two columns of the same name: choose another.",
        )
    _refuse_used(draft, table, set(changed.values()))
    data, found = draft.elements(table.part)
    columns = [e for e in found if e.tag.name == b"tableColumn" and e.depth == 2]
    splices = []
    for place in changed:
        attribute = columns[place].tag.attributes()[b"name"]
        text = escape_attribute(names[place].replace("\n", "_x000a_"))
        splices.append(Splice(attribute.start, attribute.end, text))
    draft.splice(table.part, data, splices)


def _refuse_used(draft: PackageDraft, table: TableRange, old: set[str]) -> None:
    """Refuse when any part that holds formulas mentions an old heading in brackets."""
    for name in draft.names():
        if not name.lower().endswith(".xml"):
            continue
        data = draft.read(name)
        for heading in old:
            escaped = escape_attribute(heading.replace("'", "''").replace("#", "'#"))
            if any(b"%s]" % text in data for text in {escaped, escape_attribute(heading)}):
                raise Refused(
                    "table-heading",
                    f"The heading {heading!r} of the table {table.name!r} is used in formulas: "
                    "rename it in Excel, which changes them too.",
                )

"""The texts of a sheet's formulas in some columns, without reading anything else of it."""

from collections.abc import Collection, Iterator

from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.archive.members import Container, Source
from sheetrecord.xlsx.formula.cells import attribute, entries
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.scanner import text_of
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout


def formula_texts(
    source: Source, sheet: str, columns: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the formulas in these columns, in file order.

    Of a shared formula each member has the text of the first, as that stands there. Raises
    `Refused` and, for a path, `OSError`.
    """
    draft = PackageDraft(Container.open(source))
    part = draft.package.sheet(sheet).part
    layout = draft.pages(part) or SheetLayout(draft.text(part))
    draft.close()
    wanted = {column_letters(column).encode(): column for column in columns}
    shared: dict[bytes, bytes] = {}
    for some in entries(layout):
        for letters, row, attributes, own in some:
            text = own
            if attributes and b"shared" in attributes:
                text = shared.setdefault(attribute(attributes, b"si"), own)
            if letters in wanted:
                yield int(row), wanted[letters], text_of(own or text)

"""Add a worksheet at the end of a workbook, or remove one that nothing else refers to."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.model.book import quoted
from sheetrecord.model.sheet_style import SheetStyle
from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.archive.compressed import Packed, held
from sheetrecord.xlsx.edits import AddSheet, RemoveSheet, Value
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.tokens import parse, sheet_names
from sheetrecord.xlsx.package import SheetEntry
from sheetrecord.xlsx.write.cell_xml import text_length
from sheetrecord.xlsx.write.defined_names import scoped_name
from sheetrecord.xlsx.write.draft import STRICT_RELS, PackageDraft, into
from sheetrecord.xlsx.write.drop_results import calculate_on_load, drop_calc_chain
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.write.set_cells import Write, worksheet
from sheetrecord.xlsx.xml.scanner import Element, escape_attribute, text_of
from sheetrecord.xlsx.xml.sheet_layout import MAIN, STRICT
from sheetrecord.xlsx.xml.splice import Splice

SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LAST_ROW: Final = 1_048_576
"""An area down to here is one of whole columns: programs print it as far as it is filled."""
_BAD_NAME: Final = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")
OWNED: Final = frozenset(
    ("comments", "vmlDrawing", "threadedComment", "printerSettings", "table", "drawing", "ctrlProp")
)


def check_name(draft: PackageDraft, name: str) -> None:
    """Raise `Refused` when Excel would not take the name or it is taken."""
    if not name.strip() or text_length(name) > 31 or _BAD_NAME.search(name):
        raise Refused(
            "sheet-name",
            f"{name!r} cannot name a sheet: use 1 to 31 characters, none of [ ] : * ? / \\.",
        )
    if name.lower() == "history" or any(
        sheet.name.lower() == name.lower() for sheet in draft.package.sheets
    ):
        raise Refused("sheet-name", f"The name {name!r} is taken: choose another.")


def add_sheet(session: PatchSession, edit: AddSheet) -> None:
    """Add a worksheet. Rows without a style are written as `SetCell` would write them.

    They wait until other cells are written or sheets change (`PatchSession.write_later`).
    """
    draft = session.draft
    check_name(draft, edit.name)
    workbook = draft.package.workbook_part
    data, found = draft.elements(workbook)
    strict = STRICT in data[:4096]
    part = _styled(session, edit, strict=strict) if edit.style else _empty_sheet(strict=strict)
    folder = workbook.rpartition("/")[0]
    name = draft.free_name(f"{folder}/worksheets/sheet" if folder else "worksheets/sheet", ".xml")
    draft.add_part(name, part, SHEET_TYPE)
    del part
    rel_id = draft.relate(workbook, "worksheet", name)
    _list_sheet(draft, edit, rel_id, strict=strict)
    if edit.style and edit.style.printed and edit.style.heads:
        _print_names(draft, edit.name, edit.style)
    _note_structure(session, found)
    if edit.rows and not edit.style:
        session.later[len(draft.package.sheets) - 1] = _writes(edit.rows)


def _styled(session: PatchSession, edit: AddSheet, *, strict: bool) -> bytes | Packed:
    """Return the XML of a new sheet that has a style."""
    from sheetrecord.xlsx.write.new_sheet import NewSheet, looks_of
    from sheetrecord.xlsx.write.new_styles import numbers_of

    package = session.draft.package
    numbers = numbers_of(session, looks_of(edit.style)) if edit.style else {}
    titles = [sheet.name for sheet in package.sheets]
    new = NewSheet(edit, numbers, titles, date1904=package.date1904, strict=strict)
    part = held(new.pieces())
    if new.formulas:
        calculate_on_load(session.draft)
    return part


def _writes(rows: Sequence[Sequence[Value]]) -> dict[tuple[int, int], Write]:
    return {
        (number, column): Write(value)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if value is not None
    }


def _empty_sheet(*, strict: bool) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<worksheet xmlns="%s"><sheetData/></worksheet>' % (STRICT if strict else MAIN)
    )


def _list_sheet(draft: PackageDraft, edit: AddSheet, rel_id: str, *, strict: bool) -> None:
    workbook = draft.package.workbook_part
    data, found = draft.elements(workbook)
    sheets = next(e for e in found if e.tag.name == b"sheets")
    known = [e for e in found if e.tag.name == b"sheet" and e.depth == 2]
    prefix = sheets.tag.prefix + b":" if sheets.tag.prefix else b""
    number = max((int(e.tag.get(b"sheetId") or 0) for e in known), default=0) + 1
    uri = STRICT_RELS[:-1] if strict else RELATIONSHIPS
    new = b'<%ssheet name="%s" sheetId="%d"%s xmlns:r="%s" r:id="%s"/>' % (
        prefix,
        escape_attribute(edit.name),
        number,
        b' state="hidden"' if edit.hidden else b"",
        uri.encode(),
        rel_id.encode(),
    )
    draft.splice(workbook, data, [into(sheets, new)])


def _print_names(draft: PackageDraft, title: str, style: SheetStyle) -> None:
    """Say what of a sheet is printed: its columns, and the last head on every page.

    Source: ECMA-376 part 1 section 18.2.5 (names of a sheet's own). Where another sheet names an
    area, LibreOffice prints no sheet that names none.
    """
    workbook = draft.package.workbook_part
    last, row = column_letters(max(len(style.columns), 1)), len(style.heads)
    for name, place in (
        ("Print_Area", f"$A$1:${last}${_LAST_ROW}"),
        ("Print_Titles", f"${row}:${row}"),
    ):
        data, found = draft.elements(workbook)
        index = len([e for e in found if e.tag.name == b"sheet" and e.depth == 2]) - 1
        new = scoped_name(found, f"_xlnm.{name}", index, f"{quoted(title)}!{place}")
        draft.splice(workbook, data, [new])


def _note_structure(session: PatchSession, found: list[Element]) -> None:
    if any(e.tag.name == b"workbookProtection" for e in found):
        session.note("The workbook's structure is protected; it was changed and stays protected.")


def remove_sheet(session: PatchSession, edit: RemoveSheet) -> None:
    """Remove a worksheet; `Refused` when something refers to it or no visible sheet is left."""
    draft = session.draft
    sheet = worksheet(draft, edit.name)
    index = session.index(edit.name)
    visible = [s for s in draft.package.sheets if s.state == "visible" and s is not sheet]
    if not visible:
        raise Refused("last-sheet", f"{edit.name!r} is the last visible sheet: add another first.")
    _refuse_used(draft, sheet, index)
    text = draft.text(sheet.part)
    workbook = draft.package.workbook_part
    data, found = draft.elements(workbook)
    _note_structure(session, found)
    splices = _unlisted(found, sheet, index)
    splices += _scoped_names(found, index)
    for rel in draft.package.relationships(sheet.part):
        if rel.kind in OWNED and not rel.external and draft.find(rel.target):
            draft.remove_part(rel.target)
    rels = [r for r in draft.package.relationships(workbook) if r.id == sheet.rel_id]
    draft.splice(workbook, data, splices)
    for rel in rels:
        draft.unrelate(workbook, rel)
    draft.remove_part(sheet.part)
    if b"<f" in text or b":f" in text:
        drop_calc_chain(draft)
        calculate_on_load(draft)


def _unlisted(found: list[Element], sheet: SheetEntry, index: int) -> list[Splice]:
    splices = []
    for element in found:
        tag = element.tag
        if tag.name == b"sheet" and tag.local(b"id") == sheet.rel_id:
            splices.append(Splice(tag.start, element.end, b""))
        for name in (b"activeTab", b"firstSheet"):
            attribute = tag.attributes().get(name) if tag.name == b"workbookView" else None
            if attribute is not None and int(attribute.value) >= max(1, index):
                new = b"%d" % (int(attribute.value) - 1)
                splices.append(Splice(attribute.start, attribute.end, new))
    return splices


def _scoped_names(found: list[Element], index: int) -> list[Splice]:
    splices = []
    names = [e for e in found if e.tag.name == b"definedName"]
    for element in names:
        scope = element.tag.attributes().get(b"localSheetId")
        if scope is None:
            continue
        if int(scope.value) == index:
            splices.append(Splice(element.tag.start, element.end, b""))
        elif int(scope.value) > index:
            splices.append(Splice(scope.start, scope.end, b"%d" % (int(scope.value) - 1)))
    holder = next((e for e in found if e.tag.name == b"definedNames"), None)
    if holder is not None and all(int(e.tag.get(b"localSheetId") or -1) == index for e in names):
        return [Splice(holder.tag.start, holder.end, b"")]
    return splices


def _refuse_used(draft: PackageDraft, sheet: SheetEntry, index: int) -> None:
    """Refuse when a formula, a name, a chart, a pivot or a link outside the sheet names it."""
    order = [s.name.lower() for s in draft.package.sheets]
    own = {sheet.part.lower()} | {
        rel.target.lower() for rel in draft.package.relationships(sheet.part)
    }
    for part in draft.names():
        lower = part.lower()
        if not lower.endswith((".xml", ".vml")) or lower in own or lower.startswith("docprops/"):
            continue
        if lower.endswith(("sharedstrings.xml", "styles.xml")) or "/theme/" in lower:
            continue
        data = draft.text(part)
        if escape_attribute(sheet.name) not in data and b":" not in data:
            continue
        if _mentions(draft, part, index, order):
            raise Refused(
                "sheet-used",
                f"The sheet {sheet.name!r} is used by formulas, names, charts or pivot tables "
                "elsewhere: change those first.",
            )


def _mentions(draft: PackageDraft, part: str, index: int, order: list[str]) -> bool:
    data, found = draft.elements(part)
    for element in found:
        tag = element.tag
        if tag.name == b"definedName" and tag.get(b"localSheetId") == str(index):
            continue
        if tag.name in {b"worksheetSource", b"rangeSet"}:
            if (tag.get(b"sheet") or "").lower() == order[index]:
                return True
            continue
        if any(_names(text_of(raw), index, order) for raw in _references(data, element)):
            return True
    return False


def _references(data: bytes, element: Element) -> Iterator[bytes]:
    """Yield an element's texts that may name a sheet."""
    tag = element.tag
    texts = [data[tag.end : element.content_end]] if not tag.empty else []
    texts += [a.value for name, a in tag.attributes().items() if name in {b"location", b"val"}]
    yield from (raw for raw in texts if b"!" in raw and b"<" not in raw)


def _names(text: str, index: int, order: list[str]) -> bool:
    formula = parse(text)
    prefixes = [r.prefix for r in formula.references] + [w.prefix for w in formula.words]
    for prefix in filter(None, prefixes):
        names = sheet_names(prefix)
        places = [order.index(n.lower()) for n in names or () if n.lower() in order]
        if places and min(places) <= index <= max(places):
            return True
    return False

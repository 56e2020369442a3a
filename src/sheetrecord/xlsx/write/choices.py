"""What a drop-down offers: the range in ``formula1`` of a data validation, or of its extension.

Source: ECMA-376 part 1 section 18.3.1.32 (dataValidation); MS-XLSX 2.6.4 (the one of Excel 2010,
whose formula stands in an ``f`` of its own).
"""

from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.edits import SetChoices
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.scanner import Element, escape, text_of
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice

_RULE: Final = b"dataValidation"
_LIST: Final = frozenset((b"formula1", b"f"))


def set_choices(session: PatchSession, edit: SetChoices) -> None:
    """Let drop-downs of any worksheet offer another range; where none offers it, do nothing."""
    for sheet in session.draft.package.sheets:
        if sheet.kind != "worksheet" or not sheet.part:
            continue
        rows = session.rows(sheet.part)
        if splices := list(_splices(rows.frame, edit)):
            session.splice_around(sheet.name, rows, *splices)


def _splices(layout: SheetLayout, edit: SetChoices) -> Iterator[Splice]:
    within: Element | None = None
    for element in layout.tail():
        if element.tag.name == _RULE:
            within = element if element.tag.get(b"type") == "list" else None
        offers = element.tag.name in _LIST and not element.tag.empty
        if within is None or not offers or element.tag.start >= within.end:
            continue
        inside = layout.data[element.tag.end : element.content_end]
        if b"<" not in inside and _plain(text_of(inside)) == _plain(edit.was):
            yield Splice(element.tag.end, element.content_end, escape(edit.now))


def _plain(text: str) -> str:
    """Return a range as it is compared: sheets that need no quotes may have them."""
    return text.strip().lstrip("=").replace("'", "").casefold()

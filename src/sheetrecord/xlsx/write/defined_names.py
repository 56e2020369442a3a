"""Defined names of the whole workbook: set, change, remove.

Source: ECMA-376 part 1 section 18.2.5 (definedName) and 18.2.6 (definedNames).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from sheetrecord.xlsx.edits import SetName
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.write.draft import PackageDraft, into
from sheetrecord.xlsx.write.drop_results import calculate_on_load
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.scanner import Element, escape
from sheetrecord.xlsx.xml.splice import Splice

_NAME: Final = re.compile(r"(?:[^\W\d]|\\)[\w.?\\]{0,254}")
_TAKEN: Final = frozenset({"true", "false"})
_CELL: Final = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}|[Rr][0-9]*[Cc]?[0-9]*|[Cc][0-9]*")
_BEFORE: Final = frozenset((b"sheets", b"functionGroups", b"externalReferences"))
"""What comes right before ``definedNames`` in a workbook part (section 18.2.27)."""


def set_names(session: PatchSession, edits: Sequence[SetName]) -> None:
    """Set, add or (None) remove names; formulas that use them are calculated when next opened."""
    draft = session.draft
    part = draft.package.workbook_part
    changed, left = [], list(edits)
    while left:
        data, found = draft.elements(part)
        open_ = any(e.tag.name == b"definedNames" and not e.tag.empty for e in found)
        group = left[: _together(left) if open_ else 1]
        left = left[len(group) :]
        splices = [(edit.name, _splices(data, found, edit)) for edit in group]
        draft.splice(part, data, [splice for _, each in splices for splice in each])
        changed += [name for name, each in splices if each]
    if changed and _used(draft, changed):
        calculate_on_load(draft)


def _together(edits: Sequence[SetName]) -> int:
    """Return how many edits can be spliced in at once: different names, none of them removed."""
    seen: set[str] = set()
    for place, edit in enumerate(edits):
        if edit.text is None or edit.name.lower() in seen:
            return max(1, place)
        seen.add(edit.name.lower())
    return len(edits)


def _splices(data: bytes, found: list[Element], edit: SetName) -> list[Splice]:
    own = edit.name.lower() in _TAKEN or edit.name.lower().startswith("_xlnm.")
    if not _NAME.fullmatch(edit.name) or _CELL.fullmatch(edit.name) or own:
        raise Refused("name", f"{edit.name!r} cannot name cells: use letters, digits and _.")
    old = [e for e in found if e.tag.name == b"definedName" and _is(e, edit.name)]
    if edit.text is None:
        return _gone(found, old)
    prefix = _prefix(found)
    new = b'<%sdefinedName name="%s">%s</%sdefinedName>' % (
        prefix,
        edit.name.encode(),
        escape(edit.text),
        prefix,
    )
    if old:
        same = data[old[0].tag.start : old[0].end] == new
        return [] if same else [Splice(old[0].tag.start, old[0].end, new)]
    return [_among(found, new)]


def _gone(found: list[Element], old: list[Element]) -> list[Splice]:
    """Return what takes names away, and the list of names with the last of them."""
    names = [e for e in found if e.tag.name == b"definedName"]
    around = _list(found)
    if around is not None and old and len(old) == len(names):
        return [Splice(around.tag.start, around.end, b"")]
    return [Splice(e.tag.start, e.end, b"") for e in old]


def _list(found: list[Element]) -> Element | None:
    return next((e for e in found if e.tag.name == b"definedNames"), None)


def _prefix(found: list[Element]) -> bytes:
    root = found[0].tag
    return root.prefix + b":" if root.prefix else b""


def scoped_name(found: list[Element], name: str, index: int, text: str) -> Splice:
    """Return what adds a name that belongs to one sheet, counted from 0."""
    prefix = _prefix(found)
    new = b'<%sdefinedName name="%s" localSheetId="%d">%s</%sdefinedName>' % (
        prefix,
        name.encode(),
        index,
        escape(text),
        prefix,
    )
    return _among(found, new)


def _among(found: list[Element], new: bytes) -> Splice:
    """Return what puts a new name behind the others, or begins the list of them."""
    prefix, around = _prefix(found), _list(found)
    if around is not None:
        return into(around, new)
    last = [e for e in found if e.depth == 1 and e.tag.name in _BEFORE]
    at = last[-1].end if last else found[0].tag.end
    whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, new, prefix)
    return Splice(at, at, whole)


def _is(element: Element, name: str) -> bool:
    tag = element.tag
    return tag.get(b"localSheetId") is None and (tag.get(b"name") or "").lower() == name.lower()


def _used(draft: PackageDraft, names: Sequence[str]) -> bool:
    """Return whether any sheet contains one of the names, most likely in a formula."""
    wanted = [name.lower().encode() for name in names]
    begin = _common_begin(min(wanted), max(wanted))
    return any(
        begin in text and any(word in text for word in wanted)
        for sheet in draft.package.sheets
        if sheet.part
        for text in _lowered(draft, sheet.part, max(map(len, wanted)))
    )


def _lowered(draft: PackageDraft, part: str, longest: int) -> Iterator[bytes]:
    """Yield a sheet in lower case; a word of ``longest`` bytes is whole in one of the pieces."""
    if draft.pages(part) is None:
        yield draft.text(part).lower()
        return
    held = b""
    for chunk in draft.chunks(part):
        held = held[max(0, len(held) - longest + 1) :] + bytes(chunk).lower()
        yield held


def _common_begin(first: bytes, last: bytes) -> bytes:
    """Return how all words begin of which these are the first and the last in their order."""
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    )
    return first[:same]

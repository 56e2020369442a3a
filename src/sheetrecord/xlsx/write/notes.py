"""Notes on cells (classic comments): the text in a comments part, the box in a VML drawing.

Sources: ECMA-376 part 1 section 18.7 (comments), part 4 section 19 (VML).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from sheetrecord.xlsx.addresses import parse_cell
from sheetrecord.xlsx.edits import RemoveNote, SetNote
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.write.cell_xml import MAX_TEXT, escape_text, text_length
from sheetrecord.xlsx.write.draft import STRICT_RELS, PackageDraft, into
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.scanner import Element, escape_attribute, text_of
from sheetrecord.xlsx.xml.sheet_layout import MAIN, STRICT
from sheetrecord.xlsx.xml.splice import Splice

Place: TypeAlias = tuple[int, int]
Wanted: TypeAlias = dict[Place, SetNote | RemoveNote]

COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
AFTER_DRAWING: Final = frozenset(
    (
        b"legacyDrawingHF",
        b"drawingHF",
        b"picture",
        b"oleObjects",
        b"controls",
        b"webPublishItems",
        b"tableParts",
        b"extLst",
    )
)
_SHAPE: Final = re.compile(rb"<v:shape\s.*?</v:shape\s*>", re.DOTALL)
_PLACE: Final = re.compile(rb"<x:Row>\s*([0-9]+)\s*</x:Row>\s*<x:Column>\s*([0-9]+)\s*</x:Column>")
_SHAPE_ID: Final = re.compile(rb"_x0000_s([0-9]+)")
VML_HEAD: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    b'xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>\n'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n</xml>'
)


def write_notes(session: PatchSession, edits: Sequence[SetNote | RemoveNote]) -> None:
    """Put and remove notes, each part read and written once; a cell's last edit counts.

    `Refused` for a text no note can hold, and for a cell with a conversation.
    """
    by_sheet: dict[int, Wanted] = {}
    for edit in edits:
        if isinstance(edit, SetNote) and not 0 < text_length(edit.text) <= MAX_TEXT:
            raise Refused("note", "A note holds 1 to 32,767 characters: change its text.")
        by_sheet.setdefault(session.index(edit.sheet), {})[parse_cell(edit.ref)] = edit
    for index, wanted in by_sheet.items():
        _write_sheet(session, index, wanted)


def _write_sheet(session: PatchSession, index: int, wanted: Wanted) -> None:
    draft = session.draft
    sheet = draft.package.sheets[index].part
    added = {cell: edit for cell, edit in wanted.items() if isinstance(edit, SetNote)}
    part = draft.package.related(sheet, "comments")
    if part is None and not added:
        return
    _refuse_threads(draft, sheet, wanted)
    _write_comments(draft, part or _new_comments(draft, sheet), added, wanted)
    if added or draft.package.related(sheet, "vmlDrawing") is not None:
        _write_shapes(draft, index, sheet, wanted)


def _note_at(shape: bytes) -> tuple[int, int] | None:
    match = _PLACE.search(shape)
    if match is None or not re.search(rb"""ObjectType=["']Note["']""", shape):
        return None
    return int(match[1]) + 1, int(match[2]) + 1


def _refuse_threads(draft: PackageDraft, part: str, cells: Collection[Place]) -> None:
    for rel in draft.package.relationships(part):
        if rel.kind != "threadedComment" or not draft.find(rel.target):
            continue
        for element, _ in draft.package.elements(rel.target):
            if element.tag.name != b"threadedComment":
                continue
            ref = element.tag.get(b"ref") or "A1"
            if parse_cell(ref) in cells:
                raise Refused(
                    "threaded-comment",
                    f"{ref} has a conversation, not a note: answer it in Excel.",
                )


def _new_comments(draft: PackageDraft, sheet_part: str) -> str:
    strict = STRICT in draft.text(sheet_part)[:4096]
    name = draft.free_name("xl/comments", ".xml")
    body = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s">'
        b"<authors></authors><commentList></commentList></comments>" % (STRICT if strict else MAIN)
    )
    return draft.add_related(sheet_part, "comments", (name, body, COMMENTS_TYPE))[0]


def _write_comments(
    draft: PackageDraft, part: str, added: Mapping[Place, SetNote], wanted: Collection[Place]
) -> None:
    data, found = draft.elements(part)
    prefix = _prefix(found[0])
    by_name = {e.tag.name: e for e in found if e.depth == 1}
    if b"authors" not in by_name or b"commentList" not in by_name:
        raise corrupt(part, "its authors or its notes are missing")
    known = [text_of(data[e.tag.end : e.content_end]) for e in found if e.tag.name == b"author"]
    names = dict.fromkeys(edit.author for edit in added.values() if edit.author not in known)
    authors = [*known, *names]
    new = {cell: _comment(prefix, edit, authors.index(edit.author)) for cell, edit in added.items()}
    comments = [e for e in found if e.tag.name == b"comment" and _cell_of(e) in wanted]
    # The first of two notes on a cell gives its place to the new one.
    splices = [Splice(e.tag.start, e.end, new.pop(_cell_of(e), b"")) for e in comments]
    if new:
        splices.append(into(by_name[b"commentList"], b"".join(new.values())))
    if names:
        splices.append(into(by_name[b"authors"], _authors(prefix, names)))
    draft.splice(part, data, splices)


def _prefix(root: Element) -> bytes:
    return root.tag.prefix + b":" if root.tag.prefix else b""


def _cell_of(comment: Element) -> Place:
    return parse_cell(comment.tag.get(b"ref") or "")


def _authors(prefix: bytes, names: Iterable[str]) -> bytes:
    return b"".join(
        b"<%sauthor>%s</%sauthor>" % (prefix, escape_text(name), prefix) for name in names
    )


def _comment(prefix: bytes, edit: SetNote, author: int) -> bytes:
    ref = edit.ref.replace("$", "").upper().encode()
    return (
        b'<%scomment ref="%s" authorId="%d">' % (prefix, ref, author)
        + b'<%stext><%st xml:space="preserve">' % (prefix, prefix)
        + escape_text(edit.text)
        + b"</%st></%stext></%scomment>" % (prefix, prefix, prefix)
    )


def _write_shapes(draft: PackageDraft, index: int, sheet_part: str, wanted: Wanted) -> None:
    """Give every new note its box, and take the boxes of removed ones away."""
    vml = _vml_part(draft, index, sheet_part)
    text = draft.text(vml)
    gone = {cell for cell, edit in wanted.items() if isinstance(edit, RemoveNote)}
    missing = dict.fromkeys(cell for cell in wanted if cell not in gone)

    def kept(match: re.Match[bytes]) -> bytes:
        cell = _note_at(match[0])
        if cell in missing:
            del missing[cell]
        return b"" if cell in gone else match[0]

    new = _SHAPE.sub(kept, text)
    end = new.rfind(b"</xml")
    if end < 0:
        raise corrupt(vml, "it does not end as a drawing of notes")
    used = [int(number) for number in _SHAPE_ID.findall(new)]
    first = max(used, default=(index + 1) * 1024) + 1
    boxes = b"".join(_shape(number, *cell) for number, cell in enumerate(missing, first))
    new = new[:end] + boxes + new[end:]
    if new != text:
        draft.put(vml, new)


def _vml_part(draft: PackageDraft, index: int, sheet_part: str) -> str:
    layout = draft.layout(sheet_part)
    tail = layout.tail()
    rels = {rel.id: rel for rel in draft.package.relationships(sheet_part)}
    for element in tail:
        if element.tag.name == b"legacyDrawing" and element.depth == 0:
            rel = rels.get(element.tag.local(b"id") or "")
            if rel is None or rel.external:
                raise corrupt(sheet_part, "it names a drawing of notes that is not listed")
            if draft.find(rel.target) is None:
                draft.put(rel.target, VML_HEAD % (index + 1))
                draft.declare_extension("vml", VML_TYPE)
            return rel.target
    name = draft.free_name("xl/drawings/vmlDrawing", ".vml")
    draft.put(name, VML_HEAD % (index + 1))
    draft.declare_extension("vml", VML_TYPE)
    rel_id = draft.relate(sheet_part, "vmlDrawing", name)
    later = [e.tag.start for e in tail if e.depth == 0 and e.tag.name in AFTER_DRAWING]
    at = min(later, default=layout.tail_end)
    strict = STRICT in layout.data[: layout.root.end]
    uri = STRICT_RELS[:-1] if strict else _RELATIONSHIPS
    new = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (
        layout.prefix,
        escape_attribute(uri),
        rel_id.encode(),
    )
    draft.splice(sheet_part, layout.data, [Splice(at, at, new)])
    return name


_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _shape(number: int, row: int, column: int) -> bytes:
    """Return the box of a note: hidden, beside its cell, the size Excel gives it."""
    top = max(0, row - 2)
    anchor = b"%d, 15, %d, 10, %d, 15, %d, 4" % (column, top, column + 2, top + 4)
    return (
        b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        b'xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        b'id="_x0000_s%d" type="#_x0000_t202" style=\'position:absolute;'
        b"margin-left:60pt;margin-top:2pt;width:108pt;height:60pt;z-index:%d;visibility:hidden' "
        b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        b"<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
        b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        b"<x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row>"
        b"<x:Column>%d</x:Column></x:ClientData></v:shape>\n"
    ) % (number, number % 1024 + 1, anchor, row - 1, column - 1)

"""New cell formats for a new sheet: fonts, fills and wrapping, added where they are not yet.

Source: ECMA-376 part 1 section 18.8 (styles): fonts, fills and the cell formats made of them.
"""

import re
from collections.abc import Sequence
from typing import Final

from sheetrecord.xlsx.edits import Look
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.write.draft import into
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.write.styles import DraftStyles
from sheetrecord.xlsx.xml.scanner import Element
from sheetrecord.xlsx.xml.splice import Splice

_FORMATS: Final = {"date": 14, "money": 4}
"""The built-in number format of each kind (ECMA-376 part 1 section 18.8.30)."""
_COLOUR: Final = re.compile(r"[0-9A-Fa-f]{6}")


def numbers_of(session: PatchSession, looks: Sequence[Look]) -> dict[Look, int]:
    """Return the style number of each look in the workbook; new looks are added."""
    if not looks:
        return {}
    session.styles.flush()
    session.styles.count()  # makes a styles part when there is none
    numbers = dict(zip(looks, _added(session, looks), strict=True))
    session.styles = DraftStyles(session.draft)
    return numbers


def _added(session: PatchSession, looks: Sequence[Look]) -> list[int]:
    """Return the cell format of each look, added to the styles part unless it is there."""
    draft = session.draft
    name = draft.package.styles
    if name is None:
        raise Refused("styles", "The workbook has no formats: save it in Excel, and retry.")
    data, found = draft.elements(name)
    root = found[0].tag
    prefix = root.prefix + b":" if root.prefix else b""
    fonts, fills, formats = (
        _List(data, found, prefix + kind) for kind in (b"fonts", b"fills", b"cellXfs")
    )
    rules = [look for look in looks if look.rule]
    kept = (
        _List(data, found, prefix + b"dxfs", after=(b"cellStyles", b"cellXfs")) if rules else None
    )
    numbers = []
    for look in looks:
        if look.rule and kept:
            numbers.append(kept.place(_rule(look, prefix)))
            continue
        font = fonts.place(_font(look, fonts.items[0] if fonts.items else b"", prefix))
        fill = fills.place(_fill(look, prefix)) if look.fill else 0
        numbers.append(formats.place(_format(look, font, fill, prefix)))
    lists = (fonts, fills, formats, kept) if kept else (fonts, fills, formats)
    splices = [splice for each in lists for splice in each.splices()]
    draft.splice(name, data, splices)
    return numbers


class _List:
    """One list of the styles part: what is in it, and what is to be added.

    A list that is not there is made behind the first of ``after``; without one it must be there.
    """

    def __init__(
        self, data: bytes, found: list[Element], name: bytes, after: Sequence[bytes] = ()
    ) -> None:
        self.name = name
        top = {e.tag.name: e for e in found if e.depth == 1}
        self.around = top.get(name.rpartition(b":")[2])
        self.behind = next((top[other].end for other in after if other in top), 0)
        if self.around is None and not self.behind:
            raise Refused("styles", "The workbook's formats cannot be read: save it in Excel.")
        first, last = (self.around.tag.end, self.around.end) if self.around else (0, 0)
        self.items = [
            data[e.tag.start : e.end] for e in found if e.depth == 2 and first <= e.tag.start < last
        ]
        self.known = len(self.items)

    def place(self, item: bytes) -> int:
        """Return the number of an item, added when it is new."""
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)

    def splices(self) -> list[Splice]:
        """Return the splices that add what is new."""
        if len(self.items) == self.known:
            return []
        if self.around is None:
            inside = b"".join(self.items)
            text = b'<%s count="%d">%s</%s>' % (self.name, len(self.items), inside, self.name)
            return [Splice(self.behind, self.behind, text)]
        new = [into(self.around, b"".join(self.items[self.known :]))]
        count = self.around.tag.attributes().get(b"count")
        if count is not None:
            new.append(Splice(count.start, count.end, b"%d" % len(self.items)))
        return new


def _font(look: Look, plain: bytes, prefix: bytes) -> bytes:
    """Return a font like the workbook's plain one but for what the look asks."""
    size = re.search(rb'<(?:\w+:)?sz\s+val="([0-9.]+)"', plain)
    name = re.search(rb'<(?:\w+:)?name\s+val="([^"<]+)"', plain)
    points = b"%g" % look.size if look.size else size[1] if size else b"11"
    inside = b"<%sb/>" % prefix if look.bold else b""
    inside += b"<%su/>" % prefix if look.underline else b""
    inside += b'<%ssz val="%s"/>' % (prefix, points)
    if look.colour:
        inside += b'<%scolor rgb="FF%s"/>' % (prefix, _colour(look.colour))
    inside += b'<%sname val="%s"/>' % (prefix, name[1] if name else b"Calibri")
    return b"<%sfont>%s</%sfont>" % (prefix, inside, prefix)


def _fill(look: Look, prefix: bytes) -> bytes:
    return (
        b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FF%s"/>'
        b'<%sbgColor indexed="64"/></%spatternFill></%sfill>'
    ) % (prefix, prefix, prefix, _colour(look.fill), prefix, prefix, prefix)


def _rule(look: Look, prefix: bytes) -> bytes:
    """Return what a conditional format changes (ECMA-376 part 1 section 18.8.14, dxf)."""
    bold = b"<%sb/>" % prefix if look.bold else b""
    colour = b'<%scolor rgb="FF%s"/>' % (prefix, _colour(look.colour))
    return b"<%sdxf><%sfont>%s%s</%sfont></%sdxf>" % (
        prefix, prefix, bold, colour, prefix, prefix,
    )  # fmt: skip


def _format(look: Look, font: int, fill: int, prefix: bytes) -> bytes:
    wrap = b' wrapText="1"' if look.wrap else b""
    side = b' horizontal="right"' if look.right else b""
    known = _FORMATS.get(look.kind, 0)
    number = b'%d" applyNumberFormat="1' % known if known else b"0"
    return (
        b'<%sxf numFmtId="%s" fontId="%d" fillId="%d" borderId="0" xfId="0" applyFont="1"'
        b' applyFill="1" applyAlignment="1"><%salignment%s vertical="top"%s/></%sxf>'
    ) % (prefix, number, font, fill, prefix, side, wrap, prefix)


def _colour(text: str) -> bytes:
    if not _COLOUR.fullmatch(text):
        raise Refused("look", f"{text!r} is not a colour: use six hexadecimal digits.")
    return text.upper().encode()

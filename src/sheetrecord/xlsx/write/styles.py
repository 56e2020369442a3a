"""The cell formats of a workbook: which show dates, and new ones derived from those there.

Source: ECMA-376 part 1 section 18.8 (styles), 18.8.30 (number formats).
"""

import datetime as dt
import re
from typing import Final

from sheetrecord.xlsx.dates import DATE, NUMBER, TIME, built_in_kind, format_kind
from sheetrecord.xlsx.write.draft import PackageDraft, into
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.scanner import Element, escape_attribute
from sheetrecord.xlsx.xml.splice import Splice

FIRST_CUSTOM: Final = 164
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
BUILT_IN: Final = {
    "general": 0,
    "0": 1,
    "0.00": 2,
    "#,##0": 3,
    "#,##0.00": 4,
    "0%": 9,
    "0.00%": 10,
    "@": 49,
}
MINIMAL: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b"</styleSheet>"
)
STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class DraftStyles:
    """The cell formats of a draft; new ones are kept until `flush`."""

    def __init__(self, draft: PackageDraft) -> None:
        self._draft = draft
        self._part = draft.package.styles
        self._new: list[bytes] = []
        self._new_formats: dict[str, int] = {}
        self._ids: list[int] = []
        self._xfs: list[bytes] = []
        self._codes: dict[int, str] = {}
        self._loaded = False

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        if self._part is None:
            self._part = self._create()
        self._data, self._elements = self._draft.elements(self._part)
        inside = b""
        for element in self._elements:
            tag = element.tag
            if element.depth == 1:
                inside = tag.name
            elif tag.name == b"xf" and inside == b"cellXfs" and element.depth == 2:
                self._xfs.append(self._data[tag.start : element.end])
                number = tag.get(b"numFmtId") or "0"
                self._ids.append(int(number) if number.isdecimal() else 0)
            elif tag.name == b"numFmt" and inside == b"numFmts":
                number = tag.get(b"numFmtId") or ""
                if number.isdecimal():
                    self._codes[int(number)] = tag.get(b"formatCode") or ""

    def _create(self) -> str:
        draft = self._draft
        workbook = draft.package.workbook_part
        folder = workbook.rpartition("/")[0]
        name = f"{folder}/styles.xml" if folder else "styles.xml"
        return draft.add_related(workbook, "styles", (name, MINIMAL, STYLES_TYPE))[0]

    def count(self) -> int:
        """Return how many cell formats there are, new ones included."""
        self._load()
        return len(self._xfs)

    def _format(self, style: int) -> tuple[int, str | None]:
        """Return what a format shows, as `format_kind` says it, and its own code if it has one."""
        if self._part is None:  # no list of formats is made to look into it
            return NUMBER, None
        self._load()
        if style >= len(self._ids):
            return NUMBER, None
        number = self._ids[style]
        code = self._codes.get(number)
        return (built_in_kind(number) if code is None else format_kind(code)), code

    def suits(self, style: int, value: object) -> bool:
        """Return whether cells of this format show the value as what it is.

        Only dates, times and numbers can be shown as something else.
        """
        kind, code = self._format(style)
        if isinstance(value, dt.time):
            return kind == TIME or (code is not None and _ELAPSED.search(code) is not None)
        if isinstance(value, dt.date):
            return bool(kind & DATE)
        return isinstance(value, bool) or not isinstance(value, (int, float)) or kind == NUMBER

    def with_format(self, style: int, code: str | int) -> int:
        """Return a format like this one but for its number format (a code or a built-in id)."""
        self._load()
        if style >= len(self._xfs):
            raise corrupt(self._part or "", f"it has no cell format {style}")
        number = code if isinstance(code, int) else self._format_id(code)
        if self._ids[style] == number:
            return style
        xf = _with_number(self._xfs[style], number)
        for place, known in enumerate(self._xfs):
            if known == xf:
                return place
        self._xfs.append(xf)
        self._ids.append(number)
        self._new.append(xf)
        return len(self._xfs) - 1

    def _format_id(self, code: str) -> int:
        if code.lower() in BUILT_IN:
            return BUILT_IN[code.lower()]
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max([FIRST_CUSTOM - 1, *self._codes]) + 1
        self._codes[number] = code
        self._new_formats[code] = number
        return number

    def flush(self) -> None:
        """Write the new formats into the styles part, if there are any."""
        if not self._new or self._part is None:
            return
        by_name = {e.tag.name: e for e in reversed(self._elements) if e.depth == 1}
        xfs = by_name[b"cellXfs"]
        splices = [into(xfs, b"".join(self._new)), *_count(xfs, len(self._xfs))]
        if self._new_formats:
            splices += self._format_splices(by_name.get(b"numFmts"))
        self._draft.splice(self._part, self._data, splices)
        self._new, self._new_formats, self._loaded = [], {}, False
        self._xfs, self._ids, self._codes = [], [], {}

    def _format_splices(self, formats: Element | None) -> list[Splice]:
        root = self._elements[0].tag
        prefix = root.prefix + b":" if root.prefix else b""
        new = b"".join(
            b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (prefix, number, escape_attribute(code))
            for code, number in self._new_formats.items()
        )
        if formats is not None:
            known = sum(
                1
                for e in self._elements
                if e.tag.name == b"numFmt" and formats.tag.start < e.tag.start < formats.end
            )
            return [into(formats, new), *_count(formats, known + len(self._new_formats))]
        new = b'<%snumFmts count="%d">%s</%snumFmts>' % (
            prefix,
            len(self._new_formats),
            new,
            prefix,
        )
        return [Splice(root.end, root.end, new)]


def _count(element: Element, count: int) -> list[Splice]:
    found = element.tag.attributes().get(b"count")
    return [Splice(found.start, found.end, b"%d" % count)] if found else []


def _with_number(xf: bytes, number: int) -> bytes:
    """Return an ``xf`` element with another number format, applied."""
    stop = xf.index(b">")
    head, rest = xf[:stop], xf[stop:]
    for name, value in ((b"numFmtId", number), (b"applyNumberFormat", 1)):
        pattern = re.compile(rb"""(?<=\s)%s\s*=\s*("[^"]*"|'[^']*')""" % name)
        new = b'%s="%d"' % (name, value)
        if pattern.search(head):
            head = pattern.sub(new, head, count=1)
        elif head.endswith(b"/"):
            head = head[:-1].rstrip() + b" " + new + b"/"
        else:
            head += b" " + new
    return head + rest

"""Custom document properties: small named facts that travel with a workbook.

Source: ECMA-376 part 1 section 22.3.
"""

from typing import Final

from sheetrecord.xlsx.edits import SetProperty
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.write.draft import STRICT_RELS, PackageDraft, into
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.scanner import escape, escape_attribute
from sheetrecord.xlsx.xml.splice import Splice

CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
FORMAT_ID: Final = b"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
PROPERTIES: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
STRICT_PROPERTIES: Final = b"http://purl.oclc.org/ooxml/officeDocument/customProperties"
STRICT_TYPES: Final = b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"


def set_property(session: PatchSession, edit: SetProperty) -> None:
    """Set, add or (None) remove a custom document property."""
    if not edit.name or len(edit.name) > 255:
        raise Refused("property", "A property's name has 1 to 255 characters: change it.")
    draft = session.draft
    part = _part(draft)
    if part is None:
        if edit.value is None:
            return
        part = _create(draft)
    data, found = draft.elements(part)
    known = [e for e in found if e.tag.name == b"property" and e.depth == 1]
    old = [e for e in known if (e.tag.get(b"name") or "").lower() == edit.name.lower()]
    splices = [Splice(e.tag.start, e.end, b"") for e in old]
    if edit.value is not None:
        number = max((int(e.tag.get(b"pid") or 1) for e in known), default=1) + 1
        if old:
            number = int(old[0].tag.get(b"pid") or number)
        root = found[0]
        prefix = root.tag.prefix + b":" if root.tag.prefix else b""
        strict = b"purl.oclc.org" in data[: root.tag.end]
        new = _property(edit, number, prefix, STRICT_TYPES if strict else TYPES)
        splices.append(into(root, new))
    draft.splice(part, data, splices)


def _part(draft: PackageDraft) -> str | None:
    for kind in ("custom-properties", "customProperties"):
        part = draft.package.related("", kind)
        if part is not None:
            return part
    return None


def _create(draft: PackageDraft) -> str:
    strict = any(rel.type.startswith(STRICT_RELS) for rel in draft.package.relationships(""))
    name = "docProps/custom.xml"
    if draft.find(name) is not None:
        name = draft.free_name("docProps/custom", ".xml")
    uri = STRICT_PROPERTIES if strict else PROPERTIES
    body = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Properties xmlns="%s"></Properties>' % uri
    )
    kind = "customProperties" if strict else "custom-properties"
    return draft.add_related("", kind, (name, body, CUSTOM_TYPE))[0]


def _property(edit: SetProperty, number: int, prefix: bytes, types: bytes) -> bytes:
    value = edit.value
    if isinstance(value, bool):
        kind, text = b"bool", b"true" if value else b"false"
    elif isinstance(value, int) and -(2**31) <= value < 2**31:
        kind, text = b"i4", str(value).encode()
    elif isinstance(value, (int, float)):
        kind, text = b"r8", repr(float(value)).encode()
    else:
        kind, text = b"lpwstr", escape(str(value))
    return (
        b'<%sproperty fmtid="%s" pid="%d" name="%s"><vt:%s xmlns:vt="%s">%s</vt:%s></%sproperty>'
    ) % (
        prefix,
        FORMAT_ID,
        number,
        escape_attribute(edit.name),
        kind,
        types,
        text,
        kind,
        prefix,
    )

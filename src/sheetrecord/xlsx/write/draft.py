"""A workbook being changed: its parts with the pending changes."""

from collections.abc import Hashable, Iterator
from functools import partial
from hashlib import blake2b
from typing import Final

from sheetrecord.xlsx.archive import compressed
from sheetrecord.xlsx.archive.compressed import Packed
from sheetrecord.xlsx.archive.directory import Member
from sheetrecord.xlsx.archive.members import Container, RawMember
from sheetrecord.xlsx.archive.writer import write
from sheetrecord.xlsx.limits import Limits, too_many_cells
from sheetrecord.xlsx.package import Package, Relationship, elements_of, rels_name, resolve
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.policy import MARK, check, corrupt, to_utf8
from sheetrecord.xlsx.xml.scanner import Element, escape_attribute
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Content, Out, Splice, Spliced, ordered

CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS_NS: Final = b"http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_RELS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


def new_member(name: str) -> Member:
    """Return a member for a part that is in no file yet."""
    return Member(name, name.encode(), 0, 8, 0, 0, 0, 0, 0, 0, 0, b"", b"", b"")


class PackageDraft:
    """The parts of a workbook with changes laid over them; reads see the changes.

    It is a `Parts`, so a `Package` can be built on it; `package` is rebuilt after each change to
    a part that says how the workbook hangs together.
    """

    def __init__(self, container: Container) -> None:
        self.container = container
        self._changes: dict[str, Content | None] = {}
        self._added: dict[str, Content] = {}
        self._package: Package | None = None
        self._marked: dict[str, bool] = {}
        """Whether a part began with a byte-order mark when its text was read."""
        self._parsed: dict[str, tuple[bytes, list[Element]]] = {}
        self._pages: dict[str, Pages | None] = {}

    @property
    def package(self) -> Package:
        """The package with the pending changes."""
        if self._package is None:
            self._package = Package(self)
        return self._package

    def names(self) -> list[str]:
        """Return the parts' names, those removed left out and those added last."""
        kept = [n for n in self.container.names() if self._changes.get(n.lower(), b"") is not None]
        return kept + list(self._added)

    def find(self, name: str) -> Member | None:
        """Return the part's member whatever the case of the name, or None."""
        for added in self._added:
            if added.lower() == name.lower():
                return new_member(added)
        found = self.container.find(name)
        if found is not None and self._changes.get(found.name.lower(), b"") is None:
            return None
        return found

    def _changed(self, name: str) -> Content | None:
        for added, content in self._added.items():
            if added.lower() == name.lower():
                return content
        found = self.container.find(name)
        return None if found is None else self._changes.get(found.name.lower())

    @property
    def limits(self) -> Limits:
        """What the workbook may ask of whoever looks into it."""
        return self.container.limits

    def read(self, name: str) -> bytes:
        """Return a part's bytes as they would be written now."""
        content = self._changed(name)
        if content is None:
            return self.container.read(name)
        if isinstance(content, Packed):
            return content.bytes()
        if isinstance(content, Spliced):
            whole = content.mark + content.bytes()
            self._store(name, whole)
            return whole
        return content

    def told_by(self, name: str) -> tuple[Hashable, ...] | None:
        """Return a key of a part's pending content: equal keys, equal content.

        None for a part that is kept compressed.
        """
        raw = self.raw(name)
        if raw is not None:
            member, data = raw
            return member.method, member.size, member.crc, bytes(data)
        content = self._changed(name)
        if isinstance(content, Packed):
            return None
        data_now = self.read(name)
        return len(data_now), blake2b(data_now).digest()

    def raw(self, name: str) -> RawMember | None:
        """Return a part as it is in the file; None for one with pending changes."""
        return self.container.raw(name) if self._changed(name) is None else None

    def text(self, name: str) -> bytes:
        """Return an XML part as UTF-8 without a byte-order mark: what splices are made against."""
        data = self.read(name)
        self._marked[name] = data.startswith(MARK)
        return to_utf8(data, name)

    def layout(self, name: str) -> SheetLayout:
        """Return a worksheet part held whole, once all of it is known to be XML that is read."""
        layout = SheetLayout(self.text(name), name)
        if self._changed(name) is None:
            check(layout.mask, name)
            self._check_cells(name, layout)
        return layout

    def _check_cells(self, name: str, rows: SheetLayout | Pages) -> None:
        """Refuse more cells than the reader takes; a part without room for so many is spared."""
        most = self.limits.cells
        if self.container.member(name).size <= most * len("<c><v>1</v></c>"):
            return
        closing = b"</" + rows.prefix + b"c>"
        if sum(page.mask.count(closing) for page in rows.pages()) > most:
            raise too_many_cells(most)

    def chunks(self, name: str) -> Iterator[bytes | memoryview]:
        """Yield a part's bytes as they would be written now; errors as `Container.stream`."""
        content = self._changed(name)
        if content is None:
            return self.container.stream(name)
        return iter((content,)) if isinstance(content, bytes) else content.chunks()

    def pages(self, name: str) -> Pages | None:
        """Return a large worksheet part page by page; None for one that is to be held whole."""
        key = name.lower()
        if key not in self._pages:
            self._pages[key] = self._paged(name)
        return self._pages[key]

    def _paged(self, name: str) -> Pages | None:
        content = self._changed(name)
        if isinstance(content, Packed):
            return Pages.of(content.chunks, name, self.limits)
        if content is not None or self.container.member(name).size < compressed.large:
            return None
        found = Pages.of(partial(self.container.stream, name), name, self.limits)
        if found is not None:
            self._check_cells(name, found)
        return found

    def elements(self, name: str) -> tuple[bytes, list[Element]]:
        """Return a small XML part's text and its elements; kept until the part changes."""
        known = self._parsed.get(name)
        if known is None:
            known = self._parsed[name] = elements_of(self.text(name), name, self.limits)
        return known

    def _store(self, name: str, content: Content) -> None:
        self._parsed.clear()
        self._pages.pop(name.lower(), None)
        for added in self._added:
            if added.lower() == name.lower():
                self._added[added] = content
                return
        found = self.container.find(name)
        if found is None:
            self._added[name] = content
        else:
            self._changes[found.name.lower()] = content

    def put(self, name: str, content: Content) -> None:
        """Replace or add a part; a large one is compressed at once."""
        if isinstance(content, bytes) and len(content) >= compressed.large:
            content = Packed((content,))
        elif isinstance(content, Spliced) and len(content.data) >= compressed.large:
            content = Packed(content.chunks())
        self._store(name, content)
        if name.endswith(".rels") or name in {CONTENT_TYPES, self.package.workbook_part}:
            self._package = None

    def splice(self, name: str, data: bytes, splices: list[Splice]) -> None:
        """Change a part; ``data`` is its `text`. Without splices the part stays as it is."""
        if not splices:
            return
        marked = self._marked.get(name)
        if marked is None:
            marked = self.read(name).startswith(MARK)
        self.put(name, Spliced(data, ordered(splices), MARK if marked else b""))

    def touched(self) -> list[str]:
        """Return the names of the parts changed, removed or added, in file order."""
        names = [n for n in self.container.names() if n.lower() in self._changes]
        return names + list(self._added)

    def close(self) -> None:
        """Let go of the package: it and this refer to each other, which keeps both in memory."""
        self._package = None

    def write(self, out: Out) -> None:
        """Write the whole workbook and release the pending changes."""
        write(self.container, self._changes, self._added, out)

    # -- how parts hang together ---------------------------------------------------------

    def free_name(self, stem: str, suffix: str) -> str:
        """Return the first unused part name: stem, a number from 1, suffix.

        One that is declared or related to but missing is not free: what is put there would be
        taken for what was meant.
        """
        taken = self.package.meant()
        number = 1
        while (name := f"{stem}{number}{suffix}").lower() in taken or self.find(name) is not None:
            number += 1
        return f"{stem}{number}{suffix}"

    def add_part(self, name: str, content: bytes | Packed, content_type: str) -> None:
        """Add a part and declare its content type."""
        self.put(name, content)
        if self.package.content_type(name) == content_type:
            return
        data, found = self.elements(CONTENT_TYPES)
        old = [e for e in found if e.tag.name == b"Override" and _names(e, name)]
        if old:
            self.splice(CONTENT_TYPES, data, [Splice(e.tag.start, e.end, b"") for e in old])
        self._declare(b"Override", b"PartName", "/" + name, content_type)

    def add_related(self, source: str, kind: str, new: tuple[str, bytes, str]) -> tuple[str, str]:
        """Add a part that another relates to; return its name and the relationship's id.

        ``new`` is the part's name, content and content type. A part that is related to but missing
        comes where it was meant to be, and nothing is declared twice.
        """
        name, content, content_type = new
        word = kind.rsplit("/", 1)[-1]
        for rel in self.package.relationships(source):
            if rel.kind == word and not rel.external and self.find(rel.target) is None:
                self.add_part(rel.target, content, content_type)
                return rel.target, rel.id
        self.add_part(name, content, content_type)
        return name, self.relate(source, kind, name)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Declare the content type of an extension unless it is declared already."""
        _, found = self.elements(CONTENT_TYPES)
        for element in found:
            if (element.tag.get(b"Extension") or "").lower() == extension:
                return
        self._declare(b"Default", b"Extension", extension, content_type)

    def _declare(self, kind: bytes, key: bytes, value: str, content_type: str) -> None:
        data, found = self.elements(CONTENT_TYPES)
        root = found[0]
        last = [e for e in found if e.tag.name == kind]
        prefix = root.tag.prefix + b":" if root.tag.prefix else b""
        new = b'<%s%s %s="%s" ContentType="%s"/>' % (
            prefix,
            kind,
            key,
            escape_attribute(value),
            escape_attribute(content_type),
        )
        at = last[-1].end if last else root.tag.end
        self.splice(CONTENT_TYPES, data, [Splice(at, at, new)])

    def relate(self, source: str, kind: str, target: str) -> str:
        """Add a relationship from one part to another (absolute target) and return its id."""
        types = [rel.type for rel in self.package.relationships("")]
        strict = any(kind.startswith(STRICT_RELS) for kind in types)
        uri = kind if "/" in kind else (STRICT_RELS if strict else OFFICE_RELS) + kind
        name = rels_name(source)
        ids = {rel.id.lower() for rel in self.package.relationships(source)}
        number = len(ids) + 1
        while f"rid{number}" in ids:
            number += 1
        new = b'<%%sRelationship Id="rId%d" Type="%s" Target="/%s"/>' % (
            number,
            escape_attribute(uri),
            escape_attribute(target),
        )
        existing = self.find(name)
        if existing is None:
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.put(
                name,
                head
                + b'<Relationships xmlns="%s">' % RELATIONSHIPS_NS
                + new % b""
                + b"</Relationships>",
            )
            self.declare_extension(
                "rels", "application/vnd.openxmlformats-package.relationships+xml"
            )
            return f"rId{number}"
        data, found = self.elements(existing.name)
        root = found[0]
        prefix = root.tag.prefix + b":" if root.tag.prefix else b""
        self.splice(existing.name, data, [into(root, new % prefix)])
        return f"rId{number}"

    def remove_part(self, name: str) -> None:
        """Remove a part, its relationships, its content type; relations to it stay."""
        self._parsed.clear()
        self._pages.clear()
        for gone in (name, rels_name(name)):
            found = self.container.find(gone)
            if found is not None:
                self._changes[found.name.lower()] = None
            for added in [a for a in self._added if a.lower() == gone.lower()]:
                del self._added[added]
        data, found_types = self.elements(CONTENT_TYPES)
        drop = [
            Splice(e.tag.start, e.end, b"")
            for e in found_types
            if e.tag.name == b"Override" and _names(e, name)
        ]
        self.splice(CONTENT_TYPES, data, drop)
        self._package = None

    def unrelate(self, source: str, rel: Relationship) -> None:
        """Remove one relationship of a part."""
        member = self.find(rels_name(source))
        if member is None:
            return
        data, found = self.elements(member.name)
        drop = [Splice(e.tag.start, e.end, b"") for e in found if e.tag.get(b"Id") == rel.id]
        self.splice(member.name, data, drop)


def _names(override: Element, part: str) -> bool:
    """Whether an entry of the list of content types is that of a part."""
    named = resolve("", "/" + (override.tag.get(b"PartName") or ""))
    return named.lower() == part.lower()


def into(element: Element, new: bytes) -> Splice:
    """Return the splice that puts new content at the end of an element, or `Refused`."""
    tag = element.tag
    if not tag.empty:
        return Splice(element.content_end, element.content_end, new)
    if not tag.rest.endswith(b"/"):
        raise corrupt("", "an element cannot be extended")
    name = tag.prefix + b":" + tag.name if tag.prefix else tag.name
    return Splice(tag.end - 2, tag.end, b">" + new + b"</" + name + b">")

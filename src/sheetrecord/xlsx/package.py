"""A workbook as an OPC package: content types, relationships, its sheets and its named parts.

Sources: ECMA-376 part 2 (packages) and part 1 section 18.2 (the workbook part), transitional and
strict. Part names are resolved as Excel resolves them: absolute or relative, any case.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from sheetrecord.xlsx.archive.directory import Member
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import Limits, exceeded
from sheetrecord.xlsx.xml.policy import check, to_utf8
from sheetrecord.xlsx.xml.scanner import Element, elements, masked, text_of

KINDS: Final = {
    "worksheet": "worksheet",
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlMacrosheet": "macrosheet",
    "xlIntlMacrosheet": "macrosheet",
}

KINDS_IN_WORDS: Final = {
    "chartsheet": "chart sheet",
    "dialogsheet": "dialog sheet",
    "macrosheet": "macro sheet",
}


class Parts(Protocol):
    """What a package is read from: a `Container`, or one with changes not yet written."""

    def names(self) -> list[str]:
        """Return the parts' names in file order."""

    def find(self, name: str) -> Member | None:
        """Return the part's member whatever the case of the name, or None."""

    @property
    def limits(self) -> Limits:
        """What the workbook may ask of its reader."""

    def read(self, name: str) -> bytes:
        """Return the part's inflated bytes."""


class Relationship(NamedTuple):
    """One relationship; ``kind`` is the last word of its type, the same in strict files."""

    id: str
    type: str
    target: str
    """The part's name resolved (``xl/worksheets/sheet1.xml``), or the URL when external."""
    external: bool
    raw_target: str

    @property
    def kind(self) -> str:
        """The last word of the type: ``worksheet``, ``styles``, ``table``..."""
        return self.type.rsplit("/", 1)[-1]


class SheetEntry(NamedTuple):
    """One sheet as the workbook lists it."""

    name: str
    sheet_id: int
    rel_id: str
    part: str
    state: str
    """``visible``, ``hidden`` or ``veryHidden``."""
    kind: str
    """``worksheet``, ``chartsheet``, ``dialogsheet`` or ``macrosheet``."""


class NameEntry(NamedTuple):
    """A defined name: ``scope`` is the index of its sheet, or None for the whole workbook."""

    name: str
    text: str
    scope: int | None
    hidden: bool


def rels_name(part: str) -> str:
    """Return the name of the part that holds this part's relationships.

    >>> rels_name("xl/workbook.xml"), rels_name("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def resolve(source: str, target: str) -> str:
    """Return the part a relationship of ``source`` points at.

    >>> resolve("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml")
    'xl/drawings/drawing1.xml'
    """
    target = target.replace("\\", "/").split("#", 1)[0]
    base = [] if target.startswith("/") else source.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            base = base[:-1]
        elif step not in {"", "."}:
            base.append(step)
    return "/".join(base)


def unescaped(name: str) -> str:
    """Return a part name with its percent-escapes resolved."""
    if "%" not in name:
        return name
    from urllib.parse import unquote

    return unquote(name)


def is_true(value: str | None) -> bool:
    """Return whether an XML schema boolean attribute is set."""
    return value is not None and value.strip() in {"1", "true", "on"}


def check_cells(name: str, kind: str, part: str) -> None:
    """Raise `Refused` for a sheet without cells: one of another kind, or that the file lacks."""
    if kind in KINDS_IN_WORDS:
        raise Refused(
            "not-a-grid",
            f"Sheet {name!r} is a {KINDS_IN_WORDS[kind]} and has no cells: choose a worksheet.",
        )
    if not part:
        raise Refused(
            "missing-part",
            f"The workbook lists the sheet {name!r}, but the file does not hold it: restore the "
            "file from a backup, or delete that sheet in Excel, and retry.",
        )
    if kind != "worksheet":
        raise Refused(
            "not-a-grid",
            f"Sheet {name!r} is of a kind that is not known ({kind[:40]!r}): choose a worksheet.",
        )


def elements_of(data: bytes, part: str, limits: Limits) -> tuple[bytes, list[Element]]:
    """Return a part's text and its elements, all of which are held in memory.

    Raises `Refused` for what is not sound XML or nests too deep, as whoever walks all of it would,
    and for a list of parts that is too long.
    """
    if part.endswith((".rels", "[Content_Types].xml")) and data.count(b"<") > limits.tags:
        raise exceeded("tags", f"part {part!r} has more than {limits.tags:,} tags")
    mask = masked(data, part)
    check(mask, part)
    return data, elements(mask, part=part, depth=limits.depth)


class Package:
    """The parts of one workbook and how they hang together, each read only when asked."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._rels: dict[str, list[Relationship]] = {}

    def text(self, part: str) -> bytes:
        """Return an XML part as UTF-8 without a byte-order mark; errors as `Container.read`."""
        return to_utf8(self.parts.read(part), part)

    def elements(self, part: str) -> Iterator[tuple[Element, bytes]]:
        """Yield each element of a small XML part with the part's bytes; errors as `elements_of`."""
        data, found = elements_of(self.text(part), part, self.parts.limits)
        for element in found:
            yield element, data

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element, _ in self.elements("[Content_Types].xml"):
            kind = element.tag.get(b"ContentType") or ""
            if element.tag.name == b"Default":
                defaults[(element.tag.get(b"Extension") or "").lower()] = kind
            elif element.tag.name == b"Override":
                name = resolve("", "/" + unescaped(element.tag.get(b"PartName") or ""))
                overrides[name.lower()] = kind
        return defaults, overrides

    def content_type(self, part: str) -> str:
        """Return a part's content type, ``""`` when none is declared."""
        defaults, overrides = self._content_types
        extension = part.rsplit("/", 1)[-1].rpartition(".")[2].lower()
        return overrides.get(part.lower(), defaults.get(extension, ""))

    def relationships(self, part: str) -> list[Relationship]:
        """Return a part's relationships in file order; ``""`` asks for the package's own."""
        key = part.lower()
        if key not in self._rels:
            self._rels[key] = list(self._read_relationships(part))
        return self._rels[key]

    def _read_relationships(self, part: str) -> Iterator[Relationship]:
        name = rels_name(part)
        if self.parts.find(name) is None:
            return
        for element, _ in self.elements(name):
            tag = element.tag
            if tag.name != b"Relationship":
                continue
            raw = tag.get(b"Target") or ""
            external = (tag.get(b"TargetMode") or "").lower() == "external"
            target = raw if external else self._existing(resolve(part, raw))
            yield Relationship(tag.get(b"Id") or "", tag.get(b"Type") or "", target, external, raw)

    def _existing(self, name: str) -> str:
        """Return the name as the container has it, percent-escapes resolved when needed."""
        for candidate in (name, unescaped(name)):
            member = self.parts.find(candidate)
            if member is not None:
                return member.name
        return name

    def meant(self) -> set[str]:
        """Return the names, in lower case, of the parts that others relate to or that have a type.

        Some of them may be missing.
        """
        names = set(self._content_types[1])
        for name in self.parts.names():
            folder, _, last = name.rpartition("_rels/")
            if last.lower().endswith(".rels"):
                names.update(
                    resolve(folder + last[:-5], rel.raw_target).lower()
                    for rel in self.relationships(folder + last[:-5])
                    if not rel.external
                )
        return names

    def related(self, part: str, kind: str) -> str | None:
        """Return the first existing part that ``part`` relates to with this kind, or None."""
        for rel in self.relationships(part):
            if rel.kind == kind and not rel.external and self.parts.find(rel.target):
                return rel.target
        return None

    @cached_property
    def workbook_part(self) -> str:
        """The workbook part; `Refused` (``not-a-workbook``, ``xlsb``) when there is none."""
        part = self.related("", "officeDocument")
        if part is None and self.parts.find("xl/workbook.xml") is not None:
            part = self._existing("xl/workbook.xml")
        kind = self.content_type(part) if part else ""
        if part is None or "word" in kind or "presentation" in kind:
            raise Refused(
                "not-a-workbook",
                "The file is not an .xlsx or .xlsm workbook: choose another.",
            )
        if part.lower().endswith(".bin") or "binary" in kind:
            raise Refused(
                "xlsb", "The file is in the .xlsb format: save it as .xlsx in Excel, and retry."
            )
        return part

    @cached_property
    def _workbook(self) -> tuple[bytes, list[Element]]:
        part = self.workbook_part
        return elements_of(self.text(part), part, self.parts.limits)

    @cached_property
    def sheets(self) -> list[SheetEntry]:
        """The sheets in tab order; a sheet whose part is missing has ``part == ""``."""
        by_id = {rel.id: rel for rel in self.relationships(self.workbook_part)}
        found = []
        for element in self._workbook[1]:
            tag = element.tag
            if tag.name != b"sheet" or element.depth != 2:
                continue
            rel_id = tag.local(b"id") or ""
            rel = by_id.get(rel_id)
            exists = rel is not None and self.parts.find(rel.target) is not None
            number = tag.get(b"sheetId") or "0"
            found.append(
                SheetEntry(
                    tag.get(b"name") or "",
                    int(number) if number.isdecimal() else 0,
                    rel_id,
                    rel.target if rel is not None and exists else "",
                    tag.get(b"state") or "visible",
                    KINDS.get(rel.kind, rel.kind) if rel is not None else "",
                )
            )
        return found

    def sheet(self, name: str) -> SheetEntry:
        """Return the sheet of this name, whatever its case, or raise `Refused` (``no-sheet``)."""
        for sheet in self.sheets:
            if sheet.name.lower() == name.lower():
                return sheet
        raise Refused(
            "no-sheet",
            f"The workbook has no sheet {name!r}: its sheets are "
            f"{', '.join(repr(s.name) for s in self.sheets[:20])}.",
        )

    @cached_property
    def date1904(self) -> bool:
        """Whether serial dates count from 1904 (ECMA-376 part 1 section 18.2.28)."""
        return any(
            is_true(element.tag.get(b"date1904"))
            for element in self._workbook[1]
            if element.tag.name == b"workbookPr"
        )

    @cached_property
    def defined_names(self) -> list[NameEntry]:
        """The defined names in file order, the built-in ones (``_xlnm.``) included."""
        data, found = self._workbook
        names = []
        for element in found:
            tag = element.tag
            if tag.name != b"definedName":
                continue
            scope = tag.get(b"localSheetId") or ""
            names.append(
                NameEntry(
                    tag.get(b"name") or "",
                    text_of(data[tag.end : element.content_end]),
                    int(scope) if scope.isdecimal() else None,
                    is_true(tag.get(b"hidden")),
                )
            )
        return names

    @cached_property
    def shared_strings(self) -> str | None:
        """The shared strings part, or None."""
        return self.related(self.workbook_part, "sharedStrings")

    @cached_property
    def styles(self) -> str | None:
        """The styles part, or None."""
        return self.related(self.workbook_part, "styles")

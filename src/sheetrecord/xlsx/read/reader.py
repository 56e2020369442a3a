"""Open a workbook and read its sheets; refuse, with one clear sentence, what is not one."""

from collections.abc import Hashable, Iterator
from functools import cached_property
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from sheetrecord.model.value import Plain
from sheetrecord.xlsx.archive.members import Container, Source
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.package import Package, check_cells
from sheetrecord.xlsx.read.columns import Build
from sheetrecord.xlsx.read.convert import Converter
from sheetrecord.xlsx.read.date_styles import style_kinds
from sheetrecord.xlsx.read.gc_pause import no_collection
from sheetrecord.xlsx.read.grid import Grid, Sources
from sheetrecord.xlsx.read.scan import scan
from sheetrecord.xlsx.read.sheet_metadata import ListObject, notes, table
from sheetrecord.xlsx.read.soundness import known_book, remember_book, remember_sheet
from sheetrecord.xlsx.workbook import (
    DefinedName,
    SheetInfo,
    WorkbookPart,
    custom_properties,
    read_book,
)
from sheetrecord.xlsx.xml.policy import utf8
from sheetrecord.xlsx.xml.texts import shared_strings

_converters: WeakValueDictionary[Hashable, Converter] = WeakValueDictionary()


class WorkbookReader:
    """A workbook opened for reading; every part is read when first asked for.

    Raises `Refused` for whatever cannot be read with certainty.
    """

    def __init__(self, container: Container, *, formulas: bool = True) -> None:
        self._container = container
        self._formulas = formulas
        self.package = Package(container)
        """The parts and how they hang together, for those who need more than cells."""
        self._limits = container.limits
        self._refuse_other_formats()
        self._book = self._read_book()

    def _refuse_other_formats(self) -> None:
        if self._container.find("mimetype") and self._container.find("content.xml"):
            raise Refused(
                "ods", "The file is in the .ods format: save it as .xlsx in Excel, and retry."
            )

    def _read_book(self) -> WorkbookPart:
        book = known_book(self._container)
        if book is None:
            part = self.package.workbook_part
            book = read_book(self._chunks(part), self.package, self._limits)
            remember_book(self._container, book)
        return book

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is open: the file was read at once."""

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The sheets in tab order, hidden ones and chart sheets included."""
        return self._book.sheets

    @property
    def names(self) -> tuple[DefinedName, ...]:
        """The defined names in file order, the built-in ones (``_xlnm.``) included."""
        return self._book.names

    @property
    def date1904(self) -> bool:
        """Whether serial dates count from 1904."""
        return self._book.date1904

    @cached_property
    def properties(self) -> dict[str, Plain | None]:
        """The custom document properties by name."""
        part = self.package.related("", "custom-properties") or self.package.related(
            "", "customProperties"
        )
        if part is None:
            return {}
        return custom_properties(self._chunks(part), part, self._limits.depth)

    def sheet(self, name: str) -> SheetInfo:
        """Return the sheet of this name, whatever its case; `Refused` (``no-sheet``)."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        listed = ", ".join(repr(sheet.name) for sheet in self.sheets[:20])
        raise Refused("no-sheet", f"The workbook has no sheet {name!r}: its sheets are {listed}.")

    def grid(self, name: str) -> Grid:
        """Read one sheet in one pass; the result is not cached."""
        info = self.sheet(name)
        check_cells(info.name, info.kind, info.part)
        size = self._container.member(info.part).size
        build = Build(info.part, self._limits, size)
        with no_collection():
            around = scan(self._chunks(info.part), build, self._converter, self._limits)
        remember_sheet(self._container, info.name)
        return Grid(info.name, build, around, self._sources(info.part))

    def check_related(self, part: str) -> None:
        """Refuse a sheet's tables and notes that its `Grid` would refuse when asked for them."""
        for rel in self.package.relationships(part):
            if not rel.external and rel.kind == "table" and self._container.find(rel.target):
                table(self._chunks(rel.target), rel.target, self._limits.depth)
        self._notes(part)

    def told_by(self, name: str) -> tuple[Hashable, ...]:
        """Return a key of everything a sheet's cell values depend on; equal keys, equal values.

        Bytes are taken as they are packed: what is packed alike is alike.
        """
        package, info = self.package, self.sheet(name)
        parts = (info.part, package.shared_strings, package.styles)
        return (self.date1904, self._formulas, *map(self._packed, parts))

    def _packed(self, part: str | None) -> tuple[Hashable, ...]:
        if not part:
            return ()
        member, data = self._container.raw(part)
        return member.method, member.size, member.crc, bytes(data)

    def _sources(self, part: str) -> Sources:
        return Sources(
            lambda ids: self._tables(part, ids),
            lambda: self._notes(part),
            lambda: self._raw(part),
        )

    @cached_property
    def _converter(self) -> Converter:
        """The strings and formats; of the same bytes those of another reader that is in use."""
        parts = (self.package.shared_strings, self.package.styles)
        key = (self.date1904, self._formulas, self._limits, *map(self._packed, parts))
        found = _converters.get(key)
        if found is None:
            found = _converters[key] = self._made_converter()
        return found

    def _made_converter(self) -> Converter:
        package = self.package
        kinds: list[int] = []
        if package.styles is not None:
            kinds = style_kinds(self._chunks(package.styles), package.styles, self._limits.depth)
        return Converter(self._strings, kinds, date1904=self.date1904, formula_texts=self._formulas)

    @cached_property
    def _strings(self) -> list[str]:
        part = self.package.shared_strings
        if part is None:
            return []
        with no_collection():
            return shared_strings(self._chunks(part), part, self._limits)

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Return a part's XML as UTF-8 chunks within the limits, inflated lazily."""
        return utf8(self._container.stream(part), part)

    def _tables(self, part: str, ids: list[str]) -> tuple[ListObject, ...]:
        targets = {rel.id: rel.target for rel in self.package.relationships(part)}
        parts = [targets[each] for each in ids if each in targets]
        return tuple(table(self._chunks(each), each, self._limits.depth) for each in parts)

    def _notes(self, part: str) -> dict[str, str]:
        comments = self.package.related(part, "comments")
        if comments is None:
            return {}
        return notes(self._chunks(comments), comments, self._limits.depth)

    def _raw(self, part: str) -> dict[str, bytes]:
        from sheetrecord.xlsx.xml.rich import by_cell, inline, marked  # only few ask for raw texts

        strings_part = self.package.shared_strings
        strings = self._strings
        if strings_part is not None:
            strings = marked(strings, b"".join(self._chunks(strings_part)))
        build = Build(part, self._limits, self._container.member(part).size)
        convert = Converter(strings, [], date1904=self.date1904)
        scan(self._chunks(part), build, convert, self._limits)
        return by_cell(build.columns) | inline(self._chunks(part), self._limits)


def open_workbook(
    source: Source, limits: Limits | None = None, *, formulas: bool = True
) -> WorkbookReader:
    """Open an .xlsx or .xlsm from its path or its bytes; `Refused` when it is not one.

    ``formulas=False`` spares what the texts of formulas cost, for those who want results: formulas
    of a column that are alike then share one text, with a NUL for the number of their own row.

    >>> open_workbook(b"")
    Traceback (most recent call last):
        ...
    sheetrecord.xlsx.errors.Refused: The file is empty: ask the sender for it again.
    """
    return WorkbookReader(Container.open(source, limits), formulas=formulas)

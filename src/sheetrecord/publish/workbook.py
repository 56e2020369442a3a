"""The view as a workbook: values only, protected, built new from what the audience may see.

Protection in a workbook is a courtesy that keeps people from editing a copy by mistake; what may
not be seen is simply not in the file. Text that a program could take for a formula gets an
apostrophe in front (OWASP, CSV injection), which also holds when the sheet is exported.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from sheetrecord import __version__
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.cell_links import BookPlace, file_link
from sheetrecord.core.view.row_origin import SAID_IN, Locate
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.model.money import exponent
from sheetrecord.model.value import Cell
from sheetrecord.publish.design import design_digest
from sheetrecord.publish.site import Provenance
from sheetrecord.publish.uncertain_owner import doubt_lines
from sheetrecord.publish.unread_cells import unread_lines
from sheetrecord.publish.words import words
from sheetrecord.schema.column import Column, Kind, Row
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read.encode import encode
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

LONGEST: Final = 32_767
"""Characters that a cell can hold in Excel."""

PROPERTY: Final = "sheetrecord view"
"""The custom property that says for whom a published workbook was made."""

_CONTENT: Final = "sheetrecord content"
"""The custom property that says of what it was made: equal digests mean equal bytes."""

_SUMS: Final = {
    **dict.fromkeys(("invoiced", "collected", "outstanding"), "fees"),
    "unpriced_exposure": "spoken",
}
"""Columns of a deal that add up others, and the rows they are made of."""

_CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_RISKY: Final = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20\u2212")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDE: Final = {Kind.PROSE: 48, Kind.TEXT: 28, Kind.PERSON: 18, Kind.LINK: 28, Kind.DATE: 12}
_MIDDLE: Final = 14
_LINKS: Final = 60_000
_LONGEST_LINK: Final = 2_000
"""Links of a sheet, and characters of one, that Excel takes."""


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (CWE-1236) and every one can hold.

    >>> neutral("=HYPERLINK(1)"), neutral("plain - text"), neutral("-5 %")
    ("'=HYPERLINK(1)", 'plain - text', "'-5 %")
    """
    text = _CONTROL.sub("", text)
    if text.lstrip(" \u00a0").startswith(_RISKY):
        text = "'" + text
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class CellWays(NamedTuple):
    """For those who are told where a row stands: what finds its cell, and where the workbook is."""

    locate: Locate
    book: BookPlace


def workbook(
    record: Record,
    audience: Audience,
    stamp: Provenance,
    identity: str,
    ways: CellWays | None = None,
    unread: Sequence[UnreadCell] = (),
) -> bytes:
    """Return the view of a narrowed record as .xlsx bytes; deterministic.

    With ``ways`` each row ends with the cell that it comes from, which is a link where the workbook
    can be found.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _CREATED})
    book.set_custom_property(PROPERTY, identity, "text")
    book.set_custom_property(_CONTENT, content_of(record, audience, stamp, ways, unread), "text")
    book.read_only_recommended()
    writer = _Writer(book, record, ways)
    for key in SHEETS:
        if key in audience.grants:
            writer.sheet(key, audience.grants[key].columns)
    writer.about(audience, stamp, unread)
    book.close()
    return out.getvalue()


def content_of(
    record: Record,
    audience: Audience,
    stamp: Provenance,
    ways: CellWays | None = None,
    unread: Sequence[UnreadCell] = (),
) -> str:
    """Return a digest of all that determines a workbook, except its ``identity``."""
    grants = [(sheet, sorted(grant.columns)) for sheet, grant in audience.grants.items()]
    settings = record.settings
    words = (settings.asof, settings.currency, settings.language, sorted(settings.labels.items()))
    rows = [tuple(row) for sheet in SHEETS for row in record.rows(sheet)]
    places = (
        []
        if ways is None
        else [ways.book, *(ways.locate(at, 1, key, "") for at, key in SAID_IN.items())]
    )
    shown = (
        __version__,
        design_digest(),
        audience.name,
        grants,
        words,
        stamp,
        rows,
        places,
        unread,
    )
    return blake2b(repr(shown).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Made(NamedTuple):
    """The audience and source recorded in a published workbook; empty for other files."""

    whose: str = ""
    content: str = ""


def made_for(data: bytes) -> Made:
    """Return the audience and source recorded in a published workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = package.read("docProps/custom.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return Made()
    matches = (
        re.search(rf'name="{n}"[^>]*><vt:lpwstr>([^<]*)<', found) for n in (PROPERTY, _CONTENT)
    )
    return Made(*(match[1] if match else "" for match in matches))


class _Writer:
    """Writes one sheet after another; every cell is a typed value and none a formula.

    The only links are those to the cells of the workbook, which are made here.
    """

    def __init__(self, book: Any, record: Record, ways: CellWays | None) -> None:
        self.book, self.record, self.ways = book, record, ways
        language = record.settings.language
        self.words = words(language)
        self.pack = pack(language if language in LANGUAGES else "en")
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "color": "#1F5C66"}
        )
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self.share = book.add_format({"valign": "top", "num_format": "0%"})
        self.number = book.add_format({"valign": "top"})
        self.link = book.add_format({"valign": "top", "underline": 1, "color": "#1F5C66"})
        self.money: dict[int, Any] = {}

    def sheet(self, key: str, allowed: frozenset[str]) -> None:
        """Write the rows of one sheet, deal by deal, in the granted columns."""
        columns = [column for column in SHEETS[key].columns if column.key in allowed]
        sheet = self.book.add_worksheet(neutral(self.pack.sheets[key])[:31])
        headers = self.pack.columns[key]
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDE.get(column.kind, _MIDDLE))
            sheet.write_string(0, at, neutral(headers[column.key]), self.head)
        number = 0
        for number, (row, currency) in enumerate(self._rows(key), start=1):
            for at, column in enumerate(columns):
                self._cell(sheet, (number, at), column, row, currency)
            self._place(sheet, (number, len(columns)), row)
        if self.ways is not None:
            sheet.set_column(len(columns), len(columns), _MIDDLE)
            head = self.words["in_workbook"]
            sheet.write_string(0, len(columns), neutral(head), self.head)
        sheet.freeze_panes(1, 3 if key == "Deal" else 0)
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        _finish(sheet)

    def about(
        self, audience: Audience, stamp: Provenance, unread: Sequence[UnreadCell] = ()
    ) -> None:
        """Write for whom, as of when, from what, by whom it was made, and what it lacks."""
        sheet = self.book.add_worksheet(neutral(self.words["about"])[:31])
        w, asof = self.words, self.record.settings.asof
        told = [
            (w["page_for"], audience.called_in(self.record.settings.language)),
            (w["as_of"], asof.isoformat()),
            (w["made_from"], stamp.source),
            (w["revision"], stamp.revision),
            (w["made_by"], stamp.by),
            ("", w["read_only"]),
        ]
        if unsure := doubt_lines(stamp.doubts, w, self.pack.sheets["Deal"]):
            told += [(w["doubt"], line) for line in unsure] + [("", w["doubt_after"])]
            sheet.activate()
            sheet.set_tab_color("#a3262a")
        if lines := unread_lines(unread, w):
            told += [(w["unread_cells"] if at == 0 else "", one) for at, one in enumerate(lines)]
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 60)
        for row, (name, value) in enumerate(told):
            sheet.write_string(row, 0, neutral(name), self.head if name else self.text)
            sheet.write_string(row, 1, neutral(value), self.text)
        _finish(sheet)

    def _rows(self, key: str) -> Iterator[tuple[Row, str]]:
        """Yield the rows of a sheet whose deal is there, with the currency of their amounts."""
        by_deal = self.record.by_deal
        for row in self.record.rows(key):
            rows = by_deal.get(row.deal_id)
            if rows is not None:
                own = row.currency if "currency" in row.by_key else ""
                yield row, own or rows.currency

    def _cell(
        self, sheet: Any, at: tuple[int, int], column: Column, row: Row, currency: str
    ) -> None:
        value: Cell = encode(column, row[column.position], self.record.settings, currency)
        if value is None or (value == 0 and self._unsaid(column, row)):
            return
        if isinstance(value, str):
            sheet.write_string(*at, neutral(value), self.text)
        elif isinstance(value, dt.date):
            sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), self.day)
        elif isinstance(value, int | float):
            sheet.write_number(*at, value, self._format(column, currency))

    def _place(self, sheet: Any, at: tuple[int, int], row: Row) -> None:
        """Write the cell of the workbook that a row comes from, as a link where there is one."""
        if self.ways is None:
            return
        address = self.ways.locate(row.sheet, row.row, SAID_IN[row.sheet], row.id)
        link = file_link(self.ways.book, address)
        if link and at[0] <= _LINKS and len(link) <= _LONGEST_LINK:
            sheet.write_url(*at, link, self.link, neutral(address))
        else:
            sheet.write_string(*at, neutral(address), self.text)

    def _unsaid(self, column: Column, row: Row) -> bool:
        """Tell whether a sum is nought because nobody has written down what it is made of."""
        rows = self.record.by_deal.get(row.id) if row.sheet == "Deal" else None
        made_of = _SUMS.get(column.key) if rows is not None else None
        return made_of is not None and not getattr(rows, made_of)

    def _format(self, column: Column, currency: str) -> Any:
        if column.kind is Kind.PERCENT:
            return self.share
        if column.kind is not Kind.MONEY:
            return self.number
        places = exponent(currency or self.record.settings.currency)
        if places not in self.money:
            pattern = "#,##0" + ("." + "0" * places if places else "")
            self.money[places] = self.book.add_format({"valign": "top", "num_format": pattern})
        return self.money[places]


def _finish(sheet: Any) -> None:
    """Protect a sheet, so that a copy is not edited by mistake; filters and sizes stay free."""
    free = ("autofilter", "sort", "format_columns", "format_rows")
    sheet.protect("", dict.fromkeys(free, True))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)

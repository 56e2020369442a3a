"""From a `Book` to a typed `Record`: the only bridge between the two, and it never raises."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.money import EXPONENTS
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Cell, CellError, Formula, shown
from sheetrecord.schema import share
from sheetrecord.schema.column import Column, Kind, Row
from sheetrecord.schema.formulas.foreign import strange_findings
from sheetrecord.schema.prompts import PRESEEDED
from sheetrecord.schema.read.cells import Wrongs, fixes, read_column, read_money
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.kinds import AT_ONCE, reader_for
from sheetrecord.schema.read.layout import RecordLayout, locate
from sheetrecord.schema.read.lexicon import Lexicon, read_lexicon
from sheetrecord.schema.read.lost_names import at_once, refound
from sheetrecord.schema.read.sheet_shape import (
    headers_again,
    said,
    shape,
    totals,
    typed_positions,
)
from sheetrecord.schema.record import EMPTY, Record, Settings, make_record
from sheetrecord.schema.settings import language_of, read_settings
from sheetrecord.schema.sheets import SHEETS

_NOTHING: Final[frozenset[str]] = frozenset()


class OwnCell(NamedTuple):
    """A cell of a column that the firm added and declared in its settings."""

    sheet: str
    row: int
    column: int
    header: str
    value: Cell


class Parsed(NamedTuple):
    """The result of parsing: the layout, the typed rows, and the findings.

    ``shares`` holds, by sheet and row number, what the cells of a Share column say that cannot be
    told for certain; the rows themselves count as Internal.
    """

    layout: RecordLayout
    lexicon: Lexicon
    record: Record
    findings: tuple[Finding, ...]
    own: tuple[OwnCell, ...] = ()
    shares: Mapping[str, Mapping[int, str]] = {}
    unread: tuple[str, ...] = ()
    """Sheets of which too little is left to judge a gate; a gate that needs them is not open."""


class Configured(NamedTuple):
    """The words and settings of a workbook, and what is wrong with the settings."""

    lexicon: Lexicon
    settings: Settings
    findings: tuple[Finding, ...]


def configured(book: Book, today: dt.date, asof: dt.date | None = None) -> Configured:
    """Read the words and settings of a workbook, which stand beside its rows."""
    lexicon = read_lexicon(book, language_of(book))
    settings, findings = read_settings(book, lexicon, today, asof)
    return Configured(lexicon, settings, tuple(findings))


def parse(
    book: Book,
    today: dt.date,
    asof: dt.date | None = None,
    known_configuration: Configured | None = None,
) -> Parsed:
    """Read a whole workbook; ``today`` serves when neither ``asof`` nor the book fixes a day.

    Whoever reads many books with the same words and settings gives them as they were read once.
    """
    known = refound(book)
    book = book if known.names is book.names else book.named(known.names)
    layout = locate(book, language_of(book))
    lexicon, settings, wrong = known_configuration or configured(book, today, asof)
    language = lexicon.language
    findings = [*wrong, *at_once((*known.findings, *layout.findings)), *lexicon.findings]
    if book.date1904:
        findings.append(Finding("HEAD-023", Where()))
    own: list[OwnCell] = []
    epoch = dt.date(1904, 1, 1) if book.date1904 else dt.date(1899, 12, 30)
    rows: dict[str, list[Any]] = {}
    currencies: dict[str, str] = {}
    shares: dict[str, dict[int, str]] = {}
    words = share.Vocabulary(book, language)
    for key, place in layout.sheets.items():
        reader = _SheetReader(book.sheets[place.title], place, SHEETS[key], lexicon, epoch)
        reader.default_currency, reader.shares = settings.currency, words
        rows[key] = reader.rows(currencies, findings)
        if key == "Deal":
            currencies = {deal.deal_id: deal.currency for deal in rows[key]}
        own += reader.own_cells(settings)
    rows |= {key: _used(key, rows.get(key, []), currencies) for key in PRESEEDED}
    for key in layout.sheets:
        if uncertain := list(share.untold(book, layout, key, rows[key])):
            findings += uncertain
            shares[key], rows[key] = _withheld(rows[key])
    findings += shape(book, layout, rows)
    if book.live:
        findings += strange_findings(book, layout, rows)
    record = make_record(settings, rows)
    return Parsed(layout, lexicon, record, tuple(findings), tuple(own), shares, known.unread)


def _used(key: str, rows: list[Any], deals: Mapping[str, str]) -> list[Any]:
    """Return the rows of a deal, and those in which a person typed more than we put there."""
    typed = itemgetter(*typed_positions(SHEETS[key], PRESEEDED[key]))
    return [row for row in rows if row.deal_id in deals or any(typed(row))]


def _withheld(rows: Sequence[Row]) -> tuple[dict[int, str], list[Row]]:
    """Return what the rows' Share cells say, and the rows with none of them believed."""
    found = {row.row: row.get(share.KEY) for row in rows}
    at = rows[0].by_key[share.KEY].position
    return found, [
        tuple.__new__(type(row), (*row[:at], share.STRICTEST, *row[at + 1 :]))
        if said(row, PRESEEDED.get(row.sheet, _NOTHING))
        else row
        for row in rows
    ]


def shows_nothing(cell: Cell) -> bool:
    """Tell whether a cell holds nothing that the sheet would see: an error is nothing, too."""
    value = shown(cell)
    if isinstance(value, str):
        return not "".join(filter(str.isprintable, value)).strip()
    return value is None or isinstance(value, CellError)


def _spelled(deals: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Return deal ids as the deals themselves spell them: formulas do not tell case apart."""
    if all(map(known.__contains__, deals)):
        return list(deals)
    own = {deal.lower(): deal for deal in reversed(list(known))}
    return [deal if deal in known else own.get(deal.lower(), deal) for deal in deals]


def _gathered(found: Wrongs) -> Wrongs:
    """Say once for a column that a program made numbers of its texts, with how many."""
    made = [(i, wrong) for i, wrong in found if wrong.code == "TYPE-018"]
    if len(made) < 2:
        return found
    (i, first), more = made[0], len(made) - 1
    cells = "1 more cell" if more == 1 else f"{more} more cells"
    words = {**first.words, "count": len(made), "more": f" So do {cells} below."}
    other = [(j, wrong) for j, wrong in found if wrong.code != "TYPE-018"]
    return [*other, (i, first._replace(words=words))]


class _Read(NamedTuple):
    """What came of reading the rows of a sheet, and all that it was read with."""

    given: tuple[Any, ...]
    numbers: list[int]
    ids: list[str]
    rows: list[Any]
    findings: list[Finding]


_READ: WeakKeyDictionary[Sheet, _Read] = WeakKeyDictionary()
"""The last reading of each sheet that somebody holds: copies share the sheets that are the same."""


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        place: SheetPlace,
        declared: type[Row],
        lexicon: Lexicon,
        epoch: dt.date,
    ) -> None:
        self.sheet, self.place, self.declared = sheet, place, declared
        self.lexicon, self.epoch = lexicon, epoch
        self.default_currency = ""
        self.shares: share.Vocabulary
        self.raw = {
            column.key: sheet.column(place.columns[column.key])
            for column in declared.columns
            if column.key in place.columns
        }
        self.numbers: list[int] = []
        self.ids: list[str] = []

    def _used_rows(self) -> list[int]:
        """Return the rows below the header in which a person has typed."""
        header = self.place.header_row
        used: set[int] = set()
        for column in self.declared.columns:
            cells = self.raw.get(column.key)
            if cells is None or column.kind is Kind.ID or column.derived:
                continue
            if column.override:
                pairs = zip(cells.rows, cells.values, strict=False)
                used.update(row for row, value in pairs if not isinstance(value, Formula))
            elif column.key != "deal_id" or self.declared.sheet == "Context":
                used.update(cells.rows)
        for number in self.place.own.keys() - self.place.beside:
            used.update(self.sheet.column(number).rows)
        used -= totals(self.sheet, self.place, self.declared.sheet).keys()
        used -= headers_again(self.sheet, self.place, self.declared)
        return sorted(row for row in used if row > header)

    def rows(self, currencies: Mapping[str, str], findings: list[Finding]) -> list[Any]:
        """Return the typed rows; what does not fit is added to ``findings``."""
        given: tuple[Any, ...] = (self.place, self.declared, self.lexicon, self.epoch)
        given += (self.default_currency, self.shares, dict(currencies))
        known = _READ.get(self.sheet)
        if known is None or known.given != given:
            found: list[Finding] = []
            rows = self._rows(currencies, found)
            known = _READ[self.sheet] = _Read(given, self.numbers, self.ids, rows, found)
        self.numbers, self.ids = known.numbers, known.ids
        findings += known.findings
        return list(known.rows)

    def _rows(self, currencies: Mapping[str, str], findings: list[Finding]) -> list[Any]:
        columns = self.declared.columns
        self.numbers = self._used_rows()
        self.ids = self._ids()
        typed: dict[str, list[Any]] = {columns[0].key: self.ids}
        wrongs: dict[str, Wrongs] = {}
        money = []
        for column in columns[1:]:
            if column.derived or column.key not in self.raw:
                typed[column.key] = [EMPTY[column.kind.name]] * len(self.numbers)
            elif column.kind is Kind.MONEY:
                money.append(column)
            elif column.key == share.KEY:
                typed[column.key], wrongs[column.key] = self._shares(column)
            else:
                typed[column.key], wrongs[column.key] = self._read(column)
        if currencies and "deal_id" in self.raw:
            typed["deal_id"] = _spelled(typed["deal_id"], currencies)
        if money:
            self._fill_currency(typed, currencies)
            own = self._currencies(typed, currencies)
            for column in money:
                typed[column.key], wrongs[column.key] = read_money(self._dense(column), own)
        self._note(wrongs, findings)
        build = self.declared
        ordered = (typed[column.key] for column in columns)
        return [tuple.__new__(build, cells) for cells in zip(self.numbers, *ordered, strict=True)]

    def _ids(self) -> list[str]:
        column = self.declared.columns[0]
        if column.key not in self.raw:
            return [""] * len(self.numbers)
        return self._read(column)[0]

    def _read(self, column: Column) -> tuple[list[Any], Wrongs]:
        cells = self._dense(column)
        at_once = AT_ONCE.get(column.kind)
        found = at_once(cells) if at_once else None
        if found is not None:
            return found, []
        one = reader_for(column, self.lexicon, self.epoch)
        values, wrongs = read_column(cells, one, EMPTY[column.kind.name])
        if column.key == "state":
            for i, wrong in wrongs:
                # an error that stands there is no answer, as in the sheet; a blank one is derived
                values[i] = "not_asked" if wrong.code == "TYPE-004" else values[i]
        return values, wrongs

    def _shares(self, column: Column) -> tuple[list[Any], Wrongs]:
        """Return how far each row may travel: a merged cell says so of none of its rows."""
        levels, wrongs = share.read(self._dense(column), self.shares, self.lexicon)
        number = self.place.columns[column.key]
        hidden = dict(share.merged_over(self.numbers, self.sheet.merged, number, self.lexicon))
        for i in hidden:
            levels[i] = share.STRICTEST
        return levels, sorted({**dict(wrongs), **hidden}.items())

    def _coins(self, typed: Sequence[str]) -> Iterator[str]:
        """Yield each deal's currency: the firm's where the cell is blank, as in the sheet."""
        usual = self.default_currency.strip().upper()
        cells = self._dense(self.declared.by_key["currency"])
        for mine, cell in zip(typed, cells, strict=True):
            known = not mine and usual in EXPONENTS and shows_nothing(cell)
            yield usual if known else mine

    def _fill_currency(self, typed: dict[str, list[Any]], currencies: Mapping[str, str]) -> None:
        """Set the currency of rows without one: in Deal the firm's, else what the formula fills."""
        column = self.declared.by_key.get("currency")
        if column is None or "currency" not in self.raw:
            return
        if not column.formula:
            typed["currency"] = list(self._coins(typed["currency"]))
            return
        cells = self.raw["currency"]
        found = dict(zip(cells.rows, cells.values, strict=False))

        def typed_(row: int) -> str:
            """Keep a code that nobody knows: the sheet counts such a line to no deal's sums."""
            cell = found.get(row)
            seen = filter(str.isprintable, cell) if isinstance(cell, str) else ""
            text = "".join(seen).strip()
            return text.upper() if text.upper() in EXPONENTS else text

        typed["currency"] = [
            currencies.get(deal, "") if isinstance(found.get(row), Formula) else mine or typed_(row)
            for row, mine, deal in zip(
                self.numbers, typed["currency"], typed["deal_id"], strict=True
            )
        ]

    def _currencies(
        self, typed: Mapping[str, list[Any]], currencies: Mapping[str, str]
    ) -> Sequence[str]:
        """Return each row's currency: its own, its deal's, or the firm's."""
        default = self.default_currency
        own = typed.get("currency") or [""] * len(self.numbers)
        deals = typed["deal_id"]
        return [
            mine or currencies.get(deal, "") or default
            for mine, deal in zip(own, deals, strict=True)
        ]

    def _dense(self, column: Column) -> Sequence[Cell]:
        """Return a column's cells for exactly the used rows."""
        cells = self.raw[column.key]
        if column.override:
            cells = Cells(cells.rows, [None if isinstance(v, Formula) else v for v in cells.values])
        below = bisect_right(cells.rows, self.place.header_row)
        if list(cells.rows[below:]) == self.numbers:
            return cells.values[below:]
        found = dict(zip(cells.rows, cells.values, strict=False))
        return list(map(found.get, self.numbers))

    def _note(self, wrongs: Mapping[str, Wrongs], findings: list[Finding]) -> None:
        for key, found in wrongs.items():
            column = self.declared.by_key[key]
            number = self.place.columns[key]
            for i, wrong in _gathered(found):
                at = Where(self.place.title, self.numbers[i], number, self.ids[i], key)
                words = {**wrong.words, "column": key}
                fix = fixes(column, at.row, at.row_id, wrong)
                findings.append(Finding(wrong.code, at, words, fix))

    def own_cells(self, settings: Settings) -> Iterable[OwnCell]:
        """Yield the cells of the firm's own declared columns, blank ones too."""
        wanted = {
            own.header.strip().casefold()
            for own in settings.own_columns
            if own.sheet == self.declared.sheet
        } | {
            need.key.strip().casefold()
            for need in settings.required
            if need.sheet == self.declared.sheet
        }
        for number, header in self.place.own.items():
            if header.casefold() in wanted:
                cells = self.sheet.column(number)
                found = dict(zip(cells.rows, cells.values, strict=False))
                for row in self.numbers:
                    yield OwnCell(self.declared.sheet, row, number, header, found.get(row))

"""What can be mended without asking anybody: cells with one meaning, formulas, ids, headers.

A mended cell never loses what a person typed: it is the same thing as a number, a date, a label
or an id, or it is kept in a note beside the formula that took its place. Whatever could mean two
things is left for a person.
"""

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.core.autofix_headers import HeaderFix, Heads
from sheetrecord.core.check import Report
from sheetrecord.core.closest_id import folded, spellings
from sheetrecord.core.new_ids import Stamper
from sheetrecord.core.restore_formulas import Restorer, Spot, currency_of
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.model.book import Book
from sheetrecord.model.edit import SetValue
from sheetrecord.model.problem import Problem, Where
from sheetrecord.model.value import Cell, Formula
from sheetrecord.rules.workbook.missing_ids import orphans
from sheetrecord.schema import ids, share
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.kinds import Wrong, read_amount, reader_for
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.sheets import SHEETS


class Mending(NamedTuple):
    """All changes of one round, by place; ``last_deal`` is the highest new deal number, or 0."""

    changes: tuple[HeaderFix, ...] = ()
    last_deal: int = 0


REPLACED: Final = "ROW-011"
"""The code of changes that replace somebody's formula, whose text goes into the log."""

_FORMULAS: Final = frozenset({"ROW-006", "ROW-007", "ROW-008", "ROW-011", "ROW-013"})
_WHY: Final = {
    "TYPE-001": "text that is a number",
    "TYPE-002": "text that is a date",
    "TYPE-003": "the list's own word",
    "TYPE-009": "the currency's code",
    "TYPE-010": "without invisible characters",
    "TYPE-016": "the list's own word",
    "TYPE-015": "the month of this day",
}


def mend(
    book: Book,
    parsed: Parsed,
    report: Report,
    source: ids.RandomSource,
    noted: Container[Spot] = (),
) -> Mending:
    """Return what a workbook's problems ask for and is safe to do.

    ``noted`` are the cells with a person's note. Nothing is proposed for a cell that holds a
    formula of the firm's own, that a merged cell covers, or that would read no better after.
    """
    mender = _Mender(book, parsed, report, source, noted)
    found: dict[Spot, HeaderFix] = {}
    for change in mender.all():
        where = change.where
        spot = (where.sheet, where.row, where.column)
        if where.row and where.column and not _covered(book, spot):
            found.setdefault(spot, change)
    order = {title: i for i, title in enumerate(book.sheets)}
    ordered = sorted(found.items(), key=lambda item: (order[item[0][0]], *item[0][1:]))
    return Mending(tuple(change for _, change in ordered), mender.last_deal)


class _Mender:
    """Turns problems into changes, one family after the other."""

    def __init__(
        self,
        book: Book,
        parsed: Parsed,
        report: Report,
        source: ids.RandomSource,
        noted: Container[Spot],
    ) -> None:
        self.book, self.parsed, self.report, self.source = book, parsed, report, source
        self.layout, self.record = parsed.layout, report.record
        self.restorer = Restorer(book, parsed.layout, report.record, noted)
        self.heads = Heads(book, parsed.layout, self.cell)
        self.last_deal = 0
        self._cells: dict[tuple[str, int], Mapping[int, Cell]] = {}
        self._rows: dict[str, dict[int, object]] = {}
        self._keys = {place.title: key for key, place in self.layout.sheets.items()}
        self._spelled: dict[str, dict[str, str]] = {}
        self._orphans: dict[str, bool] = {}

    def all(self) -> Iterator[HeaderFix]:
        """Yield every change; of two for one cell the first counts."""
        yield from self._stamped()
        restored: set[Column] = set()
        for problem in self.report.problems:
            if problem.code in _FORMULAS:
                for column in self._concerned(problem):
                    if column not in restored:
                        restored.add(column)
                        yield from self._formulas(column)
            elif problem.code.startswith("TYPE-"):
                yield from self._typed(problem)
            elif problem.code in {"LINK-001", "LINK-003"}:
                yield from self._reference(problem)
            elif problem.code.startswith("HEAD-"):
                mended = self.heads.mended(problem)
                yield from (one for one in mended if not self._opens(one.sheet, one.where.key))

    def cell(self, where: Where) -> Cell:
        """Return what stands in a cell now."""
        key = (where.sheet, where.column)
        if key not in self._cells:
            cells = self.book.sheets[where.sheet].column(where.column)
            self._cells[key] = dict(zip(cells.rows, cells.values, strict=False))
        return self._cells[key].get(where.row)

    def row(self, sheet: str, number: int) -> Any:
        """Return a typed row by its number, or None."""
        if sheet not in self._rows:
            self._rows[sheet] = {row.row: row for row in self.record.rows(sheet)}
        return self._rows[sheet].get(number)

    def _opens(self, sheet: str, key: str) -> bool:
        """Tell whether a header put back lets out rows on which nobody has said who may see them.

        That is for a person to do: the marks may have gone with the column that stood there.
        """
        told = self.parsed.shares.get(sheet, {}) if key == share.KEY else {}
        held = (self.row(sheet, number) for number, level in told.items() if not level)
        return any(row is not None and row.share == share.STRICTEST for row in held)

    # -- ids -----------------------------------------------------------------------------

    def _stamped(self) -> Iterator[HeaderFix]:
        """Yield new ids for rows without one and for every copy of a row but the first."""
        wanted = [p for p in self.report.problems if p.code in {"ROW-001", "ROW-002"}]
        wanted = [p for p in wanted if p.where.column and not self._is_formula(p.where)]
        wanted = [p for p in wanted if not self._shared(p)]
        if not wanted:
            return
        stamper = Stamper(self.book, self.source)
        for problem in wanted:
            sheet = self._keys[problem.where.sheet]
            if problem.code == "ROW-002" and self._missed(sheet):
                continue
            why = "a copied row gets its own id" if problem.code == "ROW-001" else "a new row's id"
            old = self.cell(problem.where)
            yield HeaderFix(sheet, problem.where, old, stamper.new(sheet), problem.code, why)
        self.last_deal = stamper.last_deal

    def _missed(self, sheet: str) -> bool:
        """Tell whether rows point to ids that a sheet lacks: a row without one may be meant."""
        if sheet not in self._orphans:
            self._orphans[sheet] = bool(orphans(self.record, sheet))
        return self._orphans[sheet]

    def _shared(self, problem: Problem) -> bool:
        """Tell whether rows name a deal whose id stands for several clients, whose they may be."""
        if problem.code != "ROW-001" or self._keys[problem.where.sheet] != "Deal":
            return False
        twice = same_name(problem.where.row_id)
        clients = {d.client for d in self.record.deals if same_name(d.deal_id) == twice}
        named = (r for key in SHEETS if key != "Deal" for r in self.record.rows(key))
        return (len(clients) > 1 or clients == {""}) and any(
            same_name(r.deal_id) == twice for r in named
        )

    def _is_formula(self, where: Where) -> bool:
        return isinstance(self.cell(where), Formula)

    def _reference(self, problem: Problem) -> Iterator[HeaderFix]:
        """Yield a reference's right spelling when exactly one row can be meant."""
        where, sheet = problem.where, self._keys.get(problem.where.sheet, "")
        if not where.column or self._is_formula(where):
            return
        if problem.code == "LINK-001":
            yield from self._deals(problem, str(self.row(sheet, where.row).deal_id))
            return
        target = SHEETS[sheet].by_key[where.key].to_sheet
        if target not in self._spelled:
            self._spelled[target] = spellings(row[1] for row in self.record.rows(target))
        meant = self._spelled[target].get(folded(str(self.cell(where))))
        if meant:
            why = "the id as its row spells it"
            yield HeaderFix(sheet, where, self.cell(where), meant, problem.code, why)

    def _deals(self, problem: Problem, named: str) -> Iterator[HeaderFix]:
        """Yield a deal's right spelling for all rows that name it alike: they are said once."""
        if "Deal" not in self._spelled:
            self._spelled["Deal"] = spellings(row[1] for row in self.record.deals)
        meant = self._spelled["Deal"].get(folded(named))
        for sheet in self.layout.sheets if meant else ():
            for row in self.record.rows(sheet) if sheet != "Deal" else ():
                where = self.layout.where(sheet, row.row, "deal_id", row.id)
                if row.deal_id == named and where.column and not self._is_formula(where):
                    why = "the id as its row spells it"
                    yield HeaderFix(sheet, where, self.cell(where), meant, problem.code, why)

    # -- formulas ------------------------------------------------------------------------

    def _concerned(self, problem: Problem) -> Iterator[Column]:
        """Yield the columns that a problem with formulas is about: its own, or every one."""
        if problem.code != "ROW-013":
            yield SHEETS[self._keys[problem.where.sheet]].by_key[problem.where.key]
            return
        for sheet, place in self.layout.sheets.items():
            for column in SHEETS[sheet].columns:
                if column.formula and column.key in place.columns:
                    yield column

    def _formulas(self, column: Column) -> Iterator[HeaderFix]:
        label = pack(self.layout.language).columns[column.sheet][column.key]
        for one in self.restorer.column(column):
            row = self.row(column.sheet, one.row)
            where = self.layout.where(column.sheet, one.row, column.key, row.id)
            kept, why = "", "the column's formula"
            if one.keep:
                why = "the column's formula; what was typed is kept in a note"
                kept = f'The formula of "{label}" was put back. Typed here before: {_said(one.old)}'
            code = "ROW-007" if one.old is None else "ROW-006"
            if isinstance(one.old, Formula):
                code, why = REPLACED, "the column's formula; the one that stood there is in the log"
            yield HeaderFix(column.sheet, where, one.old, one.formula, code, why, kept)

    # -- cells and headers ---------------------------------------------------------------

    def _typed(self, problem: Problem) -> Iterator[HeaderFix]:
        for edit in problem.fix:
            if not isinstance(edit, SetValue) or not self._fits(edit):
                continue
            at = edit.at
            where = self.layout.where(at.sheet, at.row_number, at.key, at.row_id)
            if where.column and not self._is_formula(where):
                old, why = self.cell(where), _WHY.get(problem.code, problem.name)
                yield HeaderFix(at.sheet, where, old, edit.value, problem.code, why)

    def _fits(self, edit: SetValue) -> bool:
        """Tell whether a cell reads without a problem once it is mended."""
        column = SHEETS[edit.at.sheet].by_key[edit.at.key]
        row = self.row(edit.at.sheet, edit.at.row_number)
        if column.kind is Kind.MONEY:
            read = read_amount(edit.value, currency_of(row, self.record)) if row else None
        else:
            start = dt.date(1904, 1, 1) if self.book.date1904 else dt.date(1899, 12, 30)
            read = reader_for(column, self.parsed.lexicon, start)(edit.value)
        return not isinstance(read, Wrong)


def _covered(book: Book, spot: Spot) -> bool:
    """Tell whether a merged cell hides this one: what is written there nobody would see."""
    title, row, column = spot
    return any(
        area.top <= row <= area.bottom
        and area.left <= column <= area.right
        and (row, column) != (area.top, area.left)
        for area in book.sheets[title].merged
    )


def _said(cell: Cell) -> str:
    """Return a value as a note quotes it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)

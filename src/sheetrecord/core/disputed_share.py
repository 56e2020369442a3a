"""A Share that two people set differently: until somebody decides, the stricter one counts."""

from collections.abc import Iterable

from sheetrecord.core.merge.conflict_list import ConflictLine, read_lines
from sheetrecord.core.merge.side import Side
from sheetrecord.model.book import Book
from sheetrecord.model.phrase import Phrase
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Row
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import make_record
from sheetrecord.schema.share import KEY, UNREAD, Vocabulary, read, strictest, unread
from sheetrecord.schema.sheets import SHEETS


def undecided(book: Book, parsed: Parsed) -> Parsed:
    """Return a record whose rows travel no further than each side of a conflict lets them."""
    lines = [line for line in read_lines(Side(book, parsed))[1] if line.key == KEY]
    if not lines:
        return parsed
    known = Vocabulary(book, parsed.layout.language)
    rows = {sheet: parsed.record.rows(sheet) for sheet in SHEETS}
    findings = []
    for line in lines:
        levels, _ = read([line.ours, line.theirs], known, parsed.lexicon)
        for i, row in enumerate(rows[line.sheet]):
            level = strictest((row.get(KEY), *levels))
            if row.id == line.row_id and level != row.get(KEY):
                rows[line.sheet][i] = _with(row, level)
                findings.append(_finding(parsed, row, line))
    record = make_record(parsed.record.settings, rows)
    return parsed._replace(record=record, findings=(*parsed.findings, *findings))


def _with(row: Row, level: str) -> Row:
    at = row.by_key[KEY].position
    return tuple.__new__(type(row), (*row[:at], level, *row[at + 1 :]))


def _finding(parsed: Parsed, row: Row, line: ConflictLine) -> Finding:
    where = parsed.layout.where(line.sheet, row.row, KEY, row.id)
    return Finding(UNREAD, where, unread(_words((line.ours, line.theirs)), parsed.lexicon))


def _words(sides: Iterable[Cell]) -> str:
    ours, theirs = (Phrase('"{text}"', text=side) if side else Phrase("blank") for side in sides)
    return Phrase(
        "What two people set differently ({ours}, {theirs}; see the list of conflicts)",
        ours=ours,
        theirs=theirs,
    )

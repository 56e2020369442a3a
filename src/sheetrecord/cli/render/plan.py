"""For people: what is about to be written into a workbook, cell by cell."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from sheetrecord.app.annotate import NoteCounts
from sheetrecord.app.rewrite import RewrittenBook
from sheetrecord.cli.ansi import bold, joined
from sheetrecord.cli.texts.changes import TEXTS
from sheetrecord.cli.texts.text import Says, quoted, written
from sheetrecord.core.autofix import REPLACED
from sheetrecord.core.autofix_headers import HeaderFix
from sheetrecord.core.edit_reasons import reason_in
from sheetrecord.formats.plan_preview import CellPreview
from sheetrecord.model.value import Cell, CellError, Formula

_MOST = 10
"""Changes of one kind in one column that are shown before the rest are only counted."""

_WIDTH = 44


def mended(
    draft: RewrittenBook,
    changes: Sequence[HeaderFix],
    rows: Sequence[CellPreview] = (),
    *,
    whole: bool,
) -> str:
    """Return one line a change, then the rows to add; ``whole`` shows every one of them."""
    says, book = says_of(draft), draft.address
    lines = [says.count(len(changes), "to write", book=book)] if changes else []
    lines += _lines(changes, says, whole=whole)
    lines += _rows(book, rows, says, whole=whole)
    return joined(lines or [says.say("no mend", book=book)]) + "\n"


def says_of(draft: RewrittenBook) -> Says:
    """Return what is said of a plan, in the language of its workbook."""
    return Says(draft.checked.parsed.layout.language, TEXTS)


def _rows(address: str, cells: Sequence[CellPreview], says: Says, *, whole: bool) -> Iterator[str]:
    """Yield the rows to add, by deal and sheet: each with the question that waits in it."""
    waits: dict[tuple[str, str], list[tuple[int, str]]] = {}
    deals = {(c.where.sheet, c.where.row): str(c.new) for c in cells if c.where.key == "deal_id"}
    for cell in cells:
        if cell.where.key in {"kind", "type"}:
            at = cell.where.sheet, cell.where.row
            waits.setdefault((deals[at], cell.where.sheet), []).append((at[1], str(cell.new)))
    if waits:
        yield says.count(sum(map(len, waits.values())), "ready", book=address)
    for i, ((deal, sheet), found) in enumerate(waits.items()):
        if not whole and i == _MOST:
            yield f"  {says.say('more such', n=len(waits) - _MOST)}"
            return
        first, last = found[0][0], found[-1][0]
        place = f"{sheet}!{first}" + (f":{last}" if last > first else "")
        named = ", ".join(dict.fromkeys(label for _, label in found))
        yield f"  {bold(place)}  {deal}: {named}"


def _lines(changes: Sequence[HeaderFix], says: Says, *, whole: bool) -> Iterator[str]:
    kinds = Counter(_kind(change) for change in changes)
    shown: Counter[tuple[str, ...]] = Counter()
    width = max((len(change.where.address) for change in changes), default=0)
    for change in changes:
        kind = _kind(change)
        shown[kind] += 1
        if whole or kinds[kind] <= _MOST or shown[kind] <= _MOST - 1:
            place = bold(f"{change.where.address:<{width}}")
            why = reason_in(says.language, change.why)
            yield f"  {place}  {_what(change, says)}  {change.code}: {why}"
            if whole and change.code == REPLACED:
                yield from _both(change, width, says)
        elif shown[kind] == _MOST:
            more = kinds[kind] - _MOST + 1
            yield f"  {'':<{width}}  {says.say('more in column', n=more)}"


def _both(change: HeaderFix, width: int, says: Says) -> Iterator[str]:
    """Yield the whole formula that stands in a cell, and the whole one that will."""
    for word, cell in (("was", change.old), ("is to be", change.new)):
        if isinstance(cell, Formula):
            yield f"  {'':<{width}}  {says.say(word)}: ={cell.text}"


def _kind(change: HeaderFix) -> tuple[str, ...]:
    return change.sheet, change.where.key, change.code, change.why


def _what(change: HeaderFix, says: Says) -> str:
    if change.name:
        return f"+ {change.name}"
    return f"{_shown(change.old, says)} -> {_shown(change.new, says)}"


def _shown(cell: Cell, says: Says) -> str:
    """Return a cell's content as a person would write it, in one short line."""
    if cell is None:
        return says.say("blank")
    if isinstance(cell, str):
        text = quoted(says.language, cell)
    elif isinstance(cell, Formula):
        text = f"={cell.text}"
    elif isinstance(cell, dt.date | dt.time):
        text = str(written(says.language, cell))
    elif isinstance(cell, CellError):
        text = cell.code
    else:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    line = text.replace("\n", "\\n")
    line = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)
    return line if len(line) <= _WIDTH else line[: _WIDTH - 3] + "..."


def annotated(draft: RewrittenBook, marks: NoteCounts) -> str:
    """Return one line on the notes and one on the sheet, or that there is nothing to do."""
    says, parts = says_of(draft), []
    if marks.put:
        parts.append(says.count(marks.put, "put"))
    if marks.removed:
        parts.append(says.count(marks.removed, "old"))
    if marks.sheet:
        parts.append(says.say(f"sheet {marks.verb}", sheet=marks.sheet))
    what = ", ".join(parts) or says.say("as they should be")
    lines = [says.say("annotated", book=draft.address, what=what)]
    if marks.kept:
        lines.append(f"  {says.count(marks.kept, 'own note')}")
    return joined(lines) + "\n"

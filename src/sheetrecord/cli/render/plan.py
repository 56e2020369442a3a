"""For people: what is about to be written into a workbook, cell by cell."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from sheetrecord.app.annotate import NoteCounts
from sheetrecord.app.rewrite import RewrittenBook
from sheetrecord.cli.ansi import bold, joined
from sheetrecord.core.autofix import REPLACED
from sheetrecord.core.autofix_headers import HeaderFix
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
    lines = [f"{draft.address}: {_count(len(changes), 'change')} to write."] if changes else []
    lines += _lines(changes, whole=whole)
    lines += _rows(draft.address, rows, whole=whole)
    return joined(lines or [f"{draft.address}: nothing to mend that has one meaning only."]) + "\n"


def _rows(address: str, cells: Sequence[CellPreview], *, whole: bool) -> Iterator[str]:
    """Yield the rows to add, by deal and sheet: each with the question that waits in it."""
    waits: dict[tuple[str, str], list[tuple[int, str]]] = {}
    deals = {(c.where.sheet, c.where.row): str(c.new) for c in cells if c.where.key == "deal_id"}
    for cell in cells:
        if cell.where.key in {"kind", "type"}:
            at = cell.where.sheet, cell.where.row
            waits.setdefault((deals[at], cell.where.sheet), []).append((at[1], str(cell.new)))
    if waits:
        count = _count(sum(map(len, waits.values())), "row")
        yield f"{address}: {count} to add, in which a question waits for its answer."
    for i, ((deal, sheet), found) in enumerate(waits.items()):
        if not whole and i == _MOST:
            yield f"  and {len(waits) - _MOST} more such (--plan shows all)"
            return
        first, last = found[0][0], found[-1][0]
        place = f"{sheet}!{first}" + (f":{last}" if last > first else "")
        named = ", ".join(dict.fromkeys(label for _, label in found))
        yield f"  {bold(place)}  {deal}: {named}"


def _lines(changes: Sequence[HeaderFix], *, whole: bool) -> Iterator[str]:
    kinds = Counter(_kind(change) for change in changes)
    shown: Counter[tuple[str, ...]] = Counter()
    width = max((len(change.where.address) for change in changes), default=0)
    for change in changes:
        kind = _kind(change)
        shown[kind] += 1
        if whole or kinds[kind] <= _MOST or shown[kind] <= _MOST - 1:
            place = bold(f"{change.where.address:<{width}}")
            yield f"  {place}  {_what(change)}  {change.code}: {change.why}"
            if whole and change.code == REPLACED:
                yield from _both(change, width)
        elif shown[kind] == _MOST:
            more = kinds[kind] - _MOST + 1
            yield f"  {'':<{width}}  and {more} more such in this column (--plan shows all)"


def _both(change: HeaderFix, width: int) -> Iterator[str]:
    """Yield the whole formula that stands in a cell, and the whole one that will."""
    for word, cell in (("was", change.old), ("is to be", change.new)):
        if isinstance(cell, Formula):
            yield f"  {'':<{width}}  {word}: ={cell.text}"


def _kind(change: HeaderFix) -> tuple[str, ...]:
    return change.sheet, change.where.key, change.code, change.why


def _what(change: HeaderFix) -> str:
    if change.name:
        return f"+ {change.name}"
    return f"{_shown(change.old)} -> {_shown(change.new)}"


def _shown(cell: Cell) -> str:
    """Return a cell's content as a person would write it, in one short line."""
    if cell is None:
        return "(blank)"
    if isinstance(cell, str):
        text = f'"{cell}"'
    elif isinstance(cell, Formula):
        text = f"={cell.text}"
    elif isinstance(cell, dt.date | dt.time):
        text = cell.isoformat()
    elif isinstance(cell, CellError):
        text = cell.code
    else:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    line = text.replace("\n", "\\n")
    line = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)
    return line if len(line) <= _WIDTH else line[: _WIDTH - 3] + "..."


def annotated(draft: RewrittenBook, marks: NoteCounts) -> str:
    """Return one line on the notes and one on the sheet, or that there is nothing to do."""
    parts = []
    if marks.put:
        parts.append(f"{_count(marks.put, 'note')} to put")
    if marks.removed:
        parts.append(f"{_count(marks.removed, 'old note')} to take away")
    if marks.sheet:
        parts.append(f'the sheet "{marks.sheet}" to {marks.verb}')
    lines = [f"{draft.address}: {', '.join(parts) or 'notes and sheet are as they should be'}."]
    if marks.kept:
        cells = f"{_count(marks.kept, 'cell')} {'have' if marks.kept > 1 else 'has'}"
        lines.append(f"  {cells} a note of somebody's own; it stays, and the sheet tells the rest.")
    return joined(lines) + "\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"

"""What a sync saw and left alone, in few lines: like things are counted, the first ones named."""

from collections.abc import Iterable, Iterator
from typing import Final

from sheetrecord.app.sync.post_checks import Doubts
from sheetrecord.app.sync.sibling_files import Beside
from sheetrecord.app.sync.sibling_saves import Besides
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.copies.speaker import ENGLISH, Speaker
from sheetrecord.core.merge.notices import Notice
from sheetrecord.model.problem import Problem

_NAMED: Final = 3
"""Rows that are named before the rest are counted."""

_MOST: Final = 12
"""Lines about one copy that are printed before the rest are counted."""

_CELLS: Final = frozenset({"unread", "typed-over", "no-column"})
"""Kinds of notices that come once for each cell."""

_WORDS: Final = (
    ("in their copy; ours stays", "in this copy, so the record keeps its value"),
    ("their copy does not show this column; ours stays as it is", "this copy lacks the column"),
    ("their copy has no such sheet, or it has no ids", "this copy lacks the sheet, or its ids"),
    ("our copy has no such sheet, or it has no ids", "the record lacks the sheet"),
    ("cells changed in their copy not merged", "cells changed here; change them in each copy"),
    ("cell changed in their copy not merged", "cell changed here; change it in each copy"),
    ("of their own column not merged", "of a column of this copy's own, which stays its own"),
    ("; our copy has no such column", ""),
    ("our copy has no such sheet; it was not merged", "a sheet of this copy's own"),
    ("nothing of theirs was merged", "nothing of it was synced"),
    ("nothing of it was merged", "nothing of it was synced"),
    ("means another row in our copy; theirs is", "means another row in the record; this one is"),
    ("in their new row; blank in ours", "in a new row; blank in the record"),
    ("their copy lists", "it lists"),
    ("their", "this copy's"),
    ("our copy", "the record"),
    ("theirs", "this copy"),
    ("merged", "synced"),
)
"""How a sync says what a merge of two files says."""

_DO: Final = {
    "unread": "Open it in Excel or LibreOffice, mend errors, and save",
    "unobserved": "If that is not meant, put it back",
}


def words(text: str) -> str:
    """Return a merge's notice in the wording of a sync.

    >>> words("2 cells changed in their copy not merged")
    '2 cells changed here; change them in each copy'
    """
    for theirs, ours in _WORDS:
        text = text.replace(theirs, ours)
    return text


def lines(
    notices: Iterable[Notice], speaks: Speaker = ENGLISH, *, whole: bool = False
) -> Iterator[str]:
    """Yield one line for each thing that a sync left alone in one copy."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in notices:
        many = one.kind in _CELLS
        key = (one.kind, one.sheet, one.column, one.words, "" if many else one.row_id)
        groups.setdefault(key, []).append(one.row_id)
    found = [_line(key, rows, speaks) for key, rows in groups.items()]
    most = len(found) if whole else _MOST
    yield from found[:most]
    if len(found) > most:
        yield speaks.say("more lines", n=len(found) - most)


def _line(key: tuple[str, ...], rows: list[str], speaks: Speaker) -> str:
    kind, sheet, column, text, row = key
    head = speaks.header(sheet, column)
    place = " ".join(part for part in (speaks.title(sheet), row, head) if part)
    if kind in _CELLS:
        few = ", ".join(row for row in rows[:_NAMED] if row)
        more = f" {speaks.say('more', n=len(rows) - _NAMED)}" if len(rows) > _NAMED else ""
        many = f"{speaks.say('cells', n=len(rows))}: " if len(rows) > 1 else ""
        place = f"{place} ({many}{few}{more})"
    do = f". {_DO[kind]}" if kind in _DO else ""
    return speaks.reason(f"{place}: {words(text)}{do}.")


def doubt_lines(found: Doubts, speaks: Speaker) -> Iterator[str]:
    """Yield the record's new problems: caused by two copies together, or values of a wrong type."""
    for problem in found.unfit:
        yield f"{coloured(speaks.say('does not fit'), 'yellow')}  {_problem(problem, speaks)}"
    for problem in found.together:
        yield f"{coloured(speaks.say('only together'), 'red')}  {_problem(problem, speaks)}"


def _problem(problem: Problem, speaks: Speaker) -> str:
    where = problem.where
    head = speaks.header(where.sheet, where.key)
    place = " ".join(part for part in (speaks.title(where.sheet), where.row_id, head) if part)
    return f"{place}  {problem.code}  {problem.message}  {problem.do}".rstrip()


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem of the record as a JSON object."""
    where = problem.where
    return {
        "code": problem.code,
        "severity": problem.severity.word,
        "deal_id": problem.deal_id,
        "sheet": where.sheet,
        "row_id": where.row_id,
        "column": where.key,
        "message": problem.message,
        "do": problem.do,
    }


def beside_lines(besides: Besides, speaks: Speaker) -> Iterator[str]:
    """Yield a line for each file beside a copy that is a copy of the record too."""
    for one in besides.taken:
        yield speaks.say("beside counts", name=one.name, what=_what(one, speaks))
    for one in besides.known:
        yield f"{one.name}: {_what(one, speaks)}; {one.why}."
    for one in besides.asked:
        file = f'"{one.name}"' if " " in one.name else one.name
        name = coloured(one.name, "yellow")
        yield speaks.say("beside asked", name=name, what=_what(one, speaks), file=file)


def _what(one: Beside, speaks: Speaker) -> str:
    return one.what or speaks.say("a copy")


def _named(one: Beside) -> str:
    return one.what or "a copy of this record"


def beside_json(one: Beside) -> dict[str, str]:
    """Return a file beside a copy as a JSON object."""
    return {"path": one.address, "what": _named(one), "why": one.why}

"""What the commands that change a workbook share: who, what is planned, and how it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import click

from sheetrecord.cli import options, printing, which
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.printing import as_json
from sheetrecord.cli.texts.changes import TEXTS
from sheetrecord.cli.texts.text import Says, written
from sheetrecord.cli.words import Words
from sheetrecord.contract.answers.values import plain
from sheetrecord.model.suggest import completed
from sheetrecord.model.value import Cell
from sheetrecord.schema.read.parse import Parsed

if TYPE_CHECKING:
    from sheetrecord.app.handover import HandoverResult, Opened
    from sheetrecord.formats.plan_preview import CellPreview

F = TypeVar("F", bound=Callable[..., object])
_WHILE: Final = dt.timedelta(days=14)
"""How long a gate item is let pass in the command that is suggested."""

PLAN = click.option(
    "--plan", "only_plan", is_flag=True, help="Show what would change, cell by cell; write nothing."
)


def user() -> str:
    """Return the user name on this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name is known, as in some containers
        return "somebody"


BY = click.option(
    "--by", metavar="NAME", default=user, show_default="you", help="Whose decision it is."
)


def changing(command: F) -> F:
    """Add the options that every command that changes a workbook has."""
    for option in (options.asof, options.format_option("text", "json"), BY, PLAN, which.DEAL):
        command = option(command)
    return command


def opened(words: Words, deal: str, asof: dt.date | None, *, only_plan: bool) -> tuple[Opened, str]:
    """Read the one workbook of a command; return it and the deal's id. Raises UsageError."""
    from sheetrecord.app.handover import open_handover  # not for those who take the options alone

    [word] = (deal,) if deal else words.at_most(1, "a workbook and a deal")
    if deal:
        words.at_most(0, "the deal only once")
    books = options.books(words.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")

    found = open_handover(books[0], today=options.today(), asof=asof, only_plan=only_plan)
    remind(books[0], found.context.parsed)
    deals = found.context.parsed.record.by_deal
    return found, which.one_deal(word, deals, writes=not only_plan)


def remind(address: str, parsed: Parsed) -> None:
    """Print on standard error that a workbook was made by an older version."""
    from sheetrecord.core.migrate.outdated import reminder

    if line := reminder(address, parsed):
        printing.line(line, err=True)


def tell(done: HandoverResult, format_: str, *, only_plan: bool) -> int:
    """Print the result of a step and return the exit code: 1 when it was refused."""
    plan = only_plan
    if format_ == "json":
        from sheetrecord.contract.answers.step import step_answer

        text = as_json(step_answer(done, only_plan=plan))
    else:
        text = joined(_text(done, only_plan=plan))
    printing.document(text)
    return int(done.step.outcome == "refused")


def _text(done: HandoverResult, *, only_plan: bool) -> Iterator[str]:
    step, says = done.step, told_in(done.context.parsed)
    if step.refusals:
        yield from _refusals(done, says)
        yield says.count(len(step.refusals), "refused", deal=step.deal_id)
        return
    yield from changed_cells(done.changes, says) if only_plan else _short(done.changes, says)
    for note in step.notes:
        yield coloured(says.say("note", note=note), "yellow")
    if step.digest and printing.HOW.verbose:
        yield says.say("as sold", digest=step.digest)
    yield _summary(done, says, only_plan=only_plan)


def told_in(parsed: Parsed) -> Says:
    """Return what commands say of a change, in the language of a workbook."""
    return Says(parsed.layout.language, TEXTS)


def _refusals(done: HandoverResult, says: Says) -> Iterator[str]:
    problems, deal_id = done.step.refusals, done.step.deal_id
    width = max(len(problem.where.address) for problem in problems)
    for problem in problems:
        place = bold(f"{problem.where.address:<{width}}")
        code = coloured(problem.code or says.say("no code"), "red")
        do = completed(problem.do, done.address, deal_id)
        yield f"{place}  {code}  {problem.message}  {do}".rstrip()
    codes = [problem.code for problem in problems if problem.code]
    if codes:
        yield ""
        until = done.context.asof + _WHILE
        waive = f'sheetrecord waive BOOK DEAL {codes[0]} --why "..." --until {until}'
        yield completed(says.say("why", code=codes[0]), done.address)
        yield completed(says.say("let pass", command=waive), done.address, deal_id)


def changed_cells(changes: Sequence[CellPreview], says: Says) -> Iterator[str]:
    """Yield the lines of a plan, cell by cell; a new row has a line of its own."""
    width = max((len(change.where.address) for change in changes), default=0)
    row = ("", 0)
    for change in changes:
        here = (change.where.sheet, change.where.row)
        if change.new_row and here != row:
            yield _row(*here, says) + (f"  {change.why}" if change.why else "")
        row = here
        place = bold(f"{change.where.address:<{width}}")
        if change.new_row:
            yield f"  {place}  {change.header}: {_shown(change.new, says)}"
        else:
            why = f"  ({change.why})" if change.why else ""
            old, new = _shown(change.old, says), _shown(change.new, says)
            yield f"{place}  {change.header}: {old} -> {new}{why}"


def _row(sheet: str, row: int, says: Says) -> str:
    return coloured(f"{sheet}  {says.say('row', row=row)}", "green")


def _short(changes: Sequence[CellPreview], says: Says) -> Iterator[str]:
    """Yield one line for each cell, and one for each new row."""
    yield from changed_cells([change for change in changes if not change.new_row], says)
    rows: dict[tuple[str, int], list[CellPreview]] = {}
    for change in changes:
        if change.new_row:
            rows.setdefault((change.where.sheet, change.where.row), []).append(change)
    for (sheet, row), cells in rows.items():
        key = {change.where.key: change for change in cells}
        words = [_shown(key[name].new, says) for name in _TELLING if name in key]
        yield (
            f"{_row(sheet, row, says)}  {cells[0].where.row_id}  {', '.join(words)}"
            f"  ({cells[0].why})"
        )


_TELLING = ("kind", "person", "title", "description", "net", "date_planned", "planned_on", "due_on")
"""The columns that say what a new row is about."""


def _summary(done: HandoverResult, says: Says, *, only_plan: bool) -> str:
    step = done.step
    if step.outcome == "nothing":
        return says.say("nothing", deal=step.deal_id)
    what = counted(done.changes, says)
    outcome = says.say("proposed step" if step.outcome == "proposed" else step.outcome)
    parts = {"deal": step.deal_id, "outcome": outcome, "what": what}
    if done.written:
        return says.say("done", book=done.address, **parts)
    return says.say("planned" if only_plan else "proposed", **parts)


def counted(changes: Sequence[CellPreview], says: Says) -> str:
    """Return how many cells a plan changes and how many rows it adds."""
    rows = len({(c.where.sheet, c.where.row) for c in changes if c.new_row})
    cells = sum(not change.new_row for change in changes)
    return f"{says.count(cells, 'cell')}, {says.count(rows, 'added')}"


def _shown(cell: Cell, says: Says) -> str:
    if cell is None or cell == "":
        return says.say("blank")
    value = written(says.language, cell) if isinstance(cell, dt.date) else plain(cell)
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:77] + "..."

"""Gaps of a record: the interview's rows, the count, the change of the settings, and its effect."""

import datetime as dt
from typing import Final, NamedTuple

from sheetrecord.app.handover import Opened
from sheetrecord.core.derive import derive
from sheetrecord.core.gaps.handovers import RuleCost, cost, counted, tally
from sheetrecord.core.gaps.pareto import GapGroup, alike, groups_of
from sheetrecord.core.gaps.rules_made import (
    TAKEN_BACK,
    GapRule,
    SettingCell,
    made_event,
    name_of,
    rules_made,
)
from sheetrecord.core.gaps.setting_cells import NoRoom, held_at, setting_cells
from sheetrecord.core.gaps.stopped import Tally, verdict
from sheetrecord.core.gaps.tightening import SettingChange, tightening
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.model.cell_edits import Edit, PutCell, in_order
from sheetrecord.model.errors import CannotPatch, NotAllowed
from sheetrecord.workbooks.transaction import must_write

ALREADY: Final = "it is answered already; `--back` takes the change back"


_IN_XLSX: Final = "The settings live in the .xlsx workbook of the record: change them there."


class GapEffect(NamedTuple):
    """Whether a gap stopped since a change: counts, a word, and what is still to be waited for."""

    rule: GapRule
    tally: Tally
    word: str
    needed: int
    cost: RuleCost


class GapLine(NamedTuple):
    """One kind of gap: its count, what would ask for it, and what became of an earlier change."""

    number: int
    group: GapGroup
    change: SettingChange
    effect: GapEffect | None


class GapReport(NamedTuple):
    """All gaps of a record, the dearest kind first; ``alike`` may be one, by their numbers."""

    lines: tuple[GapLine, ...]
    handovers: int
    alike: tuple[tuple[int, int], ...]
    asof: dt.date
    currency: str


def report(opened: Opened) -> GapReport:
    """Return the gaps of a record with what is to be done and what was done about each."""
    context = opened.context
    record = derive(context.parsed.record)
    settings = record.settings
    groups = groups_of(record, context.parsed.lexicon)
    made = rules_made(context.events)
    handovers = counted(record, context.events)
    lines = []
    for number, group in enumerate(groups, start=1):
        rule = made.get(name_of(group.subject))
        effect = None
        if rule is not None:
            found = tally(handovers, set(group.deals), rule.when)
            word, needed = verdict(found)
            spent = cost(context.events, rule.rule, rule.when)
            effect = GapEffect(rule, found, word, needed, spent)
        lines.append(GapLine(number, group, tightening(group, settings), effect))
    numbers = {id(line.group): line.number for line in lines}
    pairs = tuple((numbers[id(one)], numbers[id(other)]) for one, other in alike(groups))
    return GapReport(tuple(lines), len(handovers), pairs, settings.asof, settings.currency)


class AppliedGap(NamedTuple):
    """A change of the settings: its line, the cells, and whether it was written."""

    address: str
    line: GapLine
    cells: tuple[SettingCell, ...]
    written: bool


def apply(
    opened: Opened,
    number: int,
    *,
    by: str,
    words: SettingChange | None = None,
    only_plan: bool = False,
) -> AppliedGap:
    """Write what would ask for a gap into the settings, with the gaps that it answers.

    ``words`` are a person's own: label, question and stage. Raises NotAllowed for nothing to
    tighten, and CannotPatch for no room.
    """
    line = _line(opened, number)
    told = words or SettingChange("")
    change = tightening(
        line.group,
        opened.context.parsed.record.settings,
        label=told.label,
        question=told.question,
        stage=told.stage,
    )
    if line.effect is not None and line.effect.word != "goes_on":
        raise NotAllowed(f"Gap {number} ({line.group.subject.label}): {ALREADY}.", "")
    if not change.act:
        do = "Write why it did not travel into the sheet Gaps, or ask it in your own words."
        raise NotAllowed(f"Gap {number} ({line.group.subject.label}): {change.why}.", do)
    context = opened.context
    book = context.book.named(context.parsed.layout.names)
    try:
        found = setting_cells(change, book, context.parsed.record.settings)
        cells = [cell for cell in found if cell.was != cell.now]
    except NoRoom as error:
        raise CannotPatch(opened.address, str(error), _IN_XLSX) from error
    event = made_event(context.asof, by, line.group.subject, change, line.group.ids, cells)
    done = not only_plan and _write(opened, cells, event)
    return AppliedGap(opened.address, line._replace(change=change), tuple(cells), done)


def take_back(opened: Opened, number: int, *, by: str, only_plan: bool = False) -> AppliedGap:
    """Put back what the settings said before a gap was answered. Raises NotAllowed.

    Not where somebody changed one of its cells since.
    """
    line = _line(opened, number)
    if line.effect is None:
        raise NotAllowed(f"Gap {number}: nothing was changed for it.", "")
    context = opened.context
    cells = [cell._replace(was=cell.now, now=cell.was) for cell in line.effect.rule.cells]
    for cell in cells:
        if held_at(context.book, cell.sheet, cell.row, cell.column) != cell.was:
            where = f"{cell.sheet}, row {cell.row}"
            raise NotAllowed(f"{where} was changed since; it stands.", "Change it by hand there.")
    name = name_of(line.group.subject)
    event = LogEvent(context.asof, by, "", TAKEN_BACK, name, ", ".join(line.group.ids))
    done = not only_plan and _write(opened, cells, event)
    return AppliedGap(opened.address, line, tuple(cells), done)


def _line(opened: Opened, number: int) -> GapLine:
    lines = report(opened).lines
    if not 1 <= number <= len(lines):
        do = "Run `sheetrecord gaps BOOK`: it numbers them." if lines else "Map some first."
        raise NotAllowed(f"There is no gap {number}.", do)
    return lines[number - 1]


def _write(opened: Opened, cells: list[SettingCell], event: LogEvent) -> bool:
    must_write(opened.transaction.workbook)
    edits: list[Edit] = [PutCell(c.sheet, c.row, c.column, c.now) for c in cells]
    kept = hidden_edits([log(opened.context.book, [event])])
    opened.transaction.with_edits(in_order([*edits, *kept])).write()
    return True

"""Import the exports of a sales system: read all, ask all, plan all, write once."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from sheetrecord.app.handover import Opened
from sheetrecord.app.read_for_audience import to_show
from sheetrecord.app.reconcile.inputs import read_bytes
from sheetrecord.core.crm.compare import Comparer, ImportPlan
from sheetrecord.core.crm.contacts import contact_edits
from sheetrecord.core.crm.facts import CrmExport, ImportAnswers, ImportQuestion
from sheetrecord.core.crm.memory import answer_events, imported_event, remembered
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.identity import owners
from sheetrecord.core.new_ids import Stamper
from sheetrecord.formats.edit_locations import waiting_ids
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.formats.plan_preview import CellPreview, preview
from sheetrecord.ledgers.crm.read import head_of, read_export
from sheetrecord.ledgers.crm.users import read_users
from sheetrecord.workbooks.transaction import Transaction, must_write, placed


class ImportFile(NamedTuple):
    """A file that was named, and what it holds."""

    path: str
    data: bytes


class ImportRequest(NamedTuple):
    """What somebody asks for; ``given`` are answers of this run, ``keep`` decides conflicts."""

    files: tuple[ImportFile, ...]
    system: str = ""
    given: ImportAnswers = ImportAnswers()
    keep: str = ""
    by: str = ""


class ImportDraft(NamedTuple):
    """An import that is planned: what is read, what comes of it, and the workbook as it will be."""

    opened: Opened
    exports: tuple[CrmExport, ...]
    plan: ImportPlan
    changes: tuple[CellPreview, ...]
    transaction: Transaction

    @property
    def ask(self) -> tuple[ImportQuestion, ...]:
        """What must be answered before anything is written, each question once."""
        return tuple(dict.fromkeys(one for file in self.plan.ask for one in file))


def files_at(paths: Sequence[Path]) -> tuple[ImportFile, ...]:
    """Read the files that were named. Raises CannotRead."""
    return tuple(ImportFile(str(path), read_bytes(path)) for path in paths)


def owners_in(path: Path) -> dict[str, str]:
    """Return who the numbers of a list of users are. Raises CannotRead."""
    return read_users(read_bytes(path), path.name)


def draft(opened: Opened, asked: ImportRequest, *, today: dt.date) -> ImportDraft:
    """Plan an import; nothing is written. Raises CannotRead for a file that is no export."""
    context = opened.context
    book, parsed = context.book, context.parsed
    memory = remembered(context.events)
    lexicon = parsed.lexicon
    exports: list[CrmExport] = []
    known: list[ImportAnswers] = []
    for file in asked.files:
        head, system = head_of(file.data, Path(file.path).name, asked.system)
        told = memory.answers_for(head, system)
        known.append(told)
        exports.append(
            read_export(
                file.data,
                Path(file.path).name,
                asked.system,
                asked.given.over(told),
                lambda word: lexicon.loose("stage", word),
            )._replace(file=file.path)
        )
    reasons = {deal.lost_reason for export in exports for deal in export.deals if deal.lost_reason}
    comparer = Comparer(
        parsed.record,
        memory.imported,
        _new_ids(opened),
        lost_reasons={word: lexicon.loose("lost_reason", word) for word in reasons},
        keep=asked.keep,
    )
    plan = comparer.plan(exports, [asked.given.over(told).same for told in known])
    if any(plan.ask):
        return ImportDraft(opened, tuple(exports), plan, (), opened.transaction)
    events = list(_events(opened, asked, exports, known, plan))
    changes = preview(plan.edits, book, parsed.layout)
    kept = [log(book, events)] if events else []
    edits = placed(plan.edits, book, parsed.layout, hidden_edits(kept))
    transaction = opened.transaction.with_edits(edits)
    if plan.contacts:
        now = transaction.book
        again = to_show(opened.address, now, today=today, asof=context.asof)
        people = tuple(contact_edits(again, owners(now, again.layout)["Context"], plan.contacts))
        changes += preview(people, now, again.layout)
        transaction = transaction.with_edits(placed(people, now, again.layout))
    return ImportDraft(opened, tuple(exports), plan, tuple(changes), transaction)


def write(made: ImportDraft) -> bool:
    """Write an import, whole or not at all; return whether there was anything to write.

    Raises ChangedElsewhere, Locked, CannotPatch and CannotWrite.
    """
    if made.ask or not made.transaction.changed:
        return False
    must_write(made.opened.transaction.workbook)
    made.transaction.write()
    return True


def _new_ids(opened: Opened) -> Iterator[str]:
    """Yield ids for new deals: those that wait in ready rows, then numbers never given before."""
    book, layout = opened.context.book, opened.context.parsed.layout
    yield from waiting_ids("Deal", book, layout)
    stamper = Stamper(book, SystemRandom())
    while True:
        yield stamper.new("Deal")


def _events(
    opened: Opened,
    asked: ImportRequest,
    exports: Sequence[CrmExport],
    known: Sequence[ImportAnswers],
    plan: ImportPlan,
) -> Iterator[LogEvent]:
    day, seen = opened.context.asof, set()
    for export, told in zip(exports, known, strict=True):
        used = _used(asked.given, export)
        for event in answer_events(day, asked.by, export.head, export.system, used, told):
            if event not in seen:
                seen.add(event)
                yield event
    for identity, (deal_id, cells) in plan.written.items():
        yield imported_event(day, asked.by, deal_id, identity, cells)


def _used(given: ImportAnswers, export: CrmExport) -> ImportAnswers:
    """Return the answers that are about this file: a list of users knows many more."""
    people: Mapping[str, str] = given.owners
    named = {deal.deal_owner for deal in export.deals}
    return given._replace(owners={word: who for word, who in people.items() if who in named})

"""Reconcile a workbook: plan the changes, then write them in one step or not at all."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.app.reconcile.inputs import FileRows, Inputs
from sheetrecord.app.reconcile.outlook_rows import ageing_rows, recon_rows
from sheetrecord.app.reconcile.session import ReconcileSession, links_of
from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.controls.measures import unallocated
from sheetrecord.core.reconcile.controls.outlook import Outlook, outlook
from sheetrecord.core.reconcile.facts import Allocation, DoubtfulRow, RowsRead
from sheetrecord.core.reconcile.input.fee_lines import receipt_steps
from sheetrecord.core.reconcile.input.missing_columns import not_shown
from sheetrecord.core.reconcile.input.payouts import homeless
from sheetrecord.core.reconcile.ledger.months import Month, states
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.core.reconcile.session import RunRequest, RunResult, reconcile
from sheetrecord.formats.finance import codec
from sheetrecord.formats.finance.edits import Each, FinanceEdits
from sheetrecord.formats.finance.fee_cells import FeeFacts, FeeWriter
from sheetrecord.formats.finance.locations import rows
from sheetrecord.formats.finance.tables import (
    ACCOUNTS,
    AGEING,
    ALLOCATIONS,
    BANK,
    MONTHS,
    RECON,
    REVIEW,
    RULES,
    STATEMENTS,
)
from sheetrecord.ledgers.profile import to_json
from sheetrecord.ledgers.reading import problem
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.model.money import Money
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.model.progress import doing, each
from sheetrecord.schema.packs import pack
from sheetrecord.workbooks.transaction import Transaction

_TIERS: Mapping[str, str] = {
    "certain": "certain", "likely": "likely", "choose": "chosen", "chosen": "chosen",
    "manual": "manual",
}  # fmt: skip


class ReconcileRequest(NamedTuple):
    """Who runs it, whether certain matches are posted, and the name to save the profile under."""

    by: str
    post_certain: bool = True
    profile: str = ""
    settings: MatchSettings = MatchSettings()
    answers: bool = True
    forget: str = ""
    """A saved profile to take out."""


class ReconcileResult(NamedTuple):
    """The result of a run; ``written`` tells whether the workbook changed."""

    session: ReconcileSession
    inputs: Inputs
    result: RunResult
    outlook: Outlook
    written: bool = False


def work(session: ReconcileSession, inputs: Inputs, request: ReconcileRequest) -> ReconcileResult:
    """Return the result of a run; nothing is written."""
    ask = RunRequest(
        session.as_of, request.by, inputs.files, inputs.payouts, inputs.statements, inputs.ledger,
        request.post_certain, request.answers, request.settings,
        rows_read(inputs.rows, session.record.settings.currency),
    )  # fmt: skip
    doing(f"matching {sum(map(len, inputs.files))} lines")
    result = reconcile(session.side, session.held, ask)
    result = result._replace(
        findings=(*session.findings, *result.findings, *_not_shown(session, result))
    )
    inputs = inputs._replace(problems=(*inputs.problems, *_homeless(inputs, result)))
    doing("adding up the controls")
    return ReconcileResult(session, inputs, result, outlook(session.side, result, ask))


def rows_read(files: Sequence[FileRows], currency: str) -> RowsRead:
    """Return the row counts over all files; ``currency`` is the firm's."""
    doubtful = [
        DoubtfulRow(file.file, out.row, out.why, currency)
        for file in files for out in file.left_out if out.doubtful
    ]  # fmt: skip
    return RowsRead(
        sum(file.rows for file in files),
        sum(file.read for file in files),
        sum(len(file.left_out) for file in files),
        sum(file.apart for file in files),
        tuple(doubtful),
    )


def _not_shown(session: ReconcileSession, result: RunResult) -> list[ControlException]:
    """Say which money has no column in Fees; a workbook without the sheet is no record."""
    return not_shown(
        result.allocations,
        (line for lines in session.side.lines.values() for line in lines),
        session.layout.sheets["Fees"].columns,
        pack(session.record.settings.language).columns["Fees"],
    )


def _homeless(inputs: Inputs, result: RunResult) -> list[Problem]:
    """Say which payouts have no bank line yet; they are not kept."""
    return [
        problem(
            "BANK113",
            f"Payout {p.payout_id} of {Money(p.net, p.currency)} is in no bank line yet: "
            "give this file again together with the bank's.",
            p.file,
            severity=Severity.WARNING,
        )
        for p in homeless(result.lines, inputs.payouts)
    ]


class Ready(NamedTuple):
    """The edits for a workbook that is still as it was read."""

    transaction: Transaction
    todo: list[Edit]


def save(
    done: ReconcileResult, request: ReconcileRequest, months: Sequence[Month] = ()
) -> ReconcileResult:
    """Write a run into its workbook; ``months`` are closings to add.

    Raises as `write`. A run without changes leaves the file byte for byte as it is.
    """
    ready = prepare(done, request, months)
    written = bool(ready.todo)
    write(ready)
    return done._replace(written=written)


def prepare(
    done: ReconcileResult, request: ReconcileRequest, months: Sequence[Month] = ()
) -> Ready:
    """Return what a run writes. Dropping the run before `write` halves the memory needed.

    Raises ChangedElsewhere when the file is no longer what was read.
    """
    begun = done.session.transaction
    if begun.workbook.unchanged(begun.start.revision) is None:
        raise ChangedElsewhere(begun.address)
    return Ready(begun, edits(done, request, months))


def write(ready: Ready) -> None:
    """Write what was prepared, in one step.

    Raises ChangedElsewhere when the workbook is no longer what was read, CannotPatch when it holds
    what cannot be changed safely, Locked and CannotWrite.
    """
    changed = ready.transaction.with_edits(ready.todo)
    doing("writing the workbook")
    changed.write()


def edits(done: ReconcileResult, request: ReconcileRequest, months: Sequence[Month]) -> list[Edit]:
    """Return the edits that bring the workbook up to date, in the order they must be applied."""
    session, result = done.session, done.result
    writer = FinanceEdits(session.book, session.spots, lambda: session.book.titles)
    if not (result.lines or result.allocations or session.spots or months):
        return []
    _allocations(writer, done)
    _bank(writer, done)
    known = len(session.held.statements)
    new = [s for s in result.statements if s not in session.held.statements]
    if known or new:
        writer.append(STATEMENTS, [codec.statement_cells(s) for s in new])
    writer.append(MONTHS, [codec.month_cells(m) for m in months])
    _profile(writer, done, request)
    writer.rewrite(
        REVIEW, [codec.review_cells(r, result.problems.get(r.bank_id, "")) for r in result.review]
    )
    writer.rewrite(RULES, [codec.rule_cells(rule) for rule in result.rules])
    writer.rewrite(RECON, recon_rows(done.outlook, session.as_of))
    writer.rewrite(AGEING, ageing_rows(done.outlook))
    fees = FeeWriter(
        session.book,
        session.layout,
        writer.spot(ALLOCATIONS),
        session.record.settings,
        session.ours,
    )
    facts = _facts(done, [*session.held.months, *months])
    lines = each(session.record.fees, "fee lines brought up to date")
    writer.cells.extend(fees.edits(lines, result.allocations, facts, result.waiting))
    return writer.all()


def _allocations(writer: FinanceEdits, done: ReconcileResult) -> None:
    result, held = done.result, done.session.held
    epoch = codec.epoch(date1904=done.session.book.date1904)
    steps = receipt_steps(result.allocations, epoch)
    links = links_of(result.allocations)
    currency = {line.bank_id: line.currency for line in result.lines}
    start = len(held.allocations)
    writer.spot(ALLOCATIONS)

    def cells(i: int) -> codec.Cells:
        row = result.allocations[i]
        bank = currency.get(row.bank_id, "")
        return codec.allocation_cells(row, bank, steps[i], i + 1, links[i])

    writer.append(ALLOCATIONS, Each(range(start, len(result.allocations)), cells))


def _bank(writer: FinanceEdits, done: ReconcileResult) -> None:
    result, session = done.result, done.session
    left = unallocated(result.lines, result.allocations)
    cells = {}
    for line in result.lines:
        free = left.get(line.bank_id, 0)
        cells[line.bank_id] = codec.major(free, line.currency) if free else 0
    held = {line.bank_id: line for line in session.held.lines}
    new = [line for line in result.lines if line.bank_id not in held]
    unpacked = {
        line.bank_id: codec.line_cells(line)["parts"]
        for line in result.lines
        if line.bank_id in held and line.parts != held[line.bank_id].parts
    }
    writer.append(BANK, Each(new, lambda x: codec.line_cells(x) | {"left": cells[x.bank_id]}))
    if BANK.key not in session.spots:
        return
    for number, row in rows(session.book, session.spots[BANK.key], ("bank_id", "left")):
        key = str(row["bank_id"])
        if row.get("left", 0) != cells[key]:
            writer.set(BANK, number, "left", cells[key])
        if key in unpacked:
            writer.set(BANK, number, "parts", unpacked[key])
        if key in result.categories:
            _category(writer, number, result.categories[key])


def _category(writer: FinanceEdits, number: int, said: str) -> None:
    """Write what a bank line is, or take it away from one that is asked about again."""
    if said:
        writer.set(BANK, number, "category", said)
    else:
        writer.clear(writer.spots[BANK.key], number, {"category"})


def _profile(writer: FinanceEdits, done: ReconcileResult, request: ReconcileRequest) -> None:
    """Keep how the account's export reads, under the name that was given."""
    found = done.inputs.profile
    kept = dict(done.session.profiles)
    if request.profile and found is not None:
        kept[request.profile] = json.dumps(to_json(found), sort_keys=True, ensure_ascii=False)
    kept.pop(request.forget, None)
    if kept != done.session.profiles:
        writer.rewrite(ACCOUNTS, [{"name": n, "profile": p} for n, p in sorted(kept.items())])


def _facts(done: ReconcileResult, months: Iterable[Month]) -> dict[str, FeeFacts]:
    """Return what stands in the engine's columns of each fee line that belongs to an invoice."""
    closed = {m for m, state in states(months).items() if state in ("closed", "sealed")}
    rows_: dict[str, list[Allocation]] = {}
    for row in done.result.allocations:
        rows_.setdefault(row.fee_id, []).append(row)
    gone = {row.reverses for row in done.result.allocations if row.reverses}
    found = {}
    for key, lines in done.session.side.lines.items():
        due = done.outlook.ledger.get(key)
        for line in lines:
            own = rows_.get(line.fee_id, [])
            found[line.fee_id] = FeeFacts(_tier(own, gone), due, _closed_month(own, closed))
    return found


def _tier(own: Iterable[Allocation], gone: Collection[str]) -> str:
    """Return how sure the last receipt of a fee line is that was not taken back."""
    live = [r for r in own if not r.reverses and r.alloc_id not in gone]
    tiers = [r.tier for r in live if r.kind.value == "cash"]
    return _TIERS.get(tiers[-1], "") if tiers else ""


def _closed_month(own: Sequence[Allocation], closed: Collection[str]) -> str:
    """Return the last month of a fee line's allocations if all of their months are closed."""
    shut = bool(own) and all(r.month in closed for r in own)
    return max(r.month for r in own) if shut else ""

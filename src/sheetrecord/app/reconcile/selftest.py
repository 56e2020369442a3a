"""Self-test of reconciliation on generated data in a folder of its own."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.create import NewWorkbookRequest as New
from sheetrecord.app.create import create
from sheetrecord.app.reconcile.closing import take_back
from sheetrecord.app.reconcile.inputs import Inputs, read_inputs
from sheetrecord.app.reconcile.run import ReconcileRequest, ReconcileResult, save, work
from sheetrecord.app.reconcile.session import ReconcileSession, open_session
from sheetrecord.core.reconcile.controls.identities import failing
from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.core.reconcile.ledger.invariants import violations
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.money import to_major

ASOF: Final = dt.date(2026, 6, 30)
_WISH: Final = ReconcileRequest("selftest")
_BANK_CONTROLS: Final = ("C3", "C4", "C5")


class Check(NamedTuple):
    """One property, and whether it held."""

    says: str
    kept: bool


def selftest(folder: Path) -> Iterator[Check]:
    """Generate a workbook and a bank file in an empty folder, and yield each check."""
    book, bank = folder / "firm.xlsx", folder / "bank.csv"
    create(book, New(sample=True), today=ASOF, asof=ASOF)
    address = str(book)
    start = _sit(address)
    paid = _unpaid(start)
    bank.write_bytes(_bank_csv(paid))
    inputs = _read(start, bank)
    yield Check(f"the bank's {len(paid) + 2} lines are read", _lines(inputs) == len(paid) + 2)

    before = book.read_bytes()
    dry = work(start, inputs, _WISH)
    yield Check("a dry run writes nothing", book.read_bytes() == before)
    done = save(dry, _WISH)
    yield Check(
        f"{len(paid)} quoted invoices are posted, the stranger's line is not",
        {a.invoice_no for a in done.result.posted if a.bank_id} == {i.number for i in paid},
    )
    yield Check("no line gives more than it has, no invoice gets more than its own", _lawful(done))
    red = [c.code for c in failing(done.outlook.controls) if c.code in _BANK_CONTROLS]
    yield Check("the control totals of the bank and of the receivable agree", not red)

    kept = book.read_bytes()
    again = save(work(_sit(address), _read(_sit(address), bank), _WISH), _WISH)
    same = not again.written and book.read_bytes() == kept
    yield Check("the same file again leaves the workbook byte for byte", same)
    yield Check("the sheet's formulas say what the engine says", _sheet_agrees(done, _sit(address)))
    first = next(a.alloc_id for a in done.result.posted if a.bank_id)
    back = take_back(_sit(address), first, "selftest", "try", correct=False)
    whole = len(back.result.allocations) > len(done.result.allocations)
    yield Check("what is taken back is reversed, and nothing is deleted", whole and _lawful(back))


def _sit(book: str) -> ReconcileSession:
    return open_session(book, today=ASOF, asof=None)


def _read(session: ReconcileSession, bank: Path) -> Inputs:
    return read_inputs([bank], [], Profile(), session.record.settings.currency)


def _lines(inputs: Inputs) -> int:
    return sum(map(len, inputs.files))


def _unpaid(session: ReconcileSession) -> list[Invoice]:
    """Return the sample's invoices in the firm's currency that nobody has paid anything of."""
    claimed = {claim.invoice_no for claim in session.side.claims}
    return [
        invoice
        for key, invoice in sorted(session.side.by_key.items())
        if key not in claimed
        and not invoice.void
        and invoice.gross > 0
        and not invoice.retention
        and invoice.currency == session.record.settings.currency
    ]


def _bank_csv(paid: list[Invoice]) -> bytes:
    """Return a bank's file that pays each invoice, one of them less a fee, and a stranger's."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Booking date", "Payer", "Reference", "Amount", "Currency", "Balance"])
    rows = [(ASOF, i.client.upper(), i.number, i.gross) for i in paid]
    day, payer, text, gross = rows[0]
    rows[0] = (day, payer, text, gross - 500)
    rows += [(ASOF, "QZX 77", "no number", 12_345), (ASOF, "LANDLORD", "RENT", -50_000)]
    balance = 0
    for day, payer, text, minor in rows:
        balance += minor
        amounts = [to_major(n, paid[0].currency) for n in (minor, balance)]
        writer.writerow([day, payer, text, amounts[0], paid[0].currency, amounts[1]])
    return out.getvalue().encode()


def _lawful(done: ReconcileResult) -> bool:
    r = done.result
    return not violations(r.allocations, r.lines, done.session.side.invoices)


def _sheet_agrees(done: ReconcileResult, now: ReconcileSession) -> bool:
    """Whether the results stored beside the sheet's formulas are what the engine counts."""
    sums: dict[str, int] = {}
    for row in now.record.fees:
        if row.invoice_no:
            sums[row.invoice_no] = sums.get(row.invoice_no, 0) + (row.received or 0)
    said = done.outlook.standings.values()
    return all(sums.get(s.number, s.received) == s.received for s in said)

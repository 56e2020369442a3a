"""Answer Review perfectly in real workbooks, as a person does in another program: nothing is off.

python -m reconcile_truth.roundtrip --profile hard --seeds 5 --size 120
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from reconcile_truth.__main__ import make
from reconcile_truth.answers import ROUNDS, off, typed_row
from reconcile_truth.payments import Book, Truth
from reconcile_truth.profiles import PROFILES
from reconcile_truth.workbook import ASOF, firm_of
from sheetrecord.app.reconcile.closing import take_back
from sheetrecord.app.reconcile.inputs import Inputs
from sheetrecord.app.reconcile.run import ReconcileRequest, ReconcileResult, save, work
from sheetrecord.app.reconcile.session import ReconcileSession, open_session
from sheetrecord.core.reconcile.facts import AllocationKind, BankLine
from sheetrecord.core.reconcile.ledger.allocate import in_force
from sheetrecord.core.reconcile.ledger.invariants import violations

BY_ANA = ReconcileRequest("ana")


class Trip(NamedTuple):
    """Where a workbook stands after perfect answers; all but ``questions`` must be nothing."""

    error: int
    """Σ |outstanding - true outstanding|, minor units, by the engine."""
    sheet: int
    """The same by the results stored beside the sheet's formulas."""
    broken: int
    left: int
    """Questions still open."""
    changed: bool
    """Whether the same bank file again changes a byte."""
    questions: int


def main() -> None:
    """Run the trips and print each; exit 1 when one is off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="all", choices=[*sorted(PROFILES), "all"])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--size", type=int, default=120)
    args = parser.parse_args()
    bad = 0
    for profile in sorted(PROFILES) if args.profile == "all" else [args.profile]:
        for seed in range(args.first, args.first + args.seeds):
            with tempfile.TemporaryDirectory() as folder:
                os.environ["XDG_STATE_HOME"] = folder
                trip = round_trip(make(profile, seed, args.size), Path(folder) / "firm.xlsx")
            good = trip == Trip(0, 0, 0, 0, changed=False, questions=trip.questions)
            bad += not good
            print(f"{'ok ' if good else 'OFF'} {profile} {seed} {trip}", flush=True)
    sys.exit(int(bad > 0))


def round_trip(book: Book, path: Path) -> Trip:
    """Make the workbook, import, answer until nothing is asked, and import again."""
    path.write_bytes(firm_of(book.invoices))
    step(path, book.lines)
    truths = truths_of(book, session_of(path).held.lines)
    undo_wrong(path, truths)
    questions = 0
    for turn in range(ROUNDS):
        count = fill_in(path, book, truths)
        questions += count if turn == 0 else 0
        if count == 0:
            break
        step(path)
    done = work(session_of(path), Inputs(), BY_ANA)
    before = path.read_bytes()
    step(path, book.lines)
    return Trip(
        sum(map(abs, off(book, done.result.allocations).values())),
        sheet_off(path, book),
        len(violations(done.result.allocations, done.result.lines, done.session.side.invoices)),
        len(done.result.review),
        path.read_bytes() != before,
        questions,
    )


def session_of(path: Path) -> ReconcileSession:
    """Read a workbook on the day of the made-up firms."""
    return open_session(str(path), today=ASOF, asof=None)


def step(path: Path, lines: list[BankLine] | tuple[()] = ()) -> ReconcileResult:
    """Run once, with a bank's lines or only the answers, and write."""
    files = (tuple(line._replace(bank_id="") for line in lines),) if lines else ()
    return save(work(session_of(path), Inputs(files=files), BY_ANA), BY_ANA)


def truths_of(book: Book, lines: tuple[BankLine, ...]) -> dict[str, Truth]:
    """Return what each line truly is, by the ids that the import gave."""
    by_ref = {line.ref: book.truth[line.bank_id] for line in book.lines}
    return {line.bank_id: by_ref[line.ref] for line in lines}


def undo_wrong(path: Path, truths: dict[str, Truth]) -> None:
    """Take back, in the workbook, every posting that names another invoice than the true one."""
    for row in session_of(path).held.allocations:
        true = {n for n, _, _ in truths[row.bank_id].settles}
        standing = {a.alloc_id for a in in_force(session_of(path).held.allocations)}
        if (
            row.kind is AllocationKind.CASH
            and row.invoice_no not in true
            and row.alloc_id in standing
        ):
            take_back(session_of(path), row.alloc_id, "ana", "wrong", correct=False)


def fill_in(path: Path, book: Book, truths: dict[str, Truth]) -> int:
    """Type the truth into Review in another program; return how many questions there were."""
    held = session_of(path).held
    cash = {a.bank_id for a in in_force(held.allocations)}
    typed = {
        r.bank_id: typed_row(r, truths[r.bank_id], book, r.bank_id in cash) for r in held.review
    }
    if not typed:
        return 0
    other = load_workbook(path)
    sheet = other["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    for row in range(5, sheet.max_row + 1):
        answer = typed.get(sheet.cell(row, keys["bank_id"]).value)
        for key in ("decision", "reason", "other_invoices") if answer else ():
            sheet.cell(row, keys[key]).value = getattr(answer, key) or None
    other.save(path)
    return len(typed)


def sheet_off(path: Path, book: Book) -> int:
    """Return Σ |settled by the sheet's money columns - truly settled|, minor units."""
    found = {i.number: 0 for i in book.invoices}
    for truth in book.truth.values():
        for number, amount, kind in (*truth.settles, *truth.held):
            if kind is not AllocationKind.RETENTION:
                found[number] += amount
    for fee in session_of(path).record.fees:
        if fee.invoice_no in found:
            got = (fee.received or 0) + (fee.credited or 0) + (fee.settled_otherwise or 0)
            found[fee.invoice_no] -= got
    return sum(map(abs, found.values()))


if __name__ == "__main__":
    main()

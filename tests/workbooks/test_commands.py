"""Every command that writes does the same to every kind of workbook that has an address."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import ASOF, Ran
from finance.books import MAY, bank_csv
from finance.books import firm as fees
from messy import firm
from old.small import small
from promote.firm import ready
from promote.firm import workbook as promotable
from sheetrecord.core.merge.conflict_list import read_lines
from sheetrecord.core.merge.conflict_words import FIELDS
from sheetrecord.core.merge.side import Side
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.steps import STEPS
from sheetrecord.schema.steps.step import AddColumn
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook
from workbooks import online
from workbooks.kinds import KINDS, Kind
from workbooks.placing import placed, record, typed

Run = Callable[..., Ran]
KEEP = FIELDS.index("keep") + 1

DAY = ("--asof", ASOF.isoformat())


pytestmark = [
    pytest.mark.usefixtures("strangers"),
    # openpyxl drops what it has open without closing it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@kinds
def test_a_deal_is_promoted_and_accepted(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", promotable(ready()))
    plan = run("promote", book.address, "--deal", "D-0001", "--by", "Mara", "--plan", *DAY)
    assert plan.code == 0, plan.err
    ran = run("promote", book.address, "--deal", "D-0001", "--by", "Mara", *DAY)
    assert ran.code == 0, ran.err
    assert "promoted" in ran.out
    ran = run("accept", book.address, "--deal", "D-0001", "--by", "Jon", *DAY)
    assert (ran.code, ran.err) == (0, "")
    found = record(book).record
    assert found.deals[0].handover_state == "accepted"
    assert found.project
    again = run("validate", book.address, "--select", "GUARD", *DAY)
    assert again.code == 0, again.out


@kinds
def test_deals_of_a_sales_system_come_in_once(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", promotable(ready()))
    (tmp_path / "deals.csv").write_text(
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Associated Company,Associated Contact\n"
        "91,Shop,Closed Won,1200,EUR,Oak Ltd,Ann Lee\n"
    )
    words = ("import", book.address, str(tmp_path / "deals.csv"), "--by", "Mara", *DAY)
    plan = run(*words, "--plan")
    assert plan.code == 0, plan.err
    assert len(record(book).record.deals) == 1
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    found = record(book).record
    assert [deal.client for deal in found.deals] == ["Acme", "Oak Ltd"]
    assert "Ann Lee" in {row.person for row in found.context}
    assert "1 as they are" in run(*words).out


@kinds
def test_a_gap_is_written_down_and_counted(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", promotable(ready()))
    told = ("--missing", "The board date", "--field", "real_deadline", "--why", "not_asked")
    ran = run("gaps", book.address, "map", "D-0001", *told, "--by", "Mara", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert [row.what_was_missing for row in record(book).record.gaps] == ["The board date"]
    done = run("gaps", book.address, "apply", "1", "--by", "Mara", *DAY)
    asked = {prompt.kind: prompt for prompt in record(book).record.settings.prompts}
    if record(book).layout.names:
        assert done.code == 0, done.err
        assert asked["real_deadline"].from_stage == "verbal"
    else:  # such a workbook holds no settings that anybody reads
        assert (done.code, "is not there to be found" in done.err) == (3, True)
        assert asked["real_deadline"].from_stage == "won"


@kinds
def test_what_has_one_meaning_is_fixed_and_marked(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", firm.workbook())
    typed(book, "Deal", "D-0001", "value_net", "28.000,00")
    typed(book, "Deal", "D-0001", "ops_owner", None)
    ran = run("validate", book.address, "--fix", *DAY)
    assert "28000" in ran.out.replace("2800000", "28000"), ran.out + ran.err
    assert record(book).record.deals[0].value_net == 28_000_00
    marked = run("validate", book.address, "--annotate", *DAY)
    assert marked.code == 1, marked.err
    sheets = open_workbook(book.address).read().book.sheets
    assert str(sheets["Problems"].row(1)[1]).startswith("What needs mending")
    before = open_workbook(book.address).read().revision
    run("validate", book.address, "--annotate", *DAY)
    assert open_workbook(book.address).unchanged(before) is not None
    run("validate", book.address, "--clean", *DAY)
    left = open_workbook(book.address).read().book.sheets
    assert "Problems" not in left or not left["Problems"].columns


GOOGLE = next(kind for kind in KINDS if kind.name == "google")
MERGED = [*((kind, kind) for kind in KINDS), (GOOGLE, KINDS[0])]
"""Of which kind ours is, and of which base and theirs are."""


@pytest.mark.parametrize(
    ("kind", "other"), MERGED, ids=[f"{ours.name} with {other.name}" for ours, other in MERGED]
)
def test_copies_are_merged_and_their_conflict_resolved(
    kind: Kind, other: Kind, run: Run, tmp_path: Path
) -> None:
    ours = placed(kind, tmp_path, "ours", firm.workbook())
    base, theirs = (placed(other, tmp_path, name, firm.workbook()) for name in ("base", "theirs"))
    typed(ours, "Deal", "D-0001", "next_step", "Call them")
    typed(theirs, "Deal", "D-0001", "next_step", "Write to them")
    typed(theirs, "Deal", "D-0001", "deal_owner", "Ben Okafor")
    words = ("merge", base.address, ours.address, theirs.address, "-o", ours.address, *DAY)
    ran = run(*words)
    assert (ran.code, ran.err) == (1, "")
    reading = ours.read()
    title, lines = read_lines(Side(reading.book, parse(reading.book, ASOF)))
    assert [(line.key, line.ours, line.theirs) for line in lines] == [
        ("next_step", "Call them", "Write to them")
    ]
    ours.write(reading, [PutCell(title, lines[0].row, KEEP, "theirs")])
    ran = run("resolve", ours.address)
    assert (ran.code, ran.err) == (0, "")
    found = record(ours).record.deals[0]
    assert (found.next_step, found.deal_owner) == ("Write to them", "Ben Okafor")
    left = ours.read().book
    assert read_lines(Side(left, parse(left, ASOF)))[1] == []


@kinds
def test_receipts_are_posted_once(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", fees())
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    words = ("reconcile", book.address, "--bank", "may.csv", "--apply", "--by", "ana", *DAY)
    ran = run(*words)
    assert ran.code == 1, ran.err
    assert _allocated(book)["INV-0101"] == 1_000
    paid = {one.invoice_no: one.received for one in record(book).record.fees if one.received}
    if kind.make is not online.placed:  # there it is a formula, which the browser calculates
        assert paid["INV-0101"] == 1_000_00
    before = open_workbook(book.address).read().revision
    again = run(*words)
    assert again.code == 1, again.err
    assert open_workbook(book.address).unchanged(before) is not None, again.out
    undone = run("reconcile", "undo", book.address, _posted(book), "--why", "wrong", "--by", "x")
    assert (undone.code, undone.err) == (0, "")
    assert _allocated(book)["INV-0101"] == 0
    found = record(book).record.fees
    assert "INV-0101" not in {one.invoice_no for one in found if one.received}


def _allocations(book: Workbook) -> list[Mapping[str, Any]]:
    from sheetrecord.formats.finance.locations import rows, spots

    found = open_workbook(book.address).read().book
    return [cells for _, cells in rows(found, spots(found)["allocations"])]


def _posted(book: Workbook) -> str:
    return str(_allocations(book)[0]["alloc_id"])


def _allocated(book: Workbook) -> Mapping[str, float]:
    """Return what was posted to each invoice, by the rows that say so."""
    total: Counter[str] = Counter()
    for cells in _allocations(book):
        total[str(cells["invoice_no"])] += cells["amount"]
    return total


@kinds
def test_an_older_workbook_is_migrated_and_taken_back(kind: Kind, run: Run, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", small())
    before = book.read()
    columns = [(op.sheet, op.key) for op in STEPS[-1].ops if isinstance(op, AddColumn)]
    assert columns
    assert not any(key in record(book).layout.sheets[sheet].columns for sheet, key in columns)
    ran = run("migrate", book.address)
    assert ran.code == 0, ran.err
    assert all(key in record(book).layout.sheets[sheet].columns for sheet, key in columns)
    assert book.unchanged(before.revision) is None
    back = run("migrate", book.address, "--back")
    assert back.code == 0, back.err
    assert book.unchanged(before.revision) is not None


@kinds
def test_copies_are_synced_both_ways_and_their_conflict_decided(
    kind: Kind, run: Run, tmp_path: Path
) -> None:
    """One copy is of the kind, the other a file: whatever is typed into one comes to the other."""
    book = placed(kind, tmp_path, "firm", firm.workbook())
    other = placed(KINDS[0], tmp_path, "other", firm.workbook())
    sync = ("sync", book.address, other.address, "--by", "Mara")
    first = run(*sync)
    assert (first.code, first.err) == (0, "")
    typed(book, "Deal", "D-0001", "next_step", "Call them")
    typed(other, "Deal", "D-0001", "deal_owner", "Ben Okafor")
    plan = run(*sync, "--plan")
    assert (plan.code, plan.err) == (0, "")
    assert record(other).record.deals[0].next_step != "Call them"
    ran = run(*sync)
    assert (ran.code, ran.err) == (0, "")
    for one in (book, other):
        found = record(one).record.deals[0]
        assert (found.next_step, found.deal_owner) == ("Call them", "Ben Okafor")
    still = run("status", book.address, other.address)
    assert still.code == 0, still.out + still.err
    assert run(*sync).out == "2 copies, nothing new. Nothing to do.\n"

    typed(book, "Deal", "D-0001", "next_step", "Write")
    typed(other, "Deal", "D-0001", "next_step", "Wait")
    torn = run(*sync)
    assert (torn.code, torn.err) == (1, "")
    told = json.loads(run("conflicts", book.address, other.address, "--format", "json").out)
    assert [one["column"] for one in told["conflicts"]] == ["next_step"]
    reading = book.read()
    title, [line] = read_lines(Side(reading.book, parse(reading.book, ASOF)))
    book.write(reading, [PutCell(title, line.row, KEEP, "theirs")])
    again = run(*sync)
    assert (again.code, again.err) == (0, ""), again.out
    assert record(book).record.deals[0].next_step == record(other).record.deals[0].next_step


WRITING = {
    "promote": ("promote", "BOOK", "D-0001", "--by", "Mara", *DAY),
    "waive": ("waive", "BOOK", "D-0001", "CTX-001", "--why", "x", "--until", "2026-07-10", *DAY),
    "fix": ("validate", "BOOK", "--fix"),
    "annotate": ("validate", "BOOK", "--annotate"),
    "merge": ("merge", "BOOK", "BOOK", "BOOK", "-o", "BOOK"),
    "resolve": ("resolve", "BOOK"),
    "migrate": ("migrate", "BOOK"),
    "reconcile": ("reconcile", "BOOK", "--bank", "may.csv", "--apply", "--by", "ana"),
}
"""A command for each way in which a workbook is written."""


@pytest.mark.parametrize("command", WRITING)
def test_a_kind_that_is_only_read_is_refused_with_what_to_do(
    command: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "may.csv").write_bytes(bank_csv(*MAY))
    under = placed(KINDS[2], tmp_path, "firm", promotable(ready()))
    before = under.read().revision
    address = f"look:{under.address}"
    assert run("validate", address, *DAY).code in {0, 1}
    ran = run(*(address if word == "BOOK" else word for word in WRITING[command]))
    assert ran.code == 3, ran.out + ran.err
    assert "only read, never written to" in ran.err
    assert "Save the record as .xlsx" in ran.err
    assert under.unchanged(before) is not None

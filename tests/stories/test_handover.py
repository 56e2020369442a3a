"""The handover through the command line, on a workbook with a macro, a chart and own columns."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from promote.firm import DAY, THEIRS, VBA, Rows, parts, ready, together, users_workbook
from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.record import DealRows
from sheetrecord.workbooks.transaction import begin, placed

Run = Callable[..., Any]
ASOF = ("--asof", "2026-03-04")
DEAL = ("--deal", "D-0001")


class Firm:
    """One macro workbook and what people do to it besides running commands."""

    def __init__(self, path: Path, rows: Rows, run: Run) -> None:
        self.path, self.run = path, run
        path.write_bytes(users_workbook(rows))
        self.before = parts(path.read_bytes())

    def __call__(self, *words: object) -> Any:
        """Run a command on the workbook, as of the day of the story."""
        named = () if "--asof" in words else ASOF
        return self.run(words[0], self.path, *words[1:], *named)

    def type(self, sheet: str, row: int, **cells: Cell) -> None:
        """Type into cells, as a person does."""
        book, parsed = read_record(str(self.path), today=DAY(2026, 3, 4))
        edits = tuple(SetValue(At(sheet, "", key, row), value) for key, value in cells.items())
        begin(str(self.path)).with_edits(placed(edits, book, parsed.layout)).write()

    def deal(self, deal_id: str = "D-0001") -> DealRows:
        """Return a deal as the workbook holds it now."""
        _, parsed = read_record(str(self.path), today=DAY(2026, 3, 4))
        return derive(parsed.record).by_deal[deal_id]

    def theirs_are_untouched(self) -> None:
        """Check that what the user made is there, byte for byte, and the workbook opens."""
        now = parts(self.path.read_bytes())
        for name in THEIRS:
            assert now[name] == self.before[name]
        assert set(self.before) <= set(now)
        opened = openpyxl.load_workbook(self.path, keep_vba=True)
        with opened.vba_archive as macros:
            assert macros.read("xl/vbaProject.bin") == VBA
        assert len(opened["Start"]._charts) == 1
        own = [opened["Deal"][cell].value for cell in ("BF3", "BF4")]
        assert own == ["Favourite colour", "teal"]


@pytest.fixture
def firm(tmp_path: Path, run: Run) -> Iterator[Callable[[Rows], Firm]]:
    made: list[Firm] = []

    def make(rows: Rows) -> Firm:
        made.append(Firm(tmp_path / "firm.xlsm", rows, run))
        return made[-1]

    yield make
    for one in made:
        one.theirs_are_untouched()


def without(rows: Rows, kind: str) -> Rows:
    for row in rows["Context"]:
        if row["kind"] == kind:
            row["answer"] = ""
    return rows


def test_from_a_shut_gate_to_the_kickoff(firm: Callable[[Rows], Firm]) -> None:
    it = firm(without(ready(), "pressure"))
    data = it.path.read_bytes()
    refused = it("promote", *DEAL)
    assert refused.code == 1
    assert "CTX-004" in refused.out
    assert "Context!E8" in refused.out
    assert it.path.read_bytes() == data

    until = ("--why", "Sole bidder", "--until", "2026-04-30", "--by", "Ines")
    assert it("waive", "CTX-004", *DEAL, *until).code == 0
    data = it.path.read_bytes()
    planned = it("promote", *DEAL, "--plan")
    assert (planned.code, it.path.read_bytes()) == (0, data)
    assert "Deal!D4" in planned.out
    assert "Stage: Verbal yes -> Won" in planned.out

    assert it("promote", *DEAL, "--by", "Ines").code == 0
    rows = it.deal()
    assert (rows.deal.stage, rows.deal.handover_state, rows.deal.fee_gap) == ("won", "offered", 0)
    data = it.path.read_bytes()
    again = it("promote", *DEAL)
    assert "nothing to do" in again.out
    assert it.path.read_bytes() == data

    assert it("accept", *DEAL, "--by", "Tom", "--asof", "2026-03-05").code == 0
    fact = rows.context[0].ctx_id
    assert "left to confirm" in it("confirm", *DEAL, "--fact", fact, "--by", "Tom").out
    assert it("confirm", *DEAL, "--all", "--by", "Tom", "--asof", "2026-03-10").code == 0
    assert it.deal().deal.handover_state == "confirmed"
    told = {f["name"]: f for f in json.loads(it("figures", "--format", "json").out)["figures"]}
    assert told["first_pass_gate"]["value"] == 0
    assert told["won_to_accepted"]["value"] == 3
    assert told["confirm_rate"]["value"] == 1
    assert "DEAL-007" not in it("validate").out


def test_a_stage_that_somebody_set_to_won_is_promoted(firm: Callable[[Rows], Firm]) -> None:
    it = firm(ready(stage="won"))
    assert "DEAL-007" in it("validate").out
    done = json.loads(it("promote", *DEAL, "--format", "json").out)
    assert (done["outcome"], done["written"]) == ("promoted", True)
    assert not [c for c in done["changes"] if c["column"] == "stage"]
    assert "DEAL-007" not in it("validate").out


def test_work_begins_before_the_signature_and_the_amount_changes(
    firm: Callable[[Rows], Firm],
) -> None:
    it = firm(ready(signed_on=None, contract_link=None))
    assert it("promote", *DEAL, "--at-risk").code == 2
    start = ("--at-risk", "--why", "The board meets", "--until", "2026-04-15", "--by", "Ines")
    assert it("promote", *DEAL, *start).code == 0
    assert it("promote", *DEAL, *start).out.startswith("Note: The work has begun")
    assert it.deal().project[0].status == "at_risk"
    it.type("Deal", 4, signed_on=DAY(2026, 3, 25), contract_link="c.pdf", value_net=38000.01)
    later = ("--asof", "2026-03-25")
    assert "FEE-001" in it("promote", *DEAL, *later).out
    done = it("promote", *DEAL, "--refit-fees", *later)
    assert "began at 42,000.00 EUR; it was signed at 38,000.01 EUR" in done.out
    rows = it.deal()
    assert (rows.deal.fee_gap, rows.deal.stage, rows.project[0].status) == (0, "won", "on_track")


def test_ops_returns_it_sales_mends_it_ops_accepts_it(firm: Callable[[Rows], Firm]) -> None:
    it = firm(ready())
    assert it("accept", *DEAL).code == 1
    it("promote", *DEAL)
    back = ("--code", "scope_unclear", "--note", "Which reports?", "--by", "Tom")
    assert it("return", *DEAL, *back).code == 0
    assert it.deal().deal.return_note == "Which reports?"
    assert it("accept", *DEAL).code == 1
    it.type("Commitments", 5, what="A report for each machine, weekly")
    assert it("promote", *DEAL).code == 0
    assert it("accept", *DEAL, "--by", "Tom").code == 0
    assert "no differences" in it("diff").out
    assert "version 2" in it("diff").out
    first = it("diff", *DEAL, "--version", "1").out
    assert "A report for each machine as sold, A report for each machine, weekly now" in first


def test_a_sale_falls_through_and_comes_back_five_months_later(
    firm: Callable[[Rows], Firm],
) -> None:
    it = firm(ready())
    it("promote", *DEAL)
    it.type("Deal", 4, stage="Lost", lost_reason="No budget")
    assert "--reopen" in it("promote", *DEAL).out
    assert it("promote", *DEAL, "--reopen").code == 0
    assert it("promote", *DEAL, "--reopen").out.splitlines()[-1].endswith("Nothing was written.")
    assert it.deal().deal.handover_state == "not_ready"
    it.type("Deal", 4, stage="Won", signed_on=DAY(2026, 8, 7))
    back = it("promote", *DEAL, "--asof", "2026-08-10")
    assert "ask again" in back.out
    rows = it.deal()
    assert (len(rows.fees), rows.deal.handover_state) == (3, "offered")
    assert len([row for row in rows.project if row.kind == "summary"]) == 1


def test_a_project_in_phases(firm: Callable[[Rows], Firm]) -> None:
    rows = ready()
    for i, (phase, net) in enumerate((("Design", 1_000_001), ("Build", 3_199_999))):
        line = {"origin": "contract", "fee_type": "milestone", "trigger": "on_acceptance"}
        rows["Fees"].append(
            {"fee_id": f"F-{i}", "deal_id": "D-0001", "phase": phase, "net": net}
            | {"description": f"{phase} done", "planned_on": DAY(2026, 5, 1)}
            | line
        )
    it = firm(rows)
    assert it("promote", *DEAL).code == 0
    found = [(row.kind, row.phase) for row in it.deal().project if row.phase]
    assert found == [
        ("summary", "Design"),
        ("summary", "Build"),
        ("milestone", "Design"),
        ("milestone", "Build"),
    ]
    assert [fee.net for fee in it.deal().fees] == [1_000_001, 3_199_999]


def test_two_deals_of_one_client_on_one_day_and_one_that_follows(
    firm: Callable[[Rows], Firm],
) -> None:
    third = ready("D-0003", deal_name="Third plant", prior_deal_id="D-0001")
    third["Context"] = [row for row in third["Context"] if row["kind"] != "stakeholder"]
    second = ready("D-0002", deal_name="Support", fee_model="retainer")
    it = firm(together(ready(), second, third))
    for number in (1, 2, 3):
        done = it("promote", "--deal", f"D-000{number}")
        assert done.code == 0, done.out
    assert "to re-confirm: Ute Brandt, Jan Weiss" in done.out
    people = [row.person for row in it.deal("D-0003").context if row.kind == "stakeholder"]
    assert people == ["Ute Brandt", "Jan Weiss"]
    for number in (1, 2, 3):
        rows = it.deal(f"D-000{number}")
        assert sum(fee.net or 0 for fee in rows.fees) == 4_200_000
        assert "nothing to do" in it("promote", "--deal", rows.id).out
    told = json.loads(it("diff", "--format", "json").out)
    assert [(d["deal_id"], d["intact"], d["differences"]) for d in told["deals"]] == [
        (f"D-000{number}", True, []) for number in (1, 2, 3)
    ]


def test_one_person_sells_and_delivers(firm: Callable[[Rows], Firm]) -> None:
    it = firm(ready(ops_owner="Ines"))
    assert "Ines hands over to Ines" in it("promote", *DEAL).out
    assert it("accept", *DEAL, "--by", "Ines").code == 0
    assert "Sold and delivered by one person" in it("brief", "D-0001", "--format", "html").out


@pytest.mark.parametrize(
    ("currency", "minor", "nets"),
    [
        ("JPY", 1_000_001, [300_000, 400_001, 300_000]),
        ("KWD", 12_345_679, [3_703_704, 4_938_271, 3_703_704]),
        ("EUR", 1, [0, 1, 0]),
    ],
)
def test_fees_add_up_in_any_currency(
    firm: Callable[[Rows], Firm], currency: str, minor: int, nets: list[int]
) -> None:
    it = firm(ready(currency=currency, value_net=minor))
    assert it("promote", *DEAL).code == 0
    assert [fee.net for fee in it.deal().fees] == nets
    assert it.deal().deal.fee_gap == 0


def test_an_e_mailed_copy_proves_what_was_sold(
    firm: Callable[[Rows], Firm], tmp_path: Path, run: Run
) -> None:
    it = firm(ready())
    digest = json.loads(it("promote", *DEAL, "--format", "json").out)["sold_sha256"]
    assert digest in it("brief", "D-0001").out
    it.type("Deal", 4, value_net=40000)
    copy = tmp_path / "copy.xlsm"
    copy.write_bytes(it.path.read_bytes())
    told = run("diff", copy, *DEAL, "--hash", digest[:20])
    assert told.code == 0
    assert "Deal!H4  Value, net: 42,000.00 EUR as sold, 40,000.00 EUR now" in told.out
    assert run("diff", copy, *DEAL, "--hash", "0" * 20).code == 1

    forged = openpyxl.load_workbook(copy, keep_vba=True)
    assert forged["sr_baseline"].sheet_state == "hidden"
    for row in forged["sr_baseline"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("4200000", "4000000")
    forged.save(copy)
    forged.vba_archive.close()
    told = run("diff", copy, *DEAL)
    assert told.code == 1
    assert "NOT what was frozen" in told.out


def test_the_letter_says_back_only_what_is_shared(firm: Callable[[Rows], Firm]) -> None:
    it = firm(ready())
    told = it("say-back", "D-0001")
    assert told.code == 0
    assert "The night shift is trained as well" in told.out
    assert "A report for each machine" not in told.out
    assert "Ute promised" not in told.out
    assert "2 commitments are not shared" in told.err
    for row in range(4, 10):
        it.type("Commitments", row, share=None)
    assert it("say-back", "D-0001").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("promote", "missing.xlsx", *DEAL), 3),
        (("promote", "firm.xlsm", "--deal", "D-9"), 2),
        (("promote", "firm.xlsm"), 2),
        (("return", "firm.xlsm", *DEAL, "--code", "nonsense", "--note", "x"), 2),
        (("confirm", "firm.xlsm", *DEAL), 2),
        (("waive", "firm.xlsm", *DEAL, "--why", "x", "--until", "2026-05-01"), 2),
        (("waive", "firm.xlsm", "CTX-002", *DEAL), 2),
        (("waive", "firm.xlsm", "CTX-999", *DEAL, "--why", "x", "--until", "2099-05-01"), 2),
        (("brief", "firm.xlsm", "D-9"), 2),
        (("diff", "firm.xlsm", "--deal", "D-0001"), 1),
        (("diff", "firm.xlsm", "--hash", "abc"), 2),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else str(value),
)
def test_a_command_that_cannot_be_done_says_so_and_writes_nothing(
    firm: Callable[[Rows], Firm], run: Run, words: tuple[str, ...], code: int
) -> None:
    it = firm(ready())
    data = it.path.read_bytes()
    told = run(*words)
    assert told.code == code, told.out + told.err
    assert told.out + told.err
    assert it.path.read_bytes() == data


def test_a_record_that_is_no_workbook_is_not_written_to(tmp_path: Path, run: Run) -> None:
    page = tmp_path / "firm.md"
    page.write_text(
        "| Deal | deal_id | client | stage | handover_state |\n|---|---|---|---|---|\n"
        "| | D-0001 | Acme | won | offered |\n\n"
        "| Context | row_id | deal_id | kind |\n|---|---|---|---|\n\n"
        "| Commitments | row_id | deal_id | text |\n|---|---|---|---|\n\n"
        "| Fees | row_id | deal_id | net |\n|---|---|---|---|\n\n"
        "| Project | row_id | deal_id | kind |\n|---|---|---|---|\n| | P-1 | D-0001 | summary |\n"
    )
    told = run("accept", page, *DEAL, "--plan")
    assert told.code == 0
    told = run("accept", page, *DEAL)
    assert (told.code, "Save the record as .xlsx" in told.err) == (3, True)

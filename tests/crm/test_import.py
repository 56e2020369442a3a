"""An import into the record: known again, three-way, whole or not at all, asked before written."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from promote.firm import ready, together, workbook
from sheetrecord.app.validate import read_record
from sheetrecord.core.crm.memory import remembered
from sheetrecord.core.crm.verdict import weigh
from sheetrecord.core.handover.hidden_log import log_intact, read_log
from sheetrecord.core.sync.hidden_sheets import missing
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.workbooks.transaction import begin, placed

Run = Callable[..., Ran]
DAY = ("--asof", "2026-03-04", "--by", "Kim")
ENGLISH = """Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Deal owner,\
Associated Company,\
Associated Contact
91,Shop,Closed Won,1200,EUR,2026-04-30,Kim Vale,Oak Ltd,Ann Lee (a@oak.example);Bo Ray
92,App,Contract Sent,2500.50,EUR,2026-05-31,Kim Vale,Elm Ltd,
"""
GERMAN = """Datensatz-ID;Deal-Name;Deal-Phase;Betrag;Abschlussdatum;Zuständiger Mitarbeiter
91;Shop;Abgeschlossen und gewonnen;1.200,00;30.04.2026;Kim Vale
92;App;Vertrag gesendet;2.600,50;31.05.2026;Kim Vale
"""


class Firm:
    """A workbook into which exports come, and what people type into it between them."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run, self.path = folder, run, folder / "firm.xlsx"
        self.path.write_bytes(workbook({}))

    def take(self, text: str, *words: str, name: str = "deals.csv") -> Ran:
        """Import an export."""
        (self.folder / name).write_text(text, "utf-8")
        return self.run("import", "firm.xlsx", name, *words, *DAY)

    def told(self, text: str, *words: str) -> Any:
        """Import an export and return what is said as JSON."""
        return json.loads(self.take(text, *words, "--format", "json").out)

    @property
    def parsed(self) -> Parsed:
        from promote.firm import DAY as DATE

        return read_record(str(self.path), today=DATE(2026, 3, 4))[1]

    def deals(self) -> dict[str, Any]:
        return {deal.crm_ref: deal for deal in self.parsed.record.deals}

    def type(self, deal_id: str, **cells: Cell) -> None:
        """Type into cells of a deal, as a person does."""
        plan = tuple(SetValue(At("Deal", deal_id, key), cell) for key, cell in cells.items())
        now = begin(str(self.path))
        now.with_edits(placed(plan, now.book, self.parsed.layout)).write()


@pytest.fixture
def firm(tmp_path: Path, run: Run) -> Firm:
    return Firm(tmp_path, run)


def verdicts(told: Any) -> dict[str, str]:
    return {deal["crm_ref"]: deal["verdict"] for deal in told["deals"]}


def test_deals_come_into_the_rows_that_wait_for_them(firm: Firm) -> None:
    ran = firm.take(ENGLISH)
    assert (ran.code, ran.err) == (0, "")
    shop = firm.deals()["hubspot:91"]
    assert (shop.deal_id, shop.client, shop.deal_name) == ("D-0001", "Oak Ltd", "Shop")
    assert (shop.stage, shop.value_net, shop.currency) == ("won", 120_000, "EUR")
    assert (shop.deal_owner, shop.expected_close.isoformat()) == ("Kim Vale", "2026-04-30")
    people = [row.person for row in firm.parsed.record.context if row.kind == "stakeholder"]
    assert sorted(filter(None, people)) == ["Ann Lee", "Bo Ray"]


def test_the_same_export_twice_changes_no_byte(firm: Firm) -> None:
    firm.take(ENGLISH)
    before = firm.path.read_bytes()
    told = firm.told(ENGLISH)
    assert verdicts(told) == {"hubspot:91": "same", "hubspot:92": "same"}
    assert not told["written"]
    assert firm.path.read_bytes() == before


def test_a_week_later_in_another_language_one_changed_amount_is_one_change(firm: Firm) -> None:
    firm.take(ENGLISH)
    told = firm.told(GERMAN)
    assert verdicts(told) == {"hubspot:91": "same", "hubspot:92": "changed"}
    assert told["deals"][1]["changes"] == [
        {"column": "value_net", "was": "2500.50", "becomes": "2600.50"}
    ]
    assert firm.deals()["hubspot:92"].value_net == 260_050
    assert firm.deals()["hubspot:92"].client == "Elm Ltd"  # a column it lacks changes nothing


def test_what_a_person_changed_stands_and_where_both_changed_both_are_shown(firm: Firm) -> None:
    firm.take(ENGLISH)
    firm.type("D-0002", deal_owner="Sam Hill", deal_name="Portal")
    told = firm.told(ENGLISH)
    assert verdicts(told)["hubspot:92"] == "same"
    moved = ENGLISH.replace("App", "App 2").replace("2500.50", "9000")
    told = firm.told(moved)
    deal = told["deals"][1]
    assert deal["verdict"] == "conflict"
    assert [change["column"] for change in deal["changes"]] == ["value_net"]
    assert deal["conflicts"] == [
        {
            "column": "deal_name",
            "was": "Portal",
            "becomes": "App 2",
            "why": "changed here and in the CRM",
        }
    ]
    now = firm.deals()["hubspot:92"]
    assert (now.deal_name, now.deal_owner, now.value_net) == ("Portal", "Sam Hill", 900_000)
    assert firm.take(moved).code == 1  # it is said until somebody decides
    assert firm.take(moved, "--keep", "ours").code == 0
    assert firm.take(moved).code == 0
    assert firm.deals()["hubspot:92"].deal_name == "Portal"


def test_the_crm_may_be_kept(firm: Firm) -> None:
    firm.take(ENGLISH)
    firm.type("D-0002", deal_name="Portal")
    assert firm.take(ENGLISH.replace("App", "App 2"), "--keep", "crm").code == 0
    assert firm.deals()["hubspot:92"].deal_name == "App 2"


def test_what_was_sold_is_not_changed_by_an_import(tmp_path: Path, run: Run) -> None:
    firm = Firm(tmp_path, run)
    rows = ready(crm_ref="hubspot:92", deal_name="App", client="Elm Ltd")
    firm.path.write_bytes(workbook(together(rows)))
    assert run("promote", "firm.xlsx", "D-0001", *DAY).code == 0
    told = firm.told(ENGLISH, "--keep", "crm")
    deal = told["deals"][1]
    assert {one["column"] for one in deal["conflicts"]} == {"value_net", "stage"}
    assert firm.deals()["hubspot:92"].value_net == 4_200_000


def test_nothing_is_written_before_every_question_is_answered(firm: Firm) -> None:
    text = ENGLISH.replace("Contract Sent", "Warm").replace(",Currency,", ",Coin,")
    before = firm.path.read_bytes()
    ran = firm.take(text)
    assert ran.code == 1
    assert 'stage "Warm" (which of yours is it?)' in ran.out
    assert "currency (none in the file)" in ran.out
    assert firm.path.read_bytes() == before
    assert firm.take(text, "--stage", "Warm=verbal", "--currency", "eur").code == 0
    assert firm.deals()["hubspot:92"].stage == "verbal"
    assert firm.deals()["hubspot:92"].currency == "EUR"
    told = firm.told(text)  # what was answered once is remembered in the workbook
    assert told["ask"] == []
    assert verdicts(told) == {"hubspot:91": "same", "hubspot:92": "same"}


def test_a_deal_of_that_client_and_name_is_asked_about(firm: Firm) -> None:
    firm.path.write_bytes(workbook(ready(client="Elm Ltd", deal_name="App")))
    ran = firm.take(ENGLISH)
    assert ran.code == 1
    assert 'deal hubspot:92 ("App" of Elm Ltd: is it D-0001?)' in ran.out
    assert firm.take(ENGLISH, "--same", "hubspot:92=D-0001").code == 1  # the amounts differ
    now = {deal.deal_id: deal for deal in firm.parsed.record.deals}
    assert now["D-0001"].crm_ref == "hubspot:92"
    assert now["D-0001"].value_net == 4_200_000
    assert len(now) == 2


def test_a_table_without_numbers_knows_deals_by_client_and_name(firm: Firm) -> None:
    text = "Client;Deal;Amount;Currency\nOak;Shop;5,00;EUR\nOak;App;6,00;EUR\n"
    firm.take(text)
    assert len(firm.parsed.record.deals) == 2
    told = firm.told(text.replace("6,00", "7,00"))
    assert [deal["verdict"] for deal in told["deals"]] == ["same", "changed"]
    assert len(firm.parsed.record.deals) == 2


def test_the_first_row_of_two_lists_is_not_one_deal(firm: Firm) -> None:
    firm.take("No;Client;Deal;Amount;Currency\n1;Oak;Shop;5,00;EUR\n")
    told = firm.told("No;Client;Deal;Amount;Currency\n1;Elm;App;6,00;EUR\n")
    assert told["refused"] == [
        {"cell": "A2", "why": "csv:1 is D-0001, another deal, in the record"}
    ]
    assert [deal.client for deal in firm.parsed.record.deals] == ["Oak"]


def test_several_files_come_in_one_write_and_know_each_others_deals(firm: Firm) -> None:
    (firm.folder / "de.csv").write_text(GERMAN, "utf-8")
    ran = firm.take(ENGLISH, "de.csv", "--format", "json")
    told = json.loads(ran.out)
    assert [verdicts(file) for file in told["files"]] == [
        {"hubspot:91": "new", "hubspot:92": "new"},
        {"hubspot:91": "same", "hubspot:92": "changed"},
    ]
    assert firm.deals()["hubspot:92"].value_net == 260_050
    assert len(firm.parsed.record.deals) == 2


def test_a_deal_that_the_file_lacks_is_mentioned_and_left_alone(firm: Firm) -> None:
    firm.take(ENGLISH)
    only = "\n".join(ENGLISH.splitlines()[:2]) + "\n"
    before = firm.path.read_bytes()
    ran = firm.take(only)
    assert "Not in the files, and left as they are: D-0002." in ran.out
    assert firm.path.read_bytes() == before


def test_text_that_looks_like_a_formula_stays_text(firm: Firm) -> None:
    firm.take(ENGLISH.replace("App", "=1+1"))
    assert firm.deals()["hubspot:92"].deal_name == "=1+1"


def test_a_person_whom_somebody_removed_does_not_come_back(firm: Firm) -> None:
    firm.take(ENGLISH)
    rows = [row for row in firm.parsed.record.context if row.person == "Bo Ray"]
    plan = tuple(SetValue(At("Context", row.ctx_id, "person"), None) for row in rows)
    now = begin(str(firm.path))
    now.with_edits(placed(plan, now.book, firm.parsed.layout)).write()
    firm.take(ENGLISH.replace("1200", "1300"))
    assert {row.person for row in firm.parsed.record.context} == {"", "Ann Lee"}


def test_what_is_remembered_stands_in_a_log_that_proves_itself(firm: Firm) -> None:
    firm.take(ENGLISH)
    firm.take(GERMAN)
    book = begin(str(firm.path)).book
    assert log_intact(book)
    memory = remembered(read_log(book))
    assert memory.imported["hubspot:92"]["value_net"] == "2600.50"
    assert memory.imported["hubspot:91"]["contacts"] == "ann lee\nbo ray"


def test_a_copy_that_shows_a_part_gets_no_imported_amounts(firm: Firm, tmp_path: Path) -> None:
    (tmp_path / "view.xlsx").write_bytes(firm.path.read_bytes())
    firm.take(ENGLISH)
    giver = begin(str(firm.path)).book
    taker = begin(str(tmp_path / "view.xlsx")).book
    assert "2500.50" in str(missing(giver, taker))
    assert missing(giver, taker, whole=False) == ()


def test_a_reason_for_losing_is_taken_if_it_is_one_of_the_firms(firm: Firm) -> None:
    text = ENGLISH.replace("Associated Contact\n", "Closed Lost Reason\n")
    text = text.replace("Closed Won", "Closed Lost").replace(
        "Ann Lee (a@oak.example);Bo Ray", "Price"
    )
    firm.take(text)
    assert (firm.deals()["hubspot:91"].stage, firm.deals()["hubspot:91"].lost_reason) == (
        "lost",
        "price",
    )


def test_a_refused_cell_leaves_its_deal_and_ends_with_1(firm: Firm) -> None:
    ran = firm.take(ENGLISH.replace("2026-05-31", "end of May"))
    assert ran.code == 1
    assert "F3: not a date" in ran.out
    assert firm.deals()["hubspot:92"].expected_close is None


@pytest.mark.parametrize(
    "words",
    [
        ("import", "firm.xlsx"),
        ("import", "firm.xlsx", "deals.csv", "--stage", "x"),
        ("import", "firm.xlsx", "deals.csv", "--stage", "x=nowhere"),
        ("import", "firm.xlsx", "deals.csv", "--column", "x=what"),
        ("import", "firm.xlsx", "deals.csv", "--currency", "gold"),
    ],
)
def test_words_that_are_wrong_end_with_2(firm: Firm, run: Run, words: tuple[str, ...]) -> None:
    (firm.folder / "deals.csv").write_text(ENGLISH)
    assert run(*words).code == 2


def test_a_file_that_is_not_there_ends_with_3(firm: Firm, run: Run) -> None:
    assert run("import", "firm.xlsx", "gone.csv").code == 3


def test_on_a_terminal_everything_is_asked_and_then_written(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ENGLISH.replace("Contract Sent", "Warm").replace(",Currency,", ",Coin,")
    text = text.replace("2026-04-30", "03/04/2026").replace("2026-05-31", "")
    text = text.replace("Kim Vale,Elm", "51234,Elm")
    given = {"order of": "dmy", "stage": "verbal", "owner": "Sam Hill", "currency": "gold"}
    asked: list[str] = []

    def answer(prompt: str = "") -> str:
        asked.append(prompt)
        word = next(word for word in given if f"Which {word}" in prompt)
        said, given[word] = given[word], "EUR"  # gold is no currency, so it is asked again
        return said

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    ran = firm.take(text)
    assert ran.code == 0, ran.err
    assert len(asked) == 5
    app = firm.deals()["hubspot:92"]
    assert (app.stage, app.deal_owner, app.currency) == ("verbal", "Sam Hill", "EUR")
    assert firm.deals()["hubspot:91"].expected_close.isoformat() == "2026-04-03"
    firm.take(text)
    assert len(asked) == 5  # what was answered is remembered


WEIGHED = [
    # theirs, ours, before -> what stands afterwards
    ("a", "a", None, "a"),
    ("a", "", None, "a"),
    ("b", "a", "a", "b"),
    ("a", "b", "a", "b"),
    ("a", "", "a", ""),
    ("b", "b", "a", "b"),
    ("c", "b", "a", "conflict"),
    ("b", "", "a", "conflict"),
    ("b", "a", None, "conflict"),
]


@pytest.mark.parametrize(("theirs", "ours", "before", "wanted"), WEIGHED)
def test_a_cell_follows_the_side_that_moved(
    theirs: str, ours: str, before: str | None, wanted: str
) -> None:
    change = weigh("client", theirs, ours, before, sold="", keep="")
    stands = ours if change is None else "conflict" if change.why else change.becomes
    assert stands == wanted

"""Nothing waits in silence: what should have happened is said on its day, and until it does."""

import datetime as dt

import pytest

from rules.records import record_of
from sheetrecord.rules import load_rules

DEAL = """
| Deal | deal_id | client | stage | signed_on  | contract_start | {keys} |
|------|---------|--------|-------|------------|----------------|{line}|
|      | D-0001  | Acme   | won   | 2026-01-12 | 2026-01-15     | {cells} |
"""

GOING = """
| Project | deal_id | kind    | title   | status   |
|---------|---------|---------|---------|----------|
|         | D-0001  | summary | Rollout | on_track |
"""


def deal(**cells: str) -> str:
    """Return the table of a won deal with further cells."""
    line = "|".join("-" * 4 for _ in cells)
    return DEAL.format(keys=" | ".join(cells), line=line, cells=" | ".join(cells.values()))


def rows(sheet: str, **cells: str) -> str:
    """Return the table of one row of another sheet."""
    head = f"\n| {sheet} | deal_id | {' | '.join(cells)} |\n"
    line = "|" + "---|" * (len(cells) + 2) + "\n"
    return f"{head}{line}| | D-0001 | {' | '.join(cells.values())} |\n"


ACCEPTED = deal(handover_state="accepted", handover_on="2026-01-20")
FACT = rows("Context", kind="why_us", answer="We know their site")

SILENT: list[tuple[str, str, str, str]] = [
    # what does not happen, the record, the first day on which it is said, the rule that says it
    ("nobody confirms a fact", ACCEPTED + FACT, "2026-02-04", "CTX-043"),
    (
        "accepted by hand, without its day",
        deal(handover_state="accepted") + FACT,
        "2026-01-27",
        "CTX-043",
    ),
    ("a handover without its day", deal(handover_state="offered"), "2026-01-12", "DEAL-052"),
    ("no kickoff, and nothing to confirm", ACCEPTED, "2026-02-04", "CTX-044"),
    ("no update, ever", ACCEPTED + GOING, "2026-02-04", "PRJ-030"),
    (
        "no update ever, and no day of the acceptance",
        deal(handover_state="accepted") + GOING,
        "2026-01-27",
        "PRJ-030",
    ),
    (
        "nobody answers an offer",
        deal(handover_state="offered", handover_on="2026-01-13"),
        "2026-01-17",
        "DEAL-044",
    ),
    ("nobody answers one without a day", deal(handover_state="offered"), "2026-01-16", "DEAL-044"),
    ("nobody mends what came back", deal(handover_state="returned"), "2026-01-16", "DEAL-051"),
    ("nobody hands it over", deal(handover_state=""), "2026-01-12", "DEAL-007"),
    (
        "somebody may leave",
        ACCEPTED + rows("Context", kind="stakeholder", person="Ute", date="2026-04-01"),
        "2026-04-01",
        "CTX-026",
    ),
    (
        "a fact has a day",
        ACCEPTED + rows("Context", kind="risk", answer="They move house", date="2026-04-10"),
        "2026-04-03",
        "CTX-027",
    ),
    (
        "nobody asks again",
        ACCEPTED + rows("Context", kind="risk", answer="?", chase_on="2026-04-01", chase_by="Tom"),
        "2026-04-01",
        "CTX-024",
    ),
    (
        "an assumption with a day",
        ACCEPTED + rows("Commitments", what="Data by then", type="assumption", due_on="2026-04-01"),
        "2026-04-01",
        "COM-020",
    ),
    (
        "a promise falls due",
        ACCEPTED + rows("Commitments", what="A draft", type="promise", due_on="2026-04-01"),
        "2026-04-01",
        "COM-020",
    ),
    (
        "the client owes us something",
        ACCEPTED + rows("Commitments", what="Plans", type="client_duty", due_on="2026-04-01"),
        "2026-04-02",
        "COM-021",
    ),
    (
        "a promise without a day",
        ACCEPTED + rows("Commitments", what="A draft", type="promise", in_contract="no"),
        "2026-02-04",
        "COM-029",
    ),
    ("the day of notice", deal(notice_by="2026-05-01"), "2026-04-01", "DEAL-047"),
    (
        "a retainer without a day of notice, handed over",
        deal(fee_model="retainer", handover_state="accepted", handover_on="2026-01-20"),
        "2026-01-20",
        "DEAL-049",
    ),
    (
        "the day of a success fee",
        ACCEPTED
        + rows("Fees", description="A tenth of the savings", fee_type="success", net="900.00")
        .replace("| net |", "| net | planned_on |")
        .replace("---|\n|", "---|---|\n|")
        .replace("| 900.00 |", "| 900.00 | 2026-04-01 |"),
        "2026-04-01",
        "FEE-019",
    ),
    (
        "a success fee that waits for no milestone",
        ACCEPTED + rows("Fees", description="A tenth", fee_type="success", trigger="on_milestone"),
        "2026-01-20",
        "FEE-002",
    ),
    (
        "a milestone without a day",
        ACCEPTED + rows("Project", kind="milestone", title="Savings are counted"),
        "2026-01-20",
        "PRJ-034",
    ),
    (
        "a milestone on its day",
        ACCEPTED + rows("Project", kind="milestone", title="Go live", date_planned="2026-04-01"),
        "2026-04-01",
        "PRJ-005",
    ),
    (
        "a change that nobody sends",
        ACCEPTED
        + rows("Project", kind="change", title="Nights", status="draft", due_on="2026-04-01"),
        "2026-04-01",
        "PRJ-043",
    ),
    (
        "a change without an answer and without a day",
        ACCEPTED + rows("Project", kind="change", title="Nights", status="draft"),
        "2026-01-20",
        "PRJ-034",
    ),
    (
        "the contract is over, the work is not",
        deal(contract_end="2026-04-01") + GOING,
        "2026-04-02",
        "PRJ-044",
    ),
]

AT_ONCE = {"DEAL-007", "DEAL-049", "DEAL-052", "FEE-002", "PRJ-034"}
"""What is asked from the beginning: it is no matter of days."""


def said(tables: str, day: dt.date) -> set[str]:
    """Return the codes of what is said about a record on a day."""
    record = record_of(tables, asof=day)
    return {
        code
        for code, rule in load_rules().items()
        for deal_rows in record.by_deal.values()
        if rule.deal_check is not None
        for _ in rule.deal_check(deal_rows, record.settings)
    }


@pytest.mark.parametrize(
    ("tables", "day", "code"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT]
)
def test_what_does_not_happen_is_said_on_its_day_and_until_it_does(
    tables: str, day: str, code: str
) -> None:
    first = dt.date.fromisoformat(day)
    for later in (0, 1, 45, 400):
        assert code in said(tables, first + dt.timedelta(days=later)), later
    before = said(tables, first - dt.timedelta(days=1))
    assert (code in before) is (code in AT_ONCE)


def test_facts_that_answer_one_question_are_told_once() -> None:
    people = "".join(
        f"| | D-0001 | stakeholder | {name} | daily_contact | {stance} |\n"
        for name, stance in (
            ("Ute", "for"),
            ("Jan", "for"),
            ("Eva", "unknown"),
            ("Kurt", "against"),
        )
    )
    head = "\n| Context | deal_id | kind | person | role | stance |\n|---|---|---|---|---|---|\n"
    record = record_of(ACCEPTED + head + people, asof=dt.date(2026, 3, 2))
    rule = load_rules()["CTX-043"]
    assert rule.deal_check is not None
    found = rule.deal_check(record.by_deal["D-0001"], record.settings)
    assert [one.words["what"] for one in found] == ['Ute", "Jan', "Eva", "Kurt"]

"""What was missing after handovers: counted, asked for by why it was missing, judged by counts."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from promote.firm import ready, together, workbook
from sheetrecord.app.handover import open_handover
from sheetrecord.app.validate import read_record
from sheetrecord.core.gaps.hints import hurt_deals
from sheetrecord.core.gaps.pareto import alike, groups_of
from sheetrecord.core.gaps.rules_made import rules_made, unread_kinds
from sheetrecord.core.gaps.stopped import Tally, chance, verdict
from sheetrecord.core.gaps.subjects import subject_of
from sheetrecord.core.gaps.tightening import SettingChange, tightening
from sheetrecord.core.handover.hidden_log import log_intact, read_log
from sheetrecord.model.edit import At, SetValue
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Settings
from sheetrecord.workbooks.transaction import begin, placed

Run = Callable[..., Ran]
DAY = dt.date(2026, 3, 4)
ASOF = ("--asof", DAY.isoformat(), "--by", "Kim")


def gap(number: int, **cells: Any) -> dict[str, Any]:
    told = {"gap_id": f"G-{number:04d}A", "deal_id": "D-0001", "what_was_missing": "x", **cells}
    return {key: cell for key, cell in told.items() if cell is not None}


class Firm:
    """A workbook with gaps, and commands on it."""

    def __init__(self, folder: Path, run: Run, *gaps: dict[str, Any]) -> None:
        self.path, self.run = folder / "firm.xlsx", run
        rows = together(ready("D-0001"), ready("D-0002"), {"Gaps": list(gaps)})
        self.path.write_bytes(workbook(rows))

    def __call__(self, *words: object) -> Ran:
        return self.run("gaps", "firm.xlsx", *words, *ASOF)

    def told(self, *words: object) -> Any:
        return json.loads(self(*words, "--format", "json").out)

    @property
    def parsed(self) -> Parsed:
        return read_record(str(self.path), today=DAY)[1]

    def type(self, sheet: str, row_id: str, **cells: Any) -> None:
        plan = tuple(SetValue(At(sheet, row_id, key), cell) for key, cell in cells.items())
        now = begin(str(self.path))
        now.with_edits(placed(plan, now.book, self.parsed.layout)).write()


@pytest.fixture
def parsed(tmp_path: Path) -> Parsed:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    return read_record(str(path), today=DAY)[1]


REAL = "real_deadline"
UNASKED = gap(1, prompt_or_field=REAL, why_not_transferred="not_asked")
SUBJECTS = [
    ("real_deadline", "question", "real_deadline"),
    ("Real deadline", "question", "real_deadline"),
    ("Wirklicher Termin", "question", "real_deadline"),
    ("Which date really matters to them, and what happens that day?", "question", REAL),
    ("Commitments", "promises", "Commitments"),
    ("Promise", "promises", "Commitments"),
    ("Commitments.due_on", "promises", "Commitments"),
    ("Ops owner", "column", "Deal.ops_owner"),
    ("Deal.contract_link", "column", "Deal.contract_link"),
    ("Deal", "sheet", "Deal"),
    ("Who signs off drafts", "own", "who signs off drafts"),
    ("", "own", "nobody knew"),
]


@pytest.mark.parametrize(("text", "kind", "key"), SUBJECTS)
def test_a_gap_is_about_what_its_words_name(text: str, kind: str, key: str, parsed: Parsed) -> None:
    found = subject_of(text, "Nobody  knew", parsed.lexicon)
    assert (found.kind, found.key) == (kind, key)


def test_the_kind_of_most_deals_comes_first_then_the_dearest(tmp_path: Path, run: Run) -> None:
    firm = Firm(
        tmp_path,
        run,
        gap(1, prompt_or_field="pressure", hours_lost=90.0),
        gap(2, prompt_or_field="real_deadline", hours_lost=2.0, where_it_was="email"),
        gap(3, prompt_or_field="Real deadline", deal_id="D-0002", money_lost=50_000),
        gap(4, prompt_or_field="why_us", hours_lost=1.0),
    )
    groups = groups_of(firm.parsed.record, firm.parsed.lexicon)
    assert [group.subject.key for group in groups] == ["real_deadline", "pressure", "why_us"]
    first = groups[0]
    rate = Decimal(str(firm.parsed.record.settings.hourly_rate))
    assert (first.deals, first.hours) == (("D-0001", "D-0002"), 2.0)
    assert first.money == {"EUR": Decimal(500) + 2 * rate}
    assert first.where == {"email": 1}


def test_gaps_in_other_words_are_offered_as_one_and_never_made_one(
    tmp_path: Path, run: Run
) -> None:
    firm = Firm(
        tmp_path,
        run,
        gap(1, prompt_or_field="Who signs off the drafts"),
        gap(2, prompt_or_field="Drafts: who signs off"),
        gap(3, prompt_or_field="Parking for the vans"),
    )
    groups = groups_of(firm.parsed.record, firm.parsed.lexicon)
    assert len(groups) == 3
    pairs = alike(groups)
    assert [{one.subject.key, two.subject.key} for one, two in pairs] == [
        {"who signs off the drafts", "drafts: who signs off"}
    ]


WHY: list[tuple[str, str, tuple[str, str, str]]] = [
    ("real_deadline", "not_asked", ("stage", "real_deadline", "verbal")),
    ("real_deadline", "no_field", ("stage", "real_deadline", "verbal")),
    ("constraints", "not_filled", ("stage", "constraints", "won")),
    ("constraints", "not_asked", ("stage", "constraints", "verbal")),
    ("site", "not_asked", ("stage", "site", "won")),
    ("real_deadline", "filled_not_read", ("level", "CTX-043", "")),
    ("real_deadline", "changed_later", ("level", "CTX-041", "")),
    ("Ops owner", "not_filled", ("require", "Deal.ops_owner", "verbal")),
    ("Hours sold", "not_asked", ("require", "Deal.hours_sold", "won")),
    ("Commitments", "not_filled", ("ask", "Said in passing", "won")),
    ("Commitments", "filled_not_read", ("level", "COM-029", "")),
    ("Who signs off drafts", "no_field", ("ask", "Who signs off drafts", "won")),
    ("Deal", "no_field", ("", "", "")),
    ("real_deadline", "", ("", "", "")),
]


@pytest.mark.parametrize(("field", "why", "wanted"), WHY)
def test_what_would_ask_for_it_depends_on_why_it_did_not_travel(
    field: str, why: str, wanted: tuple[str, str, str], tmp_path: Path, run: Run
) -> None:
    firm = Firm(tmp_path, run, gap(1, prompt_or_field=field, why_not_transferred=why or None))
    [group] = groups_of(firm.parsed.record, firm.parsed.lexicon)
    found = tightening(group, firm.parsed.record.settings)
    assert (found.act, found.key, found.stage) == wanted
    assert bool(found.why) is (wanted[0] == "")


def test_a_change_never_loosens(tmp_path: Path, run: Run) -> None:
    softly = gap(1, prompt_or_field="constraints", why_not_transferred="not_filled")
    firm = Firm(tmp_path, run, softly)
    [group] = groups_of(firm.parsed.record, firm.parsed.lexicon)
    settings: Settings = firm.parsed.record.settings
    late = tightening(group, settings, stage="won")
    early = tightening(group, settings, stage="talking")
    assert (late.stage, early.stage) == ("won", "talking")
    asked = [p._replace(from_stage="talking", blocks=True) for p in settings.prompts]
    strict = settings._replace(prompts=tuple(asked), severities={"CTX-043": "error"})
    assert not tightening(group, strict).act


CHANCES = [
    Tally(a, n, b, m)
    for n in (1, 5, 11)
    for a in range(n + 1)
    for m in (0, 3)
    for b in range(m + 1)
]


@pytest.mark.parametrize("tally", CHANCES, ids=str)
def test_the_chance_is_that_of_the_beta_binomial(tally: Tally) -> None:
    a = tally.before + Fraction(1, 2)
    b = tally.of_before - tally.before + Fraction(1, 2)

    def rising(start: Fraction, number: int) -> Fraction:
        found = Fraction(1)
        for i in range(number):
            found *= start + i
        return found

    m = tally.of_after
    wanted = sum(
        comb(m, k) * rising(a, k) * rising(b, m - k) / rising(a + b, m)
        for k in range(tally.after + 1)
    )
    assert chance(tally) == wanted


VERDICTS = [
    (Tally(3, 5, 0, 0), "unclear"),
    (Tally(3, 5, 0, 1), "unclear"),
    (Tally(4, 5, 0, 4), "stopped"),
    (Tally(8, 10, 0, 2), "rarer"),
    (Tally(8, 10, 1, 6), "rarer"),
    (Tally(3, 5, 3, 5), "goes_on"),
    (Tally(1, 30, 0, 3), "unclear"),
    (Tally(1, 30, 1, 3), "unclear"),
]


@pytest.mark.parametrize(("tally", "word"), VERDICTS, ids=str)
def test_small_numbers_get_honest_words(tally: Tally, word: str) -> None:
    found, needed = verdict(tally)
    assert found == word
    if needed:
        more = tally._replace(of_after=tally.of_after + needed)
        assert verdict(more)[0] == "stopped"
        assert verdict(more._replace(of_after=more.of_after - 1))[0] != "stopped"


def test_an_answer_becomes_a_row_once(tmp_path: Path, run: Run) -> None:
    firm = Firm(tmp_path, run)
    words = ("map", "D-0001", "--missing", "The board date", "--field", "real_deadline")
    more = ("--where", "email", "--why", "not_asked", "--hours", "12", "--money", "1200.50")
    plan = firm.told(*words, *more, "--plan")
    assert (plan["written"], len(firm.parsed.record.gaps)) == (False, 0)
    told = firm.told(*words, *more)
    assert told["written"]
    assert not firm.told(*words, *more)["written"]
    [row] = [row for row in firm.parsed.record.gaps if row.what_was_missing]
    assert (row.gap_id, row.deal_id) == (told["gap_id"], "D-0001")
    assert (row.where_it_was, row.why_not_transferred) == ("email", "not_asked")
    assert (row.hours_lost, row.money_lost) == (12.0, 120_050)


@pytest.mark.parametrize(
    ("field", "why", "code"),
    [
        ("real_deadline", "not_asked", "CTX-001"),
        ("decision_process", "not_filled", "CTX-009"),
        ("Commitments", "not_filled", "CTX-009"),
        ("Hours sold", "not_asked", "OWN-001"),
    ],
)
def test_the_gate_asks_from_then_on_and_not_before(
    field: str, why: str, code: str, tmp_path: Path, run: Run
) -> None:
    firm = Firm(tmp_path, run, gap(1, prompt_or_field=field, why_not_transferred=why))
    facts = [row for row in firm.parsed.record.context if row.kind == "real_deadline"]
    for fact in facts:
        firm.type("Context", fact.ctx_id, answer=None, date=None, driver=None)

    def gate() -> set[str]:
        found = json.loads(run("validate", "firm.xlsx", "--format", "json", *ASOF[:2]).out)
        mine = [one for one in found["problems"] if one["deal_id"] == "D-0001"]
        return {one["code"] for one in mine if one["handover" if late else "gate"]}

    late = code != "CTX-001"  # it is asked a stage earlier, the others at the close

    assert code not in gate()
    assert firm("apply", 1).code == 0
    assert code in gate()
    promoted = run("promote", "firm.xlsx", "D-0001", *ASOF)
    assert (promoted.code, code in promoted.out) == (1, True)
    book = begin(str(firm.path)).book
    assert log_intact(book)
    [rule] = set(rules_made(read_log(book)).values())
    assert (rule.when, rule.who, rule.gaps) == (DAY, "Kim", ("G-0001A",))
    assert firm("apply", 1).code == 1  # it is answered
    assert firm("apply", 1, "--back").code == 0
    assert code not in gate()


def test_what_somebody_changed_since_is_not_taken_back(tmp_path: Path, run: Run) -> None:
    firm = Firm(tmp_path, run, UNASKED)
    [cell] = firm.told("apply", 1)["cells"]
    from sheetrecord.model.cell_edits import PutCell

    begin(str(firm.path)).with_edits(
        [PutCell(cell["sheet"], cell["row"], cell["column"], "talking")]
    ).write()
    before = firm.path.read_bytes()
    ran = firm("apply", 1, "--back")
    assert (ran.code, "changed since" in ran.err) == (1, True)
    assert firm.path.read_bytes() == before


def test_a_new_question_bears_your_words_and_its_gaps_stay_its_own(
    tmp_path: Path, run: Run
) -> None:
    own = gap(1, prompt_or_field="Who signs off drafts", why_not_transferred="no_field")
    firm = Firm(tmp_path, run, own)
    words = ("--question", "Who says that a draft is final?", "--stage", "verbal")
    told = firm.told("apply", 1, *words)["change"]
    assert (told["label"], told["stage"]) == ("Who signs off drafts", "verbal")
    settings = firm.parsed.record.settings
    prompt = next(one for one in settings.prompts if one.kind == "Who signs off drafts")
    assert (prompt.from_stage, prompt.blocks) == ("verbal", True)
    assert settings.prompt_texts["Who signs off drafts"] == "Who says that a draft is final?"
    [group] = firm.told()["groups"]
    assert (group["kind"], group["effect"]["answers"]) == ("question", ["G-0001A"])


def test_what_nobody_read_stands_first_in_the_brief(tmp_path: Path, run: Run) -> None:
    unread = gap(1, prompt_or_field="success_formal", why_not_transferred="filled_not_read")
    firm = Firm(tmp_path, run, unread)
    before = run("brief", "firm.xlsx", "D-0001", *ASOF[:2]).out
    assert firm("apply", 1).code == 0
    assert unread_kinds(read_log(begin(str(firm.path)).book)) == {"success_formal"}
    after = run("brief", "firm.xlsx", "D-0001", *ASOF[:2]).out
    first, other = "Two weeks of orders", "Initech, or waiting a year"
    assert before.index(other) < before.index(first)
    assert after.index(first) < after.index(other)


def test_only_old_handovers_are_counted_and_split_by_the_day_of_the_change(
    tmp_path: Path, run: Run
) -> None:
    Firm(tmp_path, run, UNASKED)

    def over(deal_id: str, day: str) -> None:
        words = ("--asof", day, "--by", "Kim")
        assert run("promote", "firm.xlsx", deal_id, *words).code == 0
        assert run("accept", "firm.xlsx", deal_id, *words).code == 0
        assert run("confirm", "firm.xlsx", deal_id, "--all", "--kickoff", *words).code == 0

    over("D-0001", "2026-03-04")
    assert run("gaps", "firm.xlsx", "apply", 1, "--asof", "2026-03-05", "--by", "Kim").code == 0
    over("D-0002", "2026-03-06")

    def effect(day: str) -> Any:
        ran = run("gaps", "firm.xlsx", "--asof", day, "--format", "json")
        return json.loads(ran.out)["groups"][0]["effect"]

    early, late = effect("2026-05-04"), effect("2026-05-06")
    assert (early["before"], early["of_before"], early["of_after"]) == (1, 1, 0)
    assert (late["after"], late["of_after"], late["verdict"]) == (0, 1, "unclear")
    told = run("gaps", "firm.xlsx", "--asof", "2026-05-06").out
    assert "Did it stop? 0 of 1 handover since, before 1 of 1: nobody can tell yet" in told
    assert "%" not in told


def test_the_record_tells_itself_which_handovers_hurt(tmp_path: Path, run: Run) -> None:
    firm = Firm(tmp_path, run)
    for words in (("promote",), ("return", "--code", "scope_unclear", "--note", "Which reports?")):
        assert run(words[0], "firm.xlsx", "D-0002", *words[1:], *ASOF).code == 0
    assert run("promote", "firm.xlsx", "D-0001", *ASOF).code == 0
    fact = next(
        row for row in firm.parsed.record.by_deal["D-0001"].context if row.kind == "real_deadline"
    )
    firm.type("Context", fact.ctx_id, date=dt.date(2026, 6, 1))
    hurt = {one.deal_id: one for one in hurt_deals(open_handover("firm.xlsx", today=DAY).context)}
    assert "Which reports?" in hurt["D-0002"].hints[0].text
    assert [hint.text for hint in hurt["D-0001"].hints] == [
        "Real deadline moved from 2026-06-16 to 2026-06-01"
    ]
    told = firm.told("map")
    assert [deal["deal_id"] for deal in told["deals"]] == ["D-0002", "D-0001"]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    """Let somebody sit at the terminal and give these answers."""

    def sit(given: list[str]) -> None:
        lines: Iterator[str] = iter(given)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _="": next(lines))

    return sit


def test_the_interview_asks_four_questions_and_writes_each_answer(
    tmp_path: Path, run: Run, answers: Callable[[list[str]], None]
) -> None:
    firm = Firm(tmp_path, run)
    assert run("promote", "firm.xlsx", "D-0001", *ASOF).code == 0
    answers(
        [
            "D-0001",
            "The board date", "email", "not_asked", "real_deadline", "12", "",
            "Free training", "call", "not_filled", "Commitments", "soon", "8", "300",
            "",
        ]
    )  # fmt: skip
    ran = firm("map")
    assert ran.code == 0, ran.err
    assert "2 written." in ran.out
    found = [
        (
            row.what_was_missing,
            row.where_it_was,
            row.prompt_or_field,
            row.hours_lost,
            row.money_lost,
        )
        for row in firm.parsed.record.gaps
        if row.what_was_missing
    ]
    assert found == [
        ("The board date", "email", "real_deadline", 12.0, None),
        ("Free training", "call", "Commitments", 8.0, 30_000),
    ]


@pytest.mark.parametrize(
    "words", [("apply",), ("apply", "x"), ("nap",), ("map", "D-0001", "D-0002"), ("map", "D-9")]
)
def test_words_that_are_wrong_end_with_2(words: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    assert Firm(tmp_path, run)(*words).code == 2


def test_a_number_that_is_no_gap_ends_with_1(tmp_path: Path, run: Run) -> None:
    ran = Firm(tmp_path, run)("apply", 3)
    assert (ran.code, "There is no gap 3" in ran.err) == (1, True)


def test_a_change_that_is_planned_is_the_one_that_is_made(tmp_path: Path, run: Run) -> None:
    firm = Firm(tmp_path, run, UNASKED)
    plan, done = firm.told("apply", 1, "--plan"), firm.told("apply", 1)
    assert {**plan, "written": True} == done
    assert SettingChange("").rule == "CTX-009"

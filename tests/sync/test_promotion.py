"""A deal that somebody closes in one copy is promoted once, wherever the process dies."""

import datetime as dt
from typing import Any

import pytest

from promote.firm import ASOF, ready
from promote.memory import TEMPLATES, Memory
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.handover.hidden_log import log_intact, read_log
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync import engine
from sheetrecord.core.sync.effects import Base, Based, Commit, Put, ReadCopy, Seen
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.promotion import ClosingTerms
from sheetrecord.core.sync.session import Options
from sheetrecord.model.edit import SetValue
from sheetrecord.schema.read.parse import parse
from sync.memory import Memory as Store
from sync.shelf import ids_of

AT = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC)


class Firm:
    """Two copies of a record with one deal that is ready to close."""

    def __init__(self) -> None:
        self.store = Store()
        self.copies = {name: Memory(ready()) for name in ("ops", "sales")}
        self.generations = dict.fromkeys(self.copies, 0)
        self.marks = dict.fromkeys(self.copies, "")
        self.saves = dict.fromkeys(self.copies, 0)
        self.asked: list[Any] = []

    def edit(self, name: str, key: str, value: Any) -> None:
        self.copies[name].table["Deal"][2][key] = value
        self.saves[name] += 1

    def seen(self, name: str) -> Seen:
        book = self.copies[name].book()
        side = Side(book, parse(book, ASOF, ASOF))
        digest, generation = f"{name}{self.saves[name]}", self.generations[name]
        return Seen(name, digest, generation, side, mark=self.marks[name])

    def put(self, put: Put) -> Seen:
        name = put.seen.name
        assert put.seen.digest == self.seen(name).digest
        for edit in put.plan:
            self.copies[name]._edit(edit)
        for kept in put.kept:
            self.copies[name]._keep(kept)
        self.generations[name] = put.generation
        self.marks[name] = self.store.mark(put.generation)
        self.saves[name] += 1
        return self.seen(name)

    def sync(self, until: int = 10_000) -> RunReport | None:
        """Run the engine; the process dies before it carries out a step of this number."""
        stored = self.store.load()
        run = stored.run
        closing = ClosingTerms("sync", TEMPLATES)
        steps = engine.run(stored, self.copies, Options(AT, ASOF, "sync", closing=closing))
        self.asked, answer = [], None
        try:
            while len(self.asked) < until:
                step = steps.send(answer)
                self.asked.append(step)
                if isinstance(step, ReadCopy):
                    answer = self.seen(step.name)
                elif isinstance(step, Base):
                    found = self.store.base(step.generation)
                    answer = found and Based(found, self.store.mark(step.generation))
                elif isinstance(step, Commit):
                    run = answer = self.store.commit(run, step.change)
                else:
                    answer = self.put(step)
        except StopIteration as done:
            report: RunReport = done.value
            return report
        return None

    def state(self) -> Any:
        record = self.store.stored.record
        hidden = {name: copy.hidden for name, copy in self.copies.items()}
        return record.rows, {k: v for k, v in record.workbook_config.items() if k}, hidden


def closed() -> Firm:
    firm = Firm()
    firm.sync()
    firm.edit("sales", "stage", "won")
    return firm


def test_a_won_deal_is_promoted_and_every_copy_gets_the_project() -> None:
    firm = closed()
    report = firm.sync()
    assert report is not None
    assert [step.outcome for step in report.closed] == ["promoted"]
    for copy in firm.copies.values():
        context = copy.context(ASOF)
        assert context.parsed.record.deals[0].handover_state == "offered"
        assert len(context.parsed.record.rows("Project")) > 3
        assert [event.what for event in read_log(context.book)] == ["promoted"]
        assert log_intact(context.book)
        assert [one.intact for one in read_baselines(context.book)["D-0001"]] == [True]


def test_a_second_sync_promotes_nothing_and_writes_nothing() -> None:
    firm = closed()
    firm.sync()
    report = firm.sync()
    assert report is not None
    assert report.closed == ()
    assert not any(isinstance(step, Put | Commit) for step in firm.asked)


def test_wherever_the_process_dies_the_deal_is_promoted_once() -> None:
    whole = closed()
    whole.sync()
    steps = len(whole.asked)
    assert steps > 8
    for until in range(1, steps):
        firm = closed()
        assert firm.sync(until) is None
        firm.sync()
        record, workbook_config, hidden = firm.state()
        assert record == whole.state()[0], f"died before step {until}"
        assert workbook_config == whole.state()[1]
        assert hidden == whole.state()[2]


def test_a_deal_whose_stage_is_disputed_is_not_promoted() -> None:
    firm = closed()
    firm.edit("ops", "stage", "lost")
    report = firm.sync()
    assert report is not None
    assert report.closed == ()
    assert [(one.sheet, one.key) for one in report.conflicts] == [("Deal", "stage")]


def test_a_deal_that_lacks_something_says_what_and_is_promoted_when_it_is_there() -> None:
    firm = Firm()
    firm.sync()
    firm.edit("sales", "signed_on", None)
    firm.edit("sales", "stage", "won")
    report = firm.sync()
    assert report is not None
    assert [step.outcome for step in report.closed] == ["refused"]
    assert report.closed[0].refusals
    firm.edit("ops", "signed_on", dt.date(2026, 3, 2))
    report = firm.sync()
    assert report is not None
    assert [step.outcome for step in report.closed] == ["promoted"]


@pytest.mark.parametrize("first", ["ops", "sales"])
def test_a_copy_that_was_promoted_by_hand_is_taken_as_it_is(first: str) -> None:
    from sheetrecord.core.handover.promote import PromoteRequest, plan_promote

    firm = closed()
    copy = firm.copies[first]
    firm.edit(first, "stage", "won")
    copy.apply(plan_promote(copy.context(ASOF), PromoteRequest("D-0001", "Ines")))
    report = firm.sync()
    assert report is not None
    assert report.closed == ()
    for one in firm.copies.values():
        book = one.book()
        assert [(event.what, event.who) for event in read_log(book)] == [("promoted", "Ines")]
        assert len(read_baselines(book)["D-0001"]) == 1
        held = {sheet: list(rows.values()) for sheet, rows in one.table.items()}
        found = list(ids_of(held))
        assert len(found) == len(set(found))


def test_promoted_in_two_copies_on_two_days_both_are_kept() -> None:
    from sheetrecord.core.handover.promote import PromoteRequest, plan_promote

    firm = Firm()
    firm.sync()
    for name, day in (("ops", ASOF), ("sales", ASOF + dt.timedelta(days=1))):
        copy = firm.copies[name]
        firm.edit(name, "stage", "won")
        copy.apply(plan_promote(copy.context(day), PromoteRequest("D-0001", name)))
    report = firm.sync()
    assert report is not None
    for one in firm.copies.values():
        book = one.book()
        assert sorted(event.who for event in read_log(book)) == ["ops", "sales"]
        assert log_intact(book)
        found = read_baselines(book)["D-0001"]
        assert sorted(baseline.version for baseline in found) == [1, 2]
        assert all(baseline.intact for baseline in found)


def test_a_cell_of_a_plan_is_found_by_its_row() -> None:
    firm = closed()
    firm.sync()
    firm.edit("ops", "deal_name", "Rollout 2")
    firm.sync()
    puts = [step for step in firm.asked if isinstance(step, Put)]
    edits = [edit for put in puts for edit in put.plan if isinstance(edit, SetValue)]
    assert [(edit.at.row_id, edit.value) for edit in edits] == [("D-0001", "Rollout 2")]


def test_a_deal_of_which_the_stage_is_disputed_is_not_closed() -> None:
    firm = Firm()
    firm.sync()
    firm.edit("ops", "stage", "won")
    firm.edit("sales", "stage", "lost")
    report = firm.sync()
    assert report is not None
    assert [one.key for one in report.conflicts if one.key == "stage"] == ["stage"]
    assert [step.outcome for step in report.closed if step.plan] == []
    assert not read_log(firm.copies["ops"].book())

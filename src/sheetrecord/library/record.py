"""A record in a workbook: what is wrong in it, its deals, and the steps of a handover as plans."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sheetrecord.app.handover import Opened, open_in, take_step
from sheetrecord.app.validate import judged_as
from sheetrecord.core.check import DealState, Selection
from sheetrecord.core.derive import derive
from sheetrecord.core.find import SearchHit, entries, search
from sheetrecord.core.handover.apply_waiver import plan_waive
from sheetrecord.core.handover.context import HandoverContext, HandoverStep
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.response import (
    Confirmation,
    plan_accept,
    plan_confirm,
    plan_return,
)
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.core.which_deal import meant_deal, named
from sheetrecord.library.plan import Plan
from sheetrecord.model.problem import Problem
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.record import DealRows, Record
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook


class OpenRecord:
    """One workbook of a record. It is read when it is asked, and read anew after each change.

    ``today`` is the day by which it is judged when the workbook names none.
    """

    def __init__(self, workbook: Workbook, today: dt.date | None = None) -> None:
        self.workbook = workbook
        self._today = today or dt.datetime.now().astimezone().date()
        self._opened: Opened | None = None
        self._rows: Record | None = None

    @property
    def address(self) -> str:
        """Where it is: a path, or what the kind of workbook is called by."""
        return self.workbook.address

    @property
    def rows(self) -> Record:
        """Every typed row by sheet: `rows.deals`, `rows.context`, `rows.by_deal["D-0007"]`.

        What formulas show is computed, whether or not a program has calculated the workbook.
        """
        self._open()
        if self._rows is None:
            self._rows = derive(self._context.parsed.record)
        return self._rows

    @property
    def deals(self) -> tuple[DealState, ...]:
        """How far the gate of each deal is open, in the order of the sheet."""
        return judged_as(self.address, self._context.parsed, Selection()).deals

    def deal(self, word: str) -> DealRows:
        """Return a deal with its rows, by its id, its client or words of its name.

        Raises KeyError when none, or more than one, is meant; it says which there are.
        """
        by_deal = self.rows.by_deal
        found = by_deal.get(meant_deal(word, by_deal))
        if found is None:
            known = ", ".join(f"{one.deal_id} {one.title}".rstrip() for one in named(by_deal))
            raise KeyError(f"No deal, or more than one, is called {word!r}. There are: {known}")
        return found

    def problems(
        self, deal: str = "", *, gate: str = "", select: Sequence[str] = ()
    ) -> tuple[Problem, ...]:
        """Return every problem, or a deal's alone, as `sheetrecord validate` lists them.

        ``gate`` judges deals as if they had come to a stage (talking, proposal, verbal, won);
        ``select`` keeps codes by their beginnings. Raises KeyError for an unknown deal or stage.
        """
        rank = STAGE_RANK[gate] if gate else None
        choice = Selection(self.deal(deal).id if deal else "", rank, tuple(select))
        return judged_as(self.address, self._context.parsed, choice).problems

    def find(self, text: str, deal: str = "") -> list[SearchHit]:
        """Return what was ever said that holds every word of a text, the best deal first."""
        chosen = [self.deal(deal)] if deal else self.rows.by_deal.values()
        told = self.rows.settings
        return search((hit for rows in chosen for hit in entries(rows, told)), text)

    def promote(self, deal: str, *, by: str, fees: str = "", update: bool = False) -> Plan:
        """Plan the closing of a deal: the whole gate, the baseline, milestones, fee lines."""
        ask = PromoteRequest(self.deal(deal).id, by, fees, update=update)
        return self._plan(lambda context: plan_promote(context, ask))

    def accept(self, deal: str, *, by: str, note: str = "") -> Plan:
        """Plan that ops takes a deal over."""
        deal_id = self.deal(deal).id
        return self._plan(lambda context: plan_accept(context, deal_id, by, note))

    def send_back(self, deal: str, *, by: str, code: str, note: str) -> Plan:
        """Plan that ops sends a deal back to sales; codes are those of ``return`` in the docs."""
        deal_id = self.deal(deal).id
        return self._plan(lambda context: plan_return(context, deal_id, by, code, note))

    def confirm(
        self, deal: str, *, by: str, facts: Sequence[str] = (), kickoff: bool = False
    ) -> Plan:
        """Plan that facts (ids of Context; all without any) are confirmed with the client."""
        deal_id = self.deal(deal).id
        told = Confirmation(tuple(facts), everything=not facts, kickoff=kickoff)
        return self._plan(lambda context: plan_confirm(context, deal_id, by, told))

    def waive(self, deal: str, codes: Sequence[str], *, by: str, why: str, until: dt.date) -> Plan:
        """Plan that gate items may pass until a day, for a reason that everybody sees."""
        deal_id = self.deal(deal).id
        new = Waiver(tuple(codes), by, why, until)
        return self._plan(lambda context: plan_waive(context, deal_id, new))

    def frames(self) -> Mapping[str, Any]:
        """Return a pandas DataFrame a sheet, by its key: "Deal", "Context", ...

        See `frames.frame` for what the columns hold. Raises MissingExtra without pandas.
        """
        from sheetrecord.library.frames import frames  # only analysts pay for pandas

        return frames(self.rows)

    @property
    def _context(self) -> HandoverContext:
        return self._open().context

    def _open(self) -> Opened:
        if self._opened is None:
            self._rows = None
            self._opened = open_in(self.workbook, today=self._today)
        return self._opened

    def _plan(self, step: Callable[[HandoverContext], HandoverStep]) -> Plan:
        opened = self._open()
        planned = take_step(opened, step, only_plan=True)
        return Plan(planned, lambda: self._carry_out(opened, step))

    def _carry_out(self, opened: Opened, step: Callable[[HandoverContext], HandoverStep]) -> bool:
        self._opened = None
        return take_step(opened, step).written

    def __repr__(self) -> str:
        """Say where it is."""
        return f"<OpenRecord {self.address!r}>"


def open_record(source: object, *, today: dt.date | None = None) -> OpenRecord:
    """Open a record: a path or an address, a workbook's bytes, or an open openpyxl workbook.

    Raises CannotRead for what is missing or of a kind that nobody reads; what the workbook holds
    is looked at when it is first asked for.
    """
    if isinstance(source, bytes):
        from sheetrecord.workbooks.memory import Memory

        return OpenRecord(Memory(source), today)
    if hasattr(source, "worksheets"):
        from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook

        return OpenRecord(OpenpyxlBook(source), today)
    return OpenRecord(open_workbook(str(source)), today)

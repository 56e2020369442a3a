"""Input and result of a handover step: plain data, read before and written after it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.handover.baseline import Baseline, read_baselines
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.hidden_log import HiddenRows, LogEvent, read_log
from sheetrecord.core.handover.identity import owners
from sheetrecord.core.handover.stage import HandoverStanding, standing
from sheetrecord.core.tell import Teller
from sheetrecord.model.book import Book
from sheetrecord.model.edit import Plan
from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.model.suggest import completed
from sheetrecord.schema.column import Row
from sheetrecord.schema.fee_templates import FeeTemplate, read_templates
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows


class HandoverContext(NamedTuple):
    """One workbook, read: its record, its log, its baselines and its fee templates."""

    book: Book
    parsed: Parsed
    events: Sequence[LogEvent]
    baselines: Mapping[str, Sequence[Baseline]]
    templates: Sequence[FeeTemplate]

    @property
    def asof(self) -> dt.date:
        """The day on which everything is judged."""
        return self.parsed.record.settings.asof

    def rows(self, deal_id: str) -> DealRows | None:
        """Return a deal's rows as read; None for an unknown deal."""
        return self.parsed.record.by_deal.get(deal_id)

    def draft(self, deal_id: str) -> DealDraft:
        """Return a draft of a deal and of the client's earlier one. Raises KeyError."""
        record = self.parsed.record
        prior = record.by_deal[deal_id].deal.prior_deal_id
        return DealDraft(record, owners(self.book, self.parsed.layout), {deal_id, prior})

    def standing(self, deal_id: str) -> HandoverStanding:
        """Return the state of a deal's handover. Raises KeyError for an unknown deal."""
        rows = self.parsed.record.by_deal[deal_id]
        return standing(rows, self.events, self.baselines.get(deal_id, ()))

    def refusal(self, row: Row | None, key: str, message: str, do: str) -> Problem:
        """Return a reason why a step cannot be taken, at its cell."""
        layout = self.parsed.layout
        sheet = row.sheet if row is not None else "Deal"
        number, row_id = (row.row, row.id) if row is not None else (0, "")
        where = layout.where(sheet, number, key, row_id)
        deal_id = str(row.get("deal_id")) if row is not None else ""
        message, do = self.say(message), completed(self.say(do), self.book.source, deal_id)
        return Problem("", "", Severity.ERROR, where, message, do, deal_id, handover=True)

    def say(self, text: str) -> str:
        """Return a phrase in the workbook's language; any other text as it is."""
        return str(Teller(self.parsed).shown(text))

    def told(self, step: "HandoverStep") -> "HandoverStep":
        """Return a step whose notes speak the workbook's language."""
        return step._replace(notes=tuple(map(self.say, step.notes)))


def no_deal(deal_id: str) -> Phrase:
    """Return the sentence for an id that no deal has."""
    return Phrase('There is no deal "{deal}".', deal=deal_id)


class HandoverStep(NamedTuple):
    """The result of a handover step.

    ``outcome`` is a word such as ``promoted``, ``refused``, ``nothing`` or ``proposed``. Only
    with ``kept`` rows is there anything to write: a proposal has a plan and keeps nothing.
    """

    deal_id: str
    outcome: str
    plan: Plan = ()
    kept: tuple[HiddenRows, ...] = ()
    refusals: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""

    @property
    def writes(self) -> bool:
        """True if there is anything to write."""
        return bool(self.kept)


def read_context(book: Book, parsed: Parsed, usual: Sequence[FeeTemplate] = ()) -> HandoverContext:
    """Return the context of a workbook; ``usual`` fee templates apply if it has none of its own."""
    templates = read_templates(book.named(parsed.layout.names), parsed.lexicon) or usual
    return HandoverContext(book, parsed, read_log(book), read_baselines(book), templates)


def refused(deal_id: str, *problems: Problem) -> HandoverStep:
    """Return the result of a step that is refused."""
    return HandoverStep(deal_id, "refused", refusals=problems)

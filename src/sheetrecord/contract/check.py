"""What `validate`, `explain`, `find`, `figures`, `diff`, `doctor` and errors say of a workbook."""

from typing import NotRequired, TypedDict

from sheetrecord.contract.cells import AddEdit, RemoveEdit, SetEdit, Value


class Failure(TypedDict):
    """Why a command printed no result; ``code`` is stable, the sentences are for people."""

    code: str
    message: str
    do: str
    path: str


class ErrorAnswer(TypedDict):
    """What is printed in the place of the result; ``exit`` is the exit code."""

    schema: int
    exit: int
    error: Failure


class ProblemJson(TypedDict):
    """One problem: ``gate`` keeps the deal's next stage shut, ``handover`` its handover."""

    code: str
    name: str
    severity: str
    sheet: str
    cell: str
    row_id: str
    deal_id: str
    column: str
    message: str
    do: str
    fix: list[SetEdit | AddEdit | RemoveEdit]
    gate: bool
    handover: bool
    waived: bool


class DealJson(TypedDict):
    """How far a deal's gate is open: items open now, and before it may be handed over."""

    deal_id: str
    client: str
    deal_name: str
    stage: str
    gate_open: int
    to_handover: int
    waived: int
    ready: bool


class CheckSummary(TypedDict):
    """How many problems there are."""

    errors: int
    warnings: int
    notes: int
    waived: int


class CheckAnswer(TypedDict):
    """`validate` of one workbook; of several it prints a list of these."""

    schema: int
    book: str
    asof: str
    problems: list[ProblemJson]
    deals: list[DealJson]
    summary: CheckSummary


class RuleAnswer(TypedDict):
    """`explain` of one rule; without a code it prints a list of these."""

    code: str
    name: str
    severity: str
    message: str
    do: str
    why: str


class HitJson(TypedDict):
    """One finding of `find`, which prints a list of these."""

    book: str
    cell: str
    deal_id: str
    sheet: str
    row_id: str
    kind: str
    text: str
    who: str
    when: str | None
    source: str
    outcome: str


class FigureJson(TypedDict):
    """A share from 0 to 1 or a number of days, of so many; ``met`` is null without an aim."""

    name: str
    value: float | None
    of: int
    unit: str
    aim: float | None
    met: bool | None


class LagGroupJson(TypedDict):
    """How soon things are written down for one deal, or one month in which they were said."""

    group: str
    figures: list[FigureJson]


class FiguresAnswer(TypedDict):
    """`figures`; with ``--lag`` its groups, and no figures of the whole."""

    schema: int
    figures: list[FigureJson]
    lag: NotRequired[list[LagGroupJson]]


class DifferenceJson(TypedDict):
    """A cell, or a row that came or went, that differs from what was sold."""

    sheet: str
    cell: str
    row_id: str
    column: str
    row: str
    sold: Value | dict[str, Value]
    now: Value | dict[str, Value]
    owner: str


class SoldJson(TypedDict):
    """A deal beside its baseline; ``intact``: the baseline is what was frozen."""

    deal_id: str
    version: int
    sold_on: str
    sha256: str
    intact: bool
    differences: list[DifferenceJson]


class DiffAnswer(TypedDict):
    """`diff`."""

    schema: int
    book: str
    log_intact: bool
    never_frozen: list[str]
    deals: list[SoldJson]


class SignJson(TypedDict):
    """One thing that `doctor` looked at, which prints a list of these; null: good to know."""

    what: str
    well: bool | None
    do: str

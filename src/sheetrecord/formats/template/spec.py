"""What makes one new workbook differ from another: language, money, sizes and fee templates."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.schema.fee_specs import FEE_TEMPLATES
from sheetrecord.schema.prompts import PROMPTS, READY_TYPES, TRADE_TYPES, Prompt

_EVERY_TRADE: Final = (
    *("real_deadline", "why_us", "pressure", "success_formal", "pushback"),
    *("constraints", "invoicing"),
)
"""Kinds of fact that every template asks for; the others are asked where a trade needs them."""

_ANY_MODEL: Final = ("fixed_and_hours", "success_fee")
"""Templates for deals that are paid otherwise than most of a trade."""


def _asks(*more: str, weaker: Mapping[str, Prompt] = {}) -> tuple[Prompt, ...]:
    """Return the questions of a trade in their order; ``weaker`` ones are asked less sternly."""
    wanted = {*_EVERY_TRADE, *more}
    return tuple(weaker.get(one.kind, one) for one in PROMPTS if one.kind in wanted)


class Spec(NamedTuple):
    """One new workbook.

    ``asof`` is the day it is judged by, None for the formula ``=TODAY()``; ``fee_templates`` are
    names of `FEE_TEMPLATES`, the firm's usual one first; ``seeded_deals`` of the ``rows["Deal"]``
    ready-made deals have their questions waiting in Context; ``salt`` makes the row ids of one
    workbook differ from another's. ``prompts`` are the questions of the trade and ``types`` the
    commitments of which a row waits in each deal; ``required`` are columns that the trade asks for
    besides: sheet, column and stage.
    """

    template: str = "blank"
    language: str = "en"
    currency: str = "EUR"
    currencies: tuple[str, ...] = ()
    firm: str = ""
    hourly_rate: float = 95.0
    terms_days: int = 30
    tax_rate: float = 0.0
    asof: dt.date | None = None
    fee_templates: tuple[str, ...] = tuple(FEE_TEMPLATES)
    seeded_deals: int = 20
    rows: Mapping[str, int] = {
        "Deal": 60,
        "Context": 60,
        "Commitments": 200,
        "Project": 150,
        "Fees": 200,
        "Gaps": 40,
    }
    salt: int = 0
    prompts: tuple[Prompt, ...] = _asks("why_now", "decision_process", "landmine")
    types: tuple[str, ...] = READY_TYPES
    required: tuple[tuple[str, str, str], ...] = ()
    google: bool = False
    """Whether it is for Google Sheets, where a link knows its tab by a number that comes later."""

    @property
    def favourites(self) -> tuple[str, ...]:
        """The firm's currencies, its main one first."""
        return tuple(dict.fromkeys((self.currency, *self.currencies)))


_BUDGET_SAID: Final = {"client_budget": Prompt("client_budget", "won", False, "CTX-009")}
_HOURS: Final = (("Deal", "hours_sold", "proposal"),)

TEMPLATES: Final[dict[str, Spec]] = {
    "consultancy": Spec(
        "consultancy",
        hourly_rate=120.0,
        tax_rate=0.19,
        prompts=_asks("our_people", "why_now", "decision_process", "landmine"),
        required=_HOURS,
    ),
    "agency": Spec(
        "agency",
        hourly_rate=95.0,
        tax_rate=0.21,
        fee_templates=(
            *("monthly_retainer", "fixed_50_50", "fixed_30_40_30", "time_materials"),
            *_ANY_MODEL,
        ),
        prompts=_asks("rounds", "hand_back", "our_people", "client_budget", weaker=_BUDGET_SAID),
        required=_HOURS,
    ),
    "architect": Spec(
        "architect",
        currency="GBP",
        hourly_rate=85.0,
        tax_rate=0.2,
        fee_templates=(
            *("architect_phases", "fixed_30_40_30", "time_materials", "monthly_retainer"),
            *_ANY_MODEL,
        ),
        prompts=_asks("client_budget", "site", "our_people", "decision_process"),
        types=(*READY_TYPES, *TRADE_TYPES["architect"]),
    ),
    "integrator": Spec(
        "integrator",
        language="es",
        currency="MXN",
        currencies=("MXN", "USD"),
        hourly_rate=1200.0,
        tax_rate=0.16,
        fee_templates=(
            *("fixed_30_40_30", "fixed_50_50", "time_materials", "monthly_retainer"),
            *_ANY_MODEL,
        ),
        prompts=_asks("client_budget", "as_is", "hand_back", "landmine"),
        types=(*READY_TYPES, *TRADE_TYPES["integrator"]),
    ),
    "blank": Spec("blank"),
}
"""The workbooks that ship, by name."""

"""Version 2: formulas that agree with the engine and stay fast, and questions that were missing."""

from typing import Final

from sheetrecord.schema.steps.step import (
    AddCodes,
    AddColumn,
    AddQuestions,
    RenewCheck,
    SetFormula,
    Step,
)
from sheetrecord.schema.steps.v001_formulas import FORMULAS

_ADDED: Final = {
    "Deal": "hours_sold paper notice_by answered deal_key deal_row tallied unsettled coin lacks",
    "Context": "deal_row asked alone question tally part limit",
    "Commitments": "prompt amount_net unpriced_amount deal_row said answers",
    "Fees": "deal_row coin places summed agreed cash settled ticks held",
}

_CODES: Final = {
    "kind": "client_budget our_people site as_is rounds hand_back invoicing",
    "type": "supplier_term",
    "fee_model": "success",
    "fee_type": "success",
}

STEP: Final = Step(
    2,
    "errors, ticks and characters that cannot be seen count as the engine counts them, one cell "
    "typed in a long book is calculated at once, and a deal is asked what its price leaves out",
    (
        *(AddCodes(enum, tuple(codes.split())) for enum, codes in _CODES.items()),
        AddQuestions("type"),
        *(AddColumn(sheet, key) for sheet, keys in _ADDED.items() for key in keys.split()),
        *(SetFormula(sheet, key, was, alike=True) for (sheet, key), was in FORMULAS.items()),
        RenewCheck(),
    ),
)

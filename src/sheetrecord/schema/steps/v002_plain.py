"""Version 2: formulas that agree with the engine on odd cells, and stay fast in long books."""

from typing import Final

from sheetrecord.schema.steps.step import AddColumn, RenewCheck, SetFormula, Step
from sheetrecord.schema.steps.v001_formulas import FORMULAS

_ADDED: Final = {
    "Deal": "answered deal_key deal_row tallied unsettled coin lacks",
    "Context": "deal_row question tally part limit second",
    "Commitments": "deal_row said",
    "Fees": "deal_row coin places summed agreed cash settled ticks held",
}

STEP: Final = Step(
    2,
    "errors, ticks and characters that cannot be seen count as the engine counts them, and one "
    "cell typed in a long book is calculated at once",
    (
        *(AddColumn(sheet, key) for sheet, keys in _ADDED.items() for key in keys.split()),
        *(SetFormula(sheet, key, was, alike=True) for (sheet, key), was in FORMULAS.items()),
        RenewCheck(),
    ),
)

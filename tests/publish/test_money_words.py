"""Finance sees a fact by its effect: an amount or a penalty reaches it wherever it was typed."""

import pytest

from rules.records import record_of
from sheetrecord.core.view.audiences import FINANCE
from sheetrecord.core.view.money_words import names_money
from sheetrecord.core.view.projection import narrow

SPEAKS = [
    "Penalty of 5,000 a day from 1 July",
    "Liquidated damages after two weeks",
    "They lose €80,000 a month",
    "EUR 12 000 are at stake",
    "It costs them 30k EUR a week",
    "3.5 million dollars of savings",
    "The board cut the budget",
    "Vertragsstrafe ab dem 1. Juli",
    "Pönale von 2 % je Woche",
    "12.000 Euro je Tag",
    "Penalización de 300 al día",
    "Pagan una multa si se retrasa",
    "900 pesos por día",
    "Une pénalité de retard",
    "12 000 € par jour",
]
SILENT = [
    "",
    "Ute promised the board",
    "40 users from 2 sites",
    "All 12 sites by June",
    "Die Leiterin hat es dem Vorstand versprochen",
    "Penalised by nobody",
    "Le conseil attend 3 rapports",
]


@pytest.mark.parametrize("text", SPEAKS)
def test_a_text_that_speaks_of_money_does(text: str) -> None:
    assert names_money(text)
    assert names_money(text.upper()) or "€" in text


@pytest.mark.parametrize("text", SILENT)
def test_a_text_that_does_not_is_left_alone(text: str) -> None:
    assert not names_money(text)


def test_finance_sees_a_penalty_under_pressure_and_no_people() -> None:
    record = record_of(
        """
        | Deal | deal_id | client | stage |
        |      | D-0001  | Acme   | won   |

        | Context | ctx_id | deal_id | kind        | answer                | person | share    |
        |         | X-1    | D-0001  | pressure    | Penalty of 5,000 EUR  | Ute    |          |
        |         | X-2    | D-0001  | pressure    | Ute told the board so | Ute    |          |
        |         | X-3    | D-0001  | risk        | Fine of 9,000 EUR     |        | internal |
        |         | X-4    | D-0001  | stakeholder | Signs up to 9,000 EUR | Ute    |          |
        |         | X-5    | D-0001  | landmine    | Lost 9,000 EUR on us  |        |          |
        |         | X-6    | D-0001  | invoicing   | By the portal         |        |          |
        """
    )
    seen = narrow(record, FINANCE).context
    assert [(row.ctx_id, row.person) for row in seen] == [("X-1", ""), ("X-6", "")]

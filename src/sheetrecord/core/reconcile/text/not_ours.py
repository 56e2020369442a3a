"""What the words of a line say it is when it is no fee: a tax refund, an own transfer, a salary."""

import re
from functools import lru_cache
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.text.normalise import fold

REFUND: Final = "supplier's refund"
_WORDS: Final = {
    "tax refund": r"HMRC|VAT|TAX|FINANZAMT|FINANZKASSE|\w*STEUER\w*|BELASTINGDIENST|"
    r"AGENCIA TRIBUTARIA|HACIENDA|AEAT|TRESOR PUBLIC|DGFIP|IMPOTS?|AADE|DOY|FPA",
    "salary": r"PAYROLL|SALAR(?:Y|Y PAYMENT|IS?)|LOHN|GEHALT|NOMINA|SALAIRES?|STIPENDIO|"
    r"MISTHODOSIA",
    "interest": r"INTERESTS?|ZINSEN|HABENZINSEN|INTERESES|INTERETS|INTERESSI|RENTE|TOKOI",
    "grant": r"GRANT|GRANTS|ZUSCHUSS|FOERDERUNG|FORDERUNG|SUBSIDIE|SUBVENTION|SUBVENCION|EPIDOTISI",
    "insurance": r"INSURANCE|VERSICHERUNG\w*|ASSURANCES?|SEGUROS?|ASSICURAZION[EI]|ASFALEIA",
    "loan": r"LOAN|DARLEHEN|KREDITAUSZAHLUNG|PRESTAMO|PRET|PRESTITO|DANEIO",
    "dividend": r"DIVIDEND|DIVIDENDS|DIVIDENDE|DIVIDENDO|DIVIDENDOS",
    "own transfer": r"TRANSFER|TFR|UMBUCHUNG|EIGENUBERTRAG|EIGENUEBERTRAG|TRASPASO|GIROCONTO|"
    r"VIREMENT INTERNE|OVERBOEKING EIGEN|OWN ACCOUNT|SAVINGS",
    REFUND: r"REFUNDS?|REFUNDED|REBATE|CASHBACK|\w*ERSTATTUNG|RUECKZAHLUNG|RUCKZAHLUNG|"
    r"REMBOURSEMENT|REEMBOLSO|DEVOLUCION|RIMBORSO|TERUGBETALING|EPISTROFI",
}
_HINT: Final = re.compile(
    "REFUND|REBATE|CASHBACK|ERSTATTUNG|CKZAHLUNG|REMBOURS|REEMBOLSO|DEVOLUCION|RIMBORSO|"
    "TERUGBETALING|EPISTROFI"
)
"""Letters without which no text says that money comes back; looked for in every line."""
_KINDS: Final = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _WORDS.items()}


def reads_as(line: BankLine) -> str:
    """Return what kind of money that is no fee a line's payer and text name; "" for none.

    It is offered to a person and keeps a mere amount from being a match; it settles nothing.
    """
    words = fold(f"{line.payer} {line.text}")
    return next((kind for kind, said in _KINDS.items() if said.search(words)), "")


@lru_cache(maxsize=16384)
def says_refund(text: str) -> bool:
    """Return True for a text that says money comes back: then it is nobody's payment to us."""
    words = fold(text)
    return _HINT.search(words) is not None and _KINDS[REFUND].search(words) is not None

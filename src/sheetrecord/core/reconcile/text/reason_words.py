"""The reason for a short payment that its text names: offered to a person, never posted."""

import re
from typing import Final

from sheetrecord.core.reconcile.text.normalise import fold

_WORDS: Final = {
    "discount": r"\w*SKONTO|(?:CASH|PROMPT|EARLY|SETTLEMENT) (?:PAYMENT )?DISCOUNT|DISCOUNT|"
    r"ESCOMPTE|PRONTO PAGO|DESCUENTO|SCONTO|BETALINGSKORTING|EKPTOSI",
    "wht": r"WHT|WITHH(?:E|O)LD(?:ING)?|TDS|QUELLENSTEUER|BAUABZUGSSTEUER|ABZUGSSTEUER|"
    r"IRPF|RITENUTA|RETENUE A LA SOURCE|PARAKRATISI|BRONBELASTING",
    "retention": r"RETENTION|RETAINAGE|\w*EINBEHALT|RETENUE DE GARANTIE|GARANTIA|GEWAHRLEISTUNG\w*",
    "bank_fee": r"(?:BANK|TRANSFER|WIRE) (?:CHARGES?|FEES?|COSTS)|BANKSPESEN|BANKGEBUH?E?R\w*|"
    r"SPESENABZUG|FRAIS BANCAIRES|(?:GASTOS|COMISION) BANCARI[OA]S?|COMMISSIONI BANCARIE|"
    r"BANKKOSTEN|CHARGES DEDUCTED|LESS CHARGES|EXODA TRAPEZAS",
    "part": r"PART|PARTIAL|PART PAYMENT|TEIL|TEILZAHLUNG|TEILBETRAG|ABSCHLAG\w*|RATENZAHLUNG|"
    r"INSTALL?MENT|ACOMPTE|PARCIAL|A CUENTA|ACCONTO|DEELBETALING|ENANTI|MEROS",
    "dispute": r"DISPUTED?|REKLAMATION|MANGEL|MAENGEL|MINDERUNG|LITIGE|RECLAMACION|CONTESTAZIONE",
}  # fmt: skip
_REASONS: Final = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _WORDS.items()}


def reason_in(text: str) -> str:
    """Return the one reason that a text names for paying less; "" for none or several.

    >>> reason_in("INV-0142 abzgl. 2 % Skonto")
    'discount'
    >>> reason_in("INV-0142 part, less bank charges")
    ''
    """
    words = fold(text)
    found = [kind for kind, said in _REASONS.items() if said.search(words)]
    return found[0] if len(found) == 1 else ""

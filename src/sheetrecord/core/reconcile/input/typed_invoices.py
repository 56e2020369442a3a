"""Parse *Other invoice no(s)* cells: invoice numbers, each with an amount and a kind."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import AllocationKind
from sheetrecord.model.money import exponent, to_minor

_BETWEEN: Final = re.compile(r"[;\n]|,(?!\d)|\s[+&]\s")
"""What stands between two entries; a comma before a digit belongs to an amount."""
_ENTRY: Final = re.compile(
    r"(?P<number>.+?)(?:\s+(?P<amount>-?\d[\d.,']*))?(?:\s+(?P<kind>"
    + "|".join(kind.value for kind in AllocationKind)
    + r"))?",
    re.IGNORECASE,
)


class TypedInvoice(NamedTuple):
    """One invoice as typed; ``amount`` is "" when left out."""

    number: str
    amount: str
    kind: AllocationKind


class InvoiceLookup:
    """The known invoices by number, without regard to case and spaces."""

    def __init__(self, invoices: Iterable[str]) -> None:
        self.exact = set(invoices)
        by: dict[str, list[str]] = {}
        for number in sorted(self.exact):
            by.setdefault(_plain(number), []).append(number)
        self.one: Mapping[str, str] = {k: v[0] for k, v in by.items() if len(v) == 1}

    def has(self, number: str) -> bool:
        """Return True if a text is the number of exactly one invoice."""
        return number in self.exact or _plain(number) in self.one

    def key(self, number: str) -> str:
        """Return the key of the invoice that a text names; the text itself when it names none."""
        return number if number in self.exact else self.one.get(_plain(number), number)


def entries(text: str, known: InvoiceLookup) -> Iterator[TypedInvoice]:
    """Yield the entries of a cell in order; numbers are recognised by the invoices in ``known``."""
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        match = _ENTRY.fullmatch(part)
        if match is None or known.has(part):
            yield TypedInvoice(known.key(part), "", AllocationKind.CASH)
            continue
        kind = AllocationKind(match["kind"].lower()) if match["kind"] else AllocationKind.CASH
        yield TypedInvoice(known.key(match["number"]), match["amount"] or "", kind)


def minor(text: str, currency: str) -> int | None:
    """Return a typed amount in minor units, None for one that is not whole or can mean two.

    With two different marks the last is the decimal one. One comma before three digits stands for
    thousands, unless the currency itself has three decimals; one point before three is open.

    >>> [minor(t, "EUR") for t in ("1,234.50", "1.234,50", "500,50", "1,000", "5.005,1")]
    [123450, 123450, 50050, 100000, 500510]
    >>> minor("1.000", "EUR") is None, minor("1,000", "KWD") is None
    (True, True)
    """
    digits = text.replace("'", "")
    marks = [mark for mark in digits if mark in ".,"]
    after = len(digits) - max(digits.rfind("."), digits.rfind(",")) - 1
    if len(set(marks)) == 2:
        mark = marks[-1]
    elif len(marks) == 1 and after != 3:
        mark = marks[0]
    elif marks == ["."] or (marks == [","] and exponent(currency) >= 3):
        return None
    else:
        mark = ""
    plain = "".join("." if c == mark else c for c in digits if c == mark or c not in ".,")
    try:
        amount, whole = to_minor(Decimal(plain), currency)
    except (InvalidOperation, ValueError):
        return None
    return amount if whole else None


def _plain(number: str) -> str:
    return " ".join(number.casefold().split())

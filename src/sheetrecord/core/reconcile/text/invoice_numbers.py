"""Index invoice numbers by what a payer may write of them, and find near misses."""

from collections.abc import Iterable, Sequence
from typing import Final

from sheetrecord.core.reconcile.text.mention import FULL, WORDED, Mention, TextRun, runs_of
from sheetrecord.core.reconcile.text.normalise import fold
from sheetrecord.core.reconcile.text.number_scan import Scan
from sheetrecord.core.reconcile.text.typos import SPLIT_DIGITS, Slips

_WORDS: Final = frozenset(
    [
        "INV",
        "INVOICE",
        "INVOICES",
        "INVS",
        "INVNO",
        "NO",
        "NR",
        "NUM",
        "NUMBER",
        "NUMMER",
        "RE",
        "RG",
        "RECHNUNG",
        "RECHNUNGEN",
        "RNR",
        "RECHN",
        "RECHNUNGSNR",
        "FACTURE",
        "FACT",
        "FAC",
        "FT",
        "FA",
        "FACTUUR",
        "FACTUURNR",
        "FACTURA",
        "FATTURA",
        "FAKTURA",
        "FAKT",
        "REF",
        "BILL",
        "BELEG",
    ]
)


class Numbers:
    """An index of invoice numbers by the forms in which payers may write them."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = numbers
        self.full: dict[tuple[str, ...], list[int]] = {}
        self.sequence: dict[str, list[int]] = {}
        self.joined: dict[str, list[int]] = {}
        self.typed: list[str] = []
        prefixes: set[str] = set()
        for at, number in enumerate(numbers):
            runs = runs_of(fold(number))
            digits = [run for run in runs if run.digits]
            self.typed.append(digits[-1].text if digits else "")
            self.full.setdefault(tuple(run.key for run in runs), []).append(at)
            if digits:
                self.sequence.setdefault(digits[-1].key, []).append(at)
                if len(digits) > 1:
                    self._join(digits, at)
                if not runs[0].digits:
                    prefixes.add(runs[0].key)
        self.lengths = sorted({len(key) for key in self.full}, reverse=True)
        # The longest first: behind REINV stands a number of INV, not one of NV.
        self.prefixes = tuple(sorted(prefixes, key=lambda prefix: (-len(prefix), prefix)))
        self.words = _WORDS | prefixes
        self._slips = Slips(self.typed, self.sequence, self.words)

    def _join(self, digits: list[TextRun], at: int) -> None:
        """Index year and sequence written together: ``20260142``, ``260142``."""
        whole = "".join(run.text for run in digits)
        self.joined.setdefault(whole, []).append(at)
        if len(digits[0].text) == 4:
            self.joined.setdefault(whole[2:], []).append(at)

    def find(self, text: str, ignore: Iterable[str] = ()) -> list[Mention]:
        """Return the numbers a text quotes; ``ignore`` are digits known to be something else.

        A number split by a line break is found if nothing is found without joining lines.
        """
        folded = fold(text)
        blocked = {word.lstrip("0") for word in ignore}
        mentions = Scan(self, folded, blocked).mentions()
        if not any(m.strength >= WORDED for m in mentions):
            joined = SPLIT_DIGITS.sub("", folded)
            if joined != folded:
                again = [m for m in Scan(self, joined, blocked).mentions() if m.strength == FULL]
                mentions = again or mentions
        return mentions

    def near(self, text: str, at: int) -> bool:
        """Return True if a text holds an invoice's number with one typing error.

        See `Slips.near`.
        """
        return self._slips.near(text, at)

    def near_among(self, text: str, places: Sequence[int]) -> list[int]:
        """Return those of some invoices whose number a text holds with one typing error."""
        return self._slips.among(text, places)

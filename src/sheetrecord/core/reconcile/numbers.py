"""Index invoice numbers by what a payer may write of them, and find near misses."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sheetrecord.core.reconcile.mention import FULL, WORDED, Mention, Run, runs_of
from sheetrecord.core.reconcile.scan import Scan
from sheetrecord.core.reconcile.words import fold

_SPLIT_DIGITS: Final = re.compile(r"(?<=\d)\s+(?=\d)")
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
    """An index of invoice numbers by what a payer may write of them."""

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
        self.prefixes = frozenset(prefixes)
        self.words = _WORDS | self.prefixes

    def _join(self, digits: list[Run], at: int) -> None:
        """Index year and sequence written together: ``20260142``, ``260142``."""
        whole = "".join(run.text for run in digits)
        self.joined.setdefault(whole, []).append(at)
        if len(digits[0].text) == 4:
            self.joined.setdefault(whole[2:], []).append(at)

    def find(self, text: str, ignore: Iterable[str] = ()) -> list[Mention]:
        """Return what a text quotes; ``ignore`` are digits known to be something else.

        A number split by a line wrap is found when nothing is found without joining.
        """
        folded = fold(text)
        blocked = {word.lstrip("0") for word in ignore}
        mentions = Scan(self, folded, blocked).mentions()
        if not any(m.strength >= WORDED for m in mentions):
            joined = _SPLIT_DIGITS.sub("", folded)
            if joined != folded:
                again = [m for m in Scan(self, joined, blocked).mentions() if m.strength == FULL]
                mentions = again or mentions
        return mentions

    def near(self, text: str, at: int) -> bool:
        """Whether a text holds an invoice's number with one slip, or cut off at its end.

        One digit wrong, missing, doubled, two swapped, or a letter for a digit (O for 0).
        """
        want = self.typed[at]
        if len(want) < 3:
            return False
        folded = fold(text)
        runs = runs_of(_SPLIT_DIGITS.sub(" ", folded))
        for run in runs:
            if run.digits and (_one_off(run.text, want) or _one_off(run.key, want.lstrip("0"))):
                return True
        if runs and runs[-1].digits and len(text) >= 16 and runs[-1].end == len(folded):
            last = runs[-1].text
            if 1 <= len(last) < len(want) and want.startswith(last) and _worded(runs, self.words):
                return True
        return any(_looks_like(word, want) for word in re.findall(r"\w+", folded))


def _worded(runs: list[Run], words: frozenset[str]) -> bool:
    """Whether the last number of a text stands behind a word for invoice (or a year behind it)."""
    before = [run.key for run in runs[-3:-1]]
    return any(word in words for word in before)


_ALIKE: Final = str.maketrans("OILSBZ", "011582")


def _looks_like(word: str, want: str) -> bool:
    if word.isdigit() or not any(c.isdigit() for c in word):
        return False
    digits = re.findall(r"\d+", word.translate(_ALIKE))
    return any(part.lstrip("0") == want.lstrip("0") and part not in word for part in digits)


def _one_off(a: str, b: str) -> bool:
    """Whether two numbers differ by one slip; very short ones never count."""
    if a == b or min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        off = [i for i in range(len(a)) if a[i] != b[i]]
        if len(off) == 1:
            return True
        swapped = len(off) == 2 and off[1] == off[0] + 1
        return swapped and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))

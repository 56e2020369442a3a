"""Find the invoice numbers that a remittance text quotes, in any spelling."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Protocol

from sheetrecord.core.reconcile.text.mention import BARE, FULL, WORDED, Mention, TextRun, runs_of
from sheetrecord.core.reconcile.text.normalise import fold

_LINKS: Final = re.compile(r"\s*(?:[,;/&+|]|\bAND\b|\bUND\b|\bET\b|\bEN\b|\bY\b)\s*#?\s*|\s+")
_RANGE: Final = re.compile(r"\s*(?:-|\u2013|\.\.|\bTO\b|\bBIS\b|\bTHRU\b|\bTHROUGH\b)\s*")
_DATE: Final = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}\s?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\s?(?:\d{4}|\d{2})?\b"
)
_CUTS: Final = frozenset({18, 27, 35, 70, 140})
"""Lengths at which payment schemes cut a reference (Bacs 18, SWIFT 35, SEPA 140)."""
_LINK_WORDS: Final = frozenset({"AND", "UND", "ET", "EN", "Y", "TO", "BIS"})
_SIGNS: Final = frozenset("#\u2116\u00b0\u00ba")
_MAX_RANGE: Final = 12
_LONG: Final = 3


class NumberIndex(Protocol):
    """The lookup tables of a scan: positions of invoices by written form."""

    numbers: Sequence[str]
    full: dict[tuple[str, ...], list[int]]
    sequence: dict[str, list[int]]
    joined: dict[str, list[int]]
    typed: list[str]
    lengths: list[int]
    prefixes: tuple[str, ...]
    words: frozenset[str]


class Scan:
    """One pass over one text."""

    def __init__(self, index: NumberIndex, text: str, blocked: set[str]) -> None:
        self.index, self.text, self.blocked = index, text, blocked
        self.runs = runs_of(text)
        self.used = [False] * len(self.runs)
        self.found: dict[int, Mention] = {}
        for match in _DATE.finditer(text):
            for i, run in enumerate(self.runs):
                if match.start() <= run.start and run.end <= match.end():
                    self.blocked = self.blocked | {f"@{i}"}

    def mentions(self) -> list[Mention]:
        """Return the mentions in text order."""
        self._full()
        self._joined()
        self._worded()
        self._lists()
        self._bare()
        self._nothing_else()
        return [self.found[i] for i in sorted(self.found)]

    def _nothing_else(self) -> None:
        """A text of nothing but sequence numbers quotes them: ``0142``, ``142/147 & 151``."""
        words = [run for run in self.runs if not run.digits and run.key not in _LINK_WORDS]
        if not words and self.found and len(self.found) == sum(run.digits for run in self.runs):
            for i, mention in self.found.items():
                self.found[i] = mention._replace(
                    strength=max(WORDED, mention.strength), lone=mention.strength < FULL
                )

    def _full(self) -> None:
        for i in range(len(self.runs)):
            for length in self.index.lengths:
                window = self._window(i, length)
                hits = self._hits(window) if window else []
                if hits and not self._cut_off(i + length - 1, hits):
                    self._take(i, length, Mention(tuple(hits), FULL, self._slice(window)))
                    break

    def _window(self, i: int, length: int) -> Sequence[TextRun]:
        """Return so many free runs that stand together, none where they cannot be a number."""
        window = self.runs[i : i + length]
        if len(window) < length or any(self.used[i : i + length]):
            return ()
        if length == 1 and window[0].digits:
            return ()  # a number without letters is only a bare sequence
        apart = any(b.start - a.end > 3 for a, b in pairwise(window))
        return () if apart else window

    def _hits(self, window: Sequence[TextRun]) -> list[int]:
        keys = tuple(run.key for run in window)
        hits = self.index.full.get(keys)
        if hits is None and not window[0].digits:
            for prefix in self.index.prefixes:
                if len(window[0].key) > len(prefix) >= 2 and window[0].key.endswith(prefix):
                    hits = self.index.full.get((prefix, *keys[1:]))
                    if hits:
                        break
        return hits or []

    def _joined(self) -> None:
        for i, run in enumerate(self.runs):
            hits = self.index.joined.get(run.text) if run.digits and not self.used[i] else None
            if hits and len(run.text) >= 5 and run.key not in self.blocked:
                self._take(i, 1, Mention(tuple(hits), WORDED, run.text))

    def _worded(self) -> None:
        for i, run in enumerate(self.runs):
            if run.digits and not self.used[i] and self.text[: run.start].rstrip()[-1:] in _SIGNS:
                self._sequence(i, WORDED)
        for i, run in enumerate(self.runs[1:], 1):
            before = self.runs[i - 1]
            if self.used[i] or not run.digits or before.digits or run.start - before.end > 3:
                continue
            if before.key in self.index.words or _ends_with_word(before.key, self.index.prefixes):
                self._sequence(i, WORDED)

    def _lists(self) -> None:
        """Read what follows a number: ``142/147 & 151``, ``INV 101-104``, ``INV-0142/43``."""
        for i in range(1, len(self.runs)):
            if self.used[i] or not self.runs[i].digits:
                continue
            before = self._head(i - 1)
            if before is None or before.strength < WORDED or before.all_of:
                continue
            between = self.text[self.runs[i - 1].end : self.runs[i].start]
            if _RANGE.fullmatch(between) and self._range(i, before):
                continue
            counting = between.isspace() and len(self.runs[i].text) == 1
            if _LINKS.fullmatch(between) and not (counting and self._long(before)):
                self._sequence(i, WORDED, tail_of=before)

    def _long(self, before: Mention) -> bool:
        """Whether our numbers are so long that a lone digit behind one counts something else."""
        return len(self.index.typed[before.invoices[0]]) >= _LONG

    def _head(self, i: int) -> Mention | None:
        """Return the mention that ends at a run."""
        while i >= 0 and self.used[i] and i not in self.found:
            i -= 1
        return self.found.get(i)

    def _range(self, i: int, before: Mention) -> bool:
        first, last = self.index.typed[before.invoices[0]], self.runs[i].text
        if not first or len(last) > len(first):
            return False
        full = first[: len(first) - len(last)] + last
        span = int(full) - int(first)
        if not 0 < span <= _MAX_RANGE:
            return False
        members: list[int] = []
        for n in range(int(first), int(full) + 1):
            hits = self._kin(before, self.index.sequence.get(str(n), []))
            if len(hits) != 1:
                return False
            members += hits
        head = next(k for k in range(i - 1, -1, -1) if k in self.found)
        text = f"{before.text}-{last}"
        self.found[head] = Mention(tuple(members), before.strength, text, all_of=True)
        self.used[i] = True
        return True

    def _kin(self, before: Mention, hits: list[int]) -> list[int]:
        """Keep the invoices whose number has the same stem as one already found."""
        stems = {self._stem(at) for at in before.invoices}
        return [at for at in hits if self._stem(at) in stems]

    def _stem(self, at: int) -> str:
        number = fold(self.index.numbers[at])
        typed = self.index.typed[at]
        return number[: number.rfind(typed)] if typed else number

    def _bare(self) -> None:
        for i, run in enumerate(self.runs):
            if run.digits and not self.used[i] and len(run.text) >= 3:
                self._sequence(i, BARE)

    def _sequence(self, i: int, strength: int, tail_of: Mention | None = None) -> None:
        run = self.runs[i]
        if run.key in self.blocked or f"@{i}" in self.blocked or len(run.text) > 12:
            return
        hits = self.index.sequence.get(run.key, [])
        if tail_of is not None:
            hits = self._tail(run, tail_of, hits)
        hits = [at for at in hits if len(run.text) >= len(run.key) and self._width_fits(run, at)]
        if strength == BARE and run.text.startswith("0") and len(run.text) >= 4:
            strength = WORDED  # padded exactly as we print it: no chance
        year = len(run.text) == 4 and run.text[:2] in ("19", "20")
        if not hits or (strength == BARE and year) or self._cut_off(i, hits):
            return
        self._take(i, 1, Mention(tuple(hits), strength, run.text))

    def _tail(self, run: TextRun, before: Mention, hits: list[int]) -> list[int]:
        typed = self.index.typed[before.invoices[0]]
        if len(run.text) < len(typed):
            full = (typed[: len(typed) - len(run.text)] + run.text).lstrip("0")
            longer = self._kin(before, self.index.sequence.get(full, []))
            plain = self._kin(before, hits)
            if longer and (not plain or run.text.startswith("0") or int(full) > int(typed)):
                return longer
        return self._kin(before, hits)

    def _width_fits(self, run: TextRun, at: int) -> bool:
        """A zero-padded quote must be padded as the invoice is: ``01`` is not ``0001``."""
        typed = self.index.typed[at]
        return not run.text.startswith("0") or len(run.text) == len(typed) or typed == run.key

    def _cut_off(self, i: int, hits: list[int]) -> bool:
        """Whether a number at the very end of a cut text may be the start of a longer one."""
        run = self.runs[i]
        if run.end != len(self.text) or len(self.text) not in _CUTS:
            return False
        return any(len(run.text) < len(self.index.typed[at]) for at in hits) or any(
            str(int(run.key) * 10 + last) in self.index.sequence for last in range(10)
        )

    def _slice(self, window: Sequence[TextRun]) -> str:
        return self.text[window[0].start : window[-1].end]

    def _take(self, i: int, length: int, mention: Mention) -> None:
        self.used[i : i + length] = [True] * length
        self.found[i] = mention


def _ends_with_word(key: str, prefixes: tuple[str, ...]) -> bool:
    return any(len(key) > len(prefix) >= 2 and key.endswith(prefix) for prefix in prefixes)

"""Which clients a bank line may be from: by account, alias, learned habit, or name similarity."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from typing import Final

from sheetrecord.core.reconcile.facts import BankLine, PayingClient
from sheetrecord.core.reconcile.text.name_similarity import score, word_weights
from sheetrecord.core.reconcile.text.normalise import Name, fold, name_of

SURE: Final = 88.0
"""Similarity (0 to 100) from which a name counts as the client's; two strangers stay under 80."""
MAYBE: Final = 75.0
_LEARNED: Final = 92.0
_NO_NAME: Final = re.compile(r"\d|^[^\w]+$")
_NOISE_WORDS: Final = """
    APR AUG BACS BANK BEHALF BETALING BGC CHAPS COUNTER CREDIT DEBIT DEC DIRECT FACTURE
    FACTUUR FASTER FEB FEE FEES FOR FPI FPS FROM GIRO GUTSCHRIFT INV INVOICE INVOICES JAN
    JUL JUN MAR MAY NO NOV NR OCT OF ON ORDER OUR PAY PAYMENT PAYMENTS PMT PO RECEIVED
    RECHNUNG RECHNUNGSNR REF REFERENCE SEP SEPA SERVICE SERVICES SUPPLIER TFR THANK THANKS
    TRANSFER UEBERWEISUNG VIA VIR VIREMENT YOU YOUR
"""
_NOISE: Final = frozenset(_NOISE_WORDS.split())
_SHARED: Final = 80.0
_MAX_VISITS: Final = 1500
_MAX_SCORED: Final = 16
_SHARES: Final = 0.4
"""Names that share fewer of the payer's threes than this part of the best one's are not scored."""


class PayerNames:
    """An index of client names and IBANs, with cached lookups."""

    def __init__(self, clients: Iterable[PayingClient]) -> None:
        self.clients = {client.key: client for client in sorted(clients)}
        self.names: list[tuple[Name, str]] = []
        for client in self.clients.values():
            texts = dict.fromkeys((client.name, *client.aliases))
            self.names += [(name_of(text), client.key) for text in texts if name_of(text).compact]
        self.weight, self.rare = word_weights([name for name, _ in self.names])
        self.ibans = {
            iban.replace(" ", "").upper(): client.key
            for client in self.clients.values()
            for iban in client.ibans
        }
        self._grams = _index(self.names)
        self._exact: dict[str, list[tuple[Name, str]]] = {}
        for name, key in self.names:
            self._exact.setdefault(name.compact, []).append((name, key))
        self._spellings: dict[Name, dict[str, float]] = {}
        self._texts: dict[str, dict[str, float]] = {}

    def in_text(self, text: str) -> dict[str, float]:
        """Return the clients named in a text that mixes payer and reference, with a score up to 95.

        Words with digits and common payment words are ignored.
        """
        found = self._texts.get(text)
        if found is None:
            kept = [w for w in fold(text).split() if not _NO_NAME.search(w) and w not in _NOISE]
            words = name_of(" ".join(kept))
            spelled = self.spelled(words) if len(words.compact) >= 4 else {}
            found = {key: min(value, 95.0) for key, value in spelled.items()}
            self._texts[text] = found = _longest(found, self.clients)
        return found

    def spelled(self, payer: Name) -> dict[str, float]:
        """Return the clients with a similar name and their score, `MAYBE` to 100.

        If any name is spelled exactly alike, only those are returned.
        """
        known = self._spellings.get(payer)
        if known is not None:
            return known
        found: dict[str, float] = {}
        if payer.compact:
            same = self._exact.get(payer.compact, [])
            for name, key in same or self._candidates(payer):
                value = score(payer, name, self.weight, self.rare)
                if value >= MAYBE and value > found.get(key, 0.0):
                    found[key] = value
        found = self._spellings[payer] = self._suffix_decides(payer, found)
        return found

    def _suffix_decides(self, payer: Name, found: dict[str, float]) -> dict[str, float]:
        """Of clients that differ only by legal suffix, keep the one the payer spells out."""
        if not payer.suffix or len(found) < 2:
            return found
        same = {
            key
            for key, value in found.items()
            if value > SURE and name_of(self.clients[key].name).suffix == payer.suffix
        }
        if not same:
            return found
        cores = {name_of(self.clients[key].name).compact for key in same}
        return {
            key: value
            for key, value in found.items()
            if key in same or name_of(self.clients[key].name).compact not in cores
        }

    def _candidates(self, payer: Name) -> list[tuple[Name, str]]:
        """Return the names that share the most letters in threes with a payer's, best first.

        Rare threes are looked up first, equally rare ones by their letters: a set's order is
        another one in each process, and what is looked up within the bound would be too.
        """
        known = sorted(gram for gram in _grams(payer) if gram in self._grams)
        lists = sorted((self._grams[gram] for gram in known), key=len)
        few = max(1, bisect_right(list(accumulate(map(len, lists))), _MAX_VISITS))
        shared = Counter(chain.from_iterable(lists[:few]))
        least = _SHARES * max(shared.values(), default=0)
        near = sorted(at for at, count in shared.items() if count >= least)
        best = sorted(near, key=shared.__getitem__, reverse=True)[:_MAX_SCORED]
        return [self.names[at] for at in best]


class Payers:
    """The clients that may have paid a line, by name and by payers' habits.

    A payer that paid for one client at least twice is a habit; one that paid for several is a
    parent company or a payment service.
    """

    def __init__(self, names: PayerNames) -> None:
        self.names = names
        self.learned: dict[str, dict[str, int]] = {}
        self.taught: list[frozenset[str]] = []
        """Whose habits each lesson was about: what was looked up of them does not hold any more."""
        self._cache: dict[str, dict[str, float]] = {}

    def learn(self, habits: Mapping[str, Mapping[str, int]]) -> None:
        """Add counts of payments by payer and client; forgets what was looked up of these."""
        for text, keys in habits.items():
            compact = name_of(text).compact
            for key, times in keys.items() if compact else ():
                counts = self.learned.setdefault(compact, {})
                counts[key] = counts.get(key, 0) + times
        about = frozenset(name_of(text).compact for text in habits)
        for text in [text for text in self._cache if name_of(text).compact in about]:
            del self._cache[text]
        self.taught.append(about)

    def of(self, line: BankLine) -> dict[str, float]:
        """Return the clients a line may come from, with scores of 0 to 100.

        A client's known IBAN decides alone.
        """
        owner = (
            self.names.ibans.get(line.payer_iban.replace(" ", "").upper())
            if line.payer_iban
            else None
        )
        if owner:
            return {owner: 100.0}
        found = self.of_name(line.payer) if line.payer else {}
        if not found or max(found.values()) < MAYBE:
            found = {**found, **self.names.in_text(line.text)}
        return found

    def of_name(self, text: str) -> dict[str, float]:
        """Return the clients that a payer's name may stand for, with their scores."""
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = self._look_up(name_of(text))
        return found

    def is_known(self, text: str) -> bool:
        """Return True for a payer that paid at least twice what was accepted, for any client."""
        return sum(self.learned.get(name_of(text).compact, {}).values()) > 1

    def by_spelling(self, line: BankLine) -> dict[str, float]:
        """Return the clients by account or spelling alone: learned habits contradict nothing."""
        found = self.of(line)
        habits = self.learned.get(name_of(line.payer).compact, {})
        return {key: value for key, value in found.items() if key not in habits}

    def _look_up(self, payer: Name) -> dict[str, float]:
        found = dict(self.names.spelled(payer))
        habits = self.learned.get(payer.compact, {})
        often = len(habits) == 1 and max(habits.values()) > 1
        for key in habits:
            value = _LEARNED if often else _SHARED if len(habits) <= 5 else 0.0
            if key in self.names.clients and value > found.get(key, 0.0):
                found[key] = value
        return found


def _longest(found: dict[str, float], clients: Mapping[str, PayingClient]) -> dict[str, float]:
    """Drop a client whose name is only part of another one found (Delta in Delta Design)."""
    cores = {key: name_of(clients[key].name).compact for key in found}
    return {
        key: value
        for key, value in found.items()
        if not any(cores[key] != core and cores[key] in core for core in cores.values())
    }


def _grams(name: Name) -> set[str]:
    text = name.compact
    if len(text) < 3:
        return {text}
    return {text[i : i + 3] for i in range(len(text) - 2)}


def _index(names: list[tuple[Name, str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for at, (name, _) in enumerate(names):
        for gram in _grams(name):
            index.setdefault(gram, []).append(at)
    return index

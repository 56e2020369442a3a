"""One deal's people and things, and the chance that picks among them."""

import random
from collections.abc import Sequence
from copy import copy
from typing import TypeVar

from sheetrecord.sample.names import EVENTS, FIRST, LAST, RIVALS

T = TypeVar("T")


class Voice:
    """Fills the places of sentences for one deal."""

    def __init__(self, rng: random.Random, client: str, project: str) -> None:
        self.rng = rng
        self.client, self.project = client, project
        firsts = rng.sample(FIRST, 4)
        self.people = [f"{first} {rng.choice(LAST)}" for first in firsts]
        self.event, self.rival = rng.choice(EVENTS), rng.choice(RIVALS)

    def aside(self, what: str) -> "Voice":
        """Return the same people and things with a chance of their own, for something added."""
        other = copy(self)
        other.rng = random.Random(f"{self.client} {self.people[0]} {what}")  # noqa: S311  # a sample
        return other

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of some choices."""
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        """Return True in a share of cases."""
        return self.rng.random() < share

    def days(self, low: int, high: int) -> int:
        """Return a number of days."""
        return self.rng.randint(low, high)

    def say(self, sentence: str) -> str:
        """Return a sentence with its places filled, beginning with a capital."""
        text = sentence.format(
            person=self.people[0],
            other=self.people[1],
            client=self.client,
            project=self.project,
            rival=self.rival,
            event=self.event,
            n=self.rng.randint(3, 29),
        )
        return text[0].upper() + text[1:]

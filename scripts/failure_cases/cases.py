"""Read the collection: what went wrong, the one fact behind it, and what that fact means."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent
TRADES: Final = ("consultancy", "architect", "integrator", "agency")
LONGEST: Final = 140
"""Characters of a fact: a rep types one sentence, and pages cut what is longer than 150."""


class Meaning(NamedTuple):
    """What kind of fact it is, whatever the workbook calls it.

    ``made_for`` and ``otherwise`` are places (`Context.KIND`, `Commitments.TYPE`, `Deal.COLUMN`,
    `Fees.TYPE`): those meant for such a fact, and where a rep puts it while there is none, the best
    first. ``asked`` are the questions whose answer it is, places or codes of rules; ``near`` those
    that may bring it up. A place counts as its own question unless ``asked`` says otherwise.
    """

    name: str
    about: str
    made_for: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Fact(NamedTuple):
    """What the rep knew, as one row: a sentence, and what else the row has columns for.

    ``amount`` is in the deal's currency, before tax; ``hours`` is work of ours; ``code`` picks from
    the list of a place that is a list; ``more`` are further columns by key.
    """

    meaning: str
    words: str
    person: str = ""
    date: dt.date | None = None
    amount: float | None = None
    hours: float | None = None
    code: str = ""
    more: Mapping[str, Any] = {}


class Failure(NamedTuple):
    """One failure between sale and delivery that somebody else wrote about in public.

    ``known`` is what was known or said while it was sold, ``wrong`` what came of it, ``money`` what
    it was about, ``remind`` why somebody should have been reminded on ``remind_on``. ``source`` and
    ``url`` say where that stands. In the fact, names of people, days and figures that the source
    does not tell are ours: every sale is signed on 2 March 2026 by the same people. A fact has a
    date where the rep knew one, and an amount where the money is ours or for us to know.
    """

    id: str
    trade: str
    title: str
    source: str
    url: str
    country: str
    known: str
    wrong: str
    money: str
    remind: str
    remind_on: dt.date
    fact: Fact

    @property
    def has_money(self) -> bool:
        """Whether finance has to know the fact: an amount is in it."""
        return self.fact.amount is not None


def meanings() -> dict[str, Meaning]:
    """Return every meaning by its name."""
    told = tomllib.loads((HERE / "meanings.toml").read_text("utf-8"))
    return {name: Meaning(name, **_tuples(table)) for name, table in told.items()}


def failures(trades: Sequence[str] = TRADES) -> list[Failure]:
    """Return the collection, in the order of the files."""
    found = []
    for trade in trades:
        told = tomllib.loads((HERE / f"{trade}.toml").read_text("utf-8"))
        found += [_failure(trade, name, table) for name, table in told.items()]
    return found


def _failure(trade: str, name: str, table: dict[str, Any]) -> Failure:
    fact = Fact(**table.pop("fact"))
    if len(fact.words) > LONGEST:
        raise ValueError(f"{name}: a fact is one sentence of at most {LONGEST} characters.")
    return Failure(id=name, trade=trade, fact=fact, **table)


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(x) if isinstance(x, list) else x for key, x in table.items()}

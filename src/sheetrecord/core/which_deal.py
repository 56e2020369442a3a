"""Which deal somebody means: by its id, the beginning of one, its client, or words of its name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.closest_id import folded
from sheetrecord.core.find import fold
from sheetrecord.schema.record import DealRows


class NamedDeal(NamedTuple):
    """A deal as people call it."""

    deal_id: str
    client: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """Client and name, as far as they are known.

        >>> NamedDeal("D-0007", "Acme", "Website").title
        'Acme, Website'
        """
        return ", ".join(part for part in (self.client, self.name) if part)


class DealMatches(NamedTuple):
    """The deals that a word may mean: one when it is certain, several to choose from, or none.

    ``by_id``: the word was the id, whatever its case and leading zeros, not a guess at a name.
    """

    deals: Sequence[NamedDeal]
    by_id: bool = False


def which_deal(word: str, deals: Iterable[NamedDeal]) -> DealMatches:
    """Return the deals that a word means, by the first of four readings that fits any.

    The readings: the id without regard to case, dashes and leading zeros; the beginning of an id;
    the client's whole name; words that client and name hold, in any order.

    >>> acme = NamedDeal("D-0007", "Acme", "Website")
    >>> deals = [acme, NamedDeal("D-0012", "Übermut AG", "Web shop")]
    >>> [one.deal_id for one in which_deal("d-7", deals).deals]
    ['D-0007']
    >>> [one.deal_id for one in which_deal("ubermut ag", deals).deals]
    ['D-0012']
    >>> [one.deal_id for one in which_deal("web", deals).deals]
    ['D-0007', 'D-0012']
    >>> which_deal("  ", deals).deals
    []
    """
    known = list(deals)
    wanted, words = folded(word), fold(word).split()
    if not words:
        return DealMatches([])
    readings: tuple[Callable[[NamedDeal], bool], ...] = (
        lambda one: one.deal_id == word.strip(),
        lambda one: bool(wanted) and folded(one.deal_id) == wanted,
        lambda one: one.deal_id.casefold().startswith(word.strip().casefold()),
        lambda one: fold(one.client) == " ".join(words),
        lambda one: all(part in fold(one.title) for part in words),
    )
    for number, reading in enumerate(readings):
        if found := [one for one in known if reading(one)]:
            return DealMatches(found, by_id=number < 2 and len(found) == 1)
    return DealMatches([])


def named(by_deal: Mapping[str, DealRows]) -> list[NamedDeal]:
    """Return a record's deals as people call them."""
    return [
        NamedDeal(deal_id, rows.deal.client or "", rows.deal.deal_name or "")
        for deal_id, rows in by_deal.items()
    ]


def meant_deal(word: str, by_deal: Mapping[str, DealRows]) -> str:
    """Return the id of the one deal that a word means; the word as it is when that is not clear."""
    if not word or word in by_deal:
        return word
    found = which_deal(word, named(by_deal)).deals
    return found[0].deal_id if len(found) == 1 else word

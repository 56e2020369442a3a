"""Which deal a command is about: named by its id, or by words that only one deal answers to."""

import sys
from collections.abc import Mapping, Sequence
from typing import Final

import click

from sheetrecord.cli import printing
from sheetrecord.core.which_deal import NamedDeal, named, which_deal
from sheetrecord.model.closest_words import nearest
from sheetrecord.model.printable import one_line
from sheetrecord.schema.record import DealRows

DEAL: Final = click.option("--deal", metavar="DEAL", default="", hidden=True)
"""The deal as an option, as it was typed in earlier releases."""
_SHOWN: Final = 5
"""Deals that are offered where a word may mean several."""


def one_deal(word: str, by_deal: Mapping[str, DealRows], *, writes: bool = False) -> str:
    """Return the id of the deal that a word means.

    A command that ``writes`` says whom it took, and takes nothing but ids where nobody looks on.
    Raises UsageError for none and for several.
    """
    return one_named(word, named(by_deal), writes=writes)


def one_named(word: str, known: Sequence[NamedDeal], *, writes: bool = False) -> str:
    """Return the id of the deal that a word means, as `one_deal`."""
    if not word.strip():
        raise click.UsageError(f"Name a deal. {_offered(known)}")
    found = which_deal(word, known)
    if len(found.deals) != 1:
        raise _unclear(word, known)
    [one] = found.deals
    if writes and not found.by_id:
        if not sys.stdin.isatty():
            raise click.UsageError(
                f'"{word}" is no deal\'s id. Where nobody looks on, only an id is taken: '
                f"{_called(one)}."
            )
        printing.line(f"{_called(one)}:", err=True)
    return one.deal_id


def unclear(word: str, by_deal: Mapping[str, DealRows]) -> click.UsageError:
    """Return the error for a word that means no deal, or several: which there are."""
    return _unclear(word, named(by_deal))


def _unclear(word: str, known: Sequence[NamedDeal]) -> click.UsageError:
    if several := which_deal(word, known).deals:
        return click.UsageError(f'"{word}" may mean several deals. {_offered(several)}')
    near = nearest(word, [one.deal_id for one in known])
    alike = [one for one in known if one.deal_id in near]
    return click.UsageError(f'There is no deal "{word}". {_offered(alike or known)}')


def _offered(deals: Sequence[NamedDeal]) -> str:
    """Return the deals to choose from, the first few of many."""
    if not deals:
        return "It holds no deal yet."
    shown = "; ".join(map(_called, deals[:_SHOWN]))
    more = len(deals) - _SHOWN
    return f"There is {shown}{f'; and {more} more' if more > 0 else ''}."


def _called(one: NamedDeal) -> str:
    return one_line(" ".join(part for part in (one.deal_id, one.title) if part))

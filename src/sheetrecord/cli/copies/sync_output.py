"""What the commands about synced copies share: which copies, and conflicts and cells in words."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import click

from sheetrecord.app.sync.targets import SyncTargets, find_targets
from sheetrecord.cli import options
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.cli.format_values import (
    count,
    side_words,
)
from sheetrecord.contract.answers.values import side_json
from sheetrecord.core.sync.store_protocol import OpenConflict
from sheetrecord.model.suggest import word as book_word

__all__ = ["count", "side_words"]

SCHEMA: Final = 1
"""Raised when a field of the JSON changes its meaning or goes away."""

BOOKS = click.argument("books", nargs=-1, metavar="[BOOK]...", type=BookAddress())
BOOK = click.option(
    "--book", "books", multiple=True, metavar="BOOK", hidden=True, type=BookAddress()
)
"""The copies as an option, as they were typed in earlier releases."""

_RECORD: Final = "the record"
"""The origin of a side that the record had already when the other one was seen."""


def targets(books: Sequence[str]) -> SyncTargets:
    """Return the copies that a command names, and their record."""
    return find_targets(books, options.config(books))


def conflict_words(one: OpenConflict, labels: Mapping[str, str], speaks: Speaker) -> Iterator[str]:
    """Yield a conflict on one line, with its client and deal, and one more line for each side."""
    say = speaks.say
    yield f"{coloured(say('conflict'), 'red')}  {speaks.place(one)}  {speaks.why(one)}"
    if about := speaks.about(one).told:
        yield f"    {about}"
    was, now = (speaks.side(value, side_words(value)) for value in (one.base, one.record))
    yield f"    {say('was')}: {was}, {say('record')}: {now}"
    for side in one.sides:
        whose = labels.get(side.origin, side.origin.replace("\\", "/").rpartition("/")[2])
        if side.origin == _RECORD:
            whose = say("before")
        seen = speaks.moment(side.at)
        value = speaks.side(side.value, side_words(side.value))
        yield f"    {whose}: {value}  ({say('seen')} {seen})"


def how_to_decide(one: OpenConflict, labels: Mapping[str, str], speaks: Speaker) -> str:
    """Return how to decide conflicts, with one of them as the example."""
    column = speaks.header(one.sheet, one.key)
    place = book_word(f"{one.row_id}.{column}") if one.key else one.row_id
    name = next((labels[side.origin] for side in one.sides if side.origin in labels), "")
    word = name if " " not in name else f'"{name}"'
    other = (f"{word}, " if word else "") + (speaks.say("value") if one.key else "deleted, kept")
    book = next(iter(labels), "BOOK")
    command = f"sheetrecord resolve {book_word(book)} {place} --keep record"
    return speaks.say("decide", command=command, other=other)


def conflict_json(
    one: OpenConflict, labels: Mapping[str, str], speaks: Speaker
) -> dict[str, object]:
    """Return a conflict as a JSON object."""
    about = speaks.about(one)
    return {
        "client": about.client,
        "deal_id": about.deal_id,
        "deal_name": about.deal_name,
        "sheet": one.sheet,
        "row_id": one.row_id,
        "column": one.key,
        "kind": one.kind.name.lower(),
        "group": one.group,
        "base": side_json(one.base),
        "record": side_json(one.record),
        "sides": [
            {
                "copy": side.origin,
                "label": labels.get(side.origin, ""),
                "value": side_json(side.value),
                "generation": side.generation,
                "seen": side.at.isoformat(),
            }
            for side in one.sides
        ],
        "opened_run": one.opened_run,
    }


def moment(at: dt.datetime) -> str:
    """Return a time as local time."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")

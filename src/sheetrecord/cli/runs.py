"""`sheetrecord runs`: the syncs that changed a record, as `undo` and `history` number them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import click

from sheetrecord.app.sync.open_store import looking
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync_output
from sheetrecord.cli.copies.speaker import Speaker, speaker
from sheetrecord.core.sync.store_protocol import Logged

if TYPE_CHECKING:
    from sheetrecord.contract.copies import RunJson, RunsAnswer


class RunSummary(NamedTuple):
    """One run: when it began to write, by whom, and how many changes of each kind it made."""

    number: int
    at: dt.datetime
    by: str
    changes: Counter[str]


@click.command("runs")
@click.argument("words", nargs=-1, metavar="[BOOK]", type=BookWords(), shell_complete=complete)
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N.")
@options.trust
@options.format_option("text", "json")
def command(words: tuple[str, ...], *, last: int | None, format_: str) -> int:
    """List the runs that changed the record, the latest first: number, when, by whom, what.

    \b
    Examples:
      sheetrecord runs
      sheetrecord runs firm.xlsx --last 5
    """
    with looking(sync_output.targets(words).known) as store:
        found, record = list(reversed(list(runs_of(store.ledger())))), store.load().record
    if format_ == "json":
        plain = [_plain(one) for one in found[:last]]
        told: RunsAnswer = {"schema": sync_output.SCHEMA, "runs": plain}
        printing.document(printing.as_json(told))
        return 0
    speaks = speaker(record)
    lines = [line for one in found if (line := _text(one, speaks))]
    printing.lines(lines[:last] or [speaks.say("no runs")])
    return 0


def runs_of(ledger: Iterable[Logged]) -> Iterator[RunSummary]:
    """Yield the runs that a ledger tells of, in their order."""
    for number, logged in groupby(ledger, key=attrgetter("run")):
        entries = list(logged)
        kinds = Counter(one.entry.kind for one in entries)
        yield RunSummary(number, entries[0].at, entries[0].actor, kinds)


_KINDS = ("set", "add", "remove", "conflict", "settled")


def _text(one: RunSummary, speaks: Speaker) -> str:
    """Return a run on one line; empty for one that changed nothing a person would look for."""
    what = ", ".join(
        speaks.count(count, f"run {kind}") for kind, count in one.changes.items() if kind in _KINDS
    )
    who = one.by or speaks.say("somebody")
    return f"{bold(f'{one.number:>5}')}  {speaks.moment(one.at)}  {who}  {what}" if what else ""


def _plain(one: RunSummary) -> RunJson:
    return {
        "run": one.number,
        "at": one.at.isoformat(),
        "by": one.by,
        "changes": dict(one.changes),
    }

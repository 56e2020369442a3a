"""`sheetrecord status`: where every copy of the record stands, and what is due; it only looks."""

import datetime as dt
from collections.abc import Iterator

import click

from sheetrecord.app.sync.status import CopyStatus, Status, status
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.copies import sync_output
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.cli.printing import as_json
from sheetrecord.model.suggest import word
from sheetrecord.rules.words import form

_MOST = 20
"""Reminders that are shown; JSON has all of them."""


@click.command("status")
@sync_output.BOOKS
@options.trust
@options.format_option("text", "json")
@options.asof
def command(books: tuple[str, ...], *, format_: str, asof: dt.date | None) -> int:
    """Show for each copy whether it is in step, was changed, waits or is away, and what is due.

    No copy is in step while a conflict stands: it says "to decide". What is due stands below, by
    its day, until somebody settles it.

    \b
    Examples:
      sheetrecord status
      sheetrecord status firm.xlsx --format json
      sheetrecord status firm.xlsx --asof 2026-08-01

    Exits with 1 while a conflict stands or a copy is not in step.
    """
    found = status(sync_output.targets(books), options.today(), asof)
    printing.document(_json(found) if format_ == "json" else joined(_text(found)))
    waits = found.conflicts or found.beside or found.problems
    return int(bool(waits) or any(at.state != "in step" for at in found.copies))


def _text(found: Status) -> Iterator[str]:
    width = max((len(_name(found, at)) for at in found.copies), default=0)
    speaks = Speaker(found.language, found.told.rows)
    for at in found.copies:
        name = bold(f"{_name(found, at):<{width}}")
        state = speaks.say(at.state)
        state = state if at.state == "in step" else coloured(state, "yellow")
        told = speaks.say("unsynced") if at.state == "new" else speaks.reason(at.why)
        why = f": {told}" if told else ""
        yield f"{name}  {state}{why}"
    for one in found.beside:
        yield speaks.say("beside others", name=one.name)
    for words in found.problems:
        yield f"{coloured(speaks.say('to mend'), 'yellow')}  {words}"
    if not found.run:
        lost = "unknown store" if found.stamped else "never synced"
        yield speaks.say(lost, store=found.store)
        yield from _waiting(found, speaks)
        yield from _due(found, speaks)
        return
    rows, conflicts = speaks.count(found.rows, "row"), speaks.count(found.conflicts)
    yield speaks.say("status", rows=rows, conflicts=conflicts)
    if printing.HOW.verbose:
        yield speaks.say("at record", record=found.record, run=found.run)
        yield speaks.say("kept in", store=found.store, head=found.head or speaks.say("none"))
    yield from _waiting(found, speaks)
    yield from _due(found, speaks)


def _waiting(found: Status, speaks: Speaker) -> Iterator[str]:
    """Yield the handovers that nobody answered, the longest waiting first."""
    if not found.waiting:
        return
    yield ""
    yield bold(speaks.say("handovers"))
    written = form(speaks.language)["day"]
    for one in found.waiting[:_MOST]:
        deal, since = one.deal, one.since
        called = " ".join(filter(None, (deal.deal_id, deal.client, deal.deal_name)))
        parts = {"deal": called, "owner": deal.ops_owner or "?"}
        if since is None:
            yield f"  {speaks.say('waits undated', **parts)}"
        else:
            day = since.strftime(written)
            yield f"  {speaks.say('waits since', days=one.days, day=day, **parts)}"


def _due(found: Status, speaks: Speaker) -> Iterator[str]:
    """Yield what is due, ordered by day; of more than a screen holds the latest."""
    if not found.due:
        return
    shown = found.due[-_MOST:]
    yield ""
    yield bold(speaks.say("due"))
    if len(shown) < len(found.due):
        book = word(found.copies[0].name) if found.copies else "BOOK"
        yield speaks.say("due before", n=len(found.due) - len(shown), book=book)
    written = form(speaks.language)["day"]
    for one in shown:
        yield f"  {bold(one.day.strftime(written))}  {one.message}"


def _name(found: Status, at: CopyStatus) -> str:
    return found.labels.get(at.name, at.name.rpartition("/")[2])


def _json(found: Status) -> str:
    told = {
        "schema": sync_output.SCHEMA,
        **{key: value for key, value in found._asdict().items() if key not in {"told", "language"}},
        "labels": dict(found.labels),
        "copies": [at._asdict() for at in found.copies],
        "beside": [one.address for one in found.beside],
        "waiting": [
            {
                "deal_id": one.deal.deal_id,
                "client": one.deal.client,
                "owner": one.deal.ops_owner,
                "since": one.since.isoformat() if one.since else None,
                "days": one.days,
            }
            for one in found.waiting
        ],
        "due": [{**one._asdict(), "day": one.day.isoformat()} for one in found.due],
    }
    return as_json(told)

"""`sheetrecord fleet`: a folder of workbooks kept in step, on one machine or on many."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetrecord.app.settings.config import find_config, really
from sheetrecord.app.settings.places import store_at
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.change_output import BY
from sheetrecord.cli.confirm_settings import trusting, vouch
from sheetrecord.cli.output_option import Reads
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.copies import FleetAnswer, FleetStatusAnswer, LookJson, TroubleJson
from sheetrecord.model.errors import BadSettings

if TYPE_CHECKING:
    from sheetrecord.app.fleet.plan import FleetPlan, WorkbookResult
    from sheetrecord.app.fleet.scan import FolderCounts
    from sheetrecord.app.fleet.status import AtWork, FleetStatus
    from sheetrecord.stores.fleet import Trouble

STORE = click.option(
    "--store", default="", metavar="URL", help="Where records and the list are kept."
)
NAME = click.option(
    "--name", default="", metavar="NAME", help="What the fleet is called in the store."
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="one for each processor",
    help="How many workbooks to sync at a time here.",
)


class FleetGroup(click.Group):
    """A group whose first word may be a folder: then it is a run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert ``run`` unless the first word is a command of the group."""
        if args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            args = (
                ["status", *(one for one in args if one != "--list")]
                if "--list" in args
                else ["run", *args]
            )
        return super().parse_args(ctx, args)


@click.group("fleet", cls=FleetGroup)
def command() -> None:
    """Sync every workbook below FOLDER that changed, several at a time.

    `sheetrecord fleet FOLDER` scans the folder and syncs what is due. What did not change since the
    last run is not opened, and a workbook that refuses does not stop the others.

    With a store on PostgreSQL several machines share the work: start the same command on each, or
    keep `fleet work` running there; --name is needed when the folder has another path on each.

    \b
    Examples:
      sheetrecord fleet clients
      sheetrecord fleet status clients
      sheetrecord fleet work /srv/clients --store postgresql://sync@db/records --name clients
    """


@command.command("run")
@click.argument("folder", type=Reads())
@JOBS
@STORE
@NAME
@BY
@options.trust
@options.format_option("text", "json")
def run(folder: Path, *, jobs: int, store: str, name: str, by: str, format_: str) -> int:
    """Scan FOLDER once and sync what is due.

    \b
    Examples:
      sheetrecord fleet clients
      sheetrecord fleet run clients --jobs 4

    Exits with 1 while a workbook needs somebody.
    """
    from sheetrecord.app.fleet.run import keep_in_step
    from sheetrecord.app.fleet.slots import collect_seldom

    plan = _plan(folder, store, name, by, jobs)
    collect_seldom()  # commands that end soon collect nothing; this one would grow
    look, _ = keep_in_step(plan, _telling(quiet=format_ == "json"))
    return _finished(plan, look, format_)


@command.command("enqueue")
@click.argument("folder", type=Reads())
@STORE
@NAME
@BY
@options.trust
@options.format_option("text", "json")
def enqueue(folder: Path, *, store: str, name: str, by: str, format_: str) -> int:
    """Scan FOLDER and queue what is due, for workers to sync.

    \b
    Example:
      sheetrecord fleet enqueue /srv/clients --store postgresql://sync@db/records

    Needs a store on PostgreSQL. Exits with 1 while a workbook needs somebody.
    """
    plan = _on_server(_plan(folder, store, name, by))
    from sheetrecord.app.fleet.queued import enqueue as scan_and_queue

    return _finished(plan, scan_and_queue(plan), format_)


@command.command("work")
@click.argument("folder", type=Reads())
@JOBS
@click.option(
    "--every",
    type=click.IntRange(1, 59),
    default=None,
    metavar="MINUTES",
    help="Scan the folder so often; one of the workers does it.",
)
@click.option("--until-empty", is_flag=True, help="End when no workbook can be begun now.")
@STORE
@NAME
@BY
@options.trust
def work(
    folder: Path,
    *,
    jobs: int,
    every: int | None,
    until_empty: bool,
    store: str,
    name: str,
    by: str,
) -> int:
    """Sync what is queued for FOLDER, until stopped.

    A workbook whose worker died is taken up by another one within half a minute. One that is in use
    is tried again later. A server that does not answer is waited for.

    \b
    Examples:
      sheetrecord fleet work /srv/clients --store postgresql://sync@db/records --every 5
      sheetrecord fleet work /srv/clients --store postgresql://sync@db/records --until-empty

    Needs a store on PostgreSQL, and `pip install "sheetrecord[fleet]"`.
    """
    plan = _on_server(_plan(folder, store, name, by, jobs))
    from sheetrecord.app.fleet.queued import work as work_on
    from sheetrecord.app.fleet.slots import collect_seldom

    collect_seldom()
    cron = f"*/{every} * * * *" if every else ""
    work_on(plan, _telling(quiet=False), until_empty=until_empty, cron=cron)
    return 0


@command.command("status")
@click.argument("folder", type=Reads())
@STORE
@NAME
@options.trust
@options.format_option("text", "json")
def status(folder: Path, *, store: str, name: str, format_: str) -> int:
    """Show who is at work on what since when, what waits, and what failed how often and why.

    \b
    Example:
      sheetrecord fleet status /srv/clients --store postgresql://sync@db/records

    Exits with 1 while a workbook needs somebody.
    """
    from sheetrecord.app.fleet.status import status as status_of

    found = status_of(_plan(folder, store, name, ""))
    if format_ == "json":
        printing.document(as_json(_status_answer(found)))
    else:
        _print_status(found)
    return int(bool(found.troubles))


def _plan(folder: Path, store: str, name: str, by: str, jobs: int = 1) -> "FleetPlan":
    from sheetrecord.app.fleet.plan import FleetPlan

    url = store or store_at(find_config(really(folder), vouch)).url
    return FleetPlan(folder, by, url, name, jobs, trust=trusting())


def _on_server(plan: "FleetPlan") -> "FleetPlan":
    if not plan.shared:
        why = "a queue needs a store on PostgreSQL, and this one is a file of this machine."
        raise BadSettings(
            "--store",
            why,
            f"Run `sheetrecord fleet {plan.folder}`, or name a server: docs/scale.md.",
        )
    return plan


def _telling(*, quiet: bool) -> Callable[["WorkbookResult"], None]:
    def tell(one: "WorkbookResult") -> None:
        if not quiet:
            mark, colour = ("ok", "green") if one.well else ("!!", "red")
            printing.line(f"{coloured(mark, colour)}  {one.path}: {one.words}")

    return tell


def _finished(plan: "FleetPlan", look: "FolderCounts", format_: str) -> int:
    """Print what a scan came to; return the exit code."""
    from sheetrecord.app.fleet.status import status as status_of

    found = status_of(plan)
    answer: FleetAnswer = {
        "look": _look(look),
        "states": found.states,
        "troubles": [_trouble(one) for one in found.troubles],
    }
    if format_ == "json":
        printing.document(as_json(answer))
    else:
        gone = f", {look.gone} gone" if look.gone else ""
        printing.line(f"{look.found} workbooks, {look.unchanged} unchanged{gone}.")
        printing.line(_states(found))
    return int(bool(found.troubles))


def _look(look: "FolderCounts") -> LookJson:
    return {
        "found": look.found,
        "unchanged": look.unchanged,
        "gone": look.gone,
        "wanted": look.wanted,
    }


def _status_answer(found: "FleetStatus") -> FleetStatusAnswer:
    return {
        "states": found.states,
        "working": [
            {
                "path": one.path,
                "worker": one.worker,
                "since": _moment(one.since),
                "silent": None if one.silent is None else round(one.silent),
            }
            for one in found.at_work
        ],
        "waiting": [
            {"path": one.path, "until": _moment(one.until) if one.until else None}
            for one in found.waiting
        ],
        "troubles": [_trouble(one) for one in found.troubles],
    }


def _trouble(one: "Trouble") -> TroubleJson:
    at = _moment(dt.datetime.fromtimestamp(one.at, dt.UTC)) if one.at else None
    return {
        "path": one.path,
        "state": one.state,
        "failures": one.failures,
        "at": at,
        "why": one.why,
    }


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


def _print_status(found: "FleetStatus") -> None:
    for at_work in found.at_work:
        printing.line(f"at work  {at_work.path}: {_holder(at_work)}")
    later = [one for one in found.waiting if one.until]
    for one in later:
        printing.line(f"waits    {one.path}: tried again at {one.until:%H:%M:%S} UTC")
    if ready := len(found.waiting) - len(later):
        printing.line(f"waits    {ready} more, ready to begin")
    for trouble in found.troubles:
        printing.line(f"!!       {trouble.path}: {_often(trouble)}{trouble.why}")
    printing.line(_states(found))


def _holder(one: "AtWork") -> str:
    who = one.worker or "a worker that just took it"
    said = f"{who} since {one.since:%H:%M:%S} UTC"
    return f"{said}, not heard of for {one.silent:.0f} s" if (one.silent or 0) > _QUIET else said


def _often(one: "Trouble") -> str:
    return f"{one.failures} times, last: " if one.failures > 1 else ""


def _states(found: "FleetStatus") -> str:
    states = ", ".join(f"{count} {state}" for state, count in found.states.items())
    return f"{states or 'nothing yet'}."


_QUIET = 8
"""Seconds of silence that are worth a word: two signs of life were missed."""

"""`sheetrecord fleet`: a folder of workbooks kept in step, on one machine or on many."""

import gc
import os
from pathlib import Path
from typing import Any

import click

from sheetrecord.app.settings.config import find_config, really
from sheetrecord.app.settings.places import store_at
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import coloured
from sheetrecord.cli.change_output import BY
from sheetrecord.cli.confirm_settings import trusting, vouch
from sheetrecord.cli.output_option import Reads
from sheetrecord.cli.printing import as_json


@click.command("fleet")
@click.argument("folder", type=Reads())
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="one for each processor",
    help="How many workbooks to sync at a time here.",
)
@click.option("--store", default="", metavar="URL", help="Where records and the list are kept.")
@click.option("--name", default="", metavar="NAME", help="What the fleet is called in the store.")
@click.option("--list", "only_list", is_flag=True, help="Only show what the last run came to.")
@BY
@options.trust
@options.format_option("text", "json")
def command(
    folder: Path, *, jobs: int, store: str, name: str, only_list: bool, by: str, format_: str
) -> int:
    """Sync every workbook below FOLDER that changed, several at a time.

    What did not change since the last run is not opened. A workbook that refuses does not stop
    the others. Machines with one store share the work: start the same command on each, at the
    same time or from a timer; --name is needed when the folder has another path on each.

    \b
    Examples:
      sheetrecord fleet clients
      sheetrecord fleet /srv/clients --store postgresql://sync@db/records --name clients
      sheetrecord fleet clients --list

    Exits with 1 while a workbook needs somebody.
    """
    from sheetrecord.app.fleet.run import FleetPlan

    told = find_config(really(folder), vouch)
    url = store or store_at(told).url
    plan = FleetPlan(folder, by, url, name, jobs, trust=trusting())
    answer = _listed(plan) if only_list else _run(plan, quiet=format_ == "json")
    if format_ == "json":
        printing.document(as_json(answer))
    else:
        _print(answer)
    return int(bool(answer["troubles"]))


def _run(plan: Any, *, quiet: bool) -> dict[str, Any]:
    from sheetrecord.app.fleet.run import WorkbookResult, keep_in_step

    def tell(one: WorkbookResult) -> None:
        if not quiet:
            mark, colour = ("ok", "green") if one.well else ("!!", "red")
            printing.line(f"{coloured(mark, colour)}  {one.path}: {one.words}")

    gc.enable()  # it is off for commands that end soon; this one, and its processes, would grow
    look, _ = keep_in_step(plan, tell)
    return {"look": look._asdict(), **_listed(plan)}


def _listed(plan: Any) -> dict[str, Any]:
    """Return what the manifest says of each workbook that needs somebody, and the counts."""
    from contextlib import closing

    from sheetrecord.app.fleet.run import open_fleet

    fleet = open_fleet(plan)
    with closing(fleet.database):
        troubles = [
            {"path": path, "state": state, "why": why} for path, state, why in fleet.troubles()
        ]
        return {"states": fleet.counts(), "troubles": troubles}


def _print(answer: dict[str, Any]) -> None:
    if "look" in answer:
        look = answer["look"]
        gone = f", {look['gone']} gone" if look["gone"] else ""
        printing.line(f"{look['found']} workbooks, {look['unchanged']} unchanged{gone}.")
    else:
        for one in answer["troubles"]:
            printing.line(f"!!  {one['path']}: {one['why']}")
    states = ", ".join(f"{count} {state}" for state, count in answer["states"].items())
    printing.line(f"{states or 'nothing yet'}.")

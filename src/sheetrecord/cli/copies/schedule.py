"""`sheetrecord schedule`: a command that the operating system's timer runs again and again."""

import datetime as dt
from typing import TYPE_CHECKING, Final

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.copies import ScheduleAnswer

if TYPE_CHECKING:
    from sheetrecord.app.schedule.task import ScheduledRun

RUNS: Final = ("sync", "publish", "digest", "fleet", "validate", "doctor")
"""Commands that are worth running by a timer, and ask nobody anything."""

_KINDS: Final = ("cron", "systemd", "launchd", "windows")


_EVEN: Final = tuple(str(n) for n in range(1, 61) if 60 % n == 0)
"""Minutes that fill an hour evenly: timers go by the clock."""


@click.command("schedule")
@click.argument("scheduled", nargs=-1, metavar="COMMAND [WORDS]...")
@click.option(
    "--every", type=click.Choice(_EVEN), metavar="MINUTES", help="Run it every so many minutes."
)
@click.option("--at", type=click.DateTime(["%H:%M"]), metavar="HH:MM", help="Run it once a day.")
@click.option("--weekdays", is_flag=True, help="With --at: Monday to Friday only.")
@click.option("--for", "kind", type=click.Choice(_KINDS), help="Another timer than the usual one.")
@click.option("--install", is_flag=True, help="Put the entry in, in place of an earlier one.")
@click.option("--remove", is_flag=True, help="Take the entry of this command out again.")
@click.option("--list", "listing", is_flag=True, help="List the entries that are there.")
@options.format_option("text", "json")
@click.pass_context
def command(
    context: click.Context,
    scheduled: tuple[str, ...],
    *,
    every: str | None,
    at: dt.datetime | None,
    weekdays: bool,
    kind: str | None,
    install: bool,
    remove: bool,
    listing: bool,
    format_: str,
) -> int:
    """Let the operating system run COMMAND again and again: sync, publish, fleet, ...

    Prints the entry for this machine's timer (cron, systemd, launchd or the Task Scheduler);
    nothing is put in without --install. Options of COMMAND come behind two dashes.

    \b
    Examples:
      sheetrecord schedule sync firm.xlsx --every 15
      sheetrecord schedule sync firm.xlsx --every 15 --install
      sheetrecord schedule publish firm.xlsx --at 07:30 --weekdays -- --to view
      sheetrecord schedule sync firm.xlsx --remove
      sheetrecord schedule --list

    The run is this folder's and yours: it reads the same settings, and writes as you.
    """
    from sheetrecord.app.schedule.task import When
    from sheetrecord.app.schedule.timers import TIMERS, run_of, usual

    kind = kind or usual()
    if listing:
        return _list(kind, TIMERS[kind].listed(), format_)
    _understood(context, scheduled)
    if not remove and (every is None) == (at is None):
        raise click.UsageError("Say when: either --every MINUTES or --at HH:MM.", context)
    when = When(int(every or 0), at.time() if at else None, weekdays)
    done = "removed" if remove else "installed" if install else "shown"
    _do(kind, done, run_of(scheduled, when), format_)
    return 0


def _do(kind: str, done: str, run: "ScheduledRun", format_: str) -> None:
    """Show an entry, put it in or take it out, and tell."""
    from sheetrecord.app.schedule.timers import TIMERS

    timer = TIMERS[kind]
    if done == "installed":
        timer.install(run)
    elif done == "removed":
        timer.remove(run.name)
    entry = "" if done == "removed" else timer.text(run)
    if format_ == "json":
        answer: ScheduleAnswer = {
            "timer": kind,
            "entries": [{"name": run.name, "entry": entry}],
            "done": done,
        }
        printing.document(as_json(answer))
    elif done == "shown":
        _lines(entry)
        _lines(timer.how(run), err=True)
    else:
        when = f", {run.when.words}" if entry else ""
        printing.line(f"{run.name}: {done} ({kind}{when}).")


def _lines(text: str, *, err: bool = False) -> None:
    for line in text.splitlines():
        printing.line(line, err=err)


def _list(kind: str, entries: dict[str, str], format_: str) -> int:
    if format_ == "json":
        found = [{"name": name, "entry": entry} for name, entry in entries.items()]
        printing.document(as_json({"timer": kind, "entries": found, "done": "listed"}))
        return 0
    for name, entry in entries.items():
        printing.line(f"{name}  {entry}".rstrip())
    if not entries:
        printing.line(f"{kind} holds no entry of ours.")
    return 0


def _understood(context: click.Context, words: tuple[str, ...]) -> None:
    """Raise UsageError for a command that a timer should not run, or words it does not take."""
    if not words or words[0] not in RUNS:
        raise click.UsageError(f"Name what to run: {', '.join(RUNS)}.", context)
    from sheetrecord.cli.group import cli

    named = cli.get_command(context, words[0])
    if named is not None:
        named.make_context(words[0], list(words[1:]), parent=context.parent)

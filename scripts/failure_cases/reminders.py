"""Whether a fact is brought up again in time, by `validate`, the view, a digest or a calendar."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from failure_cases.template import SALE
from failure_cases.trial import Trial, has

BEFORE, AFTER, LATER = 7, 7, 45
"""Days: a reminder of a dated fact comes at most so long before its day; every reminder at most so
soon after the day on which it was needed; what comes later is late."""

QUIET: Final = SALE + dt.timedelta(days=2)
"""Ops has just accepted: what is said then already is no reminder."""

CONFIRMED: Final = SALE + dt.timedelta(days=21)
"""By this day ops should have gone through all that it was told."""


class Needed(NamedTuple):
    """A reminder that was needed: on which day, of which row or columns, and by which words.

    A fact with a day of its own (``dated``) has to come up near it. Another one may come up on any
    day from the handover to the day on which somebody needed it.
    """

    day: dt.date
    dated: bool
    row_id: str
    columns: frozenset[str]
    holds: Callable[[str], bool]

    def days(self) -> list[dt.date]:
        """Return the days to look at, in order; the last one is too late."""
        near = [self.day + dt.timedelta(days=days) for days in (-BEFORE, 1, AFTER, LATER)]
        return near if self.dated else sorted({CONFIRMED, *near})


def reminder(trial: Trial, needed: Needed) -> tuple[str, str]:
    """Tell whether something about a fact is said in time that was not said before, and where."""
    names = _names(trial, needed)
    quiet = {*_problems(trial, QUIET, needed, names), *_shown(trial, QUIET, needed)}
    latest = needed.day + dt.timedelta(days=AFTER)
    for when in needed.days():
        shown = _shown(trial, when, needed) if when == needed.day + dt.timedelta(days=1) else ()
        for channel, said in (*_problems(trial, when, needed, names), *shown):
            if (channel, said) not in quiet and when > QUIET:
                in_time = when <= max(latest, CONFIRMED if not needed.dated else latest)
                return "yes" if in_time else "partly", f"{when}: {channel} {said}"
    return _calendar(trial, needed, names)


def _names(trial: Trial, needed: Needed) -> set[str]:
    """Return the ids of the fact's row and of the rows of the project that were made from it."""
    row_id = needed.row_id
    told = trial.text("textconv").splitlines()
    made = [line for line in told if (row_id and row_id in line) or needed.holds(line)]
    return {row_id} - {""} | {
        one for line in made for one in re.findall(r"\b[PF]-[0-9A-Z]{5}\b", line)
    }


def _problems(
    trial: Trial, when: dt.date, needed: Needed, names: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the rules by which `validate` has something to say about the fact on a day."""
    for problem in trial.problems("--asof", when):
        on_deal = problem["sheet"] == "Deal" and problem["column"] in needed.columns
        named = problem["row_id"] in names or on_deal or needed.holds(problem["message"])
        if problem["severity"] != "note" and named:
            yield "validate", problem["code"]


def _shown(trial: Trial, when: dt.date, needed: Needed) -> Iterator[tuple[str, str]]:
    """Yield what else holds the fact's words on a day: the view's first page, digest and status."""
    if needed.holds(trial.page("ops", "index.html", "--asof", when)):
        yield "view", "index"
    for command in ("digest", "status"):
        ran = trial.run(command, "--asof", when) if has(command) else None
        if ran and ran.code in {0, 1} and needed.holds(ran.out):
            yield command, ""


def _calendar(trial: Trial, needed: Needed, names: set[str]) -> tuple[str, str]:
    """Tell whether the calendar has an event about the fact near its day."""
    ran = trial.run("calendar", "--asof", QUIET) if has("calendar") else None
    for event in ran.out.split("BEGIN:VEVENT")[1:] if ran and ran.code == 0 else ():
        text = re.sub(r"\r?\n[ \t]", "", event)
        start = re.search(r"DTSTART[^:]*:(\d{4})(\d\d)(\d\d)", text)
        if start and (needed.holds(text) or any(name in text for name in names)):
            gap = (dt.date(*map(int, start.groups())) - needed.day).days
            if -BEFORE <= gap <= AFTER:
                return "yes", f"calendar {start[0]}"
    return "no", ""

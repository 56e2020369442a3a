"""`sheetrecord sync`: every copy gets what the others have, and no edit is ever lost."""

import datetime as dt
import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import click

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import handover_places
from sheetrecord.app.sync.closed_notes import told_of
from sheetrecord.app.sync.foreign_workbooks import STRANGER
from sheetrecord.app.sync.menu import answer_menus
from sheetrecord.app.sync.open_store import offer
from sheetrecord.app.sync.run import SyncReport, SyncRequest, run
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.app.sync.watch import changes
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import bold, coloured, dim, joined
from sheetrecord.cli.change_output import BY, PLAN
from sheetrecord.cli.copies import sync_notes, sync_output
from sheetrecord.cli.copies.speaker import Speaker, speaker
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.values import copy_edit
from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.core.merge.conflict_words import words as list_words
from sheetrecord.core.merge.guards import NAMES
from sheetrecord.core.sync.conflict_rows import RECORD
from sheetrecord.core.sync.store_protocol import LedgerEntry
from sheetrecord.model.address import shown_address
from sheetrecord.model.edit import Edit, SetValue
from sheetrecord.model.progress import doing
from sheetrecord.workbooks.addresses import whole

_MOST = 20
"""Cells of a copy that are printed before the rest are counted; --plan prints all."""


@click.command("sync")
@sync_output.BOOKS
@PLAN
@click.option("--watch", is_flag=True, help="Go on, and sync whenever a copy changes; Ctrl-C ends.")
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(sorted((*NAMES, STRANGER))),
    help="Take over what looks like an accident in a copy.",
)
@click.option(
    "--take",
    multiple=True,
    metavar="FILE",
    type=BookAddress(there=True),
    help="A file beside a copy: its edits count as well.",
)
@click.option(
    "--leave",
    multiple=True,
    metavar="FILE",
    type=BookAddress(there=True),
    help="A file beside a copy: they do not.",
)
@BY
@options.trust
@options.format_option("text", "json")
def command(
    books: tuple[str, ...],
    *,
    only_plan: bool,
    watch: bool,
    allow: tuple[str, ...],
    take: tuple[str, ...],
    leave: tuple[str, ...],
    by: str,
    format_: str,
) -> int:
    """Bring copies of a record together: workbooks, folders of CSV files, and the store.

    Every edit that was saved into a copy ends in the record, and from there in every copy, or in
    a conflict on the sheet Conflicts. A deal that somebody set to won is closed on the way.

    \b
    Examples:
      sheetrecord sync                        the copies of sheetrecord.toml
      sheetrecord sync firm.xlsx ana.xlsx --plan
      sheetrecord sync --watch

    Exits with 1 while a conflict, a copy that waits, a deal that cannot be closed or a problem that
    only two copies together make needs somebody.
    """
    if watch and only_plan:
        raise click.UsageError("--watch and --plan do not go together.")
    found = sync_output.targets(books)
    request = SyncRequest(by, options.today(), frozenset(allow), only_plan, tell=doing)
    request = request._replace(take=frozenset(map(whole, take)), leave=frozenset(map(whole, leave)))
    settings = options.config(books)
    if not only_plan:
        handover_places(settings)  # asked for before anything is written, not after
    if not watch:
        report = run(found, request)
        _print(report, format_, settings)
        return exit_code(report)
    return _watch(found, request, format_, settings)


def _print(report: SyncReport, format_: str, settings: Config) -> None:
    printing.document(to_json(report) if format_ == "json" else joined(text(report)))
    if not report.request.only_plan:
        for line in told_of(report, settings):
            printing.line(line, err=True)


def _watch(found: SyncTargets, request: SyncRequest, format_: str, settings: Config) -> int:
    """Sync whenever a copy changes, and tell what is new."""
    gc.enable()  # it is off for commands that end soon; this one would grow
    last: SyncReport | None = None
    for _ in changes(found):
        today = options.today()
        for answer in answer_menus([copy.address for copy in found.copies], today):
            if format_ == "text":
                asked = " ".join(filter(None, (answer.request.verb, answer.request.deal_id)))
                printing.line(f"{asked} ({answer.request.by}): {answer.state}. {answer.text}")
        report = run(found, request._replace(today=today))
        if last is None or _news(report, last):
            if format_ == "text":
                now = dt.datetime.now(dt.UTC)
                printing.line(dim(sync_output.moment(now)))
            _print(report, format_, settings)
        last = report
    return exit_code(last) if last else 0


def _news(report: SyncReport, last: SyncReport) -> bool:
    """Tell whether there is anything to say that the last sync did not."""
    moved = any(report.written.values()) or any(one.accepted for one in report.outcome.copies)
    return moved or _stands(report) != _stands(last)


def _stands(report: SyncReport) -> tuple[object, ...]:
    """Return what waits for somebody."""
    return report.conflicts, dict(report.away), report.outcome.left, report.besides.asked


def exit_code(report: SyncReport) -> int:
    """Return 1 while something needs a person, else 0."""
    if report.then is not None:
        return exit_code(report.then)
    asked = report.conflicts or report.besides.asked or report.outcome.left
    return int(bool(asked or report.away or report.after.problems))


def text(report: SyncReport) -> Iterator[str]:
    """Yield the lines of a sync's report, copy by copy, with the sync after a migration."""
    yield from _told(report)
    if report.then is not None and (report.then.written or report.then.conflicts):
        yield from _told(report.then)


def _told(report: SyncReport) -> Iterator[str]:
    labels, speaks = report.targets.labels, speaker(report.after.record)
    if not report.before.run and not report.targets.known.new:
        yield speaks.say("lost store")
        if offered := offer(report.targets.known.url):
            yield offered
    if report.clock:
        yield report.clock
    for path in report.targets.known.before:
        yield speaks.say("stood before", book=labels.get(path, path))
    yield from sync_notes.beside_lines(report.besides, speaks)
    for name, remark in report.remarks.items():
        yield f"{labels.get(name, name)}: {speaks.reason(remark)}."
    for told in report.outcome.copies:
        yield from _copy(report, told.name, speaks)
    yield from _adopted(report, speaks)
    for step in report.outcome.closed:
        if step.outcome not in {"nothing", "adopted"}:
            yield from _closed(step, speaks)
    yield from sync_notes.doubt_lines(report.doubts, speaks)
    yield from _still(report, speaks)
    yield from _conflicts(report, speaks)
    yield from report.stepped
    yield _summary(report, speaks)


def _still(report: SyncReport, speaks: Speaker) -> Iterator[str]:
    """Yield what waited for somebody before, and does so still."""
    for words in report.after.problems:
        if words in report.before.problems:
            yield f"{coloured(speaks.say('still'), 'yellow')}  {words}"


def _conflicts(report: SyncReport, speaks: Speaker) -> Iterator[str]:
    labels = report.targets.labels
    if report.conflicts:
        for one in report.conflicts:
            yield from sync_output.conflict_words(one, labels, speaks)
        yield sync_output.how_to_decide(report.conflicts[0], labels, speaks)
    for name, line, why in report.outcome.left:
        title = list_words(speaks.language)["title"]
        whose = "" if name == RECORD else f"{labels.get(name, name)}: "
        yield f"{whose}{title}, {speaks.place(line)}: {why}".rstrip(".?") + (
            "?" if why.endswith("?") else "."
        )


def _copy(report: SyncReport, name: str, speaks: Speaker) -> Iterator[str]:
    told = next(one for one in report.outcome.copies if one.name == name)
    label = report.targets.labels.get(name, name.rpartition("/")[2])
    mine = [notice for whose, notice in report.notices if whose == name]
    for line in sync_notes.lines(mine, speaks, whole=report.request.only_plan):
        yield f"{label}: {speaks.say('not synced')}: {line}"
    if name in report.away:
        yield f"{bold(label)}  {_waits(report.away[name], speaks)}"
        return
    if not told.accepted and name not in report.written:
        return
    plan = sorted(report.written.get(name, ()), key=_in_order)
    verb = "to write" if report.request.only_plan else "written"
    what = _done_by_people(report.outcome.entries, {name}, speaks)
    if plan or not what:
        what.append(speaks.count(len(plan), verb))
    yield f"{bold(label)}  {', '.join(what)}"
    most = len(plan) if report.request.only_plan else _MOST
    yield from (f"  {speaks.edit(edit)}" for edit in plan[:most])
    if len(plan) > most:
        yield f"  {speaks.say('more', n=len(plan) - most)}"


def _done_by_people(
    entries: Iterable[LedgerEntry], copies: Collection[str], speaks: Speaker
) -> list[str]:
    """Return what people did in copies: cells changed, rows added and deleted; empty for nothing.

    What the engine does by itself when a deal is closed is told with the deal.
    """
    kinds = Counter(one.kind for one in entries if one.origin in copies)
    return [speaks.count(kinds[one], one) for one in ("set", "add", "remove") if kinds[one]]


def _in_order(edit: Edit) -> tuple[bool, str, int]:
    """Return where an edit is told: ids that rows get first, from top to bottom."""
    if isinstance(edit, SetValue) and not edit.at.row_id:
        return False, edit.at.sheet, edit.at.row_number
    return True, "", 0


def _waits(note: str, speaks: Speaker) -> str:
    names = [name for name in NAMES if f"{name}:" in note]
    why = coloured(speaks.reason(note), "yellow")
    if not names:
        return why
    allow = " ".join(f"--allow {name}" for name in names)
    return f"{why}. {speaks.say('accident', allow=allow)}"


def _adopted(report: SyncReport, speaks: Speaker) -> Iterator[str]:
    deals = [step.deal_id for step in report.outcome.closed if step.outcome == "adopted"]
    if deals:
        few = ", ".join(deals[:6]) + (", ..." if len(deals) > 6 else "")
        yield speaks.say("adopted", deals=speaks.count(len(deals), "deal"), few=few)


def _closed(step: HandoverStep, speaks: Speaker) -> Iterator[str]:
    if step.refusals:
        yield speaks.count(len(step.refusals), "not closed", deal=step.deal_id)
        for problem in step.refusals:
            yield f"    {problem.code}  {problem.message}  {problem.do}".rstrip()
        return
    yield f"{step.deal_id}: {speaks.say(step.outcome)}."
    yield from (f"    {speaks.say('note')}: {note}" for note in step.notes)


def _summary(report: SyncReport, speaks: Speaker) -> str:
    names = {one.name for one in report.outcome.copies}
    done = _done_by_people(report.outcome.entries, names, speaks)
    parts = [speaks.count(len(report.targets.copies), "copy"), *done]
    if not done:
        parts.append(speaks.say("nothing new"))
    settled = sum(entry.kind == "settled" for entry in report.outcome.entries)
    if settled:
        parts.append(speaks.count(settled, "settled"))
    if report.conflicts:
        parts.append(speaks.count(len(report.conflicts)))
    if report.after.problems:
        parts.append(speaks.count(len(report.after.problems), "problem"))
    if report.away:
        parts.append(speaks.say("waiting", n=len(report.away)))
    told = ", ".join(parts)
    if report.request.only_plan:
        return f"{told}. {speaks.say('only plan')}"
    moved = report.after.changed > report.before.changed
    if not moved and not any(report.written.values()):
        return f"{told}. {speaks.say(_quiet(report))}"
    if not printing.HOW.verbose:
        return f"{told}."
    at = {"record": report.targets.known.record, "run": report.after.changed}
    return f"{told}. {speaks.say('at record', **at)}"


def _quiet(report: SyncReport) -> str:
    """Return the text for a sync that changed nothing."""
    if report.written:
        return "resaved"
    return "until decided" if report.conflicts else "nothing to do"


def to_json(report: SyncReport) -> str:
    """Return a sync's report as JSON."""
    labels, speaks = report.targets.labels, speaker(report.after.record)
    told: dict[str, object] = {
        "schema": sync_output.SCHEMA,
        "record": report.targets.known.record,
        "store": shown_address(report.targets.known.url),
        "run": report.after.changed,
        "clock": report.clock,
        "planned_only": report.request.only_plan,
        "copies": [
            {
                "path": one.name,
                "label": labels.get(one.name, ""),
                "generation": one.generation,
                "taken_over": one.accepted,
                "changes": [copy_edit(e) for e in report.written.get(one.name, ())],
                "waits": report.away.get(one.name, ""),
                "remark": report.remarks.get(one.name, ""),
            }
            for one in report.outcome.copies
        ],
        "versions": list(report.stepped),
        "asides": [sync_notes.beside_json(one) for one in report.besides.taken],
        "asked": [sync_notes.beside_json(one) for one in report.besides.asked],
        "left_alone": [sync_notes.beside_json(one) for one in report.besides.known],
        "closed": [
            {
                "deal_id": step.deal_id,
                "outcome": step.outcome,
                "refusals": [problem.code for problem in step.refusals],
            }
            for step in report.outcome.closed
        ],
        "problems": list(report.after.problems),
        "not_synced": [{"copy": name, **notice._asdict()} for name, notice in report.notices],
        "only_together": [sync_notes.problem_json(one) for one in report.doubts.together],
        "unfit": [sync_notes.problem_json(one) for one in report.doubts.unfit],
        "conflicts": [sync_output.conflict_json(one, labels, speaks) for one in report.conflicts],
    }
    return as_json(told)

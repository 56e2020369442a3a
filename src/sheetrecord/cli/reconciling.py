"""What the words of `sheetrecord reconcile` do: read, work, write when asked, tell."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from sheetrecord.app.reconcile import closing
from sheetrecord.app.reconcile.desk import Desk, sit_down
from sheetrecord.app.reconcile.inputs import Inputs, blocking, read_bytes, read_inputs
from sheetrecord.app.reconcile.settings import Told, told
from sheetrecord.app.reconcile.work import Done, Wish, save, work
from sheetrecord.cli import options, reconcile_words
from sheetrecord.core.reconcile import plan as plans
from sheetrecord.core.reconcile.months import MonthRefused
from sheetrecord.ledgers.profile import Profile, from_json
from sheetrecord.model.errors import CannotRead, ChangedElsewhere, Locked

BAD_INPUT, FAILS, CLOSED, CONFLICT = 2, 3, 4, 5


class Words(NamedTuple):
    """What was typed."""

    bank: tuple[Path, ...] = ()
    ledger: tuple[Path, ...] = ()
    profile: str = ""
    currency: str = ""
    date_order: str | None = None
    auto: str = "certain"
    apply: bool = False
    plan: Path | None = None
    report: Path | None = None
    by: str = ""
    format_: str = "text"
    asof: dt.date | None = None


class Closing(NamedTuple):
    """What was typed to close a month."""

    month: str
    waive: tuple[str, ...]
    ledger: tuple[Path, ...]
    by: str
    seal: bool


class BadInput(Exception):
    """A file that cannot be used; nothing was read further."""


def guarded(act: Callable[[], int]) -> int:
    """Run a word, and turn what refuses into the exit codes of reconciling."""
    try:
        return act()
    except BadInput as error:
        return _refused(str(error), BAD_INPUT)
    except (Locked, ChangedElsewhere) as error:
        return _refused(str(error), CONFLICT)
    except closing.ClosedMonth as error:
        return _refused(str(error), CLOSED)
    except MonthRefused as error:
        return _refused(str(error), 1)


def _refused(why: str, code: int) -> int:
    click.echo(f"sheetrecord: {why}", err=True)
    return code


def desk_of(book: str | None, asof: dt.date | None) -> tuple[Desk, Told]:
    """Read the one workbook that was named."""
    config = options.config()
    paths = options.books([book] if book else [], config)
    said = told(config.path)
    return sit_down(paths[0], today=options.today(), asof=asof, payers=said.payers), said


def inputs_of(words: Words, desk: Desk, said: Told) -> Inputs:
    """Read the files, by the account's profile where one is named. Raises BadInput."""
    if not words.bank and not words.ledger:
        return Inputs()
    profile = Profile()
    if words.profile in said.profiles:
        profile = said.profiles[words.profile]
    elif words.profile in desk.profiles:
        profile = from_json(json.loads(desk.profiles[words.profile]), "the saved profile")
    profile = profile._replace(
        account=profile.account or words.profile,
        currency=words.currency or profile.currency,
        date_order=words.date_order or profile.date_order,
    )
    currency = words.currency or desk.record.settings.currency
    try:
        return read_inputs(words.bank, words.ledger, profile, currency)
    except CannotRead as error:
        raise BadInput(str(error)) from error


def run(book: str | None, words: Words) -> int:
    """Dry run, plan file or writing."""
    desk, said = desk_of(book, words.asof)
    inputs = inputs_of(words, desk, said)
    wish = Wish(words.by, words.auto == "certain", words.profile, said.settings)
    done = work(desk, inputs, wish)
    code = refusal(done)
    if code == 0 and words.plan is not None:
        _write_plan(words.plan, done, words)
    if code == 0 and words.apply:
        done = save(done, wish)
    if words.report is not None:
        from sheetrecord.app.reconcile.reports import write_report

        write_report(done, words.report)
    click.echo(reconcile_words.told(done, words.format_, applied=words.apply), nl=False)
    return code or int(bool(done.outlook.findings))


def refusal(done: Done) -> int:
    """Return the exit code that keeps a run from writing, after saying why; 0 for none."""
    if done.desk.spoilt:
        month = done.desk.spoilt[0]
        why = f"the allocations of the closed month {month} were changed by hand."
        return _refused(f"{why} Restore them, or reopen the month with its reason.", CLOSED)
    for problem in blocking(done.inputs.problems):
        return _refused(f"{problem.message} Nothing was written.", FAILS)
    for control in done.outlook.blocked:
        off = reconcile_words.amount(control.difference, control.currency)
        why = f"{control.code} {control.scope} fails: {control.what}; off by {off}."
        return _refused(f"{why} Nothing was written.", FAILS)
    return 0


def _write_plan(path: Path, done: Done, words: Words) -> None:
    from sheetrecord.files import fingerprint, replace

    given = {
        "profile": words.profile, "currency": words.currency, "date_order": words.date_order or "",
        "auto": words.auto, "by": words.by,
    }  # fmt: skip
    hashes = {"book": plans.sha(done.desk.path.read_bytes()), **done.inputs.hashes}
    made = plans.PlanFile(hashes, done.result.posted, done.desk.as_of.isoformat(), given)
    before = fingerprint(path) if path.exists() else None
    replace(path, plans.dump(made).encode(), before, backup=None)


def apply_plan(path: Path, book: str | None, by: str, format_: str) -> int:
    """Apply a plan: refused when an input changed, or when it would not come to the same rows."""
    plan = plans.load(path.read_text("utf-8"), str(path))
    given = plan.options
    as_of = dt.date.fromisoformat(plan.as_of)
    bank, ledger = (
        tuple(Path(n.partition(":")[2]) for n in plan.inputs if n.startswith(f"{role}:"))
        for role in ("bank", "ledger")
    )
    words = Words(
        bank, ledger, given.get("profile", ""), given.get("currency", ""),
        given.get("date_order") or None, given.get("auto", "certain"), by=given.get("by", by),
    )  # fmt: skip
    desk, said = desk_of(book, as_of)
    now = {f"bank:{p}": plans.sha(read_bytes(p)) for p in bank}
    now |= {f"ledger:{p}": plans.sha(read_bytes(p)) for p in ledger}
    plans.check(plan, {**now, "book": plans.sha(desk.path.read_bytes())})
    wish = Wish(words.by, words.auto == "certain", words.profile, said.settings)
    done = work(desk, inputs_of(words, desk, said), wish)
    if done.result.posted != plan.allocations:
        raise ChangedElsewhere(path)
    code = refusal(done)
    if code == 0:
        done = save(done, wish)
    click.echo(reconcile_words.told(done, format_, applied=True), nl=False)
    return code or int(bool(done.outlook.findings))


def review(book: str | None, format_: str, asof: dt.date | None) -> int:
    """List the open questions."""
    desk, _ = desk_of(book, asof)
    click.echo(reconcile_words.questions(desk.held.review, format_), nl=False)
    return int(bool(desk.held.review))


def explain(book: str, bank_id: str, words: Words) -> int:
    """Explain one line."""
    desk, said = desk_of(book, words.asof)
    try:
        found = closing.explain_line(desk, inputs_of(words, desk, said), bank_id)
    except KeyError as error:
        raise click.UsageError(
            f"There is no one bank line {bank_id}: copy its Bank ID from the report or from Review."
        ) from error
    click.echo(found.text())
    return 0


def undo(
    book: str, alloc_id: str, who: tuple[str, str], asof: dt.date | None, *, correct: bool
) -> int:
    """Take an allocation back."""
    desk, _ = desk_of(book, asof)
    try:
        done = closing.take_back(desk, alloc_id, *who, correct=correct)
    except KeyError as error:
        raise click.UsageError(f"There is no allocation {alloc_id}.") from error
    except closing.ClosedMonth:
        raise
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for row in done.result.posted:
        back = reconcile_words.amount(row.amount, row.currency)
        click.echo(f"{row.alloc_id}  {back} {row.kind.value} of {row.invoice_no}, {row.on}")
    click.echo(f"Taken back in {desk.path}; nothing was deleted.")
    return 0


def close(book: str, words: Closing, asof: dt.date | None) -> int:
    """Close or seal a month."""
    desk, said = desk_of(book, asof)
    if words.seal:
        closing.seal_month(desk, words.month, words.by)
        click.echo(f"{words.month} is sealed.")
        return 0
    waivers = dict(text.split("=", 1) for text in words.waive if "=" in text)
    if len(waivers) != len(words.waive):
        raise click.UsageError('Write a waiver as "C1 D-0001=why".')
    ledger = inputs_of(Words(ledger=words.ledger), desk, said)
    _, record = closing.close_month(desk, words.month, words.by, waivers, ledger)
    click.echo(f"{words.month} is closed: sha256 {record.hash}")
    return 0


def reopen(book: str, month: str, who: tuple[str, str], asof: dt.date | None) -> int:
    """Reopen a month."""
    desk, _ = desk_of(book, asof)
    closing.reopen_month(desk, month, *who)
    click.echo(f"{month} is open again.")
    return 0

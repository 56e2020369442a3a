"""What the words of `sheetrecord reconcile` do: read, work, write when asked, tell."""

import datetime as dt
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from sheetrecord.app.reconcile import closing
from sheetrecord.app.reconcile.accounts import Saved, forget, profile_of, saved
from sheetrecord.app.reconcile.inputs import Inputs, blocking, read_bytes, read_inputs
from sheetrecord.app.reconcile.run import (
    ReconcileRequest,
    ReconcileResult,
    prepare,
    save,
    work,
    write,
)
from sheetrecord.app.reconcile.session import ReconcileSession, open_session
from sheetrecord.app.reconcile.understood import understood_files
from sheetrecord.app.settings.money import ParsedSettings, told
from sheetrecord.cli import options, printing
from sheetrecord.cli.money import reconcile_read, reconcile_text
from sheetrecord.cli.money.reconcile_files import files_for, told_of
from sheetrecord.core.reconcile import plan as plans
from sheetrecord.core.reconcile.ledger.months import MonthRefused
from sheetrecord.files.output import write_all
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead, ChangedElsewhere, Locked, NotARecord
from sheetrecord.workbooks.addresses import suffix_of
from sheetrecord.workbooks.kinds import is_path

_BOOKS = frozenset({".xlsx", ".xlsm"})
BAD_INPUT, FAILS, CLOSED, CONFLICT = 2, 3, 4, 5


class ReconcileOptions(NamedTuple):
    """The options of a reconciliation as typed."""

    bank: tuple[Path, ...] = ()
    ledger: tuple[Path, ...] = ()
    profile: str = ""
    currency: str = ""
    date_order: str | None = None
    positive: str | None = None
    auto: str = "certain"
    apply: bool = False
    only_plan: bool = False
    save_plan: Path | None = None
    report: Path | None = None
    force: bool = False
    by: str = ""
    format_: str = "text"
    asof: dt.date | None = None
    tolerance_fee: str = ""
    strict: bool = False


class CloseOptions(NamedTuple):
    """The options of closing a month as typed."""

    month: str
    waive: tuple[str, ...]
    ledger: tuple[Path, ...]
    by: str
    seal: bool


class BadInput(Exception):
    """A file that cannot be used; no further file was read."""


def guarded(act: Callable[[], int]) -> int:
    """Run an action, and turn its errors into the exit codes of reconciling."""
    try:
        return act()
    except BadInput as error:
        return _refused(error, BAD_INPUT)
    except (Locked, ChangedElsewhere, plans.PlanOutdated) as error:
        return _refused(error, CONFLICT)
    except closing.ClosedMonth as error:
        return _refused(error, CLOSED)
    except MonthRefused as error:
        return _refused(error, 1)


def _refused(error: Exception | str, code: int) -> int:
    if printing.wants_json(sys.argv[1:]):
        name = getattr(error, "code", "MONEY-001")
        printing.document(printing.error_json(code, name, str(error), ""))
    else:
        printing.error(str(error))
    return code


def session_of(book: str | None, asof: dt.date | None) -> tuple[ReconcileSession, ParsedSettings]:
    """Read the workbook that was named, and the settings for it."""
    address, settings = options.given([book] if book else [])[0]
    said = told(settings)
    return open_session(address, today=options.today(), asof=asof, payers=said.payers), said


def inputs_of(words: ReconcileOptions, session: ReconcileSession, said: ParsedSettings) -> Inputs:
    """Read the files, with the account's profile where one is named. Raises BadInput."""
    if not words.bank and not words.ledger:
        return Inputs()
    profile = told_profile(words, session.profiles, said)
    currency = words.currency or session.record.settings.currency
    try:
        return read_inputs(words.bank, words.ledger, profile, currency, said.ledger)
    except CannotRead as error:
        raise BadInput(str(error)) from error


def told_profile(words: ReconcileOptions, kept: Mapping[str, str], said: ParsedSettings) -> Profile:
    """Return the account's profile, overridden by the options typed."""
    profile = profile_of(words.profile, kept, said)
    signs = {"in": 1, "out": -1}
    return profile._replace(
        label=words.profile,
        currency=words.currency or profile.currency,
        date_order=words.date_order or profile.date_order,
        sign=signs.get(words.positive or "", profile.sign),
    )


def read(files: tuple[str, ...], words: ReconcileOptions) -> int:
    """Show files as they were understood; the first may be the workbook that knows the account."""
    session = said = None
    book = files[0]
    if len(files) > 1 and (not is_path(book) or suffix_of(book) in _BOOKS):
        with suppress(NotARecord):
            session, said = session_of(book, words.asof)
            files = files[1:]
    said = said or told(options.config())
    profile = told_profile(words, session.profiles if session else {}, said)
    found = understood_files([Path(name) for name in files], profile)
    printing.document(reconcile_read.shown(found, words.format_))
    if any(one.refused for one in found):
        return BAD_INPUT
    return int(any(out.doubtful for one in found if one.rows for out in one.rows.left_out))


def run(book: str | None, words: ReconcileOptions) -> int:
    """Dry run, plan file or writing."""
    if words.only_plan and (words.apply or words.save_plan or words.report):
        raise click.UsageError("--plan writes nothing: leave out --apply, --save-plan, --report.")
    session, said = session_of(book, words.asof)
    outputs = files_for(words, session.address)
    inputs = inputs_of(words, session, said)
    request = request_of(words, said)
    done = work(session, inputs, request)
    code = refusal(done, strict=words.strict)
    ready = prepare(done, request) if code == 0 and words.apply else None
    done = done._replace(written=bool(ready and ready.todo))
    files = outputs.of(done, words) if code == 0 else []
    applied = words.apply or code >= BAD_INPUT
    text = reconcile_text.told(done, words.format_, applied=applied, saved=bool(files))
    code = code or int(bool(done.outlook.findings))
    del session, inputs, done  # a large firm's rows: not held while its workbook is written
    write_all(files, lambda: write(ready) if ready is not None else None)
    printing.document(text)
    if words.format_ == "text" and files:
        printing.lines(told_of(words))
    return code


def request_of(words: ReconcileOptions, said: ParsedSettings) -> ReconcileRequest:
    """Return the request for a run; limits typed override those of the settings file."""
    limits = said.settings
    if words.tolerance_fee:
        cap, percent = reconcile_text.tolerance(words.tolerance_fee)
        limits = limits._replace(fee_cap=cap, fee_percent=percent)
    return ReconcileRequest(words.by, words.auto == "certain", words.profile, limits)


def refusal(done: ReconcileResult, *, strict: bool = False) -> int:
    """Print why a run may not write and return its exit code; 0 if it may.

    ``strict`` also refuses what is otherwise only reported: a row that was not read, a statement
    that cannot prove to be complete, any failing control.
    """
    if done.session.spoilt:
        month = done.session.spoilt[0]
        why = f"the allocations of the closed month {month} were changed by hand."
        return _refused(f"{why} Restore them, or reopen the month with its reason.", CLOSED)
    for problem in blocking(done.inputs.problems):
        return _refused(f"{problem.message} Nothing was written.", FAILS)
    for control in done.outlook.blocked:
        why = f"{control.name} fails: {control.what}; off by {control.off}."
        return _refused(f"{why} Nothing was written.", FAILS)
    if strict and (doubt := reconcile_text.doubt(done)):
        return _refused(f"{doubt} Nothing was written (--strict).", FAILS)
    return 0


def apply_plan(path: Path, book: str | None, by: str, format_: str) -> int:
    """Apply a plan file. Refused when an input changed, or a new run gives other rows."""
    plan = plans.load(path.read_bytes().decode("utf-8", "replace"), str(path))
    given = plan.options
    as_of = dt.date.fromisoformat(plan.as_of)
    bank, ledger = (
        tuple(Path(n.partition(":")[2]) for n in plan.inputs if n.startswith(f"{role}:"))
        for role in ("bank", "ledger")
    )
    words = ReconcileOptions(
        bank, ledger, given.get("profile", ""), given.get("currency", ""),
        given.get("date_order") or None, given.get("positive") or None,
        given.get("auto", "certain"), by=given.get("by", by),
        tolerance_fee=given.get("tolerance_fee", ""), strict=bool(given.get("strict")),
    )  # fmt: skip
    session, said = session_of(book, as_of)
    now = {f"bank:{p}": plans.sha(read_bytes(p)) for p in bank}
    now |= {f"ledger:{p}": plans.sha(read_bytes(p)) for p in ledger}
    plans.check(plan, {**now, "book": plans.sha(session.transaction.image(before=True))})
    request = request_of(words, said)
    done = work(session, inputs_of(words, session, said), request)
    if done.result.posted != plan.allocations:
        raise plans.PlanOutdated("What it comes to")
    code = refusal(done, strict=words.strict)
    if code == 0:
        done = save(done, request)
    printing.document(reconcile_text.told(done, format_, applied=True))
    return code or int(bool(done.outlook.findings))


def review(book: str | None, format_: str, asof: dt.date | None) -> int:
    """List the open questions."""
    session, _ = session_of(book, asof)
    currencies = {line.bank_id: line.currency for line in session.held.lines}
    printing.document(reconcile_text.questions(session.held.review, currencies, format_))
    return int(bool(session.held.review))


def profiles(book: str, name: str, format_: str, *, remove: bool) -> int:
    """List the known accounts, show one, or remove one from the workbook."""
    session, said = session_of(book, None)
    found = saved(session, said)
    if name and name not in {one.name for one in found}:
        raise click.UsageError(f"No account is called {name}. Known: {_names(found)}.")
    if remove:
        try:
            forget(session, name)
        except KeyError as error:
            where = "it stands in sheetrecord.toml: take it out there" if name else "name one"
            raise click.UsageError(f"Nothing to remove: {where}.") from error
        printing.line(f"{name} is forgotten; its next file is read as a new account's.")
        return 0
    shown = [one for one in found if name in ("", one.name)]
    printing.document(reconcile_text.accounts(shown, format_))
    return 0


def selftest() -> int:
    """Run the self-test; return 0 when every check passes."""
    from tempfile import TemporaryDirectory

    from sheetrecord.app.reconcile.selftest import selftest as tried

    broken = 0
    with TemporaryDirectory(prefix="sheetrecord-") as folder:
        for check in tried(Path(folder)):
            printing.line(f"{'holds ' if check.kept else 'BROKEN'}  {check.says}")
            broken += not check.kept
    return int(broken > 0)


def _names(found: Sequence[Saved]) -> str:
    return ", ".join(one.name for one in found) or "none"


def explain(book: str, bank_id: str, words: ReconcileOptions) -> int:
    """Explain one line."""
    session, said = session_of(book, words.asof)
    try:
        found = closing.explain_line(session, inputs_of(words, session, said), bank_id)
    except KeyError as error:
        raise click.UsageError(
            f"There is no one bank line {bank_id}: copy its Bank ID from the report or from Review."
        ) from error
    printing.document(found.text())
    return 0


def undo(
    book: str, alloc_id: str, who: tuple[str, str], asof: dt.date | None, *, correct: bool
) -> int:
    """Take an allocation back."""
    session, _ = session_of(book, asof)
    try:
        done = closing.take_back(session, alloc_id, *who, correct=correct)
    except KeyError as error:
        raise click.UsageError(f"There is no allocation {alloc_id}.") from error
    except closing.ClosedMonth:
        raise
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for row in done.result.posted:
        back = reconcile_text.amount(row.amount, row.currency)
        printing.line(f"{row.alloc_id}  {back} {row.kind.value} of {row.invoice_no}, {row.on}")
    printing.line(f"Taken back in {session.address}; nothing was deleted.")
    return 0


def close(book: str, words: CloseOptions, asof: dt.date | None) -> int:
    """Close or seal a month."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", words.month):
        raise click.UsageError(f"{words.month} is no month: write it as 2026-05.")
    session, said = session_of(book, asof)
    if words.seal:
        closing.seal_month(session, words.month, words.by)
        printing.line(f"{words.month} is sealed.")
        return 0
    named = (text.partition("=") for text in words.waive if "=" in text)
    waivers = {name.strip(): why for name, _, why in named}
    if len(waivers) != len(words.waive):
        raise click.UsageError('Write a waiver as "C1 D-0001=why".')
    ledger = inputs_of(ReconcileOptions(ledger=words.ledger), session, said)
    _, record = closing.close_month(session, words.month, words.by, waivers, ledger)
    printing.line(f"{words.month} is closed: sha256 {record.hash}")
    return 0


def reopen(book: str, month: str, who: tuple[str, str], asof: dt.date | None) -> int:
    """Reopen a month."""
    session, _ = session_of(book, asof)
    closing.reopen_month(session, month, *who)
    printing.line(f"{month} is open again.")
    return 0

"""What `reconcile export` does: the bookings of a period as a file for a bookkeeping system."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from sheetrecord.app.output_kinds import POSTINGS
from sheetrecord.app.reconcile.export import Exported, exported, period_of
from sheetrecord.app.settings.money import BooksSettings
from sheetrecord.cli import options, printing
from sheetrecord.cli.money.reconcile_actions import session_of
from sheetrecord.cli.money.reconcile_text import amount
from sheetrecord.cli.output_option import read_by
from sheetrecord.cli.printing import as_json
from sheetrecord.core.reconcile.ledger.postings import Unbooked
from sheetrecord.files.output import guard
from sheetrecord.files.permissions import limits_of
from sheetrecord.model.money import to_major
from sheetrecord.workbooks.addresses import files_of

_SCHEMA = 1
_SHOWN = 5
"""So many with one reason are named; the JSON names all."""


class ExportOptions(NamedTuple):
    """The options of an export as typed."""

    period: str
    system: str
    out: Path
    invoices: bool
    only_plan: bool
    force: bool
    format_: str
    asof: dt.date | None


def export(book: str, words: ExportOptions) -> int:
    """Write the bookings; return 1 when something has to be booked by hand."""
    period = period_of(words.period)
    if period is None:
        how = "write a month as 2026-05, or months as 2026-04..2026-06"
        raise click.UsageError(f"{words.period} is no period: {how}.")
    session, said = session_of(book, words.asof)
    out = guard(
        words.out, POSTINGS, read_by(book), force=words.force, limits=limits_of(files_of([book]))
    )
    books = said.export.get(words.system, BooksSettings())
    where = options.given([book])[0].settings.path or "sheetrecord.toml"
    done = exported(session, period, words.system, books, where, invoices=words.invoices)
    written = not words.only_plan
    if written:
        out.write(done.data)
    shown = _json if words.format_ == "json" else _text
    printing.document(shown(done, words, written=written))
    return int(any(one.needs for one in done.bookings.unbooked))


def _text(done: Exported, words: ExportOptions, *, written: bool) -> str:
    lines = [
        f"{one.on}  {debit} to {credit}  {amount(one.amount, one.currency)}  {one.reference}"
        f"  {one.kind}"
        for one, debit, credit in (done.posted if words.only_plan else ())
    ]
    lines += _left(left for left in done.bookings.unbooked if left.needs or words.only_plan)
    count = len(done.posted)
    what = f"{count} booking{'' if count == 1 else 's'} for {words.system}"
    quiet = sum(not one.needs for one in done.bookings.unbooked)
    rest = f", {quiet} with nothing to book" if quiet else ""
    lines.append(f"{words.out}: {what}{rest}." if written else f"{what}{rest}; nothing written.")
    if done.open_months:
        months = ", ".join(done.open_months)
        lines.append(f"Not closed yet, so what is booked may still change: {months}.")
    return "\n".join(lines) + "\n"


def _left(unbooked: Iterable[Unbooked]) -> Iterator[str]:
    """Yield what is not booked, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for one in unbooked:
        reasons.setdefault(one.why, []).append(one.what)
    for why, what in reasons.items():
        more = f" and {len(what) - _SHOWN} more" if len(what) > _SHOWN else ""
        yield f"not booked: {', '.join(what[:_SHOWN])}{more}: {why}"


def _json(done: Exported, words: ExportOptions, *, written: bool) -> str:
    postings = [
        {
            "id": one.posting_id,
            "date": one.on.isoformat(),
            "debit": debit,
            "credit": credit,
            "amount": str(to_major(one.amount, one.currency)),
            "currency": one.currency,
            "reference": one.reference,
            "client": one.client,
            "kind": one.kind,
        }
        for one, debit, credit in done.posted
    ]
    left = [
        {"what": one.what, "why": one.why, "needs_you": one.needs} for one in done.bookings.unbooked
    ]
    body = {
        "schema": _SCHEMA,
        "system": words.system,
        "written": str(words.out) if written else "",
        "postings": postings,
        "not_booked": left,
        "open_months": list(done.open_months),
    }
    return as_json(body) + "\n"

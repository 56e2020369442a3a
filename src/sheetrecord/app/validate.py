"""Validate a workbook: read it, run every rule, and evaluate each deal's gate."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.app.plugins import load_plugins
from sheetrecord.core.check import Report, Selection, check
from sheetrecord.model.book import Book
from sheetrecord.model.errors import NotARecord, OtherMoney, TooNew
from sheetrecord.model.problem import Problem
from sheetrecord.model.suggest import completed
from sheetrecord.schema.read.parse import Parsed, parse
from sheetrecord.schema.sheets import OPTIONAL, SCHEMA_VERSION, SHEETS
from sheetrecord.workbooks.kinds import book_at

BASELINE, LOG = "sr_baseline", "sr_log"

_REPEATABLE: Final = ("TYPE-", "ROW-", "LINK-", "OWN-002")
"""What `core.repeated` can say once: a check that has none of it need not load it."""


class Checked(NamedTuple):
    """One workbook and the result of its check."""

    address: str
    book: Book
    parsed: Parsed
    report: Report


def validate(
    address: str, *, today: dt.date, asof: dt.date | None = None, choice: Selection | None = None
) -> Checked:
    """Check one workbook. Raises a SheetRecordError when it cannot be read or is no record."""
    load_plugins()
    book, parsed = read_record(address, today=today, asof=asof, results_only=True, judged=True)
    return Checked(address, book, parsed, judged_as(address, parsed, choice or Selection()))


def judged_as(address: str, parsed: Parsed, choice: Selection) -> Report:
    """Return what a check finds; the commands that it suggests name the workbook."""
    return as_told(address, check(parsed, choice))


def as_told(address: str, report: Report) -> Report:
    """Return a report as people read it: its commands whole, what one cause repeats said once."""
    problems: Sequence[Problem] = report.problems
    if sum(p.code.startswith(_REPEATABLE) for p in problems) > 1:
        from sheetrecord.core.repeated import said_once  # in most books nothing is repeated

        problems = said_once(problems, report.record.settings.language)
    told = tuple(p._replace(do=completed(p.do, address, p.deal_id)) for p in problems)
    return report._replace(problems=told)


def read_record(
    address: str,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    results_only: bool = False,
    judged: bool = False,
) -> tuple[Book, Parsed]:
    """Read a workbook as a record. Raises as `understood`.

    ``results_only`` spares the texts of formulas: a check needs no more than their patterns.
    """
    book = book_at(address, formulas=not results_only)
    return book, understood(address, book, today=today, asof=asof, judged=judged)


def understood(
    address: str,
    book: Book,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    judged: bool = False,
) -> Parsed:
    """Return what a workbook says as a record. Raises NotARecord and TooNew.

    Raises OtherMoney too when it shows other money than the engine computes, unless the record
    is only ``judged``: then its check says so.
    """
    parsed = parse(book, today, asof)
    if parsed.record.settings.schema_version > SCHEMA_VERSION:
        raise TooNew(address, parsed.record.settings.schema_version, SCHEMA_VERSION)
    if "Deal" not in parsed.layout.sheets and len(parsed.layout.sheets) < 2:
        wanted = ", ".join(key for key in SHEETS if key not in OPTIONAL)
        have = ", ".join(book.sheets) or "none"
        why = f"it has none of the sheets of a record ({wanted}); its sheets are: {have}."
        raise NotARecord(address, why)
    parsed = _of_its_version(address, book, parsed, judged=judged)
    if judged and {BASELINE, LOG} & {*book.sheets}:
        from sheetrecord.core.handover.integrity import (
            with_proof,  # few books keep anything to prove
        )

        parsed = with_proof(book, parsed)
    return parsed


def _of_its_version(address: str, book: Book, parsed: Parsed, *, judged: bool) -> Parsed:
    """Return what was read with what is to be said of a version older than ours."""
    older = parsed.record.settings.schema_version < SCHEMA_VERSION
    if not older and not any(one.code == "HEAD-002" for one in parsed.findings):
        return parsed
    from sheetrecord.core.migrate.outdated import OTHER_MONEY, with_version

    parsed = with_version(book, parsed)
    for one in parsed.findings if not judged else ():
        if one.code == OTHER_MONEY:
            shown, ours = str(one.words["shown"]), str(one.words["ours"])
            raise OtherMoney(address, one.where.address, shown, ours)
    return parsed

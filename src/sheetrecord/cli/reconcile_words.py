"""How a reconciliation is told: the verdict line, the exceptions, what is posted."""

import json
from collections.abc import Iterator, Sequence

import click

from sheetrecord.app.reconcile.reports import report_of
from sheetrecord.app.reconcile.work import Done
from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.review import ReviewRow
from sheetrecord.formats.finance.report import as_data
from sheetrecord.model.money import Money
from sheetrecord.model.problem import Severity

_SHOWN = 20
SCHEMA = 1


def amount(minor: int, currency: str) -> str:
    """Return an amount with its currency."""
    return str(Money(minor, currency))


def told(done: Done, format_: str, *, applied: bool) -> str:
    """Return the printed result."""
    if format_ == "json":
        data = {**as_data(report_of(done)), "written": done.written}
        data["book"] = str(done.desk.path)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return "\n".join(_text(done, applied=applied)) + "\n"


def _text(done: Done, *, applied: bool) -> Iterator[str]:
    out = done.outlook
    red = bool(out.summary.red)
    yield click.style(out.summary.text(), bold=True, fg="red" if red else None)
    for problem in done.inputs.problems:
        if problem.severity is not Severity.NOTE:
            file, row = problem.where.sheet, problem.where.row
            where = "" if problem.message.startswith(file) else f"{file}: "
            yield f"{where}{f'row {row}: ' if row else ''}{problem.message}"
    if out.findings:
        yield ""
        yield "What needs you, dearest and oldest first:"
        for f in out.findings[:_SHOWN]:
            yield f"  {f.kind:<24}  {amount(f.amount, f.currency):>18}  {f.say}"
        if len(out.findings) > _SHOWN:
            yield f"  ... and {len(out.findings) - _SHOWN} more (--report DIR lists them all)"
    posted = [a for a in done.result.posted if not a.rule.startswith("opening")]
    if posted:
        yield ""
        yield "Posted:" if done.written else "Would be posted:"
        yield from map(_posted, posted[:_SHOWN])
        if len(posted) > _SHOWN:
            yield f"  ... and {len(posted) - _SHOWN} more"
    for key, why in sorted(done.result.problems.items()):
        yield click.style(f"{key}: {why}", fg="yellow")
    yield ""
    yield _summary(done, applied=applied)


def _posted(a: Allocation) -> str:
    money = amount(a.amount, a.currency)
    return f"  {a.on}  {money:>18}  {a.kind.value:<8}  {a.invoice_no}  ({a.rule}: {a.evidence})"


def _summary(done: Done, *, applied: bool) -> str:
    r = done.result
    files = len(done.inputs.hashes)
    parts = [f"{len(r.added)} new bank lines, {r.known} known" if files else "no files"]
    parts.append(f"{len(r.posted)} allocations" + ("" if done.written else " to post"))
    if r.answered:
        parts.append(f"{r.answered} answers taken")
    said = f"{done.desk.path}: {', '.join(parts)}. "
    if done.written:
        return said + "Written."
    return said + ("Nothing was written." if applied else "Nothing was written (add --apply).")


def questions(rows: Sequence[ReviewRow], format_: str) -> str:
    """Return the open questions."""
    if format_ == "json":
        data = {"schema": SCHEMA, "questions": [row._asdict() for row in rows]}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if not rows:
        return "Nothing needs you.\n"
    lines = []
    for row in rows:
        lines.append(f"{row.bank_id}  {row.booked}  {row.amount}  {row.payer}  {row.reference}")
        shown = (("A", row.a), ("B", row.b), ("C", row.c), ("short", row.difference))
        lines += [f"    {name}  {text}" for name, text in shown if text]
        if row.decision:
            lines.append(f"    decided: {row.decision} {row.reason} {row.other_invoices}".rstrip())
    return "\n".join(lines) + "\n"

"""How a reconciliation is told: the verdict line, the exceptions, what is posted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import click

from sheetrecord.app.reconcile.accounts import Saved
from sheetrecord.app.reconcile.reports import report_of
from sheetrecord.app.reconcile.run import ReconcileResult
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.printing import as_json
from sheetrecord.core.reconcile.controls.identities import failing
from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.core.reconcile.review.at_once import answers_needed
from sheetrecord.core.reconcile.review.questions import ReviewRow, answered
from sheetrecord.formats.finance.report import as_data
from sheetrecord.ledgers.profile import to_json
from sheetrecord.model.money import Money, to_minor
from sheetrecord.model.printable import in_json
from sheetrecord.model.problem import Severity

_SHOWN = 20
SCHEMA = 1


def amount(minor: int, currency: str) -> str:
    """Return an amount in minor units as text with its currency."""
    return str(Money(minor, currency))


def told(done: ReconcileResult, format_: str, *, applied: bool, saved: bool = False) -> str:
    """Return the printed result; ``saved`` when files beside the workbook are written."""
    if format_ == "json":
        data = {**as_data(report_of(done)), "written": done.written}
        data["book"] = done.session.address
        return as_json(data) + "\n"
    return joined(_text(done, applied=applied, saved=saved)) + "\n"


def _text(done: ReconcileResult, *, applied: bool, saved: bool) -> Iterator[str]:
    out = done.outlook
    red = bool(out.summary.red)
    yield bold(coloured(out.summary.text(), "red" if red else None))
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
        yield coloured(f"{key}: {why}", "yellow")
    yield ""
    yield _summary(done, applied=applied, saved=saved)


def _posted(a: Allocation) -> str:
    money = amount(a.amount, a.currency)
    why = a.evidence or a.reason or "as typed"
    return f"  {a.on}  {money:>18}  {a.kind.value:<8}  {a.invoice_no}  ({a.rule}: {why})"


def _summary(done: ReconcileResult, *, applied: bool, saved: bool) -> str:
    r = done.result
    files = len(done.inputs.hashes)
    new = _many(len(r.added), "new bank line")
    parts = [f"{new}, {r.known} known" if files else "no files"]
    carried = sum(a.rule.startswith("opening") for a in r.posted)
    posted = _many(len(r.posted) - carried, "allocation")
    parts.append(posted + ("" if done.written else " to post"))
    if carried:
        parts.append(f"{_many(carried, 'amount')} typed before carried over")
    if r.set_aside:
        parts.append(f"{_many(len(r.set_aside), 'line')} set aside by account rules")
    if r.answered:
        parts.append(f"{_many(r.answered, 'answer')} taken")
    said = f"{done.session.address}: {', '.join(parts)}. "
    if done.written:
        return said + "Written."
    nothing = "The workbook stays as it is" if saved else "Nothing was written"
    return said + (f"{nothing}." if applied else f"{nothing} (add --apply).")


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def doubt(done: ReconcileResult) -> str:
    """Return the first finding that a strict run refuses, "" for none."""
    for problem in done.inputs.problems:
        if problem.severity is not Severity.NOTE:
            return f"{problem.where.sheet}: {problem.message}"
    for control in failing(done.outlook.controls):
        return f"{control.name} fails: {control.what}; off by {control.off}."
    return ""


def tolerance(text: str) -> tuple[int, int]:
    """Return a bank fee's limit in major units and per cent: ``30.00/3%``, ``30`` or ``3%``.

    Raises UsageError for any other text.
    """
    cap, percent = MatchSettings().fee_cap, MatchSettings().fee_percent
    for part in filter(None, text.replace(" ", "").split("/")):
        try:
            value = Decimal(part.removesuffix("%"))
        except InvalidOperation:
            value = Decimal(-1)
        if value < 0 or value != value.to_integral_value():
            say = f"--tolerance-fee {text}: write whole numbers such as 30/3%."
            raise click.UsageError(say)
        if part.endswith("%"):
            percent = int(value)
        else:
            cap = int(value)
    return cap, percent


def accounts(found: Sequence[Saved], format_: str) -> str:
    """Return saved accounts as lines for sheetrecord.toml."""
    if format_ == "json":
        data = [{"name": s.name, "where": s.where, "profile": to_json(s.profile)} for s in found]
        return as_json({"schema": SCHEMA, "profiles": data}) + "\n"
    if not found:
        return "No account is known yet: give --profile NAME with a file of the bank.\n"
    blocks = []
    for one in found:
        rows = [f"[accounts.{_toml(one.name)}]  # in {one.where}"]
        rows += [f"{key} = {_toml(value)}" for key, value in to_json(one.profile).items()]
        blocks.append(joined(rows) + "\n")
    return "\n".join(blocks)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    return in_json(json.dumps(value, ensure_ascii=False))


def questions(rows: Sequence[ReviewRow], currencies: Mapping[str, str], format_: str) -> str:
    """Return the open questions; ``currencies`` by bank id."""
    if format_ == "json":
        data = {"schema": SCHEMA, "questions": [row._asdict() for row in rows]}
        return as_json(data) + "\n"
    if not rows:
        return "Nothing needs you.\n"
    lines = [line for row in rows for line in _question(row, currencies.get(row.bank_id, ""))]
    fewest = answers_needed(rows)
    if fewest < len(rows):
        lines.append(
            f"{_many(fewest, 'answer')} will do for {len(rows)} questions: 'A all' accepts what is "
            "likely of a kind; what is wrong among it gets an answer of its own."
        )
    return joined(lines) + "\n"


def _question(row: ReviewRow, currency: str) -> list[str]:
    """Return a question as lines: what came, what is suggested, what was decided."""
    money = amount(to_minor(Decimal(row.amount), currency)[0], currency)
    lines = [f"{row.bank_id}  {row.booked}  {money}  {row.payer}  {row.reference}"]
    asked = f"{row.ask or 'choose'}, {row.tier}" + (f": {row.kind}" if row.kind else "")
    named = f"reason in the text: {row.offered}" if row.offered else ""
    shown = (("A", row.a), ("B", row.b), ("C", row.c), ("short", row.difference), ("", named))
    lines += [f"    {name:<5} {text}" for name, text in (*shown, ("", asked)) if text]
    if answered(row):
        said = " ".join(filter(None, (row.decision, row.reason, row.other_invoices)))
        lines.append(f"    decided: {said}")
    return lines

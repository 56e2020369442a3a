"""Fee templates split an agreed amount into invoice lines that add up to it exactly."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.handover.calendar import add_months, between, months_of
from sheetrecord.model.money import split
from sheetrecord.schema.fee_templates import FeeTemplate, FeeTemplateLine
from sheetrecord.schema.fees import Fees

_LONGEST: Final = 60
"""Months of retainer lines at most."""


class Clock(NamedTuple):
    """The days by which lines are planned; ``end`` is the target, see `schedule.target_end`."""

    signed: dt.date
    start: dt.date
    end: dt.date
    contract_end: dt.date


def choose(templates: Sequence[FeeTemplate], named: str, model: str) -> FeeTemplate | None:
    """Return the named template, else the first of the firm for the deal's fee model.

    None when the firm has none that does.
    """
    if named:
        folded = named.strip().casefold()
        return next((t for t in templates if t.name.casefold() == folded), None)
    return next((template for template in templates if template.model == model), None)


def lines_of(
    template: FeeTemplate, value: int, clock: Clock
) -> list[tuple[FeeTemplateLine, dict[str, object]]]:
    """Return each line with its cells; the nets add up to ``value`` (minor units) exactly.

    Lines without a share have no amount. A retainer runs for the months of the contract.
    Raises ValueError when the shares are not positive.
    """
    lines = _for_term(template, clock)
    shares = [line.share for line in lines if line.share is not None]
    amounts = iter(split(value, shares) if shares else [])
    nets = [next(amounts) if line.share is not None else None for line in lines]
    days = list(_days(lines, clock))
    return [
        (line, {**_cells(line, day), "net": net})
        for line, net, day in zip(lines, nets, days, strict=True)
    ]


def _for_term(template: FeeTemplate, clock: Clock) -> tuple[FeeTemplateLine, ...]:
    """Fit a retainer of equal months to the contract's months."""
    first = template.lines[0] if template.lines else None
    equal = {(line.fee_type, line.trigger, line.share) for line in template.lines}
    if first is None or equal != {("retainer", "monthly", first.share)} or first.share is None:
        return template.lines
    months = min(months_of(clock.start, clock.contract_end), _LONGEST)
    return tuple(first._replace(share=Decimal(1), months=first.months + i) for i in range(months))


def _cells(line: FeeTemplateLine, day: dt.date | None) -> dict[str, object]:
    period = day.strftime("%Y-%m") if day is not None and line.trigger == "monthly" else ""
    return {
        "origin": "reimbursable" if line.fee_type == "reimbursable" else "contract",
        "fee_type": line.fee_type,
        "trigger": line.trigger,
        "period": period,
        "description": f"{line.description} {period}".strip(),
        "planned_on": day if line.trigger != "as_incurred" else None,
    }


def _days(lines: Sequence[FeeTemplateLine], clock: Clock) -> Iterator[dt.date | None]:
    """Yield each line's planned day; milestones without one are spread evenly."""
    floating = [line for line in lines if line.trigger == "on_milestone" and not _offset(line)]
    met = 0
    for line in lines:
        if line in floating:
            met += 1
            yield between(clock.start, max(clock.start, clock.end), met, len(floating) + 1)
        elif line.trigger == "on_acceptance":
            yield _later(max(clock.start, clock.end), line)
        elif line.trigger == "on_signature":
            yield _later(clock.signed, line)
        else:
            yield _later(clock.start, line)


def _offset(line: FeeTemplateLine) -> bool:
    return bool(line.days or line.months)


def _later(day: dt.date, line: FeeTemplateLine) -> dt.date:
    return add_months(day, line.months) + dt.timedelta(days=line.days)


def refit(fees: Iterable[Fees], value: int) -> list[tuple[Fees, int]]:
    """Return lines with new nets so that the contract's lines add up to a changed amount.

    What was invoiced, discounted or cancelled stays; the rest keeps its proportions. Empty when
    there is nothing left to spread the amount over.
    """
    contract = [row for row in fees if row.origin == "contract" and not row.void]
    open_lines = [
        row
        for row in contract
        if not row.invoice_no and row.invoiced_on is None and (row.net or 0) > 0
    ]
    fixed = sum(row.net or 0 for row in contract if row not in open_lines)
    if not open_lines or value - fixed <= 0:
        return []
    nets = split(value - fixed, [row.net or 0 for row in open_lines])
    return list(zip(open_lines, nets, strict=True))

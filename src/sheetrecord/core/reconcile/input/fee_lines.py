"""Allocations by fee line: each row names one line, so that a live formula can add them up."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, FeeLine
from sheetrecord.model.money import split

COUNTS_AS = {
    AllocationKind.CASH: "received",
    AllocationKind.REFUND: "received",
    AllocationKind.OVERPAYMENT_HELD: "received",
    AllocationKind.CREDIT: "credited",
    AllocationKind.BANK_FEE: "settled_otherwise",
    AllocationKind.WHT: "settled_otherwise",
    AllocationKind.DISCOUNT: "settled_otherwise",
    AllocationKind.WRITE_OFF: "settled_otherwise",
    AllocationKind.FX_DIFFERENCE: "settled_otherwise",
    AllocationKind.RETENTION: "kept",
}
"""The money column of Fees that each kind belongs to; what is kept is still to come."""


def by_line(
    new: Iterable[Allocation],
    existing: Iterable[Allocation],
    lines: Mapping[str, Sequence[FeeLine]],
) -> list[Allocation]:
    """Split new allocations over the fee lines of their invoices, by each line's open amount.

    Largest remainder method over the open amounts: no line gets more than is open, and the parts
    add up. Credits inside an invoice go first, retention releases and disputed lines last. The
    amount's currency becomes the invoice's.
    """
    given: dict[str, int] = {}
    for row in existing:
        if row.kind is not AllocationKind.RETENTION:
            given[row.fee_id] = given.get(row.fee_id, 0) + row.amount
    found: list[Allocation] = []
    for row in new:
        split_ = _split_row(row, lines.get(row.invoice_no, ()), given)
        found += split_
        if row.kind is not AllocationKind.RETENTION:
            for part in split_:
                given[part.fee_id] = given.get(part.fee_id, 0) + part.amount
    return found


def _split_row(
    row: Allocation, lines: Iterable[FeeLine], given: Mapping[str, int]
) -> list[Allocation]:
    """Return an allocation's parts, of one line each; a line that it names already is its own."""
    of = [line for line in lines if not line.void]
    if row.fee_id or not of:
        parts = [(row.fee_id, row.amount)]
    else:
        parts = list(_parts(row.amount, of, given).items())
    banks = _banks(row, [amount for _, amount in parts])
    currency = of[0].currency if of else row.currency
    return [
        row._replace(fee_id=fee_id, amount=amount, bank_amount=bank, currency=currency)
        for (fee_id, amount), bank in zip(parts, banks, strict=True)
    ]


def _banks(row: Allocation, amounts: list[int]) -> list[int]:
    """Return what the bank line gives for each part: the same shares."""
    if len(amounts) == 1:
        return [row.bank_amount]
    if row.bank_amount == row.amount:
        return amounts
    return split(row.bank_amount, [abs(a) for a in amounts])


def _parts(amount: int, lines: Sequence[FeeLine], given: Mapping[str, int]) -> dict[str, int]:
    if len(lines) == 1:
        return {lines[0].fee_id: amount}
    sign = 1 if amount >= 0 else -1
    room = {key: one * sign for key, one in _room(amount, lines, given).items()}
    found: dict[str, int] = {}
    if sum(room[line.fee_id] for line in lines) == amount * sign:
        found = {key: one * sign for key, one in room.items() if one < 0}
    left = amount - sum(found.values())
    for group in _groups([line for line in lines if room[line.fee_id] > 0]):
        free = [room[line.fee_id] for line in group]
        give = max(0, min(left * sign, sum(free)))
        shares = zip(group, split(give, free), strict=True) if give else ()
        found |= {line.fee_id: one * sign for line, one in shares}
        left -= give * sign
    if left:
        last = lines[-1].fee_id
        found[last] = found.get(last, 0) + left
    return {key: one for key, one in found.items() if one}


def _room(amount: int, lines: Sequence[FeeLine], given: Mapping[str, int]) -> dict[str, int]:
    """Return what each line has open; of money back, what it has got."""
    back = (amount < 0) != (sum(line.gross for line in lines) < 0)
    return {line.fee_id: (0 if back else line.gross) - given.get(line.fee_id, 0) for line in lines}


def _groups(lines: Sequence[FeeLine]) -> list[list[FeeLine]]:
    late = [line for line in lines if line.disputed]
    released = [x for x in lines if x.fee_type == "retention_release" and x not in late]
    rest = [line for line in lines if line not in late and line not in released]
    return [group for group in (rest, released, late) if group]


def receipt_steps(rows: Sequence[Allocation], epoch: dt.date) -> list[int]:
    """Return by how many days each row moves its fee line's date of last receipt.

    The steps of a line add up to the date's serial number (days from ``epoch``), so that SUMIFS
    gives the date; a row that reverses a receipt moves it back.
    """
    live: dict[str, dict[str, dt.date]] = {}
    steps = []
    for row in rows:
        days = live.setdefault(row.fee_id, {})
        before = max(days.values(), default=epoch)
        if row.reverses:
            days.pop(row.reverses, None)
        elif row.kind is AllocationKind.CASH and row.rule != "opening-undated":
            days[row.alloc_id] = row.on
        steps.append((max(days.values(), default=epoch) - before).days)
    return steps

"""What a bank's export would say about a firm's open invoices: paid in full, short, together."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import Record

_FEE = 12_00
"""What a bank keeps of a payment from abroad, in minor units."""


class Receipt(NamedTuple):
    """One credit on the firm's account; ``amount`` in minor units."""

    on: dt.date
    payer: str
    text: str
    amount: int
    currency: str


def receipts(record: Record, day: dt.date) -> Iterator[Receipt]:
    """Yield what came in: two invoices with their number, one without, one short, two together.

    Firms pay as firms do: in their own spelling, and not always the sum that was asked for.
    """
    clients = {deal.deal_id: deal.client for deal in record.deals}
    open_ = [fee for fee in record.fees if fee.invoice_no and _open(fee) > 0]
    pair = _pair(open_)
    alone = [fee for fee in open_ if fee not in pair]
    for number, fee in enumerate(alone[:4]):
        payer = clients.get(fee.deal_id, "").upper()
        text = "YOUR INVOICE" if number == 2 else f"INV {fee.invoice_no}"
        short = _FEE if number == 3 else 0
        yield Receipt(
            day - dt.timedelta(days=6 - number), payer, text, _open(fee) - short, fee.currency
        )
    if pair:
        text = " + ".join(fee.invoice_no for fee in pair)
        payer = clients.get(pair[0].deal_id, "").upper()
        yield Receipt(
            day - dt.timedelta(days=1), payer, text, sum(map(_open, pair)), pair[0].currency
        )


def _open(fee: Fees) -> int:
    return fee.outstanding or 0


def _pair(fees: Sequence[Fees]) -> list[Fees]:
    """Return the first two open invoices of one deal."""
    for i, fee in enumerate(fees):
        for other in fees[i + 1 :]:
            if other.deal_id == fee.deal_id:
                return [fee, other]
    return []


def bank_csv(lines: Sequence[Receipt]) -> str:
    """Return receipts as a bank writes them down: days and amounts as they sort."""
    rows = ["Date,Payer,Reference,Amount,Currency,Balance"]
    balance = 0
    for line in lines:
        balance += line.amount
        amounts = f"{line.amount / 100:.2f},{line.currency},{balance / 100:.2f}"
        rows.append(f"{line.on.isoformat()},{line.payer},{line.text},{amounts}")
    return "\n".join(rows) + "\n"

"""The Fees sheet as input for matching: invoices over their fee lines, clients, typed amounts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sheetrecord.core.dues import held_back, part
from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.controls.invoicing import invoicing_findings
from sheetrecord.core.reconcile.facts import (
    Allocation,
    AllocationKind,
    FeeLine,
    Invoice,
    PayingClient,
)
from sheetrecord.core.reconcile.input.fee_lines import COUNTS_AS
from sheetrecord.core.reconcile.matching.index import keys_of
from sheetrecord.model.money import Money
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import Record

SETTLED = {
    "received": AllocationKind.CASH,
    "credited": AllocationKind.CREDIT,
    "settled_otherwise": AllocationKind.WRITE_OFF,
    "kept": AllocationKind.RETENTION,
}
"""Money columns a person may have typed before the first reconciliation, and what they mean."""


class TypedAmount(NamedTuple):
    """An amount that somebody typed into a money column, without an allocation behind it yet."""

    fee_id: str
    invoice_no: str
    kind: AllocationKind
    amount: int
    currency: str
    on: dt.date | None


class FeeSide(NamedTuple):
    """The content of the Fees sheet by invoice key (see `index.keys_of`)."""

    invoices: tuple[Invoice, ...]
    lines: Mapping[str, tuple[FeeLine, ...]]
    clients: tuple[PayingClient, ...]
    claims: tuple[TypedAmount, ...]
    deals: Mapping[str, tuple[int, str]]
    """Agreed net with approved changes, and currency, of each deal that has an amount."""
    findings: tuple[ControlException, ...]
    scheduled: tuple[FeeLine, ...] = ()
    """Every fee line, those not invoiced yet as well."""

    @property
    def by_key(self) -> dict[str, Invoice]:
        """The invoices by their key."""
        return dict(zip(keys_of(self.invoices), self.invoices, strict=True))


Payers = Mapping[str, tuple[str, ...]]
"""Other names and accounts a client pays under, by the client's name."""


def fee_side(record: Record, typed: frozenset[tuple[int, str]], payers: Payers = {}) -> FeeSide:  # noqa: B006 -- never changed
    """Return the invoices of a derived record; ``typed`` are the (row, column) of typed amounts.

    An invoice is left out, with a finding, if a fee line has no id of its own (it cannot carry
    formulas) or no known amount (the invoice's total is unknown).
    """
    groups, wrong = _grouped(record)
    invoices = [_invoice(*key, rows) for key, rows in groups.items()]
    keys = keys_of(invoices)
    by_key = dict(zip(keys, groups.values(), strict=True))
    claims = [c for key, rows in by_key.items() for row in rows for c in _claims(key, row, typed)]
    return FeeSide(
        tuple(invoices),
        {key: tuple(_line(key, row) for row in rows) for key, rows in by_key.items()},
        tuple(_client(name, payers) for name in sorted({i.client for i in invoices})),
        tuple(claims),
        _agreed(record),
        (*invoicing_findings(record), *wrong),
        tuple(_line(row.invoice_no, row) for row in record.fees),
    )


_InvoiceKey = tuple[str, str, dt.date]
"""Number, client and day of an invoice."""


def _grouped(
    record: Record,
) -> tuple[dict[_InvoiceKey, list[Fees]], list[ControlException]]:
    """Return the fee lines of each invoice that can be reconciled, and why others cannot."""
    clients = {deal.deal_id: deal.client for deal in record.deals}
    ids = Counter(row.fee_id for row in record.fees)
    groups: dict[_InvoiceKey, list[Fees]] = {}
    spoilt: set[_InvoiceKey] = set()
    found: list[ControlException] = []
    for row in record.fees:
        if not row.invoice_no or row.invoiced_on is None:
            continue
        key = (row.invoice_no, clients.get(row.deal_id, row.deal_id), row.invoiced_on)
        groups.setdefault(key, []).append(row)
        wrong = _wrong(row, ids)
        if wrong:
            spoilt.add(key)
            found.append(wrong)
    return {key: rows for key, rows in groups.items() if key not in spoilt}, found


def _agreed(record: Record) -> dict[str, tuple[int, str]]:
    """Return the agreed net with approved changes, and the currency, of deals with an amount."""
    changes: Counter[str] = Counter()
    for change in record.project:
        if change.kind == "change" and change.status in {"approved", "invoiced"}:
            changes[change.deal_id] += change.amount_net or 0
    return {
        d.deal_id: (d.value_net + changes[d.deal_id], d.currency)
        for d in record.deals
        if d.deal_id
        and d.value_net is not None
        and d.stage == "won"
        and d.fee_model != "time_materials"
    }


def _wrong(row: Fees, ids: Mapping[str, int]) -> ControlException | None:
    """Return why a fee line keeps its invoice from being reconciled."""
    where = f"Fees row {row.row}"
    if not row.fee_id or ids[row.fee_id] > 1:
        say = f"{where} has no id of its own: run validate --fix first."
        return ControlException("fee-id-missing", row.invoice_no, 0, row.currency, 0, say)
    if row.gross is None:
        say = (
            f"{where}: the amount of {row.invoice_no} is missing, is none, or was never "
            "calculated. The invoice is left out; sheetrecord validate names the cell."
        )
        return ControlException("bad-money-cell", row.invoice_no, 0, row.currency, 0, say)
    return None


def _client(name: str, payers: Payers) -> PayingClient:
    names = payers.get(name, ())
    ibans = tuple(n.replace(" ", "") for n in names if _is_iban(n))
    return PayingClient(name, name, tuple(n for n in names if not _is_iban(n)), ibans)


def _is_iban(text: str) -> bool:
    bare = text.replace(" ", "")
    return len(bare) >= 15 and bare[:2].isalpha() and bare[2:4].isdigit() and bare.isalnum()


def _invoice(number: str, client: str, issued: dt.date, rows: list[Fees]) -> Invoice:
    live = [row for row in rows if not row.void]
    first = rows[0]
    released = [r.retention_release_on for r in live if r.retention_release_on]
    return Invoice(
        number,
        client,
        issued,
        max((row.due_on or issued for row in rows), default=issued),
        sum(row.gross or 0 for row in (live or rows)),
        first.currency,
        sum(row.net or 0 for row in (live or rows)),
        first.deal_id,
        next((row.po_ref for row in rows if row.po_ref), ""),
        wht=sum(part(row.net or 0, row.wht_pct or 0) for row in live),
        retention=sum(part(row.gross or 0, row.retention_pct or 0) for row in live),
        retention_release=min(released, default=None),
        disputed=any(row.disputed for row in live),
        void=not live,
    )


def _line(key: str, row: Fees) -> FeeLine:
    gross, net = row.gross or 0, row.net or 0
    return FeeLine(
        row.fee_id, key, gross, row.currency, net, gross - net, row.deal_id, row.fee_type,
        row.origin, row.disputed, row.void, held_back(gross, row.retention_pct or 0, 0),
        row.retention_release_on,
    )  # fmt: skip


def _claims(key: str, row: Fees, typed: frozenset[tuple[int, str]]) -> list[TypedAmount]:
    return [
        TypedAmount(row.fee_id, key, kind, row.get(column), row.currency, row.last_receipt_on)
        for column, kind in SETTLED.items()
        if row.get(column) and (row.row, column) in typed
    ]


def openings(claims: Iterable[TypedAmount], side: FeeSide) -> list[Allocation]:
    """Return opening allocations for typed amounts, so that they are kept."""
    by_key = side.by_key
    return [
        Allocation(
            f"A-open-{c.fee_id}-{c.kind.value}", "", c.invoice_no, c.amount, c.currency, c.kind,
            c.on or by_key[c.invoice_no].issued,
            rule="opening" if c.on else "opening-undated",
            tier="manual",
            evidence="typed into Fees before the first reconciliation",
            fee_id=c.fee_id,
            client=by_key[c.invoice_no].client,
            month=f"{c.on or by_key[c.invoice_no].issued:%Y-%m}",
        )
        for c in claims
    ]  # fmt: skip


def overtyped(
    claims: Iterable[TypedAmount], rows: Iterable[Allocation], waiting: frozenset[str]
) -> list[ControlException]:
    """Return findings for amounts typed over the formula that adds up allocations."""
    sums: dict[tuple[str, AllocationKind], int] = {}
    known = set()
    for row in rows:
        kind = SETTLED[COUNTS_AS[row.kind]]
        sums[row.fee_id, kind] = sums.get((row.fee_id, kind), 0) + row.amount
        known.add(row.fee_id)
    found = []
    for c in claims:
        ours = sums.get((c.fee_id, c.kind), 0)
        if c.fee_id in known - waiting and c.amount != ours:
            typed, true = Money(c.amount, c.currency), Money(ours, c.currency)
            say = (
                f"Fees {c.fee_id}: {typed} was typed where allocations add up to {true}, which "
                "counts. Money that came without the bank is a file of its own: give it as --bank."
            )
            off = abs(c.amount - ours)
            found.append(ControlException("bad-money-cell", c.invoice_no, off, c.currency, 0, say))
    return found

"""Read payout reports of payment services (GoCardless, Mollie, SumUp) by a table of columns.

A payout is a combined payment net of fees. Each row's gross, fee and net must agree, so that a
column that is not what its name says is found out; the sum of a payout is tied to the bank's line.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import PaymentPart
from sheetrecord.core.reconcile.input.payouts import Payout
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import LeftOut, Reading, problem
from sheetrecord.ledgers.table import DelimitedRow, find_delimiter, read_rows
from sheetrecord.model.problem import Problem


class Service(NamedTuple):
    """What a service calls its columns, in lower case; several names of one are tried in order."""

    name: str
    """As it stands in the bank's lines."""
    key: str
    gross: str
    net: str
    currency: tuple[str, ...]
    day: tuple[str, ...]
    fees: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kind: str = ""
    """The column that says what a row is."""
    sums: frozenset[str] = frozenset()
    """Kinds of rows that are the payout itself."""
    refunds: tuple[str, ...] = ()
    """How the ids of money back begin; any other row that takes money off is a fee."""
    id: str = ""


SERVICES: Final = (
    Service(
        "GOCARDLESS", "payouts.id", "gross_amount", "net_amount", ("currency",),
        ("payouts.arrival_date", "resources.charge_date"),
        ("gocardless_fees", "app_fees", "surcharge_fees"), ("resources.reference",),
        ("resources.description", "customers.company_name"), "resources.type", id="resources.id",
    ),
    Service(
        "MOLLIE", "settlement reference", "settlement amount", "settlement amount",
        ("settlement currency", "currency"), ("date",), (), (), ("description", "consumer name"),
        refunds=("re_", "chb_"), id="id",
    ),
    Service(
        "SUMUP", "payout id", "total", "payout", ("currency",), ("payout date", "date"),
        ("fee",), (), ("description", "transaction id"), "transaction type", frozenset({"payout"}),
        id="transaction id",
    ),
)  # fmt: skip


def service_of(row: DelimitedRow) -> Service | None:
    """Return the service whose report a header row heads."""
    cells = {cell.strip().lower() for cell in row.cells}
    return next((s for s in SERVICES if {s.key, s.gross, s.net, *s.fees[:1]} <= cells), None)


def read_payouts(data: bytes, name: str) -> tuple[tuple[Payout, ...], tuple[Problem, ...], Reading]:
    """Return the payouts of a report, and a reading without lines that counts its rows.

    Raises CannotRead for a table of another kind, or one that names no currency.
    """
    check_bytes(data, name)
    text, _ = decode(data, name)
    rows = read_rows(text, find_delimiter(text), name)
    service = service_of(rows[0])
    if service is None:
        why = "it is no payout report that we know."
        raise refuse(name, why, "Give it as a bank's file of its own account.", "columns")
    header = [cell.strip().lower() for cell in rows[0].cells]
    if not set(service.currency) & set(header):
        why = f"{service.name.title()}'s report names no currency."
        raise refuse(name, why, f"Export it with the column {service.currency[0]!r}.", "columns")
    found = _Report(service, name)
    for row in rows[1:]:
        found.take(row.line, dict(zip(header, row.cells, strict=False)))
    return found.result(len(rows))


class _Report:
    """The rows of one report, by payout, and what became of each."""

    def __init__(self, service: Service, name: str) -> None:
        self.service, self.name = service, name
        self.parts: dict[str, list[PaymentPart]] = {}
        self.heads: dict[str, Mapping[str, str]] = {}
        self.lines: dict[str, list[int]] = {}
        self.spoilt: dict[str, str] = {}
        self.seen: set[tuple[str, ...]] = set()
        self.sums: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
        self.left: list[LeftOut] = []
        self.problems: list[Problem] = []
        self.apart = 1

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Read a row; one that does not add up spoils its whole payout."""
        key = cells.get(self.service.key, "").strip()
        if cells.get(self.service.kind, "").strip().lower() in self.service.sums:
            self.apart += 1
            self.sums.setdefault(key, []).append((line, cells))
        elif not key:
            self.left.append(LeftOut(line, "It is in no payout yet."))
        else:
            self.lines.setdefault(key, []).append(line)
            self.heads.setdefault(key, cells)
            part = self.part(cells)
            why = self.wrong(cells, self.heads[key])
            if part is None or why:
                self.spoil(key, line, why or "gross less fee is not net")
            else:
                self.parts.setdefault(key, []).append(part)

    def spoil(self, key: str, line: int, why: str) -> None:
        """Say why a payout is not used; all of its rows are left out."""
        self.problems.append(problem("BANK102", f"Payout {key}: {why}.", self.name, line))
        self.spoilt[key] = f"Its payout {key} does not add up."

    def wrong(self, cells: Mapping[str, str], head: Mapping[str, str]) -> str:
        """Return what is wrong with a row although its amounts agree; "" for nothing."""
        service = self.service
        if not all(cells.get(column, "").strip() for column in (service.gross, service.net)):
            return "a row has no amount"
        if self.currency(cells) != self.currency(head):
            return f"a row is in {self.currency(cells) or 'no currency'}, another is not"
        known = tuple(cells.values())
        if cells.get(service.id, "").strip() and known in self.seen:
            return "a row stands there twice"
        self.seen.add(known)
        return ""

    def part(self, cells: Mapping[str, str]) -> PaymentPart | None:
        """Return a row as a part of its payout; None where gross, fee and net do not agree."""
        service, currency = self.service, self.currency(cells)
        gross, net = (
            self.money(cells, column, currency) for column in (service.gross, service.net)
        )
        fees = [self.money(cells, column, currency) for column in service.fees if column in cells]
        if gross is None or net is None or None in fees:
            return None
        fee = gross - net
        if abs(fee) != abs(sum(one or 0 for one in fees)) or (fee < 0 < gross):
            return None
        said = " ".join(filter(None, (cells.get(column, "").strip() for column in service.texts)))
        number = next((cells[c].strip() for c in service.number if cells.get(c, "").strip()), "")
        own = (
            service.refunds
            and gross < 0
            and not cells.get(service.id, "").startswith(service.refunds)
        )
        return PaymentPart("", 0, -net, said) if own else PaymentPart(number, gross, fee, said)

    def money(self, cells: Mapping[str, str], column: str, currency: str) -> int | None:
        return amounts.parse(cells.get(column, "").strip() or "0", ".", currency)

    def currency(self, cells: Mapping[str, str]) -> str:
        named = (cells.get(column, "").strip().upper() for column in self.service.currency)
        return next(filter(None, named), "")

    def result(self, rows: int) -> tuple[tuple[Payout, ...], tuple[Problem, ...], Reading]:
        """Return the payouts that add up, and the count of all rows."""
        for key, rows_ in self.sums.items():
            self.check_sums(key, rows_)
        whole = [key for key in self.lines if key not in self.spoilt]
        for key, why in self.spoilt.items():
            self.left += [LeftOut(line, why, True) for line in self.lines[key]]
        left = tuple(sorted(self.left, key=lambda one: one.row))
        counted = Reading("payouts", (), (), rows, self.apart, left)
        return tuple(map(self.payout, whole)), tuple(self.problems), counted

    def check_sums(self, key: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        """Spoil a payout whose own sum is not what its rows come to."""
        line, cells = rows[0]
        if key not in self.lines or key in self.spoilt or not cells[self.service.net].strip():
            return
        said = self.money(cells, self.service.net, self.currency(cells))
        come = sum(part.gross - part.fee for part in self.parts[key])
        if said is None or abs(said) != come:
            self.spoil(key, line, "its rows do not come to its sum")

    def payout(self, key: str) -> Payout:
        """Return a payout with its parts; its net is what the bank's line must be."""
        head, parts = self.heads[key], tuple(self.parts[key])
        net = sum(part.gross - part.fee for part in parts)
        on = next((d for column in self.service.day if (d := _day(head.get(column, "")))), None)
        return Payout(key, self.service.name, on, net, self.currency(head), parts, self.name)


def _day(cell: str) -> dt.date | None:
    """Return the day of a cell that begins with the year; another form is not relied on."""
    return dates.parse(cell.strip(), "ymd") if cell.strip()[:4].isdigit() else None

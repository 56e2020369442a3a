"""Who pays what and when: every receipt with the truth of what it settles."""

import datetime as dt
from random import Random
from typing import NamedTuple

from reconcile_truth.profiles import Rates
from reconcile_truth.references import payer_text, reference
from reconcile_truth.world import BASE, HORIZON, Habits, World
from sheetrecord.core.reconcile.facts import AllocationKind, BankLine, Invoice, Original

Settles = tuple[tuple[str, int, AllocationKind], ...]


class Truth(NamedTuple):
    """What one bank line really is: its invoices with amounts, and its kind in a word."""

    settles: Settles
    kind: str
    held: Settles = ()
    """What a person books of a duplicate payment: held, against the invoice paid twice."""


class Book(NamedTuple):
    """A made-up firm with its bank lines and the truth of each."""

    world: World
    invoices: list[Invoice]
    lines: list[BankLine]
    truth: dict[str, Truth]
    repeated: list[BankLine]
    """Rows the bank printed twice (same id): the second must not count."""


class _Maker:
    def __init__(self, world: World, rates: Rates, rng: Random) -> None:
        self.world, self.rates, self.rng = world, rates, rng
        self.lines: list[BankLine] = []
        self.truth: dict[str, Truth] = {}
        self.invoices = list(world.invoices)
        self.index = {inv.number: at for at, inv in enumerate(self.invoices)}
        self.by_amount: dict[tuple[str, int], list[Invoice]] = {}
        for invoice in self.invoices:
            self.by_amount.setdefault((invoice.currency, invoice.gross), []).append(invoice)
        self.credits = 0

    def pay_all(self) -> None:
        by_client: dict[str, list[Invoice]] = {}
        for invoice in self.invoices:
            by_client.setdefault(invoice.client, []).append(invoice)
        for client in sorted(by_client):
            self.pay_client(by_client[client], self.world.habits[client])
        receipts = len(self.lines)
        for _ in range(round(receipts * self.rates.unrelated)):
            self.unrelated()

    def pay_client(self, invoices: list[Invoice], habits: Habits) -> None:
        rest = [inv for inv in invoices if self.rng.random() >= self.rates.unpaid]
        while rest:
            first = rest[0]
            group = [first]
            # Not every client has a second open invoice, and parts come twice: the factors bring
            # the shares of receipts to the rates.
            if self.rng.random() < self.rates.combined * 1.9:
                size = self.rng.choices([2, 3, 4, 5], [60, 25, 10, 5])[0]
                near = [
                    i
                    for i in rest[1:8]
                    if (i.issued - first.issued).days <= 62 and i.currency == first.currency
                ]
                group += near[: size - 1]
            rest = [inv for inv in rest if inv not in group]
            self.pay(group, habits)

    def day(self, invoices: list[Invoice], habits: Habits) -> dt.date:
        latest = max(invoices, key=lambda i: i.issued)
        late = round(self.rng.gauss(habits.lag, habits.spread))
        day = latest.due + dt.timedelta(days=late)
        day = max(day, latest.issued + dt.timedelta(days=1))
        return day + dt.timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())

    def pay(self, group: list[Invoice], habits: Habits) -> None:
        day = self.day(group, habits)
        if day > HORIZON:
            return
        roll = self.rng.random()
        r = self.rates
        for rate, way in (
            (r.part * 0.62, self.part),
            (r.bank_fee, self.fee),
            (r.withheld, self.withheld),
            (r.retention, self.retention),
            (r.netted, self.netted),
            (r.over, self.over),
            (r.discount, self.discount),
        ):
            if roll < rate:
                way(group, day, habits)
                return
            roll -= rate
        settles = tuple((i.number, i.gross, AllocationKind.CASH) for i in group)
        line = self.add(group, day, sum(i.gross for i in group), habits, settles, _exact(group))
        if self.rng.random() < r.duplicate:
            again = line.booked + dt.timedelta(days=self.rng.randrange(1, 20))
            last = group[-1].number
            held = ((last, line.amount, AllocationKind.OVERPAYMENT_HELD),)
            if group[0].currency == "GBP":
                self.put(line._replace(booked=again), Truth((), "duplicate", held))
        elif self.rng.random() < r.bounced:
            back = line._replace(
                booked=line.booked + dt.timedelta(days=3),
                amount=-line.amount,
                text=f"RETURNED {line.text}",
                returned=True,
            )
            turned = tuple((n, -a, k) for n, a, k in settles)
            self.put(back, Truth(turned, "bounced"))

    def part(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        invoice = group[0]
        fraction = self.rng.choice([50, 50, 40, 30, 60, 25, self.rng.randrange(15, 85)])
        first = invoice.gross * fraction // 10000 * 100 or invoice.gross // 2
        settles = ((invoice.number, first, AllocationKind.CASH),)
        self.add([invoice], day, first, habits, settles, "part")
        later = day + dt.timedelta(days=self.rng.randrange(14, 45))
        if self.rng.random() < 0.75 and later <= HORIZON:
            rest = invoice.gross - first
            self.add(
                [invoice],
                later,
                rest,
                habits,
                ((invoice.number, rest, AllocationKind.CASH),),
                "part",
            )
        for other in group[1:]:
            self.pay([other], habits)

    def fee(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        total = sum(i.gross for i in group)
        fee = min(self.rng.choice([500, 800, 1000, 1200, 1500, 2000, 2500]), total // 40 or 1)
        self.short(group, day, habits, fee, AllocationKind.BANK_FEE, "fee")

    def withheld(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        percent = self.rng.choice([10, 15, 20])
        tax = (group[0].net or group[0].gross) * percent // 100
        self.known(group[0], self.rng.random() < 0.5, wht=tax)
        self.short(group[:1], day, habits, tax, AllocationKind.WHT, "withheld")
        for other in group[1:]:
            self.pay([other], habits)

    def retention(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        kept = group[0].gross * self.rng.choice([3, 5]) // 100
        self.known(group[0], self.rng.random() < 0.5, retention=kept)
        self.short(group[:1], day, habits, kept, AllocationKind.RETENTION, "retention")
        for other in group[1:]:
            self.pay([other], habits)

    def discount(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        off = group[0].gross * 2 // 100
        self.known(group[0], True, discount=off, discount_until=day)
        self.short(group[:1], day, habits, off, AllocationKind.DISCOUNT, "discount")
        for other in group[1:]:
            self.pay([other], habits)

    def known(self, invoice: Invoice, told: bool, **terms: object) -> None:
        if told:
            at = self.index[invoice.number]
            self.invoices[at] = self.invoices[at]._replace(**terms)

    def short(
        self,
        group: list[Invoice],
        day: dt.date,
        habits: Habits,
        short: int,
        kind: AllocationKind,
        word: str,
    ) -> None:
        largest = max(group, key=lambda i: i.gross)
        settles = [
            (i.number, i.gross - (short if i is largest else 0), AllocationKind.CASH) for i in group
        ]
        settles.append((largest.number, short, kind))
        amount = sum(i.gross for i in group) - short
        self.add(group, day, amount, habits, tuple(settles), word)

    def netted(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        invoice = group[0]
        self.credits += 1
        back = invoice.gross * self.rng.choice([5, 10, 20, 25]) // 10000 * 100 or 100
        number = f"CN-{self.credits:04}"
        issued = max(invoice.issued, day - dt.timedelta(days=9))
        credit = invoice._replace(number=number, gross=-back, net=-back, issued=issued, due=issued)
        self.invoices.append(credit)
        settles = [(i.number, i.gross, AllocationKind.CASH) for i in group] + [
            (number, -back, AllocationKind.CASH)
        ]
        amount = sum(i.gross for i in group) - back
        self.add(group, day, amount, habits, tuple(settles), "netted")

    def over(self, group: list[Invoice], day: dt.date, habits: Habits) -> None:
        extra = self.rng.choice([100, 900, 5000, 10000])
        settles = [(i.number, i.gross, AllocationKind.CASH) for i in group]
        settles.append((group[-1].number, extra, AllocationKind.OVERPAYMENT_HELD))
        total = sum(i.gross for i in group) + extra
        line = self.add(group, day, total, habits, tuple(settles), "over")
        if self.rng.random() < self.rates.refund * 20:
            back = line._replace(
                booked=day + dt.timedelta(days=20), amount=-extra, text=f"REFUND {group[-1].number}"
            )
            self.put(back, Truth(((group[-1].number, -extra, AllocationKind.REFUND),), "refund"))

    def unrelated(self) -> None:
        day = BASE + dt.timedelta(days=self.rng.randrange(10, 420))
        payer, text = self.rng.choice(UNRELATED)
        amount = self.rng.randrange(500, 900000)
        if self.rng.random() < 0.15:
            amount = self.rng.choice(self.invoices).gross
        elif self.rng.random() < 0.4:
            amount = amount // 10000 * 10000 + 10000
        line = BankLine("MAIN", day, abs(amount), "GBP", payer, text)
        self.put(line, Truth((), "unrelated"))

    def add(
        self,
        group: list[Invoice],
        day: dt.date,
        amount: int,
        habits: Habits,
        settles: Settles,
        kind: str,
    ) -> BankLine:
        quoted = [i.number for i in group]
        if self.rng.random() < self.rates.swapped:
            twins = self.by_amount.get((group[0].currency, group[0].gross), [])
            others = [i.number for i in twins if i is not group[0]]
            quoted[0] = self.rng.choice(others) if others else quoted[0]
        text = reference(quoted, habits, self.rates, self.rng, day)
        payer = payer_text(group[0].client, habits, self.rates, self.rng)
        line = BankLine("MAIN", day, amount, "GBP", payer, text)
        if group[0].currency != "GBP":
            rate = {"EUR": 0.85, "USD": 0.79}[group[0].currency] * self.rng.uniform(0.98, 1.02)
            told = self.rng.random() < 0.5
            original = Original(amount, group[0].currency, f"{1 / rate:.6f}") if told else None
            line = line._replace(amount=round(amount * rate), original=original)
            kind = "currency" if kind in ("exact", "combined") else kind
        return self.put(line, Truth(settles, kind))

    def put(self, line: BankLine, truth: Truth) -> BankLine:
        line = line._replace(bank_id=f"L{len(self.lines):06}", ref=f"T{len(self.lines):06}")
        self.lines.append(line)
        self.truth[line.bank_id] = truth
        return line


UNRELATED = [
    ("HMRC", "VAT REPAYMENT"),
    ("", "INTEREST PAID"),
    ("OWN SAVINGS", "TRANSFER"),
    ("AMAZON UK", "REFUND 204-5567812"),
    ("J SMITH", "RENT SHARE"),
    ("INNOVATE FUND", "GRANT 2231"),
    ("PAYPAL", "PAYPAL TRANSFER"),
    ("CITY COUNCIL", "RATES REBATE"),
    ("BRIGHT INSURANCE", "CLAIM 4417"),
    ("R PATEL", "THANKS"),
    ("EBAY", "PAYOUT"),
    ("LANDLORD CO", "DEPOSIT BACK"),
]


def _exact(group: list[Invoice]) -> str:
    return "exact" if len(group) == 1 else "combined"


def make_book(world: World, rates: Rates, rng: Random) -> Book:
    """Return the bank lines of a firm with their truth."""
    maker = _Maker(world, rates, rng)
    maker.pay_all()
    repeated = [line for line in maker.lines if rng.random() < rates.repeated_row]
    return Book(world, maker.invoices, maker.lines, maker.truth, repeated)

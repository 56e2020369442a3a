"""The firm before anybody pays: clients with habits, deals, invoices with colliding amounts."""

import datetime as dt
from random import Random
from typing import NamedTuple

from reconcile_truth.profiles import Rates
from sheetrecord.core.reconcile.facts import Invoice, PayingClient

BASE = dt.date(2025, 1, 6)
HORIZON = BASE + dt.timedelta(days=430)

_FIRST = """Northwind Harbour Sterling Kestrel Maple Redwood Juniper Falcon Granite Meridian Beacon
Orchard Silverline Bluebird Copper Summit Lantern Willow Atlas Quarry Thornton Ashford Pemberton
Whitmore Larkspur Brookfield Castlegate Dunmore Everhart Fairview Glenmore Hawthorn Ironbridge
Jasmine Kingsley Lockwood Marlow Newbury Oakdale Parkhurst Quinton Rosewood Sheffield Tamarind
Underhill Vantage Westbrook Yarrow Zephyr Müller Søndergaard Dupont Bianchi Kowalski Novák García
Lindqvist Verhoeven Þorsson Brandão Schäfer Lefèvre Øvergaard Björk"""
FIRST = _FIRST.split()
_SECOND = """Trading Design Consulting Foods Logistics Studios Media Partners Systems Architects
Engineering Interiors Textiles Energy Analytics Health Education Motors Pharma Travel Software
Ceramics Publishing Brewing Optics Robotics Farms Ventures Retail Marine"""
SECOND = _SECOND.split()
SUFFIX = ["Ltd", "Limited", "Inc", "LLC", "GmbH", "SARL", "BV", "PLC", "AG", "", "Ltd", "Ltd"]
PARENTS = """Apex Holdings|Omnia Group|Crescent Capital|Vertex Shared Services|Pinnacle Treasury
Solaris Finance Centre|Monarch Group Services|Titan Holdings|Aurora Payments Centre|Helix Group
Cobalt Holdings|Regent Treasury|Stratus Group|Nimbus Finance|Orion Shared Services""".replace(
    "\n", "|"
)


class Habits(NamedTuple):
    """How a client pays: whom the bank names, what it quotes, how late."""

    quotes: str
    """number, order or nothing."""
    style: int
    cut: bool
    payer: str
    """full, nosuffix, cut, swapped or parent."""
    parent: str
    lag: float
    spread: float
    order: str


class World(NamedTuple):
    """Clients, their habits, and every invoice and credit note issued."""

    clients: list[PayingClient]
    habits: dict[str, Habits]
    invoices: list[Invoice]


def make_world(size: int, rates: Rates, rng: Random) -> World:
    """Return a firm with about ``size`` invoices."""
    count = max(4, round(size / 5.8))
    names = _names(count, rates, rng)
    habits = {name: _habits(rates, rng) for name in names}
    drafts: list[Invoice] = []
    while len(drafts) < size:
        client = rng.choice(names)
        drafts += _deal(client, habits[client], rates, rng)
    drafts = sorted(drafts[:size], key=lambda i: (i.issued, i.client, i.gross))
    invoices = [i._replace(number=_number(n, rates)) for n, i in enumerate(drafts, 101)]
    return World([PayingClient(name, name) for name in names], habits, invoices)


def _names(count: int, rates: Rates, rng: Random) -> list[str]:
    names: list[str] = []
    cores: set[str] = set()
    while len(names) < count:
        core = f"{rng.choice(FIRST)} {rng.choice(SECOND)}"
        if count > len(FIRST) * len(SECOND) // 4:
            core = f"{rng.choice(FIRST)} {rng.choice(FIRST)} {rng.choice(SECOND)}"
        if core in cores:
            continue
        cores.add(core)
        suffix = rng.choice(SUFFIX)
        names.append(f"{core} {suffix}".strip())
        if rng.random() < rates.suffix_twins and len(names) < count:
            other = rng.choice([s for s in ("Ltd", "GmbH", "Inc", "BV") if s != suffix])
            names.append(f"{core} {other}")
    return names


def _habits(rates: Rates, rng: Random) -> Habits:
    roll = rng.random()
    quotes = "number"
    if roll < rates.silent_clients:
        quotes = "nothing"
    elif roll < rates.silent_clients + rates.order_clients:
        quotes = "order"
    parent = rng.random() < rates.parent_clients
    payer = "parent" if parent else rng.choice(["full", "full", "nosuffix", "cut", "swapped"])
    return Habits(
        quotes,
        rng.randrange(9),
        rng.random() < rates.cut_clients,
        payer,
        rng.choice(PARENTS.split("|")),
        rng.choice([-5, 0, 3, 7, 12, 25]),
        rng.choice([1, 3, 6, 10]),
        f"PO{rng.randrange(10000, 99999)}",
    )


def _deal(client: str, habits: Habits, rates: Rates, rng: Random) -> list[Invoice]:
    start = BASE + dt.timedelta(days=rng.randrange(0, 300))
    vat = 20 if rng.random() < 0.8 else 0
    currency = rng.choice(["EUR", "USD"]) if rng.random() < rates.currency else "GBP"
    kind = rng.choices(["project", "retainer", "tm", "small"], [35, 30, 20, 15])[0]
    nets: list[tuple[int, int]]
    if kind == "project":
        total = rng.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30]) * 1000
        deposit = rng.choice([20, 25, 30, 50])
        stones = rng.randrange(1, 5)
        each = total * (100 - deposit) // (100 * stones)
        nets = [(0, total * deposit)] + [(30 * (n + 1), each * 100) for n in range(stones)]
        if rng.random() < 0.3:
            nets.append((25, rng.randrange(2000, 60000)))
    elif kind == "retainer":
        fee = rng.choice([500, 750, 1000, 1200, 1500, 2000, 2500, 3000])
        nets = [(30 * n, fee * 100) for n in range(rng.randrange(3, 13))]
    elif kind == "tm":
        rate = rng.choice([300, 325, 350, 400, 450])
        nets = [(30 * n, rate * rng.randrange(2, 30) * 100) for n in range(rng.randrange(1, 6))]
    else:
        nets = [(0, rng.choice([250, 400, 500, 600, 800, 950]) * 100)]
    invoices = []
    for after, net in nets:
        issued = start + dt.timedelta(days=after)
        due = issued + dt.timedelta(days=rng.choice([14, 30, 30]))
        gross = net + net * vat // 100
        if issued <= BASE + dt.timedelta(days=365):
            po = habits.order if habits.quotes == "order" else ""
            invoices.append(Invoice("", client, issued, due, gross, currency, net, po_ref=po))
    return invoices


def _number(n: int, rates: Rates) -> str:
    """Numbers in order of issue; the adversarial firm's look like years, orders and amounts."""
    return str(1900 + n) if rates.odd_numbers else f"INV-{n:04}"

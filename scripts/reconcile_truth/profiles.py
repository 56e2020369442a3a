"""How often each thing happens in the made-up books: four profiles from clean to adversarial."""

from typing import NamedTuple


class Rates(NamedTuple):
    """Shares per receipt, unless the name says clients. All figures are fractions of 1."""

    combined: float = 0.0
    part: float = 0.0
    bank_fee: float = 0.0
    duplicate: float = 0.0
    repeated_row: float = 0.0
    unrelated: float = 0.0
    currency: float = 0.0
    withheld: float = 0.0
    retention: float = 0.0
    netted: float = 0.0
    refund: float = 0.0
    bounced: float = 0.0
    over: float = 0.0
    discount: float = 0.0
    aggregator: float = 0.0
    parent_clients: float = 0.0
    typo: float = 0.0
    order_clients: float = 0.0
    silent_clients: float = 0.0
    cut_clients: float = 0.0
    swapped: float = 0.0
    suffix_twins: float = 0.0
    odd_numbers: bool = False
    unpaid: float = 0.055


PROFILES: dict[str, Rates] = {
    "clean": Rates(unpaid=0.03),
    "brief": Rates(
        combined=0.12, part=0.08, bank_fee=0.03, duplicate=0.02, unrelated=0.05, aggregator=0.03,
        parent_clients=0.06, typo=0.05, order_clients=0.08, silent_clients=0.22, cut_clients=0.5,
    ),
    "hard": Rates(
        combined=0.12, part=0.08, bank_fee=0.03, duplicate=0.02, repeated_row=0.01, unrelated=0.05,
        currency=0.03, withheld=0.01, retention=0.02, netted=0.02, refund=0.005, bounced=0.003,
        over=0.01, discount=0.01, aggregator=0.05, parent_clients=0.08, typo=0.05,
        order_clients=0.08, silent_clients=0.25, cut_clients=0.5, swapped=0.003, suffix_twins=0.01,
    ),
    "adversarial": Rates(
        combined=0.20, part=0.12, bank_fee=0.04, duplicate=0.04, repeated_row=0.03, unrelated=0.10,
        currency=0.06, withheld=0.03, retention=0.04, netted=0.04, refund=0.01, bounced=0.01,
        over=0.02, discount=0.02, aggregator=0.12, parent_clients=0.20, typo=0.10,
        order_clients=0.12, silent_clients=0.50, cut_clients=0.5, swapped=0.02, suffix_twins=0.03,
        odd_numbers=True,
    ),
}  # fmt: skip

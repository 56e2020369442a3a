"""What stands on the bank line: references in nine styles with slips, and payers."""

import datetime as dt
from random import Random

from reconcile_truth.profiles import Rates
from reconcile_truth.world import Habits

AGGREGATORS = ["TIPALTI", "COUPA PAY", "BILL.COM", "PAYONEER", "MELIO"]
_EMPTY = [
    "",
    "PAYMENT",
    "INVOICE PAYMENT",
    "BACS CREDIT",
    "SERVICES",
    "THANK YOU",
    "FEES",
    "SUPPLIER PAYMENT",
]


def reference(numbers: list[str], habits: Habits, rates: Rates, rng: Random, day: dt.date) -> str:
    """Return the text a client writes for the invoices it pays."""
    quotes = habits.quotes
    if quotes == "nothing" or rng.random() < 0.06:
        text = rng.choice(_EMPTY)
        if rng.random() < 0.3:
            text = f"{text} {day:%b %Y}".upper().strip()
        return text[:18] if habits.cut else text
    if quotes == "order":
        return rng.choice([habits.order, f"ORDER {habits.order}", f"{habits.order} {day:%d/%m/%Y}"])
    if len(numbers) > 1 and rng.random() < 0.35:
        numbers = numbers[:1]
    if rng.random() < rates.typo:
        numbers = [_slip(numbers[0], rng), *numbers[1:]]
    text = _style(numbers, habits.style, day)
    return text[:18] if habits.cut else text


def _style(numbers: list[str], style: int, day: dt.date) -> str:
    """Write numbers in one of nine styles."""
    digits = ["".join(c for c in n if c.isdigit()) for n in numbers]
    plain = [d.lstrip("0") for d in digits]
    return (
        " ".join(numbers),
        " ".join(n.replace("-", "") for n in numbers),
        "inv " + " ".join(digits),
        "Invoice " + ", ".join(plain),
        "/".join(digits),
        " & ".join(plain),
        "Payment " + "; ".join(numbers) + f" {day:%d.%m.%Y}",
        "#" + " #".join(plain),
        "YOUR REF " + "+".join(n.replace("-", "/") for n in numbers),
    )[style]


def _slip(number: str, rng: Random) -> str:
    """Return a number with one slip of the hand in its digits."""
    start = next(i for i, c in enumerate(number) if c.isdigit())
    digits = list(number[start:])
    way = rng.choice(["wrong", "swap", "missing", "letter"])
    at = rng.randrange(len(digits))
    if way == "wrong":
        digits[at] = rng.choice([d for d in "0123456789" if d != digits[at]])
    elif way == "swap" and at + 1 < len(digits):
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif way == "missing":
        del digits[at]
    else:
        digits = ["O" if d == "0" else d for d in digits]
    return number[:start] + "".join(digits)


def payer_text(client: str, habits: Habits, rates: Rates, rng: Random) -> str:
    """Return the payer as the bank prints it."""
    if rng.random() < rates.aggregator:
        return rng.choice(AGGREGATORS)
    name = client.upper()
    if habits.payer == "parent":
        return habits.parent.upper()
    if habits.payer == "nosuffix":
        words = name.split()
        return " ".join(words[:-1]) if len(words) > 2 else name
    if habits.payer == "cut":
        return name[:18]
    if habits.payer == "swapped":
        at = rng.randrange(1, max(2, len(name) - 2))
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at + 1 < len(name) else name
    return name

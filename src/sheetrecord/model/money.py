"""Money as integer minor units and an ISO 4217 currency; never a float in a sum.

The table is ISO 4217 (list one, active codes): libraries disagree on IQD, MGA and MRU,
so the figures stand here, where a reader can check them against the standard.
"""

import decimal
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

_TWO = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES
WST XCD XCG YER ZAR ZMW ZWG BOV CHE CHW COU MXV USN ANG BGN
"""
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

EXPONENTS: Final[dict[str, int]] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_ZERO.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    **dict.fromkeys(_FOUR.split(), 4),
}
"""Decimal places of each active ISO 4217 currency."""

RESIDUE: Final = Decimal("0.000001")
"""A cell may differ this much (major units) from whole minor units: float noise, not money."""

MAX_MINOR: Final = 10**15
"""Excel keeps 15 digits: an amount of this many minor units is not safe in a cell."""


class Money(NamedTuple):
    """An amount in minor units (cents) of one currency."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in major units, exact."""
        return to_major(self.minor, self.currency)

    def __str__(self) -> str:
        """Return e.g. ``1,234.50 EUR``."""
        return f"{self.major:,} {self.currency}".rstrip()


def exponent(currency: str) -> int:
    """Return the decimal places of a currency; 2 for a code that ISO 4217 does not list."""
    return EXPONENTS.get(currency, 2)


def to_major(minor: int, currency: str) -> Decimal:
    """Return minor units as an exact decimal of major units.

    >>> to_major(123456, "EUR"), to_major(1500, "JPY"), to_major(1, "KWD")
    (Decimal('1234.56'), Decimal('1500'), Decimal('0.001'))
    """
    return Decimal(minor).scaleb(-exponent(currency))


def to_minor(amount: float | Decimal, currency: str) -> tuple[int, bool]:
    """Return an amount in minor units and whether it was whole (within `RESIDUE`).

    A float is read as the shortest decimal that prints the same, as a person sees it; half a minor
    unit is rounded away from zero, as a spreadsheet's ROUND does.

    >>> to_minor(1234.56, "EUR"), to_minor(0.1 + 0.2, "EUR"), to_minor(33.333, "EUR")
    ((123456, True), (30, True), (3333, False))

    Raises ValueError for infinities, NaN and amounts beyond `MAX_MINOR`.
    """
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    if not exact.is_finite():
        raise ValueError(f"{amount} is not an amount")
    try:
        whole = exact.quantize(Decimal(1).scaleb(-exponent(currency)), ROUND_HALF_UP)
    except decimal.InvalidOperation as err:
        raise ValueError(f"{amount} is too large for an amount") from err
    minor = int(whole.scaleb(exponent(currency)))
    if abs(minor) >= MAX_MINOR:
        raise ValueError(f"{amount} is too large for an amount")
    return minor, abs(exact - whole) <= RESIDUE


def split(minor: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Split minor units by weights so that the parts add up exactly (largest remainder).

    Ties go to the earlier part, so the result is the same on every run.

    >>> split(10000, [1, 1, 1])
    [3334, 3333, 3333]
    >>> split(-100, [30, 40, 30])
    [-30, -40, -30]

    Raises ValueError when the weights are negative or all zero.
    """
    shares = [Decimal(weight) for weight in weights]
    total = sum(shares, Decimal(0))
    if total <= 0 or any(share < 0 for share in shares):
        raise ValueError("weights must be positive")
    sign, amount = (-1, -minor) if minor < 0 else (1, minor)
    numerators = [_whole(share, shares) * amount for share in shares]
    denominator = sum(_whole(share, shares) for share in shares)
    parts = [numerator // denominator for numerator in numerators]
    order = sorted(range(len(parts)), key=lambda i: (-(numerators[i] % denominator), i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def _whole(share: Decimal, shares: Sequence[Decimal]) -> int:
    """Scale a weight to an integer, the same way for all of them."""
    places = max(0, *(-int(s.as_tuple().exponent) for s in shares))
    return int(share.scaleb(places))

"""The amount of a row in a bank's CSV: signed, in two columns, by a flag, with separate fees."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.ledgers import amounts
from sheetrecord.ledgers.columns import ColumnRoles
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.signs import flag_sign, steps
from sheetrecord.ledgers.table import DelimitedRow


class Dialect(NamedTuple):
    """How an export writes dates and money; ``fee_on_top`` when fees are not in the amount.

    ``flag`` is the column whose words give the direction, -1 for none; ``words`` the meaning of the
    account's own words; ``proof`` what showed the direction.
    """

    columns: ColumnRoles
    order: str
    mark: str
    currency: str
    sign: int = 1
    fee_on_top: bool = False
    flag: int = -1
    words: Mapping[str, int] = {}
    proof: str = ""

    def amount(self, row: DelimitedRow) -> int | str | None:
        """Return a row's amount in minor units, None for a blank one, or what is wrong as text."""
        moved = self._signed(row) if "amount" in self.columns.at else self._sides(row)
        if not isinstance(moved, int):
            return moved
        return moved * self.sign - (self.fee(row) if self.fee_on_top else 0)

    def _signed(self, row: DelimitedRow) -> int | str | None:
        cell = self.columns.cell(row, "amount")
        minor = self._minor(cell)
        if minor is None:
            return self._bad(cell) if cell else None
        turn = self.way(row.cells[self.flag]) if 0 <= self.flag < len(row.cells) else 0
        if self.flag >= 0 and not turn:
            return "nothing says whether it came or went."
        return turn * abs(minor) if turn else minor

    def way(self, word: str) -> int:
        """Return 1 for a word for money in, -1 for one for money out, 0 for any other."""
        return self.words.get(plain(word), 0) or flag_sign(word)

    def shown(self, row: DelimitedRow, amount: int) -> str:
        """Return what proves the direction of a row with this amount."""
        if "amount" in self.columns.at:
            said = row.cells[self.flag] if 0 <= self.flag < len(row.cells) else ""
            return f"{self.proof} says {said!r}" if said else self.proof
        side = "credit" if amount > 0 else "debit"
        return f"it stands under {self.columns.heading(side)!r}"

    def _sides(self, row: DelimitedRow) -> int | str | None:
        sides: list[int] = []
        for role in ("credit", "debit"):
            minor = self._side(row, role)
            if isinstance(minor, str):
                return minor
            sides.append(minor)
        if sides[0] and sides[1]:
            return "money in and money out are both filled."
        filled = self.columns.cell(row, "credit") or self.columns.cell(row, "debit")
        return sides[0] - sides[1] if filled else None

    def _side(self, row: DelimitedRow, role: str) -> int | str:
        """Return what a side holds; a minus there must be how the column writes every amount."""
        cell = self.columns.cell(row, role)
        minor = self._minor(cell) if cell else 0
        if minor is None:
            return self._bad(cell)
        if minor < 0 and role not in self.columns.minus:
            side = self.columns.heading(role)
            return f"{cell!r} under {side!r} bears a minus, others there do not: in or out?"
        if minor > 0 and role in self.columns.minus:
            side = self.columns.heading(role)
            return f"{cell!r} under {side!r} bears no minus, as others there do: in or out?"
        return abs(minor)

    def fee(self, row: DelimitedRow) -> int:
        """Return the fee in a row (minor units), without its sign."""
        return abs(self._minor(self.columns.cell(row, "charges")) or 0)

    def balance(self, row: DelimitedRow) -> int | None:
        """Return the running balance after a row in minor units, None for none."""
        return self._minor(self.columns.cell(row, "balance"))

    def moves(self, rows: Sequence[DelimitedRow]) -> list[tuple[int, int]]:
        """Return (amount, running balance) in minor units of the rows that have both."""
        both = ((self.amount(row), self.balance(row)) for row in rows)
        return [(m, b) for m, b in both if isinstance(m, int) and b is not None]

    def charged(self, rows: Sequence[DelimitedRow]) -> "Dialect":
        """Return the dialect with fees added where the running balances include them.

        Only with its fees do a line's amount and the balances add up.
        """
        if self.fee_on_top or not any(self.fee(row) for row in rows):
            return self
        on_top = self._replace(fee_on_top=True)
        better = steps(on_top.moves(rows)) > steps(self.moves(rows))
        return on_top if better else self

    def doubtful(self, rows: Sequence[DelimitedRow]) -> bool:
        """Return True if rows have fees and nothing proves whether the amounts include them."""
        named = "gross" not in self.columns.at and any(self.fee(row) for row in rows)
        return named and not self.fee_on_top and not steps(self.moves(rows))

    def _minor(self, cell: str) -> int | None:
        if not cell or amounts.foreign(cell, self.currency):
            return None
        return amounts.parse(cell, self.mark, self.currency)

    def _bad(self, cell: str) -> str:
        other = amounts.foreign(cell, self.currency)
        if other:
            return f"{cell!r} is in {other}, the account in {self.currency}."
        return f"{cell!r} is not an amount in {self.currency}."

"""Report amounts that Fees cannot show because a money column was removed from it."""

from collections.abc import Container, Iterable, Mapping

from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.facts import Allocation, FeeLine
from sheetrecord.core.reconcile.input.fee_lines import COUNTS_AS
from sheetrecord.model.money import Money


def not_shown(
    rows: Iterable[Allocation],
    lines: Iterable[FeeLine],
    columns: Container[str],
    headers: Mapping[str, str],
) -> list[ControlException]:
    """Return a finding for each missing money column that would have something to show.

    Contractual retention shows without *Kept at payment*; what was kept beyond it does not, and
    would look outstanding. ``headers`` are the column names by key.
    """
    by_contract = {line.fee_id: line.retention for line in lines}
    sums: dict[tuple[str, str, str], int] = {}
    for row in rows:
        column = COUNTS_AS[row.kind]
        if column not in columns:
            key = (column, row.currency, row.fee_id)
            sums[key] = sums.get(key, 0) + row.amount
    missing: dict[tuple[str, str], int] = {}
    for (column, currency, fee_id), amount in sums.items():
        beyond = abs(amount) - (by_contract.get(fee_id, 0) if column == "kept" else 0)
        missing[column, currency] = missing.get((column, currency), 0) + max(0, beyond)
    return [
        ControlException(
            "column-missing",
            headers[column],
            amount,
            currency,
            0,
            _say(amount, currency, headers[column]),
        )
        for (column, currency), amount in sorted(missing.items())
        if amount
    ]


def _say(amount: int, currency: str, header: str) -> str:
    money = Money(amount, currency)
    return (
        f"Fees has no column {header!r}: {money} cannot be shown there. Add a column of that name."
    )

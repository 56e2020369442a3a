"""How contracts are usually paid: the fee templates that ship, line by line."""

from typing import Final, NamedTuple


class FeeSpecLine(NamedTuple):
    """One invoice line of a fee template.

    ``percent`` is a share of the agreed value, 0.3 for 30 %, None where the amount comes later;
    the line is planned ``offset_days`` and ``offset_months`` after what triggers it;
    ``description`` names a text of the label pack.
    """

    fee_type: str
    trigger: str
    percent: float | None
    offset_days: int
    offset_months: int
    description: str


FEE_TEMPLATES: Final[dict[str, tuple[FeeSpecLine, ...]]] = {
    "fixed_30_40_30": (
        FeeSpecLine("deposit", "on_signature", 0.3, 0, 0, "fee_deposit"),
        FeeSpecLine("milestone", "on_milestone", 0.4, 0, 0, "fee_halfway"),
        FeeSpecLine("milestone", "on_acceptance", 0.3, 0, 0, "fee_final"),
    ),
    "fixed_50_50": (
        FeeSpecLine("deposit", "on_signature", 0.5, 0, 0, "fee_deposit"),
        FeeSpecLine("milestone", "on_acceptance", 0.5, 0, 0, "fee_final"),
    ),
    "monthly_retainer": tuple(
        FeeSpecLine("retainer", "monthly", round(1 / 12, 6), 0, month, "fee_month")
        for month in range(12)
    ),
    "architect_phases": (
        FeeSpecLine("deposit", "on_signature", 0.10, 0, 0, "fee_initial"),
        FeeSpecLine("milestone", "on_milestone", 0.15, 0, 1, "fee_schematic"),
        FeeSpecLine("milestone", "on_milestone", 0.15, 0, 3, "fee_development"),
        FeeSpecLine("milestone", "on_milestone", 0.40, 0, 6, "fee_documents"),
        FeeSpecLine("milestone", "on_milestone", 0.05, 0, 8, "fee_bidding"),
        FeeSpecLine("progress", "monthly", 0.15, 0, 9, "fee_construction"),
    ),
    "fixed_and_hours": (
        FeeSpecLine("deposit", "on_signature", 0.3, 0, 0, "fee_fixed_part"),
        FeeSpecLine("milestone", "on_acceptance", 0.7, 0, 0, "fee_fixed_rest"),
        FeeSpecLine("time_materials", "monthly", None, 0, 0, "fee_hours"),
        FeeSpecLine("reimbursable", "as_incurred", None, 0, 0, "fee_expenses"),
    ),
    "success_fee": (FeeSpecLine("success", "on_milestone", None, 0, 0, "fee_success"),),
    "time_materials": (
        FeeSpecLine("time_materials", "monthly", None, 0, 0, "fee_hours"),
        FeeSpecLine("reimbursable", "as_incurred", None, 0, 0, "fee_expenses"),
    ),
}
"""How contracts are usually paid; a firm edits them in Settings."""

"""Drop-downs and input messages: they help and warn, and never refuse what a person types."""

from typing import Any, Final

from sheetrecord.formats.template.plan import FIRST_ROW, SheetPlan, TemplatePlan
from sheetrecord.schema.column import Column, Kind

BEYOND: Final = 200
"""Rows below the ready-made ones that are helped too."""

_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
_FAR: Final = 1e15


def guard(worksheet: Any, plan: TemplatePlan, sheet: SheetPlan, column: Column) -> None:
    """Add a column's input message and drop-down to its data cells."""
    words = plan.words
    options = _check(plan, column)
    if not column.helper:
        options["input_title"] = words.columns[sheet.key][column.key][:_LONGEST_TITLE]
        options["input_message"] = words.help[sheet.key][column.key][:_LONGEST_TEXT]
    number = sheet.number(column.key) - 1
    worksheet.data_validation(FIRST_ROW - 1, number, sheet.last_row - 1 + BEYOND, number, options)


def _check(plan: TemplatePlan, column: Column) -> dict[str, object]:
    source = _source(plan, column)
    if column.derived or column.kind is Kind.ID:
        # Sheet protection would also forbid sorting, deleting rows and unfolding columns (Excel
        # refuses all three as soon as one cell concerned is locked), so the check itself stops
        # typing over what the engine fills; what is pasted over is found by `validate`.
        never = _said(plan, "fills_itself", validate="custom", value="=FALSE", ignore_blank=False)
        return {**never, "error_type": "stop"}
    if source:
        return _said(plan, "not_listed", validate="list", source=source)
    if column.kind is Kind.DATE:
        return _said(plan, "odd_date", validate="date", criteria=">=", value="=DATE(1990,1,1)")
    if column.kind in {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}:
        return _said(
            plan,
            "odd_number",
            validate="decimal",
            criteria="between",
            minimum=-_FAR,
            maximum=_FAR,
        )
    return {"validate": "any"}


def _source(plan: TemplatePlan, column: Column) -> str:
    """Return the range that feeds a column's drop-down, or nothing."""
    if column.kind in {Kind.ENUM, Kind.FLAG}:
        return f"={plan.list(column.enum, 'label')}"
    if column.kind is Kind.CURRENCY:
        return f"={plan.list('currency', 'code')}"
    if column.kind is Kind.REF and column.to_sheet == "Deal":
        return f"={plan.data('Deal', 'deal_id')}"
    return ""


def _said(plan: TemplatePlan, text: str, **options: object) -> dict[str, object]:
    """Return a check that warns and lets the person keep what was typed."""
    words = plan.words.words
    title, message = words[text][:_LONGEST_TITLE], words[f"{text}_text"][:_LONGEST_TEXT]
    return {**options, "error_type": "warning", "error_title": title, "error_message": message}

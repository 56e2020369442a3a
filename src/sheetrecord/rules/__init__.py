"""Rules: what can be wrong with a record, each declared once with its reason and examples."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

from sheetrecord.rules.rule import RULES, Rule

FAMILIES: Final = (
    *(
        "workbook.headers",
        "workbook.gate_basis",
        "workbook.versions",
        "workbook.types",
        "workbook.fillers",
        "workbook.rows",
        "workbook.links",
    ),
    *("deal.selling", "deal.closing", "deal.dates", "deal.handover", "deal.paper", "deal.clients"),
    *(
        "context.questions",
        "context.optional_questions",
        "context.people",
        "context.incomplete_answers",
        "context.timing",
        "context.reminders",
        "context.junk",
    ),
    *(
        "commitments.capture",
        "commitments.fences",
        "commitments.contradictions",
        "commitments.decisions",
        "commitments.keeping",
    ),
    *("project.summary", "project.milestones", "project.changes"),
    *("fees.planned", "fees.triggers", "fees.waiting", "fees.invoices", "fees.cash"),
)
"""Our rule modules, in the order in which `explain` and the docs list them."""


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return every rule by code, ours and those of installed packages.

    A package adds rules through the entry point group ``sheetrecord.rules``, whose value is a
    module that declares them with `rule.rule` or `rule.book_rule`, as our own modules do.
    """
    for family in FAMILIES:
        import_module(f"sheetrecord.rules.{family}")
    return RULES

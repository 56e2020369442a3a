"""A rule as JSON."""

from inspect import cleandoc

from sheetrecord.contract.check import RuleAnswer
from sheetrecord.rules.names import in_general
from sheetrecord.rules.rule import Rule


def rule_answer(rule: Rule) -> RuleAnswer:
    """Return what `explain` says of a rule."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word,
        "message": in_general(rule.message),
        "do": in_general(rule.do),
        "why": cleandoc(rule.doc),
    }

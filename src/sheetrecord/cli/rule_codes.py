"""Codes of rules as people type them: one that means no rule is an error, never an empty choice."""

import click

from sheetrecord.app.plugins import load_plugins
from sheetrecord.model.closest_words import meant, nearest
from sheetrecord.rules import load_rules


def chosen(option: str, text: str) -> tuple[str, ...]:
    """Return the codes, or beginnings of codes, that an option lists between commas.

    Raises UsageError for one with which no rule's code begins, and for a list of nothing.
    """
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    if not text:
        return ()
    load_plugins()
    rules = load_rules()
    if not codes:
        raise click.UsageError(f"{option} names no rule. Write codes or families, such as CTX,COM.")
    for code in codes:
        if not any(rule.startswith(code) for rule in rules):
            raise click.UsageError(f'{option}: no rule is called "{code}". {_near(code)}')
    return codes


def known(code: str) -> str:
    """Return the code of a rule. Raises UsageError, with what may be meant, when there is none."""
    load_plugins()
    if code.upper() in load_rules():
        return code.upper()
    alike = [rule for rule in load_rules() if rule.startswith(code.upper()[:3])]
    more = f" Those that begin alike: {', '.join(alike)}." if alike else ""
    raise click.UsageError(f'There is no rule "{code}". {_near(code.upper())}{more}')


def _near(code: str) -> str:
    """Return what somebody may have meant: a family for a word of letters, else a whole code."""
    rules = load_rules()
    families = list(dict.fromkeys(rule.partition("-")[0] for rule in rules))
    if not any(char.isdigit() for char in code):
        named = [rule.name for rule in rules.values()]
        return meant(code, nearest(code, families) or nearest(code, named) or families)
    alike = [rule for rule in rules if rule.startswith(code.partition("-")[0])]
    return meant(code, nearest(code, alike) or nearest(code, rules) or alike or families)

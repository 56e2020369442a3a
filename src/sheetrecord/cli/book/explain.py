"""`sheetrecord explain`: why a rule exists, a bad and a good example, how to mend or waive it."""

import click

from sheetrecord.app.plugins import load_plugins
from sheetrecord.cli import options, printing, rule_codes
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.rule import rule_answer
from sheetrecord.rules.names import in_general
from sheetrecord.rules.rule import RULES, Rule


@click.command("explain")
@click.argument("code", required=False)
@options.format_option("text", "json")
def command(code: str | None, *, format_: str) -> int:
    """Say why a rule exists, with a bad and a good example. Without CODE, list all rules.

    \b
    Examples:
      sheetrecord explain CTX-001
      sheetrecord explain
    """
    load_plugins()
    if code is None:
        printing.document(_listing(format_))
        return 0
    rule = (
        next((r for r in RULES.values() if r.name == code), None) or RULES[rule_codes.known(code)]
    )
    printing.document(_json(rule) if format_ == "json" else text(rule))
    return 0


def text(rule: Rule) -> str:
    """Return a rule's page for the terminal."""
    from inspect import cleandoc

    head = f"{rule.code}  {rule.name}  ({rule.severity.word})"
    told = f"{in_general(rule.message)}\n{in_general(rule.do)}"
    return f"{head}\n\n{told}\n\n{cleandoc(rule.doc)}"


def _listing(format_: str) -> str:
    if format_ == "json":
        return "[" + ",\n ".join(_json(rule) for rule in RULES.values()) + "]"
    return "\n".join(
        f"{rule.code:<10}{rule.severity.word:<9}{rule.name}" for rule in RULES.values()
    )


def _json(rule: Rule) -> str:
    return as_json(rule_answer(rule))

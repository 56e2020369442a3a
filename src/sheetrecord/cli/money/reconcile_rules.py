"""What `reconcile rules` does: list the account rules of a workbook, or take one away."""

from collections.abc import Sequence

import click

from sheetrecord.app.reconcile.accounts import drop_rule
from sheetrecord.cli import printing
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.money.reconcile_actions import session_of
from sheetrecord.cli.printing import as_json
from sheetrecord.core.reconcile.review.account_rules import AccountRule

_SCHEMA = 1


def rules(book: str, rule_id: str, format_: str, *, remove: bool) -> int:
    """List the rules, show one, or take one away."""
    session, _ = session_of(book, None)
    found = [rule for rule in session.held.rules if rule_id in ("", rule.rule_id)]
    if rule_id and not found:
        known = ", ".join(rule.rule_id for rule in session.held.rules) or "none"
        raise click.UsageError(f"There is no account rule {rule_id}. Known: {known}.")
    if remove:
        if not rule_id:
            raise click.UsageError("Nothing to remove: name the rule that `reconcile rules` lists.")
        done = drop_rule(session, rule_id)
        again = sum(1 for said in done.result.categories.values() if not said)
        printing.line(f"{rule_id} is taken away; lines that are asked about again: {again}.")
        return 0
    printing.document(listed(found, format_))
    return 0


def listed(found: Sequence[AccountRule], format_: str) -> str:
    """Return the rules as text or JSON."""
    if format_ == "json":
        return as_json({"schema": _SCHEMA, "rules": [rule._asdict() for rule in found]}) + "\n"
    if not found:
        return "No account rule is held: `not a fee` in Review makes one.\n"
    lines = []
    for rule in found:
        who = rule.payer or "no payer named"
        text = f", text with {rule.words.lower()}" if rule.words else ""
        lines.append(f"{rule.rule_id}  {rule.category}: {who}{text}")
        by = f" by {rule.by}" if rule.by else ""
        where = f", account {rule.account}" if rule.account else ""
        lines.append(f"    since {rule.since}{by}, because of {rule.bank_id}{where}")
    return joined(lines) + "\n"

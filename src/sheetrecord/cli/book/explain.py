"""`sheetrecord explain`: why a rule exists, a bad and a good example, how to mend or waive it."""

from collections.abc import Sequence
from textwrap import indent

import click

from sheetrecord.app.plugins import load_plugins
from sheetrecord.cli import options, printing, rule_codes
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.printing import as_json
from sheetrecord.cli.texts.rules import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.contract.answers.rule import rule_answer
from sheetrecord.rules.rule import RULES, Rule


@click.command("explain")
@click.argument("words", nargs=-1, metavar="[BOOK] [CODE]", type=BookWords())
@options.format_option("text", "json")
def command(words: tuple[str, ...], *, format_: str) -> int:
    """Say why a rule exists, with a bad and a good example. Without CODE, list all rules.

    With BOOK in the language of that workbook, else in English.

    \b
    Examples:
      sheetrecord explain CTX-001
      sheetrecord explain firm.xlsx CTX-001
      sheetrecord explain
    """
    load_plugins()
    told = options.words(words)
    [code] = told.at_most(1, "a workbook and the code of a rule")
    if not code:
        printing.document(_listing(format_))
        return 0
    rule = (
        next((r for r in RULES.values() if r.name == code), None) or RULES[rule_codes.known(code)]
    )
    language = _language(told.books)
    printing.document(_json(rule) if format_ == "json" else text(rule, language))
    return 0


def _language(books: Sequence[str]) -> str:
    """Return the language of a named workbook, English without one."""
    if not books:
        return "en"
    from sheetrecord.app.validate import read_record

    [address] = options.books(books[:1])
    return read_record(address, today=options.today())[1].layout.language


def text(rule: Rule, language: str = "en") -> str:
    """Return a rule's page for the terminal."""
    from sheetrecord.formats.explained import explained

    says, found = Says(language, TEXTS), explained(rule, language)
    head = f"{found.code}  {found.name}  ({says.say(found.severity.word)})"
    parts = [head, f"{found.message}\n{found.do}", *found.why]
    for word, examples in (("bad", found.bad), ("good", found.good)):
        parts += [f"{says.say(word)}:\n\n{indent(one, '  ')}" for one in examples]
    return "\n\n".join(parts)


def _listing(format_: str) -> str:
    if format_ == "json":
        return "[" + ",\n ".join(_json(rule) for rule in RULES.values()) + "]"
    return "\n".join(
        f"{rule.code:<10}{rule.severity.word:<9}{rule.name}" for rule in RULES.values()
    )


def _json(rule: Rule) -> str:
    return as_json(rule_answer(rule))

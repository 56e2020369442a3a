"""`sheetrecord init`: a folder set up for a firm, with its settings and its workbook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING

import click

from sheetrecord.app import create
from sheetrecord.app.begin import Begun, SetupRequest, begin
from sheetrecord.cli import options, printing
from sheetrecord.cli.book.new import TEMPLATES
from sheetrecord.cli.change_output import PLAN
from sheetrecord.cli.output_option import Writes
from sheetrecord.model.errors import BadSettings
from sheetrecord.schema.packs import LANGUAGES

if TYPE_CHECKING:
    from sheetrecord.contract.changes import InitAnswer

_SALTS = 10_000
_NOWHERE = "-"


@click.command("init")
@click.argument("folder", metavar="[FOLDER]", default=".", type=Writes("settings and book"))
@click.option("--template", type=click.Choice(TEMPLATES), help="What kind of firm it is for.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of sheets and labels.")
@click.option("--currency", metavar="CODE", help="The firm's currency, such as EUR.")
@click.option("--name", metavar="NAME", help="The firm; its workbook is called so.")
@click.option(
    "--publish", "view", metavar="TARGET", help="Where the view for ops goes; - for none."
)
@PLAN
@options.format_option("text", "json")
def command(
    folder: Path,
    *,
    template: str | None,
    lang: str | None,
    currency: str | None,
    name: str | None,
    view: str | None,
    only_plan: bool,
    format_: str,
) -> int:
    """Set up a folder: a commented sheetrecord.toml and a new workbook. Nothing is overwritten.

    What no option tells is asked on a terminal, five things at the most; elsewhere the defaults
    are taken. The settings file counts as confirmed: you have just made it.

    \b
    Examples:
      sheetrecord init
      sheetrecord init clients --template agency --lang de --currency CHF --name Muster
      sheetrecord init . --publish - --plan
    """
    template = template or _ask("What kind of firm is it for?", "consultancy", TEMPLATES)
    usual = _usual(template)
    lang = lang or _ask("Which language?", usual[0], LANGUAGES)
    currency = currency or _ask("Which currency?", usual[1])
    name = name or _ask("What is the firm called?", "firm")
    view = view or _ask("Where is the view for ops put? (- for nowhere yet)", "view")
    salt = randbelow(_SALTS)
    book = create.NewWorkbookRequest(template, lang, currency.strip().upper(), salt=salt)
    request = SetupRequest(folder, name, "" if view.strip() == _NOWHERE else view.strip(), book)
    try:
        made = begin(request, today=options.today(), only_plan=only_plan)
    except BadSettings as error:
        raise click.UsageError(str(error)) from error
    printing.document(
        printing.as_json(_json(made, only_plan=only_plan))
        if format_ == "json"
        else _text(made, only_plan=only_plan)
    )
    return 0


def _ask(question: str, usual: str, choices: tuple[str, ...] = ()) -> str:
    """Ask on a terminal; elsewhere, and for an empty answer, it is the usual one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return usual
    kind = click.Choice(choices, case_sensitive=False) if choices else None
    answer: str = click.prompt(question, default=usual, type=kind, err=True)
    return answer


def _usual(template: str) -> tuple[str, str]:
    """Return the language and currency of a template; the language of this computer if it ships."""
    from sheetrecord.formats.template import TEMPLATES as SPECS

    spec = SPECS[template]
    asked = sys.stdin.isatty() and sys.stderr.isatty()
    here = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2] if asked else ""
    return (here if here in LANGUAGES else spec.language), spec.currency


def _text(made: Begun, *, only_plan: bool) -> str:
    if only_plan:
        return (
            f"would write  {made.settings}\nwould write  {made.book}\n\n{made.text}\n"
            "This is the plan; nothing was written."
        )
    above = f"\nThe settings of {made.above} do not hold in it." if made.above else ""
    return (
        f"{made.settings}: the settings, with everything else that can be set as comments.\n"
        f"{made.book}: a new record.{above}\n"
        "Fill it in Excel, LibreOffice or Google Sheets; then, in that folder: sheetrecord validate"
    )


def _json(made: Begun, *, only_plan: bool) -> InitAnswer:
    return {
        "schema": 1,
        "settings": str(made.settings),
        "book": str(made.book),
        "text": made.text,
        "written": not only_plan,
    }

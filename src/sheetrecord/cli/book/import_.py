"""`sheetrecord import`: bring the deals of a sales system into the record, as often as wanted."""

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import click

from sheetrecord.app.handover import Opened, open_handover
from sheetrecord.app.learn.crm_import import (
    ImportDraft,
    ImportRequest,
    draft,
    files_at,
    owners_in,
    write,
)
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.book.import_text import as_data, as_text
from sheetrecord.cli.change_output import BY, PLAN, remind
from sheetrecord.cli.output_option import Reads
from sheetrecord.cli.texts.learned import TEXTS, told_in
from sheetrecord.cli.texts.text import Says
from sheetrecord.core.crm.facts import SYSTEMS, ImportAnswers, ImportQuestion
from sheetrecord.ledgers.crm.vocabulary import folded
from sheetrecord.model.money import EXPONENTS
from sheetrecord.schema.lists import STAGE_TYPE

MEANINGS: Final = {
    "id": "id", "name": "deal_name", "client": "client", "stage": "stage", "status": "status",
    "value": "amount", "currency": "currency", "close": "close", "owner": "owner",
    "contacts": "contacts", "next-step": "next_step", "lost-reason": "lost_reason",
}  # fmt: skip
"""What a column may be said to hold, as people type it."""
_MANY: Final = 20
"""Choices that are too many to be listed behind a question."""
_TABLES: Final = frozenset({".csv", ".tsv", ".txt"})
"""Files that hold no record of their own, wherever they stand among the words."""


@click.command("import")
@click.argument("words", nargs=-1, metavar="BOOK FILE...", type=BookWords(), required=True)
@click.option("--from", "system", type=click.Choice(SYSTEMS), help="Which system exported it.")
@click.option("--currency", metavar="CODE", default="", help="Of amounts that name none.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="How 03/04/2026 is read.")
@click.option("--decimal", type=click.Choice([",", "."]), help="How 1.234 is read.")
@click.option("--stage", metavar="WORD=STAGE", multiple=True, help="Which stage a word means.")
@click.option("--owner", metavar="NUMBER=NAME", multiple=True, help="Who a number is.")
@click.option("--users", type=Reads(), metavar="FILE", help="The system's list of its users.")
@click.option("--column", metavar="HEADING=MEANING", multiple=True, help="What a column holds.")
@click.option("--same", metavar="REF=DEAL", multiple=True, help="Which deal it is, or REF=new.")
@click.option(
    "--keep", type=click.Choice(["ours", "crm"]), help="Whose word counts where both changed."
)
@BY
@PLAN
@options.asof
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    system: str | None,
    currency: str,
    date_order: str | None,
    decimal: str | None,
    stage: tuple[str, ...],
    owner: tuple[str, ...],
    users: Path | None,
    column: tuple[str, ...],
    same: tuple[str, ...],
    keep: str | None,
    by: str,
    only_plan: bool,
    asof: dt.date | None,
    format_: str,
) -> int:
    """Bring deals of HubSpot, Pipedrive, Salesforce, Zoho, Close, Attio or a table into the record.

    A deal is known again by its number (Crm ref), so the same export twice changes nothing. What a
    person changed in the record stands; where the CRM changed too, both are shown. A cell that
    cannot be read for certain is refused by its address. What only you know is asked first, all at
    once, and remembered in the workbook; --column takes id, name, client, stage, status, value,
    currency, close, owner, contacts, next-step or lost-reason.

    \b
    Examples:
      sheetrecord import firm.xlsx deals.csv --plan
      sheetrecord import firm.xlsx report.csv --from salesforce --currency EUR
      sheetrecord import firm.xlsx list.csv --stage "Warm=proposal" --column "Deal Size=value"

    Exits with 1 when a cell was refused, a question or a conflict is open.
    """
    book, paths = _apart(words)
    if currency and currency.upper() not in EXPONENTS:
        raise click.UsageError(f'"{currency}" is no currency such as EUR.')
    people = {} if users is None else owners_in(users)
    given = ImportAnswers(
        currency.upper(),
        date_order or "",
        decimal or "",
        {word: _stage(value) for word, value in _pairs("--stage", stage)},
        people | dict(_pairs("--owner", owner)),
        {word: _meaning(value) for word, value in _pairs("--column", column)},
        {word.casefold(): value for word, value in _raw_pairs("--same", same)},
    )
    asked = ImportRequest(files_at(paths), system or "", given, keep or "", by)
    opened = open_handover(book, today=options.today(), asof=asof, only_plan=only_plan)
    remind(book, opened.context.parsed)
    made = _answered(opened, asked)
    written = False if only_plan else write(made)
    if format_ == "json":
        printing.document(printing.as_json(as_data(made, written=written)))
    else:
        printing.lines(as_text(made, only_plan=only_plan))
    return int(bool(made.ask) or _left(made))


def _left(made: ImportDraft) -> bool:
    """Tell whether anything of the files waits for a person."""
    conflicts = any(one.conflicts for file in made.plan.verdicts for one in file)
    return conflicts or any(made.plan.refused)


def _apart(words: tuple[str, ...]) -> tuple[str, list[Path]]:
    """Return the workbook, which is named first if it is, and the files."""
    named = options.words(words).books
    table = Path(words[0]).suffix.lower() in _TABLES
    first = words[:1] if words[0] in named and not table else ()
    files = [Path(word) for word in words[len(first) :]]
    if not files:
        raise click.UsageError("Name the files to import: BOOK FILE...")
    return options.books(first)[0], files


def _answered(opened: Opened, asked: ImportRequest) -> ImportDraft:
    """Plan an import; on a terminal what is open is asked, all of it, until nothing is."""
    made = draft(opened, asked, today=options.today())
    while made.ask and sys.stdin.isatty() and sys.stderr.isatty():
        language = opened.context.parsed.layout.language
        for question in made.ask:
            asked = asked._replace(given=_told(question, language).over(asked.given))
        made = draft(opened, asked, today=options.today())
    return made


def _told(question: ImportQuestion, language: str) -> ImportAnswers:
    """Ask one question on the terminal."""
    known = tuple(sorted(EXPONENTS)) if question.kind == "currency" else question.choices
    kind = click.Choice(known, case_sensitive=False) if known else None
    few = len(known) < _MANY
    asked = Says(language, TEXTS).say("which", what=told_in(language, question.text))
    said = str(click.prompt(asked, type=kind, show_choices=few, err=True)).strip()
    word = folded(question.subject)
    if question.kind == "stage":
        return ImportAnswers(stages={word: _stage(said)})
    if question.kind == "owner":
        return ImportAnswers(owners={word: said})
    if question.kind == "column":
        return ImportAnswers(columns={folded(said): question.subject})
    if question.kind == "same":
        return ImportAnswers(same={question.subject.casefold(): said})
    return (
        ImportAnswers(date_order=said)
        if question.kind == "date_order"
        else ImportAnswers(said.upper())
    )


def _raw_pairs(option: str, told: Iterable[str]) -> Iterable[tuple[str, str]]:
    for one in told:
        word, mark, value = one.rpartition("=")
        if not mark or not word.strip() or not value.strip():
            raise click.UsageError(f'{option} "{one}" is not of the form WORD=VALUE.')
        yield word.strip(), value.strip()


def _pairs(option: str, told: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((folded(word), value) for word, value in _raw_pairs(option, told))


def _stage(word: str) -> str:
    return _of(word, {stage: stage for stage in STAGE_TYPE}, "stage")


def _meaning(word: str) -> str:
    return _of(word, MEANINGS, "meaning of a column")


def _of(word: str, known: Mapping[str, str], what: str) -> str:
    found = known.get(word.casefold())
    if found is None:
        raise click.UsageError(f'"{word}" is no {what}: {", ".join(known)}.')
    return found

"""`sheetrecord validate`: every problem at once, with its cell, a code and how to mend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sheetrecord.app.validate import Checked, validate
from sheetrecord.cli import (
    options,
    printing,
    rule_codes,
    which,
)
from sheetrecord.cli.address import BookAddress, BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.fast_validate import exit_code
from sheetrecord.cli.words import looks_like_id
from sheetrecord.core.check import Selection
from sheetrecord.model.progress import each
from sheetrecord.schema.lists import STAGE_RANK

if TYPE_CHECKING:
    from sheetrecord.cli.book.validate_outputs import ValidateOutputs

_FORMATS = ("text", "json", "sarif", "junit", "github", "html")
_GATES = [stage for stage, rank in STAGE_RANK.items() if rank]


@click.command("validate")
@click.argument(
    "words", nargs=-1, metavar="BOOK... [DEAL]", type=BookWords(), shell_complete=complete
)
@which.DEAL
@click.option("--gate", type=click.Choice(_GATES), help="Judge as if deals had come this far.")
@click.option("--select", metavar="CODES", default="", help="Only these rules or families.")
@click.option("--ignore", metavar="CODES", default="", help="All but these rules or families.")
@click.option("--notes", is_flag=True, help="Show notes too, not only errors and warnings.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--fix", is_flag=True, help="Mend what has one meaning; say first what changes.")
@click.option("--annotate", is_flag=True, help="Leave notes on the cells and a sheet of problems.")
@click.option("--clean", is_flag=True, help="Take the notes and the sheet of problems away again.")
@click.option("--plan", is_flag=True, help="Only show what --fix or --annotate would write.")
@click.option(
    "--against",
    metavar="FILE|store",
    type=BookAddress(),
    default="",
    help="Tell columns that moved against their rows since a file, or the last sync (store).",
)
@options.format_option(*_FORMATS)
@options.asof
def command(
    words: tuple[str, ...],
    deal: str,
    gate: str | None,
    select: str,
    ignore: str,
    *,
    notes: bool,
    strict: bool,
    fix: bool,
    annotate: bool,
    clean: bool,
    plan: bool,
    against: str,
    format_: str,
    asof: dt.date | None,
) -> int:
    """List every problem of one or more workbooks: cell, code, what is wrong, what to do.

    BOOK is a workbook (.xlsx, .xlsm), a folder of CSV files, or an alias of sheetrecord.toml.

    \b
    Examples:
      sheetrecord validate firm.xlsx
      sheetrecord validate firm.xlsx D-0007 --gate won
      sheetrecord validate firm.xlsx --format github --select CTX,COM
      sheetrecord validate firm.xlsx --fix --plan
      sheetrecord validate firm.xlsx --fix --annotate
      sheetrecord validate firm.xlsx --against backup.xlsx

    Exits with 0 when there are no errors, 1 when there are, 3 when a book cannot be read or, with
    --fix, --annotate and --clean, not be written; what is printed is as the book stands then. With
    --fix --plan the plan is followed by what would remain.
    """
    if plan and not (fix or annotate or clean):
        raise click.UsageError("--plan shows what --fix, --annotate or --clean would write.")
    if annotate and clean:
        raise click.UsageError("--annotate leaves notes, --clean takes them away: choose one.")
    if against and (fix or annotate or clean or asof):
        raise click.UsageError("--against only compares: leave the other out.")
    books, deal = _books_and_deal(words, deal)
    rank = STAGE_RANK[gate] if gate else None
    chosen = Selection(
        deal, rank, rule_codes.chosen("--select", select), rule_codes.chosen("--ignore", ignore)
    )
    chosen_of = [
        (address, chosen._replace(severities=settings.severities))
        for address, settings in options.given(books)
    ]
    if fix or annotate or clean:
        from sheetrecord.cli.book.validate_outputs import ValidateOutputs

        wanted = ValidateOutputs(fix, annotate, clean, plan, notes, quiet=format_ != "text")
        checked, stands = _rewritten(chosen_of, asof, wanted)
    elif against:
        stands = checked = [_against(address, against, choice) for address, choice in chosen_of]
    else:
        today = options.today()
        stands = checked = [
            validate(address, today=today, asof=asof, choice=choice)
            for address, choice in each(chosen_of, "workbooks checked")
        ]
    if deal:
        which.one_deal(
            deal, {k: v for one in checked for k, v in one.report.record.by_deal.items()}
        )
    from sheetrecord.cli.render import render

    printing.document(render(format_, checked, notes=notes), commands=format_ == "github")
    return exit_code(stands, strict=strict)


def _rewritten(
    chosen_of: Sequence[tuple[str, Selection]], asof: dt.date | None, wanted: ValidateOutputs
) -> tuple[list[Checked], list[Checked]]:
    """Write what was asked for; return the checks that are shown, and those as books stand now."""
    from sheetrecord.cli.book.validate_outputs import rewritten

    made = [rewritten(address, asof, choice, wanted) for address, choice in chosen_of]
    return [one.shown for one in made], [one.stands for one in made]


def _against(address: str, against: str, choice: Selection) -> Checked:
    from sheetrecord.app import moved_columns

    day = options.today()
    if against == moved_columns.STORE:
        base, name = (
            moved_columns.synced_side(address, options.config([address]), day),
            moved_columns.SYNCED,
        )
    else:
        base, name = moved_columns.read_side(options.books([against])[0], day), against
    return moved_columns.checked_against(address, base, name, choice, day)


def _books_and_deal(words: tuple[str, ...], deal: str) -> tuple[tuple[str, ...], str]:
    """Return the books and the deal that were named; a lone word is a book, be it there or not."""
    told = options.words(words)
    if len(told.others) == 1 and not told.books and not deal and not looks_like_id(words[0]):
        return words, ""
    [word] = told.at_most(1, "workbooks and a deal")
    return told.books, deal or word

"""`sheetrecord reconcile`: fees against the bank and the ledger, and what follows from it."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress, BookWords
from sheetrecord.cli.change_output import BY, PLAN
from sheetrecord.cli.money import (
    reconcile_actions,
    reconcile_dunning,
    reconcile_export,
    reconcile_rules,
)
from sheetrecord.cli.money.reconcile_actions import ReconcileOptions
from sheetrecord.cli.output_option import FORCE, TO, Reads, Writes

_OLD = "sheetrecord.plan-file"
"""Where the parser leaves for the command that ``--plan FILE`` was typed."""


class ReconcileGroup(click.Group):
    """A group whose first word may be a workbook: then it is a run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert ``run`` unless the first word is a command of the group."""
        if args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            read = _with_save_plan(args)
            ctx.meta[_OLD] = read != args
            args = ["run", *read]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of ``run`` too, which is the default command."""
        of_run = (one.get_help_record(ctx) for one in self.commands["run"].get_params(ctx))
        with formatter.section("Options of a run (reconcile BOOK ...)"):
            formatter.write_dl([record for record in of_run if record is not None])
        super().format_options(ctx, formatter)


def _with_save_plan(args: list[str]) -> list[str]:
    """Read ``--plan FILE.json`` as people wrote it before; they are told when it was obeyed.

    No workbook and no file of a bank ends with .json, so nothing else can be meant by it.
    """
    read: list[str] = []
    for word in args:
        name, mark, value = word.partition("=")
        if word.lower().endswith(".json") and read[-1:] == ["--plan"]:
            read[-1:] = ["--save-plan", word]
        elif name == "--plan" and mark:
            read += ["--save-plan", value]
        else:
            read.append(word)
    return read


@click.group("reconcile", cls=ReconcileGroup)
def command() -> None:
    """Reconcile fees with the bank and the ledger: which receipt paid what, what is still open.

    `sheetrecord reconcile BOOK --bank FILE` is a dry run: it prints the verdict, what needs
    somebody and what would be posted, and writes nothing. --apply writes it; --save-plan keeps it
    for later.

    \b
    Examples:
      sheetrecord reconcile firm.xlsx --bank may.csv
      sheetrecord reconcile firm.xlsx --bank may.csv --ledger xero.csv --apply --report may
      sheetrecord reconcile firm.xlsx --apply
      sheetrecord reconcile read may.csv --currency EUR
      sheetrecord reconcile explain firm.xlsx B-1f0c
      sheetrecord reconcile close firm.xlsx 2026-05

    Exits with 0 when nothing is open, 1 when items need a person, 2 when a file cannot be used,
    3 when a control total fails or the world refuses, 4 when a closed month would change,
    5 when somebody else has the workbook open or saved it; with 2 to 5 nothing was written.
    """


FILES = (
    click.option("--bank", metavar="FILE", multiple=True, type=Reads(),
                 help="A file of the bank: CSV, XLSX, CAMT, OFX, MT940, Norma 43, BAI2, QIF; or a "
                 "payment service's itemised payouts. Repeatable."),
    click.option("--ledger", metavar="FILE", multiple=True, type=Reads(),
                 help="The bookkeeping system's invoices. Repeatable."),
    click.option("--profile", metavar="NAME", default="", help="The account whose export it is."),
    click.option("--currency", metavar="CODE", default="", help="The account's currency."),
    click.option("--date-order", type=click.Choice(("dmy", "mdy", "ymd")), default=None,
                 help="How the files write dates, if they do not prove it."),
    click.option("--positive", type=click.Choice(("in", "out")), default=None,
                 help="What a positive amount is, money in or out, if the files do not prove it."),
)  # fmt: skip


def _files(function: Any) -> Any:
    for option in reversed(FILES):
        function = option(function)
    return function


def _account(function: object) -> Any:
    """Declare what may be said of an account, without the files themselves."""
    for option in reversed(FILES[2:]):
        function = option(function)
    return function


def _words(given: dict[str, Any]) -> ReconcileOptions:
    return ReconcileOptions(**{key: given[key] for key in ReconcileOptions._fields if key in given})


@command.command("run")
@click.argument("book", required=False, metavar="[BOOK]", type=BookAddress())
@_files
@click.option(
    "--auto",
    type=click.Choice(("certain", "none")),
    default="certain",
    show_default=True,
    help="What may be posted without a person.",
)
@click.option(
    "--tolerance-fee",
    metavar="30/3%",
    default="",
    help="How much a bank may have kept of a payment: at most so much money, and so many percent.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Write nothing while a row is not read, a file cannot prove it is whole or a total fails.",
)
@click.option("--apply", is_flag=True, help="Write it into the workbook, in one step.")
@click.option("--plan", "only_plan", is_flag=True, help="Write nothing at all: a dry run.")
@click.option(
    "--save-plan",
    metavar="FILE",
    type=Writes("what would be posted"),
    help="Write what would be posted into a .json file, for `reconcile apply`.",
)
@click.option(
    "--report",
    metavar="DIR",
    type=Writes("the report"),
    help="Write the report: a page, a workbook, exceptions.csv, report.json.",
)
@FORCE
@BY
@options.format_option("text", "json")
@options.asof
def run(book: str | None, **given: object) -> int:
    """Match the bank's lines to invoices; print the verdict, or write it with --apply."""
    code = reconcile_actions.guarded(lambda: reconcile_actions.run(book, _words(given)))
    if click.get_current_context().meta.get(_OLD) and code < reconcile_actions.BAD_INPUT:
        told = "a plan is saved by --save-plan FILE; the next release does not read --plan FILE."
        printing.error(told)
    return code


@command.command("read")
@click.argument("files", nargs=-1, required=True, metavar="[BOOK] FILE...", type=BookWords())
@_account
@options.format_option("text", "json")
@options.asof
def read(files: tuple[str, ...], **given: object) -> int:
    """Show files of a bank as they were understood: each line, what proves its sign, what is not.

    Lines read, rows left out and headings or totals add up to the rows of each file. Exits with 1
    when a row that was left out may be a payment, with 2 when a file is refused.
    """
    return reconcile_actions.guarded(lambda: reconcile_actions.read(files, _words(given)))


@command.command("apply")
@click.argument("plan", type=Reads(exists=True, dir_okay=False))
@click.argument("book", required=False, metavar="[BOOK]", type=BookAddress())
@BY
@options.format_option("text", "json")
def apply(plan: Path, book: str | None, by: str, format_: str) -> int:
    """Write what a plan file says, unless the workbook or a file has changed since."""
    return reconcile_actions.guarded(lambda: reconcile_actions.apply_plan(plan, book, by, format_))


@command.command("review")
@click.argument("book", required=False, metavar="[BOOK]", type=BookAddress())
@options.format_option("text", "json")
@options.asof
def review(book: str | None, format_: str, asof: dt.date | None) -> int:
    """List the questions that stand in the Review sheet."""
    return reconcile_actions.guarded(lambda: reconcile_actions.review(book, format_, asof))


@command.command("profiles")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("name", required=False, default="", metavar="[NAME]")
@click.option("--remove", is_flag=True, help="Take it out of the workbook.")
@options.format_option("text", "json")
def profiles(book: str, name: str, format_: str, *, remove: bool) -> int:
    """List the accounts whose exports are known; with NAME show one, as sheetrecord.toml has it."""
    return reconcile_actions.guarded(
        lambda: reconcile_actions.profiles(book, name, format_, remove=remove)
    )


@command.command("rules")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("rule_id", required=False, default="", metavar="[RULE]")
@click.option("--remove", is_flag=True, help="Take it away: its lines are asked about again.")
@options.format_option("text", "json")
def rules(book: str, rule_id: str, format_: str, *, remove: bool) -> int:
    """List what is no fee because somebody said so once: whose lines are set aside, and since when.

    A rule posts nothing, and sets a line aside only when nothing else is known of it: it is like no
    client, quotes no invoice, and no open invoice has its amount.
    """
    return reconcile_actions.guarded(
        lambda: reconcile_rules.rules(book, rule_id, format_, remove=remove)
    )


@command.command("dunning")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.option("--client", metavar="NAME", default="", help="Only clients whose name has this.")
@click.option(
    "--language",
    type=click.Choice(("en", "de", "es", "fr", "el")),
    default=None,
    help="The letters' language, if not the workbook's.",
)
@options.format_option("text", "json")
@options.asof
def dunning(
    book: str, client: str, language: str | None, format_: str, asof: dt.date | None
) -> int:
    """List who is late with what, how late, and the text of a letter for each. Sends nothing.

    What is disputed or retained is not asked for. Exits with 1 when somebody is late.
    """
    return reconcile_actions.guarded(
        lambda: reconcile_dunning.dunning(book, client, language or "", format_, asof)
    )


@command.command("export")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("period", metavar="YYYY-MM")
@click.option(
    "--for",
    "system",
    type=click.Choice(("xero", "quickbooks", "datev")),
    required=True,
    help="The bookkeeping system that imports it.",
)
@click.option(
    "--invoices", is_flag=True, help="Book the invoices of the period too, not receipts alone."
)
@TO("the bookings")
@PLAN
@FORCE
@options.format_option("text", "json")
@options.asof
def export(
    book: str, period: str, system: str, out: Path, format_: str, asof: dt.date | None,
    *, invoices: bool, only_plan: bool, force: bool,
) -> int:  # fmt: skip
    """Write the bookings of a month, or of several (2026-04..2026-06), for a bookkeeping system.

    Receipts, fees, discounts, taxes withheld and write-offs as they are posted; with --invoices
    what was invoiced too. The accounts stand in sheetrecord.toml, [export.SYSTEM]; none is guessed.
    What is not booked is named. Exits with 1 when something is left to book by hand.
    """
    words = reconcile_export.ExportOptions(
        period, system, out, invoices, only_plan, force, format_, asof
    )
    return reconcile_actions.guarded(lambda: reconcile_export.export(book, words))


@command.command("selftest")
def selftest() -> int:
    """Try everything on a made-up firm in a temporary folder, and say what holds."""
    return reconcile_actions.guarded(reconcile_actions.selftest)


@command.command("explain")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("bank_id", metavar="BANK-ID")
@_files
@options.asof
def explain(book: str, bank_id: str, **given: object) -> int:
    """Say why one bank line is read as it is: every rule tried, the arithmetic, other readings."""
    return reconcile_actions.guarded(
        lambda: reconcile_actions.explain(book, bank_id, _words(given))
    )


@command.command("undo")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("alloc_id", metavar="ALLOC-ID")
@click.option("--why", metavar="TEXT", default="", help="Why it is taken back.")
@click.option("--correct", is_flag=True, help="If its month is closed, correct it in an open one.")
@BY
@options.asof
def undo(
    book: str, alloc_id: str, why: str, by: str, asof: dt.date | None, *, correct: bool
) -> int:
    """Take an allocation back, with those posted with it: by reversal, nothing is deleted."""
    return reconcile_actions.guarded(
        lambda: reconcile_actions.undo(book, alloc_id, (by, why), asof, correct=correct)
    )


@command.command("close")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("month", metavar="YYYY-MM")
@click.option(
    "--waive",
    metavar='"C1 D-0001=why"',
    multiple=True,
    help="Accept a control that fails, with the reason. Repeatable.",
)
@click.option("--seal", is_flag=True, help="Seal a closed month: it can never be reopened.")
@click.option(
    "--ledger",
    metavar="FILE",
    multiple=True,
    type=Reads(),
    help="The bookkeeping system's invoices, to agree with. Repeatable.",
)
@BY
@options.asof
def close(
    book: str, month: str, waive: tuple[str, ...], ledger: tuple[Path, ...], by: str,
    asof: dt.date | None, *, seal: bool,
) -> int:  # fmt: skip
    """Close a month when all control totals agree; afterwards it changes only by corrections."""
    told = reconcile_actions.CloseOptions(month, waive, ledger, by, seal)
    return reconcile_actions.guarded(lambda: reconcile_actions.close(book, told, asof))


@command.command("reopen")
@click.argument("book", metavar="BOOK", type=BookAddress())
@click.argument("month", metavar="YYYY-MM")
@click.option("--reason", metavar="TEXT", required=True, help="Why; it is shown for ever.")
@BY
@options.asof
def reopen(book: str, month: str, reason: str, by: str, asof: dt.date | None) -> int:
    """Reopen a closed month, with the reason."""
    return reconcile_actions.guarded(
        lambda: reconcile_actions.reopen(book, month, (by, reason), asof)
    )

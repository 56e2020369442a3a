"""`sheetrecord open`: a workbook in the program that this computer opens it with."""

import shutil
import subprocess
import sys
from typing import Final

import click

from sheetrecord.app.deals import cell_of
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.model.errors import SystemRefuses
from sheetrecord.workbooks.addresses import whole
from sheetrecord.workbooks.kinds import is_path, stands

_WAIT: Final = 3.0
"""Seconds in which the desktop says that no program opens a file; a program that runs is one."""


@click.command("open")
@click.argument(
    "words", nargs=-1, metavar="[BOOK] [DEAL]", type=BookWords(), shell_complete=complete
)
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would be opened.")
def command(words: tuple[str, ...], *, only_plan: bool) -> int:
    """Open a workbook, and say in which cell a deal's row begins: no program opens at a cell.

    \b
    Examples:
      sheetrecord open firm.xlsx
      sheetrecord open firm.xlsx D-0007
    """
    told = options.words(words)
    [deal] = told.at_most(1, "a workbook and a deal")
    books = options.books(told.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    says = Says("en", TEXTS)  # a workbook that is only opened is not read
    if deal:
        found = cell_of(books[0], deal, today=options.today())
        says = Says(found.language, TEXTS)
        deal_id = which.one_deal(deal, found.deals)
        printing.line(says.say("stands in", deal=deal_id, place=found.cell))
    if only_plan:
        printing.line(says.say("would open", book=books[0]))
        return 0
    if not is_path(books[0]):
        raise SystemRefuses(books[0], "it is no file of this computer.", "Open it where it is.")
    if not stands(books[0]) or not _opened(books[0]):
        why = "no program here opens it." if stands(books[0]) else "there is no such file."
        raise SystemRefuses(books[0], why, "Open it by hand.")
    return 0


def _opened(path: str) -> bool:
    """Have the desktop open a file; what its helpers print is nothing for the terminal."""
    if sys.platform in {"win32", "darwin"}:
        return click.launch(path) == 0
    program, quiet = shutil.which("xdg-open"), subprocess.DEVNULL
    if program is None:
        return False
    words = [program, whole(path)]  # whose first letter is no dash
    process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - no shell
    try:
        return process.wait(_WAIT) == 0
    except subprocess.TimeoutExpired:
        return True

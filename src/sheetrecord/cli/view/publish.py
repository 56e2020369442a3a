"""`sheetrecord publish`: the read-only view, as pages in a folder or as a workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import kept_at
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.context import Given
from sheetrecord.cli.output_option import FORCE, Writes
from sheetrecord.cli.printing import as_json
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.workbooks.kinds import plain_address

if TYPE_CHECKING:
    from sheetrecord.app.publish import Published
    from sheetrecord.contract.changes import PublishAnswer

_SHOWN = 12
_EVERY = "*"


@click.command("publish")
@click.argument("book", required=False, metavar="[BOOK]", type=BookAddress())
@click.option(
    "--to",
    metavar="TARGET",
    type=Writes("the view", kept_as=str),
    help="A folder for pages, a file.xlsx, or gsheet:KEY. Default: view.",
)
@FORCE
@click.option(
    "--audience",
    type=click.Choice(tuple(AUDIENCES)),
    default="ops",
    show_default=True,
    help="For whom: it decides what is in the view at all.",
)
@click.option("--client", metavar="NAME", default="", help="Only this client's deals.")
@click.option("--deal", "deals", metavar="ID", multiple=True, help="Only this deal; repeatable.")
@click.option("--by", metavar="NAME", default="", help="Who publishes; default: your user name.")
@click.option(
    "--why",
    is_flag=False,
    flag_value=_EVERY,
    metavar="[DEAL]",
    help="List what this audience does not get, and by which rule; write nothing.",
)
@click.option("--plan", is_flag=True, help="Say what would change and write nothing.")
@options.trust
@options.format_option("text", "json")
@options.asof
def command(
    book: str | None,
    to: str | None,
    audience: str,
    client: str,
    deals: tuple[str, ...],
    by: str,
    *,
    why: str | None,
    plan: bool,
    force: bool,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Publish the read-only view: an index, a page for each deal, a search that needs no server.

    Open index.html from a share, or put the folder on any web host. Only changed pages are
    rewritten, in one step.

    \b
    Examples:
      sheetrecord publish firm.xlsx --to view
      sheetrecord publish firm.xlsx --audience finance --to finance.xlsx
      sheetrecord publish firm.xlsx --to gsheet:KEY
      sheetrecord publish firm.xlsx --audience client --client "Acme GmbH" --to acme
      sheetrecord publish firm.xlsx --audience ops --why D-0007
    """
    from sheetrecord.app.publish import PublishRequest, publish

    if why is not None and book is None and Path(why).exists():
        book, why = why, _EVERY  # the workbook stands where a deal may stand
    address, settings = options.given([book] if book else [])[0]
    if why is not None:
        deal = "" if why == _EVERY else why
        return tell_why(Given(address, settings), audience, deal, format_, asof)
    target = _target(to, audience, settings)
    request = PublishRequest(
        audience, target, by or _user(), client, deals, plan, force, _read(settings)
    )
    done = publish(address, request, today=options.today(), asof=asof, settings=settings)
    printing.document(_json(done, plan=plan) if format_ == "json" else _text(done, plan=plan))
    if done.reminder:
        printing.line(done.reminder, err=True)
    return 0


def tell_why(given: Given, audience: str, deal: str, format_: str, asof: dt.date | None) -> int:
    """Print what an audience does not get, of all deals or of one."""
    from sheetrecord.app.withheld import why
    from sheetrecord.cli.view import withheld_text as words

    address, settings = given
    found = why(address, audience, deal, today=options.today(), asof=asof, settings=settings)
    printing.document(words.as_json(found) if format_ == "json" else words.text(found))
    return 0


def kept_view(settings: Config) -> tuple[Path, Config] | None:
    """Return where the view for ops is kept, when the settings of a book say so, and these.

    Raises Unconfirmed: to be asked before the book is changed, not after.
    """
    target = kept_at(settings, "ops")
    return (target, settings) if target else None


def refresh(address: str, view: tuple[Path, Config], by: str, asof: dt.date | None) -> None:
    """Publish the view for ops again, where it is kept, after a deal was closed.

    Its lines go to standard error, beside the command's result.
    """
    from sheetrecord.app.publish import PublishRequest, publish

    target, settings = view
    request = PublishRequest("ops", target, by, inputs=_read(settings))
    done = publish(address, request, today=options.today(), asof=asof, settings=settings)
    printing.document(_text(done, plan=False), err=True)


def ops_levels(settings: Config) -> frozenset[str]:
    """Return the share levels of rows that ops sees, as the settings file tightens them."""
    from sheetrecord.app.audience import audience_of

    return audience_of("ops", settings).levels


def _target(to: str | None, audience: str, settings: Config) -> Path:
    """Return where to publish: as typed, as the settings file says, or the folder ``view``."""
    if to is None:
        usual = "view" if audience == "ops" else f"view-{audience}"
        return kept_at(settings, audience) or Path(usual)
    return Path(plain_address(to))


def _read(settings: Config) -> tuple[Path, ...]:
    """Return what a publication reads beside the workbook."""
    return (settings.path,) if settings.path else ()


def _user() -> str:
    """Return the name of the person at this machine, nothing where it is not known."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _text(done: Published, *, plan: bool) -> str:
    lines = _planned(done) if plan else []
    deals = _counted(done.deals, "deal")
    if not done.written and not done.removed:
        lines.append(f"{done.path}: {deals}, nothing has changed.")
    else:
        files = f"{_counted(len(done.written), 'file')} {'to write' if plan else 'written'}"
        gone = f", {len(done.removed)} removed" if done.removed else ""
        lines.append(f"{done.path}: {deals}, {files}, {done.kept} as before{gone}.")
    lines += _altered(done, plan=plan)
    return joined([*lines, *_unread(done), *_cells(done), *_unsure(done)])


def _planned(done: Published) -> list[str]:
    """Return what would be written and removed, the first few by name."""
    lines = [f"would write   {name}" for name in done.written[:_SHOWN]]
    more = len(done.written) - _SHOWN
    lines += [f"              ... and {more} more"] if more > 0 else []
    return [*lines, *(f"would remove  {name}" for name in done.removed[:_SHOWN])]


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _unsure(done: Published) -> list[str]:
    """Say of which deals it is not certain whose they are: the view says so as well."""
    more = len(done.unsure) - _SHOWN
    lines = [f"Not certain whose: {one}" for one in done.unsure[:_SHOWN]]
    return [*lines, f"... and {more} more."] if more > 0 else lines


def _altered(done: Published, *, plan: bool) -> list[str]:
    """Say which files are not as they were published: somebody changed them or took them away."""
    again = "would be written" if plan else "is written"
    lines = [
        f"{name}: not as it was published; somebody changed it or took it away. It {again} again."
        for name in done.altered[:_SHOWN]
    ]
    more = len(done.altered) - _SHOWN
    return [*lines, f"... and {more} more files."] if more > 0 else lines


def _unread(done: Published) -> list[str]:
    """Say which rows are kept back because nobody can tell who may see them."""
    if not done.unread:
        return []
    count = len(done.unread)
    rows = "1 row is" if count == 1 else f"{count} rows are"
    cells = ", ".join(one.where.address for one in done.unread[:_SHOWN])
    more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
    return [
        f"{rows} withheld: their Share cannot be read ({cells}{more}).",
        "`sheetrecord publish --why` lists all that is withheld; `sheetrecord validate` helps.",
    ]


def _cells(done: Published) -> list[str]:
    """Say which cells the view lacks because nobody can read them."""
    if not done.unread_cells:
        return []
    count = len(done.unread_cells)
    cells = _counted(count, "cell")
    more = f"; and {count - _SHOWN} more" if count > _SHOWN else ""
    named = "; ".join(done.unread_cells[:_SHOWN])
    why = "`sheetrecord validate` says why."
    return [f"Missing in it and in its sums, because nobody can read {cells}: {named}{more}. {why}"]


def _json(done: Published, *, plan: bool) -> str:
    told: PublishAnswer = {
        "schema": 1,
        "path": str(done.path),
        "plan": plan,
        "deals": done.deals,
        "written": done.written,
        "kept": done.kept,
        "removed": done.removed,
        "unsure": list(done.unsure),
        "altered": list(done.altered),
        "unread": [one.where.address for one in done.unread],
        "unread_cells": list(done.unread_cells),
    }
    return as_json(told)

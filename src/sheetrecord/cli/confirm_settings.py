"""A person's word for a settings file: asked for once, before what it names is used."""

import sys
from typing import Final

import click

from sheetrecord.app.settings import trust as known
from sheetrecord.app.settings.config import Config
from sheetrecord.cli import printing
from sheetrecord.cli.context import BookFinder
from sheetrecord.model.errors import SheetRecordError, Unconfirmed

_TRUST: Final = "sheetrecord.trust"
_SAID: Final = "sheetrecord.said"


def _heard(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
    ctx.meta[_TRUST] = value


trust = click.option(
    "--trust",
    is_flag=True,
    expose_value=False,
    callback=_heard,
    help="Confirm the settings file as it is now: what it names may be used.",
)
"""The option of every command that uses a store, an output or a copy that settings name."""


def finder() -> BookFinder:
    """Return what finds settings for the command that runs; with --plan it remembers nothing."""
    return BookFinder(vouch, keep=not _only_plan())


def trusting() -> bool:
    """Return True if --trust was given."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(_TRUST))


def vouch(config: Config, what: str) -> None:
    """Ask once whether a settings file may name ``what``. Raises Unconfirmed if not."""
    ctx = click.get_current_context(silent=True)
    said = ctx.meta.setdefault(_SAID, set()) if ctx else set()
    if config.path is None or config.digest in said or known.confirmed(config.path, config.digest):
        return
    why = known.doubt(config.path)
    if not trusting() and not _asked(config, why):
        raise Unconfirmed(config.path, why, [what])
    said.add(config.digest)
    if not _only_plan():
        _remember(config)


def _remember(config: Config) -> None:
    try:
        if config.path is not None:
            known.confirm(config.path, config.digest)
    except (OSError, SheetRecordError) as error:
        printing.line(f"This could not be remembered, and will be asked again: {error}", err=True)


def _asked(config: Config, why: str) -> bool:
    """Ask on the terminal, with all that the file names; without one nobody answers."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    names = (f"  {line}" for line in _named(config))
    printing.lines((f"{config.path}: {why}. It names:", *names), err=True)
    return click.confirm("May these be used from now on?", default=False, err=True)


def _named(config: Config) -> list[str]:
    """Return each store, copy and output that a settings file names, on a line."""
    tables = config.tables
    store = tables.get("store", {})
    views = tables.get("publish", {})
    return [
        *(f"store   {text}" for text in filter(None, (store.get("url"), store.get("record")))),
        *(f"copy    {config.beside(copy['path'])}" for copy in tables.get("copies", {}).values()),
        *(f"view    {config.beside(view['to'])}" for view in views.values() if view.get("to")),
        *(f"book    {book}" for book in filter(None, (config.book, *config.books.values()))),
    ]


def _only_plan() -> bool:
    """Tell whether the command only shows what it would do."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and (ctx.params.get("only_plan") or ctx.params.get("plan")))

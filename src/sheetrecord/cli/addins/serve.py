"""`sheetrecord serve`: the page with the installed engine behind it, on this machine alone."""

import importlib.util
from pathlib import Path

import click

from sheetrecord.cli import options, printing
from sheetrecord.model.errors import MissingExtra


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
def command(port: int) -> int:
    """Show the page at an address of this machine, with the installed engine behind it.

    It adds what a page alone cannot do: sync, conflicts, history and reconciliation of workbooks
    that sheetrecord.toml names. Nothing outside this machine can ask it, and no other page; it ends
    after 30 minutes in which nobody does. Open the address that it prints.

    \b
    Example:
      sheetrecord serve
    """
    for package in ("starlette", "uvicorn"):
        if importlib.util.find_spec(package) is None:
            raise MissingExtra(package, "serve")
    from sheetrecord.files.state_folder import state_path
    from sheetrecord.hosting.service.run import secret, serve

    settings = options.config()
    books = dict(settings.books)
    if settings.book:
        books.setdefault(Path(settings.book).name, settings.book)
    serve(port, secret(Path(state_path("serve.token"))), books, printing.line)
    return 0

"""`sheetrecord web`: the page that checks a record where it is dropped, as a static folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetrecord.cli import printing
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.output_option import FORCE, Reads, Writes

if TYPE_CHECKING:
    from sheetrecord.hosting.folder import FolderDone


@click.command("web")
@click.argument("folder", type=Writes("the folder"))
@click.option("--url", metavar="URL", default="", help="Where it will stand; adds the Excel pane.")
@click.option(
    "--runtime",
    metavar="DIR",
    type=Reads(exists=True, file_okay=False),
    help="A folder with the npm package pyodide, where npm is not to fetch it.",
)
@FORCE
@click.option("--plan", is_flag=True, help="Say what would change and write nothing.")
def command(folder: Path, url: str, runtime: Path | None, *, force: bool, plan: bool) -> int:
    """Write the page into FOLDER: put it on any https host, and nobody needs to install anything.

    A workbook that is dropped on the page is checked in the browser, by this engine; nothing of it
    leaves the machine. Python for the browser is fetched with npm, once for each run, and used only
    if it is the pinned one.

    \b
    Examples:
      sheetrecord web page
      sheetrecord web page --url https://firm.example/record/
      sheetrecord web page --runtime node_modules/pyodide
    """
    from sheetrecord.app.output_kinds import fit_folder
    from sheetrecord.hosting.folder import FolderRequest, write_folder

    fit_folder(folder, "the page")
    done = write_folder(FolderRequest(folder, url, runtime, plan, force))
    printing.document(joined(_text(done, plan=plan)))
    return 0


def _text(done: "FolderDone", *, plan: bool) -> Iterator[str]:
    would = "would be " if plan else ""
    yield (
        f"{done.path}: {len(done.written)} files {would}written, {done.kept} as they were, "
        f"{len(done.removed)} {would}removed."
    )
    yield f"Over the wire, packed: {_mb(done.first)} for a first check, {_mb(done.whole)} in all."
    if not plan:
        yield "Put the folder on an https host. To try it here: python -m http.server in it."


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"

"""`sheetrecord addin`: put a menu of ours into a spreadsheet program."""

from pathlib import Path

import click

from sheetrecord.app.addins import libreoffice
from sheetrecord.app.output_kinds import EXTENSION
from sheetrecord.cli import printing
from sheetrecord.cli.output_option import FORCE, TO, Writes
from sheetrecord.files.output import OutputKind, guard


@click.group("addin")
def command() -> None:
    """Put a menu into a spreadsheet program: check, close, accept, sync, where people work.

    Which way suits whom, and what each was tried on, stands in docs/live.md.

    \b
    Examples:
      sheetrecord addin libreoffice
      sheetrecord addin excel --url https://firm.example/record/ --to manifest.xml
      sheetrecord addin google
    """


@command.command("google")
def into_google() -> int:
    """Print the script that is pasted into a Google spreadsheet.

    \b
    Example:
      sheetrecord addin google

    In the spreadsheet: Extensions, Apps Script, paste it in place of what is there, save, and load
    the spreadsheet again. Its menu writes requests; `sheetrecord sync --watch` answers them.
    """
    from sheetrecord.app.addins.google import script

    printing.document(script())
    return 0


@command.command("libreoffice")
@click.option("--to", type=Writes("the extension"), help="Only write the .oxt file, to hand on.")
@FORCE
@click.option("--plan", is_flag=True, help="Say what would be done and do nothing.")
def into_libreoffice(*, to: Path | None, force: bool, plan: bool) -> int:
    """Install the menu and toolbar into LibreOffice 7.0 or newer, for you alone.

    \b
    Examples:
      sheetrecord addin libreoffice
      sheetrecord addin libreoffice --to sheetrecord.oxt

    Close LibreOffice first, and start it again afterwards. The extension runs the sheetrecord
    that is installed on this computer.
    """
    if to is not None:
        out = guard(to, EXTENSION, (), force=force)
        if not plan:
            out.write(libreoffice.extension())
        told = "would be written" if plan else "written"
        printing.line(f"{out.path}: {told}. Open it in LibreOffice to install it.")
        return 0
    program = libreoffice.installer()
    if plan:
        printing.line(f"The extension would be installed by {program}. Nothing was done.")
        return 0
    libreoffice.install(program)
    printing.line("Installed. Start LibreOffice again: Calc has a menu Sheet Record now.")
    return 0


@command.command("excel")
@click.option("--url", metavar="URL", required=True, help="The https address of the page's folder.")
@TO("the manifest")
@FORCE
def excel(url: str, out: Path, *, force: bool) -> int:
    """Write the manifest of the Excel pane for the address at which the page's folder stands.

    One file for Windows, Mac and Excel in a browser. An administrator uploads it once for all; made
    again for the same address it takes the place of the earlier one. docs/excel.md says where.

    \b
    Example:
      sheetrecord addin excel --url https://firm.example/record/ --to manifest.xml
    """
    from sheetrecord.hosting.manifest import is_manifest, manifest, pane_address

    text = manifest(pane_address(url))
    kind = OutputKind("addin excel", "a manifest", (".xml",), is_manifest)
    target = guard(out, kind, (), force=force)
    target.write(text.encode())
    printing.line(f"{target.path}: the manifest of the Excel pane. docs/excel.md says what next.")
    return 0

"""`sheetrecord addin`: what a spreadsheet program needs to show the record's pane or menu."""

from pathlib import Path

import click

from sheetrecord.cli import printing
from sheetrecord.cli.output_option import FORCE, TO
from sheetrecord.files.output import OutputKind, guard


@click.group("addin")
def command() -> None:
    """Make what adds the record to a spreadsheet program.

    \b
    Example:
      sheetrecord addin excel --url https://firm.example/record/ --to manifest.xml
    """


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

"""`sheetrecord schema`: every column of the record, as a list or as JSON Schema."""

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import bold
from sheetrecord.cli.printing import as_json
from sheetrecord.model.closest_words import meant


@click.command("schema")
@click.argument("sheet", required=False)
@options.format_option("text", "json")
def command(sheet: str | None, *, format_: str) -> int:
    """Show every column of the record, or its JSON Schema (--format json).

    The word settings in place of a sheet prints the JSON Schema of sheetrecord.toml, for editors.

    \b
    Examples:
      sheetrecord schema Deal
      sheetrecord schema --format json > record.schema.json
      sheetrecord schema settings > settings.schema.json
    """
    from sheetrecord.schema.sheets import SHEETS

    sheet = _named(sheet) if sheet else None
    if sheet == "settings":
        from sheetrecord.app.settings.models import json_schema as of_settings

        printing.document(as_json(of_settings()))
        return 0
    wanted = [SHEETS[sheet]] if sheet else list(SHEETS.values())
    if format_ == "json":
        from sheetrecord.core.jsonschema import json_schema

        printing.document(as_json(json_schema(wanted)))
        return 0
    for declared in wanted:
        printing.line(bold(declared.sheet))
        for column in declared.columns:
            need = f"from {column.from_stage}" if column.from_stage else ""
            need += " (said only)" if need and not column.blocks else ""
            line = f"  {column.key:<22}{column.kind.value:<11}{column.owner.value:<9}{need:<24}"
            printing.line(f"{line}{column.help}")
    return 0


def _named(word: str) -> str:
    """Return the sheet, or the settings, that a word names in any case. Raises UsageError."""
    from sheetrecord.schema.sheets import SHEETS

    known = (*SHEETS, "settings")
    if found := {one.casefold(): one for one in known}.get(word.casefold()):
        return found
    raise click.UsageError(f'There is no sheet "{word}". {meant(word, known)}')

"""`sheetrecord schema`: every column of the record, as a list or as JSON Schema."""

import click

from sheetrecord.cli import options


@click.command("schema")
@click.argument("sheet", required=False)
@options.format_option("text", "json")
def command(sheet: str | None, *, format_: str) -> int:
    """Show every column of the record, or its JSON Schema (--format json).

    \b
    Examples:
      sheetrecord schema Deal
      sheetrecord schema --format json > record.schema.json
    """
    from sheetrecord.schema.sheets import SHEETS

    if sheet is not None and sheet not in SHEETS:
        raise click.UsageError(f'There is no sheet "{sheet}". The sheets are: {", ".join(SHEETS)}.')
    wanted = [SHEETS[sheet]] if sheet else list(SHEETS.values())
    if format_ == "json":
        import json

        from sheetrecord.core.jsonschema import json_schema

        click.echo(json.dumps(json_schema(wanted), ensure_ascii=False, indent=1))
        return 0
    for declared in wanted:
        click.echo(click.style(declared.sheet, bold=True))
        for column in declared.columns:
            need = f"from {column.from_stage}" if column.from_stage else ""
            need += " (said only)" if need and not column.blocks else ""
            line = f"  {column.key:<22}{column.kind.value:<11}{column.owner.value:<9}{need:<24}"
            click.echo(f"{line}{column.help}")
    return 0

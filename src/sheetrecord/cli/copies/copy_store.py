"""`sheetrecord copy-store`: move records from one store to another."""

import click

from sheetrecord.cli import options, printing
from sheetrecord.cli.format_values import count
from sheetrecord.cli.output_option import Writes
from sheetrecord.cli.printing import as_json


@click.command("copy-store")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO", type=Writes("the copied store", kept_as=str))
@click.option("--record", default="", metavar="ID", help="Only this record; without it, all.")
@options.format_option("text", "json")
def command(source: str, target: str, *, record: str, format_: str) -> int:
    """Copy records with all of their past into another store.

    FROM and TO are sqlite:PATH or postgresql://USER@HOST/DATABASE. The copy has the same rows,
    conflicts, generations and the same ledger, down to its last hash; it is checked before it
    counts. FROM stays as it is: write the new address into sheetrecord.toml, then keep the old
    store as a backup.

    \b
    Examples:
      sheetrecord copy-store sqlite:firm.db postgresql://sync@db/records
      sheetrecord copy-store postgresql://sync@db/records sqlite:backup.db
    """
    from sheetrecord.app.store_copy import copy_store

    copied = copy_store(source, target, record)
    if format_ == "json":
        printing.document(as_json([one._asdict() for one in copied]))
        return 0
    for one in copied:
        head = f", head {one.head[:12]}" if one.head else ""
        printing.line(f"{one.record}: {one.entries} ledger entries{head}")
    many = count(len(copied), "record")
    printing.line(f"{many} copied to {copied[0].where}." if copied else "No records.")
    return 0

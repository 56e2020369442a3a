"""Check a record's sheets with frictionless: types, choices and unique ids of every column."""

import json
import sys
from pathlib import Path

import frictionless
from frictionless import Dialect, Resource, Schema, fields, formats, validate

frictionless.system.trusted = True
book, told = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
KINDS = {"date": fields.DateField, "money": fields.NumberField, "number": fields.NumberField}
KINDS["percentage"] = fields.NumberField
for sheet, columns in told.items():
    schema = Schema(
        fields=[
            KINDS.get(c["kind"], fields.StringField if c["choices"] else fields.AnyField)(
                name=c["header"],
                constraints={
                    **({"enum": c["choices"]} if c["choices"] else {}),
                    **({"unique": True} if c["unique"] else {}),
                },
            )
            for c in columns
        ]
    )
    dialect = Dialect(header_rows=[3])
    dialect.add_control(formats.ExcelControl(sheet=sheet))
    report = validate(Resource(path=book, dialect=dialect, schema=schema))
    print(sheet, report.stats["errors"])

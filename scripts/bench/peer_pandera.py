"""Check a record's sheets with pandera: types, choices and unique ids of every column."""

import json
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

book, told = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
frames = pd.read_excel(book, sheet_name=list(told), header=2, engine="calamine", dtype=object)
for sheet, columns in told.items():
    frame = frames[sheet].dropna(how="all")
    checks = {}
    for c in columns:
        found = []
        if c["choices"]:
            found.append(pa.Check.isin([*c["choices"], ""]))
        if c["kind"] in {"money", "number", "percentage"}:
            found.append(pa.Check(lambda s: s.map(lambda v: isinstance(v, int | float))))
        if c["kind"] == "date":
            found.append(pa.Check(lambda s: s.map(lambda v: hasattr(v, "year"))))
        checks[c["header"]] = pa.Column(object, found, nullable=True, required=True)
    try:
        pa.DataFrameSchema(checks, unique=[columns[0]["header"]]).validate(frame, lazy=True)
        print(sheet, 0)
    except pa.errors.SchemaErrors as error:
        print(sheet, len(error.failure_cases))

"""Check a workbook that came as bytes, as a web form or a mail gives it; nothing is written."""

from pathlib import Path

import sheetrecord

upload = Path("firm.xlsx").read_bytes()
record = sheetrecord.open(upload)
errors = [problem for problem in record.problems() if problem.severity.word == "error"]
print({"deals": len(record.deals), "errors": len(errors)})

# Prints:
# {'deals': 52, 'errors': ...}

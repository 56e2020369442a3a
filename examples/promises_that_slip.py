"""Promises with a day that has passed and that nobody has delivered."""

import datetime as dt

import sheetrecord

record = sheetrecord.open("firm.xlsx", today=dt.date(2026, 6, 30))
today = record.rows.settings.asof
late = [
    (rows.id, said.what)
    for rows in record.rows.by_deal.values()
    for said in rows.commitments
    if said.due_on and said.due_on < today and said.progress not in {"delivered", "accepted"}
]
print(f"{len(late)} as of {today}")

# Prints:
# ... as of 2026-06-30

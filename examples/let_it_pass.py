"""Let a gate item pass until a day, for a reason that ops sees."""

import datetime as dt

import sheetrecord

record = sheetrecord.open("firm.xlsx")
plan = record.waive("D-0047", ["CTX-002"], by="Ana", why="Sole bidder", until=dt.date(2026, 9, 30))
plan.apply()
print(record.deal("D-0047").deal.waived_why)

# Prints:
# ...Sole bidder...

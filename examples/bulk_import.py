"""Make a record of what a CRM exported: frames, or plain mappings as here."""

import csv
import io

import sheetrecord

EXPORT = """Client,Deal,Stage,"Value, net",Currency
Acme Works,Rollout,proposal,12000.50,EUR
Bolt & Co,Audit,won,9000,EUR
"""
rows = list(csv.DictReader(io.StringIO(EXPORT)))
for number, row in enumerate(rows, start=1):
    row["deal_id"] = f"D-{number:04}"
made = sheetrecord.from_frames({"Deal": rows}, "from-crm.xlsx", template="agency")
print(sheetrecord.open(made).deal("acme").deal.value_net, "cents")

# Prints:
# 1200050 cents

"""Close a deal: look at the plan first, then write it, all of it or nothing."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")
plan = record.promote("D-0045", by="Mara")
print(plan.outcome, plan.ok)
for change in plan.changes[:2]:
    print(change.where.address, change.header, change.old, "->", change.new)
plan.apply()
print(record.deal("D-0045").deal.handover_state)

# Prints:
# promoted True
# ...
# offered

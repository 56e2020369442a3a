"""Both sides of a handover: sales closes, ops accepts and confirms at the kickoff."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")
record.promote("D-0045", by="Mara").apply()
record.accept("D-0045", by="Jon", note="Thank you").apply()
record.confirm("D-0045", by="Jon", kickoff=True).apply()
print(record.deal("D-0045").deal.handover_state)

# Prints:
# confirmed

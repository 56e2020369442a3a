"""Work on a workbook that a script of yours has open in openpyxl; you save it."""

import openpyxl

import sheetrecord

book = openpyxl.load_workbook("firm.xlsx")
record = sheetrecord.open(book)
record.promote("D-0045", by="Mara").apply()
book.save("closed.xlsx")
print(sheetrecord.open("closed.xlsx").deal("D-0045").deal.handover_state)

# Prints:
# offered

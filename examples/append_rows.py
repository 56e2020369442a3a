"""Append rows below a table: its formats and formulas go along, as when typed in Excel."""

from sheetrecord import xlsx

book = xlsx.open("firm.xlsx")
sheet = book.create_sheet("Hours", [["Day", "Hours", "Sum"], ["Mon", 7, "=B2*90"]])
sheet.append(["Tue", 6])
print(sheet.max_row, sheet["C3"].value)

# Prints:
# 3 =B3*90

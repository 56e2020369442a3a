"""Change one cell of any workbook; charts, macros, formats and all else stay as they are."""

from sheetrecord import xlsx

book = xlsx.open("firm.xlsx")
deals = book["Deal"]
deals["B4"] = "Acme Works Ltd"
book.save("renamed.xlsx")
print(xlsx.open("renamed.xlsx")["Deal"]["B4"].value)

# Prints:
# Acme Works Ltd

"""Read a column of a large workbook fast, without loading any other sheet."""

from sheetrecord import xlsx

with xlsx.open_workbook("firm.xlsx") as book:
    column = book.grid("Deal").column(2)
    clients = [value for value in column.values if isinstance(value, str)]
print(len(clients) > 50)

# Prints:
# True

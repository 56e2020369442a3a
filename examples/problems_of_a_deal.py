"""List what keeps a deal from being handed over, each with its cell and what to do."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")
for problem in record.problems("Yarrow Health", gate="won")[:2]:
    print(problem.where.address, problem.code, problem.message)
    print("   ", problem.do)

# Prints:
# ...

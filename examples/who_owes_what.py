"""What is outstanding by client, computed whether or not the sheet was calculated."""

import sheetrecord

frames = sheetrecord.open("firm.xlsx").frames()
fees = frames["Fees"].merge(frames["Deal"][["deal_id", "client"]], on="deal_id")
owed = fees.groupby("client")["outstanding"].sum()
owed = owed[owed > 0].sort_values(ascending=False)
print(len(owed) > 0, owed.index[0] != "")

# Prints:
# True True

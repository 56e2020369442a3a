"""The pipeline by stage, as a pandas frame (needs the extra `pandas`)."""

import sheetrecord

deals = sheetrecord.open("firm.xlsx").frames()["Deal"]
by_stage = deals.groupby("stage", observed=True)["value_net"].agg(["count", "sum"])
print(by_stage.loc["verbal"].to_dict())

# Prints:
# {'count': 2.0, 'sum': 68000.0}

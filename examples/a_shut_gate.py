"""A plan that is refused gives every reason at once, and cannot be applied."""

import sheetrecord
from sheetrecord.model.errors import NotAllowed

record = sheetrecord.open("firm.xlsx")
plan = record.promote("Yarrow Health", by="Mara")
print(plan.outcome, len(plan.refusals), "reasons")
try:
    plan.apply()
except NotAllowed as refused:
    print("not applied:", refused.message)

# Prints:
# refused ... reasons
# not applied: ...

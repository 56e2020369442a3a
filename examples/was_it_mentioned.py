"""Was it ever mentioned? Who said it, when, and what became of it."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")
hits = record.find("training")
print(len(hits) > 0)
for hit in hits[:1]:
    print(hit.deal_id, hit.who, hit.when, hit.text)

# Prints:
# True
# D-...

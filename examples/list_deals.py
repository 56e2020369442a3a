"""List the deals of a record, with how much each still owes its gate."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")
for deal in record.deals[-3:]:
    print(deal.deal_id, deal.client, deal.stage, f"{deal.to_handover} open")

# Prints:
# D-0050 Harbour Lights Inn talking 16 open
# D-0051 Marigold Care talking 16 open
# D-0052 Cadmium Paints proposal 16 open

"""What a chat bot answers to "is it ready?": one line a deal, or the first thing to ask."""

import sheetrecord

record = sheetrecord.open("firm.xlsx")


def ready(deal: str) -> str:
    """Return the answer for a deal, named as people name it."""
    problems = record.problems(deal, gate="won")
    blocking = [one for one in problems if one.handover and not one.waived]
    return blocking[0].message if blocking else "Ready to close."


print(ready("heron"))
print(ready("yarrow"))

# Prints:
# Ready to close.
# Deal D-0047...

"""A new `sheetrecord.toml`: what was answered stands in it, everything else is a comment to try."""

import json
from typing import Final

_REST: Final = """
# [books]                     # short names for other workbooks
# ours = "firm.xlsx"

# [severity]                  # how grave a rule is; `sheetrecord explain` lists the rules
# CTX-009 = "note"

# [store]                     # where `sync` keeps the record; else a file in your state folder
# url = "sqlite:records.db"

# [copies.ana]                # a copy that `sync` keeps in step; a table for each
# path = "ana.xlsx"
# deals = "owner=Ana"
# hide = ["Fees"]

# [payers]                    # other names that a client pays under
# "Acme Works" = ["ACME HOLDING AG"]

# [accounts."Main account"]   # how the bank's export reads, where the file does not prove it
# currency = "EUR"
# date_order = "dmy"

# [reconcile]                 # limits for matching receipts, in whole units
# fee_cap = 30

# [ledger.columns]            # headers of the bookkeeping system that we do not know
# number = "Invoice nr"
"""


def settings_text(book: str, view: str) -> str:
    """Return a settings file for a workbook, and a place for the view of ops ("" for none yet).

    >>> print(settings_text("Acme.xlsx", "").splitlines()[3])
    book = "Acme.xlsx"            # what a command works on when none is named
    """
    mark, place = ("", view) if view else ("# ", "view")
    return f"""# Settings of this folder's record. All tables and keys: docs/settings.md, or
# `sheetrecord schema settings` for an editor. No passwords: the file is copied and mailed.

book = {_text(book)}            # what a command works on when none is named

# [publish]
# book = "https://firm.sharepoint.example/firm.xlsx"  # the views link to its cells

{mark}[publish.ops]               # the view for those who deliver
{mark}to = {_text(place)}
# hide = ["Deal.value_net"]   # columns and sheets that it does without
# unmarked = "internal"       # a blank Share cell stays with the owner
{_REST}"""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

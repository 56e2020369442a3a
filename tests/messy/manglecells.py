"""What people and programs do to single cells: one line each, and what is to come of it."""

import datetime as dt
from typing import Any, NamedTuple

READ = ""
"""The cell is read as it was meant, without a word."""


class Cell(NamedTuple):
    """One cell: its column, what was done, what stands there, what it is read as, what is said.

    ``format`` is the cell's number format. ``recalculated`` is what is said once a program has
    calculated the workbook, where that makes a difference.
    """

    sheet: str
    key: str
    what: str
    value: Any
    read: Any
    code: str = READ
    format: str = ""
    recalculated: str | None = None


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


MEETING = dt.datetime.combine(day(10, 30), dt.time(17, 0))

CELLS = (
    # texts
    Cell("Deal", "client", "a blank behind", "Acme Works ", "Acme Works"),
    Cell("Deal", "client", "a fixed blank inside", "Acme\u00a0Works", "Acme Works", "TYPE-010"),
    Cell("Deal", "client", "a blank of no width", "Ac\u200bme", "Acme", "TYPE-010"),
    Cell("Deal", "client", "a line break", "Acme\nWorks", "Acme\nWorks"),
    Cell("Deal", "client", "a picture", "Acme \U0001f680", "Acme \U0001f680"),
    Cell("Deal", "client", "a name from right to left", "شركة أكمي", "شركة أكمي"),
    Cell("Deal", "client", "a name that is a number", 4711, "4711"),
    Cell("Deal", "client", "a name that became a date", day(3, 4), "2026-03-04", "TYPE-017"),
    Cell("Deal", "crm_ref", "a code that lost its zeros", 123, "123", "TYPE-018"),
    Cell("Deal", "crm_ref", "a code kept as text", "00123", "00123"),
    Cell("Deal", "lost_to", "a telephone number", 49170123456, "49170123456", "TYPE-018"),
    Cell("Commitments", "clause", "2-4 became a date", day(2, 4), "2026-02-04", "TYPE-017"),
    Cell("Commitments", "clause", "4.10 became 4.1", 4.1, "4.1", "TYPE-018"),
    Cell("Commitments", "clause", "4.10 as text", "4.10", "4.10"),
    Cell("Fees", "invoice_no", "00123 became 123", 123, "123", "TYPE-018"),
    Cell("Fees", "invoice_no", "a number with its year", "2026-014", "2026-014"),
    Cell("Fees", "po_ref", "1E5 became a number", 100000.0, "100000", "TYPE-018", "0.00E+00"),
    # choices
    Cell("Deal", "stage", "in small letters", "won", "won"),
    Cell("Deal", "stage", "a blank in front", " Won", "", "TYPE-003"),
    Cell("Deal", "stage", "an exclamation mark", "Won!", "", "TYPE-003"),
    Cell("Deal", "stage", "in German", "Gewonnen", "", "TYPE-003"),
    Cell("Deal", "stage", "a word nobody knows", "purple", "", "TYPE-003"),
    Cell("Deal", "currency", "in small letters", "eur", "EUR", "TYPE-009"),
    Cell("Deal", "currency", "a sign", "\u20ac", "", "TYPE-009"),
    # amounts and shares
    Cell("Deal", "value_net", "k for thousands", "28k", None, "TYPE-001"),
    Cell("Deal", "value_net", "a German amount as text", "28.000,00", None, "TYPE-001"),
    Cell("Deal", "value_net", "dollars in a deal of euros", "$28,000.00", None, "TYPE-001"),
    Cell("Deal", "value_net", "a number as text", "28000", None, "TYPE-001"),
    Cell("Deal", "value_net", "shown in thousands", 28000, 2_800_000, READ, '#,##0,"k"'),
    Cell("Deal", "value_net", "a third of a cent", 333.333, 33333, "TYPE-006"),
    Cell("Deal", "value_net", "an error", "#N/A", None, "TYPE-004"),
    Cell("Deal", "value_net", "a sum", "=14000*2", None, "TYPE-005", READ, READ),
    Cell("Deal", "value_net", "a check box", True, None, "TYPE-001", "General"),
    Cell("Fees", "tax_rate", "19 for 19 %", 19, None, "TYPE-013"),
    Cell("Fees", "tax_rate", "19 % as text", "19 %", None, "TYPE-001"),
    Cell("Fees", "tax_rate", "not shown as a share", 0.19, 0.19, READ, "General"),
    Cell("Project", "pct_done", "1.5", 1.5, None, "TYPE-013"),
    Cell("Project", "pct_done", "50", 50, None, "TYPE-013"),
    # dates
    Cell("Deal", "contract_end", "German, as text", "30.10.2026", None, "TYPE-002"),
    Cell("Deal", "contract_end", "day and month unclear", "10/11/2026", None, "TYPE-002"),
    Cell("Deal", "contract_end", "in words", "end of Q3", None, "TYPE-002"),
    Cell("Deal", "contract_end", "shown as a number", 46325, day(10, 30), READ, "General"),
    Cell("Deal", "contract_end", "with a time", MEETING, day(10, 30)),
    Cell("Deal", "contract_end", "all digits", 20261030, None, "TYPE-008", "General"),
    Cell("Deal", "contract_end", "of another century", day(5, 1, 1926), None, "TYPE-008"),
    Cell("Fees", "period", "a month that became a date", day(7, 1), "2026-07", "TYPE-015"),
    # ticks
    Cell("Deal", "ready_to_close", "x", "x", True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "a check mark", "\u2713", True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "a tick in Wingdings", "\xfc", True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "a check box", True, True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "one", 1, True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "in German", "Ja", True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "in Spanish", "s\xed", True, "TYPE-016"),
    Cell("Deal", "ready_to_close", "no", "no", False, "TYPE-016"),
    Cell("Deal", "ready_to_close", "perhaps", "yes (I think)", False, "TYPE-014"),
    # references
    Cell("Fees", "deal_id", "in small letters", "d-0001", "D-0001"),
    Cell("Fees", "deal_id", "with a blank", "D 0001", "D 0001", "LINK-001"),
    Cell("Fees", "deal_id", "of a deal that is not there", "D-0404", "D-0404", "LINK-001"),
    # and what was tried later, without having been looked for
    Cell("Deal", "contract_end", "a moment, exported", "2026-10-30T00:00:00", None, "TYPE-002"),
    Cell("Deal", "contract_end", "a day that is none", "31.11.2026", None, "TYPE-002"),
    Cell("Deal", "contract_end", "a year of two digits", "30.10.26", None, "TYPE-002"),
    Cell("Deal", "contract_end", "a dash", "-", None, "TYPE-002"),
    Cell("Deal", "contract_end", "nought", 0, None, "TYPE-008"),
    Cell("Commitments", "due_on", "asap", "asap", None, "TYPE-002"),
    Cell("Deal", "value_net", "thousands as in Switzerland", "28'000", None, "TYPE-001"),
    Cell("Deal", "value_net", "a narrow blank inside", "28\u202f000", None, "TYPE-001"),
    Cell("Deal", "value_net", "an accountant's minus", "(28000)", None, "TYPE-001"),
    Cell("Deal", "value_net", "a dash for cents", "28.000,-", None, "TYPE-001"),
    Cell("Deal", "value_net", "a question", "28000?", None, "TYPE-001"),
    Cell("Deal", "value_net", "too many digits", 2.8e20, None, "TYPE-007"),
    Cell("Deal", "hours_sold", "with its unit", "260h", None, "TYPE-001"),
    Cell("Deal", "hours_sold", "below zero", -5, -5.0, "TYPE-022"),
    Cell("Commitments", "effort_hours", "from, to", "4-6", None, "TYPE-001"),
    Cell("Fees", "tax_rate", "below zero", -0.19, -0.19, "TYPE-022"),
    Cell("Fees", "tax_rate", "a comma", "0,19", None, "TYPE-001"),
    Cell("Deal", "stage", "a letter of another script", "W\u043en", "", "TYPE-003"),
    Cell("Deal", "stage", "two at once", "Won / Lost", "", "TYPE-003"),
    Cell("Commitments", "client_believes", "a check box", True, "", "TYPE-003"),
    Cell("Deal", "currency", "in words", "Euro", "", "TYPE-009"),
    Cell("Fees", "period", "a stroke", "2026/07", "", "TYPE-015"),
    Cell("Deal", "deal_owner", "nobody yet", "tbd", "tbd", "TYPE-021"),
    Cell("Deal", "deal_owner", "as above", '"', '"', "TYPE-021"),
    Cell("Deal", "deal_owner", "a question", "?", "?", "TYPE-021"),
    Cell("Deal", "deal_owner", "two people", "Ana Ruiz, Ben Okafor", "Ana Ruiz, Ben Okafor"),
    Cell("Deal", "client", "a program's nothing", "NULL", "NULL", "TYPE-021"),
    Cell("Deal", "client", "a check box", True, "True", "TYPE-021"),
    Cell("Commitments", "what", "dots", "...", "...", "TYPE-021"),
    Cell("Fees", "deal_id", "a long dash", "D\u20130001", "D\u20130001", "LINK-001"),
    Cell("Fees", "deal_id", "letters for digits", "D-OOO1", "D-OOO1", "LINK-001"),
    Cell("Fees", "deal_id", "a blank behind", "D-0001 ", "D-0001"),
)
"""Every line is put into a row of its own, in one workbook."""

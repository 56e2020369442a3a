"""What each of finance's sheets holds: its columns, found again by a row of keys, not by titles.

Every sheet has the same head: a title, a line about it, a hidden row of column keys, the headers.
A defined name points at the first key. So the sheet may be renamed and moved, its columns too,
and headers may be retitled or translated.
"""

from typing import Final, NamedTuple

from sheetrecord.core.reconcile.review.questions import CHOICES, REASONS

KEY_ROW: Final = 3
HEADER_ROW: Final = 4
FIRST_ROW: Final = 5


class Field(NamedTuple):
    """One column; ``kind`` is text, date, money or number, ``choices`` a drop-down."""

    key: str
    header: str
    width: int = 12
    kind: str = "text"
    choices: tuple[str, ...] = ()
    ours: bool = True
    """False for cells that people fill."""
    colours: tuple[tuple[str, str, str], ...] = ()
    """Conditional formats: operator, value as in a formula, red, amber or green."""
    added: bool = False
    """Whether older books have the sheet without this column: it is added on the right."""


class FinanceTable(NamedTuple):
    """One finance sheet and its columns."""

    key: str
    title: str
    about: str
    fields: tuple[Field, ...]
    hidden: bool = False
    lines: int = 1
    """How many lines of text a row shows."""

    @property
    def name(self) -> str:
        """The defined name that points at the first key."""
        return f"sr_finance_{self.key}"


def _day(key: str, header: str) -> Field:
    return Field(key, header, 11, "date")


def _money(key: str, header: str) -> Field:
    return Field(key, header, 13, "money")


SURENESS: Final = (
    ("equal", '"certain"', "green"), ("equal", '"likely"', "amber"), ("equal", '"choose"', "red"),
)  # fmt: skip
LATE: Final = {
    "31-60": (("greaterThan", "0", "amber"),),
    "61-90": (("greaterThan", "0", "amber"),),
    "90+": (("greaterThan", "0", "red"),),
}
BANK: Final = FinanceTable(
    "bank",
    "Bank",
    "The lines of the bank's files, as printed. Written by sheetrecord reconcile.",
    (
        Field("bank_id", "Bank ID", 24),
        Field("account", "Account", 18),
        _day("booked", "Booked"),
        _day("valued", "Value date"),
        _money("amount", "Amount"),
        Field("currency", "Currency", 9),
        _money("left", "Not allocated"),
        Field("category", "Not a fee", 12),
        Field("payer", "Payer", 26),
        Field("text", "Reference", 44),
        Field("payer_iban", "Payer account", 18),
        Field("structured", "Structured reference", 18),
        Field("end_to_end", "End-to-end ID", 18),
        Field("ref", "Bank's ID", 18),
        _money("original_amount", "Original amount"),
        Field("original_currency", "Original currency", 9),
        Field("original_rate", "Bank's rate", 10),
        _money("charges", "Charges"),
        Field("parts", "Own list", 18),
        Field("batch", "Batch", 7),
        Field("returned", "Returned", 9),
        Field("suspect", "May repeat", 24),
        _money("balance", "Balance"),
        Field("statement", "Statement", 12),
        Field("file", "File", 20),
        Field("row", "Row in file", 8),
        Field("sha", "File's SHA-256", 18),
    ),
)
ALLOCATIONS: Final = FinanceTable(
    "allocations",
    "Allocations",
    "Which receipt paid what. Rows are added and taken back by new rows, never changed: "
    "the money columns of Fees add them up.",
    (
        Field("alloc_id", "Allocation ID", 24),
        Field("bank_id", "Bank ID", 24),
        Field("invoice_no", "Invoice no.", 14),
        Field("fee_id", "Fee ID", 12),
        Field("client", "Client", 22),
        _money("amount", "Amount"),
        Field("currency", "Currency", 9),
        Field("kind", "Kind", 16),
        Field("counts_as", "Counts as", 16),
        _day("on", "Date"),
        Field("month", "Month", 9),
        _money("bank_amount", "Of the bank line"),
        Field("bank_currency", "Bank currency", 9),
        Field("rate", "Rate", 10),
        Field("rule", "Rule", 18),
        Field("tier", "How sure", 9),
        Field("evidence", "Evidence", 50),
        Field("reason", "Reason", 14),
        Field("comment", "Comment", 24),
        Field("decided_by", "Decided by", 14),
        Field("decided_at", "Decided", 17),
        Field("proposed_at", "Proposed", 17),
        Field("reverses", "Takes back", 24),
        Field("source_sha", "File's SHA-256", 18),
        Field("step", "Moves last receipt (days)", 9),
        Field("seq", "No.", 6),
        Field("chain", "Chain", 18),
    ),
)
REVIEW: Final = FinanceTable(
    "review",
    "Review",
    "Choose a Decision (A, B, C, part, not a fee, duplicate, replaces, hold, ask), save, and run "
    "reconcile again: it applies the answers and clears the rows. With 'all' behind it, a decision "
    "stands for every open question of its kind.",
    (
        _day("booked", "Date"),
        Field("payer", "Payer", 24),
        Field("reference", "Reference", 28),
        _money("amount", "Amount"),
        Field("a", "Suggested (A)", 38),
        Field("b", "B", 28),
        Field("c", "C", 28),
        Field("difference", "Short", 18),
        Field("tier", "How sure", 9, colours=SURENESS),
        Field("decision", "Decision", 11, choices=CHOICES, ours=False),
        Field("reason", "Reason if short", 15, choices=REASONS, ours=False),
        Field("other_invoices", "Other invoice no(s)", 26, ours=False),
        Field("comment", "Comment", 24, ours=False),
        Field("problem", "Not taken because", 34, colours=(("notEqual", '""', "red"),)),
        Field("ask", "Question", 20),
        Field("decided_by", "Decided by", 14, ours=False),
        Field("bank_id", "Bank ID", 26),
        Field("token", "Shown as", 14),
        Field("kind", "Kind", 30, added=True),
        Field("offered", "Reason in the text", 16, added=True),
    ),
    lines=3,
)
RECON: Final = FinanceTable(
    "recon",
    "Recon",
    "Control totals first, then what needs somebody, dearest and oldest first. "
    "Rewritten by each sheetrecord reconcile --apply.",
    (
        Field("section", "What", 24),
        Field("item", "Which", 24),
        _money("expected", "Expected"),
        _money("found", "Found"),
        Field("difference", "Difference", 13, "money", colours=(("notEqual", "0", "red"),)),
        Field("currency", "Currency", 9),
        Field("days", "Days", 7, "number"),
        Field("say", "In words", 80),
    ),
)
AGEING: Final = FinanceTable(
    "ageing",
    "Ageing",
    "What is outstanding, by client and days past due. "
    "Rewritten by each sheetrecord reconcile --apply.",
    (
        Field("client", "Client", 28),
        Field("currency", "Currency", 9),
        *(
            Field(key, header, 13, "money", colours=LATE.get(key, ()))
            for key, header in (
                ("not_due", "Not due"),
                ("1-30", "1 to 30 days"),
                ("31-60", "31 to 60"),
                ("61-90", "61 to 90"),
                ("90+", "Over 90"),
                ("disputed", "Disputed"),
                ("retained", "Retained"),
                ("unapplied", "Unapplied cash"),
                ("total", "Total"),
            )
        ),
    ),
)
STATEMENTS: Final = FinanceTable(
    "statements",
    "sr_statements",
    "The bank's own totals of each imported statement.",
    tuple(
        Field(key, key)
        for key in ("account", "currency", "opening", "closing", "lines", "name", "begins", "ends",
                    "sha")
    ),
    hidden=True,
)  # fmt: skip
MONTHS: Final = FinanceTable(
    "months",
    "sr_months",
    "Months closed and reopened, in order.",
    tuple(
        Field(key, key)
        for key in ("month", "state", "by", "at", "totals", "hash", "waivers", "reason")
    ),
    hidden=True,
)
ACCOUNTS: Final = FinanceTable(
    "accounts",
    "sr_accounts",
    "How each account's export reads.",
    (Field("name", "name"), Field("profile", "profile")),
    hidden=True,
)
RULES: Final = FinanceTable(
    "rules",
    "Account rules",
    "What is no fee, because somebody said so once. A rule sets a line aside only when nothing "
    "else is known of it. Delete a row, and what it set aside is asked about again.",
    (
        Field("rule_id", "Rule", 14),
        Field("category", "Not a fee", 18),
        Field("payer", "Payer", 28),
        Field("words", "Words in the text", 32),
        Field("account", "Account", 18),
        _day("since", "Since"),
        Field("by", "Decided by", 14),
        Field("bank_id", "Line decided", 26),
    ),
)
TABLES: Final = (BANK, ALLOCATIONS, REVIEW, RECON, AGEING, STATEMENTS, MONTHS, ACCOUNTS, RULES)

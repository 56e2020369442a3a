"""Rules about workbooks that an older version of the program made."""

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import reading_rule

reading_rule(
    "MIG-001",
    "made-by-an-older-version",
    Severity.WARNING,
    "This workbook was made by version {version} of the record; the present one is {present}.",
    "Bring it to the present version: `sheetrecord migrate BOOK`, with --plan to see it first.",
    """An older template made this workbook: it may lack columns, and its live formulas are older.

    Everything in it is read as before. `sheetrecord migrate` adds what came since and renews the
    formulas that nobody changed; what people typed stays as it is, and the workbook from before
    is kept.
    """,
)

reading_rule(
    "MIG-002",
    "other-money-than-the-sheet-shows",
    Severity.ERROR,
    'The older formulas of "{column}" show other money than the present ones: {shown} here, '
    "{ours} by now, in {count} rows.",
    "Bring the workbook to the present version first: `sheetrecord migrate BOOK`.",
    """The sheet shows one amount and the engine computes another, since a formula changed.

    Nothing that goes by money is done with such a workbook until it is migrated: two people who
    look at one invoice must see one amount.
    """,
)

reading_rule(
    "MIG-003",
    "formulas-of-an-older-version",
    Severity.ERROR,
    "The formulas of {count} columns are those of an older version: {some}.",
    "`sheetrecord migrate BOOK` renews them, with --plan to see it first.",
    """A workbook that says it is of the present version holds formulas of an earlier one.

    Somebody copied a column from an older workbook, or a program put an old state back. The sheet
    counts as the earlier release did, and the engine as the present one does.
    """,
)

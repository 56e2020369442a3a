"""Rules about single cells: text where money is due, dates nobody can read, labels unknown."""

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import reading_rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

reading_rule(
    "TYPE-001",
    "text-for-a-number",
    _ERROR,
    '"{value}" is text; "{column}" needs a number.{maybe}',
    "Type the number alone; the cell's format adds currency and thousands.",
    """Text where an amount or a number is due. Sums pass over it in silence.

    ```bad
    | Deal | deal_id | client | deal_name | stage    | value_net |
    |      | D-0001  | Acme   | Rollout   | proposal | 28k       |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage    | value_net |
    |      | D-0001  | Acme   | Rollout   | proposal | 28000     |
    ```
    """,
)

reading_rule(
    "TYPE-002",
    "text-for-a-date",
    _ERROR,
    '"{value}" is text; "{column}" needs a date.{maybe}',
    "Type the date as your spreadsheet shows dates. If only words are known, put them in the note.",
    """Text where a date is due: nothing can be planned or counted from it.

    A date whose day and month could be swapped is never guessed.

    ```bad
    | Deal | deal_id | client | deal_name | stage | contract_end  |
    |      | D-0001  | Acme   | Rollout   | won   | end of Q3     |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage | contract_end |
    |      | D-0001  | Acme   | Rollout   | won   | 2026-09-30   |
    ```
    """,
)

reading_rule(
    "TYPE-003",
    "unknown-label",
    _ERROR,
    '"{value}" is not a choice of "{column}".{maybe}',
    "Pick {choices}, or add the word to the sheet {Lists}.",
    """A word that is not in the list, such as a new spelling of a stage.

    Formulas and views compare labels exactly: six spellings of won are six stages.

    ```bad
    | Deal | deal_id | client | deal_name | stage      |
    |      | D-0001  | Acme   | Rollout   | Won deal!! |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage |
    |      | D-0001  | Acme   | Rollout   | won   |
    ```
    """,
)

reading_rule(
    "TYPE-004",
    "error-value",
    _ERROR,
    'The cell shows {value}, so "{column}" is unknown.',
    "Type the value again; the formula points at something that was deleted.",
    """A cell shows an error such as `#REF!`, usually after a sheet or column was deleted.

    ```bad
    | Deal | deal_id | client | deal_name | stage    | value_net |
    |      | D-0001  | Acme   | Rollout   | proposal | #REF!     |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage    | value_net |
    |      | D-0001  | Acme   | Rollout   | proposal | 28000     |
    ```
    """,
)

reading_rule(
    "TYPE-005",
    "formula-not-calculated",
    _ERROR,
    'The formula in "{column}" was never calculated, so its value is unknown.',
    "Open the workbook in Excel, LibreOffice or Google Sheets, save it, and check again.",
    """A formula without a stored result: the file was made by a program that does not calculate.

    Its value is unknown, which is not the same as blank.
    """,
)

reading_rule(
    "TYPE-006",
    "fraction-of-a-cent",
    _WARNING,
    "{value} is not a whole amount: {currency} has {places} decimal places.",
    "Round it, or check whether it is a rate, a formula's residue, or another currency.",
    """An amount with a rest below the smallest coin. Sums then differ by a cent.

    ```bad
    | Deal | deal_id | client | deal_name | stage    | value_net | currency |
    |      | D-0001  | Acme   | Rollout   | proposal | 333.333   | EUR      |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage    | value_net | currency |
    |      | D-0001  | Acme   | Rollout   | proposal | 333.33    | EUR      |
    ```
    """,
)

reading_rule(
    "TYPE-007",
    "amount-too-large",
    _ERROR,
    "{value} is too large to be an amount.",
    "Check the digits: a spreadsheet keeps 15 of them.",
    """Beyond 15 digits a spreadsheet rounds in silence, so the amount cannot be trusted.

    ```bad
    | Deal | deal_id | client | deal_name | stage    | value_net           |
    |      | D-0001  | Acme   | Rollout   | proposal | 9999999999999999999 |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage    | value_net |
    |      | D-0001  | Acme   | Rollout   | proposal | 99999     |
    ```
    """,
)

reading_rule(
    "TYPE-008",
    "date-out-of-reach",
    _ERROR,
    "{value} is not a likely date: the record holds dates from 1990 to 2100.",
    "Type the date again.",
    """A number or a year that no deal can have, usually a slip of the keyboard.

    ```bad
    | Deal | deal_id | client | deal_name | stage | signed_on  |
    |      | D-0001  | Acme   | Rollout   | won   | 0206-05-01 |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage | signed_on  |
    |      | D-0001  | Acme   | Rollout   | won   | 2026-05-01 |
    ```
    """,
)

reading_rule(
    "TYPE-009",
    "unknown-currency",
    _ERROR,
    '"{value}" is not a currency code.',
    "Use the three letters of ISO 4217, such as EUR, GBP, MXN or USD. A sign could mean many.",
    """A currency that is not an ISO 4217 code. `$` alone can be one of twenty currencies.

    ```bad
    | Deal | deal_id | client | deal_name | stage    | currency |
    |      | D-0001  | Acme   | Rollout   | proposal | $        |
    ```
    ```good
    | Deal | deal_id | client | deal_name | stage    | currency |
    |      | D-0001  | Acme   | Rollout   | proposal | USD      |
    ```
    """,
)

reading_rule(
    "TYPE-010",
    "invisible-characters",
    _WARNING,
    '"{value}" holds characters that cannot be seen.',
    "Type it again; copying from web pages and PDFs brings them along.",
    """Zero-width and direction characters make two equal names differ.

    They come along with text copied from web pages, and look like nothing.
    """,
)

reading_rule(
    "TYPE-011",
    "text-cut-off",
    _WARNING,
    'The text in "{column}" has {length} characters: a cell holds 32,767, so it may be cut off.',
    "Keep the document elsewhere and put its link here.",
    "A paste that filled the cell to its limit. What came after is gone.",
)

reading_rule(
    "TYPE-013",
    "percentage-as-number",
    _ERROR,
    "{value} as a share means {value} times the whole; you probably mean {meant}.",
    "Type it with the percent sign.",
    """A tax rate of 20 instead of 20 % makes every amount twenty times too large.

    ```bad
    | Fees | fee_id | deal_id | net | tax_rate |
    |      | F-1    | D-0001  | 100 | 20       |
    ```
    ```good
    | Fees | fee_id | deal_id | net | tax_rate |
    |      | F-1    | D-0001  | 100 | 0.2      |
    ```
    """,
)

reading_rule(
    "TYPE-014",
    "unclear-tick",
    _ERROR,
    '"{value}" is neither "{yes}" nor blank in "{column}".',
    'Put "{yes}" or leave it blank.',
    """A tick that is a maybe, such as "yes (I think)". The engine does not guess.

    ```bad
    | Fees | fee_id | deal_id | net | ready         |
    |      | F-1    | D-0001  | 100 | yes (I think) |
    ```
    ```good
    | Fees | fee_id | deal_id | net | ready |
    |      | F-1    | D-0001  | 100 | yes   |
    ```
    """,
)

reading_rule(
    "TYPE-016",
    "tick-in-other-words",
    _WARNING,
    '"{value}" in "{column}" is read as {meant}; the sheet itself knows only "{yes}" and blank.',
    "`sheetrecord validate BOOK --fix` writes it as the list does; leave it blank for no tick.",
    """A tick as people write it, such as x or a check mark. It is understood, but not by formulas.

    The counts in the sheet compare with the word of the list, so they would miss this one.

    ```bad
    | Fees | fee_id | deal_id | net | ready |
    |      | F-1    | D-0001  | 100 | x     |
    ```
    ```good
    | Fees | fee_id | deal_id | net | ready |
    |      | F-1    | D-0001  | 100 | yes   |
    ```
    """,
)

reading_rule(
    "TYPE-017",
    "text-became-a-date",
    _WARNING,
    '"{column}" holds the date {value}; if it was typed as a text such as 2-4, that text is gone.',
    "Type it again with an apostrophe in front ('2-4), or leave it if a date was meant.",
    """A spreadsheet program makes a date of whatever looks like one: clause 2-4, version 3/1.

    Only the person who typed it knows what it was. It is read as the date that stands there now.
    """,
)

reading_rule(
    "TYPE-018",
    "code-became-a-number",
    _WARNING,
    '"{column}" holds the number {value}: zeros in front, or what else was typed, are lost.{more}',
    "Type it again with an apostrophe in front ('00123), or format the column as text first.",
    """A spreadsheet program makes a number of a code: 00123 becomes 123, 4.10 becomes 4.1.

    1E5 becomes 100000, and a telephone number loses its plus. Then an invoice is not found by
    its number, and nobody can call the client.
    """,
)

reading_rule(
    "TYPE-015",
    "unclear-month",
    _WARNING,
    '"{value}" is not a month such as 2026-07.',
    "Type the year and the month, as 2026-07.",
    """A retainer's month in words cannot be compared with the invoice.

    ```bad
    | Fees | fee_id | deal_id | net | period |
    |      | F-1    | D-0001  | 100 | July   |
    ```
    ```good
    | Fees | fee_id | deal_id | net | period  |
    |      | F-1    | D-0001  | 100 | 2026-07 |
    ```
    """,
)

reading_rule(
    "TYPE-020",
    "share-unreadable",
    _ERROR,
    '{value} under "{column}" is none of {internal}, {ops} and {client}, so only the owner\'s '
    "view shows the row.{maybe}",
    "Pick {lists.share}.",
    """Who may see a row is a permission: a word that is not known for certain opens nothing.

    Labels are read in every language that ships and as the Lists sheet has them, whatever their
    case. A misspelling, a formula, a number, a date, an error, blanks or a merged cell count as
    Internal, and the cell is said. A cell with nothing in it reaches the firm.

    ```bad
    | Context | ctx_id | deal_id | kind     | answer | share         |
    |         | X-1    | D-0001  | landmine | Boss   | intern please |
    ```
    ```good
    | Context | ctx_id | deal_id | kind     | answer | share    |
    |         | X-1    | D-0001  | landmine | Boss   | Internal |
    ```
    """,
)

"""Rules about what the gate rests on: Settings, Lists, hidden names, Share, baseline and log."""

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import reading_rule

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

reading_rule(
    "HEAD-016",
    "settings-missing",
    _ERROR,
    "The sheet {sheet} is missing: what the firm itself asks for cannot be read.",
    "Bring the sheet back from an older copy. No deal is called ready and none is promoted before.",
    """Settings or Lists was deleted, and with it the firm's own gate, its words and its day.

    A sheet is found by its hidden names, by its title or by its headings, in any language that
    ships. When nothing is left of it, nobody can say what the firm's gate would have asked for,
    so the gate stays shut.
    """,
)

reading_rule(
    "HEAD-017",
    "names-lost",
    _WARNING,
    "{count} hidden names are lost ({sheets}); what they named is found by its headings.",
    "`sheetrecord validate BOOK --fix` gives them back. Leave the headings as they are until then.",
    """A program that does not know defined names saved the workbook, or somebody deleted them.

    Columns, settings and lists are found by the words above and beside them all the same, in any
    language that ships. Formulas that refer to cells go on working.
    """,
)

reading_rule(
    "HEAD-018",
    "setting-lost",
    _ERROR,
    "The sheet {sheet} no longer holds what this record needs: {what}.",
    "Bring the rows back from an older copy, with their words in the first column.",
    """Rows of Settings or Lists were deleted: neither a hidden name nor a heading leads to them.

    Where the firm's own gate stood there, no deal is called ready before they are back.
    """,
)

reading_rule(
    "HEAD-019",
    "headers-gone",
    _ERROR,
    "The sheet {sheet} has neither headers nor hidden names: nobody can tell its columns apart.",
    "Put the header row back from an older copy; nothing on this sheet is judged before.",
    """The header row was deleted together with the hidden names that pointed at it.

    The values still stand there, and are not guessed at: a date could be any of five dates. What
    the sheet would have answered is not called missing either; no deal is called ready.
    """,
)

reading_rule(
    "HEAD-025",
    "header-row-deleted",
    _ERROR,
    "The header row of {sheet} was deleted: row {row} holds data where the headers stood.",
    "Insert a row above row {row} and run `sheetrecord validate BOOK --fix`.",
    """A program deleted the row of headers and left the hidden names where they were.

    The columns are still known by those names, and every row is read.
    """,
)

reading_rule(
    "HEAD-021",
    "header-row-blank",
    _WARNING,
    "{count} headers of {sheet} are blank in row {row}.",
    "`sheetrecord validate BOOK --fix` writes them again; columns are read by their hidden names.",
    "The header row was cleared. Every column is still found by its defined name.",
)

reading_rule(
    "HEAD-022",
    "columns-missing",
    _ERROR,
    "{count} columns are not on the sheet {sheet}.",
    "Put its header row back from an older copy; what stands there now is not read.",
    """Many columns of a sheet can be found neither by their defined names nor by their headers.

    Usually something was pasted over the header row, or another table took the sheet's place.
    """,
)

reading_rule(
    "HEAD-023",
    "dates-from-1904",
    _WARNING,
    "This workbook counts its days from 1904.",
    "Compare a date you know. If all are 4 years and 1 day late, switch the setting back in "
    "Excel: File, Options, Advanced, Use 1904 date system.",
    """A workbook of the record counts days from 1900; somebody switched it, or moved the sheets.

    The switch changes what every date in the workbook shows by 1,462 days, formulas included. The
    dates are read as the programs show them now.
    """,
)

reading_rule(
    "HEAD-024",
    "table-beside",
    _NOTE,
    "Another table stands beside the data, from column {letters} on.",
    "Nothing to do: it is kept as it is, and its rows are none of this record's.",
    """Behind an empty column stands something else, such as a small calculation of somebody's own.

    Its headers may be the same as ours; they mean nothing here. A column right beside the record's,
    without an empty one between, is a column of the record that the firm added.
    """,
)

reading_rule(
    "HEAD-026",
    "words-moved-in-list",
    _ERROR,
    'In the list {list} "{label}" stands beside the code {code}, but is the word for {other}; '
    "{count} words were moved.",
    "Sort words and codes of the sheet {Lists} together, or put each word back beside its code.",
    """The words of a list were sorted or pasted without their codes, so each means another thing.

    Every cell that holds one of them is now read as something else: what was lost counts as won.
    """,
)

reading_rule(
    "HEAD-027",
    "list-counts-otherwise",
    _ERROR,
    'The sheet {Lists} counts "{label}" otherwise than the record does ({count} such rows).',
    "Put type and rank back as the template has them: the live gate in the sheet goes by them.",
    """Type or rank of a stage, or the rank of a question, was typed over in Lists.

    The engine keeps its own; the counts in the sheet then say that nothing is open.
    """,
)

reading_rule(
    "GUARD-001",
    "gate-loosened",
    _WARNING,
    'The sheet {Lists} asks "{kind}" later or less strictly than the record does ({stage}).',
    "A workbook may ask for more, never for less. Our own demand stays in force.",
    "Settings that an editor could abuse are not taken from the workbook when they loosen a gate.",
)

reading_rule(
    "GUARD-002",
    "setting-not-understood",
    _WARNING,
    'This setting cannot be understood: "{text}".',
    "Compare it with the example row of the table, or run `sheetrecord explain GUARD-002`.",
    """A row of a settings table names a sheet, column, stage or word that does not exist.

    Required fields: sheet, header, stage from which it is needed, yes when it blocks. Severities:
    a rule's code and note, warning or error. Own columns: sheet, header, kind, allowed values
    parted by semicolons, stage, yes when it blocks.
    """,
)

reading_rule(
    "GUARD-006",
    "setting-unfit",
    _WARNING,
    'The setting "{label}" cannot be "{text}".',
    "{wanted}",
    """A day typed as text is no day, a sign no currency's code, and a tax rate of 19 is 1900 %.

    The live formulas and the check then go by what is usual, and nobody would notice.
    """,
)

reading_rule(
    "HEAD-020",
    "share-column-uncertain",
    _ERROR,
    '"{column}" of {sheet} cannot be told for certain ({why}), so only the owner\'s view shows '
    "its rows: {count}.",
    "Put the header or the column back, or say on each row who may see it and run "
    "`sheetrecord validate BOOK --fix`.",
    """The column that says who may see a row is missing, stands twice, or is not certainly itself.

    What stands there could be another column, or marks that were typed anew after the old ones
    were deleted. Until it is put right every row of the sheet counts as Internal. A header that was
    deleted is typed again. A hidden name that was lost is put back by `validate --fix` when every
    row says who may see it: a fix opens nothing on which nobody has said so.

    ```bad
    | Context | ctx_id | deal_id | kind     | answer |
    |         | X-1    | D-0001  | landmine | Boss   |
    ```
    ```good
    | Context | ctx_id | deal_id | kind     | answer | share |
    |         | X-1    | D-0001  | landmine | Boss   |       |
    ```
    """,
)

reading_rule(
    "GUARD-003",
    "baseline-damaged",
    _ERROR,
    "What was frozen of {deals} at the sale is not what was written then.",
    "Take the workbook from an older copy, or freeze it as it is now, for a reason that is logged: "
    '`sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    """The hidden sheet with the as-sold baseline was changed: its digest no longer fits.

    Nobody can prove by it any more what was agreed. `sheetrecord diff` shows what it says all the
    same. Freezing the deal again leaves the damaged baseline where it is and says so in the log.
    """,
)

reading_rule(
    "GUARD-004",
    "baseline-gone",
    _ERROR,
    "{deals} was sold, as the log says, and nothing is frozen of it.",
    "Take the workbook from an older copy, or freeze it as it is now, for a reason that is logged: "
    '`sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    """The hidden sheet with the as-sold baseline was deleted, or rows of it were.

    What changed since the sale cannot be shown. A copy of the workbook from before still has it.
    """,
)

reading_rule(
    "GUARD-005",
    "log-damaged",
    _ERROR,
    "The hidden log of handovers {what}.",
    "Take the workbook from an older copy, or accept it as it is, for a reason that is logged: "
    '`sheetrecord promote BOOK DEAL --refreeze --why "..."` on a deal that was sold.',
    """Every line of the log carries a digest of itself and of all lines before; one does not fit.

    Somebody edited, sorted or deleted lines on the hidden sheet, or removed it. Who accepted,
    returned or waived what can no longer be proved by it.
    """,
)

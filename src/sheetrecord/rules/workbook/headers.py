"""Rules about sheets and headers: no column is lost in silence."""

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import reading_rule

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

reading_rule(
    "HEAD-001",
    "sheet-missing",
    _ERROR,
    "The sheet {sheet} is missing.",
    "Bring it back from an older copy, or rename the sheet that took its place back to {sheet}.",
    """A sheet of the record is not in the workbook.

    Everything on it is out of reach: no rule can say whether it was answered. A sheet is known
    by the defined names of its columns, or by its title in any language that ships.

    ```bad
    | Deal | deal_id | client |
    |      | D-0001  | Acme   |
    ```
    """,
)

reading_rule(
    "HEAD-002",
    "column-missing",
    _ERROR,
    'The column "{column}" is not on the sheet {sheet}.{maybe}',
    "Put its header back, or copy the column from the template.",
    """A column of the record cannot be found, neither by its defined name nor by its header.

    What it held is not judged, merged or carried over to ops until it is found again. Insert the
    header again in row 3, in any language that ships.

    ```bad
    | Deal | deal_id | client |
    |      | D-0001  | Acme   |
    ```
    """,
)

reading_rule(
    "HEAD-003",
    "header-renamed",
    _WARNING,
    'The header "{header}" is the column "{column}" by its hidden name, but does not say so.',
    "Nothing is lost. Rename it back, or keep your own words if everybody knows what it means.",
    """Somebody typed over a header. The column is still found by its defined name.

    Copies without those names (CSV, some web tools) would lose it, so it is said.
    """,
)

reading_rule(
    "HEAD-004",
    "header-twice",
    _ERROR,
    'Two columns are headed "{header}": this one is read, {others} is not.',
    "Rename or remove the other one, after moving what it holds.",
    """Two columns carry the same header, so half of what people type may be read by nobody.

    ```bad
    | Deal | deal_id | client | client |
    |      | D-0001  | Acme   | Acme   |
    ```
    ```good
    | Deal | deal_id | client |
    |      | D-0001  | Acme   |
    ```
    """,
)

reading_rule(
    "HEAD-005",
    "header-translated",
    _NOTE,
    'The header "{header}" is read as the column "{column}"; it is in another language.',
    "Nothing to do, unless you want all headers in one language.",
    """A header stands in another language than the workbook's. It is understood all the same.

    ```bad
    | Deal | deal_id | Kunde |
    |      | D-0001  | Acme  |
    ```
    ```good
    | Deal | deal_id | Client |
    |      | D-0001  | Acme   |
    ```
    """,
)

reading_rule(
    "HEAD-006",
    "column-name-lost",
    _NOTE,
    'The column "{column}" is found by its header "{header}" only; its hidden name is gone.',
    "Do not rename this header. A copy of the template has the name.",
    """The defined name of a column was lost, as happens when a column is deleted and retyped.

    Its header still says what it is. If that is renamed too, the column cannot be found.
    """,
)

reading_rule(
    "HEAD-007",
    "header-moved-away",
    _ERROR,
    'The hidden name of the column "{column}" points here, but its header stands in {there}.',
    "Check which of the two holds the right values, and put the header over it.",
    """A header was retyped or copied over another column, or values were moved without it.

    The hidden name and the header point at two columns. The name is believed, unless its column
    is empty and the other one is not. Several columns that moved alike are HEAD-015.
    """,
)

reading_rule(
    "HEAD-008",
    "header-blank",
    _WARNING,
    'The header of the column "{column}" is blank.',
    "Type the header again.",
    "A header was deleted. The column is still found by its defined name.",
)

reading_rule(
    "HEAD-009",
    "sheet-copied",
    _WARNING,
    'The sheet "{title}" looks like a copy of {sheet}; only {sheet} is read.',
    "Move what is new into {sheet}, then delete the copy.",
    """A copied sheet collects edits that nobody reads. Its rows are not part of the record.

    Duplicating a sheet is the usual way to try something out, and the usual way to lose it.
    """,
)

reading_rule(
    "HEAD-010",
    "sheet-renamed",
    _NOTE,
    'The sheet "{title}" is read as {sheet}.',
    "Nothing to do: it is known by the hidden names of its columns.",
    "A sheet was renamed. It is still found by the defined names of its columns.",
)

reading_rule(
    "HEAD-011",
    "header-of-another",
    _ERROR,
    'The column "{column}" now has the header "{header}", which means "{other}".',
    "Put the right header back; until then the column is read by its hidden name.",
    """A header was replaced by the header of another column, so people may type the wrong thing.

    The hidden name is believed, and it is said.
    """,
)

reading_rule(
    "HEAD-012",
    "column-without-header",
    _WARNING,
    "Column {letters} has values but no header, from row {row} on.",
    "Give it a header, or move what it holds: columns without one are kept but never read.",
    """Values stand where no header says what they are: often a second table pasted beside.

    ```bad
    | Deal | deal_id | client |        |
    |      | D-0001  | Acme   | urgent |
    ```
    ```good
    | Deal | deal_id | client | mood   |
    |      | D-0001  | Acme   | urgent |
    ```
    """,
)

reading_rule(
    "HEAD-013",
    "code-missing-in-list",
    _ERROR,
    'The list "{list}" no longer holds the code "{code}".',
    "Restore the row in the sheet {Lists}: rename labels as you like, but keep every code.",
    "A row of the Lists sheet was deleted or its code was typed over; rules depend on the codes.",
)

reading_rule(
    "HEAD-014",
    "label-twice-in-list",
    _ERROR,
    'The label "{label}" stands for two codes of the list "{list}".',
    "Give each code a label of its own in the sheet {Lists}.",
    "Two codes share one label, so a cell could mean either. The first one is taken.",
)

reading_rule(
    "HEAD-015",
    "names-left-behind",
    _WARNING,
    "The hidden names of {count} columns, from {first} on, did not move along with their headers.",
    "Check that each header stands over its values: the headers are believed.",
    """A program inserted, deleted or moved columns and left the workbook's names where they were.

    Several headers stand equally far from their names, so the columns moved, not the headers.
    """,
)

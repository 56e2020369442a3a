"""Rules about rows: their ids, their formulas, and the firm's own columns."""

from collections import Counter
from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, book_rule, reading_rule
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@book_rule(
    "ROW-001",
    _ERROR,
    'The id "{id}" stands on {count} rows: {rows}.',
    "A copied row takes its id along; `sheetrecord validate BOOK --fix` gives the copy its own.",
)
def duplicate_id(record: Record) -> Iterator[Found]:
    """Two rows have the same id, usually because a row was copied and pasted.

    References to the id then mean either of them, and a merge would mix them up. The first row
    keeps the id; the fix gives each later one a new id and keeps all it holds. A deal's id that
    stands for two clients and that rows name is left to a person: nobody can tell whose they are,
    and until it is settled nothing of it goes to a client.

    ```bad
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0001  | Training |
    |             | C-7K3Q4 | D-0001  | Data     |
    ```
    ```good
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0001  | Training |
    |             | C-8M2XR | D-0001  | Data     |
    ```
    """
    for sheet in SHEETS:
        rows = record.rows(sheet)
        counts = Counter(row[1] for row in rows)
        if len(counts) == len(rows):
            continue
        places: dict[str, list[int]] = {}
        for row in rows:
            if row[1] and counts[row[1]] > 1:
                places.setdefault(row[1], []).append(row.row)
        later = [row for row in rows if row[1] in places and row.row != places[row[1]][0]]
        for row in later:
            numbers = ", ".join(map(str, places[row[1]]))
            words = {"id": row[1], "count": counts[row[1]], "rows": numbers}
            yield Found(row, row.columns[0].key, words)


@book_rule(
    "ROW-002",
    _WARNING,
    "This row has no id.{maybe}",
    "{do}",
)
def id_missing(record: Record) -> Iterator[Found]:
    """A row without an id cannot be referred to, merged or followed.

    While other rows point to an id that no row has, it may be this row's, deleted by mistake:
    then a person says so, and no new id is given.

    ```bad
    | Commitments | com_id | deal_id | what     |
    |             |        | D-0001  | Training |
    ```
    ```good
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0001  | Training |
    ```
    """
    for sheet in SHEETS:
        nameless = [row for row in record.rows(sheet) if not row[1]]
        words = _lost(record, sheet) if nameless else {}
        for row in nameless:
            yield Found(row, row.columns[0].key, words)


def _lost(record: Record, sheet: str) -> dict[str, str]:
    """Return what to say of rows without ids: which ids others miss on their sheet."""
    from sheetrecord.rules.workbook.missing_ids import orphans  # few rows are without an id

    lost = orphans(record, sheet)
    if not lost:
        do = Phrase(
            "`sheetrecord validate BOOK --fix` gives it one; until then nothing can refer to it."
        )
        return {"maybe": "", "do": do}
    some = ", ".join(list(lost)[:3]) + (" ..." if len(lost) > 3 else "")
    count = sum(lost.values())
    if count == 1:
        maybe = Phrase(" 1 row points to {some}, which no row has.", some=some)
    else:
        maybe = Phrase(" {count} rows point to {some}, which no row has.", count=count, some=some)
    do = Phrase("Type the id here if this is the row they mean; else correct them first.")
    return {"maybe": maybe, "do": do}


@book_rule(
    "ROW-010",
    _ERROR,
    'The id "{id}" belongs to the sheet {other}.',
    "Move the row back to {other}, or clear the id so that it gets a new one here.",
)
def id_of_another_sheet(record: Record) -> Iterator[Found]:
    """A row was cut and pasted into another sheet: its cells now stand in foreign columns.

    ```bad
    | Fees | fee_id  | deal_id | net |
    |      | C-7K3Q4 | D-0001  | 100 |
    ```
    ```good
    | Fees | fee_id  | deal_id | net |
    |      | F-7K3Q4 | D-0001  | 100 |
    ```
    """
    owners = {declared.prefix: sheet for sheet, declared in SHEETS.items()}
    for sheet, declared in SHEETS.items():
        mine = declared.prefix + "-"
        for row in record.rows(sheet):
            text = row[1]
            if text and not text.startswith(mine):
                other = owners.get(text.partition("-")[0], "")
                if other:
                    yield Found(
                        row, row.columns[0].key, {"id": text, "other": Term("sheet", other)}
                    )


reading_rule(
    "ROW-004",
    "totals-row",
    _WARNING,
    "Row {row} looks like a total under the data.",
    "Delete it: the sheet {Deal} adds up by itself, and a new row below it may be missed.",
    """A total typed under the rows is read as data, and counted twice.

    ```bad
    | Fees | fee_id | deal_id | description | net |
    |      | F-1    | D-0001  | Deposit     | 100 |
    |      |        |         | Total       | 100 |
    ```
    ```good
    | Fees | fee_id | deal_id | description | net |
    |      | F-1    | D-0001  | Deposit     | 100 |
    ```
    """,
)

reading_rule(
    "ROW-005",
    "blank-rows-between",
    _NOTE,
    "Rows {first} to {last} are blank, with filled rows below ({count} such gaps).",
    "Nothing is lost, but a sort or a filter in a spreadsheet program stops at a blank row.",
    "Blank rows between filled ones. Everything below is read all the same.",
)

reading_rule(
    "ROW-006",
    "formula-overwritten",
    _ERROR,
    '"{value}" was typed over the formula of "{column}".',
    "`sheetrecord validate BOOK --fix` puts the formula back.",
    """An engine column holds a typed value, so it no longer follows the record.

    What was typed looks right today and is wrong tomorrow. If the formula is wrong, say so.
    """,
)

reading_rule(
    "ROW-007",
    "formula-missing",
    _WARNING,
    'The column "{column}" lacks its formula on {count} rows, from row {first} on.',
    "`sheetrecord validate BOOK --fix` puts it back; until then the sheet's counts miss them.",
    """Rows were pasted or added without the formulas of their neighbours.

    The engine computes the value all the same; the sheet's own gate and sums do not see the row.
    """,
)

reading_rule(
    "ROW-008",
    "formulas-overwritten",
    _ERROR,
    'The formulas of "{column}" were replaced by values on {count} rows, from row {first} on.',
    "`sheetrecord validate BOOK --fix` puts them back.",
    """A whole column was pasted as values, as happens when a sheet is copied between programs.

    Nothing on these rows follows the record any more.
    """,
)

reading_rule(
    "ROW-009",
    "merged-cells",
    _WARNING,
    "Cells are merged from row {row} on.",
    "Unmerge them: only the first cell of a merged block holds a value.",
    "Merged cells hide values and break sorting; rows below the first one read as blank.",
)

reading_rule(
    "ROW-011",
    "formula-of-another-making",
    _ERROR,
    'Another formula stands in the engine column "{column}": ={text}{more}',
    "`sheetrecord validate BOOK --fix --plan` shows both texts; `--fix` puts ={wanted} back.",
    """Somebody replaced the formula of an engine column, so that the sheet shows something else.

    A gate that always counts 0 looks clean and is not there. How a program spells a formula as it
    saves (blanks, dollars, marks of newer functions) makes no difference. What stood there before
    is kept in the backup and in the workbook's log.
    """,
)

reading_rule(
    "ROW-013",
    "formulas-of-another-making",
    _ERROR,
    "The formulas of {count} columns are not this record's: {some}.",
    "`sheetrecord validate BOOK --fix --plan` shows both texts of each; `--fix` puts ours back.",
    """Formulas in many engine columns compute from other cells than they should.

    It happens when a program inserts, deletes, sorts or renames something and leaves the formulas
    as they were, so that all of them point beside their cells.
    """,
)

reading_rule(
    "ROW-014",
    "id-on-an-empty-row",
    _ERROR,
    'The id "{id}" of row {filled} stands on the empty row {row}, too: other sheets find that one.',
    "Clear the id in row {row}, or move what stands in row {filled} up into it.",
    """A row was pasted or typed with an id that an empty row above it keeps for the next one.

    The formulas of the other sheets look for the id from the top and find the empty row: they
    then show nothing of what was filled in below.
    """,
)

reading_rule(
    "ROW-015",
    "headers-repeated",
    _WARNING,
    "Row {row} repeats the headers, so it is not read.",
    "Delete the row; it was pasted along with the data.",
    """Rows copied from another workbook brought its header row with them, in among the data.

    A filter or a sort takes it for a row like any other.
    """,
)

reading_rule(
    "OWN-001",
    "own-field-missing",
    _ERROR,
    'The firm asks for "{column}" from {stage} on.',
    "Fill the cell.",
    """The firm's settings make a column required that is not required by itself.

    Required fields stand in the Settings sheet: sheet, header, stage, and yes when they block.
    A field that blocks keeps the gate shut like our own.
    """,
)

reading_rule(
    "OWN-003",
    "no-fee-template-fits",
    _ERROR,
    "The deal has no fee lines, and no fee template serves {model}.",
    "Type the lines into the sheet {Fees}, or add a template that fits in {Settings}.",
    """A deal cannot be promoted without the lines that it is paid by.

    The fee templates in Settings make them, each for one fee model.
    """,
)

reading_rule(
    "OWN-002",
    "own-field-unfit",
    _WARNING,
    '"{value}" does not fit the firm\'s own column "{column}": {wanted}.',
    "Correct the cell, or the column's line in the sheet {Settings}.",
    """A cell of a column that the firm added is not of the kind or in the list it declared.

    Own columns stand in the Settings sheet: sheet, header, kind, allowed values.
    """,
)

reading_rule(
    "ROW-012",
    "column-moved",
    _ERROR,
    '{count} of {rows} in "{column}" stand in other rows than in {base}.',
    "Undo the sort, or take the column from there; if it is meant, sync with --allow sorted-apart.",
    """One column was sorted, or cells of it were inserted or deleted, without the rest of its rows.

    Every value is still there, each beside another row's: a client beside another's amount. No
    rule can see that from the sheet alone; `sheetrecord validate BOOK --against FILE` compares it
    with an earlier file or with the record, as a sync does. Rows sorted whole are no matter.
    """,
)

"""Rules about rows and the links between them: ids, references, formulas, own columns."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sheetrecord.model.edit import At, SetCell
from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, book_rule, reading_rule
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@book_rule(
    "ROW-001",
    _ERROR,
    'The id "{id}" stands on {count} rows: {rows}.',
    "A copied row takes its id along; `sheetrecord validate --fix` gives the copy its own.",
)
def duplicate_id(record: Record) -> Iterator[Found]:
    """Two rows have the same id, usually because a row was copied and pasted.

    References to the id then mean either of them, and a merge would mix them up. The first row
    keeps the id; the fix gives each later one a new id and keeps all it holds.

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
        for row in rows:
            if row[1] in places and row.row != places[row[1]][0]:
                numbers = ", ".join(str(number) for number in places[row[1]])
                words = {"id": row[1], "count": counts[row[1]], "rows": numbers}
                yield Found(row, row.columns[0].key, words)


@book_rule(
    "ROW-002",
    _WARNING,
    "This row has no id.",
    "`sheetrecord validate --fix` gives it one; until then nothing can refer to it.",
)
def id_missing(record: Record) -> Iterator[Found]:
    """A row without an id cannot be referred to, merged or followed.

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
        for row in record.rows(sheet):
            if not row[1]:
                yield Found(row, row.columns[0].key)


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
                    yield Found(row, row.columns[0].key, {"id": text, "other": other})


@book_rule(
    "LINK-001",
    _ERROR,
    'There is no deal "{deal}".',
    "Correct the deal id, or add the deal to the Deal sheet.",
)
def deal_unknown(record: Record) -> Iterator[Found]:
    """A row belongs to a deal that is not in the workbook: nobody will find it.

    ```bad
    | Deal        | deal_id | client |
    |             | D-0001  | Acme   |
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0009  | Training |
    ```
    ```good
    | Deal        | deal_id | client |
    |             | D-0001  | Acme   |
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0001  | Training |
    ```
    """
    known = record.by_deal
    for sheet in SHEETS:
        if sheet == "Deal":
            continue
        for row in record.rows(sheet):
            if row.deal_id not in known and row.deal_id:
                yield Found(row, "deal_id", {"deal": row.deal_id})


@book_rule(
    "LINK-002",
    _ERROR,
    "This row belongs to no deal.",
    "Put the deal's id into its deal column.",
)
def deal_missing(record: Record) -> Iterator[Found]:
    """A row without a deal is in nobody's view and counts for nobody's gate.

    ```bad
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 |         | Training |
    ```
    ```good
    | Deal        | deal_id | client |
    |             | D-0001  | Acme   |
    | Commitments | com_id  | deal_id | what     |
    |             | C-7K3Q4 | D-0001  | Training |
    ```
    """
    for sheet in SHEETS:
        if sheet == "Deal":
            continue
        for row in record.rows(sheet):
            if not row.deal_id:
                yield Found(row, "deal_id")


@book_rule(
    "LINK-003",
    _ERROR,
    'There is no row "{id}" on the sheet {sheet}.',
    "Correct the id, or clear the cell.",
)
def reference_unknown(record: Record) -> Iterator[Found]:
    """A cell refers to a row that is gone, such as a fee line to a deleted milestone.

    ```bad
    | Deal | deal_id | client | prior_deal_id |
    |      | D-0002  | Acme   | D-0001        |
    ```
    ```good
    | Deal | deal_id | client | prior_deal_id |
    |      | D-0001  | Acme   |               |
    |      | D-0002  | Acme   | D-0001        |
    ```
    """
    ids = {sheet: {row[1] for row in record.rows(sheet)} for sheet in SHEETS}
    for row, column, target in _references(record):
        if target not in ids[column.to_sheet]:
            yield Found(row, column.key, {"id": target, "sheet": column.to_sheet})


@book_rule(
    "LINK-004",
    _WARNING,
    '"{id}" belongs to deal {other}, this row to {deal}.',
    "Refer to a row of the same deal.",
)
def reference_to_another_deal(record: Record) -> Iterator[Found]:
    """A row refers to a row of another deal, usually after copying between deals.

    ```bad
    | Deal        | deal_id | client |
    |             | D-0001  | Acme   |
    |             | D-0002  | Bolt   |
    | Commitments | com_id  | deal_id | what     |
    |             | C-1     | D-0001  | Training |
    | Fees        | fee_id  | deal_id | net | commitment_ref |
    |             | F-1     | D-0002  | 100 | C-1            |
    ```
    ```good
    | Deal        | deal_id | client |
    |             | D-0001  | Acme   |
    | Commitments | com_id  | deal_id | what     |
    |             | C-1     | D-0001  | Training |
    | Fees        | fee_id  | deal_id | net | commitment_ref |
    |             | F-1     | D-0001  | 100 | C-1            |
    ```
    """
    deal_of = {
        sheet: {row[1]: row.deal_id for row in record.rows(sheet)}
        for sheet in SHEETS
        if sheet != "Deal"
    }
    for row, column, target in _references(record):
        if column.to_sheet == "Deal":
            continue
        other = deal_of[column.to_sheet].get(target, row.deal_id)
        if other != row.deal_id:
            words = {"id": target, "other": other, "deal": row.deal_id}
            yield Found(row, column.key, words)


@book_rule(
    "LINK-005",
    _ERROR,
    "The deal names itself as its earlier deal.",
    "Name the earlier deal of the same client, or clear the cell.",
)
def prior_deal_is_itself(record: Record) -> Iterator[Found]:
    """A deal that follows itself has no history to bring along.

    ```bad
    | Deal | deal_id | client | prior_deal_id |
    |      | D-0001  | Acme   | D-0001        |
    ```
    ```good
    | Deal | deal_id | client | prior_deal_id |
    |      | D-0001  | Acme   |               |
    ```
    """
    for deal in record.deals:
        if deal.prior_deal_id and deal.prior_deal_id == deal.deal_id:
            fix = (SetCell(At("Deal", deal.id, "prior_deal_id", deal.row), None, "LINK-005"),)
            yield Found(deal, "prior_deal_id", fix=fix)


def _references(record: Record) -> Iterator[tuple[Any, Column, str]]:
    """Yield (row, column, id) of every filled reference but the one to the row's own deal."""
    for sheet, declared in SHEETS.items():
        columns = [
            column
            for column in declared.columns
            if column.kind is Kind.REF and column.key != "deal_id"
        ]
        for column in columns:
            at = column.position
            yield from ((row, column, row[at]) for row in record.rows(sheet) if row[at])


reading_rule(
    "ROW-004",
    "totals-row",
    _WARNING,
    "Row {row} looks like a total under the data.",
    "Delete it: the Deal sheet adds up by itself, and a new row below it may be missed.",
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
    "`sheetrecord validate --fix` puts the formula back.",
    """An engine column holds a typed value, so it no longer follows the record.

    What was typed looks right today and is wrong tomorrow. If the formula is wrong, say so.
    """,
)

reading_rule(
    "ROW-007",
    "formula-missing",
    _WARNING,
    'The column "{column}" lacks its formula on {count} rows, from row {first} on.',
    "`sheetrecord validate --fix` puts it back; until then the sheet's own counts miss these rows.",
    """Rows were pasted or added without the formulas of their neighbours.

    The engine computes the value all the same; the sheet's own gate and sums do not see the row.
    """,
)

reading_rule(
    "ROW-008",
    "formulas-overwritten",
    _ERROR,
    'The formulas of "{column}" were replaced by values on {count} rows, from row {first} on.',
    "`sheetrecord validate --fix` puts them back.",
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
    "OWN-002",
    "own-field-unfit",
    _WARNING,
    '"{value}" does not fit the firm\'s own column "{column}": {wanted}.',
    "Correct the cell, or the column's line in the Settings sheet.",
    """A cell of a column that the firm added is not of the kind or in the list it declared.

    Own columns stand in the Settings sheet: sheet, header, kind, allowed values.
    """,
)

"""Rules about references: rows that name a deal or another row that is not there."""

from collections.abc import Iterator
from typing import Any

from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, book_rule
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Record
from sheetrecord.schema.sheets import SHEETS

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_MANY = 5
"""More rows than this that name the same unknown deal are said once."""


@book_rule(
    "LINK-001",
    _ERROR,
    'There is no deal "{deal}".{more}',
    "Correct the deal id, or add the deal to the sheet {Deal}.",
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
    missed: dict[str, list[Any]] = {}
    for sheet in SHEETS:
        if sheet == "Deal":
            continue
        for row in record.rows(sheet):
            if row.deal_id not in known and row.deal_id:
                missed.setdefault(row.deal_id, []).append(row)
    for deal_id, rows in missed.items():
        once = len(rows) > _MANY  # a deal that was deleted is one thing, whatever it leaves behind
        more = Phrase(" It is named by {count} rows, this one first.", count=len(rows))
        for row in rows[:1] if once else rows:
            yield Found(row, "deal_id", {"deal": deal_id, "more": more if once else ""})


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
            yield Found(row, column.key, {"id": target, "sheet": Term("sheet", column.to_sheet)})


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
            fix = (SetValue(At("Deal", deal.id, "prior_deal_id", deal.row), None, "LINK-005"),)
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

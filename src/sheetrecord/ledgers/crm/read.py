"""Read an export of a sales system: every row becomes a deal, or is refused by its cell."""

from collections.abc import Sequence
from typing import Final

from sheetrecord.core.crm.facts import CrmExport, ImportAnswers, ImportQuestion, RefusedCell
from sheetrecord.ledgers.crm.cells import CellTable, tables
from sheetrecord.ledgers.crm.columns import CrmColumns, find_columns
from sheetrecord.ledgers.crm.rows import RowReader
from sheetrecord.ledgers.crm.stages import StageOf
from sheetrecord.ledgers.crm.twice import one_each
from sheetrecord.ledgers.crm.vocabulary import folded, vocabulary
from sheetrecord.ledgers.profile import header_hash
from sheetrecord.ledgers.table import DelimitedRow

NAMED: Final = "deal_name"
"""The meaning without which a table holds no deals."""


def head_of(data: bytes, name: str, system: str) -> tuple[str, str]:
    """Return the identity of an export's heading row, and its system. Raises CannotRead."""
    table, columns = _best(tables(data, name), system, ImportAnswers())
    return _head(table, columns), columns.system if columns else system or "csv"


def read_export(
    data: bytes, name: str, system: str, answers: ImportAnswers, firm: StageOf
) -> CrmExport:
    """Read one export. Raises CannotRead for a file that is none.

    ``system`` is the one that somebody named, or empty; ``firm`` knows the firm's own stages.
    """
    table, columns = _best(tables(data, name), system, answers)
    head = _head(table, columns)
    if columns is None or not _names(columns):
        heads = [cell for cell in table.rows[columns.row if columns else 0].cells if cell]
        text = f"column of the deal's name (one of: {', '.join(heads)})"
        ask = (ImportQuestion("column", "deal_name", text, tuple(heads)),)
        known = columns or CrmColumns(0, system or "csv", "en", {}, heads)
        return CrmExport(
            name, known.system, known.language, table.encoding, head, known.mapping(), (), ask=ask
        )
    rows = _within(table.rows[columns.row + 1 :], columns)
    reader = RowReader(columns, rows, answers, firm)
    deals = [deal for row in rows if (deal := reader.deal(row))]
    kept, twice = one_each(deals)
    return CrmExport(
        name,
        columns.system,
        columns.language,
        table.encoding,
        head,
        columns.mapping(),
        tuple(kept),
        tuple(_in_order([*reader.refused, *twice])),
        tuple(reader.questions(kept)),
        currency_named=reader.currency_named,
    )


def _best(
    found: Sequence[CellTable], system: str, answers: ImportAnswers
) -> tuple[CellTable, CrmColumns | None]:
    """Return the table with most known headings; a workbook may have several."""
    tried = [(table, find_columns(table.rows, system, answers.columns)) for table in found]
    return max(tried, key=lambda one: len(one[1].at) if one[1] else 0)


def _names(columns: CrmColumns) -> bool:
    """Tell whether the table names its deals; Close names them after the client."""
    return NAMED in columns.at or (columns.system == "close" and "client" in columns.at)


def _head(table: CellTable, columns: CrmColumns | None) -> str:
    return header_hash(list(table.rows[columns.row if columns else 0].cells))


def _within(rows: Sequence[DelimitedRow], columns: CrmColumns) -> list[DelimitedRow]:
    """Return the rows of the table: a total, a note or a copyright line ends it."""
    named = columns.at.get(NAMED, columns.at.get("client", 0))
    found: list[DelimitedRow] = []
    for row in rows:
        filled = [cell for cell in row.cells if cell]
        first = folded(filled[0].split("(")[0])
        total = first in vocabulary().words["totals"] and not _cell(row, named)
        note = len(filled) == 1 and len(columns.at) > 1 and not _cell(row, named)
        if total or note or (len(row.cells) == 1 and len(columns.heads) > 1):
            break
        found.append(row)
    return found


def _cell(row: DelimitedRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _in_order(refused: Sequence[RefusedCell]) -> list[RefusedCell]:
    def place(one: RefusedCell) -> tuple[int, int, str]:
        letters = one.cell.rstrip("0123456789")
        return int(one.cell[len(letters) :]), len(letters), letters

    return sorted(dict.fromkeys(refused), key=place)

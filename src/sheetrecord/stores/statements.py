"""Every SQL statement on a record's tables, in words that SQLite and PostgreSQL share."""

from typing import Final

NEW_RECORD: Final = (
    "INSERT INTO record (record_id, run, changed, seq, head, last_generation, last_deal,"
    " furniture, conflicts) VALUES (?, 0, 0, 0, '', 0, 0, '{}', '[]') ON CONFLICT DO NOTHING"
)
STATE: Final = (
    "SELECT run, changed, seq, head, last_generation, last_deal FROM record WHERE record_id = ?"
)
WHOLE_STATE: Final = (
    "SELECT run, changed, last_generation, last_deal, furniture, conflicts, problems FROM record"
    " WHERE record_id = ?"
)
ADVANCE: Final = (
    "UPDATE record SET run = ?, changed = ?, seq = ?, head = ?, last_generation = ?, last_deal = ?"
    " WHERE record_id = ?"
)
ROWS_MARK: Final = "SELECT rows_mark FROM record WHERE record_id = ?"
SET_ROWS_MARK: Final = "UPDATE record SET rows_mark = ? WHERE record_id = ?"
SET_PROBLEMS: Final = "UPDATE record SET problems = ? WHERE record_id = ?"
SET_WORKBOOK_CONFIG: Final = "UPDATE record SET furniture = ? WHERE record_id = ?"
SET_CONFLICTS: Final = "UPDATE record SET conflicts = ? WHERE record_id = ?"

ROWS: Final = "SELECT sheet, row_id, cells FROM record_row WHERE record_id = ? ORDER BY place"
ROW: Final = "SELECT cells FROM record_row WHERE record_id = ? AND sheet = ? AND row_id = ?"
PUT_ROW: Final = (
    "INSERT INTO record_row (record_id, sheet, row_id, place, cells) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (record_id, sheet, row_id) DO UPDATE SET cells = excluded.cells"
)
REMOVE_ROW: Final = "DELETE FROM record_row WHERE record_id = ? AND sheet = ? AND row_id = ?"
REMOVE_ROWS: Final = "DELETE FROM record_row WHERE record_id = ?"

BASE: Final = "SELECT body FROM base WHERE record_id = ? AND generation = ?"
MARK: Final = "SELECT mark FROM base WHERE record_id = ? AND generation = ?"
GENERATIONS: Final = "SELECT generation FROM base WHERE record_id = ? ORDER BY generation"
PUT_BASE: Final = (
    "INSERT INTO base (record_id, generation, body, mark) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (record_id, generation) DO UPDATE SET body = excluded.body"
)
REMOVE_BASE: Final = "DELETE FROM base WHERE record_id = ? AND generation = ?"

COPIES: Final = (
    "SELECT name, digest, size, mtime_ns, generation, run, note FROM known_copy"
    " WHERE record_id = ? ORDER BY name"
)
CARRIED: Final = "SELECT generation FROM known_copy WHERE record_id = ?"
PUT_COPY: Final = (
    "INSERT INTO known_copy (record_id, name, digest, size, mtime_ns, generation, run, note)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record_id, name) DO UPDATE SET"
    " digest = excluded.digest, size = excluded.size, mtime_ns = excluded.mtime_ns,"
    " generation = excluded.generation, run = excluded.run, note = excluded.note"
)

LEDGER: Final = (
    "SELECT seq, run, at, actor, kind, origin, generation, sheet, row_id, column_key, old_cell,"
    " new_cell, cells, why, hash FROM ledger WHERE record_id = ? AND seq > ? ORDER BY seq LIMIT ?"
)
LOG: Final = (
    "INSERT INTO ledger (record_id, seq, run, at, actor, kind, origin, generation, sheet, row_id,"
    " column_key, old_cell, new_cell, cells, why, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

MARKED: Final = "SELECT 1 FROM ledger WHERE record_id = ? AND substr(hash, 1, 16) = ? LIMIT 1"
LAST_AT: Final = "SELECT at FROM ledger WHERE record_id = ? ORDER BY seq DESC LIMIT 1"

RECORDS: Final = "SELECT record_id FROM record ORDER BY record_id"

EVERY_RECORD: Final = (
    "SELECT record_id, run, changed, seq, head, last_generation, last_deal, furniture, conflicts,"
    " rows_mark, problems FROM record WHERE record_id = ?"
)
ADD_RECORD: Final = (
    "INSERT INTO record (record_id, run, changed, seq, head, last_generation, last_deal,"
    " furniture, conflicts, rows_mark, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
EVERY_ROW: Final = (
    "SELECT record_id, sheet, row_id, place, cells FROM record_row WHERE record_id = ?"
    " ORDER BY place"
)
EVERY_COPY: Final = (
    "SELECT record_id, name, digest, size, mtime_ns, generation, run, note FROM known_copy"
    " WHERE record_id = ?"
)

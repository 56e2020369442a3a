"""Every SQL statement on the manifest of a fleet; ``{now}`` is the database's own clock."""

from typing import Final

KNOWN: Final = "SELECT path, size, mtime_ns, digest, state, record_id FROM workbook WHERE fleet = ?"
ADD: Final = (
    "INSERT INTO workbook (fleet, path, record_id, size, mtime_ns, digest, state, result, wanted,"
    " attempt, tries, worker, finished_at)"
    " VALUES (?, ?, '', 0, 0, '', '', '', 0, 0, 0, '', 0) ON CONFLICT DO NOTHING"
)
WANT: Final = (
    "UPDATE workbook SET state = 'due', wanted = wanted + 1, tries = 0, failures = 0, size = ?,"
    " mtime_ns = ?, digest = ?, record_id = CASE WHEN record_id = '' THEN ? ELSE record_id END"
    " WHERE fleet = ? AND path = ?"
)
TOUCH: Final = (
    "UPDATE workbook SET size = ?, mtime_ns = ? WHERE fleet = ? AND path = ? AND digest = ?"
)
GONE: Final = "UPDATE workbook SET state = 'gone' WHERE fleet = ? AND path = ?"
AGAIN: Final = (
    "UPDATE workbook SET state = 'due', tries = 0 WHERE fleet = ? AND state IN ('failed', 'waits')"
)
DUE: Final = "SELECT path, record_id FROM workbook WHERE fleet = ? AND state = 'due' ORDER BY path"
STUCK: Final = (
    "UPDATE workbook SET state = 'stuck', result = ?, worker = '', failures = failures + 1"
    " WHERE fleet = ? AND path = ? AND state = 'due' AND tries >= ?"
)
BEGIN: Final = (
    "UPDATE workbook SET attempt = attempt + 1, tries = tries + 1, worker = ?, job = ?,"
    " begun_at = {now} WHERE fleet = ? AND path = ? AND state = 'due'"
    " RETURNING attempt, wanted, record_id"
)
FINISH: Final = (
    "UPDATE workbook SET state = CASE WHEN wanted = ? THEN ? ELSE 'due' END, result = ?,"
    " record_id = ?, digest = ?, size = ?, mtime_ns = 0, tries = 0, failures = 0, worker = '',"
    " finished_at = {now} WHERE fleet = ? AND path = ? AND attempt = ? AND worker <> ''"
    " RETURNING path"
)
FAIL: Final = (
    "UPDATE workbook SET state = ?, result = ?, tries = 0, failures = failures + 1, worker = '',"
    " finished_at = {now} WHERE fleet = ? AND path = ? AND attempt = ? AND worker <> ''"
    " RETURNING path"
)
WAKE: Final = (
    "UPDATE workbook SET state = 'due', wanted = wanted + 1 WHERE fleet = ? AND record_id = ?"
    " AND path <> ? AND state <> 'gone' RETURNING path, record_id"
)
COUNTS: Final = "SELECT state, count(*) FROM workbook WHERE fleet = ? GROUP BY state ORDER BY state"
TROUBLES: Final = (
    "SELECT path, state, failures, finished_at, result FROM workbook WHERE fleet = ?"
    " AND (state IN ('failed', 'waits', 'stuck') OR (state = 'due' AND failures > 0))"
    " ORDER BY path"
)
HELD: Final = (
    "SELECT path, worker, begun_at, job FROM workbook WHERE fleet = ? AND worker <> ''"
    " ORDER BY path"
)

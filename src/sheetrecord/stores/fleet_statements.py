"""Every SQL statement on the manifest of a fleet; ``{now}`` is the database's own clock."""

from typing import Final

KNOWN: Final = "SELECT path, size, mtime_ns, digest, state FROM workbook WHERE fleet = ?"

ADD: Final = (
    "INSERT INTO workbook (fleet, path, record_id, size, mtime_ns, digest, state, result, wanted,"
    " attempt, tries, leased_until, worker, finished_at)"
    " VALUES (?, ?, '', 0, 0, '', '', '', 0, 0, 0, 0, '', 0) ON CONFLICT DO NOTHING"
)
WANT: Final = (
    "UPDATE workbook SET state = 'due', wanted = wanted + 1, tries = 0, size = ?, mtime_ns = ?,"
    " digest = ? WHERE fleet = ? AND path = ?"
)
TOUCH: Final = (
    "UPDATE workbook SET size = ?, mtime_ns = ? WHERE fleet = ? AND path = ? AND digest = ?"
)
GONE: Final = "UPDATE workbook SET state = 'gone' WHERE fleet = ? AND path = ?"
AGAIN: Final = (
    "UPDATE workbook SET state = 'due', tries = 0 WHERE fleet = ? AND state IN ('failed', 'waits')"
)
STUCK: Final = (
    "UPDATE workbook SET state = 'stuck', result = ? WHERE fleet = ? AND state = 'due'"
    " AND tries >= ? AND leased_until <= {now}"
)
CLAIM: Final = (
    "WITH due AS MATERIALIZED (SELECT path FROM workbook WHERE fleet = ? AND state = 'due'"
    " AND leased_until <= {now} ORDER BY path LIMIT ?{skip_locked})"
    " UPDATE workbook SET attempt = attempt + 1, tries = tries + 1, worker = ?,"
    " leased_until = {now} + ? WHERE fleet = ? AND path IN (SELECT path FROM due)"
    " RETURNING path, attempt, wanted, record_id"
)
BEGIN_RECORD: Final = "UPDATE workbook SET record_id = ? WHERE fleet = ? AND path = ?"
FINISH: Final = (
    "UPDATE workbook SET state = CASE WHEN wanted = ? THEN ? ELSE 'due' END, result = ?,"
    " record_id = ?, digest = ?, size = ?, mtime_ns = 0, tries = 0, leased_until = 0,"
    " finished_at = {now} WHERE fleet = ? AND path = ? AND attempt = ? RETURNING path"
)
FAIL: Final = (
    "UPDATE workbook SET state = ?, result = ?, leased_until = 0, finished_at = {now}"
    " WHERE fleet = ? AND path = ? AND attempt = ? RETURNING path"
)
WAKE: Final = (
    "UPDATE workbook SET state = 'due', wanted = wanted + 1 WHERE fleet = ? AND record_id = ?"
    " AND path <> ? AND state <> 'gone'"
)
COUNTS: Final = "SELECT state, count(*) FROM workbook WHERE fleet = ? GROUP BY state ORDER BY state"
TROUBLES: Final = (
    "SELECT path, state, result FROM workbook WHERE fleet = ?"
    " AND state IN ('failed', 'waits', 'stuck') ORDER BY path"
)

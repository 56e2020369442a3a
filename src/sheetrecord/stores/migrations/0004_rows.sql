-- What all rows of a record come to, as the last commit left them; empty for older ones.
ALTER TABLE record ADD COLUMN rows_mark TEXT NOT NULL DEFAULT '';

-- What waits for somebody besides conflicts, until it is gone.
ALTER TABLE record ADD COLUMN problems TEXT NOT NULL DEFAULT '[]';

-- The ledger's chain when a generation was first kept, 16 hex digits; empty for older ones.
ALTER TABLE base ADD COLUMN mark TEXT NOT NULL DEFAULT '';

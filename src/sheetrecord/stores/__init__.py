"""Where the record, its past and its conflicts are kept: SQLite on this machine, or PostgreSQL."""

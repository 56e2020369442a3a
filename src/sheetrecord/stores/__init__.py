"""Where the record, its past and its conflicts are kept: SQLite on this machine, or PostgreSQL."""

from sheetrecord.stores.connect import default_url, open_store
from sheetrecord.stores.memory import MemoryStore
from sheetrecord.stores.tables import TableStore

__all__ = ["MemoryStore", "TableStore", "default_url", "open_store"]

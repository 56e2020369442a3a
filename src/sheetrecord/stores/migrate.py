"""Numbered schema migrations: plain SQL files, shared by both databases where possible."""

from importlib.resources import files
from typing import Final, Literal, TypeAlias

Dialect: TypeAlias = Literal["sqlite", "postgres"]

_WORDS: Final[dict[Dialect, dict[str, str]]] = {
    "sqlite": {
        "{int}": "INTEGER",
        "{bytes}": "BLOB",
        "{table}": " STRICT, WITHOUT ROWID",
        "{blobs}": " STRICT",
    },
    "postgres": {"{int}": "BIGINT", "{bytes}": "BYTEA", "{table}": "", "{blobs}": ""},
}


def steps(dialect: Dialect, after: int = 0) -> list[tuple[int, str]]:
    """Return (version, SQL) of the migrations after a version, in order.

    ``NNNN_name.sql`` is for both databases; ``NNNN_name.<dialect>.sql`` follows it in one.
    """
    folder = files(__package__) / "migrations"
    texts = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()}
    found = []
    for name in sorted(texts):
        base, _, rest = name.partition(".")
        version = int(base.split("_")[0]) if rest == "sql" else 0
        if version > after:
            sql = texts[name] + texts.get(f"{base}.{dialect}.sql", "")
            for word, meaning in _WORDS[dialect].items():
                sql = sql.replace(word, meaning)
            found.append((version, sql))
    return found


def newest() -> int:
    """Return the newest schema version that this program knows."""
    return steps("sqlite")[-1][0]

"""Numbered schema migrations: plain SQL files, shared by both databases where possible."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
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
    found = []
    for version, base in _numbered():
        if version > after:
            sql = "".join(_text(f"{base}.{end}") for end in ("sql", f"{dialect}.sql"))
            for word, meaning in _WORDS[dialect].items():
                sql = sql.replace(word, meaning)
            found.append((version, sql))
    return found


def newest() -> int:
    """Return the newest schema version that this program knows; no file is read for it."""
    return max(_numbered())[0]


def _folder() -> Traversable:
    return files("sheetrecord.stores").joinpath("migrations")


def _numbered() -> Iterator[tuple[int, str]]:
    """Yield the versions in order, each with its file's name without the ending."""
    for name in sorted(file.name for file in _folder().iterdir()):
        base, _, rest = name.partition(".")
        if rest == "sql":
            yield int(base.split("_")[0]), base


def _text(name: str) -> str:
    file = _folder() / name
    return file.read_text("utf-8") if file.is_file() else ""

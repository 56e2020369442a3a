"""The nearest `sheetrecord.toml`: where the copies are, and what an editor may not loosen."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.model.errors import BadSettings

TABLES = ("store", "copies")
"""The tables of a sync: read by `app.copies`, which only commands that sync load."""

FILE = "sheetrecord.toml"
_SEVERITIES = {"note", "warning", "error"}


class Config(NamedTuple):
    """What `sheetrecord.toml` says. Paths are absolute; severities may loosen a rule.

    ``sync`` holds `[store]` and `[copies.*]` as they stand in the file.
    """

    path: Path | None = None
    book: Path | None = None
    books: Mapping[str, Path] = {}
    severities: Mapping[str, str] = {}
    sync: Mapping[str, Any] = {}


def find_config(start: Path) -> Config:
    """Return the settings file of a folder or of the nearest folder above it."""
    for folder in (start, *start.parents):
        path = folder / FILE
        if path.is_file():
            return read_config(path)
    return Config()


def read_config(path: Path) -> Config:
    """Read a settings file. Raises BadSettings with the line or key that is not understood."""
    import tomllib

    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise BadSettings(path, f"it is not valid TOML: {err}.", "Correct that line.") from err
    books = _table(path, told, "books")
    severities = _table(path, told, "severity")
    for code, word in severities.items():
        if word not in _SEVERITIES:
            raise BadSettings(
                f"{path} [severity] {code}",
                f'"{word}" is not a severity.',
                "Use note, warning or error.",
            )
    found = {alias: path.parent / name for alias, name in books.items()}
    sync = {name: told[name] for name in TABLES if name in told}
    book = told.get("book")
    if book is not None and not isinstance(book, str):
        raise BadSettings(f"{path} book", "it is not a path.", 'Write it as book = "firm.xlsx".')
    return Config(path, path.parent / book if book else None, found, severities, sync)


def _table(path: Path, told: Mapping[str, Any], name: str) -> dict[str, str]:
    table = told.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise BadSettings(
            f"{path} [{name}]", "it is not a table of texts.", 'Write each line as name = "text".'
        )
    return table

"""Keep the digests of each version of the schema, `schema/history.toml`.

Usage: build_history.py [--check]

A version whose books are frozen in `tests/old/` is closed: its digests never change again, and a
schema that moved needs the next version. With ``--check`` nothing is written; exit code 1 says
that something does not agree.
"""

import hashlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.formats import xlsx
from sheetrecord.schema.outline import schema_digest, template_digest
from sheetrecord.schema.sheets import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parent.parent
HISTORY = ROOT / "src" / "sheetrecord" / "schema" / "history.toml"
TEMPLATES = ROOT / "workbook_templates"
OLD = ROOT / "tests" / "old"
NOTICE = "# Digests of each version of the schema. Written by scripts/build_history.py.\n"


class Version(NamedTuple):
    """One version: digests of the schema, of the templates, and of its frozen books."""

    number: int
    schema: str
    templates: dict[str, str]
    books: dict[str, str]


def kept(text: str) -> list[Version]:
    """Return the versions that a history holds, oldest first."""
    found: list[dict[str, Any]] = tomllib.loads(text).get("version", [])
    return [Version(v["number"], v["schema"], v["templates"], v["books"]) for v in found]


def present(templates: Path = TEMPLATES, old: Path = OLD) -> Version:
    """Return what the schema is now, as its own version."""
    made = {
        path.stem: template_digest(xlsx.read(path)) for path in sorted(templates.glob("*.xlsx"))
    }
    return Version(SCHEMA_VERSION, schema_digest(), made, frozen(SCHEMA_VERSION, old))


def frozen(number: int, old: Path = OLD) -> dict[str, str]:
    """Return the digests of the books that were kept of a version."""
    books = sorted(path for path in (old / f"v{number}").glob("*.xls*"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in books}


def complaints(history: list[Version], now: Version, old: Path = OLD) -> Iterator[str]:
    """Yield what does not agree, each with what to do."""
    for version in history:
        if version.number != now.number and not version.books:
            yield f"Version {version.number} has no frozen books: scripts/freeze_books.py."
        if frozen(version.number, old) != version.books:
            yield f"tests/old/v{version.number} is not what was frozen: put the books back."
    last = next((version for version in history if version.number == now.number), None)
    if last is None:
        yield f"Version {now.number} is not in the history: run scripts/build_history.py."
    elif (last.schema, last.templates) != (now.schema, now.templates):
        if last.books:
            yield (
                f"The schema moved, but version {now.number} is closed: raise SCHEMA_VERSION in "
                "schema/sheets.py, then run scripts/build_history.py."
            )
        else:
            yield "The schema moved within its version: run scripts/build_history.py."
    if any(version.number > now.number for version in history):
        yield "The history knows a newer version than SCHEMA_VERSION."


def written(history: list[Version], now: Version) -> str:
    """Return the history with the present version in it; a closed one stays as it was."""
    closed = [one for one in history if one.number != now.number or one.books]
    open_ = [] if any(one.number == now.number for one in closed) else [now]
    return NOTICE + "".join(_table(one) for one in [*closed, *open_])


def _table(one: Version) -> str:
    lines = ["", "[[version]]", f"number = {one.number}", f'schema = "{one.schema}"']
    for name, digests in (("templates", one.templates), ("books", one.books)):
        lines += ["", f"[version.{name}]"]
        lines += [f'"{key}" = "{digest}"' for key, digest in digests.items()]
    return "\n".join(lines) + "\n"


def main(words: list[str]) -> int:
    """Write or check the history; return the exit code."""
    if words not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    history = kept(HISTORY.read_text()) if HISTORY.exists() else []
    now = present()
    if not words:
        HISTORY.write_text(written(history, now))
        history = kept(HISTORY.read_text())
    wrong = list(complaints(history, now))
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write the JSON Schema of what every command prints into `docs/json/`: `build_json.py [--check]`.

With --check nothing is written; a file that differs from the types ends this with 1.
"""

import json
import sys
from pathlib import Path

import json_types
from sheetrecord.contract.published import PUBLISHED

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "json"


def schemas() -> dict[str, str]:
    """Return each file's name and content."""
    found = {}
    for words, kind in PUBLISHED.items():
        schema = json_types.adapter(kind).json_schema(by_alias=True)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        schema["title"] = f"sheetrecord {words} --format json" if words != "error" else "an error"
        found[f"{words.replace(' ', '-')}.schema.json"] = json.dumps(schema, indent=1) + "\n"
    return found


def main() -> int:
    """Write, or with --check compare, all of them; return the exit code."""
    wanted = schemas()
    have = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.schema.json")}
    if "--check" in sys.argv[1:]:
        differ = sorted(name for name in {*wanted, *have} if wanted.get(name) != have.get(name))
        for name in differ:
            print(f"docs/json/{name} differs from the types: run scripts/build_json.py")
        return int(bool(differ))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in {*have} - {*wanted}:
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

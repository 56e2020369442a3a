"""Build the workbooks of `workbook_templates/` from the schema, or check that they are up to date.

Usage: build_templates.py [--check]

With ``--check`` nothing is written; the exit code is 1 when a template differs from what the
schema gives. Parts are compared inflated, since another zlib packs the same bytes differently.
"""

import io
import sys
import zipfile
from pathlib import Path

from sheetrecord.formats.template import TEMPLATES, build

FOLDER = Path(__file__).resolve().parent.parent / "workbook_templates"


def parts(workbook: bytes) -> list[tuple[str, bytes]]:
    """Return the parts of a workbook in their order."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def same(path: Path, workbook: bytes) -> bool:
    """Tell whether a file holds the same parts as a workbook."""
    if not path.exists():
        return False
    kept = path.read_bytes()
    return kept == workbook or parts(kept) == parts(workbook)


def main(arguments: list[str]) -> int:
    """Build or check every template; return the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for name, spec in TEMPLATES.items():
        path, workbook = FOLDER / f"{name}.xlsx", build(spec)
        if same(path, workbook):
            continue
        stale.append(path.name)
        if not check:
            FOLDER.mkdir(exist_ok=True)
            path.write_bytes(workbook)
    for name in stale:
        print(f"{name}: {'differs from the schema' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

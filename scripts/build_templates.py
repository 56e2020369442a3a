"""Build the workbooks of `workbook_templates/` from the schema, or check that they are up to date.

Usage: build_templates.py [--check]

All of them are built before one is written. With ``--check`` nothing is written; the exit code is 1
when a template differs from what the schema gives. A word that a language lacks is said, with where
to add it, and nothing is built. Parts are compared inflated, since another zlib packs the same
bytes differently.
"""

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from sheetrecord.formats.template import TEMPLATES, build
from sheetrecord.schema.packs.missing import missing_words

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
    return kept == workbook or (zipfile.is_zipfile(path) and parts(kept) == parts(workbook))


def main(arguments: list[str]) -> int:
    """Build or check every template; return the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__, file=sys.stderr)
        return 2
    if lacking := [str(one) for one in missing_words()]:
        print(*lacking, sep="\n", file=sys.stderr)
        return 1
    built = {FOLDER / f"{name}.xlsx": build(spec) for name, spec in TEMPLATES.items()}
    stale = {path: workbook for path, workbook in built.items() if not same(path, workbook)}
    if not check:
        put(stale)
    for path in stale:
        print(f"{path.name}: {'differs from the schema' if check else 'written'}")
    return 1 if check and stale else 0


def put(workbooks: Mapping[Path, bytes]) -> None:
    """Write all workbooks or, when one cannot be written, leave all of them as they were."""
    before = {path: path.read_bytes() if path.exists() else None for path in workbooks}
    try:
        for path, workbook in workbooks.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(workbook)
    except BaseException:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(old)
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

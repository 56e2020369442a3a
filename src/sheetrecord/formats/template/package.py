"""Makes a finished workbook file plain: fixed dates, fixed order, no invented results.

The library fixes the height of every row that is given one. On a data sheet, which is told by
its filter, rows of data are given the height of their text and stay free to grow with it.

The library that writes the file puts an empty text into every formula's result. A program that
trusts results would show those; without one, every program calculates the formula itself.
"""

import io
import re
import zipfile
from typing import Final

MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can hold: the same on every run."""


def plain(workbook: bytes) -> bytes:
    """Return the same workbook, the same bytes on every run."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = _with_free_heights(_without_results(part))
            if name == "docProps/app.xml":
                part = _CONTENTS.sub(b"", part)
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part, compresslevel=9)
    return out.getvalue()


def _without_results(part: bytes) -> bytes:
    """Drop the empty results that stand in for what no program has calculated yet."""
    return part.replace(b"</f><v></v></c>", b"</f></c>").replace(b' t="str"><f>', b"><f>")


_CONTENTS: Final = re.compile(
    rb"<(HeadingPairs|TitlesOfParts)>.*</(HeadingPairs|TitlesOfParts)>", re.DOTALL
)
"""All sheets and names once more, which no program needs."""

_FIXED: Final = re.compile(rb'(<row r="(?:[4-9]|[1-9][0-9]+)"[^>]*?) customHeight="1"')
"""A row below the headers whose height would stay whatever is typed."""


def _with_free_heights(part: bytes) -> bytes:
    """Let the rows of a data sheet grow with what is typed into them."""
    return _FIXED.sub(rb"\1", part) if b"<autoFilter " in part else part

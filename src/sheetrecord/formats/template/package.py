"""Makes a finished workbook file plain: fixed dates, fixed order, no invented results.

The library that writes the file puts an empty text into every formula's result. A program that
trusts results would show those; without one, every program calculates the formula itself.
"""

import io
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
                part = _without_results(part)
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part, compresslevel=9)
    return out.getvalue()


def _without_results(part: bytes) -> bytes:
    """Drop the empty results that stand in for what no program has calculated yet."""
    return part.replace(b"</f><v></v></c>", b"</f></c>").replace(b' t="str"><f>', b"><f>")

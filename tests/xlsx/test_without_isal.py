"""Where isal is not installed, as in a browser, zlib does its work."""

import subprocess
import sys
from pathlib import Path

from messy import firm

ALONE = """
import io, sys
sys.modules["isal"] = None
from sheetrecord.xlsx import SetCell, open_workbook, patch
data = patch(open(sys.argv[1], "rb").read(), [SetCell("Deal", "F4", "typed")]).data
print(open_workbook(data).grid("Deal").at(4, 6))
from sheetrecord.stores import columns
from sheetrecord.xlsx.archive.deflate import isal_zlib
print(isal_zlib.__name__)
"""


def test_a_workbook_is_read_and_patched_without_isal(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook())
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["typed", "zlib"], "")

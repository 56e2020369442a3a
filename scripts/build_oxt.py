"""Build the extension for LibreOffice: `scripts/build_oxt.py [FILE]`; the same bytes each time."""

import hashlib
import sys
from pathlib import Path

from sheetrecord.app.addins.libreoffice import NAME, extension

place = Path(sys.argv[1] if len(sys.argv) > 1 else NAME)
data = extension()
place.write_bytes(data)
print(f"{place}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")

"""Set everything up and run the main job on a sample firm: `python3 scripts/demo.py [FOLDER]`.

With --google the firm's workbook is a spreadsheet, in a made-up Google on this machine.
"""

import subprocess
import sys
from pathlib import Path

import bootstrap


def main() -> int:
    """Return the demo's exit code."""
    bootstrap.environment()
    usual = ["-m", "sheetrecord", "demo"]
    online = [str(Path(__file__).with_name("google_demo.py"))]
    command = [str(bootstrap.PYTHON), *(online if "--google" in sys.argv else usual), *sys.argv[1:]]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

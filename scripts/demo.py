"""Set everything up and run the main job on a sample firm: `python3 scripts/demo.py [FOLDER]`."""

import subprocess
import sys

import bootstrap


def main() -> int:
    """Return the demo's exit code."""
    bootstrap.environment()
    command = [str(bootstrap.PYTHON), "-m", "sheetrecord", "demo", *sys.argv[1:]]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

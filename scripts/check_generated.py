"""Tell whether what scripts write from the code still agrees with it; exit code 1 if not."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BUILDERS = ("build_templates.py", "build_history.py", "build_docs.py", "build_json.py")


def main() -> int:
    """Run every builder with --check, all of them whatever the first ones say."""
    codes = [
        subprocess.run([sys.executable, str(FOLDER / name), "--check"], check=False).returncode
        for name in BUILDERS
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())

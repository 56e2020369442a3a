"""Set everything up and run the tests: `python3 scripts/test.py [pytest's words...]`.

What cannot be had on this machine is reported as skipped; with CI=true that is a failure.
"""

import os
import subprocess
import sys

import bootstrap


def main() -> int:
    """Return pytest's exit code, or 1 when CI lacks a program that the tests use."""
    bootstrap.environment()
    missing = bootstrap.programs()
    for name in missing:
        package, why = bootstrap.DEBIAN[name]
        print(f"{name} is not on this machine (Debian package {package}; {why}).")
    if missing and os.environ.get("CI") == "true":
        print("CI must run every test.")
        return 1
    words = sys.argv[1:] or ["-n", str(os.cpu_count() or 2), "--dist", "loadfile"]
    command = [str(bootstrap.PYTHON), "-m", "pytest", *words]
    return subprocess.run(command, cwd=bootstrap.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

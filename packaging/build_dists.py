"""Build wheel and sdist twice, under two time zones: `build_dists.py OUT`; other bytes are an error."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import bootstrap  # noqa: E402 - found by the line above


def built(out: Path, zone: str) -> dict[str, str]:
    """Build both into a folder; return the SHA-256 of each file."""
    day = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    ).stdout.strip()  # fmt: skip
    given = {**os.environ, "TZ": zone, "LC_ALL": "C"}
    given.setdefault("SOURCE_DATE_EPOCH", day or "1767225600")
    words = [str(bootstrap.PYTHON), "-m", "hatchling", "build", "-d", str(out)]
    subprocess.run(words, cwd=ROOT, env=given, check=True, timeout=300, stdout=subprocess.DEVNULL)
    files = sorted(path for path in out.iterdir() if path.suffix in {".whl", ".gz"})
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    """Build, compare, and say the sums."""
    out = Path(sys.argv[1]).resolve()
    if out.is_dir() and any(out.iterdir()):
        sys.exit(f"{out} is not empty.")
    bootstrap.environment()
    first = built(out, "UTC")
    with tempfile.TemporaryDirectory() as name:
        second = built(Path(name), "Asia/Tokyo")
    if first != second:
        sys.exit(f"Two builds differ: {first} {second}")
    for name, digest in first.items():
        print(f"{digest}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

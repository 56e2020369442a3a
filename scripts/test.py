"""Set everything up and run the tests: `python3 scripts/test.py [OPTION] [pytest's words...]`.

    python3 scripts/test.py             # every test, of campaigns a fair part
    python3 scripts/test.py --fast      # the laws on few cases, and what is quick: under a minute
    python3 scripts/test.py --long      # every case there is, then the campaigns: about an hour
    python3 scripts/test.py --slowest   # also tells what each test and each file cost
    python3 scripts/test.py tests/rules # any words for pytest

What cannot be had on this machine is reported as skipped; with CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import bootstrap

QUICK: Final = "not slow and not chromium and not gnumeric and not libreoffice and not postgres"

FAST: Final = (
    "tests/core",
    "tests/merge/test_apart.py",
    "tests/merge/test_cases.py",
    "tests/merge/test_deletes.py",
    "tests/merge/test_guards.py",
    "tests/merge/test_identity.py",
    "tests/merge/test_laws.py",
    "tests/merge/test_new_rows.py",
    "tests/merge/test_rows.py",
    "tests/merge/test_small_world.py",
    "tests/promote/test_laws.py",
    "tests/reconcile",
    "tests/rules",
    "tests/stories/test_validate_page.py",
    "tests/sync",
    "tests/xlsx/test_pages.py",
    "tests/xlsx/test_patch_cells.py",
    "tests/xlsx/test_patch_laws.py",
    "tests/xlsx/test_patch_rows.py",
    "tests/xlsx/test_read.py",
)
"""What --fast runs: the engine's units and laws, the byte-exact patcher, and a story."""

CAMPAIGNS: Final = (
    ("mutate_guards.py", "--check"),
    ("soak_sync.py", "300000"),
    ("campaign_sync.py", "FOLDER/office", "--seconds", "400"),
    ("fuzz_xlsx.py", "--minutes", "4", "--findings", "FOLDER/findings"),
    ("kill_loop.py", "--kills", "200"),
    ("kill_promote.py", "--kills", "60"),
    ("kill_migrate.py", "--kills", "60"),
    ("kill_store.py", "--kills", "60"),
    ("kill_sync_files.py", "--kills", "60"),
    ("kill_fleet.py", "--workbooks", "40", "--kills", "12"),
    ("parity.py", "samples-1", "templates", "random-de"),
)
"""What --long runs behind the tests; FOLDER is one that goes away if all went well."""


_PROCESSES: Final = os.cpu_count() or 2
_SPREAD: Final = ("-n", str(_PROCESSES), "--dist", "loadfile", "--no-loadscope-reorder")
"""A file at a time to whoever is free, in the order of `tests/conftest.py`: the long ones first."""


def main() -> int:
    """Return pytest's exit code, or that of a campaign; 1 when CI lacks a program."""
    given = sys.argv[1:]
    fast, long, slowest = (f"--{one}" in given for one in ("fast", "long", "slowest"))
    words = [word for word in given if word not in {"--fast", "--long", "--slowest"}]
    bootstrap.environment()
    if not fast and not _programs():
        return 1
    os.environ["TEST_EFFORT"] = "long" if long else "fast" if fast else "normal"
    _keep_bytecode()
    if slowest:
        os.environ["TEST_TIMES"] = "1"
    if not words:
        words = [*_SPREAD, *(("-m", QUICK, *FAST) if fast else ())]
    code = _python("-m", "pytest", *words).returncode
    return code or (_campaigns() if long else 0)


def _keep_bytecode() -> None:
    """Let each module be compiled once, not by every process, and leave nothing in the tree."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(bootstrap.VENV / "bytecode")


def _programs() -> bool:
    """Say which programs that tests use are not here; tell whether that may be."""
    missing = bootstrap.programs()
    for name in missing:
        package, why = bootstrap.DEBIAN[name]
        print(f"{name} is not on this machine (Debian package {package}; {why}).")
    if missing and os.environ.get("CI") == "true":
        print("CI must run every test.")
        return False
    return True


def _python(*words: str, captured: bool = False) -> subprocess.CompletedProcess[str]:
    """Run our Python with words in the project's folder."""
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if captured else {}
    command = [str(bootstrap.PYTHON), *words]
    return subprocess.run(command, cwd=bootstrap.ROOT, check=False, text=True, **out)


def _campaigns() -> int:
    """Run the campaigns, as many at once as there are processors; return 1 if one failed.

    What a campaign that failed left behind stays for whoever looks into it.
    """
    folder = tempfile.mkdtemp(prefix="campaigns-")

    def run(campaign: Sequence[str]) -> int:
        script, *words = (word.replace("FOLDER", folder) for word in campaign)
        done = _python(f"scripts/{script}", *words, captured=True)
        print(
            f"$ {script} {' '.join(words)}\n{done.stdout}{script}: exit {done.returncode}",
            flush=True,
        )
        return done.returncode

    with ThreadPoolExecutor(_PROCESSES) as pool:
        failed = [code for code in pool.map(run, CAMPAIGNS) if code]
    if failed:
        print(f"{len(failed)} of {len(CAMPAIGNS)} campaigns failed; see {folder}.")
    else:
        shutil.rmtree(folder)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())

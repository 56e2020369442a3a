"""The engine where there is no system below: no locks, no processes, no threads, as in a browser.

A process of its own misses what Emscripten misses; a workbook comes in as bytes and goes out so.
"""

import os
import subprocess
import sys
from pathlib import Path

from promote.firm import ready, workbook

SCRIPT = """
import _thread, datetime as dt, os, sys

MISSING = {"fcntl", "msvcrt", "subprocess", "_posixsubprocess", "multiprocessing", "ctypes",
           "_ctypes", "sqlite3", "_sqlite3", "resource", "pwd", "grp", "socket", "_socket",
           "ssl", "isal", "psycopg", "click"}


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def no_thread(*args, **kwargs):
    raise RuntimeError("can't start new thread")


sys.meta_path.insert(0, Missing())
_thread.start_new_thread = no_thread
for name in ("fork", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "fchmod", "fchown", "listxattr",
             "setxattr", "getxattr", "statvfs", "uname", "geteuid", "getuid", "link", "kill"):
    if hasattr(os, name):
        delattr(os, name)

import sheetrecord

day = dt.date(2026, 6, 30)
record = sheetrecord.open(sys.stdin.buffer.read(), today=day)
assert record.deals and not [one for one in record.problems() if one.severity.word == "error"]
plan = record.promote("D-0001", by="Mara")
assert plan.ok, plan.refusals
assert plan.apply()
again = sheetrecord.open(record.workbook.data, today=day)
assert again.deal("D-0001").deal.handover_state == "offered"
assert again.rows.project
assert not MISSING & {name.partition(".")[0] for name in sys.modules}
print("well")
"""


def test_a_record_in_memory_is_read_checked_and_promoted(tmp_path: Path) -> None:
    environment = {**os.environ, "SHEETRECORD_STATE": str(tmp_path / "state")}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=workbook(ready()),
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, b"well"), ran.stderr.decode()
    assert not (tmp_path / "state").exists()

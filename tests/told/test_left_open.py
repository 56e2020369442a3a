"""A test that leaves a file open fails itself, and says which file; the next one is left alone."""

import ast
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

LEAKS = """
import pytest

class Ring:
    pass

def test_leaks(tmp_path):
    ring = Ring()
    ring.me, ring.file = ring, open(tmp_path / "left.txt", "w")

def test_is_innocent():
    assert True

@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_in_which_a_process_dies(tmp_path):
    test_leaks(tmp_path)
"""


def test_the_test_that_leaves_a_file_open_is_the_one_that_fails(tmp_path: Path) -> None:
    for name in ("conftest.py", "effort.py"):
        (tmp_path / name).write_text((TESTS / name).read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(LEAKS, "utf-8")
    words = ["-X", "tracemalloc", "-m", "pytest", "-q", "-W", "error", "-p", "no:randomly", "."]
    words += ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest"]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "TEST_TIMES"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "3 passed, 1 error" in done.stdout, done.stdout
    assert "ERROR test_it.py::test_leaks" in done.stdout
    assert "left.txt" in done.stdout
    assert 'ring.file = ring, open(tmp_path / "left.txt"' in done.stdout


def test_every_listing_of_a_folder_is_closed() -> None:
    """A listing that ends early (an error, a first hit) stays open until somebody looks."""
    import sheetrecord

    found = []
    for path in Path(sheetrecord.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        held = {
            id(item.context_expr)
            for node in ast.walk(tree)
            if isinstance(node, ast.With)
            for item in node.items
        }
        found += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and id(node) not in held
            if ast.unparse(node.func) in {"os.scandir", "scandir"}
        ]
    assert found == []

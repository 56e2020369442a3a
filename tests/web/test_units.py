"""The page's modules that need no browser, tried by Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.node
@pytest.mark.parametrize("file", sorted(HERE.glob("units/*.test.mjs")), ids=lambda one: one.stem)
def test_a_module_does_what_its_own_tests_say(file: Path) -> None:
    node = shutil.which("node")
    assert node
    words = [node, "--test", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# tests 0" not in done.stdout

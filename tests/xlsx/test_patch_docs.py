"""The patcher's documentation runs."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ("a1", "formulas", "markup", "names", "package", "zipdir")


def test_the_examples_of_the_page_run():
    failed, tried = doctest.testfile(str(ROOT / "docs" / "xlsx.md"), module_relative=False)
    assert (failed, tried > 10) == (0, True)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_code_run(name):
    assert doctest.testmod(importlib.import_module(f"sheetrecord.xlsx.{name}")).failed == 0


def test_every_reason_in_the_code_is_on_the_page():
    import re

    page = (ROOT / "docs" / "xlsx.md").read_text("utf-8")
    for module in ("setcells", "guards", "cellxml", "rows", "companions", "sheets", "notes"):
        code = (ROOT / "src" / "sheetrecord" / "xlsx" / f"{module}.py").read_text("utf-8")
        for reason in re.findall(r'Refused\(\s*"([a-z0-9-]+)"', code):
            assert f"`{reason}`" in page, reason

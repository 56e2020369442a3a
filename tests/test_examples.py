"""Every example in the code and in the pages about it runs, and none is passed over."""

import ast
import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import sheetrecord

FOLDER = Path(sheetrecord.__file__).parent
OUTSIDE = frozenset({"sheetrecord.__main__", "sheetrecord.cli.__main__"})
"""Modules that run the program when they are imported; they hold no examples."""


def modules() -> Iterator[str]:
    """Yield the name of every module, also of those that nobody has listed anywhere."""
    yield sheetrecord.__name__
    for found in pkgutil.walk_packages([str(FOLDER)], "sheetrecord."):
        if found.name not in OUTSIDE:
            yield found.name


@cache
def written() -> dict[str, int]:
    """Return how many examples stand in the docstrings of each module, as the text has them."""
    found: dict[str, int] = {}
    for path in sorted(FOLDER.rglob("*.py")):
        parts = path.relative_to(FOLDER.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        source = path.read_text("utf-8")
        if ">>> " not in source:
            continue
        tree = ast.parse(source)
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        texts = (ast.get_docstring(n) for n in ast.walk(tree) if isinstance(n, kinds))
        count = sum(line.lstrip().startswith(">>> ") for t in texts if t for line in t.split("\n"))
        if count:
            found[name] = count
    return found


WITH = sorted(written())


@pytest.mark.parametrize("name", WITH)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(name)
    parser = doctest.DocTestFinder(recurse=True)
    tests = parser.find(module, name, extraglobs={})
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    for test in tests:
        runner.run(test)
    assert (runner.failures, runner.tries) == (0, written()[name])


def test_no_example_is_passed_over() -> None:
    """Each stands in a module that can be imported, and there are as many as in the text."""
    names = set(modules())
    assert set(WITH) <= names
    text = sum(
        line.lstrip().startswith(">>> ")
        for path in FOLDER.rglob("*.py")
        for line in path.read_text("utf-8").split("\n")
    )
    assert sum(written().values()) == text
    assert text >= 100


ROOT = Path(__file__).parents[1]
PAGES = [
    p for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if "\n>>> " in p.read_text("utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert (failed, tried) == (0, page.read_text("utf-8").count("\n>>> "))

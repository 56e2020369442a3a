"""The table of edge cases is whole: 52 cases, each with tests that exist, none left out."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split("|")]
    for line in (HERE / "edge_cases.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def named_in(path):
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_one_of_the_52_cases_has_a_test():
    assert {int(number) for number, _, _ in ROWS} == set(range(1, 53))


def test_every_test_the_table_names_is_there():
    for _, situation, name in ROWS:
        file, _, test = name.partition("::")
        assert test in named_in(HERE.parent / f"{file}.py"), situation


def test_every_test_of_a_case_is_in_the_table_under_its_number():
    listed = {(name.partition("::")[2], int(number)) for number, _, name in ROWS}
    for folder in ("reconcile", "finance"):
        for path in sorted((HERE.parent / folder).glob("test_*.py")):
            for test in named_in(path):
                if case := re.match(r"test_(\d\d)_", test):
                    assert (test, int(case[1])) in listed

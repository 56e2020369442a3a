"""Every command that a message suggests runs as it is printed: none is refused as a wrong word."""

import ast
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sheetrecord
from conftest import confirmed
from messy import firm
from sheetrecord.model.suggest import completed

Run = Callable[..., Any]
FOLDER = Path(sheetrecord.__file__).parent
COMMAND = re.compile(r"`(sheetrecord [a-z][^`]*)`")
FILLED = {
    "{codes[0]}": "CTX-002",
    "{code}": "CTX-002",
    "{first}": "CTX-002",
    "{until}": "2030-12-31",
    "{plan.folder}": ".",
    "{path}": "firm.xlsx",
    "{book}": "firm.xlsx",
    "{address}": "firm.xlsx",
    "{copy}": "copy.xlsx",
    "OUT": "firm.xlsx",
    "--against FILE": "--against copy.xlsx",
    "FILE": "bank.csv",
}
"""What stands in a message for what it is about, and what is put there."""


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield every text of a module that can be said to somebody, values of f-strings in braces."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inner = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value)
                if isinstance(part, ast.Constant)
                else f"{{{ast.unparse(part.value)}}}"
                for part in node.values
                if isinstance(part, (ast.Constant, ast.FormattedValue))
            )
        elif isinstance(node, ast.Constant) and id(node) not in docs | inner:
            yield node.value if isinstance(node.value, str) else ""


def suggested() -> list[str]:
    """Return every command that a text of ours suggests between backticks."""
    found = set()
    for path in sorted(FOLDER.rglob("*.py")):
        source = path.read_text("utf-8")
        if "`sheetrecord " in source:
            for text in texts(ast.parse(source)):
                found |= {one[1] for one in COMMAND.finditer(text)}
    return sorted(found)


def test_there_are_suggestions() -> None:
    assert len(suggested()) > 15


@pytest.mark.parametrize("command", suggested())
def test_a_suggested_command_runs_as_printed(run: Run, command: str, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    (tmp_path / "copy.xlsx").write_bytes(firm.workbook())
    (tmp_path / "sheetrecord.toml").write_text(
        'book = "firm.xlsx"\n[copies.a]\npath = "firm.xlsx"\n'
    )
    (tmp_path / "bank.csv").write_text("Date,Amount,Currency\n2026-05-06,490.00,EUR\n")
    confirmed(tmp_path / "sheetrecord.toml")
    line = completed(f"`{command}`", "firm.xlsx", "D-0001").strip("`")
    for name, value in FILLED.items():
        line = line.replace(name, value)
    assert "{" not in line, "say in FILLED what stands there"
    ran = run(*shlex.split(line)[1:])
    assert ran.code in {0, 1, 3}, ran.err
    if ran.code == 3:
        assert "Traceback" not in ran.err


def test_the_code_of_a_rule_is_no_place_for_a_deal() -> None:
    said = 'Let it pass: `sheetrecord waive BOOK DEAL DEAL-019 --why "..."`'
    told = 'Let it pass: `sheetrecord waive firm.xlsx D-7 DEAL-019 --why "..."`'
    assert completed(said, "firm.xlsx", "D-7") == told

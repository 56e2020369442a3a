"""No workbook is reached by its path above the adapters: commands take addresses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "sheetrecord"
BY_PATH = {"fingerprint", "unchanged", "sweep", "owner_of", "exclusive", "restore"}
"""What `sheetrecord.files` does with a workbook: only adapters ask for it."""

FILES = sorted(path for room in ("app", "cli") for path in (SOURCE / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_command_asks_no_file_of_a_workbook(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sheetrecord.files"
        for alias in node.names
    }
    assert asked.isdisjoint(BY_PATH)


PATHS = {
    "begin": "the folder that is set up, and the two files that are made",
    "brief": "a page that is printed, and the program that prints it",
    "learn/check_sow": "a contract",
    "learn/crm_import": "exports of a sales system, and its list of users",
    "create": "the workbook that is made where there is none",
    "doctor/links": "where a link may lead: looked at, never read as a workbook",
    "doctor/stores": "folders of stores",
    "figures": "a note in the state folder",
    "fleet/plan": "the folder whose workbooks are kept in step",
    "fleet/scan": "the folder whose workbooks are kept in step",
    "output_kinds": "outputs",
    "publish": "the view that is made, and what else a run reads",
    "reconcile/inputs": "statements of a bank and exports of a ledger",
    "reconcile/reports": "a report, and what it must not be written over",
    "reconcile/understood": "statements of a bank",
    "reconcile/selftest": "an empty folder to try in",
    "schedule/system": "entries of the system's timer",
    "settings/config": "settings files",
    "settings/places": "where notes of handovers are written",
    "settings/trust": "settings files",
    "store_copy": "a store that is a file",
    "sync/open_store": "folders of stores",
}
"""Which use cases are given paths, and of what: never of a workbook that a record is in."""
WORKBOOKS = {"address", "base", "book", "books", "copies", "copy", "ours", "theirs", "workbook"}
MADE = {("begin", "book")}


def test_no_use_case_is_given_the_path_of_a_workbook() -> None:
    found = {
        (path.relative_to(SOURCE / "app").with_suffix("").as_posix(), name)
        for path in (SOURCE / "app").rglob("*.py")
        for name, kind in _annotated(ast.parse(path.read_text(encoding="utf-8")))
        if re.search(r"\bPath(Like)?\b", kind)
    }
    assert {module for module, _ in found} == set(PATHS)
    assert {(module, name) for module, name in found if name in WORKBOOKS} == MADE


def _annotated(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the parameters and fields of a module with their types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                yield one.arg, ast.unparse(one.annotation) if one.annotation else ""
        elif isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign):
                    yield ast.unparse(field.target), ast.unparse(field.annotation)

"""Every parameter of every command is known: what it reads, what it writes, or that it is no path.

An option of tomorrow that names a file fails here until it is declared as `Reads` or `Writes`, and
as an output until it stands in the table of places, where it meets what can stand in its way.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import sheetrecord
from outputs.places import PLACES
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.group import cli
from sheetrecord.cli.options import Day
from sheetrecord.cli.output_option import Reads, Writes

SOURCE = Path(sheetrecord.__file__).parent

STORES = {
    *((f"fleet {word}", "store") for word in ("run", "enqueue", "work", "status")),
    ("copy-store", "source"),
}
"""Addresses of stores that are worked on, or read."""
WORDS = {
    "accept", "alloc_id", "bank_id", "by", "cell", "client", "code", "column", "currency",
    "date_order", "deal", "deals", "digest", "fact", "fees", "field", "head", "how", "ignore",
    "keep", "label", "lead", "missing", "model", "money", "month", "name", "note", "owner",
    "period", "place",
    "profile", "question", "reason", "record", "rule_id", "same", "scheduled", "select", "sheet",
    "signed", "stage", "text", "tolerance_fee", "url", "us", "verb", "view", "waive", "why",
    "wrong",
}  # fmt: skip
"""Texts that are never opened as a file."""
CLOSED = (
    click.Choice,
    click.types.BoolParamType,
    click.types.IntParamType,
    click.IntRange,
    click.FloatRange,
    click.DateTime,
    Day,
)
"""Types that no path fits."""


def parameters() -> Iterator[tuple[str, click.Parameter]]:
    """Yield every parameter of every command, with the command's name."""
    yield from _below(cli, click.Context(cli), "")


def _below(
    command: click.Command, context: click.Context, name: str
) -> Iterator[tuple[str, click.Parameter]]:
    for parameter in command.params:
        yield name, parameter
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            found = command.get_command(context, word)
            assert found is not None
            yield from _below(found, context, f"{name} {word}".strip())


def _is_known(command: str, parameter: click.Parameter) -> bool:
    kind, name = parameter.type, parameter.name
    if isinstance(kind, (*CLOSED, BookAddress, Reads, Writes)):
        return True
    text = isinstance(kind, click.types.StringParamType)
    return text and (name in WORDS or (command, name) in STORES)


def test_every_parameter_reads_writes_or_is_no_path() -> None:
    unknown = [f"{c} {p.name}" for c, p in parameters() if not _is_known(c, p)]
    assert not unknown, "declare it as Reads or Writes (cli/output_option.py), or as a text here"


def test_an_undeclared_path_would_be_found() -> None:
    for kind in (click.Path(), click.File("w"), click.STRING):
        assert not _is_known("tomorrow", click.Option(["--into"], type=kind))


NAMES = {"against", "base", "book", "books", "files", "leave", "ours", "take", "theirs", "words"}
"""What parameters are called that name workbooks."""
MADE = {("new", "book")}
"""The workbook that a command makes."""


def test_every_workbook_is_named_by_its_address() -> None:
    for command, parameter in parameters():
        names = parameter.name in NAMES or "BOOK" in (parameter.metavar or "")
        if names and (command, parameter.name) not in MADE:
            assert isinstance(parameter.type, BookAddress), f"{command} {parameter.name}"


def test_nothing_but_workbooks_is_named_so() -> None:
    found = {str(p.name) for _, p in parameters() if isinstance(p.type, BookAddress)}
    assert found == NAMES


def test_every_output_stands_in_the_table_of_places() -> None:
    written = {(c, str(p.name)) for c, p in parameters() if isinstance(p.type, Writes)}
    assert written == {(place.command, place.parameter) for place in PLACES}


def test_every_output_that_may_be_forced_has_the_word() -> None:
    forced = {c for c, p in parameters() if p.name == "force"}
    assert forced == {place.command for place in PLACES if place.force}


RAW = {
    "write_text", "write_bytes", "copyfile", "copy2", "copy", "copytree", "move", "rename",
    "touch", "symlink_to", "hardlink_to", "mkstemp", "NamedTemporaryFile",
}  # fmt: skip
"""Calls that make or change a file past `files`."""
PAST = {
    "cli/code_pack.py": "what Python compiled, beside its own such files",
    "app/refused_closings.py": "counts, in the state folder",
    "app/figures.py": "days of a first look, in the state folder",
    "app/addins/libreoffice.py": "the extension for its installer, in a temporary folder",
    "app/brief.py": "a page to be printed, in a temporary folder",
    "app/schedule/system.py": "entries of the system's timer, in the folder that it has for them",
    "app/migrate.py": "a note beside a kept version, in the state folder",
    "app/reconcile/selftest.py": "a bank's file, in a temporary folder",
    "app/settings/checked.py": "that a settings file was found right, in the state folder",
    "app/settings/trust.py": "which settings files were confirmed, in the state folder",
    "publish/folder.py": "a site beside the one that it replaces whole",
    "stores/sqlite.py": "the store itself",
    "stores/sqlite_backup.py": "backups of a store, in the state folder",
    "stores/sqlite_peek.py": "a copy of a store to look at, in a temporary folder",
}
"""Modules above `files` that write past it, and what."""


@pytest.mark.parametrize("folder", ["cli", "app", "formats", "publish", "ledgers", "stores"])
def test_nothing_is_written_past_the_one_way_to_a_file(folder: str) -> None:
    for path in sorted((SOURCE / folder).rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        raw = list(_raw_writes(ast.parse(path.read_text("utf-8"))))
        assert bool(raw) == (name in PAST), f"{name}: lines {raw}"


def _raw_writes(tree: ast.AST) -> Iterator[int]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        modes += [k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)]
        opens = name == "open" and any(
            isinstance(mode, str) and len(mode) < 4 and set(mode) & set("wax+") for mode in modes
        )
        if opens or (name in RAW and not _is_of_values(call, name)):
            yield call.lineno


def _is_of_values(call: ast.Call, name: str) -> bool:
    """Tell whether this is ``copy`` of a dictionary, or another method without an argument."""
    return name in {"copy", "rename"} and not call.args

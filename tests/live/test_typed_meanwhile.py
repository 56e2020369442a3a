"""A script types between what was read and what is written: nothing is lost, whoever writes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from live.kinds import EXCEL, LIBREOFFICE, cell
from live.office import Office
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.workbooks.port import Workbook
from workbooks.kinds import Kind
from workbooks.laws import DATA, EDITS, at, said

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.uno,
    pytest.mark.usefixtures("excel"),
]


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path_factory.mktemp("state")))


def another_cell(book: Workbook) -> None:
    cell(book, "Deal", (3, 2)).String = "typed"


def same_cell(book: Workbook) -> None:
    cell(book, "Deal", (2, 2)).String = "typed"


def a_row(book: Workbook) -> None:
    sheet = cell(book, "Deal", (1, 1)).Spreadsheet
    sheet.Rows.insertByIndex(1, 1)
    sheet.getCellByPosition(0, 1).String = "D-0000"
    sheet.getCellByPosition(1, 1).String = "typed"


PEOPLE: tuple[Callable[[Workbook], None], ...] = (another_cell, same_cell, a_row)
both = pytest.mark.parametrize("kind", [EXCEL, LIBREOFFICE], ids=lambda kind: kind.name)
anybody = pytest.mark.parametrize("types", PEOPLE, ids=lambda types: types.__name__)


@both
@anybody
def test_what_is_typed_between_a_read_and_a_write_stands(
    types: Callable[[Workbook], None], kind: Kind, tmp_path: Path
) -> None:
    book = kind.make(tmp_path, DATA)
    reading = book.read()
    types(book)
    typed = said(book)
    assert "typed" in typed.values()
    with pytest.raises(ChangedElsewhere):
        book.write(reading, EDITS)
    assert said(book) == typed
    book.write(book.read(), [PutCell("Deal", 3, 3, 7)])
    assert said(book) == typed | {("Deal", 3, 3): 7}


@anybody
@pytest.mark.parametrize("moment", range(6))
def test_what_is_typed_between_the_steps_of_a_write_stands(
    moment: int, types: Callable[[Workbook], None], tmp_path: Path
) -> None:
    """Excel has no step of several cells: somebody may type between any two."""
    book = EXCEL.make(tmp_path, DATA)
    quiet = said(book)
    done: list[int] = []

    def act() -> None:
        types(book)
        done.append(1)

    with EXCEL.during(at(moment, act)), pytest.raises(ChangedElsewhere):
        book.write(book.read(), EDITS)
    now = said(book)
    values = list(now.values())
    assert done
    assert "typed" in values
    assert "D-0004" not in values
    assert now[("Deal", 1, 2)] == "Client"
    ids = {now.get(("Deal", row, 1)): row for row in range(2, 6)}
    row = ids["D-0001"]
    assert now["Deal", row, 2] == ("typed" if types is same_cell else "Acme Works")
    assert now["Deal", ids["D-0002"], 3] == quiet["Deal", 3, 3]


def test_another_program_that_types_during_a_write_is_heard_after_it(
    desk: Office, tmp_path: Path
) -> None:
    """The write is one step on LibreOffice's main thread: who comes meanwhile waits."""
    import subprocess
    import sys

    from sheetrecord.workbooks.live.office.uno_desk import UnoDesk

    book = LIBREOFFICE.make(tmp_path, DATA)
    script = tmp_path / "other_program.py"
    script.write_text(_TYPES)
    others: list[Any] = []

    def begin(moment: str) -> None:
        if not others:
            words = [sys.executable, str(script), desk.pipe, book.address.removeprefix("live:lo:")]
            other = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
            others.append(other)
            assert other.stdout is not None
            assert other.stdout.readline() == "types\n"

    reading = book.read()
    pause = UnoDesk.pause
    UnoDesk.pause = staticmethod(begin)
    try:
        written = book.write(reading, EDITS)
    finally:
        UnoDesk.pause = staticmethod(pause)
    out, _ = others[0].communicate(timeout=120)
    assert json.loads(out) == "Acme & Sons"  # what it met was already ours
    assert said(book)["Deal", 2, 2] == "typed"
    assert written.reading.book.sheets["Deal"].row(2)[2] == "Acme & Sons"


_TYPES = """
import json, sys
sys.path.append("/usr/lib/python3/dist-packages")
import uno
local = uno.getComponentContext()
make = local.ServiceManager.createInstanceWithContext
context = make("com.sun.star.bridge.UnoUrlResolver", local).resolve(
    f"uno:pipe,name={sys.argv[1]};urp;StarOffice.ComponentContext")
print("types", flush=True)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
for one in desktop.Components:
    if one.URL == uno.systemPathToFileUrl(sys.argv[2]):
        cell = one.Sheets["Deal"].getCellByPosition(1, 1)
        print(json.dumps(cell.String))
        cell.String = "typed"
"""

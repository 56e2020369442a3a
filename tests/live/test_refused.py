"""Why an open workbook is not reached is told in a sentence of its own."""

import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import confirmed
from sheetrecord.model.errors import CannotRead, Locked
from sheetrecord.workbooks.live import excel, excel_desk
from sheetrecord.workbooks.live.excel_desk import ExcelDesk
from sheetrecord.workbooks.live.reaching import bridge
from sheetrecord.workbooks.opening import open_workbook

LIVE = Path(excel.__file__).parent


def xlwings(*books: str, apps: int = 1, engines: int = 1) -> Any:
    """Return a stand-in for xlwings with workbooks open, each named by its path."""

    class Books(list[Any]):
        @property
        def active(self) -> Any:
            return self[-1]

    class Apps(list[Any]):
        @property
        def active(self) -> Any:
            return self[0]

    opened = Books(SimpleNamespace(name=p.rpartition("/")[2], fullname=p) for p in books)
    return SimpleNamespace(engines=[1] * engines, apps=Apps([SimpleNamespace(books=opened)] * apps))


@pytest.mark.parametrize(
    ("held", "name", "says"),
    [
        (xlwings(engines=0), "", "Windows and macOS only. For the workbook that is open in Libre"),
        (xlwings(apps=0), "", "Excel is not running. Open the workbook in Excel"),
        (xlwings(), "", "no workbook is open in Excel. Open it there; one in Protected View"),
        (xlwings("a/x.xlsx"), "firm.xlsx", 'no workbook called "firm.xlsx" is open in Excel. Open'),
        (xlwings("a/f.xlsx", "b/f.xlsx"), "f.xlsx", '2 workbooks called "f.xlsx" are open in'),
    ],
)
def test_a_workbook_that_is_not_found_in_excel_is_told(held: Any, name: str, says: str) -> None:
    with pytest.raises(CannotRead, match=re.escape(says)):
        excel._named(held, f"live:{name}", name)


@pytest.mark.parametrize("name", ["", "f.xlsx", "b/f.xlsx", "https://d.docs.live.net/1/f.xlsx"])
def test_a_workbook_is_named_by_its_name_or_where_it_is(name: str) -> None:
    place = name if "/" in name else "b/f.xlsx"
    assert excel._named(xlwings("a/x.xlsx", place), "live:", name).fullname == place


def test_without_libreoffice_running_the_refusal_says_how_to_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHEETRECORD_PIPE", "sheetrecord-nobody-listens")
    with pytest.raises(CannotRead, match=r"listens|has no bridge"):
        open_workbook("live:lo")


class Rejected(Exception):
    """What pywin32 raises while a cell is edited."""

    hresult = -2147418111


class Typing:
    """A workbook of Excel in which somebody types for so many calls."""

    name = "firm.xlsx"
    names: Sequence[Any] = ()
    sheets: Sequence[Any] = ()

    def __init__(self, calls: int) -> None:
        self.calls = calls

    @property
    def fullname(self) -> str:
        self.calls -= 1
        if self.calls >= 0:
            raise Rejected
        return "C:/firm.xlsx"


def test_excel_is_asked_again_while_somebody_types_in_a_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excel_desk, "_PAUSE", 0)
    assert ExcelDesk("live:", Typing(3)).name == "C:/firm.xlsx"


def test_somebody_who_goes_on_typing_is_waited_for_in_vain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excel_desk, "_PAUSE", 0)
    monkeypatch.setattr(excel_desk, "PATIENCE", 0)
    with pytest.raises(Locked, match="waiting for the person typing in a cell of it"):
        ExcelDesk("live:", Typing(10**6))


FORBIDDEN = (
    *("xlwings.pro", "noncommercial", "XLWINGS_ON_SERVER", "XLWINGS_LICENSE_KEY"),
    *(".interactive", "screen_updating", ".save(", ".saveas", "storeAsURL", ".store()"),
)


@pytest.mark.parametrize("words", FORBIDDEN)
def test_what_is_not_free_and_what_freezes_or_saves_is_not_used(words: str) -> None:
    root = LIVE if words.startswith(".") else LIVE.parents[1]
    files = [path for path in root.rglob("*") if path.suffix in {".py", ".toml", ".xcu", ".gs"}]
    assert len(files) > 5
    found = [path.name for path in files if words in path.read_text(encoding="utf-8")]
    assert found == []


def test_a_declared_copy_that_is_open_keeps_the_part_that_it_holds(tmp_path: Path) -> None:
    from sheetrecord.app.settings.config import read_config
    from sheetrecord.app.sync.named_copies import asked_copies

    place = tmp_path / "sheetrecord.toml"
    place.write_text('[copies.ops]\npath = "ops.xlsx"\nhide = ["Fees"]\n')
    config = read_config(confirmed(place))
    [of_file] = asked_copies(["ops"], config).copies
    [opened] = asked_copies([f"live:lo:{tmp_path / 'ops.xlsx'}"], config).copies
    assert opened.view == of_file.view
    assert opened.view.hide
    assert opened.address == f"live:lo:{tmp_path / 'ops.xlsx'}"


@pytest.mark.uno
def test_a_package_that_is_not_there_is_missed_in_pythons_own_words() -> None:
    bridge("what is open")
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_package'"):
        exec("from no_such_package import anything")

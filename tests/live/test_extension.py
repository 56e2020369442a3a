"""The extension in LibreOffice, installed by an ordinary user: each command, each way to fail."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from live.office import Office, need_bridge, running
from live.ordinary import installed, program
from promote.firm import ready, workbook

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.uno]
_PATIENCE = 240


class Menu:
    """The menu of a window: commands are given as a click gives them, and answers are heard."""

    def __init__(self, office: Office, home: Path) -> None:
        self.office, self.home = office, home

    def open(self, data: bytes, name: str = "firm.xlsx") -> Any:
        path = self.home / name
        path.write_bytes(data)
        return self.office.open(path)

    def give(self, document: Any, verb: str, **options: Any) -> str:
        """Give a command and return what is said then."""
        import uno

        from live.listening import Listener

        make = self.office.context.ServiceManager.createInstanceWithContext
        parse = make("com.sun.star.util.URLTransformer", self.office.context)

        def url(path: str) -> Any:
            made = uno.createUnoStruct("com.sun.star.util.URL")
            made.Complete = f"vnd.sheetrecord:{path}"
            return parse.parseStrict(made)[1]

        frame = document.CurrentController.Frame
        heard = threading.Event()
        listener = Listener(heard)
        told = frame.queryDispatch(url("told"), "_self", 0)
        assert told is not None, "the extension is not there"
        told.addStatusListener(listener, url("told"))
        words = []
        for key, value in {"Quiet": True, **options}.items():
            one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            one.Name, one.Value = key, value
            words.append(one)
        frame.queryDispatch(url(verb), "_self", 0).dispatch(url(verb), tuple(words))
        assert heard.wait(_PATIENCE), f"nothing was said to {verb}"
        told.removeStatusListener(listener, url("told"))
        return listener.said


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Make a home that another user reaches; pytest's own folders shut everybody out."""
    with TemporaryDirectory(prefix="sheetrecord-home-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def menu(home: Path) -> Iterator[Menu]:
    need_bridge()
    program(home)
    profile = installed(home)

    with running(home, profile=profile, home=home) as office:
        yield Menu(office, home)


@pytest.fixture
def document(menu: Menu) -> Iterator[Any]:
    yield menu.open(workbook(ready()))
    menu.office.close_all()


def texts(document: Any, sheet: str) -> list[str]:
    cells = document.Sheets[sheet]
    cursor = cells.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    area = cells.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    return [str(value) for row in area.getDataArray() for value in row if value != ""]


def everything(document: Any) -> dict[str, list[str]]:
    return {name: texts(document, name) for name in document.Sheets.ElementNames}


def deal_cell(document: Any, header: str) -> Any:
    """Return the cell of the first deal below a header."""
    sheet = document.Sheets["Deal"]
    for row in range(6):
        for column in range(80):
            if sheet.getCellByPosition(column, row).String == header:
                for below in range(row + 1, row + 6):
                    if sheet.getCellByPosition(0, below).String == "D-0001":
                        return sheet.getCellByPosition(column, below)
    raise AssertionError(header)


def test_check_lists_what_is_missing_and_unsaved_edits_are_among_it(
    menu: Menu, document: Any
) -> None:
    assert "0 to mend" in menu.give(document, "check") or "Nothing" in menu.give(document, "check")
    deal_cell(document, "Client").String = ""
    assert document.isModified()
    said = menu.give(document, "check")
    assert said.startswith("1 to mend"), said
    found = texts(document, "sheetrecord")
    assert any("D-0001" in text for text in found)
    names = list(document.Sheets.ElementNames)
    assert names[-1] == "sheetrecord"
    cell = document.Sheets["sheetrecord"].getCellByPosition(2, 3)
    field = cell.getTextFields().getByIndex(0)
    assert field.URL.startswith("#Deal."), field.URL
    assert cell.String.replace("!", ".") == field.URL[1:]
    deal_cell(document, "Client").String = "Acme"
    menu.give(document, "check")
    assert list(document.Sheets.ElementNames) == names  # made anew, not beside
    assert not any("DEAL" in text for text in texts(document, "sheetrecord")[:2])


def test_a_deal_is_closed_and_accepted_and_each_is_one_step_back(menu: Menu, document: Any) -> None:
    before = everything(document)
    said = menu.give(document, "close", Deal="D-0001", By="Mara", Confirm=True)
    assert "D-0001: done." in said, said
    closed = everything(document)
    assert len(closed["Project"]) > len(before["Project"])
    assert closed["Deal"] != before["Deal"]
    said = menu.give(document, "accept", Deal="D-0001", By="Jon", Confirm=True)
    assert "D-0001: done." in said, said
    assert everything(document)["Deal"] != closed["Deal"]
    assert (menu.home / "firm.xlsx").read_bytes() == workbook(ready())  # nothing was saved
    assert menu.give(document, "undo") == "Taken back."
    assert everything(document) == closed
    document.UndoManager.undo()  # as Ctrl-Z does
    assert everything(document) == before
    assert menu.give(document, "undo").startswith("There is nothing here to take back.")


def test_a_deal_that_cannot_be_closed_is_told_with_every_reason(menu: Menu, document: Any) -> None:
    deal_cell(document, "Client").String = ""
    said = menu.give(document, "close", Deal="D-0001", By="Mara", Confirm=True)
    assert said.startswith("D-0001 cannot go on yet."), said
    assert "Deal!" in said
    assert document.UndoManager.getAllUndoActionTitles()[0] != "sheetrecord"


def test_undo_does_not_reach_over_what_was_typed_since(menu: Menu, document: Any) -> None:
    menu.give(document, "close", Deal="D-0001", By="Mara", Confirm=True)
    deal_cell(document, "Client").String = "Typed"
    assert menu.give(document, "undo").startswith("Something was typed since")
    assert "Typed" in texts(document, "Deal")
    assert "sheetrecord" in document.UndoManager.getAllUndoActionTitles()


def test_sync_brings_the_open_document_and_the_record_together(menu: Menu, document: Any) -> None:
    said = menu.give(document, "sync", By="Mara")
    assert said.startswith("Synced:"), said
    assert "sr_stamp" in document.Sheets.ElementNames
    deal_cell(document, "Client").String = "Acme Two"
    said = menu.give(document, "sync", By="Mara")
    assert said.startswith("Synced:"), said


@pytest.fixture
def engine(home: Path) -> Iterator[Callable[[str | None], None]]:
    """Put another program in the place of ours."""
    place = home / ".local" / "bin" / "sheetrecord"
    real = place.read_text()

    def put(text: str | None) -> None:
        if text is None:
            place.unlink()
        else:
            place.write_text(text)
            place.chmod(0o755)

    yield put
    place.write_text(real)
    place.chmod(0o755)


def test_a_missing_program_is_told_with_the_line_that_installs_it(
    menu: Menu, document: Any, engine: Callable[[str | None], None]
) -> None:
    engine(None)
    said = menu.give(document, "check")
    assert "was not found on this computer" in said
    assert "python3 -m pip install sheetrecord" in said


def test_a_program_that_hangs_is_ended_and_the_window_lives(
    menu: Menu, document: Any, engine: Callable[[str | None], None]
) -> None:
    engine("#!/bin/sh\nsleep 1000\n")
    answers: list[str] = []
    give = threading.Thread(target=lambda: answers.append(menu.give(document, "check", Seconds=2)))
    give.start()
    assert deal_cell(document, "Client").String  # it answers meanwhile
    give.join(_PATIENCE)
    assert answers[0].startswith("sheetrecord did not answer within 2 seconds and was ended.")


@pytest.mark.parametrize(
    "text",
    [
        "#!/bin/sh\necho 'Segmentation fault' >&2\nexit 139\n",
        "#!/bin/sh\necho '[1, 2'\n",
        "#!/bin/sh\necho '{\"problems\": 3}'\n",
    ],
    ids=["dies", "half an answer", "another's answer"],
)
def test_rubbish_is_told_as_such(
    text: str, menu: Menu, document: Any, engine: Callable[[str | None], None]
) -> None:
    engine(text)
    said = menu.give(document, "check")
    assert said.startswith("What answered is not sheetrecord, or a broken one. It said: ")
    assert "sheetrecord" not in document.Sheets.ElementNames


def test_what_the_program_refuses_is_told_in_its_own_words(
    menu: Menu, engine: Callable[[str | None], None]
) -> None:
    from openpyxl import Workbook

    path = menu.home / "other.xlsx"
    Workbook().save(path)
    other = menu.office.open(path)
    said = menu.give(other, "check")
    assert "none of the record's sheets" in said or "sheetrecord new" in said, said
    other.setModified(False)
    other.close(True)


def test_the_program_works_in_the_folder_of_the_document(
    menu: Menu, document: Any, engine: Callable[[str | None], None]
) -> None:
    answer = {"error": {"message": "$PWD", "do": ""}}
    engine(f"#!/bin/sh\ncat <<END\n{json.dumps(answer)}\nEND\n")
    assert menu.give(document, "check") == str(menu.home)

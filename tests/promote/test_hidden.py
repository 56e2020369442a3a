"""The hidden sheets in a file: made once, hidden, protected, in the workbook's own dialect."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from promote.firm import ASOF, parts, ready, workbook
from sheetrecord.app.handover import open_handover, promote_deal
from sheetrecord.core.handover.promote import PromoteRequest

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(data: bytes) -> bytes:
    """Return a workbook as a program that writes strict Open XML would have made it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in parts(data).items():
            text = part
            for old, new in _STRICT.items():
                text = text.replace(old, new)
            target.writestr(name, text)
    return out.getvalue()


def promote(path: Path, asof: dt.date = ASOF) -> str:
    return promote_deal(
        open_handover(str(path), today=asof, asof=asof), PromoteRequest("D-0001", "Ines")
    ).step.outcome


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))


def test_the_log_and_the_baseline_are_hidden_protected_sheets(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    assert promote(path) == "promoted"
    book = openpyxl.load_workbook(path)
    for name in ("sr_log", "sr_baseline"):
        assert book[name].sheet_state == "hidden"
        assert book[name].protection.sheet
    assert book.active.title == "Start"


def test_a_strict_workbook_gets_strict_sheets(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(strict(workbook(ready())))
    before = set(parts(path.read_bytes()))
    assert promote(path) == "promoted"
    now = parts(path.read_bytes())
    added = [name for name in now if name not in before and name.endswith(".xml")]
    assert len(added) >= 2
    assert not [name for name in added if b"schemas.openxmlformats.org/spreadsheetml" in now[name]]
    assert promote(path) == "nothing"

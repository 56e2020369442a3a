"""A workbook that is open in Excel, as xlwings tells it, keeps every law of the port."""

from collections.abc import Callable
from pathlib import Path

import pytest

from live.kinds import EXCEL
from workbooks.laws import LAWS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.uno,
    pytest.mark.usefixtures("excel"),
]


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path_factory.mktemp("state")))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_an_open_workbook_keeps_a_law(law: Callable[..., None], tmp_path: Path) -> None:
    law(EXCEL, tmp_path)

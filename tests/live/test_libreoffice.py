"""A workbook that is open in LibreOffice keeps every law of the port."""

from pathlib import Path

import pytest

from live.kinds import LIBREOFFICE
from workbooks.laws import LAWS

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.uno,
    pytest.mark.usefixtures("desk"),
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_an_open_document_keeps_a_law(law, tmp_path: Path) -> None:
    law(LIBREOFFICE, tmp_path)

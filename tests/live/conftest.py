"""One LibreOffice for all tests of open workbooks."""

from collections.abc import Iterator

import pytest

from live.kinds import OFFICE
from live.office import Office, running


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run LibreOffice with a profile of its own."""
    with running(tmp_path_factory.mktemp("office")) as office:
        OFFICE.append(office)
        yield office
        OFFICE.clear()


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Let ``live:lo`` be the tests' LibreOffice; what is open there is closed afterwards."""
    monkeypatch.setenv("SHEETRECORD_PIPE", office.pipe)
    yield office
    office.close_all()


@pytest.fixture
def excel(desk: Office) -> Iterator[Office]:
    """Let xlwings speak to the tests' LibreOffice as if it were Excel."""
    from live import uno_engine

    uno_engine.activate(desk)
    yield desk
    uno_engine.deactivate()

"""One LibreOffice for all tests of open workbooks."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from live.kinds import OFFICE
from live.office import Office, running
from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.live.reaching import bridge

with suppress(CannotRead):
    bridge("what is open")  # first of all: whoever loads the bridge itself gets its import, too


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Try a test once more, in a new LibreOffice, when the one that it spoke to ended meanwhile."""
    try:
        return (yield)
    except Exception:
        if not (OFFICE and OFFICE[0].ended()):
            raise
    warnings.warn(f"LibreOffice ended by itself in {pyfuncitem.name}", stacklevel=1)
    OFFICE[0].begin()
    given: dict[str, Any] = {name: pyfuncitem.funcargs[name] for name in arguments(pyfuncitem)}
    pyfuncitem.obj(**given)
    return True


def arguments(test: pytest.Function) -> tuple[str, ...]:
    """Return the names of what a test takes."""
    code = test.function.__code__
    return code.co_varnames[: code.co_argcount]


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

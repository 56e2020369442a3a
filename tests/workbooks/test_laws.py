"""Every kind of workbook keeps every law of the port."""

import tomllib
from pathlib import Path

import pytest

from conftest import ASOF
from messy import firm
from sheetrecord.core.check import check
from sheetrecord.schema.read.parse import parse
from sheetrecord.workbooks.kinds import OURS, load
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook
from workbooks.kinds import KINDS, Kind
from workbooks.laws import LAWS


@pytest.fixture(autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_kind_keeps_a_law(kind: Kind, law, tmp_path: Path) -> None:
    law(kind, tmp_path)


def problems(workbook: Workbook) -> list[tuple[str, str]]:
    report = check(parse(workbook.read().book, ASOF))
    return [(one.code, one.where.address) for one in report.problems]


def test_one_record_says_the_same_in_every_kind(tmp_path: Path) -> None:
    data = firm.edited(firm.workbook(), spoil)
    found = {}
    for kind in KINDS:
        folder = tmp_path / kind.name
        folder.mkdir()
        found[kind.name] = problems(kind.make(folder, data))
    assert len(found["xlsx"]) > 2
    assert {name: one for name, one in found.items() if one != found["xlsx"]} == {}


def spoil(book: object) -> None:
    deal, fees = book["Deal"], book["Fees"]  # type: ignore[index]
    deal["C4"] = None
    fees["F5"] = "about 3000"


def test_the_table_of_our_kinds_is_that_of_the_entry_points() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)["project"]["entry-points"]["sheetrecord.workbooks"]
    assert declared == OURS
    for named in OURS.values():
        assert callable(load(named))


@pytest.mark.parametrize("ending", [one for one in OURS if one.startswith(".")])
def test_an_ending_opens_its_kind(ending: str) -> None:
    assert type(open_workbook(f"firm{ending}")) is load(OURS[ending])

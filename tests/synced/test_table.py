"""What people do to the rows, columns and cells of a copy, saved by two programs, then synced."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from effort import some
from messy.firm import edited
from sheetrecord.core.merge.guards import NAMES
from synced import test_people
from synced.office import Office
from synced.table import CASES, Case

IDS = [
    f"{case.number:02}-{re.sub('[^a-z0-9]+', '-', case.title.lower())}-{turn}"
    for turn, case in enumerate(CASES)
]


SAVED_AGAIN = some(tuple(zip(IDS, CASES, strict=True)), 5)
"""The cases that LibreOffice saves, too: in a usual run a fifth of them."""


def meets(office: Office, case: Case) -> None:
    """Sync Ana's changed copy and check what follows: the case's own, and what always holds."""
    before = office.bytes()
    record = office.stored().record.rows
    report = office.sync()
    if case.alarm:
        assert case.alarm in report.away[str(office.ana)]
        assert office.stored().record.rows == record
        assert office.bytes() == before
        if case.alarm in NAMES:
            office.sync(allow=[case.alarm, "all-changed"])
            assert str(office.ana) not in office.sync().away
    else:
        assert not report.away
    case.then(office)
    office.settled()


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_saved_by_openpyxl(office: Office, case: Case) -> None:
    office.change(office.ana, case.edit)
    meets(office, case)


@pytest.fixture(scope="session")
def resaved(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder in which LibreOffice has saved the cases' files: one start for all."""
    folder = tmp_path_factory.mktemp("resaved")
    data = (made[1] / "ana.xlsx").read_bytes()
    (folder / "in").mkdir()
    for name, case in SAVED_AGAIN:
        (folder / "in" / f"{name}.xlsx").write_bytes(edited(data, case.edit))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "out"]
    files = sorted((folder / "in").iterdir())
    subprocess.run([*words, *files], check=True, capture_output=True, timeout=900)
    return folder / "out"


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("name", "case"), SAVED_AGAIN, ids=[name for name, _ in SAVED_AGAIN])
def test_saved_by_libreoffice(office: Office, name: str, case: Case, resaved: Path) -> None:
    shutil.copyfile(resaved / f"{name}.xlsx", office.ana)
    meets(office, case)


def test_the_table_is_complete() -> None:
    people = {
        int(number)
        for name in dir(test_people)
        if (match := re.match(r"test_(\d+)((?:_and_\d+)*)_", name))
        for number in [match[1], *re.findall(r"\d+", match[2])]
    }
    assert {case.number for case in CASES} | people == set(range(1, 63))

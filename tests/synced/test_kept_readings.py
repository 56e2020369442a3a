"""What earlier syncs kept of their readings spares work and decides nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetrecord.files import content_cache
from sheetrecord.xlsx.formula import sorted_formulas
from synced.office import Office, line


def readings(office: Office) -> Path:
    return office.state / content_cache.FOLDER


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _cut(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:-3])


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(b"")


def _one_digit(folder: Path) -> None:
    """Let each entry say something else that would be read as well."""
    for file in folder.iterdir():
        content = file.read_bytes()
        file.write_bytes(content[:32] + content[32:].replace(b"1", b"2").replace(b"Line", b"Lime"))


def _exchanged(folder: Path) -> None:
    """Let each entry stand under another one's name."""
    files = sorted(folder.iterdir())
    held = [file.read_bytes() for file in files]
    for file, content in zip(files, [*held[1:], held[0]], strict=True):
        file.write_bytes(content)


DAMAGE: tuple[Callable[[Path], None], ...] = (_gone, _cut, _empty, _one_digit, _exchanged)


def outcome(office: Office) -> tuple[object, ...]:
    """Type into a copy, sync, and return what both copies and the record say."""
    sorted_formulas._known.clear()  # as in a new process
    office.type(office.ana, 6, note="typed by Ana")
    report = office.sync()
    assert not report.away
    told = [repr(sorted(office.rows(sheet).items())) for sheet in ("Deal", "Fees")]
    copies = [repr(sorted(office.fees(path).items())) for path in office.paths]
    return (*told, *copies, report.written, len(report.conflicts))


@pytest.fixture
def wanted(office: Office) -> tuple[object, ...]:
    before = office.folder.with_name(f"{office.folder.name}-before")
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(office.folder, before)
    found = outcome(office)
    shutil.rmtree(office.folder)
    before.rename(office.folder)
    return found


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_reading_changes_no_outcome(
    office: Office, wanted: tuple[object, ...], damage: Callable[[Path], None]
) -> None:
    assert list(readings(office).iterdir())
    damage(readings(office))
    assert outcome(office) == wanted


@pytest.mark.parametrize("damage", [_one_digit, _exchanged])
def test_the_law_notices_a_program_that_believes_what_it_kept(
    office: Office,
    wanted: tuple[object, ...],
    damage: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(content_cache, "_seal", _Anything)
    damage(readings(office))
    try:
        found = outcome(office)
    except Exception:  # noqa: BLE001 - it stumbled over what it believed
        return
    assert found != wanted


class _Anything:
    """A seal that fits every entry."""

    def __init__(self, *_: object) -> None:
        pass

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]


def test_a_plan_keeps_nothing(office: Office) -> None:
    shutil.rmtree(readings(office))
    office.type(office.ana, 6, note="typed by Ana")
    office.sync(plan=True)
    assert not readings(office).exists()


def test_a_copy_that_another_program_saved_is_read_from_its_bytes(office: Office) -> None:
    office.type(office.ana, 7, note="first")
    office.sync()
    office.type(office.office, 7, note="second")
    office.sync()
    assert office.fees(office.ana)[line(3)].note == "second"

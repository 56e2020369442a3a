"""`[store]` and `[copies.*]` of sheetrecord.toml: what they say, and what is said of a mistake."""

from pathlib import Path

import pytest

from sheetrecord.app.settings.config import Config, read_config
from sheetrecord.app.settings.places import DeclaredCopy, StoreAt, copies_of, store_at
from sheetrecord.core.sync.view import Said, View
from sheetrecord.model.errors import BadSettings


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))


def trusted(_: Config, what: str) -> None:
    assert what


def told(tmp_path: Path, text: str) -> tuple[DeclaredCopy, ...]:
    path = tmp_path / "sheetrecord.toml"
    path.write_text(text, "utf-8")
    return copies_of(read_config(path, trusted))


def store(tmp_path: Path, text: str) -> StoreAt:
    path = tmp_path / "sheetrecord.toml"
    path.write_text(text, "utf-8")
    return store_at(read_config(path, trusted))


def test_copies_stand_in_the_order_of_the_file_with_paths_beside_it(tmp_path: Path) -> None:
    found = told(
        tmp_path, '[copies.office]\npath = "firm.xlsx"\n[copies.ana]\npath = "/x/ana.xlsx"'
    )
    assert [(c.alias, c.address) for c in found] == [
        ("office", str(tmp_path / "firm.xlsx")),
        ("ana", "/x/ana.xlsx"),
    ]
    assert all(c.view.whole for c in found)


@pytest.mark.parametrize(
    ("deals", "view"),
    [
        ('"owner=Ana"', View(owners=frozenset({"ana"}))),
        ('"owner=Ana, Ben"', View(owners=frozenset({"ana", "ben"}))),
        ('["won", "verbal"]', View(stages=frozenset({"won", "verbal"}))),
        ('["stage=won", "ops=Jon"]', View(ops=frozenset({"jon"}), stages=frozenset({"won"}))),
        ('"deal=D-0007"', View(deals=frozenset({"D-0007"}))),
    ],
    ids=["owner", "owners", "stages", "two parts", "one deal"],
)
def test_a_view_asks_for_people_stages_or_deals(tmp_path: Path, deals: str, view: View) -> None:
    [copy] = told(tmp_path, f'[copies.ana]\npath = "ana.xlsx"\ndeals = {deals}')
    assert copy.view == view


def test_a_view_hides_sheets_and_columns(tmp_path: Path) -> None:
    [copy] = told(tmp_path, '[copies.ops]\npath = "o.xlsx"\nhide = ["Fees", "Deal.value_net"]')
    assert copy.view.hides("Fees")
    assert copy.view.hides("Deal", "value_net")
    assert not copy.view.hides("Deal", "client")
    assert copy.view.fits(Said("D-0001"))


WRONG = {
    "no path": ("[copies.a]\n", "copies.a] path"),
    "not a table": ("[copies]\na = 1\n", "[copies] a: 1 is not a table"),
    "unknown key": ('[copies.a]\npath = "a.xlsx"\nwhere = "x"\n', "where"),
    "unknown stage": ('[copies.a]\npath = "a.xlsx"\ndeals = ["closed"]\n', '"closed" is no stage'),
    "unknown part": ('[copies.a]\npath = "a.xlsx"\ndeals = "boss=Ana"\n', "boss=Ana"),
    "no value": ('[copies.a]\npath = "a.xlsx"\ndeals = "owner="\n', "owner="),
    "hide no list": ('[copies.a]\npath = "a.xlsx"\nhide = "Fees"\n', "hide"),
    "hide an id": ('[copies.a]\npath = "a.xlsx"\nhide = ["Fees.fee_id"]\n', "Fees.fee_id"),
    "hide the deals": ('[copies.a]\npath = "a.xlsx"\nhide = ["Deal"]\n', '"Deal"'),
    "twice": ('[copies.a]\npath = "a.xlsx"\n[copies.b]\npath = "a.xlsx"\n', "more than one"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_is_said_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadSettings) as error:
        told(tmp_path, text)
    assert says in str(error.value)


def test_a_store_is_a_file_beside_the_settings_or_a_server(tmp_path: Path) -> None:
    assert store(tmp_path, "") == StoreAt()
    assert store(tmp_path, '[store]\nurl = "sqlite:firm.db"').url == f"sqlite:{tmp_path}/firm.db"
    found = store(tmp_path, '[store]\nurl = "postgresql://ana@host/firm"\nrecord = "abc"')
    assert found == StoreAt("postgresql://ana@host/firm", "abc")


@pytest.mark.parametrize("text", ['url = "firm.db"', 'url = "mysql://x"', 'path = "x"', "url = 3"])
def test_a_store_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSettings):
        store(tmp_path, f"[store]\n{text}")


def test_a_workbook_that_is_not_declared_does_not_join_the_declared_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheetrecord.app.sync.targets import find_targets
    from synced.office import Office

    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "ours" / ".state"))
    (tmp_path / "ours").mkdir()
    ours = Office(tmp_path / "ours")
    ours.begin()
    settings = tmp_path / "ours" / "sheetrecord.toml"
    settings.write_text('[copies.office]\npath = "firm.xlsx"\n', "utf-8")
    other = tmp_path / "other.xlsx"
    from synced.office import firm

    other.write_bytes(firm())
    told = read_config(settings, trusted)
    assert find_targets([], told).known.record == ours.record
    assert find_targets([str(ours.ana)], told).known.record == ours.record
    stranger = find_targets([str(other)], told).known
    assert stranger.new
    assert stranger.record != ours.record

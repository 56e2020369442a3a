"""Which record a command means when no copy says it."""

from contextlib import closing
from pathlib import Path

import pytest

from sheetrecord.app.settings.places import StoreAt
from sheetrecord.app.sync.open_store import find_record
from sheetrecord.model.errors import BadSettings
from sheetrecord.stores import open_store
from stores.changes import told


def test_of_several_records_in_a_store_none_is_guessed(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'firm.db'}"
    for record in ("R-1", "R-2"):
        with closing(open_store(url, record)) as store:
            store.commit(0, told(1, 10))
    with pytest.raises(BadSettings, match="holds 2 records"):
        find_record([], StoreAt(url))

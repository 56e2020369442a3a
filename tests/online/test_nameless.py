"""A row without an id is known by what was typed into it: one that moved is not written."""

from contextlib import suppress
from pathlib import Path

import pytest

from online.schedule import no_waiting
from sheetrecord.model.book import Range
from sheetrecord.model.cell_edits import AddSheet, DropSheet, PutCell, PutName
from sheetrecord.model.errors import ChangedElsewhere
from workbooks import online
from workbooks.kinds import xlsx
from workbooks.laws import Dead, said

DATA = xlsx(
    {
        "Deal": {
            (1, 1): "Deal ID", (1, 2): "Client",
            (2, 1): "D-0001", (2, 2): "Zeta",
            (3, 2): "Birch",
            (4, 1): "D-0003", (4, 2): "Acme",
        }
    }
)  # fmt: skip


def sorted_by_client(key: str) -> None:
    """Somebody sorts the rows: the one without an id comes to stand elsewhere."""
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0,
            "endColumnIndex": 2}  # fmt: skip
    spec = {"dimensionIndex": 1, "sortOrder": "DESCENDING"}
    online.server().google.act(key, [{"sortRange": {"range": area, "sortSpecs": [spec]}}])
    spec = {"dimensionIndex": 1}
    online.server().google.act(key, [{"sortRange": {"range": area, "sortSpecs": [spec]}}])


@pytest.mark.parametrize("dies", [False, True])
def test_an_id_is_not_written_into_a_row_that_moved(tmp_path: Path, dies: bool) -> None:
    workbook = online.placed(tmp_path, DATA)
    reading = workbook.read()
    key = workbook.address.removeprefix("gsheet:")
    server = online.server().google

    def person(moment: str, name: str) -> None:
        if moment == "before" and "addNamedRange" in name:
            server.hooks.clear()
            before = server.book(key).titled("Deal")
            assert before is not None
            sorted_by_client(key)
            # Acme, Birch, Zeta: what is empty goes with its row, row 3 is Birch again
            area = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
            move = {"source": area, "destinationIndex": 4}
            server.act(key, [{"moveDimension": move}])

    server.hooks.append(person)

    def hook(moment: str) -> None:
        if dies and moment.startswith("after") and "batchUpdate" in moment:
            raise Dead

    with no_waiting(), suppress(Dead), online.between(hook):
        with pytest.raises(ChangedElsewhere):
            workbook.write(reading, [PutCell("Deal", 3, 1, "D-0002")])
        assert not dies
    again = online.anew(workbook)
    again.recover()
    found = said(again)
    assert "D-0002" not in found.values()
    rows = {found["Deal", row, 2]: found.get(("Deal", row, 1)) for row in (2, 3, 4)}
    assert rows == {"Zeta": "D-0001", "Birch": None, "Acme": "D-0003"}


def test_a_name_of_a_tab_that_went_is_given_to_the_one_that_comes(tmp_path: Path) -> None:
    workbook = online.placed(tmp_path, DATA)
    name = PutName("sr_here", Range("List", 1, 1, 1, 1))
    made = workbook.write(workbook.read(), [AddSheet("List", [["a"]]), name])
    gone = workbook.write(made.reading, [DropSheet("List")])
    workbook.write(gone.reading, [AddSheet("List", [["b"]]), name])
    assert online.anew(workbook).read().book.names["sr_here"] == name.target

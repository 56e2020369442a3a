"""An open conflict needs somebody: the work list of the view says so until it is decided."""

import json
from pathlib import Path

from messy.firm import ASOF
from sheetrecord.app.open_conflicts import deals_in_conflict
from sheetrecord.app.publish import PublishRequest, publish
from sheetrecord.app.settings.config import Config
from sheetrecord.app.sync.resolutions import Keeping
from sheetrecord.app.validate import validate
from sheetrecord.schema.record import Record, make_record
from synced.office import Office, firm, line
from synced.test_deciding import disputed


def told(office: Office) -> int:
    """Return how many conflicts the work list for ops tells of, at all deals."""
    to = office.folder / "view"
    publish(str(office.office), PublishRequest("ops", to), today=ASOF)
    text = (to / "data" / "list.js").read_text("utf-8")
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    at = found["heads"].index("conflicts")
    return sum(row[at] for row in found["rows"] if len(row) > at)


def test_a_conflict_is_told_beside_its_deal_until_it_is_decided(office: Office) -> None:
    office.once(disputed)
    assert told(office) == 1
    office.sync(orders=Keeping(f"{line(0)}.note", "record", office.targets().labels))
    assert told(office) == 0


def test_only_what_the_reader_sees_is_counted(office: Office) -> None:
    office.once(disputed)
    seen = record_of(office.office)
    without = make_record(seen.settings, {"Deal": seen.rows("Deal")})
    assert deals_in_conflict(str(office.office), Config(), seen) == ("D-0001",)
    assert deals_in_conflict(str(office.office), Config(), without) == ()


def test_a_workbook_that_was_never_synced_has_none(office: Office, tmp_path: Path) -> None:
    alone = tmp_path / "alone.xlsx"
    alone.write_bytes(firm())
    assert deals_in_conflict(str(alone), Config(), record_of(alone)) == ()


def record_of(path: Path) -> Record:
    return validate(str(path), today=ASOF).parsed.record

"""Scenes at the port, each with what must hold in it: somebody acts in the instant of a write."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from online.schedule import no_waiting
from sheetrecord.model.cell_edits import DropRows, Edit, PutCell, PutRows
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, SheetRecordError
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheetrecord.workbooks.port import Stamp, Written
from sheets_server import PLAIN, Dialect, Fault, Google
from workbooks import online
from workbooks.kinds import xlsx
from workbooks.laws import cells, said

DATA: Final = xlsx(
    {
        "Deal": {
            (1, 1): "Deal ID", (1, 2): "Client", (1, 3): "Value", (1, 4): "Twice",
            (2, 1): "D-0001", (2, 2): "Zeta", (2, 3): 1, (2, 4): "=C2*2",
            (3, 1): "D-0002", (3, 2): "Acme", (3, 3): 2, (3, 4): "=C3*2",
            (4, 1): "D-0003", (4, 2): "Birch", (4, 3): 3, (4, 4): "=C4*2",
        }
    }
)  # fmt: skip
STAMP: Final = Stamp("r1", 7, "abc")
NEW: Final = PutRows("Deal", 4, [{1: "D-0004", 2: "New"}])
CLIENT: Final = PutCell("Deal", 3, 2, "Acme & Sons")


class Desk:
    """A spreadsheet in a made-up Google, somebody in the browser, and us."""

    def __init__(self, folder: Path, dialect: Dialect = PLAIN) -> None:
        self.google: Google = online.server().fresh()
        self.google.dialect = dialect
        place = folder / f"k{time.monotonic_ns()}"
        self.book: GoogleSheet = online.placed(place, DATA)
        self.key = place.name
        self.tab = self.google.book(self.key).sheets[0].id

    def act(self, *requests: dict[str, Any]) -> None:
        """Do something in the browser."""
        self.google.act(self.key, requests)

    def types(self, row: int, column: int, text: str) -> None:
        """Type into a cell, counted from 1."""
        online.typed(self.book, "Deal", (row, column), text)

    def sorts(self) -> None:
        """Sort the rows by client: each comes to stand elsewhere."""
        area = {"sheetId": self.tab, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0,
                "endColumnIndex": 4}  # fmt: skip
        self.act({"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 1}]}})

    @contextmanager
    def once(self, moment: str, name: str, act: Callable[[], None]) -> Iterator[None]:
        """Let somebody act once, at a moment of a request."""

        def hook(when: str, what: str) -> None:
            if when == moment and name in what:
                self.google.hooks.remove(hook)
                act()

        self.google.hooks.append(hook)
        with no_waiting():
            yield
        if hook in self.google.hooks:
            self.google.hooks.remove(hook)

    def write(self, *edits: Edit) -> Written | None:
        """Read, and write; None when that is refused."""
        try:
            return self.book.write(self.book.read(), edits, STAMP)
        except (ChangedElsewhere, CannotWrite):
            return None

    def said(self) -> dict[tuple[int, int], Any]:
        """Return what stands in the sheet of the record."""
        found = said(online.anew(self.book))
        return {(row, column): v for (sheet, row, column), v in found.items() if sheet == "Deal"}

    def clients(self) -> dict[Any, Any]:
        """Return the clients by the ids of their rows."""
        found = self.said()
        ids = [(row, text) for (row, column), text in found.items() if column == 1 and row > 1]
        assert len({text for _, text in ids}) == len(ids), f"a row stands twice: {ids}"
        return {text: found.get((row, 2)) for row, text in ids}


def typed_into_the_very_cell(desk: Desk) -> None:
    """What is typed there in that instant is one more save, or still stands."""
    with desk.once("before", "addNamedRange", lambda: desk.types(3, 2, "typed")):
        written = desk.write(CLIENT)
    saves = [cells(one.book)["Deal", 3, 2] for one in written.displaced] if written else []
    assert "typed" in [*saves, desk.clients()["D-0002"]], saves
    waiting = [cells(one.book)["Deal", 3, 2] for one in online.anew(desk.book).recover()]
    assert waiting == saves, "what was displaced is there after a death too"


def sorted_in_that_instant(desk: Desk) -> None:
    """A row that moved is not written, and nobody else's is."""
    with desk.once("before", "addNamedRange", desk.sorts):
        written = desk.write(CLIENT)
    assert written is None
    assert desk.clients() == {"D-0001": "Zeta", "D-0002": "Acme", "D-0003": "Birch"}


def sorted_before_a_row_goes(desk: Desk) -> None:
    """A row that moved is not deleted."""
    with desk.once("before", "addNamedRange", desk.sorts):
        written = desk.write(DropRows("Deal", 4))
    assert written is None
    assert desk.clients() == {"D-0001": "Zeta", "D-0002": "Acme", "D-0003": "Birch"}


def an_answer_is_lost(desk: Desk) -> None:
    """A batch whose answer is lost is not sent twice."""
    desk.google.faults.append(Fault("cut after", 0, "addNamedRange"))
    with no_waiting():
        desk.write(NEW)
    assert desk.clients()["D-0004"] == "New"


def two_at_once(desk: Desk, edit: Edit = NEW) -> None:
    """Of two that write the same at once one is refused, and a row stands once."""
    desk.write()  # the tab of the stamp is there
    other = online.anew(desk.book)
    reading = other.read()

    def second() -> None:
        with suppress(SheetRecordError):
            other.write(reading, [edit])

    with desk.once("before", "addNamedRange", second), suppress(ChangedElsewhere):
        desk.book.write(desk.book.read(), [edit])
    assert desk.clients()["D-0004"] == "New"


def two_at_once_among_the_rows(desk: Desk) -> None:
    """The same where the row comes between others."""
    two_at_once(desk, PutRows("Deal", 2, [{1: "D-0004", 2: "New"}]))


def typed_between_version_and_reading(desk: Desk) -> None:
    """A version vouches only for a reading that was begun after it was asked."""
    desk.google.clock = lambda: time.time() - 3600
    desk.types(2, 2, "an hour ago")
    with desk.once("after", "spreadsheets.get", lambda: desk.types(3, 2, "typed")):
        reading = desk.book.read()
    assert online.anew(desk.book).unchanged(reading.revision) is None


def a_result_changes(desk: Desk) -> None:
    """A formula that comes to something else changes nothing that anybody said."""
    before = desk.book.read()
    draft = desk.google.book(desk.key).draft()
    sheet = draft.edit(desk.tab)
    sheet.put(1, 3, {**sheet.cell(1, 3), "result": {"numberValue": 99}})
    desk.google.keep(desk.key, draft)
    after = desk.book.read()
    assert cells(after.book)["Deal", 2, 4] != cells(before.book)["Deal", 2, 4]
    assert after.revision.digest == before.revision.digest


def texts_stay_texts(desk: Desk) -> None:
    """What looks like a number, a day or a formula is written as what it is."""
    wanted = {2: "007", 3: "2026-03-01", 4: "=1+1"}
    desk.write(*(PutCell("Deal", row, 2, text) for row, text in wanted.items()))
    found = desk.said()
    assert {row: found[row, 2] for row in wanted} == wanted


def written_and_not_kept(desk: Desk) -> None:
    """A server that forgets what is written into cells is found out."""
    desk.google.rules.values_lost = True
    assert desk.write(CLIENT) is None


def rows_hidden_by_a_filter(desk: Desk) -> None:
    """Where rows that a filter hides are not copied, nothing that is typed there is lost."""
    spec = {"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Acme", "typed"]}}
    area = {"sheetId": desk.tab, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0,
            "endColumnIndex": 4}  # fmt: skip
    for close_up in (False, True):
        desk.google.rules.pastes_skip_filtered = True
        desk.google.rules.pastes_close_up = close_up

        def filters() -> None:
            desk.types(3, 2, "typed")
            desk.act({"setBasicFilter": {"filter": {"range": area, "filterSpecs": [spec]}}})

        with desk.once("before", "addNamedRange", filters):
            written = desk.write(PutCell("Deal", 3, 2, f"ours {close_up}"))
        saves = [cells(one.book)["Deal", 3, 2] for one in written.displaced] if written else []
        assert "typed" in [*saves, desk.clients()["D-0002"]]


def rows_hidden_by_hand(desk: Desk) -> None:
    """The same where somebody hides the row."""
    desk.google.rules.pastes_skip_hidden = True
    span = {"sheetId": desk.tab, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}

    def hides() -> None:
        desk.types(3, 2, "typed")
        change = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
        desk.act({"updateDimensionProperties": change})

    with desk.once("before", "addNamedRange", hides):
        written = desk.write(CLIENT)
    saves = [cells(one.book)["Deal", 3, 2] for one in written.displaced] if written else []
    assert "typed" in [*saves, desk.clients()["D-0002"]]


def a_fence_that_is_none(desk: Desk) -> None:
    """Where an id may be given twice, no row stands twice and nothing that is typed is lost."""
    desk.google.rules.fence_ignored = True
    two_at_once_among_the_rows(desk)
    an_answer_is_lost(Desk(Path(desk.key)))


def a_version_that_is_late(desk: Desk) -> None:
    """Where Drive tells of a change only after the next one, nothing that is typed is lost."""
    desk.google.clock = lambda: time.time() - 3600
    desk.google.rules.late_versions = 1
    reading = desk.book.read()
    desk.types(3, 2, "typed")
    desk.types(4, 2, "typed too")
    with no_waiting():
        try:
            saves = [cells(s.book) for s in desk.book.write(reading, [CLIENT], STAMP).displaced]
        except ChangedElsewhere:
            saves = []
    found = [desk.clients()["D-0002"], *(one["Deal", 3, 2] for one in saves)]
    assert "typed" in found
    assert desk.clients()["D-0003"] == "typed too"


def an_answer_of_before(desk: Desk) -> None:
    """Where a batch is answered with what stood before it, it is read again."""
    desk.google.rules.answers_before = True
    with no_waiting():
        written = desk.write(CLIENT)
    assert written is not None
    assert cells(written.reading.book)["Deal", 3, 2] == "Acme & Sons"
    assert desk.clients()["D-0002"] == "Acme & Sons"


def half_a_batch(desk: Desk) -> None:
    """Where a batch that is refused leaves a part, that is said, and nothing is lost."""
    desk.google.rules.partial_batches = True
    part = {"range": {"sheetId": desk.tab, "startRowIndex": 3, "endRowIndex": 4},
            "editors": {"users": ["mara@firm.example"]}}  # fmt: skip
    desk.act({"addProtectedRange": {"protectedRange": part}})
    with desk.once("before", "addNamedRange", lambda: desk.types(3, 2, "typed")):
        written = desk.write(CLIENT, PutCell("Deal", 4, 2, "protected"))
    assert written is None, "a write of which a part stands is refused"
    kept = repr([tab.rows for tab in desk.google.book(desk.key).sheets])
    assert "typed" in kept


SCENES: Final[tuple[Callable[[Desk], None], ...]] = (
    typed_into_the_very_cell,
    sorted_in_that_instant,
    sorted_before_a_row_goes,
    an_answer_is_lost,
    two_at_once,
    two_at_once_among_the_rows,
    typed_between_version_and_reading,
    a_result_changes,
    texts_stay_texts,
)
OTHERWISE: Final[tuple[Callable[[Desk], None], ...]] = (
    written_and_not_kept,
    rows_hidden_by_a_filter,
    rows_hidden_by_hand,
    a_fence_that_is_none,
    a_version_that_is_late,
    an_answer_of_before,
    half_a_batch,
)
"""Where Google is otherwise than assumed."""

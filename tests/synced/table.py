"""What people really do to a copy, as a table: a number, what it is, the edit, what must follow.

Numbers 52 to 62 are about files and several people: they stand in `test_people.py`.
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from merge.files import column, header, lose, move_rows, put, rows_of
from sheetrecord.model.value import shown
from sheetrecord.schema import ids
from synced.office import FEES, Change, Office, line

FOREIGN = [ids.make("F", 5_000 + n) for n in range(50)]
LONG = "x" * 30_000 + "\nline\u00a0two \u05e9\u05dc\u05d5\u05dd \U0001f600\u200bend"


class Case(NamedTuple):
    """One edit of Ana's copy. ``then`` looks at the office after a sync; ``alarm`` is the guard
    that stops the copy, if one does: then nothing of it may have been taken over."""

    number: int
    title: str
    edit: Change
    then: Callable[[Office], None]
    alarm: str = ""


CASES: list[Case] = []


def case(number: int, title: str, alarm: str = "") -> Callable[[Any], Any]:
    """Declare a case: the function edits the book and returns (through a second one) the check."""

    def declare(make: Callable[[], tuple[Change, Callable[[Office], None]]]) -> Any:
        edit, then = make()
        CASES.append(Case(number, title, edit, then, alarm))
        return make

    return declare


def everywhere(office: Office, look: Callable[[dict[str, Any]], object], wanted: object) -> None:
    """Check what the record and both copies say."""
    for path in (None, office.office, office.ana):
        assert look(office.fees(path)) == wanted


def same_lines(office: Office) -> None:
    """Check that the fee lines are what they were, everywhere, and nothing is disputed."""
    assert not office.conflicts()
    everywhere(
        office,
        lambda fees: sorted((id_, row.description, row.net) for id_, row in fees.items()),
        sorted((line(n), f"Line {n}", 100_000 + n * 100) for n in range(FEES)),
    )


def same_lines_there(office: Office) -> None:
    """Check that the record and the other copy have every line as it was."""
    for path in (None, office.office):
        assert {line(n) for n in range(FEES)} == set(office.fees(path))


def notes(**wanted: str) -> Callable[[Office], None]:
    """Return a check of the notes of lines (``line3="text"``)."""

    def then(office: Office) -> None:
        assert not office.conflicts()
        for name, text in wanted.items():
            everywhere(office, lambda fees, n=name: fees[line(int(n[4:]))].note, text)

    return then


def pick(page: Any, row: int) -> list[Any]:
    return [page.cell(row, number).value for number in range(1, page.max_column + 1)]


def drop(page: Any, row: int, cells: list[Any], first: int = 1) -> None:
    for number, value in enumerate(cells[first - 1 :], start=first):
        if not str(value or "").startswith("="):
            page.cell(row, number).value = value


# ---------------------------------------------------------------- rows


@case(1, "the whole table is sorted")
def _() -> Any:
    order = list(range(FEES))
    random.Random(1).shuffle(order)

    def then(office: Office) -> None:
        same_lines(office)
        shown = [row.description for row in office.fees(office.ana).values()]
        assert shown == [f"Line {n}" for n in order]  # her order is hers

    return lambda book: move_rows(book, "Fees", order), then


@case(2, "only some columns are sorted", "sorted-apart")
def _() -> Any:
    def edit(book: Any) -> None:
        columns = [column(book, "Fees", "description")]
        move_rows(book, "Fees", list(range(FEES - 1, -1, -1)), columns)

    return edit, lambda office: None


@case(
    3, "the table is sorted with its header, which ends in the middle", "its header stands in row 7"
)
def _() -> Any:
    def edit(book: Any) -> None:
        page = book["Fees"]
        rows = [pick(page, row) for row in range(3, 8)]
        for row, cells in zip(range(3, 8), [*rows[1:], rows[0]], strict=True):
            for number, value in enumerate(cells, start=1):
                page.cell(row, number).value = value

    return edit, same_lines_there


@case(4, "the visible rows of a filter are deleted", "mass-delete")
def _() -> Any:
    return lambda book: book["Fees"].delete_rows(6, 8), lambda office: None


@case(5, "something is pasted over rows that a filter hides")
def _() -> Any:
    def edit(book: Any) -> None:
        for row in (5, 6):
            book["Fees"].row_dimensions[row].hidden = True
        for row in range(4, 8):
            put("Fees", row, note="pasted")(book)

    return edit, notes(line0="pasted", line1="pasted", line2="pasted", line3="pasted")


@case(6, "a row is duplicated with its id")
def _() -> Any:
    def edit(book: Any) -> None:
        page = book["Fees"]
        drop(page, 18, pick(page, 4))
        put("Fees", 18, net=111)(book)

    def then(office: Office) -> None:
        assert not office.conflicts()
        for path in (None, office.office, office.ana):
            fees = office.fees(path)
            assert len(fees) == FEES + 1
            assert fees[line(0)].net == 100_000
            assert [row.net for row in fees.values()].count(11_100) == 1

    return edit, then


@case(7, "fifty rows of another workbook are pasted with their ids")
def _() -> Any:
    def edit(book: Any) -> None:
        for row, id_ in enumerate(FOREIGN, start=18):
            put("Fees", row, fee_id=id_, deal_id="D-0001", description=id_, net=1)(book)

    def then(office: Office) -> None:
        everywhere(office, lambda fees: sorted(fees)[:0] or len(fees), FEES + 50)
        everywhere(office, lambda fees: set(FOREIGN) <= set(fees), True)

    return edit, then


@case(8, "another column is pasted over the ids")
def _() -> Any:
    def edit(book: Any) -> None:
        for row in list(rows_of(book, "Fees")):
            put("Fees", row, fee_id=f"2026-{row:03}")(book)

    return edit, same_lines


@case(9, "a row is cut from one table and pasted into another")
def _() -> Any:
    def edit(book: Any) -> None:
        fees, other = book["Fees"], book["Commitments"]
        cells = pick(fees, 8)
        fees.delete_rows(8)
        drop(other, 5, cells[:8])

    def then(office: Office) -> None:
        for path in (None, office.office, office.ana):
            assert line(4) not in office.fees(path)
            assert len(office.fees(path)) == FEES - 1
            rows = office.rows("Commitments", path)
            assert len(rows) == 2
            assert len({row.what for row in rows.values()}) == 2
        # What the row held is in the ledger, whole, to be taken back.
        gone = [e.entry for e in office.ledger() if e.entry.kind == "remove"]
        assert gone[-1].cells["description"] == "Line 4"

    return edit, then


@case(10, "a row is inserted without an id")
def _() -> Any:
    def edit(book: Any) -> None:
        book["Fees"].insert_rows(6)
        put("Fees", 6, deal_id="D-0001", description="In between", net=77)(book)

    def then(office: Office) -> None:
        for path in (None, office.office, office.ana):
            fees = office.fees(path)
            assert len(fees) == FEES + 1
            assert all(map(ids.check, fees))
            assert [r.net for r in fees.values() if r.description == "In between"] == [7_700]
        assert len({frozenset(office.fees(p)) for p in (None, office.office, office.ana)}) == 1

    return edit, then


@case(11, "blank rows are inserted to separate")
def _() -> Any:
    return lambda book: book["Fees"].insert_rows(7, 2), same_lines


@case(12, "a total row is added at the bottom")
def _() -> Any:
    return put("Fees", 25, description="Total", net="=SUM(F4:F17)"), same_lines


@case(13, "a row is deleted")
def _() -> Any:
    def then(office: Office) -> None:
        everywhere(office, lambda fees: line(3) in fees, False)
        everywhere(office, len, FEES - 1)

    return lambda book: book["Fees"].delete_rows(7), then


@case(14, "the contents of a row are deleted but not the row")
def _() -> Any:
    def edit(book: Any) -> None:
        for cell in list(book["Fees"][7])[1:]:
            cell.value = None

    def then(office: Office) -> None:
        everywhere(office, lambda fees: line(3) in fees, False)
        assert line(3) in office.side(office.ana).present("Fees")

    return edit, then


@case(15, "a row is deleted and typed again")
def _() -> Any:
    def edit(book: Any) -> None:
        page = book["Fees"]
        cells = {
            key: page.cell(7, column(book, "Fees", key)).value
            for key in ("deal_id", "origin", "fee_type", "trigger", "description", "net")
        } | {"tax_rate": 0.19, "planned_on": page.cell(7, column(book, "Fees", "planned_on")).value}
        page.delete_rows(7)
        put("Fees", 18, **cells)(book)

    return edit, same_lines


@case(16, "a deleted row comes back by Undo after a sync")
def _() -> Any:
    def then(office: Office) -> None:
        before = office.ana.with_suffix(".before")
        assert line(3) not in office.fees()

        # Undo brings the row back into the file as it is now, with its id.
        def back(book: Any) -> None:
            cells = {
                "fee_id": line(3),
                "deal_id": "D-0001",
                "description": "Line 3",
                "net": 1_003,
            }
            put("Fees", 18, **cells)(book)

        office.change(office.ana, back)
        office.sync()
        assert not before.exists()
        everywhere(office, lambda fees: fees[line(3)].description, "Line 3")
        everywhere(office, len, FEES)

    return lambda book: book["Fees"].delete_rows(7), then


@case(17, "the id column is drag-filled")
def _() -> Any:
    def edit(book: Any) -> None:
        for number, row in enumerate(list(rows_of(book, "Fees"))):
            put("Fees", row, fee_id=f"FEE-{number:03}")(book)

    return edit, same_lines


@case(18, "rows are hidden")
def _() -> Any:
    def edit(book: Any) -> None:
        book["Fees"].row_dimensions[4].hidden = True
        put("Fees", 4, note="typed before it was hidden")(book)

    return edit, notes(line0="typed before it was hidden")


@case(19, "rows are grouped and folded away")
def _() -> Any:
    def edit(book: Any) -> None:
        book["Fees"].row_dimensions.group(5, 9, outline_level=1, hidden=True)
        put("Fees", 6, note="in the group")(book)

    def then(office: Office) -> None:
        notes(line2="in the group")(office)
        from openpyxl import load_workbook

        page = load_workbook(office.ana)["Fees"]
        assert [page.row_dimensions[n].outlineLevel for n in (4, 5, 9, 10)] == [0, 1, 1, 0]

    return edit, then


@case(20, "cells are merged across rows")
def _() -> Any:
    def edit(book: Any) -> None:
        number = column(book, "Fees", "note")
        put("Fees", 5, note="for both")(book)
        book["Fees"].merge_cells(start_row=5, end_row=6, start_column=number, end_column=number)

    def then(office: Office) -> None:
        assert not office.conflicts()
        everywhere(office, lambda fees: fees[line(1)].note, "for both")
        everywhere(office, lambda fees: fees[line(2)].note, "")
        everywhere(office, len, FEES)

    return edit, then


@case(21, "a thousand rows are appended")
def _() -> Any:
    def edit(book: Any) -> None:
        numbers = {key: column(book, "Fees", key) for key in ("deal_id", "description", "net")}
        for n in range(1_000):
            told = {"deal_id": "D-0001", "description": f"Hour {n}", "net": 10 + n}
            for key, value in told.items():
                book["Fees"].cell(30 + n, numbers[key]).value = value

    def then(office: Office) -> None:
        everywhere(office, len, FEES + 1_000)
        everywhere(office, lambda fees: all(map(ids.check, fees)), True)
        everywhere(
            office,
            lambda f: sum(r.net for r in f.values() if r.description[:4] == "Hour"),
            50_950_000,
        )

    return edit, then


@case(22, "a finished row is moved to a tab of its own")
def _() -> Any:
    def edit(book: Any) -> None:
        page = book.create_sheet("Archive")
        page.append([str(cell.value or "") for cell in book["Fees"][5]])
        book["Fees"].delete_rows(5)

    def then(office: Office) -> None:
        everywhere(office, lambda fees: line(1) in fees, False)
        assert "Archive" in office.side(office.ana).book.sheets

    return edit, then


@case(23, "a whole tab is copied")
def _() -> Any:
    def edit(book: Any) -> None:
        book.copy_worksheet(book["Fees"]).title = "Fees (2)"
        put("Fees", 4, note="in the first")(book)

    return edit, notes(line0="in the first")


@case(24, "yesterday's backup is put back over the file")
def _() -> Any:
    def then(office: Office) -> None:
        yesterday = office.ana.read_bytes()
        office.type(office.ana, 4, note="typed today")
        office.sync()
        office.ana.write_bytes(yesterday)
        office.sync()
        assert not office.conflicts()
        everywhere(office, lambda fees: fees[line(0)].note, "typed today")

    return put("Fees", 5, note="yesterday"), then


# ------------------------------------------------------------- columns


def shift(book: Any, sheet: str, first: int, by: int) -> None:
    from messy.firm import shift_names

    shift_names(book, sheet, {n: n + by for n in range(first, 80)})


@case(25, "a column is inserted in the middle")
def _() -> Any:
    def edit(book: Any) -> None:
        at = column(book, "Fees", "net")
        cut = {n: book["Fees"].cell(3, n).value for n in range(1, at)}
        book["Fees"].insert_cols(at)
        shift(book, "Fees", at, 1)
        assert len(cut) == at - 1
        book["Fees"].cell(3, at).value = "Colour"
        book["Fees"].cell(4, at).value = "red"
        put("Fees", 4, note="beside it")(book)

    def then(office: Office) -> None:
        notes(line0="beside it")(office)
        side = office.side(office.ana)
        [(_, number)] = side.own("Fees")
        assert side.book.sheets["Fees"].column(number).values[-1] == "red"

    return edit, then


@case(26, "a column is deleted")
def _() -> Any:
    def edit(book: Any) -> None:
        number = column(book, "Fees", "planned_on")
        for row in range(1, 40):
            book["Fees"].cell(row, number).value = None
        del book.defined_names["sr_Fees_planned_on"]
        put("Fees", 4, note="without it")(book)

    def then(office: Office) -> None:
        notes(line0="without it")(office)
        for path in (None, office.office):
            assert all(row.planned_on for row in office.fees(path).values())

    return edit, then


@case(27, "columns change places")
def _() -> Any:
    def edit(book: Any) -> None:
        from messy.firm import shift_names

        page = book["Fees"]
        one, other = column(book, "Fees", "description"), column(book, "Fees", "note")
        for row in range(3, 40):
            held = page.cell(row, one).value
            page.cell(row, one).value = page.cell(row, other).value
            page.cell(row, other).value = held
        shift_names(book, "Fees", {one: other, other: one})
        put("Fees", 4, note="moved")(book)

    return edit, notes(line0="moved")


@case(28, "a header is renamed so that nobody knows the column")
def _() -> Any:
    def edit(book: Any) -> None:
        lose(book, "description")
        put("Fees", 4, note="typed")(book)

    def then(office: Office) -> None:
        notes(line0="typed")(office)
        for path in (None, office.office):
            found = office.fees(path)
            assert [found[line(n)].description for n in range(FEES)] == [
                f"Line {n}" for n in range(FEES)
            ]

    return edit, then


def reheaded(text: str) -> Change:
    def edit(book: Any) -> None:
        header(book, "Fees", "description").value = text
        put("Fees", 4, description="Deposit, mailed")(book)

    return edit


def renamed(office: Office) -> None:
    assert not office.conflicts()
    everywhere(office, lambda fees: fees[line(0)].description, "Deposit, mailed")
    everywhere(office, len, FEES)


@case(29, "a header is translated")
def _() -> Any:
    return reheaded("Bezeichnung"), renamed


@case(30, "a header gets a blank and a line break at its end")
def _() -> Any:
    return reheaded(" Description \n"), renamed


@case(31, "a header stands twice")
def _() -> Any:
    def edit(book: Any) -> None:
        page = book["Fees"]
        at = page.max_column + 1
        page.cell(3, at).value = header(book, "Fees", "note").value
        page.cell(4, at).value = "in the second one"
        put("Fees", 4, note="in the first one")(book)

    return edit, notes(line0="in the first one")


@case(32, "a header is spread over two lines")
def _() -> Any:
    return reheaded("Descrip-\ntion of it"), renamed


@case(33, "title rows are inserted above the header")
def _() -> Any:
    def edit(book: Any) -> None:
        # As a spreadsheet program does it: the names follow.
        book["Fees"].insert_rows(1, 2)
        book["Fees"].cell(1, 1).value = "Fees of the year"
        for name, defined in book.defined_names.items():
            if name.startswith("sr_Fees_"):
                sheet, letters, row = defined.attr_text.split("$")
                defined.attr_text = f"{sheet}${letters}${int(row) + 2}"
        put("Fees", 6, note="below the titles")(book)

    return edit, notes(line0="below the titles")


@case(34, "the id column is hidden and something is pasted past it")
def _() -> Any:
    def edit(book: Any) -> None:
        from openpyxl.utils import get_column_letter

        number = column(book, "Fees", "fee_id")
        book["Fees"].column_dimensions[get_column_letter(number)].hidden = True
        for row in (18, 19):
            put("Fees", row, fee_id=None, deal_id="D-0001", description=f"Pasted {row}", net=5)(
                book
            )

    def then(office: Office) -> None:
        for path in (None, office.office, office.ana):
            fees = office.fees(path)
            assert len(fees) == FEES + 2
            assert all(map(ids.check, fees))
            texts = [row.description for row in fees.values()]
            assert [texts.count(f"Pasted {n}") for n in (18, 19)] == [1, 1]

    return edit, then


@case(35, "a text is split over two columns")
def _() -> Any:
    def edit(book: Any) -> None:
        page = book["Fees"]
        at = page.max_column + 1
        page.cell(3, at).value = "Number"
        for row in list(rows_of(book, "Fees"))[:5]:
            cell = page.cell(row, column(book, "Fees", "description"))
            word, number = cell.value.split()
            cell.value, page.cell(row, at).value = word, number

    def then(office: Office) -> None:
        assert not office.conflicts()
        everywhere(
            office,
            lambda fees: [fees[line(n)].description for n in range(6)],
            ["Line"] * 5 + ["Line 5"],
        )

    return edit, then


@case(36, "a range is turned into a table")
def _() -> Any:
    def edit(book: Any) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.table import Table

        page = book["Gaps"]
        last = max(n for n in range(1, page.max_column + 1) if page.cell(3, n).value)
        page.auto_filter.ref = None
        page.add_table(Table(displayName="GapTable", ref=f"A3:{get_column_letter(last)}10"))
        book["Fees"].auto_filter.ref = None
        put("Fees", 4, note="beside a table")(book)
        put("Gaps", 4, deal_id="D-0001", what_was_missing="The login")(book)

    def then(office: Office) -> None:
        notes(line0="beside a table")(office)
        for path in (None, office.office, office.ana):
            assert [r.what_was_missing for r in office.rows("Gaps", path).values()] == ["The login"]

    return edit, then


# --------------------------------------------------------------- cells


def arrives(value: Any, key: str = "net") -> Callable[[Office], None]:
    def then(office: Office) -> None:
        assert not office.conflicts()
        for path in (None, office.office, office.ana):
            assert office.raw(line(0), key, path) == value

    return then


for _number, _text in ((37, "12,500.00"), (37, "12.500,00"), (37, "EUR 500"), (37, "500-")):
    CASES.append(
        Case(_number, f"{_text} is typed as a number", put("Fees", 4, net=_text), arrives(_text))
    )
CASES.append(
    Case(38, "01/02/03 is typed as an amount", put("Fees", 4, net="01/02/03"), arrives("01/02/03"))
)


def date_arrives(office: Office) -> None:
    import datetime as dt

    assert not office.conflicts()
    for path in (None, office.office, office.ana):
        assert str(office.raw(line(0), "note", path))[:10] == str(dt.date(2026, 3, 2))


@case(39, "2-3 becomes a date")
def _() -> Any:
    import datetime as dt

    return put("Fees", 4, note=dt.date(2026, 3, 2)), date_arrives


CASES += [
    Case(40, "a number is stored as text", put("Fees", 4, net="8400"), arrives("8400")),
    Case(41, "19 is typed for 19 %", put("Fees", 4, tax_rate=7), arrives(7, "tax_rate")),
    Case(42, "a tick in another language", put("Fees", 4, ready="ja"), arrives("ja", "ready")),
]


@case(43, "a formula replaces a value")
def _() -> Any:
    def then(office: Office) -> None:
        # Whether its result is known depends on the program that saved it: never a blank.
        for path in (None, office.office):
            assert office.raw(line(0), "net", path) in (1_000, 2_002)
        from sheetrecord.model.value import Formula

        assert isinstance(office.raw(line(0), "net", office.ana), Formula)

    def edit(book: Any) -> None:
        put("Fees", 4, net=f"={header(book, 'Fees', 'net').column_letter}5*2")(book)

    return edit, then


@case(44, "a value is pasted over a formula")
def _() -> Any:
    return put("Fees", 4, gross=1, outstanding=2), same_lines


for _error in ("#REF!", "#N/A"):

    @case(45, f"{_error} stands where a value was")
    def _(error: str = _error) -> Any:
        formula = "=NA()" if error == "#N/A" else error

        def then(office: Office) -> None:
            for path in (None, office.office):
                assert office.raw(line(0), "net", path) == 1_000

        return put("Fees", 4, net=formula), then


@case(45, "a formula that changes whenever it is looked at")
def _() -> Any:
    def then(office: Office) -> None:
        assert len(office.conflicts()) == 0

    return put("Fees", 4, note="=RAND()"), then


def plainly(text: str) -> str:
    """Return a text without what programs treat in their own way: LibreOffice breaks a line when a
    paragraph grows beyond 16,367 characters."""
    return "".join(text.replace("\u200b", "").replace("_x000D_", "").split())


@case(46, "a very long text with everything in it")
def _() -> Any:
    def then(office: Office) -> None:
        for path in (None, office.office, office.ana):
            raw = office.raw(line(0), "note", path)
            assert plainly(raw) == plainly(LONG)

    return put("Fees", 4, note=LONG), then


@case(47, "a comment, a strike-through and a colour instead of a value")
def _() -> Any:
    def edit(book: Any) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Font, PatternFill

        page = book["Fees"]
        page["C4"].comment = Comment("void, see mail", "Ana")
        page["C5"].font = Font(strike=True)
        page["C6"].fill = PatternFill("solid", fgColor="00FF00")

    def then(office: Office) -> None:
        same_lines(office)
        from openpyxl import load_workbook

        page = load_workbook(office.ana)["Fees"]
        assert "void" in page["C4"].comment.text
        assert page["C5"].font.strike
        assert page["C6"].fill.fgColor.rgb.endswith("00FF00")

    return edit, then


@case(48, "find and replace over everything", "all-changed")
def _() -> Any:
    def edit(book: Any) -> None:
        for row in list(rows_of(book, "Fees")):
            cell = book["Fees"].cell(row, column(book, "Fees", "description"))
            cell.value = cell.value.replace("Line", "Part")

    return edit, lambda office: None


@case(49, "a whole column is cleared", "all-changed")
def _() -> Any:
    def edit(book: Any) -> None:
        for row in list(rows_of(book, "Fees")):
            book["Fees"].cell(row, column(book, "Fees", "planned_on")).value = None

    return edit, lambda office: None


@case(50, "the workbook counts its days from 1904")
def _() -> Any:
    def edit(book: Any) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
        put("Fees", 4, note="typed after the switch")(book)

    def then(office: Office) -> None:
        notes(line0="typed after the switch")(office)
        days = {str(row.planned_on) for row in office.fees().values()}
        assert days == {"2026-10-30"}

    return edit, then


@case(51, "a link and a tick box")
def _() -> Any:
    def edit(book: Any) -> None:
        put("Fees", 4, note="the order")(book)
        cell = book["Fees"].cell(4, column(book, "Fees", "note"))
        cell.hyperlink = "https://files.example/order.pdf"
        put("Fees", 5, ready=True)(book)

    def then(office: Office) -> None:
        assert not office.conflicts()
        everywhere(office, lambda fees: fees[line(0)].note, "the order")
        for path in (None, office.office, office.ana):
            assert shown(office.raw(line(1), "ready", path)) is True

    return edit, then

"""More doors: statements as workbooks, CAMT in a zip, several currencies in one file."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from sheetrecord.ledgers.accounted import read_rows_of
from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

EUR = Profile(currency="EUR")
CAMT = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Id>S{n}</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{opening}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-05-0{n}</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-05-0{n}</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-05-0{n}</Dt></BookgDt><AddtlNtryInf>INV-{n}</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def message(n, way="CRDT"):
    return CAMT.format(n=n, opening=f"{(n - 1) * 10}.00", closing=f"{n * 10}.00", way=way)


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return out.getvalue()


def workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def amounts_of(reading):
    assert read_rows_of(reading) + len(reading.left_out) + reading.apart == reading.rows
    return [(str(line.booked), line.amount, line.currency, line.text) for line in reading.lines]


def test_the_statements_in_a_zip_are_read_in_the_order_of_their_names():
    reading = read_bank(packed(b_xml=message(2), a_xml=message(1)), "may.zip").reading
    assert [line.text for line in reading.lines] == ["INV-1", "INV-2"]
    assert [line.source.row for line in reading.lines] == [1, 2]
    assert [s.closing for s in reading.statements] == [1000, 2000]
    assert (reading.rows, reading.problems) == (2, ())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(a_xml=message(1), b_txt="x"), "holds b.txt"),
        (packed(), "zip"),
        (packed(a_xml=message(1))[:60], "damaged"),
    ],
    ids=["another file", "nothing", "cut off"],
)
def test_another_zip_is_refused_with_what_to_do(data, says):
    with pytest.raises(CannotRead, match=says):
        read_bank(data, "may.zip")


def test_an_entry_without_a_direction_is_left_out_and_needs_a_person():
    reading = read_bank(message(1, way="").encode(), "a.xml").reading
    assert reading.lines == ()
    assert [out.doubtful for out in reading.left_out] == [True]


def test_a_statement_may_be_a_workbook():
    import datetime as dt

    rows = [
        ["Account", "DE02"],
        [],
        ["Date", "Payer", "Details", "Amount", "Currency"],
        [dt.date(2026, 5, 3), "Acme", "INV-0142", 1190.5, "EUR"],
        [dt.datetime(2026, 5, 4, 10, 0), "Rent", "May", -500, "EUR"],  # noqa: DTZ001 -- as typed
        [None, "Total", None, 690.5, None],
    ]
    reading = read_bank(workbook(rows, [["Notes"], ["none"]]), "may.xlsx").reading
    assert amounts_of(reading) == [
        ("2026-05-03", 119050, "EUR", "INV-0142"),
        ("2026-05-04", -50000, "EUR", "May"),
    ]
    assert [line.source.row for line in reading.lines] == [4, 5]


def test_a_workbook_of_two_statements_is_refused():
    rows = [["Date", "Text", "Amount"], ["2026-05-03", "A", 1.5]]
    with pytest.raises(CannotRead, match="2 sheets"):
        read_bank(workbook(rows, rows), "may.xlsx", EUR)
    with pytest.raises(CannotRead, match="no sheet"):
        read_bank(workbook([["Hello"]]), "may.xlsx", EUR)


def test_several_currencies_in_one_file_are_an_account_each():
    text = (
        "Date,Description,Amount,Currency,Balance\n"
        "2026-05-03,INV-1,10.00,EUR,110.00\n2026-05-04,INV-2,7.00,GBP,27.00\n"
        "2026-05-05,Fee,-1.00,EUR,109.00\n2026-05-06,INV-3,5000,JPY,5000\n"
    )
    reading = read_bank(text.encode(), "wise.csv").reading
    assert sorted(amounts_of(reading)) == [
        ("2026-05-03", 1000, "EUR", "INV-1"),
        ("2026-05-04", 700, "GBP", "INV-2"),
        ("2026-05-05", -100, "EUR", "Fee"),
        ("2026-05-06", 5000, "JPY", "INV-3"),
    ]
    assert {(s.currency, s.opening, s.closing) for s in reading.statements} == {
        ("EUR", 10000, 10900), ("GBP", 2000, 2700), ("JPY", 0, 5000)
    }  # fmt: skip
    assert not reading.problems

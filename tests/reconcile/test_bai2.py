"""BAI2 reports are read with their texts, signs and totals."""

import pytest

from sheetrecord.ledgers.banks.bai2 import read_bai2
from sheetrecord.ledgers.detect import kind_of, read_bank
from sheetrecord.model.errors import CannotRead

ACCOUNT = [
    "03,0012345678,,010,100000,,,015,870005,,,100,775000,2,V,260504,,400,4995,1,D,2,0,4000,1,995/",
    "16,195,720000,Z,B001,INV-0142,ORIG:ACME WORKS LLC",
    "88,WIRE, PAYMENT OF INV-0142/",
    "16,165,55000,S,55000,0,0,B002,,ACH CREDIT BOLT INC/",
    "16,475,4995,,B003,1001,CHECK/",
    "16,890,0,,,,FOR YOUR INFORMATION/",
]
TOTAL = 100000 + 870005 + 775000 + 4995 + 720000 + 55000 + 4995


def report(account=ACCOUNT, total=TOTAL, currency="USD", tail="98,1,1,8/\n99,1,1,10/\n"):
    head = (
        f"01,121000248,ACMECO,260505,0630,1,80,1,2/\n02,ACMECO,121000248,1,260504,,{currency},2/\n"
    )
    return (head + "\n".join(account) + f"\n49,{total},8/\n" + tail).encode()


def test_lines_have_signs_texts_and_references():
    reading = read_bai2(report(), "day.bai")
    assert [(p.name, p.where.row) for p in reading.problems] == [("information-only", 8)]
    assert (reading.rows, reading.apart) == (4, 0)
    assert [one.row for one in reading.left_out] == [8]
    assert [(str(x.booked), x.amount, x.ref, x.end_to_end, x.text) for x in reading.lines] == [
        ("2026-05-04", 720000, "B001", "INV-0142",
         "ORIG:ACME WORKS LLC WIRE, PAYMENT OF INV-0142"),
        ("2026-05-04", 55000, "B002", "", "ACH CREDIT BOLT INC"),
        ("2026-05-04", -4995, "B003", "1001", "CHECK"),
    ]  # fmt: skip
    (statement,) = reading.statements
    assert (statement.account, statement.currency) == ("0012345678", "USD")
    assert (statement.opening, statement.closing) == (100000, 870005)


@pytest.mark.parametrize(
    ("data", "off"),
    [
        (report(total=TOTAL + 1), "-0.01 USD"),
        (report([*ACCOUNT[:3], *ACCOUNT[4:]]), "-550.00 USD"),
        (report([ACCOUNT[0].replace("015,870005", "015,870006"), *ACCOUNT[1:]], TOTAL + 1), "0.01"),
    ],
    ids=["another total", "a line is missing", "another closing balance"],
)
def test_a_total_that_differs_is_a_failing_control(data, off):
    found = [p for p in read_bai2(data, "day.bai").problems if p.name != "information-only"]
    assert {p.name for p in found} == {"control-total-fails"}
    assert off in found[0].message


def test_the_currency_is_the_accounts_its_groups_or_the_formats_own():
    yen = [ACCOUNT[0].replace("0012345678,,", "0012345678,JPY,"), *ACCOUNT[1:]]
    assert read_bai2(report(yen), "a.bai").statements[0].currency == "JPY"
    assert read_bai2(report(currency="CAD"), "a.bai").statements[0].currency == "CAD"
    assert read_bai2(report(currency=""), "a.bai").statements[0].currency == "USD"


def test_a_report_is_told_by_its_content_and_one_cut_off_is_refused():
    assert kind_of(report(), "day.txt") == "bai2"
    assert len(read_bank(report(), "day.txt").reading.lines) == 3
    with pytest.raises(CannotRead, match="breaks off"):
        read_bank(report(tail=""), "day.txt")


def test_a_row_that_is_no_transaction_is_said_with_its_line():
    bad = [*ACCOUNT[:3], "16,165,5S000,Z,B002,,X/", *ACCOUNT[4:]]
    found = read_bai2(report(bad, TOTAL - 55000), "day.bai").problems
    assert ("bad-money-cell", 6) in [(p.name, p.where.row) for p in found]

"""Norma 43 statements are read with their texts, signs and totals."""

import pytest

from sheetrecord.ledgers.banks.norma43 import read_norma43
from sheetrecord.ledgers.detect import kind_of, read_bank
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.problem import Severity

ACCOUNT = "00491500051234567892"[:18]


def head(opening="00000000100000", currency="978", key="2"):
    return f"11{ACCOUNT}260501260531{key}{opening}{currency}3{'EMPRESA EJEMPLO SL':<26}   "


def move(day, key, amount, reference="", own=""):
    begin = f"22    0005{day}{day}02043{key}{amount:014}"
    return f"{begin}{'0' * 10}{reference:<12}{own:<16}"


def more(first, second=""):
    return f"2301{first:<38}{second:<38}"


def tail(debits=(1, 4995), credits_=(2, 775000), closing=870005, key="2"):
    sums = f"{debits[0]:05}{debits[1]:014}{credits_[0]:05}{credits_[1]:014}"
    return f"33{ACCOUNT}{sums}{key}{closing:014}978    "


MOVES = [
    move("260504", "2", 720000, "INV-0142"),
    more("TRANSFERENCIA DE ACME SL", "PAGO INV-0142"),
    move("260505", "2", 55000),
    more("ABONO BOLT SA"),
    move("260506", "1", 4995, own="RECIBO LUZ"),
]


def statement(moves=MOVES, first=None, last=None, count=None, end=True):
    records = [first or head(), *moves, last or tail()]
    said = len(records) if count is None else count
    records += [f"88{'9' * 18}{said:06}{' ' * 54}"] if end else []
    return ("\r\n".join(records) + "\r\n").encode("cp1252")


def test_lines_have_signs_texts_and_days():
    reading = read_norma43(statement(), "mayo.n43")
    assert [p.name for p in reading.problems] == []
    assert (reading.rows, reading.apart) == (3, 0)
    assert [(str(x.booked), x.amount, x.text) for x in reading.lines] == [
        ("2026-05-04", 720000, "INV-0142 TRANSFERENCIA DE ACME SL PAGO INV-0142"),
        ("2026-05-05", 55000, "ABONO BOLT SA"),
        ("2026-05-06", -4995, "RECIBO LUZ"),
    ]
    (found,) = reading.statements
    assert (found.account, found.currency, found.opening, found.closing) == (
        ACCOUNT, "EUR", 100000, 870005,
    )  # fmt: skip


def test_it_is_told_by_its_content_and_read_as_any_bank_file():
    assert kind_of(statement(), "x.txt") == "n43"
    assert len(read_bank(statement(), "x.txt").reading.lines) == 3


def test_a_balance_below_nought_is_one():
    data = statement(first=head("00000000100000", key="1"), last=tail(closing=670005))
    (found,) = read_norma43(data, "x").statements
    assert (found.opening, found.closing) == (-100000, 670005)


FAULTS = [
    ("a movement is missing", statement([*MOVES[:2], *MOVES[4:]]), "credits"),
    ("a debit became a credit", statement([*MOVES[:4], move("260506", "2", 4995)]), "debits"),
    ("another closing balance", statement(last=tail(closing=870006)), "-0.01 EUR"),
    ("another sum", statement(last=tail(credits_=(2, 775001))), "7,750.01"),
    ("another count", statement(last=tail(debits=(2, 4995))), "counts 2 debits"),
]


@pytest.mark.parametrize(("data", "says"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_total_that_differs_is_a_failing_control(data, says):
    found = read_norma43(data, "x").problems
    assert {p.name for p in found} == {"control-total-fails"}
    assert any(says in p.message for p in found)


REFUSED = [
    ("cut off", statement(end=False), "breaks off"),
    ("records are missing", statement(count=12), "counts 12 records"),
    ("an unknown currency", statement(first=head(currency="000")), "currency cannot be read"),
    ("a record of another kind", statement([*MOVES, "55 what"]), "no record of Norma 43"),
    ("two accounts in one", statement([*MOVES, head()]), "before the one above is closed"),
    ("sums that are no numbers", statement(last=tail().replace("775000", "77500X")), "sums"),
]


@pytest.mark.parametrize(("data", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_file_that_cannot_be_relied_on_is_refused(data, why):
    with pytest.raises(CannotRead, match=why):
        read_norma43(data, "x")


def test_a_movement_that_cannot_be_read_is_left_out_and_said():
    bad = [*MOVES[:2], move("260505", "3", 55000), *MOVES[4:]]
    reading = read_bank(statement(bad), "x").reading
    assert [(one.row, one.doubtful) for one in reading.left_out] == [(4, True)]
    assert {p.name for p in reading.problems} == {"bad-money-cell", "control-total-fails"}


def test_a_line_of_zero_is_a_note():
    moves = [*MOVES, move("260507", "2", 0)]
    reading = read_norma43(statement(moves, last=tail()), "x")
    (zero,) = reading.problems
    assert (zero.name, zero.severity) == ("zero-line", Severity.NOTE)

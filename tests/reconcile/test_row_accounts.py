"""Every row of a bank's file is a line, left out with a reason, or a heading or total."""

import re

import pytest

from mutating import Guard, take_away
from sheetrecord.ledgers.accounted import read_rows_of
from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

EUR = Profile(currency="EUR", date_order="dmy")
HEAD = "Date;Text;Amount\n"


def read(text, profile=EUR):
    reading = read_bank(text.encode(), "may.csv", profile).reading
    assert read_rows_of(reading) + len(reading.left_out) + reading.apart == reading.rows
    return reading


def amounts_of(reading):
    return [line.amount for line in reading.lines]


# A row under one good line: is it read, left out without doubt, in doubt, or apart?
ROWS = {
    "a total": ("Total;;11,00", "apart"),
    "a total in German": ("Summe;;11,00", "apart"),
    "a closing balance": (";Endsaldo;11,00", "apart"),
    "a note": ("Printed by the bank", "apart"),
    "the heading again": ("Date;Text;Amount", "apart"),
    "a day alone": ("05.05.2026;;", "apart"),
    "a balance with a day": ("05.05.2026;Opening balance;1.000,00", "apart"),
    "a shop that is called Total": ("05.05.2026;Total;-50,00", "read"),
    "an amount without a day": (";ACME INV-2;11,00", "doubt"),
    "an amount with a day nobody can read": ("yesterday;ACME INV-2;11,00", "doubt"),
    "a day that is none": ("31.02.2026;ACME INV-2;11,00", "doubt"),
    "cells moved by one": ("x;05.05.2026;11,00", "doubt"),
    "a day without an amount": ("05.05.2026;ACME INV-2;", "doubt"),
    "an amount that is none": ("05.05.2026;ACME INV-2;1O,00", "doubt"),
    "a zero": ("05.05.2026;ACME INV-2;0,00", "left"),
    "announced only": ("pending;ACME INV-2;11,00", "left"),
    "a text that goes on": (";and INV-3;", "left"),
}


@pytest.mark.parametrize("case", ROWS.values(), ids=ROWS)
def test_a_row_is_what_it_is(case):
    row, kind = case
    reading = read(f"{HEAD}04.05.2026;ACME INV-1;10,00\n{row}\n")
    assert reading.lines[0].amount == 1000
    if kind == "read":
        assert len(reading.lines) == 2
    else:
        assert len(reading.lines) == 1
        assert reading.apart == (2 if kind == "apart" else 1)
        assert [out.doubtful for out in reading.left_out] == {
            "apart": [], "left": [False], "doubt": [True]
        }[kind]  # fmt: skip
        assert all(out.row == 3 and out.why for out in reading.left_out)


def test_a_text_that_goes_on_is_joined_to_its_line():
    reading = read(f"{HEAD}04.05.2026;ACME INV-1;10,00\n;and INV-3;\n05.05.2026;B;1,00\n")
    assert [line.text for line in reading.lines] == ["ACME INV-1 and INV-3", "B"]


SIGNS = {
    "a status is no direction": (
        "Date;Payer;Amount;Status\n03.03.2026;ACME;10,00;Paid\n04.03.2026;B;5,00;Paid\n",
        [1000, 500],
    ),
    "a total has no direction": (
        "Date;Text;Amount;Type\n03.03.2026;A;10,00;Credit\n04.03.2026;B;5,00;Debit\nTotal;;5,00;\n",
        [1000, -500],
    ),
    "a plus and a minus of their own": (
        "Date;Text;+/-;Amount\n03.03.2026;A;+;10,00\n04.03.2026;B;-;5,00\n",
        [1000, -500],
    ),
    "the other side has a heading nobody knows": (
        "Date;Text;Withdrawal;Zaplaceno nam\n03.03.2026;A;;10,00\n04.03.2026;B;5,00;\n",
        [1000, -500],
    ),
    "the other side, with zeros": (
        "Date;Text;Withdrawal;Zaplaceno nam\n03.03.2026;A;0,00;10,00\n04.03.2026;B;5,00;0,00\n",
        [1000, -500],
    ),
    "one side only": ("Date;Text;Credit\n03.03.2026;A;10,00\n", [1000]),
    "a side that bears its minus": (
        "Date;Text;Debit;Credit\n03.03.2026;A;-5,00;\n04.03.2026;B;;10,00\n",
        [-500, 1000],
    ),
    "words and signs that agree": (
        "Date;Text;Debit/Credit;Amount\n03.03.2026;A;D;-5,00\n04.03.2026;B;C;10,00\n",
        [-500, 1000],
    ),
    "words that turn the signs": (
        "Date;Text;Richtung;Amount\n03.03.2026;A;Lastschrift;5,00\n04.03.2026;B;Gutschrift;-9,00\n",
        [-500, 900],
    ),
    "balances that turn the signs": (
        "Date;Text;Amount;Balance\n03.03.2026;A;5,00;95,00\n04.03.2026;B;-10,00;105,00\n",
        [-500, 1000],
    ),
    "kinds of booking beside signed amounts": (
        "Date;Umsatzart;Amount\n03.03.2026;Lastschrift;-5,00\n04.03.2026;Rückzahlung;10,00\n",
        [-500, 1000],
    ),
    "two amounts, one by the balance": (
        (
            "Date;Text;Amount;Betrag;Balance\n03.03.2026;A;9,00;10,00;110,00\n"
            "04.03.2026;B;-4,00;-5,00;105,00\n"
        ),
        [1000, -500],
    ),
}


@pytest.mark.parametrize("case", SIGNS.values(), ids=SIGNS)
def test_a_direction_rests_on_total_evidence(case):
    text, minors = case
    reading = read(text)
    assert amounts_of(reading) == minors
    assert all(line.source.proof for line in reading.lines)


REFUSED = {
    "one row without a word": (
        "Date;Text;Debit/Credit;Amount\n03.03.2026;A;D;5,00\n04.03.2026;B;;10,00\n",
        "an empty cell.*words_in",
    ),
    "a word nobody knows": (
        "Date;Text;Kind;Amount\n03.03.2026;A;Debit;5,00\n04.03.2026;B;Zorp;10,00\n",
        "'Kind'.*'Zorp'.*words_in",
    ),
    "words against signs": (
        "Date;Text;Debit/Credit;Amount\n03.03.2026;A;D;5,00\n04.03.2026;B;D;-10,00\n",
        "contradict",
    ),
    "two columns of directions": (
        "Date;One;Two;Amount\n03.03.2026;Debit;Credit;5,00\n04.03.2026;Credit;Debit;10,00\n",
        "contradict",
    ),
    "two columns could be the other side": (
        "Date;Text;Withdrawal;This;That\n03.03.2026;A;;10,00;12,00\n04.03.2026;B;5,00;;\n",
        "other side.*'This', 'That'",
    ),
    "two amounts": (
        "Date;Text;Amount;Betrag\n03.03.2026;A;9,00;10,00\n",
        "'Amount' or 'Betrag'",
    ),
    "a card's file": (
        "Date;Card number;Text;Amount\n03.03.2026;1234;A;9,00\n",
        "--positive in or --positive out",
    ),
    "no row has a day": ("Date;Text;Amount\nsoon;A;9,00\n", "1 rows, none with a date.*'soon'"),
    "days without a year": ("Date;Text;Amount\n03.03;A;9,00\n", "none with a date"),
    "a text that holds the separator": (
        "Date;Text;Amount\n03.03.2026;A;B;9,00\n04.03.2026;C;8,00\n",
        "line 2 has 4 fields, the heading 3",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_proves_nothing_is_refused_with_what_to_do(case):
    text, says = case
    with pytest.raises(CannotRead, match=says):
        read(text)


def test_a_card_is_asked_once_and_the_profile_remembers():
    text = "Date;Card number;Text;Amount\n03.03.2026;1234;Shop;9,00\n04.03.2026;1234;Back;-2,00\n"
    first = read_bank(text.encode(), "card.csv", EUR._replace(sign=-1))
    assert amounts_of(first.reading) == [-900, 200]
    again = read_bank(text.encode(), "card.csv", first.profile)
    assert amounts_of(again.reading) == [-900, 200]


def test_an_account_may_say_what_its_words_mean():
    text = "Date;Text;Kind;Amount\n03.03.2026;A;Debit;5,00\n04.03.2026;B;Zorp;10,00\n"
    assert amounts_of(read(text, EUR._replace(words_in=("zorp",)))) == [-500, 1000]
    assert amounts_of(read(text, EUR._replace(words_out=("zorp",)))) == [-500, -1000]


@pytest.mark.parametrize(
    ("status", "kind"),
    [("Completed", "read"), ("Paid", "read"), ("Declined", "left"), ("Refunded", "doubt")],
)
def test_how_far_a_payment_has_come_leaves_it_out_or_not(status, kind):
    reading = read(f"Date;Text;Amount;Status\n03.03.2026;A;5,00;{status}\n")
    assert len(reading.lines) == (kind == "read")
    assert [out.doubtful for out in reading.left_out] == {
        "read": [], "left": [False], "doubt": [True]
    }[kind]  # fmt: skip


def test_an_amount_in_another_currency_is_not_read_as_the_accounts():
    for cell in ("USD 5.00", "$5.00 USD", "£5.00"):
        reading = read(f"Date;Text;Amount\n03.03.2026;A;1.50\n04.03.2026;B;{cell}\n")
        assert amounts_of(reading) == [150]
        assert [out.doubtful for out in reading.left_out] == [True]


DAYS = {
    "a spreadsheet's number": ("46084", "2026-03-03"),
    "a spreadsheet's number with a time": ("46084.5", "2026-03-03"),
    "an ISO instant": ("2026-03-03T10:15:00Z", "2026-03-03"),
    "a day and a time": ("03.03.2026 10:15", "2026-03-03"),
    "a named month": ("3 Mar 2026", "2026-03-03"),
    "a named month in Polish": ("3 marca 2026", "2026-03-03"),
    "a named month in Finnish": ("3. maaliskuuta 2026", "2026-03-03"),
    "a named month in Czech": ("3. března 2026", "2026-03-03"),
    "glued": ("03MAR2026", "2026-03-03"),
    "a weekday before": ("Tue, 3 Mar 2026", "2026-03-03"),
    "month first by its name": ("Mar 3, 2026", "2026-03-03"),
    "year first with points": ("2026.03.03.", "2026-03-03"),
    "digits and a time": ("20260303101500", "2026-03-03"),
    "two digits of a year": ("03.03.26", "2026-03-03"),
}


@pytest.mark.parametrize("case", DAYS.values(), ids=DAYS)
def test_a_day_is_read_in_the_form_a_bank_writes(case):
    cell, day = case
    reading = read(f"Date;Text;Amount\n{cell};A;5,50\n")
    assert [str(line.booked) for line in reading.lines] == [day]


@pytest.mark.parametrize(
    ("above", "row", "day"),
    [
        ("", "03.03;03.03.26", "2026-03-03"),
        ("", "31.12.;02.01.2027", "2026-12-31"),
        ("", "02/01;2027-01-02", "2027-01-02"),
        ("Period;15.12.2026;14.01.2027\n", "31.12;", "2026-12-31"),
        ("Period;15.12.2026;14.01.2027\n", "02.01.;", "2027-01-02"),
    ],
)
def test_a_day_without_a_year_takes_the_one_that_something_proves(above, row, day):
    reading = read(f"{above}Buchungstag;Valuta;Text;Betrag\n{row};A;5,50\n")
    assert [str(line.booked) for line in reading.lines] == [day]


def test_quotes_inside_a_text_do_not_move_its_cells():
    reading = read('Date,Text,Amount\n2026-03-22,"Acme "Best" Ltd, INV-1",10.00\n')
    assert [(line.amount, line.text) for line in reading.lines] == [
        (1000, 'Acme "Best" Ltd, INV-1')
    ]


def test_every_text_that_nothing_claims_joins_the_text():
    head = "Datum;Omschrijving;Bedrag;Detail van de omzet;Zaalnummer;Faktuur\n"
    reading = read(f"{head}03.03.2026;Overschrijving;10,00;Acme INV-1;17;2045\n")
    assert reading.lines[0].text == "Overschrijving Acme INV-1 2045"


def test_the_owner_of_the_account_is_no_payer():
    head = "Date;Ordering party;Beneficiary;Text;Amount\n"
    rows = "".join(f"0{n}.03.2026;Studio;Client {n};x;{n},50\n" for n in range(1, 4))
    assert [line.payer for line in read(head + rows).lines] == ["Client 1", "Client 2", "Client 3"]
    rows = "".join(f"0{n}.03.2026;Studio;text {n};{'-' * (n % 2)}{n},50\n" for n in range(1, 5))
    assert {line.payer for line in read("Date;Name;Text;Amount\n" + rows).lines} == {""}


def test_a_profile_that_nobody_asked_about_signs_proves_none_later():
    first = read_bank(b"Date;Text;Kind;Amount\n03.03.2026;A;Fee;5,00\n", "a.csv", EUR)
    assert first.profile.sign == 0
    later = b"Date;Text;Kind;Amount\n03.03.2026;A;Direct debit;5,00\n03.03.2026;B;Fee;5,00\n"
    with pytest.raises(CannotRead, match="'Kind'"):
        read_bank(later, "b.csv", first.profile)


def wrong():
    """Return the examples of the tables above that are read otherwise."""
    found = []
    for name, (text, minors) in SIGNS.items():
        try:
            same = amounts_of(read(text)) == minors
        except (CannotRead, AssertionError):
            same = False
        found += [] if same else [name]
    for name, (text, says) in REFUSED.items():
        try:
            read(text)
            found.append(name)
        except CannotRead as refused:
            found += [] if re.search(says, str(refused)) else [name]
    for name, (row, kind) in ROWS.items():
        text = f"{HEAD}04.05.2026;ACME INV-1;10,00\n{row}\n".encode()
        try:
            reading = read_bank(text, "m", EUR).reading
        except CannotRead:
            found.append(name)
            continue
        parts = (len(reading.lines), len(reading.left_out), reading.apart)
        doubtful = any(out.doubtful for out in reading.left_out)
        expected = {"read": (2, 0, 1), "apart": (1, 0, 2)}.get(kind, (1, 1, 1))
        found += [] if parts == expected and doubtful == (kind == "doubt") else [name]
    return found


MUTANTS = {
    "words that are not all known count": (
        Guard("ledgers/directions.py", "_by_named", "said.total and file.moving"),
        "file.moving"),
    "an empty cell is no doubt": (
        Guard("ledgers/directions.py", "_by_named", "not file.signed and any(said.words)"),
        "False"),
    "doubtful words are let pass": (
        Guard("ledgers/directions.py", "_by_words",
              "doubtful and (not file.signed) and (not file.sign)"), "False"),
    "the first of two columns wins": (
        Guard("ledgers/directions.py", "_by_free",
              "len({tuple(one.ways) for one in total}) > 1"), "False"),
    "words never turn the signs": (
        Guard("ledgers/directions.py", "_by_free",
              "next(filter(None, (_fit(one, file.minors) for one in total)), 0)"), "1"),
    "words and signs may contradict": (
        Guard("ledgers/directions.py", "_agreed",
              "file.signed and (not one_sided) and (not _fit(said, file.minors))"), "False"),
    "a fit is never found": (
        Guard("ledgers/directions.py", "_fit", "turns.pop() if len(turns) == 1 else 0"), "0"),
    "balances never turn the signs": (
        Guard("ledgers/directions.py", "_by_balances", "(1, -1)"), "(1,)"),
    "balances prove nothing": (
        Guard("ledgers/signs.py", "follows_all",
              "len(moves) > 1 and (_ascending(moves) or _ascending(moves[::-1]))"), "False"),
    "a card is like any account": (
        Guard("ledgers/directions.py", "_as_written",
              "'iban' not in dialect.columns.at and _is_card(file.table)"), "False"),
    "every account is a card": (
        Guard("ledgers/directions.py", "_as_written",
              "'iban' not in dialect.columns.at and _is_card(file.table)"), "True"),
    "a flag turns the wrong way": (
        Guard("ledgers/dialect.py", "Dialect._signed", "turn * abs(minor) if turn else minor"),
        "-turn * abs(minor) if turn else minor"),
    "a flag multiplies": (
        Guard("ledgers/dialect.py", "Dialect._signed", "turn * abs(minor) if turn else minor"),
        "turn * minor if turn else minor"),
    "sides are exchanged": (
        Guard("ledgers/dialect.py", "Dialect._sides", "sides[0] - sides[1] if filled else None"),
        "sides[1] - sides[0] if filled else None"),
    "a plus is money out": (
        Guard("ledgers/signs.py", "flag_sign", "1 if mark == '+' else -1"), "-1"),
    "a minus is money in": (
        Guard("ledgers/signs.py", "flag_sign", "1 if mark == '+' else -1"), "1"),
    "the other side need not fit": (
        Guard("ledgers/money_columns.py", "other_side", "len(fits) == 1"), "len(fits) >= 1"),
    "the other side is never found": (
        Guard("ledgers/money_columns.py", "other_side", "len(fits) == 1"), "False"),
    "of two amounts the first": (
        Guard("ledgers/money_columns.py", "one_amount", "proven is not None"), "True"),
    "a zero moves money": (
        Guard("ledgers/money_columns.py", "moves",
              "bool(found and found.digits.strip('0.,'))"), "bool(found)"),
    "a row without a day is a note": (
        Guard("ledgers/row_kinds.py", "_undated", "not money and (not stray)"), "True"),
    "totals are never seen": (
        Guard("ledgers/row_kinds.py", "_undated",
              "any((_TOTAL.fullmatch(word) for word in words))"),
        "False"),
    "a day with a balance's name is a line": (
        Guard("ledgers/row_kinds.py", "_prints_balance",
              "any((_DAILY.fullmatch(plain(cell)) for cell in words))"), "False"),
    "a row that goes on is a heading": (
        Guard("ledgers/row_kinds.py", "_continues",
              "' '.join((row.cells[i] for i in filled))"), "''"),
    "what is wider than the heading fits": (
        Guard("ledgers/table.py", "check_fit",
              "not any(map(_holds, wide)) or _evenly_unnamed(lined, width)"), "True"),
}  # fmt: skip


def test_no_fault_none_of_the_tables_changes():
    assert wrong() == []


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_each_fault_of_a_sign_rule_changes_the_tables(mutant, monkeypatch):
    guard, text = mutant
    take_away(guard, text, monkeypatch)
    assert not overlooked()


def overlooked():
    try:
        return not wrong()
    except (LookupError, TypeError, AttributeError):
        return False  # it fell over: that is seen as well

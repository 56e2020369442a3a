"""A bank's CSV is read in every dialect, and refused where it proves nothing."""

import datetime as dt

import pytest

from sheetrecord.ledgers.banks.bank_csv import read_bank_csv
from sheetrecord.ledgers.profile import Profile, from_json, to_json
from sheetrecord.model.errors import BadSettings, CannotRead

GBP = Profile(currency="GBP")
EUR = Profile(currency="EUR")
USD = Profile(currency="USD")
CHF = Profile(currency="CHF")

# name, profile, text -> (day, minor, payer, text) of each line
DIALECTS = [
    (
        "UK, one signed column",
        GBP,
        (
            "Date,Description,Amount,Balance\n13/02/2026,NORTHWIND INV-0142,1200.00,2200.00\n"
            "14/02/2026,RENT,-500.00,1700.00\n"
        ),
        [("2026-02-13", 120000, "", "NORTHWIND INV-0142"), ("2026-02-14", -50000, "", "RENT")],
    ),
    (
        "UK, paid in and paid out",
        GBP,
        (
            "Account Name:,Main\nAccount Number:,12345678\n\n"
            "Date,Transaction type,Description,Paid out,Paid in,Balance\n"
            '"13 Feb 2026","BACS","ACME LTD","","£1,250.00","£5,250.00"\n'
            '"14 Feb 2026","DD","WATER CO","£50.00","","£5,200.00"\n'
        ),
        [("2026-02-13", 125000, "", "ACME LTD BACS"), ("2026-02-14", -5000, "", "WATER CO DD")],
    ),
    (
        "DE, decimal comma, semicolon, VWZ columns",
        EUR,
        (
            "Buchungstag;Valuta;Auftraggeber/Empfänger;VWZ1;VWZ2;Betrag;Währung\n"
            "31.01.2026;31.01.2026;Müller GmbH;Rechnung;INV-0142;1.234,50;EUR\n"
        ),
        [("2026-01-31", 123450, "Müller GmbH", "Rechnung INV-0142")],
    ),
    (
        "DE, Soll/Haben flag",
        EUR,
        (
            "Datum;Name;Verwendungszweck;Umsatz;Soll/Haben\n"
            "31.01.2026;Huber KG;RE 142;500,00;H\n31.01.2026;Miete;Januar;700,00;S\n"
        ),
        [("2026-01-31", 50000, "Huber KG", "RE 142"), ("2026-01-31", -70000, "Miete", "Januar")],
    ),
    (
        "NL, Af/Bij flag",
        EUR,
        (
            '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Af Bij","Bedrag (EUR)",'
            '"Mededelingen"\n"20260131","Bakker BV","NL01INGB0000000001",'
            '"NL02RABO0000000002","Bij",'
            '"1250,00","factuur 142"\n'
        ),
        [("2026-01-31", 125000, "Bakker BV", "factuur 142")],
    ),
    (
        "US, month first",
        USD,
        "Posting Date,Description,Amount\n01/31/2026,ACME CORP,750.00\n02/01/2026,FEE,-15.00\n",
        [("2026-01-31", 75000, "", "ACME CORP"), ("2026-02-01", -1500, "", "FEE")],
    ),
    (
        "month first with decimal comma",
        EUR,
        "Date;Payee;Amount\n2/20/26;Caffe;100,00\n",
        [("2026-02-20", 10000, "Caffe", "")],
    ),
    (
        "CH, apostrophe thousands, in and out",
        CHF,
        (
            "Buchungsdatum;Buchungstext;Belastung;Gutschrift;Saldo\n"
            "31.01.2026;Kunde AG;;11'373.94;20'000.00\n"
        ),
        [("2026-01-31", 1137394, "", "Kunde AG")],
    ),
    (
        "FR, plus sign and nbsp thousands",
        EUR,
        "Date;Libellé;Montant\n31/01/2026;VIR DUPONT SA;+5\u202f257,28\n",
        [("2026-01-31", 525728, "", "VIR DUPONT SA")],
    ),
    (
        "no header: date, amount, text",
        GBP,
        "31/01/2026,1200.00,INV-0142 NORTHWIND\n01/02/2026,-4.00,CHARGE\n",
        [("2026-01-31", 120000, "", "INV-0142 NORTHWIND"), ("2026-02-01", -400, "", "CHARGE")],
    ),
    (
        "carriage returns only",
        GBP,
        "Date,Description,Amount\r13/02/2026,ACME,10.00\r",
        [("2026-02-13", 1000, "", "ACME")],
    ),
    (
        "blank second row and footer totals",
        GBP,
        "Date,Description,Amount\n\n13/02/2026,ACME,10.00\nTotal,,10.00\nPrinted by the bank\n",
        [("2026-02-13", 1000, "", "ACME")],
    ),
    (
        "parentheses negatives and trailing minus",
        GBP,
        "Date,Description,Amount\n13/02/2026,OUT,(500.00)\n14/02/2026,OUT,25.00-\n",
        [("2026-02-13", -50000, "", "OUT"), ("2026-02-14", -2500, "", "OUT")],
    ),
    (
        "date with a final point, tabs",
        EUR,
        "Datum\tBetrag\tVerwendungszweck\n20260131.\t12,50\tX\n",
        [("2026-01-31", 1250, "", "X")],
    ),
    (
        "yen have no decimals",
        Profile(currency="JPY"),
        'Date,Description,Amount\n2026-01-31,SHOP,"12,345"\n',
        [("2026-01-31", 12345, "", "SHOP")],
    ),
    (
        "dinars have three decimals",
        Profile(currency="KWD"),
        'Date,Description,Amount\n2026-01-31,SHOP,"1,234.567"\n',
        [("2026-01-31", 1234567, "", "SHOP")],
    ),
]


@pytest.mark.parametrize(
    ("profile", "text", "lines"), [d[1:] for d in DIALECTS], ids=[d[0] for d in DIALECTS]
)
def test_a_dialect_is_read(profile, text, lines):
    found = read_bank_csv(text.encode(), "bank.csv", profile).reading
    assert [(str(x.booked), x.amount, x.payer, x.text) for x in found.lines] == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding):
    data = "Datum;Name;Betrag\n31.01.2026;Müßig & Söhne;1,00\n".encode(encoding)
    assert read_bank_csv(data, "b.csv", EUR).reading.lines[0].payer == "Müßig & Söhne"


def test_a_code_page_comes_from_the_profile():
    data = "Datum;Name;Betrag\n31.01.2026;Łukasz Żółć;1,00\n".encode("cp1250")
    found = read_bank_csv(data, "b.csv", EUR._replace(code_page="cp1250"))
    assert found.reading.lines[0].payer == "Łukasz Żółć"


REFUSED = [
    ("ambiguous one-day export", GBP, "Date,Text,Amount\n03/02/2026,A,1.00\n", "more than one way"),
    ("ambiguous two-digit years", GBP, "Date,Text,Amount\n03/02/26,A,1.00\n", "more than one way"),
    ("no currency anywhere", Profile(), "Date,Text,Amount\n31/01/2026,A,1.00\n", "no currency"),
    ("wrong currency", GBP, "Date,Currency,Amount\n31/01/2026,EUR,1.00\n", "is in EUR"),
    (
        "wrong account",
        GBP._replace(account="11112222"),
        "Date,Account,Amount\n31/01/2026,99998888,1.00\n",
        "is of account 99998888",
    ),
    ("no amount column", GBP, "Date,Description\n31/01/2026,A\n", "an amount"),
    (
        "thousand or one point two in a three-decimal currency",
        Profile(currency="KWD"),
        "Date,Text,Amount\n2026-01-31,A,1.234\n",
        "decimal mark",
    ),
    ("cut inside a quoted field", GBP, 'Date,Text,Amount\n31/01/2026,"ACM', "breaks off"),
    (
        "a renamed column of the profile",
        GBP._replace(columns={"booked": ("Day",), "amount": ("Sum",)}),
        "Date,Text,Sum\n31/01/2026,A,1.00\n",
        "'Day'",
    ),
]


@pytest.mark.parametrize(
    ("profile", "text", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_the_file_does_not_prove_is_refused(profile, text, says):
    with pytest.raises(CannotRead, match=says):
        read_bank_csv(text.encode(), "bank.csv", profile)


def test_the_profile_says_what_the_file_cannot():
    text = b"Date,Text,Amount\n03/02/2026,A,1.00\n"
    for order, day in [("dmy", dt.date(2026, 2, 3)), ("mdy", dt.date(2026, 3, 2))]:
        found = read_bank_csv(text, "b.csv", GBP._replace(date_order=order))
        assert found.reading.lines[0].booked == day


def test_the_found_profile_reads_the_next_file_without_detection():
    first = read_bank_csv(b"Date,Text,Amount\n31/01/2026,A,1.00\n", "b.csv", GBP)
    saved = from_json(to_json(first.profile))
    second = read_bank_csv(b"Date,Text,Amount\n03/02/2026,A,1.00\n", "b.csv", saved)
    assert second.reading.lines[0].booked == dt.date(2026, 2, 3)


def test_a_changed_header_is_refused_by_the_saved_profile():
    first = read_bank_csv(b"Date,Text,Amount\n31/01/2026,A,1.00\n", "b.csv", GBP)
    with pytest.raises(CannotRead, match="header differs"):
        read_bank_csv(b"Date,Details,Amount\n31/01/2026,A,1.00\n", "b.csv", first.profile)


def test_inverted_signs_are_proven_by_the_running_balance():
    text = b"Date,Text,Amount,Balance\n30/01/2026,A,-10.00,110.00\n31/01/2026,B,-5.00,115.00\n"
    found = read_bank_csv(text, "b.csv", GBP)
    assert [line.amount for line in found.reading.lines] == [1000, 500]
    assert found.profile.sign == -1


@pytest.mark.parametrize("newest_first", [False, True])
def test_running_balances_prove_the_total(newest_first):
    rows = ["30/01/2026,A,10.00,110.00", "31/01/2026,B,-5.00,105.00", "31/01/2026,C,1.00,106.00"]
    rows = rows[::-1] if newest_first else rows
    text = "\n".join(["Date,Text,Amount,Balance", *rows])
    found = read_bank_csv(text.encode(), "b.csv", GBP).reading
    assert (found.statements[0].opening, found.statements[0].closing) == (10000, 10600)
    assert not found.problems
    hole = "\n".join(["Date,Text,Amount,Balance", rows[0], rows[2]])
    assert [p.name for p in read_bank_csv(hole.encode(), "b.csv", GBP).reading.problems] == [
        "control-total-fails"
    ]


ROWS = [
    ("both sides filled", "31/01/2026,A,5.00,6.00", "bad-money-cell"),
    ("not an amount", "31/01/2026,A,abc,", "bad-money-cell"),
    ("three decimals of a pound", "31/01/2026,A,1.2345,", "bad-money-cell"),
    ("a zero line", "31/01/2026,A,0.00,", "zero-line"),
    ("a date without an amount", "31/01/2026,A,,", "row-not-read"),
]


@pytest.mark.parametrize(("row", "name"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_bad_row_is_a_problem_with_its_line(row, name):
    text = f"Date,Text,Debit,Credit\n30/01/2026,OK,1.00,\n{row}\n"
    found = read_bank_csv(text.encode(), "b.csv", GBP._replace(decimal=".")).reading
    assert [(p.name, p.where.row) for p in found.problems if p.name != "no-control-total"] == [
        (name, 3)
    ]
    assert len(found.lines) == 1


def test_pending_lines_are_shown_and_not_booked():
    text = b"Date,Text,Amount,Status\n30/01/2026,A,1.00,Completed\n31/01/2026,B,2.00,Pending\n"
    found = read_bank_csv(text, "b.csv", GBP).reading
    assert [x.text for x in found.lines] == ["A"]
    assert [x.text for x in found.statements[0].pending] == ["B"]


def test_a_profile_with_an_unknown_setting_is_refused():
    with pytest.raises(BadSettings, match="colour"):
        from_json({"colour": "red"})

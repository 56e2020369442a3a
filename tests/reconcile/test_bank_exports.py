"""Exports laid out as banks lay them out: the right lines, signs and balances of each."""

import pytest

from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

EUR, GBP, USD = (Profile(currency=code) for code in ("EUR", "GBP", "USD"))

# What the file is, profile, text, (day, minor, payer, a word of the text), (opening, closing)
EXPORTS = {
    "a savings bank marks what is not booked yet in the column Info": (
        EUR,
        (
            '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
            '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"\n'
            '"DE12";"04.05.26";"04.05.26";"GUTSCHRIFT";"RE-0007";"Müller GmbH";"DE02";"11.900,00";'
            '"EUR";"Umsatz gebucht"\n'
            '"DE12";"05.05.26";"05.05.26";"GUTSCHRIFT";"RE-0008";"Groß KG";"DE03";"595,00";"EUR";'
            '"Umsatz vorgemerkt"\n'
        ),
        [("2026-05-04", 1190000, "Müller GmbH", "RE-0007")],
        None,
    ),
    "its older export packs marks into the text": (
        EUR,
        (
            '"Buchungstag";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";'
            '"Betrag";"Waehrung"\n'
            '"13.05.26";"GUTSCHRIFT";"EREF+E2E-9 SVWZ+RE-2026-0009";"Köhler AG";"1190,00";"EUR"\n'
        ),
        [("2026-05-13", 119000, "Köhler AG", "RE-2026-0009")],
        None,
    ),
    "payer and payee in a column each": (
        EUR,
        (
            "Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;"
            "Verwendungszweck;Betrag (€)\n"
            "29.05.26;29.05.26;Gebucht;Nordlicht GmbH;Studio;RE-12;4.760,00 €\n"
            "28.05.26;28.05.26;Gebucht;Studio;Telefon AG;Rechnung;-49,95 €\n"
        ),
        [
            ("2026-05-29", 476000, "Nordlicht GmbH", "RE-12"),
            ("2026-05-28", -4995, "Telefon AG", "Rechnung"),
        ],
        None,
    ),
    "fees beside the amount, as the balance proves": (
        EUR,
        (
            "Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
            "2026-05-03 09:12:44,2026-05-04 10:00:00,From Acme,1500.00,0.00,EUR,COMPLETED,2500.00\n"
            "2026-05-05 09:12:44,2026-05-05 10:00:00,To Ben,-500.00,1.50,EUR,COMPLETED,1998.50\n"
        ),
        [("2026-05-04", 150000, "", "From Acme"), ("2026-05-05", -50150, "", "To Ben")],
        (100000, 199850),
    ),
    "newest first, and two lines only": (
        EUR,
        (
            "Date completed (UTC),Description,Payer,Amount,Fee,Balance\n"
            "2026-05-07,To Ben,,-200.00,0.20,2799.80\n2026-05-04,In,ACME,3000.00,0.00,3000.00\n"
        ),
        [("2026-05-07", -20020, "", "To Ben"), ("2026-05-04", 300000, "ACME", "In")],
        (0, 279980),
    ),
    "fees that the amount holds already": (
        EUR,
        (
            "Date,Payee Name,Payer Name,Payment Reference,Amount,Fee,Running Balance\n"
            "14-05-2026,Ben,,Seven,-100.61,0.61,4899.39\n13-05-2026,,Acme,INV-1,5000.00,,5000.00\n"
        ),
        [("2026-05-14", -10061, "Ben", "Seven"), ("2026-05-13", 500000, "Acme", "INV-1")],
        (0, 489939),
    ),
    "a line about the account instead of a header": (
        EUR,
        (
            "Compte de chèques;Compte;****1234;31/05/2026;;12 345,67\n"
            "29/05/2026;Virement recu;VIR ACME INV-0142;7 200,00\n"
            "06/05/2026;Prelevement;PRLV EDF;-120,50\n07/05/2026;Prelevement;PRLV EAU;-20,50\n"
        ),
        [
            ("2026-05-29", 720000, "", "INV-0142"),
            ("2026-05-06", -12050, "", "EDF"),
            ("2026-05-07", -2050, "", "EAU"),
        ],
        None,
    ),
    "the currency as a word, thousands with a thin space": (
        Profile(),
        (
            "Date operation;Libelle court;Libelle operation;Montant operation en euro\n"
            "29/05/2026;VIREMENT;ACME INV-0142;7\u202f200,00\n"
        ),
        [("2026-05-29", 720000, "", "INV-0142")],
        None,
    ),
    "no header, balances before and after beside the amount": (
        EUR,
        (
            "NL91ABNA0417164300\tEUR\t20260504\t1000,00\t8200,00\t20260504\t7200,00\t"
            "/TRTP/SEPA OVERBOEKING/IBAN/NL02RABO01/NAME/ACME BV/REMI/INV-0142/EREF/NONREF\n"
            "NL91ABNA0417164300\tEUR\t20260505\t8200,00\t8150,00\t20260505\t-50,00\tBEA CAFE\n"
        ),
        [("2026-05-04", 720000, "ACME BV", "INV-0142"), ("2026-05-05", -5000, "", "CAFE")],
        (100000, 815000),
    ),
    "no header, money out and in and a balance": (
        USD,
        "05/29/2026,ACME,,7200.00,8200.00\n05/30/2026,CAFE,50.00,,8150.00\n",
        [("2026-05-29", 720000, "", "ACME"), ("2026-05-30", -5000, "", "CAFE")],
        (100000, 815000),
    ),
    "a text column of a name nobody knows, and a note below the table": (
        Profile(),
        (
            'Konto:;="CH93"\nWährung:;="CHF"\n\n'
            "Datum;Bewegungstyp;Wofür denn;Gutschrift in CHF;Lastschrift in CHF\n"
            "29.05.2026;Gutschrift;ABSENDER: ACME AG MITTEILUNG: INV-0142;7'200.00;\n"
            "06.05.2026;Belastung;KAUF CAFE;;-4.5\n\nHinweis:\nGefiltert von Ihnen.\n"
        ),
        [("2026-05-29", 720000, "", "INV-0142"), ("2026-05-06", -450, "", "CAFE")],
        None,
    ),
    "rows that only print a balance": (
        USD,
        (
            "Date,Description,Amount,Running Bal.\n05/01/2026,Beginning balance,,1000.00\n"
            '05/29/2026,ACME INV-0142,"7,200.00","8,200.00"\n05/30/2026,CAFE,-50.00,"8,150.00"\n'
        ),
        [("2026-05-29", 720000, "", "INV-0142"), ("2026-05-30", -5000, "", "CAFE")],
        (100000, 815000),
    ),
    "words in brackets, and a payment that was refused": (
        Profile(),
        (
            "Statut;Date de la valeur (UTC);Date de l'opération (local);Montant total (TTC);Devise;"
            "Nom de la contrepartie;Référence\n"
            "Exécuté;29-05-2026 10:00:00;29-05-2026 12:00:00;7200,00;EUR;Acme;INV-0142\n"
            "Refusé;28-05-2026 10:00:00;28-05-2026 12:00:00;-20,00;EUR;Taxi;\n"
        ),
        [("2026-05-29", 720000, "Acme", "INV-0142")],
        None,
    ),
    "gross, fee and net, and the number of the invoice in a column of its own": (
        Profile(),
        (
            "Date,Name,Type,Status,Currency,Gross,Fee,Net,Invoice Number,Balance\n"
            "29/05/2026,Acme,Payment,Completed,GBP,7200.00,-244.80,6955.20,INV-0142,7955.20\n"
        ),
        [("2026-05-29", 695520, "Acme", "INV-0142")],
        (100000, 795520),
    ),
    "amounts that are never negative beside a column of credit and debit": (
        USD,
        (
            "Account Number,Transaction Description,Transaction Date,Transaction Type,"
            "Transaction Amount\n"
            "1234,ACME INV-0142,05/29/26,Credit,7200.00\n1234,RENT,05/30/26,Debit,1850.00\n"
        ),
        [("2026-05-29", 720000, "", "INV-0142"), ("2026-05-30", -185000, "", "RENT")],
        None,
    ),
    "Valuta is the currency in Sweden": (
        Profile(),
        (
            "Bokföringsdag;Belopp;Avsändare;Rubrik;Saldo;Valuta\n"
            "2026/05/29;7 200,00;;Insättning INV-0142;8 200,00;SEK\n"
        ),
        [("2026-05-29", 720000, "", "INV-0142")],
        (100000, 820000),
    ),
}


@pytest.mark.parametrize("case", EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_read_as_the_bank_means_it(case):
    profile, text, lines, balances = case
    reading = read_bank(text.encode(), "bank.csv", profile).reading
    assert [(str(x.booked), x.amount, x.payer) for x in reading.lines] == [x[:3] for x in lines]
    assert [word in x.text for x, (*_, word) in zip(reading.lines, lines, strict=True)] == (
        [True] * len(lines)
    )
    (statement,) = reading.statements
    assert (statement.opening, statement.closing) == (balances or (None, None))
    assert {p.code for p in reading.problems} <= {"BANK106"}


@pytest.mark.parametrize(
    "text",
    ["05/29/2026,ACME,,7200.00\n05/30/2026,CAFE,50.00,\n", "05/29/2026,ACME,7200.00,8200.00\n"],
    ids=["money out and in", "one line and its balance"],
)
def test_without_header_several_columns_of_money_are_proven_or_refused(text):
    with pytest.raises(CannotRead, match="no column could be read as an amount"):
        read_bank(text.encode(), "bank.csv", USD)


def test_a_fee_is_doubtful_while_no_balance_tells_where_it_went():
    head = "Date,Description,Amount,Fee,Balance\n"
    one = read_bank(f"{head}2026-05-14,To Ben,-500.00,1.50,400.00\n".encode(), "bank.csv", EUR)
    assert [p.name for p in one.reading.problems] == ["fee-not-proven"]
    rows = "2026-05-14,To Ben,-500.00,1.50,400.00\n2026-05-15,In,9.00,,409.00\n"
    two = read_bank((head + rows).encode(), "bank.csv", EUR).reading
    assert [(x.amount, x.charges) for x in two.lines] == [(-50000, 150), (900, 0)]


def test_a_saved_profile_learns_of_fees_when_the_first_ones_come():
    head = "Date,Description,Amount,Fee,Balance\n"
    first = read_bank(f"{head}2026-05-14,In,500.00,0.00,500.00\n".encode(), "bank.csv", EUR)
    rows = "2026-05-15,Out,-100.00,1.00,399.00\n2026-05-16,Out,-100.00,1.00,298.00\n"
    later = read_bank((head + rows).encode(), "bank.csv", first.profile)
    assert [x.amount for x in later.reading.lines] == [-10100, -10100]
    alone = f"{head}2026-05-17,Out,-100.00,1.00,197.00\n".encode()
    assert [x.amount for x in read_bank(alone, "bank.csv", later.profile).reading.lines] == [-10100]


HEAD = "Date,Description,Amount,Currency,Balance\n"


def test_a_file_cut_in_its_last_row_is_refused():
    rows = "2026-05-28,RENT,-10.00,EUR,90.00\n2026-05-29,ACME INV-0142,7200.00,EUR,7290.00\n"
    assert len(read_bank((HEAD + rows).encode(), "bank.csv").reading.lines) == 2
    for cut in (",7290.00\n", ".00,EUR,7290.00\n", "00.00,EUR,7290.00\n"):
        with pytest.raises(CannotRead, match="breaks off in the middle of line 3"):
            read_bank((HEAD + rows.removesuffix(cut)).encode(), "bank.csv")


def test_a_quiet_month_has_no_line_and_needs_no_currency():
    reading = read_bank(HEAD.encode(), "bank.csv").reading
    assert (reading.lines, [p.name for p in reading.problems]) == ((), ["empty-statement"])


def test_a_file_with_an_unread_row_proves_nothing():
    rows = "2026-05-28,ACME,1O0.00,EUR,100.00\n2026-05-29,BOLT,50.00,EUR,150.00\n"
    reading = read_bank((HEAD + rows).encode(), "bank.csv").reading
    assert [p.name for p in reading.problems] == ["bad-money-cell"]
    (statement,) = reading.statements
    assert (statement.opening, statement.closing) == (None, None)


@pytest.mark.parametrize(
    "text", [HEAD + f"2026-05-29,{'x' * 200_000},1.00,EUR,2.00\n", '"' * 50_000, "x" * 300_000],
    ids=["a field without end", "nothing but quotes", "one long line"],
)  # fmt: skip
def test_what_no_bank_prints_is_refused(text):
    with pytest.raises(CannotRead):
        read_bank(text.encode(), "bank.csv")


def test_a_column_that_counts_rows_quotes_no_invoice():
    head = "No,Date,Description,Amount,Currency"
    (found,) = read_bank(f"{head}\n142,2026-05-29,ACME,1.00,EUR\n".encode(), "b.csv").reading.lines
    assert found.text == "ACME"
    named = Profile(currency="EUR", columns={"booked": (0,), "amount": (1,), "number": (2,)})
    (found,) = read_bank(b"2026-05-29,1.00,142\n", "b.csv", named).reading.lines
    assert found.amount == 100


ONE = "Date,Description,Amount,Currency,Account\n2026-05-29,A,1.00,EUR,{}\n"


@pytest.mark.parametrize(
    ("account", "label", "told", "kept", "lines"),
    [
        ("", "Main", "", "Main", "Main"),
        ("", "Main", "DE123456", "DE123456", "DE123456"),
        ("Main", "Main", "DE123456", "Main", "Main"),
        ("DE99 123456", "Main", "123456", "DE99 123456", "DE99 123456"),
        ("DE99 123456", "Main", "", "DE99 123456", "DE99 123456"),
        ("", "", "DE123456", "", "DE123456"),
    ],
    ids=["named", "learned", "named before", "another spelling", "not told", "neither"],
)
def test_a_line_is_of_the_account_the_profile_knows(account, label, told, kept, lines):
    profile = Profile(account=account, label=label)
    found = read_bank(ONE.format(told).encode(), "bank.csv", profile)
    assert (found.profile.account, found.reading.lines[0].account) == (kept, lines)


def test_a_file_of_another_number_than_the_one_learned_is_refused():
    profile = read_bank(ONE.format("DE123456").encode(), "a.csv", Profile(label="Main")).profile
    with pytest.raises(CannotRead, match="of account DE654321; the profile is of DE123456"):
        read_bank(ONE.format("DE654321").encode(), "b.csv", profile)

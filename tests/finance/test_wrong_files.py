"""A wrong file gets one clear sentence, and nothing is written: not even of the right ones."""

import os

import pytest

from finance.books import MAY, bank_csv, digest

XML = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = 'xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"'
OUTSIDE = f'{XML}<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'{XML}<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><Document {NAMESPACE}>&l9;</Document>'
CAMT = (
    f"{XML}<Document {NAMESPACE}><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE1</IBAN></Id>"
    "<Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy='EUR'>1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
    "<Sts>BOOK</Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"
)
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:{encoding}
CHARSET:{charset}

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>123</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260504<TRNAMT>1000.00<FITID>T1
<NAME>Müller Works<MEMO>INV-0101</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>1000.00<DTASOF>20260504</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
USUAL = OFX.format(encoding="USASCII", charset="1252")
MT940 = ":20:X\n:25:DE1\n:60F:C260501EUR0,00\n:61:2605040504C1000,00NTRFX\n:86:INV-0101\n"
COLUMNS = b"Date,Payer,Reference,Amount,Currency\n"

REFUSED = [
    ("a web page", b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
    ("a table of HTML called CSV", b"<table><tr><td>Date</td><td>1</td></tr></table>", "web page"),
    ("nothing", b"", "empty"),
    ("only zero bytes", bytes(4096), "empty"),
    ("a workbook", b"PK\x03\x04rest", "zip archive or workbook"),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "with a password"),
    ("a PDF", b"%PDF-1.7", "PDF"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ""),
    ("an entity from outside", OUTSIDE.encode(), "document type or entity"),
    ("the same in UTF-16", OUTSIDE.encode("utf-16"), "document type or entity"),
    ("a billion laughs", BOMB.encode(), "document type or entity"),
    ("a CAMT cut in the middle", CAMT.encode()[:-60], "breaks off"),
    ("XML of something else", f"{XML}<Invoice/>".encode(), "not a CAMT"),
    ("an OFX cut in the middle", USUAL.encode("cp1252")[:-90], ""),
    ("an MT940 cut before its end", MT940.encode(), ""),
    ("a CSV cut inside quotes", COLUMNS + b'2026-05-04,ACME,"INV-01', "breaks off"),
    ("an open date order", COLUMNS + b"04/05/2026,A,x,1.00,EUR\n", "more than one way"),
    ("no currency", b"Date,Payer,Amount\n2026-05-04,A,1.00\n", "currency"),
    ("no columns", b"a,b\n1,2\n", ""),
    ("prose", b"Dear Sir, please find attached.\n\nKind regards\n", ""),
    ("a settings file", b'{"date": "2026-05-04", "amount": 5}', ""),
    ("a ledger's export", b"ContactName,InvoiceNumber,InvoiceDate,Total\nA,I-1,2026-05-04,1\n", ""),
]


@pytest.mark.parametrize(("data", "why"), [w[1:] for w in REFUSED], ids=[w[0] for w in REFUSED])
def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_is_written(
    book, run, tmp_path, data, why
):
    (tmp_path / "wrong.csv").write_bytes(data)
    before = digest(book)
    words = ("--bank", "may.csv", "--bank", "wrong.csv", "--apply", "--report", "rep")
    ran = run("reconcile", "firm.xlsx", *words, "--save-plan", "plan.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("sheetrecord: wrong.csv: ")
    assert ran.err.count("\n") == 1
    assert why in ran.err
    assert digest(book) == before
    assert not (tmp_path / "rep").exists()
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    ("encoding", "charset", "codec"),
    [
        ("USASCII", "1252", "cp1252"),
        ("UTF-8", "NONE", "utf-8"),
        ("UNICODE", "NONE", "utf-16"),
        ("USASCII", "ISO-8859-1", "latin-1"),
        ("USASCII", "NONE", "cp1252"),
        ("UTF-8", "CSUNICODE", "utf-8-sig"),
    ],
    ids=["windows", "utf-8", "utf-16", "latin", "undeclared", "marked"],
)
def test_an_old_ofx_is_read_in_whatever_encoding_it_comes(
    book, run, tmp_path, encoding, charset, codec
):
    text = OFX.format(encoding=encoding, charset=charset)
    (tmp_path / "may.ofx").write_bytes(text.encode(codec))
    ran = run("reconcile", "firm.xlsx", "--bank", "may.ofx", "--format", "json")
    assert ran.code == 1, ran.err
    assert "INV-0101" in ran.out
    run("reconcile", "firm.xlsx", "--bank", "may.ofx", "--apply")
    from finance.books import Shown

    assert [r["payer"] for r in Shown(book).rows("Bank")] == ["Müller Works"]


def test_a_file_of_two_gigabytes_is_not_even_read(book, run, tmp_path):
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(2**31)
    ran = run("reconcile", "firm.xlsx", "--bank", "huge.csv")
    assert (ran.code, "2048 MB is too large" in ran.err) == (2, True)


@pytest.mark.parametrize("kind", ["--bank", "--ledger"])
def test_a_file_that_is_not_there_a_folder_and_one_that_may_not_be_read(book, run, tmp_path, kind):
    (tmp_path / "folder").mkdir()
    for name, why in (("none.csv", "no such file"), ("folder", "this is a folder")):
        ran = run("reconcile", "firm.xlsx", kind, name, "--apply")
        assert (ran.code, why in ran.err) == (2, True), ran.err
    if os.geteuid() != 0:
        (tmp_path / "may.csv").chmod(0)
        assert run("reconcile", "firm.xlsx", kind, "may.csv").code == 2


def test_a_file_of_another_currency_is_refused(book, run, tmp_path):
    (tmp_path / "usd.csv").write_bytes(bank_csv(MAY[0], currency="USD"))
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "usd.csv", "--currency", "EUR", "--apply")
    assert (ran.code, "USD" in ran.err) == (2, True)
    assert digest(book) == before


def test_a_file_of_another_account_is_refused(book, run, tmp_path):
    (tmp_path / "sheetrecord.toml").write_text('[accounts.Main]\naccount = "DE11"\n')
    (tmp_path / "other.xml").write_text(CAMT.replace("<IBAN>DE1<", "<IBAN>DE99<"))
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "other.xml", "--profile", "Main", "--apply")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "of account DE99; the profile is of DE11" in ran.err
    assert digest(book) == before


def test_a_statement_with_a_missing_line_fails_its_control_total(book, run, tmp_path):
    rows = ["Date,Payer,Reference,Amount,Currency,Balance"]
    rows += ["2026-05-04,ACME WORKS,INV-0101,1000.00,EUR,1500.00"]
    rows += ["2026-05-06,ACME WORKS,x,5.00,EUR,1505.00"]
    rows += ["2026-05-28,NORTHWIND,INV-0104,1000.00,EUR,2600.00"]
    (tmp_path / "gap.csv").write_text("\n".join(rows))
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "gap.csv", "--apply")
    assert ran.code == 3
    assert "Nothing was written" in ran.err
    assert digest(book) == before

"""CAMT, OFX, MT940, QIF and Stripe are read with their totals, details and oddities."""

import datetime as dt

import pytest

from sheetrecord.core.reconcile.facts import BankLine, Original, PaymentPart
from sheetrecord.core.reconcile.input.payouts import explode
from sheetrecord.ledgers.banks.camt import read_camt
from sheetrecord.ledgers.banks.mt940 import read_mt940
from sheetrecord.ledgers.banks.ofx import read_ofx
from sheetrecord.ledgers.banks.qif import read_qif
from sheetrecord.ledgers.banks.stripe import read_stripe
from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>
<Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id><IBAN>DE02100100100006820101</IBAN></Id>
<Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-30</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>{entries}
</Stmt></BkToCstmrStmt></Document>"""

ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{extra}<Sts>{status}</Sts>
<BookgDt><Dt>2026-01-31</Dt></BookgDt><ValDt><Dt>2026-02-01</Dt></ValDt>
<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"""

DETAIL = """<TxDtls><Refs><EndToEndId>{e2e}</EndToEndId></Refs>
<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>
<RltdPties><Dbtr>{name}</Dbtr><DbtrAcct><Id><IBAN>FR14</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf>{remit}</RmtInf></TxDtls>"""


def camt(entries, closing="350.00", version="02"):
    return CAMT.format(entries=entries, closing=closing, version=version).encode()


def entry(amount="250.00", details="", way="CRDT", status="BOOK", extra=""):
    return ENTRY.format(amount=amount, details=details, way=way, status=status, extra=extra)


def detail(amount, remit, name="<Nm>Acme SARL</Nm>", e2e="NOTPROVIDED"):
    return DETAIL.format(amount=amount, remit=remit, name=name, e2e=e2e)


def test_camt_reads_payer_texts_and_references():
    remit = (
        "<Ustrd>INV-01</Ustrd><Ustrd>42</Ustrd>"
        "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
    )
    found = read_camt(camt(entry(details=detail("250.00", remit, e2e="E2E-7"))), "s.xml")
    line = found.lines[0]
    assert (line.payer, line.text, line.structured) == (
        "Acme SARL",
        "INV-01 42",
        "RF18539007547034",
    )
    assert (line.amount, line.payer_iban, line.end_to_end, line.ref) == (
        25000,
        "FR14",
        "E2E-7",
        "R1",
    )
    assert (str(line.booked), str(line.valued)) == ("2026-01-31", "2026-02-01")
    assert not found.problems


def test_camt_version_8_wraps_party_and_status():
    inner = detail("250.00", "<Ustrd>x</Ustrd>", name="<Pty><Nm>Acme</Nm></Pty>")
    data = camt(entry(details=inner, status="<Cd>BOOK</Cd>"), version="08")
    assert read_camt(data, "s.xml").lines[0].payer == "Acme"


def test_camt_batch_is_split_when_its_details_add_up():
    details = detail("100.00", "<Ustrd>INV-1</Ustrd>") + detail("150.00", "<Ustrd>INV-2</Ustrd>")
    found = read_camt(camt(entry(details=details)), "s.xml")
    assert [(x.amount, x.text, x.ref) for x in found.lines] == [
        (10000, "INV-1", "R1/1"),
        (15000, "INV-2", "R1/2"),
    ]


def test_camt_batch_that_does_not_add_up_stays_one_line_with_all_texts():
    details = detail("100.00", "<Ustrd>INV-1</Ustrd>") + detail("140.00", "<Ustrd>INV-2</Ustrd>")
    found = read_camt(camt(entry(details=details)), "s.xml")
    assert [(x.amount, x.text, x.batch) for x in found.lines] == [(25000, "INV-1 INV-2", 2)]
    assert [p.name for p in found.problems] == ["batch-does-not-add-up"]


def test_camt_batch_less_the_banks_charges_is_split_too():
    charge = '<Chrgs><Rcrd><Amt Ccy="EUR">{}</Amt></Rcrd></Chrgs></TxDtls>'
    details = "".join(
        detail(amount, f"<Ustrd>{text}</Ustrd>").replace("</TxDtls>", charge.format(kept))
        for amount, text, kept in (("101.00", "INV-1", "1.00"), ("152.00", "INV-2", "2.00"))
    )
    found = read_camt(camt(entry(details=details)), "s.xml")
    assert [(x.amount, x.text, x.charges) for x in found.lines] == [
        (10000, "INV-1", 100),
        (15000, "INV-2", 200),
    ]
    assert not found.problems


@pytest.mark.parametrize(
    ("closing", "names"), [("350.00", []), ("350.01", ["control-total-fails"])]
)
def test_camt_page_is_proven_by_its_interim_balance(closing, names):
    page = camt(entry(details=detail("250.00", "")), closing).replace(b"CLBD", b"ITBD")
    assert [p.name for p in read_camt(page, "s.xml").problems] == names


def test_camt_keeps_the_payers_own_invoice_list():
    item = (
        "<Strd><RfrdDocInf><Nb>INV-{n}</Nb></RfrdDocInf>"
        '<RfrdDocAmt><RmtdAmt Ccy="EUR">{a}</RmtdAmt></RfrdDocAmt></Strd>'
    )
    remit = item.format(n=1, a="100.00") + item.format(n=2, a="150.00")
    line = read_camt(camt(entry(details=detail("250.00", remit))), "s.xml").lines[0]
    assert line.parts == (PaymentPart("INV-1", 10000), PaymentPart("INV-2", 15000))


CAMT_CASES = [
    ("debit is money out", entry("50.00", way="DBIT"), "50.00", [-5000], []),
    ("five decimals that are whole cents", entry("250.00000"), "350.00", [25000], []),
    ("five decimals that are not", entry("250.00123"), "100.00", [], ["bad-money-cell"]),
    ("a pending entry is not booked", entry(status="PDNG"), "100.00", [], []),
    ("no entry at all", "", "100.00", [], ["empty-statement"]),
    ("a missing page", entry("250.00"), "999.00", [25000], ["control-total-fails"]),
]


@pytest.mark.parametrize(
    ("entries", "closing", "amounts", "problems"),
    [c[1:] for c in CAMT_CASES],
    ids=[c[0] for c in CAMT_CASES],
)
def test_camt_entry(entries, closing, amounts, problems):
    found = read_camt(camt(entries, closing), "s.xml")
    assert [line.amount for line in found.lines] == amounts
    assert [p.name for p in found.problems] == problems


def test_camt_reversal_is_marked_and_keeps_its_direction():
    found = read_camt(
        camt(entry("50.00", way="DBIT", extra="<RvslInd>true</RvslInd>"), "50.00"), "s"
    )
    assert (found.lines[0].amount, found.lines[0].returned) == (-5000, True)


def test_camt_foreign_amount_keeps_the_banks_rate():
    inner = detail("250.00", "<Ustrd>INV-9</Ustrd>").replace(
        "<AmtDtls>",
        '<AmtDtls><InstdAmt><Amt Ccy="USD">270.00</Amt>'
        "<CcyXchg><XchgRate>1.08</XchgRate></CcyXchg></InstdAmt>",
    )
    assert read_camt(camt(entry(details=inner)), "s").lines[0].original == Original(
        27000, "USD", "1.08"
    )


def test_camt_054_has_no_balances_and_052_reads_its_report():
    data = camt(entry()).decode()
    for short, body, each in [
        ("054", "BkToCstmrDbtCdtNtfctn", "Ntfctn"),
        ("052", "BkToCstmrAcctRpt", "Rpt"),
    ]:
        text = data.replace("BkToCstmrStmt", body).replace("<Stmt>", f"<{each}>")
        found = read_camt(text.replace("</Stmt>", f"</{each}>").encode(), "n.xml")
        assert (found.kind, found.lines[0].amount) == (f"camt.{short}", 25000)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Document/>', "document type or entity"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>'.encode("utf-16"), "document type"),
        (camt(entry())[:-80], "breaks off"),
        (b"<Document><Other/></Document>", "not a CAMT"),
        (b'<?xml version="1.0" encoding="UTF-7"?><Document/>', "utf-7"),
    ],
    ids=["entity", "external entity in utf-16", "cut", "another message", "odd encoding"],
)
def test_hostile_or_wrong_xml_is_refused(data, says):
    with pytest.raises(CannotRead, match=says):
        read_camt(data, "s.xml")


OFX1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>998877
<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20260131
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260131120000[-5:EST]<TRNAMT>1200.00<FITID>A1<NAME>ACME &amp; CO
<MEMO>INV-0142</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260131<TRNAMT>-15,50<FITID>A2<NAME>FEE</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260131<TRNAMT>$120<FITID>A3<NAME>BAD</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>5000.00<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>
"""


def test_ofx_1_reads_without_end_tags():
    found = read_ofx(OFX1.encode("cp1252"), "s.ofx")
    assert [(x.amount, x.payer, x.text, x.ref) for x in found.lines] == [
        (120000, "ACME & CO", "INV-0142", "A1"),
        (-1550, "FEE", "", "A2"),
    ]
    statement = found.statements[0]
    assert (statement.account, statement.currency, statement.closing) == ("998877", "USD", 500000)
    assert [p.name for p in found.problems] == ["bad-money-cell", "no-control-total"]


def test_ofx_2_is_xml_with_end_tags():
    text = """<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?><OFX><STMTRS>
    <CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM><BANKTRANLIST>
    <STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260131</DTPOSTED><TRNAMT>+12.00</TRNAMT>
    <FITID>1</FITID><NAME>Ömer</NAME><MEMO>INV-7</MEMO></STMTTRN></BANKTRANLIST></STMTRS></OFX>"""
    assert [(x.amount, x.payer) for x in read_ofx(text.encode(), "s.ofx").lines] == [(1200, "Ömer")]


def test_ofx_cut_in_the_middle_is_refused():
    with pytest.raises(CannotRead, match="breaks off"):
        read_ofx(OFX1[:500].encode(), "s.ofx")


MT940 = """:20:START
:25:10010010/6820101
:28C:7/1
:60F:C260130EUR100,00
:61:2601310131CR250,00NTRFNONREF//B123
:86:166?00GUTSCHRIFT?20EREF+E2E-7?21SVWZ+Rechnung INV-01?2242 vom 3.1.?30BYLADEM?31DE021
?32Acme Gmb?33H & Co
:61:260131D50,NCHK123
:86:plain words of
 a Dutch bank
:61:2602300228C0,01NINTNONREF
:86:/REMI/USTD//factuur 142/NAME/BAKKER BV/IBAN/NL02RABO0000000002/EREF/NOTPROVIDED
:62F:C260131EUR300,01
-
"""


def test_mt940_reads_german_dutch_and_plain_details():
    found = read_mt940(MT940.encode(), "s.sta")
    assert not found.problems
    assert [(x.amount, x.payer, x.text) for x in found.lines] == [
        (25000, "Acme GmbH & Co", "Rechnung INV-0142 vom 3.1."),
        (-5000, "", "plain words of a Dutch bank"),
        (1, "BAKKER BV", "factuur 142"),
    ]
    first, _, third = found.lines
    assert (first.ref, first.end_to_end, first.payer_iban) == ("B123", "E2E-7", "DE021")
    assert third.valued == dt.date(2026, 2, 28)  # 30 February in an interest calendar


@pytest.mark.parametrize(
    ("way", "amount", "returned"),
    [("C", 1000, False), ("D", -1000, False), ("RC", -1000, True), ("RD", 1000, True)],
)
def test_mt940_marks_and_reversals(way, amount, returned):
    text = f":20:X\n:25:A\n:60F:C260101EUR0,00\n:61:260102{way}10,00NTRFX\n:62F:C260102EUR0,00\n"
    line = read_mt940(text.encode(), "s.sta").lines[0]
    assert (line.amount, line.returned) == (amount, returned)


def test_mt940_entry_date_at_new_year_takes_the_nearest_year():
    text = ":20:X\n:25:A\n:60F:C251230EUR0,00\n:61:2512310102C10,00NTRFX\n:62F:C260102EUR10,00\n"
    assert read_mt940(text.encode(), "s.sta").lines[0].booked == dt.date(2026, 1, 2)


def test_mt940_cut_before_its_closing_balance_is_refused():
    with pytest.raises(CannotRead, match="breaks off"):
        read_mt940(MT940[:200].encode(), "s.sta")


def test_qif_reads_with_the_profiles_currency_and_order():
    text = b"!Type:Bank\nD31/1'26\nT1,200.00\nPACME LTD\nMINV-0142\n^\nD1/2'26\nT-4.00\nPFEE\n^\n"
    lines = read_qif(text, "s.qif", Profile(currency="GBP")).lines
    assert [(str(x.booked), x.amount, x.payer, x.text) for x in lines] == [
        ("2026-01-31", 120000, "ACME LTD", "INV-0142"),
        ("2026-02-01", -400, "FEE", ""),
    ]


def test_qif_with_an_open_date_order_is_refused():
    with pytest.raises(CannotRead, match="more than one way"):
        read_qif(b"!Type:Bank\nD8/12/26\nT1.00\n^\n", "s.qif", Profile(currency="GBP"))


STRIPE = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,"
    "automatic_payout_id,automatic_payout_effective_at_utc,invoice_number\n"
    "txn1,2026-01-29 10:00:00,gbp,1200.00,36.20,1163.80,charge,po_1,2026-01-31 00:00:00,INV-0142\n"
    "txn2,2026-01-29 11:00:00,gbp,300.00,9.20,290.80,charge,po_1,2026-01-31 00:00:00,INV-0143\n"
    "txn3,2026-01-30 11:00:00,gbp,-100.00,0.00,-100.00,refund,po_1,2026-01-31 00:00:00,INV-0120\n"
    "txn4,2026-01-31 11:00:00,gbp,-1354.60,0.00,-1354.60,payout,po_1,2026-01-31 00:00:00,\n"
)


def test_stripe_payouts_explode_into_their_bank_line():
    payouts, problems, counted = read_stripe(STRIPE.encode(), "stripe.csv")
    assert (counted.rows, counted.apart, counted.left_out) == (5, 2, ())
    assert not problems
    assert [(p.payout_id, p.net, p.on) for p in payouts] == [("po_1", 135460, dt.date(2026, 1, 31))]
    line = BankLine("A", dt.date(2026, 2, 2), 135460, "GBP", "STRIPE PAYMENTS UK")
    other = line._replace(payer="ACME")
    found = explode([other, line], payouts)
    assert found[0] == other
    assert [(p.number, p.gross, p.fee) for p in found[1].parts] == [
        ("INV-0142", 120000, 3620),
        ("INV-0143", 30000, 920),
        ("INV-0120", -10000, 0),
    ]


def test_a_message_framed_as_the_network_sends_it_is_read():
    body = (
        ":20:ST1\r\n:25:DE02120300000000202051\r\n:28C:1/1\r\n:60F:C260301EUR1000,00\r\n"
        ":61:2603030303C1190,00NTRFNONREF\r\n:86:166?20INV-2026-045?32Acme GmbH\r\n"
        ":62F:C260303EUR2190,00\r\n-"
    )
    for framed in (f"\x01{body}\x03", f"\x01{{1:F01X}}{{2:I940}}{{4:\r\n{body}}}\x03"):
        reading = read_bank(framed.encode(), "a.sta").reading
        assert [(x.amount, x.payer, x.text) for x in reading.lines] == [
            (119000, "Acme GmbH", "INV-2026-045")
        ]
        assert (reading.rows, reading.problems) == (1, ())

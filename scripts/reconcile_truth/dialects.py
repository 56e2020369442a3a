"""Write a made-up account's lines as every kind of file a bank or processor exports."""

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from sheetrecord.core.reconcile.facts import BankLine, Invoice
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.money import to_major

OPENING = 500_000
ACCOUNT = "GB33BUKB20201555555555"

Writer = Callable[[Sequence[BankLine]], bytes]


def _major(amount: int) -> Decimal:
    return to_major(amount, "GBP")


def _table(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _comma(amount: int) -> str:
    whole, _, cents = f"{_major(amount):,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{cents}"


def csv_uk(lines: Sequence[BankLine]) -> bytes:
    """Preamble, paid out and paid in, running balance, day first."""
    rows = [
        ["Account Name:", "Made Up Ltd"],
        ["Currency:", "GBP"],
        [""],
        ["Date", "Payer", "Description", "Paid out", "Paid in", "Balance"],
    ]
    balance = OPENING
    for x in lines:
        balance += x.amount
        out, in_ = (
            (f"£{abs(_major(x.amount)):,}", "") if x.amount < 0 else ("", f"£{_major(x.amount):,}")
        )
        rows.append([f"{x.booked:%d %b %Y}", x.payer, x.text, out, in_, f"£{_major(balance):,}"])
    return _table(rows).encode("cp1252", "replace")


def csv_de(lines: Sequence[BankLine]) -> bytes:
    """Semicolons, decimal comma, dotted dates, S/H flag."""
    rows = [
        [
            "Buchungstag",
            "Auftraggeber/Empfänger",
            "Verwendungszweck",
            "Betrag",
            "Währung",
            "Soll/Haben",
        ]
    ]
    for x in lines:
        flag = "S" if x.amount < 0 else "H"
        rows.append([f"{x.booked:%d.%m.%Y}", x.payer, x.text, _comma(abs(x.amount)), "GBP", flag])
    return _table(rows, ";").encode()


def csv_us(lines: Sequence[BankLine]) -> bytes:
    """Month first, one signed column, newest first."""
    rows = [["Posting Date", "Name", "Description", "Amount"]]
    rows += [
        [f"{x.booked:%m/%d/%Y}", x.payer, x.text, str(_major(x.amount))] for x in reversed(lines)
    ]
    return _table(rows).encode()


def csv_fr(lines: Sequence[BankLine]) -> bytes:
    """Semicolons, decimal comma, thin-space thousands, debit and credit."""
    rows = [["Date", "Tiers", "Libellé", "Débit", "Crédit"]]
    for x in lines:
        text = _comma(abs(x.amount)).replace(".", "\u202f")
        rows.append(
            [f"{x.booked:%d/%m/%Y}", x.payer, x.text, *((text, "") if x.amount < 0 else ("", text))]
        )
    return _table(rows, ";").encode("utf-8-sig")


def csv_ch(lines: Sequence[BankLine]) -> bytes:
    """Apostrophe thousands and a saldo, UTF-16."""
    rows = [["Buchungsdatum", "Name", "Buchungstext", "Belastung", "Gutschrift", "Saldo"]]
    balance = OPENING
    for x in lines:
        balance += x.amount
        text = f"{abs(_major(x.amount)):,}".replace(",", "'")
        sides = (text, "") if x.amount < 0 else ("", text)
        rows.append(
            [
                f"{x.booked:%d.%m.%Y}",
                x.payer,
                x.text,
                *sides,
                f"{_major(balance):,}".replace(",", "'"),
            ]
        )
    return _table(rows, ";").encode("utf-16")


def _entry(x: BankLine, *, v8: bool) -> str:
    way = "DBIT" if x.amount < 0 else "CRDT"
    role = "Cdtr" if x.amount < 0 else "Dbtr"
    name = f"<Nm>{escape(x.payer)}</Nm>"
    party = f"<{role}>{'<Pty>' + name + '</Pty>' if v8 else name}</{role}>" if x.payer else ""
    status = "<Sts><Cd>BOOK</Cd></Sts>" if v8 else "<Sts>BOOK</Sts>"
    text = f"<RmtInf><Ustrd>{escape(x.text)}</Ustrd></RmtInf>" if x.text else ""
    return (
        f'<Ntry><Amt Ccy="GBP">{abs(_major(x.amount))}</Amt><CdtDbtInd>{way}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{x.booked}</Dt></BookgDt><AcctSvcrRef>{x.ref}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"<RltdPties>{party}</RltdPties>{text}</TxDtls></NtryDtls></Ntry>"
    )


def _camt(lines: Sequence[BankLine], *, v8: bool) -> bytes:
    closing = OPENING + sum(x.amount for x in lines)
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">'
        f"{abs(_major(amount))}</Amt>"
        f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd></Bal>"
        for code, amount in (("OPBD", OPENING), ("CLBD", closing))
    )
    version = "08" if v8 else "02"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>GBP</Ccy></Acct>{balances}"
        + "".join(_entry(x, v8=v8) for x in lines)
        + "</Stmt></BkToCstmrStmt></Document>"
    )
    return text.encode()


def camt_02(lines: Sequence[BankLine]) -> bytes:
    """CAMT.053.001.02."""
    return _camt(lines, v8=False)


def camt_08(lines: Sequence[BankLine]) -> bytes:
    """CAMT.053.001.08."""
    return _camt(lines, v8=True)


def _swift(text: str) -> str:
    """Return a text as field 86 carries it: ?20 to ?29 and ?60 on, 27 characters each."""
    parts = [text[i : i + 27] for i in range(0, len(text), 27)]
    keys = [*range(20, 30), *range(60, 64)]
    return "".join(f"?{key}{part}" for key, part in zip(keys, parts, strict=False))


def mt940(lines: Sequence[BankLine]) -> bytes:
    """MT940 with German subfields."""
    first, last = lines[0].booked, lines[-1].booked
    closing = OPENING + sum(x.amount for x in lines)

    def amount(minor: int) -> str:
        return f"{abs(_major(minor))}".replace(".", ",")

    out = [":20:MADEUP", f":25:{ACCOUNT}", ":28C:1/1", f":60F:C{first:%y%m%d}GBP{amount(OPENING)}"]
    for x in lines:
        way = "D" if x.amount < 0 else "C"
        out.append(f":61:{x.booked:%y%m%d%m%d}{way}{amount(x.amount)}NTRFNONREF//{x.ref}")
        out.append(
            f":86:166?00TRANSFER{_swift(x.text) or '?20'}?32{x.payer[:27]}?33{x.payer[27:54]}"
        )
    way = "D" if closing < 0 else "C"
    out += [f":62F:{way}{last:%y%m%d}GBP{amount(closing)}", "-"]
    return "\r\n".join(out).encode("utf-8")


def _ofx_body(lines: Sequence[BankLine], end: Callable[[str], str]) -> str:
    def field(name: str, value: str) -> str:
        return f"<{name}>{escape(value)}{end(name)}\n" if value else ""

    rows = "".join(
        "<STMTTRN>"
        + field("TRNTYPE", "CREDIT")
        + field("DTPOSTED", f"{x.booked:%Y%m%d}120000")
        + field("TRNAMT", str(_major(x.amount)))
        + field("FITID", x.ref)
        + field("NAME", x.payer)
        + field("MEMO", x.text)
        + "</STMTTRN>\n"
        for x in lines
    )
    return (
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"
        + field("CURDEF", "GBP")
        + "<BANKACCTFROM>"
        + field("ACCTID", ACCOUNT)
        + "</BANKACCTFROM><BANKTRANLIST>"
        + rows
        + "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def ofx_1(lines: Sequence[BankLine]) -> bytes:
    """OFX 1.02, SGML without end tags."""
    head = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\n\r\n"
    return (head + _ofx_body(lines, lambda _: "")).encode()


def ofx_2(lines: Sequence[BankLine]) -> bytes:
    """OFX 2.11, XML."""
    head = '<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>'
    return (head + _ofx_body(lines, lambda name: f"</{name}>")).encode()


def qif(lines: Sequence[BankLine]) -> bytes:
    """QIF with two-digit years."""
    out = ["!Type:Bank"]
    for x in lines:
        out += [f"D{x.booked:%d/%m/%y}", f"T{_major(x.amount):,}", f"P{x.payer}", f"M{x.text}", "^"]
    return "\n".join(out).encode()


DIALECTS: dict[str, Writer] = {
    "uk.csv": csv_uk,
    "de.csv": csv_de,
    "us.csv": csv_us,
    "fr.csv": csv_fr,
    "ch.csv": csv_ch,
    "camt02.xml": camt_02,
    "camt08.xml": camt_08,
    "mt940.sta": mt940,
    "one.ofx": ofx_1,
    "two.ofx": ofx_2,
    "bank.qif": qif,
}

PROFILE = Profile(currency="GBP")


def xero(invoices: Sequence[Invoice], paid: dict[str, int]) -> bytes:
    """Xero's sales invoices: two rows an invoice, totals repeated."""
    rows = [
        [
            "ContactName",
            "InvoiceNumber",
            "InvoiceDate",
            "DueDate",
            "Total",
            "InvoiceAmountPaid",
            "InvoiceAmountDue",
            "Description",
            "Currency",
            "Type",
            "Status",
        ]
    ]
    for i in invoices:
        done = paid.get(i.number, 0)
        row = [i.client, i.number, f"{i.issued:%d/%m/%Y}", f"{i.due:%d/%m/%Y}"]
        row += [str(to_major(n, i.currency)) for n in (i.gross, done, i.gross - done)]
        rows += [
            [*row, text, i.currency, "Sales invoice", "Paid"] for text in ("Work", "More work")
        ]
    return _table(rows).encode()


def sage(invoices: Sequence[Invoice], paid: dict[str, int]) -> bytes:
    """Sage 50's audit trail without a header."""
    rows = []
    for i in invoices:
        kind = "SI" if i.gross > 0 else "SC"
        rows.append(
            [
                kind,
                "A1",
                "4000",
                "1",
                f"{i.issued:%d/%m/%Y}",
                i.number,
                "Work",
                str(_major(abs(i.gross))),
                "T0",
                "0.00",
            ]
        )
        if paid.get(i.number):
            rows.append(
                [
                    "SR",
                    "A1",
                    "1200",
                    "1",
                    f"{i.due:%d/%m/%Y}",
                    i.number,
                    "Receipt",
                    str(_major(paid[i.number])),
                    "T9",
                    "0.00",
                ]
            )
    return _table(rows).encode()


def datev(invoices: Sequence[Invoice], paid: dict[str, int]) -> bytes:
    """A DATEV posting batch of one fiscal year, 6 January to 5 January."""
    first = '"EXTF";700;21;"Buchungsstapel";13;0;;"";"";"";1;1;20250106;4;20250106;20260105;'
    first += '"";"";1;0;0;"GBP"'
    out = [
        first,
        "Umsatz;S/H;WKZ;Kurs;Basis;WKZ;Konto;Gegenkonto;BU;Belegdatum;Beleg 1;Beleg 2;Skonto;Text",
    ]
    for i in invoices:
        flag = "S" if i.gross > 0 else "H"
        out.append(
            f'{_comma(abs(i.gross))};"{flag}";"GBP";;;"";10001;8400;"";{i.issued:%d%m};"{i.number}";"";;"x"'
        )
        if paid.get(i.number):
            out.append(
                f'{_comma(paid[i.number])};"H";"GBP";;;"";10001;1200;"";{i.due:%d%m};"{i.number}";"";;"x"'
            )
    return "\r\n".join(out).encode("cp1252")


def quickbooks(invoices: Sequence[Invoice], _paid: dict[str, int]) -> bytes:
    """QuickBooks Online's transaction list with title and total rows."""
    rows = [
        ["Made Up Ltd"],
        ["Transaction List by Date"],
        ["All Dates"],
        [""],
        [
            "Date",
            "Transaction Type",
            "Num",
            "Name",
            "Memo/Description",
            "Account",
            "Split",
            "Amount",
        ],
    ]
    for i in invoices:
        kind = "Invoice" if i.gross > 0 else "Credit Memo"
        amount = f"{_major(i.gross):,}"
        rows.append([f"{i.issued:%m/%d/%Y}", kind, i.number, i.client, "", "AR", "Sales", amount])
    rows.append(["TOTAL", "", "", "", "", "", "", f"{_major(sum(i.gross for i in invoices)):,}"])
    return _table(rows).encode()


LEDGERS = {"xero": xero, "sage": sage, "datev": datev, "quickbooks": quickbooks}

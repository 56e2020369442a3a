"""Column roles by heading: the header words of banks and ledgers in six languages."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from sheetrecord.ledgers.heading_words import role_by_words
from sheetrecord.model.money import EXPONENTS

_WORDS: Final[dict[str, str]] = {
    "booked": """
        date; booking date; bookingdate; booked; booked at; booked date; transaction date; posted
        date; posting date; post date; trans date; txn date; date posted; completed
        date; date completed; completed date utc; date completed utc; entry date;
        processed date; created; created utc; effective at; buchungstag; buchungsdatum;
        buchung; datum; date operation; date de l operation; date operation; date
        comptable; date de comptabilisation; dateop; boekdatum; boekingsdatum; datum
        boeking; transactiedatum; rentedatum boeking; fecha; fecha operacion; fecha
        contable; f operacion; data; data operazione; data contabile; datum provedeni;
        datum zauctovani; datum zauctovani transakce; data ksiegowania; data operacji;
        bokforingsdag; bokfort dato; dato; bokforingsdatum; kirjauspaiva; datum
        transakce; transactiondate; abschlussdatum; fecha valor op; date de l operation
        local; fecha de operacion; data valuta contabile; accounting date""",
    "valued": """
        value date; valuedate; valuta; valutadatum; valuta datum; wertstellung; wert;
        wertstellungstag; date valeur; date de valeur; dateval; datum valuty; fecha
        valor; data valuta; rentedatum; interest date; available on; available on utc;
        data waluty; f valor; valutadag; date de la valeur; value dt; fecha de valor; interest
        start date""",
    "amount": """
        amount; value; betrag; umsatz; bedrag; montant; importe; importo; castka; kwota;
        belopp; belob; belop; amount gbp; amount usd; amount eur; betrag eur; betrag in
        eur; transaction amount; transactieamount; transactiebedrag; monto; net amount;
        amount money; bedrag eur; montant eur; montant de l operation; objem; summe;
        amount in account currency; transaktionsbetrag; zaplacena castka; valor; montant
        operation; montant total; net; transferred amount; total amount; wartosc; amount
        signed; castka v mene uctu; kwota w walucie rachunku; betrag in kontowahrung;
        montant en devise du compte; importe en la divisa de la cuenta; bedrag in
        rekeningvaluta""",
    "credit": """
        credit; credit amount; credits; paid in; money in; in; deposit; deposits; amount
        in; haben; gutschrift; gutschrift in chf; gutschrift chf; habenbetrag; bij;
        bijschrijving; abono; abonos; ingresos; haber; entrate; avere; accrediti;
        prijem; prichozi; credit eur; recettes; montant credit; kreditni; uznania;
        insattning; receipts; einnahmen; paid in gbp; deposit amt; paid in amount;
        ingreso; inn pa konto; accredito; gutschriften; credit amt""",
    "debit": """
        debit; debit amount; debits; paid out; money out; out; withdrawal; withdrawals;
        amount out; soll; belastung; lastschrift; belastung in chf; belastung chf;
        sollbetrag; af; afschrijving; cargo; cargos; gastos; debe; uscite; dare;
        addebiti; vydaj; odchozi; debit eur; depenses; montant debit; debetni;
        obciazenia; uttag; payments; ausgaben; paid out gbp; withdrawal amt; withdrawal
        amount; paid out amount; ut fra konto; addebito; lastschriften; debit amt""",
    "flag": """
        debit credit; credit debit; dr cr; cr dr; d k; c d; d c; cd; dc; s h; soll
        haben; soll haben kennzeichen; kennzeichen; af bij; debet credit; bij af; type
        dc; indicator; credit debit indicator; credit debit code; debetcredit; dc
        kennzeichen; sens; signe; znak; umsatzart""",
    "currency": """
        currency; ccy; currency code; wahrung; waehrung; waehrg; munt; muntsoort;
        devise; valuta code; divisa; moneda; mena; waluta; valutakod; account currency;
        payment currency; wrg""",
    "payer": """
        payer; name; counterparty; counter party; counterparty name; counter party name;
        merchant; merchant name; from; sender; customer; partner; partner name; contact;
        contactname; zahlungspflichtiger; zahlungspflichtige r; auftraggeber empfanger;
        empfanger auftraggeber; auftraggeber; auftraggeber zahlungsempfanger;
        auftraggeber beguenstigter; beguenstigter auftraggeber; beguenstigter
        zahlungspflichtiger; begunstigter zahlungspflichtiger; begunstigter
        auftraggeber; name zahlungsbeteiligter; empfanger; naam; naam tegenpartij; naam
        tegenrekening; tegenpartij; tegenpartij naam; naam omschrijving; nom; tiers;
        emetteur; contrepartie; nombre; ordenante; ordinante; nazev
        protiuctu; protistrana; kontrahent; avsandare; nazev protistrany; nadawca;
        counterparty account name; remitter; ordering party; payer name; other party;
        nom de la contrepartie; nom contrepartie; nom du donneur d ordre; from name;
        avsender; nazwa nadawcy""",
    "payee": """
        payee; payee name; beneficiary; beneficiary name; recipient; recipient name;
        zahlungsempfanger; zahlungsempfanger in; zahlungsempfangerin; nom du
        beneficiaire; nazwa odbiorcy; beneficiario; mottagare; mottaker""",
    "text": """
        description; reference; payment reference; details; detail; memo; narrative;
        narration; particulars; transaction description; transaction details; bank
        reference; note; notes; message; remittance information; verwendungszweck;
        buchungstext; vwz; zweck; mitteilung; buchungsdetails; omschrijving; mededeling;
        mededelingen; betalingskenmerk; libelle; libelle operation; motif;
        communication; communications; information; informations; reference du paiement;
        concepto; referencia; descripcion; observaciones; causale; descrizione; popis;
        zprava; poznamka; zprava pro prijemce; variabilni symbol; vs; tytul; opis; tytul
        operacji; meddelande; tekst; extra information; additional information;
        transaction reference; your reference; kundenreferenz; kundenreferenz end to
        end; reference number of payer; beschreibung; ausfuhrliche beschreibung;
        description 1; description 2; reference 1; code; analysis code; text;
        zusatztext; opis operacji; detail de l ecriture; detail; avisierungstext; notes
        and tags; rubrik; reference text; libelle court; remarks; concepto ampliado;
        bank description; zahlungsgrund""",
    "structured": """
        structured reference; creditor reference; rf reference; qr reference; referenz;
        structured communication; gestructureerde mededeling; kid; ocr; viitenumero""",
    "end_to_end": """
        end to end id; end to end reference; endtoendid; ende zu ende referenz; e2e""",
    "ref": """
        transaction id; transactionid; id; unique id; fitid; bank id; transaction
        number; buchungs id; transaktionsnr; transaktions id; transaktionsnummer;
        volgnr; id operace; id pohybu; entry reference; transactie id; transaction
        number id; uuid; balance transaction id; fit id; id transaction; transferwise
        id; bank reference number id""",
    "iban": """
        iban; counterparty iban; counterparty account; partner iban; partner account;
        account number counterparty; iban auftraggeber; iban zahlungsbeteiligter;
        kontonummer iban; tegenrekening; tegenrekening iban bban; tegenpartij iban;
        rekening tegenpartij; iban payer; cislo protiuctu; protiucet; kontonummer;
        compte contrepartie; payer iban; payer account; compte du donneur d ordre;
        counterparty account number""",
    "account": """
        account; account number; own account; iban own; auftragskonto; konto; rekening;
        rekeningnummer; iban rekening; iban bban; compte; cuenta; cislo uctu; account
        iban; account name; eigene iban; iban auftragskonto; our account; own iban;
        kontonr""",
    "balance": """
        balance; running balance; balance after; balance after transaction; account
        balance; saldo; saldo nach buchung; solde; saldo na trn; saldo na mutatie;
        zustatek; saldo in chf; ledger balance; saldo po operacji; saldo disponible;
        closing balance; available balance; running bal; bal; running balance amount;
        saldo rachunku; saldo po transakcji; bokfort saldo""",
    "status": """
        status; state; stav; statut; estado; transaction status; booking status; state
        of transaction""",
    "original_amount": """
        original amount; betrag in fremdwahrung; foreign amount; amount foreign
        currency; oorspronkelijk bedrag; oorsprongkelijk bedrag; ursprungsbetrag; orig
        amount; payment amount; local amount""",
    "original_currency": """
        original currency; fremdwahrung; foreign currency; oorspronkelijke munt;
        oorsprongkelijke munt; ursprungswahrung; orig currency; local currency; type
        foreign currency""",
    "rate": """
        exchange rate; rate; kurs; koers; wechselkurs; fx rate; taux; taux de change""",
    "gross": """
        gross; gross amount; brutto; brut""",
    "charges": """
        charges; bank charges; fee; fees; entgelt; kosten; gebuhr; gebuhren; frais""",
    "number": """
        invoicenumber; invoice number; invoice no; invoice; num; rechnungsnummer;
        belegfeld 1; numero de facture; facture; factuurnummer; numero factura; invoice
        num; rechnungs nr; no""",
}
ROLES: Final = tuple(_WORDS)
"""What a column of an export can mean; a profile names its columns by these."""

_VWZ: Final = re.compile(
    r"(vwz|verwendungszweck|omschrijving|description|libelle|mededeling|beschreibung)( ?\d{1,2})"
)

_WORDS_OF: Final = re.compile(r"[a-z0-9]+")
_CODE: Final = re.compile(r" (?:in |en )?([a-z]{3}|euro[sa]?)$")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@lru_cache(maxsize=16384)
def plain(header: str) -> str:
    """Return a header cell without accents, case, punctuation and brackets.

    >>> plain("Belastung (CHF)"), plain("Wertstellung:"), plain("Částka"), plain("InvoiceNo.")
    ('belastung chf', 'wertstellung', 'castka', 'invoiceno')
    """
    if header.isascii():
        return " ".join(_WORDS_OF.findall(header.lower()))
    text = header.replace("ß", "ss").replace("ł", "l").replace("ø", "o").lstrip("\ufeff")
    flat = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(_WORDS_OF.findall(kept))


_LONGEST: Final = 60
_MANY: Final = frozenset({"text", "payer", "payee"})
"""Roles that several columns may have."""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for role, words in _WORDS.items():
        for word in words.split(";"):
            table.setdefault(" ".join(word.split()), role)
    return table


_ROLE: Final = _table()


def _is_currency(word: str) -> bool:
    return word.startswith("euro") or word.upper() in EXPONENTS


@lru_cache(maxsize=4096)
def role_of(header: str) -> str:
    """Return the role of a column (``booked``, ``amount``, ``text`` ...), or "" when unknown."""
    if len(header) > _LONGEST:
        return ""
    apart = _CAMEL.sub(" ", _BRACKETS.sub(" ", header))
    return listed_role(header) or listed_role(apart) or role_by_words(plain(apart))


@lru_cache(maxsize=4096)
def listed_role(header: str) -> str:
    """Return the role of a listed heading, "" for one that is not listed."""
    if len(header) > _LONGEST:
        return ""
    word = plain(header)
    if word in _ROLE:
        return _ROLE[word]
    if _VWZ.fullmatch(word):
        return "text"
    # A currency in the header (Betrag (EUR), Amount GBP) does not change what the column is, nor
    # does what else stands in brackets: Date (UTC), Montant total (TTC).
    shorter = _CODE.sub(lambda found: "" if _is_currency(found[1]) else found[0], word)
    return _ROLE.get(shorter) or _ROLE.get(plain(_BRACKETS.sub(" ", header)), "")


def roles_of(header: list[str]) -> dict[str, list[int]]:
    """Return the columns of each role, in the file's order.

    The words of a heading tell its role only where no listed heading has it: *Started date* is
    no booking day beside *Completed date*.
    """
    listed: dict[str, list[int]] = {}
    for column, cell in enumerate(header):
        if role := listed_role(cell):
            listed.setdefault(role, []).append(column)
    found = {role: list(columns) for role, columns in listed.items()}
    for column, cell in enumerate(header):
        role = "" if listed_role(cell) else role_of(cell)
        if role and (role not in listed or role in _MANY):
            found.setdefault(role, []).append(column)
    return found

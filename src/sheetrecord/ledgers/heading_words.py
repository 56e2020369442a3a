"""The role of an unlisted heading from its words, by word stems in the languages of banks."""

import re
from typing import Final

_STEMS: Final[dict[str, str]] = {
    "day": """
        date datum$ datums$ dato$ data$ fecha dag$ tag$ paiva pvm dia dzien den$ tarih kuupaev
        datuma jour giorno boekdatum buchungstag buchungsdatum bokforingsdat kirjauspaiv
        boekingsdatum transaktionsdat transaktionstag transactiedatum""",
    "valued": "value$ valuta$ valeur valor$ valut wert$ wertstell effective rente interest "
    "arvopaiv",
    "late": """
        due$ falli faell echeance verval vencim scaden termin forfald forfall erap splat beleg
        document dokument invoice factur rechnung fattur""",
    "money": """
        amount amt$ betrag bedrag montant importe importo kwota castk belopp belob belop maar summ
        sum$ suma$ monto$ valor$ valore iznos osszeg cantidad umsatz wartosc quantia tutar suma""",
    "in": """
        credit$ credits$ credited deposit haben$ gutschrift receipt income incoming lodg abono
        ingreso entrat accredit avere recette encaiss wplyw wplat uznan prijem prichoz insatt
        innskudd inn$ indbetal bijgeschr bijschrijv bij$ einnahm eingang zugang haber kredit$
        pano$ tulo received inbound ontvang entrad credito$ crediti$ acreedor
        habet ingres inflow""",
    "out": """
        debit$ debits$ debited debet$ withdraw soll$ lastschrift belast cargo gasto uscit addebit
        dare$ depense decaiss obciaz wyplyw wyplat vydaj vydej odchoz uttag uttak ut$ udbetal
        afgeschr afschrijv af$ ausgab ausgang abgang debe$ debito$ debiti$ deudor spent outgoing
        outbound uitgaand saida salida menot outflow incasso
        prelev domicil adeudo""",
    "fee": "fee$ fees$ charges$ entgelt gebuhr gebuehr kosten frais comision commissi prowizj "
    "poplat avgift gebyr provision",
    "currency": "currency ccy$ wahrung waehrung devise divisa moneda mena$ walut valuut munt$ "
    "muntsoort valutakod valutta curr$ iso",
    "balance": "balance bal$ saldo saldi$ solde zustat zostat kontostand egyenleg stand$ bakiye "
    "restsaldo",
    "from": """
        payer payor remitter sender ordering originator auftraggeb zahlungspflicht zahler absender
        ordenant ordinant emisor emitent emittent donneur emetteur debiteur opdrachtgev betaler
        nadawc zleceniodawc odesilatel odosielatel platce platca avsandar avsender afsender
        indbetaler maksaja debtor debitor drawer einzahler pagador ordonnateur zahlungsgeber""",
    "party": """
        counterpart counter$ merchant customer client contact partner tegenpartij tegenrek
        contrepart contrapart contropart protistran protiuct kontrahent gegenpartei gegenkonto
        geschaftspartner modpart motpart vastapuol tiers$ cliente kunde$ klant$ zakaznik maksja
        zahlungsbeteiligt zahlungspartner asiakas debnom protiucet""",
    "name": "name$ names$ named nom$ naam$ nombre namn$ navn$ nazwa$ nazev$ nazov$ nimi$ nome$ "
    "nominativo razon",
    "to": """
        payee beneficiar beneficiair recipient empfang empfaeng begunstig beguenstig destinat
        odbiorc prijemc mottag mottaker modtager saaja receiver creditor kreditor zahlungsempf
        ontvanger betaald""",
    "account": "account acct$ konto kontonr rekening rek$ compte cuenta conto$ ucet uctu$ rachun "
    "tili$ tilinumero iban bban rib$ szamla gegenkonto$ tegenrekening$ protiucet$",
    "other": "other$ opposing andere$ autre altro otro annan",
    "text": """
        desc detail detal text memo$ narrat particular note$ notes$ remark messag
        meddel mededel omschr commun libell motif objet$ concept causal opis$ tytul title popis
        zprav poznam viesti viite selite selity tekst$ verwend zweck vorgang referen refer$
        ref$ mitteil zahlungszw purpose
        informa info$ observ betreff bericht kommentar comment motivo subject betalningsm
        wiadomosc ustedy besked betalingsid kozlemeny anmerk notiz leyenda glosa uzenet""",
    "status": "status$ state$ stav$ statut$ estado$ etat$ stato$ tila$ tilstand$ estatus$ zustand$",
    "foreign": "original orig$ foreign fremd local$ ursprung oorspronk devises zahranic instructed",
    "rate": "rate$ kurs$ taux koers kurz$ tasa$ tasso cambio wechselkurs umrechnung exchange$",
    "card": "card$ cards$ karte$ kartennummer kreditkart carte$ tarjeta carta$ kort$ karta$ karty$ "
    "kortti luottokort cardmember cardholder creditcard kaart$ kaartnummer",
    "number": "no$ nr$ number num$ numero nummer id$ cislo code$ key$ hash$ type$ typ$ art$ tipo$",
}
_MOST_WORDS: Final = 7
"""A longer cell is a sentence, not a heading."""
_ENDS: Final[dict[str, tuple[str, ...]]] = {
    "day": ("datum", "dag", "tag", "dato", "paiva"),
    "money": ("betrag", "belopp", "belob", "belop", "bedrag"),
    "text": ("text", "tekst", "zweck"),
    "name": ("name", "naam", "navn", "namn"),
    "balance": ("saldo",),
    "currency": ("wahrung", "valuta"),
}
"""How the compounds of German, Dutch and the Nordic languages end."""


def _stems(words: str) -> tuple[tuple[str, bool], ...]:
    return tuple((word.rstrip("$"), word.endswith("$")) for word in words.split())


_FOUND: Final = {kind: _stems(words) for kind, words in _STEMS.items()}


def meanings(plain: str) -> frozenset[str]:
    """Return what the words of a plain heading mean.

    >>> sorted(meanings("name of the ordering customer"))
    ['from', 'name', 'party']
    """
    found = set()
    for word in re.findall(r"[a-z]+", plain):
        for kind, stems in _FOUND.items():
            if any(word == stem if whole else word.startswith(stem) for stem, whole in stems):
                found.add(kind)
        found |= {kind for kind, ends in _ENDS.items() if word.endswith(ends) and word not in ends}
    return frozenset(found)


def role_by_words(plain: str) -> str:
    """Return the role that the words of a heading name; "" for none or several.

    >>> role_by_words("deposit amount"), role_by_words("nom du donneur d ordre")
    ('credit', 'payer')
    >>> role_by_words("due date"), role_by_words("card number")
    ('', '')
    """
    if len(plain.split()) > _MOST_WORDS or any(map(str.isdigit, plain)):
        return ""
    said = meanings(plain)
    if "status" in said:
        return "status"
    if "card" in said or ("late" in said and "day" in said):
        return ""
    if "foreign" in said and said & {"money", "currency"}:
        return "original_currency" if "currency" in said else "original_amount"
    if "rate" in said:
        return "rate"
    return _party(said) or _money(said) or _day(said) or ("text" if "text" in said else "")


def _party(said: frozenset[str]) -> str:
    who = said & {"from", "party", "to"}
    if not who and "other" in said and said & {"account", "name"}:
        who = frozenset({"party"})
    if not who or said & {"money", "day", "text", "balance"}:
        return ""
    if said & {"account", "number"} and "name" not in said:
        return "iban" if "account" in said else ""
    return "payee" if who == {"to"} else "payer"


def _money(said: frozenset[str]) -> str:
    if "balance" in said:
        return "balance"
    if {"in", "out"} <= said:
        return "amount" if "money" in said else "flag"
    if "text" in said or said & {"day", "number"}:
        return ""
    for kind, role in (("in", "credit"), ("out", "debit"), ("fee", "charges"), ("money", "amount")):
        if kind in said and "account" not in said:
            return role
    return "currency" if "currency" in said else ""


def _day(said: frozenset[str]) -> str:
    if "day" not in said:
        return ""
    return "valued" if "valued" in said else "booked"

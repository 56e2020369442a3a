"""Bookings as DATEV's booking batch (EXTF, Buchungsstapel, version 13).

Source: the public description of the DATEV format: a line that describes the batch (31 fields), a
line of column names (125), a line for each booking; Windows-1252, semicolons, decimal comma, days
as DDMM within the period. An amount has no sign: S or H says on which side of *Konto* it stands.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.ledger.postings import Posting
from sheetrecord.core.reconcile.text.normalise import fold
from sheetrecord.formats.finance.journal_files import BookedPosting, narrated
from sheetrecord.model.money import to_major

_VERSION: Final = (700, 21, "Buchungsstapel", 13)
_INFO, _MORE = range(1, 9), range(1, 21)
COLUMNS: Final = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz",
    "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum",
    "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre",
    "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre", "Beleglink",
    *(f"Beleginfo - {part} {n}" for n in _INFO for part in ("Art", "Inhalt")),
    "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)",
    "EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart", "Sachverhalt L+L",
    "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer",
    "BU 49 Funktionsergänzung",
    *(f"Zusatzinformation - {part} {n}" for n in _MORE for part in ("Art", "Inhalt")),
    "Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr",
    "Zugeordnete Fälligkeit", "Skontotyp", "Auftragsnummer", "Buchungstyp",
    "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)",
    "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz", "Buchungs GUID",
    "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername",
    "Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer", "Postensperre bis",
    "Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung",
    "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)",
    "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position", "EU-Land u. UStID (Ursprung)",
    "EU-Steuersatz (Ursprung)", "Abw. Skontokonto",
)  # fmt: skip
_TEXT: Final = 60
_REFERENCE: Final = 36
_NOT_IN_REFERENCE: Final = re.compile(r"[^A-Za-z0-9$%&*+\-/]")
_RUNS_AS_FORMULA: Final = "=+-@\t\r|"


class DatevBatch(NamedTuple):
    """What the first line says: who, whose, which fiscal year, how long accounts are, when."""

    consultant: int
    client: int
    year_begins: dt.date
    account_length: int
    first: dt.date
    last: dt.date
    made_on: dt.date
    currency: str


def booking_batch(batch: DatevBatch, found: Iterable[BookedPosting]) -> bytes:
    """Return the file; what Windows-1252 cannot hold is written without its accents."""
    lines = [_head(batch), ";".join(COLUMNS), *(_row(one) for one in found)]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def alike(found: Sequence[Posting]) -> Iterator[tuple[str, str]]:
    """Yield pairs of different invoice numbers that are one in *Belegfeld 1*."""
    seen: dict[str, str] = {}
    for one in found:
        other = seen.setdefault(reference(one.reference), one.reference)
        if other != one.reference:
            yield other, one.reference


def reference(number: str) -> str:
    """Return an invoice number as *Belegfeld 1* takes it.

    >>> reference("INV 7.2"), reference("=1+1"), reference("RE-2026/001")
    ('INV72', '1+1', 'RE-2026/001')
    """
    return _NOT_IN_REFERENCE.sub("", _plain(number)).lstrip(_RUNS_AS_FORMULA)[:_REFERENCE]


def fits(account: str, length: int, *, personal: bool) -> bool:
    """Return whether a text is an account's number: a debtor's has one digit more.

    >>> fits("1200", 4, personal=False), fits("10001", 4, personal=True), fits("Bank", 4, \
personal=False)
    (True, True, False)
    """
    digits = account.isascii() and account.isdigit() and account.strip("0") != ""
    most = length + 1 if personal else length
    return digits and len(account) <= most


def _head(batch: DatevBatch) -> str:
    version, category, name, form = _VERSION
    made = f"{batch.made_on:%Y%m%d}000000000"
    period = [f"{day:%Y%m%d}" for day in (batch.first, batch.last)]
    fields = [
        '"EXTF"', version, category, f'"{name}"', form, made, "", '"SR"', '""', '""',
        batch.consultant, batch.client, f"{batch.year_begins:%Y%m%d}", batch.account_length,
        *period, f'"{period[0][:6]} sheetrecord"', '""', 1, 0, 0, f'"{batch.currency}"',
        "", '""', "", "", '""', "", "", '""', '""',
    ]  # fmt: skip
    return ";".join(map(str, fields))


def _row(found: BookedPosting) -> str:
    one = found.posting
    amount = f"{to_major(one.amount, one.currency):.2f}".replace(".", ",")
    fields = [
        amount, '"S"', f'"{one.currency}"', "", "", "", found.debit, found.credit, "",
        f"{one.on:%d%m}", _quoted(reference(one.reference)), "", "", _quoted(_said(one)),
    ]  # fmt: skip
    return ";".join([*fields, *[""] * (len(COLUMNS) - len(fields))])


def _said(one: Posting) -> str:
    return _plain(narrated(one)).lstrip(_RUNS_AS_FORMULA)[:_TEXT].rstrip()


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _plain(text: str) -> str:
    """Return a text in one line, of characters that Windows-1252 has."""
    line = " ".join(text.split())
    return "".join(c if _holds(c) else _without_accent(c) for c in line)


def _without_accent(character: str) -> str:
    flat = unicodedata.normalize("NFKD", character)
    if not any(map(_holds, flat)):
        flat = fold(character) if character.isupper() else fold(character).lower()
    return "".join(filter(_holds, flat)) or "?"


def _holds(character: str) -> bool:
    try:
        return bool(character.encode("cp1252"))
    except UnicodeEncodeError:
        return False

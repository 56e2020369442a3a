"""The letters of a dunning list in five languages: three steps, each said plainly."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.controls.dunning import LateInvoice, Reminder
from sheetrecord.model.money import to_major

LANGUAGES: Final = ("en", "de", "es", "fr", "el")


class _Texts(NamedTuple):
    """One language: subject and opening by step, the row of an invoice, the closing."""

    subjects: tuple[str, str, str]
    openings: tuple[str, str, str]
    row: str
    total: str
    closings: tuple[str, str, str]
    crossed: str
    greeting: str
    farewell: str
    decimal: str
    day: str


_TEXTS: Final[Mapping[str, _Texts]] = {
    "en": _Texts(
        ("Payment reminder", "Second reminder", "Last reminder"),
        (
            "Perhaps it escaped you: by our books the following is still open.",
            "We wrote to you about the following, which by our books is still open.",
            "In spite of our reminders the following is, by our books, still open.",
        ),
        "Invoice {number} of {issued}, due {due} ({days} days ago): {amount}",
        "In all: {amount}",
        (
            "Please pay it in the next days, or tell us if something is not right with it.",
            "Please pay it within seven days, or tell us today what keeps you from it.",
            "Please pay it within seven days. Otherwise we have to take further steps.",
        ),
        "If your payment has crossed this letter, please disregard it.",
        "Dear {client},",
        "Kind regards",
        ".",
        "%d %b %Y",
    ),
    "de": _Texts(
        ("Zahlungserinnerung", "Zweite Mahnung", "Letzte Mahnung"),
        (
            "vielleicht ist es Ihnen entgangen: nach unseren Büchern ist noch offen:",
            "wir haben Sie bereits erinnert; nach unseren Büchern ist weiterhin offen:",
            "trotz unserer Erinnerungen ist nach unseren Büchern weiterhin offen:",
        ),
        "Rechnung {number} vom {issued}, fällig am {due} (seit {days} Tagen): {amount}",
        "Zusammen: {amount}",
        (
            (
                "Bitte überweisen Sie den Betrag in den nächsten Tagen, oder sagen Sie uns, was daran "
                "nicht stimmt."
            ),
            (
                "Bitte überweisen Sie den Betrag binnen sieben Tagen, oder sagen Sie uns noch heute, "
                "was Sie daran hindert."
            ),
            (
                "Bitte überweisen Sie den Betrag binnen sieben Tagen. Sonst müssen wir weitere "
                "Schritte einleiten."
            ),
        ),
        "Hat sich Ihre Zahlung mit diesem Schreiben gekreuzt, betrachten Sie es als erledigt.",
        "Guten Tag {client},",
        "Freundliche Grüße",
        ",",
        "%d.%m.%Y",
    ),
    "es": _Texts(
        ("Recordatorio de pago", "Segundo recordatorio", "Último recordatorio"),
        (
            "quizá se les haya pasado: según nuestros libros sigue pendiente lo siguiente.",
            "ya les escribimos sobre lo siguiente, que según nuestros libros sigue pendiente.",
            "a pesar de nuestros recordatorios, según nuestros libros sigue pendiente:",
        ),
        "Factura {number} del {issued}, vencida el {due} (hace {days} días): {amount}",
        "En total: {amount}",
        (
            (
                "Les rogamos que la paguen en los próximos días, o que nos digan si algo no es "
                "correcto."
            ),
            "Les rogamos que la paguen en siete días, o que nos digan hoy mismo qué lo impide.",
            (
                "Les rogamos que la paguen en siete días. De lo contrario tendremos que tomar otras "
                "medidas."
            ),
        ),
        "Si su pago se ha cruzado con esta carta, no la tengan en cuenta.",
        "Estimados señores de {client}:",
        "Un cordial saludo",
        ",",
        "%d/%m/%Y",
    ),
    "fr": _Texts(
        ("Rappel de paiement", "Deuxième rappel", "Dernier rappel"),
        (
            "peut-être cela vous a-t-il échappé : selon nos livres, il reste dû ce qui suit.",
            "nous vous avons déjà écrit au sujet de ce qui suit, qui reste dû selon nos livres.",
            "malgré nos rappels, il reste dû, selon nos livres, ce qui suit.",
        ),
        "Facture {number} du {issued}, échue le {due} (il y a {days} jours) : {amount}",
        "En tout : {amount}",
        (
            "Merci de la régler ces prochains jours, ou de nous dire ce qui n'est pas correct.",
            "Merci de la régler sous sept jours, ou de nous dire aujourd'hui ce qui l'empêche.",
            (
                "Merci de la régler sous sept jours. À défaut, nous devrons engager d'autres "
                "démarches."
            ),
        ),
        "Si votre paiement a croisé cette lettre, veuillez ne pas en tenir compte.",
        "Madame, Monsieur ({client}),",
        "Cordialement",
        ",",
        "%d/%m/%Y",
    ),
    "el": _Texts(
        ("Υπενθύμιση πληρωμής", "Δεύτερη υπενθύμιση", "Τελευταία υπενθύμιση"),
        (
            "ίσως σας διέφυγε: σύμφωνα με τα βιβλία μας εκκρεμούν ακόμη τα εξής.",
            "σας έχουμε ήδη γράψει για τα εξής, που σύμφωνα με τα βιβλία μας εκκρεμούν ακόμη.",
            "παρά τις υπενθυμίσεις μας, σύμφωνα με τα βιβλία μας εκκρεμούν ακόμη τα εξής.",
        ),
        "Τιμολόγιο {number} της {issued}, με λήξη {due} (πριν από {days} ημέρες): {amount}",
        "Συνολικά: {amount}",
        (
            "Παρακαλούμε να εξοφληθεί τις επόμενες ημέρες, ή πείτε μας αν κάτι δεν είναι σωστό.",
            "Παρακαλούμε να εξοφληθεί σε επτά ημέρες, ή πείτε μας σήμερα τι το εμποδίζει.",
            (
                "Παρακαλούμε να εξοφληθεί σε επτά ημέρες. Διαφορετικά θα πρέπει να προχωρήσουμε σε "
                "περαιτέρω ενέργειες."
            ),
        ),
        "Αν η πληρωμή σας διασταυρώθηκε με την επιστολή αυτή, μην τη λάβετε υπόψη.",
        "Αγαπητοί κύριοι και κυρίες της {client},",
        "Με εκτίμηση",
        ",",
        "%d/%m/%Y",
    ),
}


def letter(reminder: Reminder, language: str) -> str:
    """Return a letter for a reminder: subject, then text. It is not sent by anybody."""
    texts, step = _TEXTS[language], reminder.step - 1
    rows = [_row(invoice, reminder.currency, texts) for invoice in reminder.invoices]
    if len(rows) > 1:
        rows.append(texts.total.format(amount=_amount(reminder.total, reminder.currency, texts)))
    return "\n".join(
        (
            texts.subjects[step],
            "",
            texts.greeting.format(client=reminder.client),
            "",
            texts.openings[step],
            "",
            *(f"- {row}" for row in rows),
            "",
            f"{texts.closings[step]} {texts.crossed}",
            "",
            texts.farewell,
        )
    )


def _row(invoice: LateInvoice, currency: str, texts: _Texts) -> str:
    return texts.row.format(
        number=invoice.number,
        issued=_day(invoice.issued, texts),
        due=_day(invoice.due, texts),
        days=invoice.days,
        amount=_amount(invoice.open, currency, texts),
    )


def _day(day: dt.date, texts: _Texts) -> str:
    return day.strftime(texts.day)


def _amount(minor: int, currency: str, texts: _Texts) -> str:
    """Return an amount as the language writes it: ``1.190,00 EUR``."""
    text = f"{to_major(minor, currency):,}"
    if texts.decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {currency}"

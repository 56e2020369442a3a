"""The few words that a promotion writes into cells, in the workbook's language."""

from collections.abc import Mapping
from typing import Final

_EN: Final = {
    "ask": "Ask: {what}",
    "decide": "Decide: {what}",
    "check": "Check: {what}",
    "wrong": "Not as handed over: {what}",
    "waived": "Let pass by {who}: {what}",
    "deadline": "The date that matters: {what}",
    "late": "Planned {days} days after the date that matters, {day}.",
    "late_why": "Planned {days} days after the date that matters, {day}: {driver}.",
    "at_risk": "Work begins before the signature, let pass by {who} until {day}: {why}",
    "clocks": "Contract ends {end}; the date that matters is {day}.",
    "reopened": "Reopened: the deal is {stage} again.",
    "from_deal": "from {deal}",
    "reconfirm": "From {deal}: to re-confirm.",
    "final": "{what}: acceptance",
}
_DE: Final = {
    "ask": "Fragen: {what}",
    "decide": "Entscheiden: {what}",
    "check": "Prüfen: {what}",
    "wrong": "Nicht wie übergeben: {what}",
    "waived": "Durchgelassen von {who}: {what}",
    "deadline": "Der Tag, auf den es ankommt: {what}",
    "late": "Geplant {days} Tage nach dem Tag, auf den es ankommt, {day}.",
    "late_why": "Geplant {days} Tage nach dem Tag, auf den es ankommt, {day}: {driver}.",
    "at_risk": "Arbeit beginnt vor der Unterschrift, durchgelassen von {who} bis {day}: {why}",
    "clocks": "Vertragsende {end}; der Tag, auf den es ankommt, ist {day}.",
    "reopened": "Wieder offen: Das Geschäft steht auf {stage}.",
    "from_deal": "aus {deal}",
    "reconfirm": "Aus {deal}: neu zu bestätigen.",
    "final": "{what}: Abnahme",
}
_ES: Final = {
    "ask": "Preguntar: {what}",
    "decide": "Decidir: {what}",
    "check": "Comprobar: {what}",
    "wrong": "No es como se entregó: {what}",
    "waived": "Dejado pasar por {who}: {what}",
    "deadline": "La fecha que importa: {what}",
    "late": "Previsto {days} días después de la fecha que importa, {day}.",
    "late_why": "Previsto {days} días después de la fecha que importa, {day}: {driver}.",
    "at_risk": "El trabajo empieza antes de la firma, autorizado por {who} hasta {day}: {why}",
    "clocks": "El contrato termina el {end}; la fecha que importa es el {day}.",
    "reopened": "Reabierto: el negocio vuelve a estar en {stage}.",
    "from_deal": "de {deal}",
    "reconfirm": "De {deal}: por volver a confirmar.",
    "final": "{what}: aceptación",
}
_FR: Final = {
    "ask": "Demander : {what}",
    "decide": "Décider : {what}",
    "check": "Vérifier : {what}",
    "wrong": "Pas comme transmis : {what}",
    "waived": "Accepté par {who} : {what}",
    "deadline": "La date qui compte : {what}",
    "late": "Prévu {days} jours après la date qui compte, le {day}.",
    "late_why": "Prévu {days} jours après la date qui compte, le {day} : {driver}.",
    "at_risk": "Le travail commence avant la signature, accepté par {who} jusqu'au {day} : {why}",
    "clocks": "Le contrat finit le {end} ; la date qui compte est le {day}.",
    "reopened": "Rouvert : l'affaire est de nouveau à {stage}.",
    "from_deal": "de {deal}",
    "reconfirm": "De {deal} : à reconfirmer.",
    "final": "{what} : réception",
}

WORDS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}


def say(language: str, name: str, **parts: object) -> str:
    """Return a sentence in a language; English for one that does not ship.

    >>> say("de", "decide", what="Schulung")
    'Entscheiden: Schulung'
    """
    return WORDS.get(language, _EN)[name].format_map(parts)

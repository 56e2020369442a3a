"""The words of the calendar feed, in the languages that ship."""

from collections.abc import Mapping
from typing import Final

_EN: Final = {
    "all": "Real deadlines and promises",
    "lead": "Real deadlines and promises: {lead}",
    "deadline": "Real deadline",
    "promise": "Promised",
    "duty": "The client owes",
    "step": "Next step",
    "reminder": "To settle",
    "led_by": "Delivered by: {lead}",
    "contract_ends": "The contract ends on {day}.",
    "said_by": "Said by: {who}",
    "source": "Written down in: {where}",
    "unread": "Nobody can read these cells, so their days are missing here: {cells}",
}
_DE: Final = {
    "all": "Wirkliche Termine und Zusagen",
    "lead": "Wirkliche Termine und Zusagen: {lead}",
    "deadline": "Wirklicher Termin",
    "promise": "Zugesagt",
    "duty": "Der Kunde schuldet",
    "step": "Nächster Schritt",
    "reminder": "Zu klären",
    "led_by": "Umgesetzt von: {lead}",
    "contract_ends": "Der Vertrag endet am {day}.",
    "said_by": "Gesagt von: {who}",
    "source": "Festgehalten in: {where}",
    "unread": "Diese Zellen sind nicht lesbar, ihre Tage fehlen hier: {cells}",
}
_ES: Final = {
    "all": "Fechas reales y promesas",
    "lead": "Fechas reales y promesas: {lead}",
    "deadline": "Fecha real",
    "promise": "Prometido",
    "duty": "El cliente debe",
    "step": "Próximo paso",
    "reminder": "Por resolver",
    "led_by": "Lo realiza: {lead}",
    "contract_ends": "El contrato termina el {day}.",
    "said_by": "Lo dijo: {who}",
    "source": "Consta en: {where}",
    "unread": "Estas celdas no se pueden leer; sus días faltan aquí: {cells}",
}
_FR: Final = {
    "all": "Vraies échéances et promesses",
    "lead": "Vraies échéances et promesses : {lead}",
    "deadline": "Vraie échéance",
    "promise": "Promis",
    "duty": "Le client doit",
    "step": "Prochaine étape",
    "reminder": "À régler",
    "led_by": "Réalisé par : {lead}",
    "contract_ends": "Le contrat se termine le {day}.",
    "said_by": "Dit par : {who}",
    "source": "Consigné dans : {where}",
    "unread": "Ces cellules sont illisibles ; leurs jours manquent ici : {cells}",
}
FEED: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}

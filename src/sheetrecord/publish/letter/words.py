"""The words of the letter to the client, in the languages that ship."""

from collections.abc import Mapping
from typing import Final

_EN: Final = {
    "subject": "What we understood: {deal}",
    "hello": "Dear {who},",
    "intro": (
        "before we sign, here is what we understood, in your words. Please tell us what "
        "is not right."
    ),
    "included": "This is included",
    "partly": "in part",
    "excluded": "This is not included",
    "extra": "This costs extra",
    "about_hours": "about {hours} h",
    "next_phase": "This is for a next phase",
    "open": "This is still to be agreed",
    "assumed": "We take for granted",
    "duties": "This is what we need from you",
    "dates": "The dates that matter to you",
    "clause": "clause {clause}",
    "by_day": "by {day}",
    "close": "Is that right? A short reply is enough.",
    "regards": "Kind regards",
}
_DE: Final = {
    "subject": "Was wir verstanden haben: {deal}",
    "hello": "Guten Tag {who},",
    "intro": (
        "vor der Unterschrift schreiben wir auf, was wir verstanden haben, in Ihren "
        "Worten. Bitte sagen Sie uns, was nicht stimmt."
    ),
    "included": "Das ist enthalten",
    "partly": "teilweise",
    "excluded": "Das ist nicht enthalten",
    "extra": "Das kostet zusätzlich",
    "about_hours": "etwa {hours} Std.",
    "next_phase": "Das kommt in einer nächsten Phase",
    "open": "Das ist noch zu vereinbaren",
    "assumed": "Davon gehen wir aus",
    "duties": "Das brauchen wir von Ihnen",
    "dates": "Die Termine, die für Sie zählen",
    "clause": "Ziffer {clause}",
    "by_day": "bis {day}",
    "close": "Stimmt das so? Eine kurze Antwort genügt.",
    "regards": "Mit freundlichen Grüßen",
}
_ES: Final = {
    "subject": "Lo que hemos entendido: {deal}",
    "hello": "Hola, {who}:",
    "intro": (
        "antes de firmar, esto es lo que hemos entendido, en sus palabras. Díganos, por "
        "favor, qué no es así."
    ),
    "included": "Esto está incluido",
    "partly": "en parte",
    "excluded": "Esto no está incluido",
    "extra": "Esto tiene un coste adicional",
    "about_hours": "unas {hours} h",
    "next_phase": "Esto queda para una fase siguiente",
    "open": "Esto está aún por acordar",
    "assumed": "Damos por supuesto",
    "duties": "Esto es lo que necesitamos de ustedes",
    "dates": "Las fechas que les importan",
    "clause": "cláusula {clause}",
    "by_day": "para el {day}",
    "close": "¿Es así? Basta una respuesta breve.",
    "regards": "Un saludo",
}
_FR: Final = {
    "subject": "Ce que nous avons compris : {deal}",
    "hello": "Bonjour {who},",
    "intro": (
        "avant de signer, voici ce que nous avons compris, dans vos mots. Dites-nous, "
        "s'il vous plaît, ce qui n'est pas juste."
    ),
    "included": "Ceci est inclus",
    "partly": "en partie",
    "excluded": "Ceci n'est pas inclus",
    "extra": "Ceci est en supplément",
    "about_hours": "environ {hours} h",
    "next_phase": "Ceci est pour une phase suivante",
    "open": "Ceci reste à convenir",
    "assumed": "Nous tenons pour acquis",
    "duties": "Ce dont nous avons besoin de vous",
    "dates": "Les dates qui comptent pour vous",
    "clause": "clause {clause}",
    "by_day": "pour le {day}",
    "close": "Est-ce juste ? Une courte réponse suffit.",
    "regards": "Cordialement",
}
LETTER: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}

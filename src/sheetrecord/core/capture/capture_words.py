"""The words of the sheet Capture in every language that ships, and what people type there."""

from functools import cache
from typing import Final

from sheetrecord.core.capture.folding import key
from sheetrecord.schema.packs import LANGUAGES

FIELDS: Final = (
    *("decision", "kind", "text", "date", "person", "quote", "said_by", "said_on", "side"),
    *("verdict", "share", "source", "deal", "included", "via", "cue", "id"),
)
"""The columns of the sheet, in the order in which a new one has them."""

_LINES: Final = {
    "title": ("Capture", "Erfasst", "Capturas", "Captures"),
    "headline": (
        "What was written and said, to be decided",
        "Was geschrieben und gesagt wurde, zu entscheiden",
        "Lo que se escribió y se dijo, por decidir",
        "Ce qui a été écrit et dit, à décider",
    ),
    "about": (
        "Choose accept or decline, change kind, text, date or person where they are wrong, and save; the next "
        "sheetrecord capture carries it out.",
        "Übernehmen oder ablehnen wählen, Art, Text, Datum oder Person ändern, wo sie nicht stimmen, und speichern; "
        "das nächste sheetrecord capture führt es aus.",
        "Elija aceptar o rechazar, cambie tipo, texto, fecha o persona si no son correctos y guarde; el próximo "
        "sheetrecord capture lo lleva a cabo.",
        "Choisir accepter ou refuser, changer genre, texte, date ou personne s'ils sont faux, et enregistrer ; le "
        "prochain sheetrecord capture l'exécute.",
    ),
    "decision": ("Decision", "Entscheidung", "Decisión", "Décision"),
    "kind": ("Kind", "Art", "Tipo", "Genre"),
    "text": ("Text", "Text", "Texto", "Texte"),
    "date": ("Date", "Datum", "Fecha", "Date"),
    "person": ("Person", "Person", "Persona", "Personne"),
    "quote": ("Quote", "Wortlaut", "Cita", "Citation"),
    "said_by": ("Said by", "Gesagt von", "Dicho por", "Dit par"),
    "said_on": ("Said on", "Gesagt am", "Dicho el", "Dit le"),
    "side": ("Side", "Seite", "Lado", "Côté"),
    "verdict": ("In the record", "Im Bestand", "En el registro", "Au registre"),
    "share": ("Share", "Teilen", "Compartir", "Partage"),
    "source": ("Source", "Quelle", "Fuente", "Source"),
    "deal": ("Deal ID", "Auftrags-ID", "ID de la venta", "ID de l'affaire"),
    "included": ("Included", "Enthalten", "Incluido", "Inclus"),
    "via": ("Via", "Über", "Por", "Par"),
    "cue": ("Cue", "Hinweis", "Indicio", "Indice"),
    "id": ("Id", "Kennung", "Clave", "Clé"),
    "accept": ("accept", "übernehmen", "aceptar", "accepter"),
    "decline": ("decline", "ablehnen", "rechazar", "refuser"),
    "yes": ("yes", "ja", "sí", "oui"),
    "no": ("no", "nein", "no", "non"),
    "us": ("us", "wir", "nosotros", "nous"),
    "client": ("client", "Kunde", "cliente", "client"),
    "unknown": ("unknown", "unbekannt", "desconocido", "inconnu"),
    "internal": ("internal", "intern", "interno", "interne"),
    "new": ("new", "neu", "nuevo", "nouveau"),
    "known": ("known", "bekannt", "conocido", "connu"),
    "adds": ("adds to", "ergänzt", "completa", "complète"),
    "contradicts": ("contradicts", "widerspricht", "contradice", "contredit"),
    "real_deadline": ("real deadline", "echter Termin", "fecha límite real", "vraie échéance"),
    "promise": ("promise", "Zusage", "promesa", "promesse"),
    "scope_assumed": ("taken as included", "als enthalten angenommen", "dado por incluido", "supposé inclus"),
    "why_us": ("why us", "warum wir", "por qué nosotros", "pourquoi nous"),
    "alternative": ("alternative", "Alternative", "alternativa", "alternative"),
    "pressure": ("pressure", "Druck", "presión", "pression"),
    "success_personal": ("personal success", "persönlicher Erfolg", "éxito personal", "réussite personnelle"),
    "stakeholder_pushback": ("pushback", "Widerstand", "oposición", "opposition"),
    "decision_process": ("decision process", "Entscheidungsweg", "proceso de decisión", "processus de décision"),
    "budget": ("budget", "Budget", "presupuesto", "budget"),
    "constraint": ("constraint", "Vorgabe", "restricción", "contrainte"),
    "person_role": ("person", "Person", "persona", "personne"),
    "money": ("money", "Betrag", "importe", "montant"),
}  # fmt: skip


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of a language by what they mean."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {name: told[place] for name, told in _LINES.items()}


@cache
def _meanings(among: tuple[str, ...]) -> dict[str, str]:
    return {key(text): name for name in among for text in (*_LINES[name], name)}


def meaning(text: object, *among: str) -> str:
    """Return which of some words a cell says, in any language; "" for none.

    >>> meaning("Übernehmen", "accept", "decline")
    'accept'
    """
    return _meanings(among).get(key(str(text or "")), "")


def headlines() -> set[str]:
    """Return the first line of the sheet in each language."""
    return set(_LINES["headline"])

"""Why a change is planned, in other languages than English.

Who plans an edit says why in English (`model.edit`); whoever shows it to people says it here in
the language of the workbook. A reason that nobody translated, such as a plug-in's, stays.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from sheetrecord.schema.packs import LANGUAGES

REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "closed by this command": (
        "von diesem Befehl abgeschlossen",
        "cerrado por este comando",
        "conclue par cette commande",
    ),
    "offered to ops": (
        "der Projektleitung angeboten",
        "ofrecido al equipo de proyecto",
        "proposée à l'équipe projet",
    ),
    "the clock starts": ("die Uhr läuft", "empieza a contar", "le délai commence"),
    "accepted by ops": (
        "von der Projektleitung angenommen",
        "aceptado por el equipo de proyecto",
        "acceptée par l'équipe projet",
    ),
    "returned by ops": (
        "von der Projektleitung zurückgegeben",
        "devuelto por el equipo de proyecto",
        "renvoyée par l'équipe projet",
    ),
    "why it was returned": (
        "warum zurückgegeben",
        "por qué se devolvió",
        "pourquoi elle est renvoyée",
    ),
    "what is missing": ("was fehlt", "qué falta", "ce qui manque"),
    "the kickoff was held": (
        "der Auftakt hat stattgefunden",
        "la reunión de arranque se celebró",
        "la réunion de lancement a eu lieu",
    ),
    "confirmed by ops": (
        "von der Projektleitung bestätigt",
        "confirmado por el equipo de proyecto",
        "confirmé par l'équipe projet",
    ),
    "it is otherwise": ("es verhält sich anders", "es de otro modo", "il en est autrement"),
    "reopened": ("wieder geöffnet", "reabierto", "rouverte"),
    "the date behind it changed": (
        "das Datum dahinter hat sich geändert",
        "cambió la fecha de la que depende",
        "la date dont cela dépend a changé",
    ),
    "no further than what the date comes from": (
        "nicht weiter als das, woher das Datum kommt",
        "no más allá de aquello de donde viene la fecha",
        "pas plus loin que ce dont vient la date",
    ),
    "from the reason in Deal": (
        "aus der Begründung beim Auftrag",
        "del motivo indicado en la venta",
        "de la raison donnée dans l'affaire",
    ),
    "who sold it says so": (
        "das sagt, wer verkauft hat",
        "lo dice quien lo vendió",
        "c'est le vendeur qui le dit",
    ),
    "said at the handover": (
        "bei der Übergabe gesagt",
        "dicho en el traspaso",
        "dit à la passation",
    ),
    "due on signature": (
        "fällig mit der Unterschrift",
        "exigible con la firma",
        "dû à la signature",
    ),
    "it is signed": ("es ist unterschrieben", "está firmado", "c'est signé"),
    "the waiver ends": ("der Erlass endet", "la dispensa termina", "la dispense prend fin"),
    "the waiver of the others ends": (
        "der Erlass der anderen endet",
        "la dispensa de los demás termina",
        "la dispense des autres prend fin",
    ),
    "one summary for each phase": (
        "ein Überblick für jede Phase",
        "un resumen por cada fase",
        "un résumé par phase",
    ),
    "this fee line waits for it": (
        "diese Honorarzeile wartet darauf",
        "esta línea de honorarios lo espera",
        "cette ligne d'honoraires l'attend",
    ),
    "the milestone that makes it due": (
        "der Meilenstein, mit dem sie fällig wird",
        "el hito que la hace exigible",
        "le jalon qui la rend exigible",
    ),
    "the row that keeps the promise": (
        "die Zeile, in der die Zusage eingelöst wird",
        "la fila que cumple la promesa",
        "la ligne qui tient la promesse",
    ),
    "the date that really matters": (
        "der Tag, auf den es wirklich ankommt",
        "la fecha que importa de verdad",
        "la date qui compte vraiment",
    ),
    "nobody knows it yet": (
        "das weiß noch niemand",
        "nadie lo sabe todavía",
        "personne ne le sait encore",
    ),
    "let pass, so ops must know": (
        "erlassen, also muss die Projektleitung es wissen",
        "dispensado, así que el equipo de proyecto debe saberlo",
        "dispensé, donc l'équipe projet doit le savoir",
    ),
    "let pass": ("erlassen", "dispensado", "dispensé"),
    "a date was promised": (
        "ein Termin wurde zugesagt",
        "se prometió una fecha",
        "une date a été promise",
    ),
    "handed over as an open question": (
        "als offene Frage übergeben",
        "traspasado como pregunta abierta",
        "transmis comme question ouverte",
    ),
    "from the fee template {name}": (
        "aus der Honorarvorlage {name}",
        "de la plantilla de honorarios {name}",
        "du modèle d'honoraires {name}",
    ),
    "the agreed amount changed": (
        "der vereinbarte Betrag hat sich geändert",
        "cambió el importe acordado",
        "le montant convenu a changé",
    ),
    "a person of the earlier deal, to re-confirm": (
        "eine Person aus dem früheren Auftrag, neu zu bestätigen",
        "una persona de la venta anterior, por reconfirmar",
        "une personne de l'affaire précédente, à reconfirmer",
    ),
    "captured: {source}": ("festgehalten: {source}", "anotado: {source}", "noté : {source}"),
    "it stands in the contract": (
        "es steht im Vertrag",
        "está en el contrato",
        "c'est dans le contrat",
    ),
    "where it stands": ("wo es steht", "dónde está", "où cela figure"),
    "waits for the answer: {label}": (
        "wartet auf die Antwort: {label}",
        "espera la respuesta: {label}",
        "attend la réponse : {label}",
    ),
    "missing at the handover": (
        "fehlte bei der Übergabe",
        "faltaba en el traspaso",
        "manquait à la passation",
    ),
    "named in the CRM": ("im CRM genannt", "nombrado en el CRM", "nommé dans le CRM"),
    "new in {system}": ("neu in {system}", "nuevo en {system}", "nouveau dans {system}"),
    "as in {system}": ("wie in {system}", "como en {system}", "comme dans {system}"),
    "handed over: what was sold stays as it was sold": (
        "übergeben: was verkauft wurde, bleibt wie verkauft",
        "traspasado: lo vendido queda como se vendió",
        "transmise : ce qui a été vendu reste tel que vendu",
    ),
    "written here, other in the CRM": (
        "hier eingetragen, im CRM anders",
        "escrito aquí, distinto en el CRM",
        "écrit ici, autre dans le CRM",
    ),
    "changed here and in the CRM": (
        "hier und im CRM geändert",
        "cambiado aquí y en el CRM",
        "changé ici et dans le CRM",
    ),
    "a copied row gets its own id": (
        "eine kopierte Zeile bekommt ihre eigene Nummer",
        "una fila copiada recibe su propio número",
        "une ligne copiée reçoit son propre numéro",
    ),
    "a new row's id": (
        "Nummer einer neuen Zeile",
        "número de una fila nueva",
        "numéro d'une nouvelle ligne",
    ),
    "the id as its row spells it": (
        "die Nummer, wie ihre Zeile sie schreibt",
        "el número como lo escribe su fila",
        "le numéro tel que sa ligne l'écrit",
    ),
    "the column's formula": (
        "die Formel der Spalte",
        "la fórmula de la columna",
        "la formule de la colonne",
    ),
    "the column's formula; what was typed is kept in a note": (
        "die Formel der Spalte; das Eingetippte bleibt in einer Notiz",
        "la fórmula de la columna; lo escrito se guarda en una nota",
        "la formule de la colonne ; ce qui était saisi reste dans une note",
    ),
    "the column's formula; the one that stood there is in the log": (
        "die Formel der Spalte; die bisherige steht im Protokoll",
        "la fórmula de la columna; la que había está en el registro de cambios",
        "la formule de la colonne ; l'ancienne est dans le journal",
    ),
    "the column's header": (
        "die Überschrift der Spalte",
        "el encabezado de la columna",
        "l'en-tête de la colonne",
    ),
    "a hidden name": ("ein verborgener Name", "un nombre oculto", "un nom caché"),
    "text that is a number": (
        "Text, der eine Zahl ist",
        "texto que es un número",
        "texte qui est un nombre",
    ),
    "text that is a date": (
        "Text, der ein Datum ist",
        "texto que es una fecha",
        "texte qui est une date",
    ),
    "the list's own word": (
        "das Wort aus der Liste",
        "la palabra de la lista",
        "le mot de la liste",
    ),
    "the currency's code": (
        "der Code der Währung",
        "el código de la moneda",
        "le code de la devise",
    ),
    "without invisible characters": (
        "ohne unsichtbare Zeichen",
        "sin caracteres invisibles",
        "sans caractères invisibles",
    ),
    "the month of this day": (
        "der Monat dieses Tages",
        "el mes de ese día",
        "le mois de ce jour",
    ),
    "the row it refers to has another id": (
        "die Zeile, auf die sie verweist, hat eine andere Nummer",
        "la fila a la que remite tiene otro número",
        "la ligne visée a un autre numéro",
    ),
    "run {n} taken back": (
        "Lauf {n} zurückgenommen",
        "pasada {n} deshecha",
        "passage {n} annulé",
    ),
    "changed in the other copy": (
        "in der anderen Kopie geändert",
        "cambiado en la otra copia",
        "changé dans l'autre copie",
    ),
    "deleted in the other copy": (
        "in der anderen Kopie gelöscht",
        "borrado en la otra copia",
        "supprimé dans l'autre copie",
    ),
    "emptied in the other copy": (
        "in der anderen Kopie geleert",
        "vaciado en la otra copia",
        "vidé dans l'autre copie",
    ),
}
"""By the English; a name in braces stands for whatever is told there."""


def reason_in(language: str, english: str) -> str:
    """Return the reason of a change in a language.

    >>> reason_in("de", "from the fee template fixed_50_50"), reason_in("en", "it is signed")
    ('aus der Honorarvorlage fixed_50_50', 'it is signed')
    """
    return _REASONS.told(language, english)


class Sentences:
    """English sentences of ours and what they are in other languages, found by how they read."""

    def __init__(self, table: Mapping[str, tuple[str, str, str]]) -> None:
        self.table = table

    def told(self, language: str, english: str) -> str:
        """Return a sentence in a language; as it is where nobody translated it."""
        if language not in _OTHERS or not english:
            return english
        at = _OTHERS.index(language)
        if english in self.table:
            return self.table[english][at]
        for pattern, told in self._patterns:
            if found := pattern.fullmatch(english):
                return told[at].format(**found.groupdict())
        return english

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], tuple[str, str, str]]]:
        """The sentences that name something, as patterns, the longest first."""
        named = [(one, told) for one, told in self.table.items() if "{" in one]
        return [(_pattern(one), told) for one, told in sorted(named, key=lambda it: -len(it[0]))]


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    words = [re.escape(part) for part in parts]
    words[1::2] = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(words), re.DOTALL)


_OTHERS: Final = tuple(name for name in LANGUAGES if name != "en")
_REASONS: Final = Sentences(REASONS)

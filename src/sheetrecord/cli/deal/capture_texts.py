"""What `capture` says on a terminal, in the language and the words of the workbook."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.core.capture.capture_words import words
from sheetrecord.rules.names import BookNames
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.sheets import SHEETS

_LINES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "unread": (
        "{path} was not read: {why}",
        "{path} wurde nicht gelesen: {why}",
        "{path} no se leyó: {why}",
        "{path} n'a pas été lu : {why}",
    ),
    "wrong": (
        "Capture, row {row}: {why}",
        "Capture, Zeile {row}: {why}",
        "Capture, fila {row}: {why}",
        "Capture, ligne {row} : {why}",
    ),
    "nobody": (
        "Nobody in these messages is known as one of us, so all is taken as the client's: name our domain or people with --us.",
        "Niemand in diesen Nachrichten ist als einer von uns bekannt, darum gilt alles als vom Kunden gesagt: unsere Domain oder Leute mit --us nennen.",
        "No se conoce a nadie de estos mensajes como de los nuestros, así que todo cuenta como dicho por el cliente: indique nuestro dominio o personas con --us.",
        "Personne dans ces messages n'est connu comme étant des nôtres, tout compte donc comme dit par le client : nommer notre domaine ou nos personnes avec --us.",
    ),
    "away": (
        "The model does not answer ({why}): the rules went on alone.",
        "Das Modell antwortet nicht ({why}): die Regeln haben allein weitergelesen.",
        "El modelo no responde ({why}): las reglas siguieron solas.",
        "Le modèle ne répond pas ({why}) : les règles ont continué seules.",
    ),
    "private": (
        '     {share} {internal} is suggested: "{why}" sounds private.',
        "     {share} {internal} wird vorgeschlagen: „{why}“ klingt vertraulich.",
        "     Se propone {share} {internal}: «{why}» suena privado.",
        "     {share} {internal} est proposé : « {why} » semble privé.",
    ),
    "plan": (
        "{deal}: proposals {count}, known already {known}. This is the plan: nothing was written.",
        "{deal}: Vorschläge {count}, schon bekannt {known}. Das ist der Plan: nichts wurde geschrieben.",
        "{deal}: propuestas {count}, ya conocidas {known}. Este es el plan: no se escribió nada.",
        "{deal} : propositions {count}, déjà connues {known}. Ceci est le plan : rien n'a été écrit.",
    ),
    "done": (
        "{deal}: proposals {count}, known already {known}, decided {decided}.",
        "{deal}: Vorschläge {count}, schon bekannt {known}, entschieden {decided}.",
        "{deal}: propuestas {count}, ya conocidas {known}, decididas {decided}.",
        "{deal} : propositions {count}, déjà connues {known}, décidées {decided}.",
    ),
    "waiting": (
        "{count} wait on the sheet Capture of {book}: choose {accept} or {decline} there and run this again.",
        "{count} warten auf dem Blatt Capture von {book}: dort {accept} oder {decline} wählen und den Befehl wiederholen.",
        "{count} esperan en la hoja Capture de {book}: elija allí {accept} o {decline} y repita el comando.",
        "{count} attendent sur la feuille Capture de {book} : y choisir {accept} ou {decline} et relancer la commande.",
    ),
    "help": (
        "a accept · e edit · k another kind · d decline · s later · A all that was said · q stop here",
        "a übernehmen · e ändern · k andere Art · d ablehnen · s später · A alles Gesagte · q hier aufhören",
        "a aceptar · e editar · k otro tipo · d rechazar · s más tarde · A todo lo dicho · q parar aquí",
        "a accepter · e modifier · k autre genre · d refuser · s plus tard · A tout ce qui a été dit · q arrêter ici",
    ),
    "of": ("{number} of {count}", "{number} von {count}", "{number} de {count}", "{number} sur {count}"),
    "day": (
        "{column} (2026-05-18, or - for none)",
        "{column} (2026-05-18, oder - für keines)",
        "{column} (2026-05-18, o - para ninguna)",
        "{column} (2026-05-18, ou - pour aucune)",
    ),
    "no day": (
        '"{typed}" is no day such as 2026-05-18; the date stays.',
        "„{typed}“ ist kein Tag wie 2026-05-18; das Datum bleibt.",
        "«{typed}» no es un día como 2026-05-18; la fecha se queda.",
        "« {typed} » n'est pas un jour comme 2026-05-18 ; la date reste.",
    ),
}  # fmt: skip

DROPPED: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "quoted": ("quoted", "zitiert", "citado", "cité"),
    "signature": ("signature", "Signatur", "firma", "signature"),
    "legal": ("legal notice", "Rechtshinweis", "aviso legal", "mention légale"),
    "hypothetical": ("what if", "nur angenommen", "hipotético", "hypothétique"),
    "past": ("past", "vergangen", "pasado", "passé"),
    "politeness": ("courtesy", "Höflichkeit", "cortesía", "politesse"),
    "repeated": ("repeated", "wiederholt", "repetido", "répété"),
    "bulk": ("bulk mail", "Massenmail", "correo masivo", "envoi en nombre"),
    "not in the source": ("not in the source", "nicht in der Quelle", "no está en la fuente", "pas dans la source"),
}  # fmt: skip


class CaptureTexts(NamedTuple):
    """What one workbook's people read: its language, and what it calls things."""

    language: str
    names: BookNames

    @classmethod
    def of(cls, parsed: Parsed) -> "CaptureTexts":
        """Return the words of a workbook."""
        return cls(parsed.layout.language, BookNames(parsed.layout, parsed.lexicon))

    def line(self, name: str, **told: object) -> str:
        """Return a line with what it tells filled in."""
        return _LINES[name][self._place].format(**told)

    def word(self, name: str) -> str:
        """Return the word for a kind, a decision or a verdict."""
        return words(self.language).get(name, name)

    def dropped(self, why: str) -> str:
        """Return why a sentence is not proposed; what is not told in words stays as it is."""
        return DROPPED[why][self._place] if why in DROPPED else why

    def header(self, sheet: str, key: str) -> str:
        """Return what the workbook calls a column."""
        return self.names.header(sheet, key)

    def shown(self, sheet: str, key: str, value: object) -> str:
        """Return a cell's value as the workbook shows it: a choice by its word."""
        column = SHEETS[sheet].by_key.get(key)
        if column and column.enum and isinstance(value, str):
            return self.names.label(column.enum, value)
        return str(value)

    @property
    def _place(self) -> int:
        return LANGUAGES.index(self.language) if self.language in LANGUAGES else 0

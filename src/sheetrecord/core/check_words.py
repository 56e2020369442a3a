"""The words around problems in the notes, on the sheet of problems and on the page of a check."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.rules.words import form

_EN: Final = {
    "title": "Problems",
    "headline": "What needs mending",
    "about": "Written by sheetrecord validate --annotate, which replaces this sheet each time and "
    "removes it when nothing is left. Mend the cells; do not type here.",
    "severity": "Severity",
    "rule": "Rule",
    "cell": "Cell",
    "deal": "Deal",
    "wrong": "What is wrong",
    "do": "What to do",
    "counted": "{errors}, {warnings} as of {day}",
    "error one": "1 error",
    "error many": "{n} errors",
    "warning one": "1 warning",
    "warning many": "{n} warnings",
    "left": "{n} more problems are not listed.",
    "left do": "Mend some of these, then check again.",
    "error": "error",
    "warning": "warning",
    "note": "note",
    "waived": "waived",
    "check of": "Check of {books}",
    "where": "Where",
    "wrong and do": "What is wrong, and what to do",
    "workbook": "The workbook",
    "none": "No problems.",
    "to mend": "{n} to mend before handover",
    "ready": "ready for handover",
}
_DE: Final = {
    "title": "Probleme",
    "headline": "Was zu beheben ist",
    "about": "Geschrieben von sheetrecord validate --annotate, das dieses Blatt jedes Mal ersetzt und "
    "entfernt, wenn nichts mehr übrig ist. Die Zellen berichtigen; hier nichts eintragen.",
    "severity": "Schwere",
    "rule": "Regel",
    "cell": "Zelle",
    "deal": "Auftrag",
    "wrong": "Was nicht stimmt",
    "do": "Was zu tun ist",
    "counted": "{errors}, {warnings}, Stand {day}",
    "error one": "1 Fehler",
    "error many": "{n} Fehler",
    "warning one": "1 Warnung",
    "warning many": "{n} Warnungen",
    "left": "{n} weitere Probleme stehen nicht hier.",
    "left do": "Einige davon beheben, dann noch einmal prüfen.",
    "error": "Fehler",
    "warning": "Warnung",
    "note": "Hinweis",
    "waived": "erlassen",
    "check of": "Prüfung von {books}",
    "where": "Wo",
    "wrong and do": "Was nicht stimmt, und was zu tun ist",
    "workbook": "Die Mappe",
    "none": "Keine Probleme.",
    "to mend": "{n} zu beheben vor der Übergabe",
    "ready": "bereit zur Übergabe",
}
_ES: Final = {
    "title": "Problemas",
    "headline": "Qué hay que corregir",
    "about": "Lo escribe sheetrecord validate --annotate, que sustituye esta hoja cada vez y la quita "
    "cuando no queda nada. Corrija las celdas; no escriba aquí.",
    "severity": "Gravedad",
    "rule": "Regla",
    "cell": "Celda",
    "deal": "Venta",
    "wrong": "Qué está mal",
    "do": "Qué hacer",
    "counted": "{errors}, {warnings}, al {day}",
    "error one": "1 error",
    "error many": "{n} errores",
    "warning one": "1 aviso",
    "warning many": "{n} avisos",
    "left": "Otros {n} problemas no figuran aquí.",
    "left do": "Corrija algunos de estos y compruebe otra vez.",
    "error": "error",
    "warning": "aviso",
    "note": "nota",
    "waived": "dispensado",
    "check of": "Comprobación de {books}",
    "where": "Dónde",
    "wrong and do": "Qué está mal, y qué hacer",
    "workbook": "El libro",
    "none": "Ningún problema.",
    "to mend": "{n} por corregir antes de la entrega",
    "ready": "lista para entregar",
}
_FR: Final = {
    "title": "Problèmes",
    "headline": "Ce qu'il faut corriger",
    "about": "Écrit par sheetrecord validate --annotate, qui remplace cette feuille à chaque fois et la "
    "retire quand il ne reste rien. Corrigez les cellules ; n'écrivez rien ici.",
    "severity": "Gravité",
    "rule": "Règle",
    "cell": "Cellule",
    "deal": "Affaire",
    "wrong": "Ce qui ne va pas",
    "do": "Que faire",
    "counted": "{errors}, {warnings}, au {day}",
    "error one": "1 erreur",
    "error many": "{n} erreurs",
    "warning one": "1 avertissement",
    "warning many": "{n} avertissements",
    "left": "{n} autres problèmes ne figurent pas ici.",
    "left do": "Corrigez-en quelques-uns, puis vérifiez de nouveau.",
    "error": "erreur",
    "warning": "avertissement",
    "note": "remarque",
    "waived": "dispensé",
    "check of": "Vérification de {books}",
    "where": "Où",
    "wrong and do": "Ce qui ne va pas, et que faire",
    "workbook": "Le classeur",
    "none": "Aucun problème.",
    "to mend": "{n} à corriger avant la passation",
    "ready": "prête à transmettre",
}
CHECK_WORDS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}


def check_words(language: str) -> Mapping[str, str]:
    """Return the words of a language by key."""
    return CHECK_WORDS.get(language, _EN)


def counted(language: str, errors: int, warnings: int, day: object) -> str:
    """Return how many errors and warnings there are on a day, a date.

    >>> import datetime as dt
    >>> counted("de", 1, 2, dt.date(2026, 3, 2))
    '1 Fehler, 2 Warnungen, Stand 02.03.2026'
    """
    told = check_words(language)

    def many(what: str, n: int) -> str:
        return told[f"{what} {'one' if n == 1 else 'many'}"].format(n=n)

    when = format(day, form(language)["day"])
    return told["counted"].format(
        errors=many("error", errors), warnings=many("warning", warnings), day=when
    )

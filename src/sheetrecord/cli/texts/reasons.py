"""Why a copy waits and what was left alone in it, from the engine's English into other languages.

The engine gives its reasons in English, keeps them in the store and in JSON. On the terminal those
that are known here are told in the record's language, wherever they stand in a line; a sentence
that is not known stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, NamedTuple


class ReasonText(NamedTuple):
    """A reason of the engine in every language but English."""

    de: str
    es: str
    fr: str


REASONS: Final[Mapping[str, ReasonText]] = {
    "all {n} rows are gone": ReasonText(
        "alle {n} Zeilen sind weg",
        "han desaparecido las {n} filas",
        "les {n} lignes ont disparu",
    ),
    "its only row is gone": ReasonText(
        "die einzige Zeile ist weg",
        "ha desaparecido su única fila",
        "sa seule ligne a disparu",
    ),
    "{n} of {all} rows are gone": ReasonText(
        "{n} von {all} Zeilen sind weg",
        "han desaparecido {n} de {all} filas",
        "{n} lignes sur {all} ont disparu",
    ),
    "{n} of {all} rows were changed": ReasonText(
        "{n} von {all} Zeilen wurden geändert",
        "han cambiado {n} de {all} filas",
        "{n} lignes sur {all} ont changé",
    ),
    'the column "{key}" was cleared in all {n} rows that had anything there': ReasonText(
        'die Spalte "{key}" wurde in allen {n} Zeilen geleert, in denen etwas stand',
        'la columna "{key}" se vació en las {n} filas que tenían algo',
        'la colonne "{key}" a été vidée dans les {n} lignes où il y avait quelque chose',
    ),
    "stand under each other's ids": ReasonText(
        "stehen unter der Kennung des jeweils anderen",
        "están cada una bajo el identificador de la otra",
        "sont chacune sous l'identifiant de l'autre",
    ),
    "stands for {clients}, and rows name it": ReasonText(
        "steht für {clients}, und Zeilen nennen es",
        "representa a {clients}, y hay filas que lo nombran",
        "désigne {clients}, et des lignes la nomment",
    ),
    (
        '{n} of {all} in the column "{key}" moved against their rows, as after sorting or '
        "shifting only some columns"
    ): ReasonText(
        '{n} von {all} in der Spalte "{key}" gegen ihre Zeilen verschoben, wie nach dem '
        "Sortieren oder Verschieben nur einiger Spalten",
        '{n} de {all} en la columna "{key}" se movieron respecto de sus filas, como al '
        "ordenar o desplazar solo algunas columnas",
        '{n} sur {all} dans la colonne "{key}" ont bougé par rapport à leurs lignes, comme '
        "après le tri ou le décalage de quelques colonnes seulement",
    ),
    (
        '{n} of {all} ids ("{key}") moved against their rows, as after sorting or shifting '
        "only some columns"
    ): ReasonText(
        '{n} von {all} Kennungen ("{key}") gegen ihre Zeilen verschoben, wie nach dem '
        "Sortieren oder Verschieben nur einiger Spalten",
        '{n} de {all} identificadores ("{key}") se movieron respecto de sus filas, como al '
        "ordenar o desplazar solo algunas columnas",
        '{n} identifiants ("{key}") sur {all} ont bougé par rapport à leurs lignes, comme '
        "après le tri ou le décalage de quelques colonnes seulement",
    ),
    "the sheet {title} is missing, or its ids": ReasonText(
        "das Blatt {title} fehlt, oder seine Kennungen",
        "falta la hoja {title}, o sus identificadores",
        "la feuille {title} manque, ou ses identifiants",
    ),
    "the sheets {titles} and {title} are missing, or their ids": ReasonText(
        "die Blätter {titles} und {title} fehlen, oder ihre Kennungen",
        "faltan las hojas {titles} y {title}, o sus identificadores",
        "les feuilles {titles} et {title} manquent, ou leurs identifiants",
    ),
    "Put back what was deleted, or take an earlier save or a whole copy": ReasonText(
        "Gelöschtes zurückholen, oder einen früheren Stand oder eine ganze Kopie nehmen",
        "Recupere lo borrado, o tome una versión anterior o una copia entera",
        "Remettez ce qui a été supprimé, ou prenez une version antérieure ou une copie entière",
    ),
    "for a view without them, write hide = [{sheets}] for it in sheetrecord.toml": ReasonText(
        "für eine Ansicht ohne sie in sheetrecord.toml hide = [{sheets}] dafür schreiben",
        "para una vista sin ellas, escriba hide = [{sheets}] para ella en sheetrecord.toml",
        "pour une vue sans elles, écrivez hide = [{sheets}] pour elle dans sheetrecord.toml",
    ),
    "waiting for ": ReasonText(
        "wartet auf ",
        "esperando a ",
        "en attente de ",
    ),
    "open by ": ReasonText(
        "offen bei ",
        "abierta por ",
        "ouverte par ",
    ),
    "it keeps changing; the next run goes on": ReasonText(
        "sie ändert sich dauernd; der nächste Lauf geht weiter",
        "no deja de cambiar; la próxima pasada continúa",
        "elle change sans cesse ; le prochain passage continue",
    ),
    "it reads otherwise than a moment ago; nothing more is done with it for now": ReasonText(
        "sie liest sich anders als eben; vorerst geschieht nichts weiter mit ihr",
        "se lee distinta que hace un momento; por ahora no se hace nada más con ella",
        "elle se lit autrement qu'il y a un instant ; rien de plus n'est fait avec elle "
        "pour l'instant",
    ),
    "{n} changes do not stand in it although they were written": ReasonText(
        "{n} Änderungen stehen nicht darin, obwohl sie geschrieben wurden",
        "{n} cambios no están en ella aunque se escribieron",
        "{n} changements n'y sont pas bien qu'ils aient été écrits",
    ),
    "there is no such file: was it moved or renamed? Nothing was taken for deleted.": ReasonText(
        "die Datei gibt es nicht: wurde sie verschoben oder umbenannt? Nichts gilt als gelöscht.",
        "no existe tal archivo: ¿se movió o cambió de nombre? Nada se da por borrado.",
        "ce fichier n'existe pas : a-t-il été déplacé ou renommé ? Rien n'est tenu pour supprimé.",
    ),
    (
        "it belongs to another record ({theirs}, not {ours}). Check that this is the right file."
    ): ReasonText(
        "sie gehört zu einem anderen Stand ({theirs}, nicht {ours}). Prüfen, ob das die "
        "richtige Datei ist.",
        "pertenece a otro registro ({theirs}, no {ours}). Compruebe que es el archivo correcto.",
        "elle appartient à un autre état ({theirs}, pas {ours}). Vérifiez que c'est le bon "
        "fichier.",
    ),
    "it cannot be reached ({why}); nothing was changed.": ReasonText(
        "sie ist nicht erreichbar ({why}); nichts wurde geändert.",
        "no se puede alcanzar ({why}); no se cambió nada.",
        "elle est inaccessible ({why}) ; rien n'a été changé.",
    ),
    (
        "What differs is listed as conflicts; nothing of it was taken over or deleted unasked"
    ): ReasonText(
        "Was abweicht, steht bei den Konflikten; nichts davon wurde ungefragt übernommen "
        "oder gelöscht",
        "Lo que difiere está entre los conflictos; nada de ello se recogió ni se borró sin "
        "preguntar",
        "Ce qui diffère est listé comme conflits ; rien n'en a été repris ni supprimé sans "
        "demander",
    ),
    "a sheet of this copy's own": ReasonText(
        "ein eigenes Blatt dieser Kopie",
        "una hoja propia de esta copia",
        "une feuille propre à cette copie",
    ),
    "this copy lacks the column": ReasonText(
        "dieser Kopie fehlt die Spalte",
        "a esta copia le falta la columna",
        "cette copie n'a pas la colonne",
    ),
    "this copy lacks the sheet, or its ids": ReasonText(
        "dieser Kopie fehlt das Blatt, oder seine Kennungen",
        "a esta copia le falta la hoja, o sus identificadores",
        "cette copie n'a pas la feuille, ou ses identifiants",
    ),
    "cells changed here; change them in each copy": ReasonText(
        "Zellen hier geändert; in jeder Kopie ändern",
        "celdas cambiadas aquí; cámbielas en cada copia",
        "cellules changées ici ; changez-les dans chaque copie",
    ),
    "cell changed here; change it in each copy": ReasonText(
        "Zelle hier geändert; in jeder Kopie ändern",
        "celda cambiada aquí; cámbiela en cada copia",
        "cellule changée ici ; changez-la dans chaque copie",
    ),
    "nothing of it was synced": ReasonText(
        "nichts davon wurde abgeglichen",
        "nada de ello se sincronizó",
        "rien n'en a été synchronisé",
    ),
    "so the record keeps its value": ReasonText(
        "darum behält der gemeinsame Stand seinen Wert",
        "así que el registro conserva su valor",
        "l'état commun garde donc sa valeur",
    ),
    "If that is not meant, put it back": ReasonText(
        "Wenn das nicht gemeint ist, zurückholen",
        "Si no es lo que se quiere, recupérelo",
        "Si ce n'est pas voulu, remettez-le",
    ),
    "Open it in Excel or LibreOffice, mend errors, and save": ReasonText(
        "In Excel oder LibreOffice öffnen, Fehler beheben und speichern",
        "Ábrala en Excel o LibreOffice, corrija los errores y guarde",
        "Ouvrez-la dans Excel ou LibreOffice, corrigez les erreurs et enregistrez",
    ),
}
"""By the English; a name in braces stands for whatever is told there."""


def in_language(language: str, text: str) -> str:
    """Return a line with the engine's known reasons in a language.

    >>> in_language("de", "mass-delete: Fees: 9 of 30 rows are gone")
    'mass-delete: Fees: 9 von 30 Zeilen sind weg'
    >>> in_language("en", "waiting for Ana"), in_language("fr", "waiting for Ana")
    ('waiting for Ana', 'en attente de Ana')
    """
    if language not in ReasonText._fields:
        return text
    for words, put in _rules(language):
        text = words.sub(put, text)
    return text


@cache
def _rules(language: str) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """Return each reason as a pattern and what takes its place, the longest first."""
    longest = sorted(REASONS, key=len, reverse=True)
    return [(_pattern(english), _put(getattr(REASONS[english], language))) for english in longest]


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    words = [re.escape(part) for part in parts]
    words[1::2] = [f"(?P<{name}>{_VALUES.get(name, '.+?')})" for name in parts[1::2]]
    return re.compile("".join(words))


_VALUES: Final = {"n": r"\d+", "all": r"\d+"}


def _put(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: words.format(**found.groupdict())

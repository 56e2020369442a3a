"""The words of the list of conflicts in every language that ships, and what people type there.

A book's list speaks the book's language. What somebody types into Keep is understood in all of
them, in whatever language the book is: people who share a record do not share a keyboard.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final
from unicodedata import combining, normalize

from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read.headers import plain

FIELDS: Final = (
    *("client", "deal", "sheet", "row_id", "column", "ours", "theirs", "keep"),
    *("base", "why", "whose", "seen"),
)
"""The columns of the list, in the order in which a new one has them."""

_EN: Final = {
    "title": "Conflicts",
    "headline": "Conflicts to decide",
    "about": "Two people changed these. The cells hold ours. Write ours, theirs or another value "
    "into Keep and save; the next sync, or sheetrecord resolve, carries it out.",
    "client": "Client",
    "deal": "Deal",
    "sheet": "Sheet",
    "row_id": "Row id",
    "column": "Column",
    "base": "Base",
    "ours": "Ours",
    "theirs": "Theirs",
    "keep": "Keep",
    "why": "Why",
    "whose": "Theirs is from",
    "seen": "Seen (UTC)",
    "keep_ours": "ours",
    "keep_theirs": "theirs",
    "whole": "(whole row)",
    "deleted": "(row deleted)",
    "kept": "(row kept)",
    "record": "the record",
    "both changed it": "both changed it",
    "both changed what belongs together": "both changed what belongs together",
    "changed in one copy, deleted in the other": "changed in one copy, deleted in the other",
    "deleted in one copy, other rows refer to it": "deleted in one copy, other rows refer to it",
    "deleted in one copy, which did not show all of the row": "deleted in one copy, which did not "
    "show all of the row",
    "a formula stands there": "a formula stands there",
    "our copy has no such column": "our copy has no such column",
    "undecided": "nobody has decided yet",
    "near": '"{word}" is not a decision; did you mean {near}?',
    "no_word": '"{word}" is not a decision: write {ours}, {theirs} or the value that is right',
    "no_row": "there is no row {row} any more; decide with {ours}",
    "many_rows": "{row} stands on several rows; delete those that are too many, then decide",
    "no_column": "this workbook has no such column; decide with {ours}, or add it first",
    "no_fit": '"{word}" does not fit the column: write {ours}, {theirs} or a value that does',
    "whole_word": "a whole row is decided with {ours} or {theirs}",
    "two": "two lines about it are decided differently",
    "needed": "{rows} refer to it: delete or change those first, or keep it",
    "again": "it was decided, but a copy holds something else since, or what cannot be read",
}
_DE: Final = {
    "title": "Konflikte",
    "headline": "Konflikte, die zu entscheiden sind",
    "about": "Hier haben zwei etwas geändert. Die Zellen zeigen unsere Fassung. In Behalten "
    "unsere, ihre oder den richtigen Wert schreiben und speichern; der nächste Abgleich oder "
    "sheetrecord resolve führt es aus.",
    "client": "Kunde",
    "deal": "Auftrag",
    "sheet": "Blatt",
    "row_id": "Zeilen-ID",
    "column": "Spalte",
    "base": "Vorher",
    "ours": "Unsere",
    "theirs": "Ihre",
    "keep": "Behalten",
    "why": "Warum",
    "whose": "Ihre ist aus",
    "seen": "Gesehen (UTC)",
    "keep_ours": "unsere",
    "keep_theirs": "ihre",
    "whole": "(ganze Zeile)",
    "deleted": "(Zeile gelöscht)",
    "kept": "(Zeile behalten)",
    "record": "dem gemeinsamen Stand",
    "both changed it": "beide haben es geändert",
    "both changed what belongs together": "beide haben geändert, was zusammengehört",
    "changed in one copy, deleted in the other": "in einer Kopie geändert, in der anderen gelöscht",
    "deleted in one copy, other rows refer to it": "in einer Kopie gelöscht, andere Zeilen "
    "verweisen darauf",
    "deleted in one copy, which did not show all of the row": "in einer Kopie gelöscht, die nicht "
    "die ganze Zeile zeigte",
    "a formula stands there": "dort steht eine Formel",
    "our copy has no such column": "unsere Kopie hat diese Spalte nicht",
    "undecided": "noch hat niemand entschieden",
    "near": "„{word}“ ist keine Entscheidung; war {near} gemeint?",
    "no_word": "„{word}“ ist keine Entscheidung: {ours}, {theirs} oder den richtigen Wert "
    "schreiben",
    "no_row": "die Zeile {row} gibt es nicht mehr; mit {ours} entscheiden",
    "many_rows": "{row} steht auf mehreren Zeilen; die überzähligen löschen, dann entscheiden",
    "no_column": "diese Mappe hat diese Spalte nicht; mit {ours} entscheiden oder sie erst anlegen",
    "no_fit": "„{word}“ passt nicht in die Spalte: {ours}, {theirs} oder einen passenden Wert "
    "schreiben",
    "whole_word": "über eine ganze Zeile wird mit {ours} oder {theirs} entschieden",
    "two": "zwei Zeilen dazu sind verschieden entschieden",
    "needed": "{rows} verweisen darauf: erst diese löschen oder ändern, oder sie behalten",
    "again": "es wurde entschieden, aber eine Kopie enthält seither etwas anderes, oder etwas, das "
    "nicht zu lesen ist",
}
_ES: Final = {
    "title": "Conflictos",
    "headline": "Conflictos por decidir",
    "about": "Dos personas cambiaron esto. Las celdas muestran lo nuestro. Escriba nuestro, suyo u "
    "otro valor en Conservar y guarde; la próxima sincronización o sheetrecord resolve lo aplica.",
    "client": "Cliente",
    "deal": "Venta",
    "sheet": "Hoja",
    "row_id": "ID de fila",
    "column": "Columna",
    "base": "Antes",
    "ours": "Nuestro",
    "theirs": "Suyo",
    "keep": "Conservar",
    "why": "Por qué",
    "whose": "Lo suyo viene de",
    "seen": "Visto (UTC)",
    "keep_ours": "nuestro",
    "keep_theirs": "suyo",
    "whole": "(fila entera)",
    "deleted": "(fila borrada)",
    "kept": "(fila conservada)",
    "record": "el registro común",
    "both changed it": "los dos lo cambiaron",
    "both changed what belongs together": "los dos cambiaron lo que va junto",
    "changed in one copy, deleted in the other": "cambiado en una copia, borrado en la otra",
    "deleted in one copy, other rows refer to it": "borrado en una copia, otras filas remiten a él",
    "deleted in one copy, which did not show all of the row": "borrado en una copia que no "
    "mostraba toda la fila",
    "a formula stands there": "ahí hay una fórmula",
    "our copy has no such column": "nuestra copia no tiene esa columna",
    "undecided": "nadie ha decidido todavía",
    "near": "«{word}» no es una decisión; ¿quería decir {near}?",
    "no_word": "«{word}» no es una decisión: escriba {ours}, {theirs} o el valor correcto",
    "no_row": "ya no existe la fila {row}; decida con {ours}",
    "many_rows": "{row} está en varias filas; borre las que sobran y decida después",
    "no_column": "este libro no tiene esa columna; decida con {ours} o añádala antes",
    "no_fit": "«{word}» no encaja en la columna: escriba {ours}, {theirs} o un valor que encaje",
    "whole_word": "una fila entera se decide con {ours} o {theirs}",
    "two": "dos líneas sobre lo mismo se decidieron de forma distinta",
    "needed": "{rows} remiten a ella: borre o cambie antes esas filas, o consérvela",
    "again": "se decidió, pero una copia contiene desde entonces otra cosa, o algo ilegible",
}
_FR: Final = {
    "title": "Conflits",
    "headline": "Conflits à trancher",
    "about": "Deux personnes ont changé ceci. Les cellules montrent le nôtre. Écrivez nôtre, leur "
    "ou une autre valeur dans Garder et enregistrez ; la prochaine synchronisation, ou sheetrecord "
    "resolve, l'applique.",
    "client": "Client",
    "deal": "Affaire",
    "sheet": "Feuille",
    "row_id": "ID de ligne",
    "column": "Colonne",
    "base": "Avant",
    "ours": "Nôtre",
    "theirs": "Leur",
    "keep": "Garder",
    "why": "Pourquoi",
    "whose": "Le leur vient de",
    "seen": "Vu (UTC)",
    "keep_ours": "nôtre",
    "keep_theirs": "leur",
    "whole": "(ligne entière)",
    "deleted": "(ligne supprimée)",
    "kept": "(ligne gardée)",
    "record": "l'état commun",
    "both changed it": "les deux l'ont changé",
    "both changed what belongs together": "les deux ont changé ce qui va ensemble",
    "changed in one copy, deleted in the other": "changé dans une copie, supprimé dans l'autre",
    "deleted in one copy, other rows refer to it": "supprimé dans une copie, d'autres lignes y "
    "renvoient",
    "deleted in one copy, which did not show all of the row": "supprimé dans une copie qui ne "
    "montrait pas toute la ligne",
    "a formula stands there": "une formule s'y trouve",
    "our copy has no such column": "notre copie n'a pas cette colonne",
    "undecided": "personne n'a encore tranché",
    "near": "« {word} » n'est pas une décision ; vouliez-vous dire {near} ?",
    "no_word": "« {word} » n'est pas une décision : écrivez {ours}, {theirs} ou la bonne valeur",
    "no_row": "il n'y a plus de ligne {row} ; tranchez avec {ours}",
    "many_rows": "{row} figure sur plusieurs lignes ; supprimez celles de trop, puis tranchez",
    "no_column": "ce classeur n'a pas cette colonne ; tranchez avec {ours} ou ajoutez-la d'abord",
    "no_fit": "« {word} » ne convient pas à la colonne : écrivez {ours}, {theirs} ou une valeur "
    "qui convient",
    "whole_word": "une ligne entière se tranche avec {ours} ou {theirs}",
    "two": "deux lignes à ce sujet sont tranchées différemment",
    "needed": "{rows} s'y réfèrent : supprimez ou changez d'abord ces lignes, ou gardez-la",
    "again": "c'était décidé, mais une copie contient depuis autre chose, ou quelque chose "
    "d'illisible",
}
_ALL: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}

_KEEP: Final = {
    "ours": "ours our mine unsere unser unseres unserer meine mein meins nuestro nuestra nuestros "
    "nuestras notre|le notre|la notre|le mien|la mienne|lo nuestro|la nuestra|el nuestro|lo mio|la "
    "mia|das unsere|die unsere|das meine",
    "theirs": "theirs their ihre ihr ihres ihrer deren suyo suya suyos suyas leur leurs|le leur|la "
    "leur|les leurs|lo suyo|la suya|el suyo|das ihre|die ihre|de ellos|a eux",
}
"""What means a side, without accents; behind a bar: several words. No name is among them."""

_VAGUE: Final = frozenset(
    [
        *("x", "y", "n", "ok", "okay", "yes", "no", "ja", "nein", "si", "oui", "non", "keep"),
        *("both", "this", "that", "record", "kept", "delete", "deleted", "remove", "removed"),
        *("beide", "behalten", "dies", "loschen", "geloscht", "conservar", "ambos", "este"),
        *("borrar", "borrado", "garder", "ceci", "supprimer", "supprime", "les deux", "los dos"),
    ]
)
"""What people type who mean a decision, though nobody can tell which."""

_MOST: Final = 10
"""Letters of a word that may be a misspelt decision; a longer text is a value."""


def words(language: str) -> Mapping[str, str]:
    """Return the texts of the list in a language by key; in English for an unknown language."""
    return _ALL.get(language, _EN)


def said(language: str, key: str, **parts: str) -> str:
    """Return a message about a decision in a language.

    The message names the words that decide for a side in that language. Raises KeyError for a
    message that does not exist, or for a part that it needs and did not get.
    """
    told = words(language)
    return told[key].format(ours=told["keep_ours"], theirs=told["keep_theirs"], **parts)


def in_words(language: str, text: str) -> str:
    """Return an English text of the list (reason, whole row, the record) in another language.

    Any other text is returned unchanged.
    """
    key = _keys().get(plain(text))
    return words(language)[key] if key else text


def in_english(text: str) -> str:
    """Return a text of the list, in any supported language, in English; other texts unchanged."""
    key = _keys().get(plain(text))
    return _EN[key] if key else text


@cache
def _keys() -> Mapping[str, str]:
    """Return folded text of any language -> its key, for what stands in the lines."""
    marks = ("whole", "deleted", "kept", "record")
    keys = [key for key in _EN if key in marks or " " in key]
    return {plain(told[key]): key for told in _ALL.values() for key in keys}


@cache
def fields() -> Mapping[str, str]:
    """Return list field by normalised header, over all supported languages."""
    return {plain(_ALL[one][field]): field for one in LANGUAGES for field in FIELDS}


def titles() -> frozenset[str]:
    """Return the sheet titles of the list in all supported languages."""
    return frozenset(told["title"] for told in _ALL.values())


def headlines() -> frozenset[str]:
    """Return the list's headlines (cell A1) in all languages, for formats without defined names."""
    return frozenset(told["headline"] for told in _ALL.values())


def _folded(text: str) -> str:
    bare = "".join(c for c in normalize("NFKD", plain(text)) if not combining(c))
    return bare.strip(" .,;!?-'\"\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb()")


@cache
def _sides() -> Mapping[str, str]:
    """Return folded word or words -> side."""
    found: dict[str, str] = {}
    for side, texts in _KEEP.items():
        single, *several = texts.split("|")
        found |= dict.fromkeys([*single.split(), *several], side)
    return found


def side_of(text: str) -> str:
    """Return the side ("ours" or "theirs") that a decision names in any language; "" for none.

    >>> side_of("Theirs "), side_of("UNSERE!"), side_of("le nôtre"), side_of("a lot")
    ('theirs', 'ours', 'ours', '')
    """
    return _sides().get(_folded(text), "")


def near_side(text: str, language: str) -> str:
    """Return the word for a side that a misspelt decision is closest to; "" when none is close.

    The word is one of ``language``. Closeness is difflib's ratio, 0.7 or more.

    >>> near_side("thiers", "en"), near_side("unsre", "de"), near_side("a lot", "en")
    ('theirs', 'unsere', '')
    """
    folded = _folded(text)
    short = " " not in folded.replace(" s", "s")
    if not folded or len(folded) >= _MOST or not short:
        return ""
    plainly = [_folded(told[key]) for told in _ALL.values() for key in ("keep_ours", "keep_theirs")]
    found = get_close_matches(folded, plainly, 1, 0.7)
    return words(language)[f"keep_{_sides()[found[0]]}"] if found else ""


def is_vague(text: str) -> bool:
    """Return True if a text reads as a decision (such as yes) but names neither side."""
    return _folded(text) in _VAGUE

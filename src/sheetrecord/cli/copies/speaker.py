"""What the terminal says of conflicts and of where copies stand, in the record's language."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.core.merge.conflict_words import in_words
from sheetrecord.core.merge.subjects import Subject, subject
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import OpenConflict, Rows, Snapshot
from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.schema.packs import pack
from sheetrecord.schema.settings import language_of

_EN: Final = {
    "conflict": "conflict",
    "was": "was",
    "record": "the record",
    "before": "the record before",
    "seen": "seen",
    "deleted": "deleted",
    "kept": "kept",
    "blank": "(blank)",
    "whole": "(whole row)",
    "one": "1 conflict",
    "many": "{n} conflicts",
    "decided": "{n} decided.",
    "value": "a value",
    "decide": "To decide: write ours, theirs or a value into Keep on the sheet Conflicts of a "
    "copy, or run {command} ({other}).",
    "settled": "{book}: {settled} settled, {left} left.",
    "in step": "in step",
    "changed": "changed",
    "behind": "behind",
    "waits": "waits",
    "away": "away",
    "new": "new",
    "to decide": "to decide",
    "unsynced": "it was never synced under this name",
}
_DE: Final = {
    "conflict": "Konflikt",
    "was": "vorher",
    "record": "gemeinsamer Stand",
    "before": "gemeinsamer Stand davor",
    "seen": "gesehen",
    "deleted": "gelöscht",
    "kept": "behalten",
    "blank": "(leer)",
    "whole": "(ganze Zeile)",
    "one": "1 Konflikt",
    "many": "{n} Konflikte",
    "decided": "{n} entschieden.",
    "value": "ein Wert",
    "decide": "Zum Entscheiden: im Blatt Konflikte einer Kopie unsere, ihre oder einen Wert in "
    "Behalten schreiben, oder {command} ({other}).",
    "settled": "{book}: {settled} erledigt, {left} übrig.",
    "in step": "auf gleichem Stand",
    "changed": "geändert",
    "behind": "zurück",
    "waits": "wartet",
    "away": "nicht da",
    "new": "neu",
    "to decide": "zu entscheiden",
    "unsynced": "unter diesem Namen noch nie abgeglichen",
}
_ES: Final = {
    "conflict": "conflicto",
    "was": "antes",
    "record": "el registro común",
    "before": "el registro común anterior",
    "seen": "visto",
    "deleted": "borrado",
    "kept": "conservado",
    "blank": "(vacío)",
    "whole": "(fila entera)",
    "one": "1 conflicto",
    "many": "{n} conflictos",
    "decided": "{n} decididos.",
    "value": "un valor",
    "decide": "Para decidir: escriba nuestro, suyo o un valor en Conservar, en la hoja Conflictos "
    "de una copia, o {command} ({other}).",
    "settled": "{book}: {settled} resueltos, {left} pendientes.",
    "in step": "al día",
    "changed": "cambiada",
    "behind": "atrasada",
    "waits": "espera",
    "away": "no está",
    "new": "nueva",
    "to decide": "por decidir",
    "unsynced": "nunca se sincronizó con este nombre",
}
_FR: Final = {
    "conflict": "conflit",
    "was": "avant",
    "record": "l'état commun",
    "before": "l'état commun d'avant",
    "seen": "vu",
    "deleted": "supprimé",
    "kept": "gardé",
    "blank": "(vide)",
    "whole": "(ligne entière)",
    "one": "1 conflit",
    "many": "{n} conflits",
    "decided": "{n} tranchés.",
    "value": "une valeur",
    "decide": "Pour trancher : écrivez nôtre, leur ou une valeur dans Garder, sur la feuille "
    "Conflits d'une copie, ou {command} ({other}).",
    "settled": "{book} : {settled} tranchés, {left} restants.",
    "in step": "à jour",
    "changed": "changée",
    "behind": "en retard",
    "waits": "attend",
    "away": "absente",
    "new": "nouvelle",
    "to decide": "à trancher",
    "unsynced": "jamais synchronisée sous ce nom",
}
TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}


class Speaker:
    """The language of a record, and its rows, which say whom a conflict is about."""

    def __init__(self, language: str, rows: Rows) -> None:
        self.language, self.rows = language, rows

    def say(self, key: str, **parts: object) -> str:
        """Return a text in the record's language."""
        return TEXTS.get(self.language, _EN)[key].format(**parts)

    def count(self, number: int) -> str:
        """Return a number of conflicts."""
        return self.say("one") if number == 1 else self.say("many", n=number)

    def about(self, one: OpenConflict) -> Subject:
        """Return whom a conflict is about."""
        return subject(self.rows, one.sheet, one.row_id)

    def place(self, one: OpenConflict) -> str:
        """Return sheet, row and column as the book shows them, the column's key behind it."""
        words = pack(self.language)
        sheet = words.sheets.get(one.sheet, one.sheet)
        if not one.key:
            return f"{sheet} {one.row_id} {self.say('whole')}"
        header = words.columns.get(one.sheet, {}).get(one.key, one.key)
        key = "" if header.casefold() == one.key else f" ({one.key})"
        return f"{sheet} {one.row_id} {header}{key}"

    def why(self, one: OpenConflict) -> str:
        """Return why the sides do not go together."""
        return in_words(self.language, one.kind.value)

    def side(self, side: Wanted, words: str) -> str:
        """Return one side of a conflict, of which the ``words`` are for an English reader."""
        if isinstance(side, Whole):
            told = self.say("deleted" if side.gone else "kept")
            return f"{told} ({side.text})" if side.text and not side.gone else told
        return self.say("blank") if side in {None, ""} else words


def speaker(record: Snapshot) -> Speaker:
    """Return who speaks for a record: in the language of the book that founded it."""
    found = book_of(Snapshot(workbook_config=record.workbook_config))
    return Speaker(language_of(found), record.rows)

"""What `explain` says around a rule."""

from typing import Final

from sheetrecord.cli.texts.text import Table, Text

TEXTS: Final[Table] = {
    "error": Text("error", "Fehler", "error", "erreur"),
    "warning": Text("warning", "Warnung", "aviso", "avertissement"),
    "note": Text("note", "Hinweis", "nota", "remarque"),
    "bad": Text("Not so", "So nicht", "Así no", "Pas ainsi"),
    "good": Text("But so", "Sondern so", "Sino así", "Mais ainsi"),
}

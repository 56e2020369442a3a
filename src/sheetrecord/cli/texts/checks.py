"""What `validate` says around the problems: severities, each deal's gate, the sums."""

from typing import Final

from sheetrecord.cli.texts.text import Table, Text

TEXTS: Final[Table] = {
    "error": Text("error", "Fehler", "error", "erreur"),
    "warning": Text("warning", "Warnung", "aviso", "avertissement"),
    "note": Text("note", "Hinweis", "nota", "remarque"),
    "waived": Text("waived", "erlassen", "dispensado", "dispensé"),
    "mend one": Text(
        "1 to mend before handover",
        "1 vor der Übergabe zu beheben",
        "1 por corregir antes del traspaso",
        "1 à corriger avant la passation",
    ),
    "mend many": Text(
        "{n} to mend before handover",
        "{n} vor der Übergabe zu beheben",
        "{n} por corregir antes del traspaso",
        "{n} à corriger avant la passation",
    ),
    "error one": Text("1 error", "1 Fehler", "1 error", "1 erreur"),
    "error many": Text("{n} errors", "{n} Fehler", "{n} errores", "{n} erreurs"),
    "warning one": Text("1 warning", "1 Warnung", "1 aviso", "1 avertissement"),
    "warning many": Text("{n} warnings", "{n} Warnungen", "{n} avisos", "{n} avertissements"),
    "waived one": Text("1 waived", "1 erlassen", "1 dispensado", "1 dispensé"),
    "waived many": Text("{n} waived", "{n} erlassen", "{n} dispensados", "{n} dispensés"),
    "note one": Text(
        "1 note (--notes shows them)",
        "1 Hinweis (--notes zeigt sie)",
        "1 nota (--notes las muestra)",
        "1 remarque (--notes les montre)",
    ),
    "note many": Text(
        "{n} notes (--notes shows them)",
        "{n} Hinweise (--notes zeigt sie)",
        "{n} notas (--notes las muestra)",
        "{n} remarques (--notes les montre)",
    ),
    "deal one": Text("1 deal", "1 Auftrag", "1 venta", "1 affaire"),
    "deal many": Text("{n} deals", "{n} Aufträgen", "{n} ventas", "{n} affaires"),
    "none": Text("no problems", "keine Probleme", "ningún problema", "aucun problème"),
    "sum": Text(
        "{book}: {what} in {deals}, as of {day}.",
        "{book}: {what} in {deals}, Stand {day}.",
        "{book}: {what} en {deals}, al {day}.",
        "{book} : {what} dans {deals}, au {day}.",
    ),
    "why": Text(
        "Run `sheetrecord explain {code}` for why.",
        "Warum, sagt `sheetrecord explain BOOK {code}`.",
        "El porqué: `sheetrecord explain BOOK {code}`.",
        "Pourquoi : `sheetrecord explain BOOK {code}`.",
    ),
}

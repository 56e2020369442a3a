"""What the commands that change a workbook say: a plan cell by cell, a step done or refused."""

from typing import Final

from sheetrecord.cli.texts.text import Table, Text

TEXTS: Final[Table] = {
    "blank": Text("(blank)", "(leer)", "(vacío)", "(vide)"),
    "row": Text("+ row {row}", "+ Zeile {row}", "+ fila {row}", "+ ligne {row}"),
    "note": Text("Note: {note}", "Hinweis: {note}", "Nota: {note}", "Remarque : {note}"),
    "refused one": Text(
        "{deal}: refused, 1 thing to mend first. Nothing was written.",
        "{deal}: abgelehnt, vorher ist 1 Punkt zu klären. Es wurde nichts geschrieben.",
        "{deal}: rechazado, antes hay 1 cosa por corregir. No se ha escrito nada.",
        "{deal} : refusé, 1 chose à corriger d'abord. Rien n'a été écrit.",
    ),
    "refused many": Text(
        "{deal}: refused, {n} things to mend first. Nothing was written.",
        "{deal}: abgelehnt, vorher sind {n} Punkte zu klären. Es wurde nichts geschrieben.",
        "{deal}: rechazado, antes hay {n} cosas por corregir. No se ha escrito nada.",
        "{deal} : refusé, {n} choses à corriger d'abord. Rien n'a été écrit.",
    ),
    "no code": Text("refused", "abgelehnt", "rechazado", "refusé"),
    "as sold": Text(
        "As sold: sha256 {digest}",
        "Wie verkauft: sha256 {digest}",
        "Como se vendió: sha256 {digest}",
        "Tel que vendu : sha256 {digest}",
    ),
    "why": Text(
        "Run `sheetrecord explain {code}` for why.",
        "Warum, sagt `sheetrecord explain BOOK {code}`.",
        "El porqué: `sheetrecord explain BOOK {code}`.",
        "Pourquoi : `sheetrecord explain BOOK {code}`.",
    ),
    "let pass": Text(
        "To let it pass: `{command}`.",
        "Um es durchgehen zu lassen: `{command}`.",
        "Para dejarlo pasar: `{command}`.",
        "Pour le laisser passer : `{command}`.",
    ),
    "nothing": Text(
        "{deal}: nothing to do. Nothing was written.",
        "{deal}: nichts zu tun. Es wurde nichts geschrieben.",
        "{deal}: nada que hacer. No se ha escrito nada.",
        "{deal} : rien à faire. Rien n'a été écrit.",
    ),
    "cell one": Text("1 cell changed", "1 Zelle geändert", "1 celda cambiada", "1 cellule changée"),
    "cell many": Text(
        "{n} cells changed", "{n} Zellen geändert", "{n} celdas cambiadas", "{n} cellules changées"
    ),
    "added one": Text("1 row added", "1 Zeile hinzugefügt", "1 fila añadida", "1 ligne ajoutée"),
    "added many": Text(
        "{n} rows added", "{n} Zeilen hinzugefügt", "{n} filas añadidas", "{n} lignes ajoutées"
    ),
    "done": Text(
        "{deal}: {outcome}. {what} in {book}.",
        "{deal}: {outcome}. {what} in {book}.",
        "{deal}: {outcome}. {what} en {book}.",
        "{deal} : {outcome}. {what} dans {book}.",
    ),
    "planned": Text(
        "{deal}: {outcome}. This is the plan: {what}. Nothing was written.",
        "{deal}: {outcome}. Das ist der Plan: {what}. Es wurde nichts geschrieben.",
        "{deal}: {outcome}. Este es el plan: {what}. No se ha escrito nada.",
        "{deal} : {outcome}. Ceci est le plan : {what}. Rien n'a été écrit.",
    ),
    "proposed": Text(
        "{deal}: {outcome}. This is proposed: {what}. Nothing was written.",
        "{deal}: {outcome}. Das ist der Vorschlag: {what}. Es wurde nichts geschrieben.",
        "{deal}: {outcome}. Esta es la propuesta: {what}. No se ha escrito nada.",
        "{deal} : {outcome}. Ceci est la proposition : {what}. Rien n'a été écrit.",
    ),
    "promoted": Text("promoted", "übergeben", "traspasado", "transmise"),
    "at_risk": Text("at risk", "auf Risiko begonnen", "empezado a riesgo", "commencée à risque"),
    "accepted": Text("accepted", "angenommen", "aceptado", "acceptée"),
    "returned": Text("returned", "zurückgegeben", "devuelto", "renvoyée"),
    "confirmed": Text("confirmed", "bestätigt", "confirmado", "confirmée"),
    "waived": Text("waived", "erlassen", "dispensado", "dispensée"),
    "updated": Text("updated", "aktualisiert", "actualizado", "mise à jour"),
    "reopened": Text("reopened", "wieder geöffnet", "reabierto", "rouverte"),
    "refrozen": Text("refrozen", "neu eingefroren", "fijado de nuevo", "figée à nouveau"),
    "waiver_ended": Text(
        "waiver ended", "Erlass beendet", "dispensa terminada", "dispense terminée"
    ),
    "proposed step": Text("proposed", "vorgeschlagen", "propuesto", "proposée"),
    "taken over": Text("taken over", "übernommen", "recogido", "reprise"),
    "captured": Text("captured", "festgehalten", "anotado", "notée"),
    "adopted": Text("adopted", "aufgenommen", "adoptado", "reprise"),
    "view stale": Text(
        "The deal is closed, but the view for ops is as it was: {why}",
        "Abgeschlossen, aber die Ansicht für die Projektleitung ist noch die alte: {why}",
        "La venta está cerrada, pero la vista para el equipo de proyecto sigue como estaba: {why}",
        "L'affaire est conclue, mais la vue de l'équipe projet est restée comme avant : {why}",
    ),
    "undo first": Text(
        "Undo that first; if it is meant: --allow sorted-apart",
        "Das zuerst rückgängig machen; ist es so gemeint: --allow sorted-apart",
        "Deshágalo primero; si es lo que se quiere: --allow sorted-apart",
        "Annulez cela d'abord ; si c'est voulu : --allow sorted-apart",
    ),
    "to write one": Text(
        "{book}: 1 change to write.",
        "{book}: 1 Änderung zu schreiben.",
        "{book}: 1 cambio por escribir.",
        "{book} : 1 changement à écrire.",
    ),
    "to write many": Text(
        "{book}: {n} changes to write.",
        "{book}: {n} Änderungen zu schreiben.",
        "{book}: {n} cambios por escribir.",
        "{book} : {n} changements à écrire.",
    ),
    "no mend": Text(
        "{book}: nothing to mend that has one meaning only.",
        "{book}: nichts zu beheben, was nur eine Bedeutung hat.",
        "{book}: nada por corregir que tenga un solo sentido.",
        "{book} : rien à corriger qui n'ait qu'un seul sens.",
    ),
    "ready one": Text(
        "{book}: 1 row to add, in which a question waits for its answer.",
        "{book}: 1 Zeile hinzuzufügen, in der eine Frage auf ihre Antwort wartet.",
        "{book}: 1 fila por añadir, en la que una pregunta espera su respuesta.",
        "{book} : 1 ligne à ajouter, où une question attend sa réponse.",
    ),
    "ready many": Text(
        "{book}: {n} rows to add, in which a question waits for its answer.",
        "{book}: {n} Zeilen hinzuzufügen, in denen je eine Frage auf ihre Antwort wartet.",
        "{book}: {n} filas por añadir, en las que una pregunta espera su respuesta.",
        "{book} : {n} lignes à ajouter, où une question attend sa réponse.",
    ),
    "more such": Text(
        "and {n} more such (--plan shows all)",
        "und {n} weitere solche (--plan zeigt alle)",
        "y {n} más como estos (--plan los muestra todos)",
        "et {n} de plus de ce genre (--plan les montre tous)",
    ),
    "more in column": Text(
        "and {n} more such in this column (--plan shows all)",
        "und {n} weitere solche in dieser Spalte (--plan zeigt alle)",
        "y {n} más como estos en esta columna (--plan los muestra todos)",
        "et {n} de plus de ce genre dans cette colonne (--plan les montre tous)",
    ),
    "was": Text("was", "bisher", "antes", "avant"),
    "is to be": Text("is to be", "künftig", "después", "après"),
    "remain": Text(
        "What remains after that:",
        "Was danach noch bleibt:",
        "Lo que queda después:",
        "Ce qui reste ensuite :",
    ),
    "put one": Text("1 note to put", "1 Notiz anzubringen", "1 nota por poner", "1 note à poser"),
    "put many": Text(
        "{n} notes to put", "{n} Notizen anzubringen", "{n} notas por poner", "{n} notes à poser"
    ),
    "old one": Text(
        "1 old note to take away",
        "1 alte Notiz zu entfernen",
        "1 nota antigua por quitar",
        "1 ancienne note à retirer",
    ),
    "old many": Text(
        "{n} old notes to take away",
        "{n} alte Notizen zu entfernen",
        "{n} notas antiguas por quitar",
        "{n} anciennes notes à retirer",
    ),
    "sheet add": Text(
        'the sheet "{sheet}" to add',
        "das Blatt „{sheet}“ hinzuzufügen",
        "la hoja «{sheet}» por añadir",
        "la feuille « {sheet} » à ajouter",
    ),
    "sheet replace": Text(
        'the sheet "{sheet}" to replace',
        "das Blatt „{sheet}“ zu ersetzen",
        "la hoja «{sheet}» por sustituir",
        "la feuille « {sheet} » à remplacer",
    ),
    "sheet remove": Text(
        'the sheet "{sheet}" to remove',
        "das Blatt „{sheet}“ zu entfernen",
        "la hoja «{sheet}» por quitar",
        "la feuille « {sheet} » à retirer",
    ),
    "annotated": Text("{book}: {what}.", "{book}: {what}.", "{book}: {what}.", "{book} : {what}."),
    "as they should be": Text(
        "notes and sheet are as they should be",
        "Notizen und Blatt sind, wie sie sein sollen",
        "notas y hoja están como deben",
        "notes et feuille sont comme il faut",
    ),
    "own note one": Text(
        "1 cell has a note of somebody's own; it stays, and the sheet tells the rest.",
        "1 Zelle hat schon eine eigene Notiz; sie bleibt, und das Blatt sagt den Rest.",
        "1 celda ya tiene una nota propia; se queda, y la hoja dice el resto.",
        "1 cellule a déjà une note à elle ; elle reste, et la feuille dit le reste.",
    ),
    "own note many": Text(
        "{n} cells have a note of somebody's own; it stays, and the sheet tells the rest.",
        "{n} Zellen haben schon eine eigene Notiz; sie bleibt, und das Blatt sagt den Rest.",
        "{n} celdas ya tienen una nota propia; se queda, y la hoja dice el resto.",
        "{n} cellules ont déjà une note à elles ; elle reste, et la feuille dit le reste.",
    ),
    "write it": Text(
        "Write this into {book}?",
        "Das in {book} schreiben?",
        "¿Escribir esto en {book}?",
        "Écrire cela dans {book} ?",
    ),
}

"""What `sync`, `status`, `resolve`, `conflicts`, `merge` and the past of a record say."""

from typing import Final

from sheetrecord.cli.texts.text import Table, Text

TEXTS: Final[Table] = {
    "conflict": Text("conflict", "Konflikt", "conflicto", "conflit"),
    "was": Text("was", "vorher", "antes", "avant"),
    "record": Text("the record", "gemeinsamer Stand", "el registro común", "l'état commun"),
    "before": Text(
        "the record before",
        "gemeinsamer Stand davor",
        "el registro común anterior",
        "l'état commun d'avant",
    ),
    "seen": Text("seen", "gesehen", "visto", "vu"),
    "deleted": Text("deleted", "gelöscht", "borrado", "supprimé"),
    "kept": Text("kept", "behalten", "conservado", "gardé"),
    "blank": Text("(blank)", "(leer)", "(vacío)", "(vide)"),
    "whole": Text("(whole row)", "(ganze Zeile)", "(fila entera)", "(ligne entière)"),
    "conflict one": Text("1 conflict", "1 Konflikt", "1 conflicto", "1 conflit"),
    "conflict many": Text("{n} conflicts", "{n} Konflikte", "{n} conflictos", "{n} conflits"),
    "decided": Text("{n} decided.", "{n} entschieden.", "{n} decididos.", "{n} tranchés."),
    "value": Text("a value", "ein Wert", "un valor", "une valeur"),
    "decide": Text(
        "To decide: write ours, theirs or a value into Keep on the sheet "
        "Conflicts of a copy, or run {command} ({other}).",
        "Zum Entscheiden: im Blatt Konflikte einer Kopie unsere, ihre oder einen "
        "Wert in Behalten schreiben, oder {command} ({other}).",
        "Para decidir: escriba nuestro, suyo o un valor en Conservar, en la hoja "
        "Conflictos de una copia, o {command} ({other}).",
        "Pour trancher : écrivez nôtre, leur ou une valeur dans Garder, sur la "
        "feuille Conflits d'une copie, ou {command} ({other}).",
    ),
    "settled": Text(
        "{book}: {settled} settled, {left} left.",
        "{book}: {settled} erledigt, {left} übrig.",
        "{book}: {settled} resueltos, {left} pendientes.",
        "{book} : {settled} tranchés, {left} restants.",
    ),
    "in step": Text("in step", "auf gleichem Stand", "al día", "à jour"),
    "changed": Text("changed", "geändert", "cambiada", "changée"),
    "behind": Text("behind", "zurück", "atrasada", "en retard"),
    "waits": Text("waits", "wartet", "espera", "attend"),
    "away": Text("away", "nicht da", "no está", "absente"),
    "new": Text("new", "neu", "nueva", "nouvelle"),
    "to decide": Text("to decide", "zu entscheiden", "por decidir", "à trancher"),
    "unsynced": Text(
        "it was never synced under this name",
        "unter diesem Namen noch nie abgeglichen",
        "nunca se sincronizó con este nombre",
        "jamais synchronisée sous ce nom",
    ),
    "copy one": Text("1 copy", "1 Kopie", "1 copia", "1 copie"),
    "copy many": Text("{n} copies", "{n} Kopien", "{n} copias", "{n} copies"),
    "set one": Text("1 cell changed", "1 Zelle geändert", "1 celda cambiada", "1 cellule changée"),
    "set many": Text(
        "{n} cells changed", "{n} Zellen geändert", "{n} celdas cambiadas", "{n} cellules changées"
    ),
    "add one": Text("1 row added", "1 Zeile neu", "1 fila nueva", "1 ligne nouvelle"),
    "add many": Text(
        "{n} rows added", "{n} Zeilen neu", "{n} filas nuevas", "{n} lignes nouvelles"
    ),
    "remove one": Text("1 row deleted", "1 Zeile gelöscht", "1 fila borrada", "1 ligne supprimée"),
    "remove many": Text(
        "{n} rows deleted", "{n} Zeilen gelöscht", "{n} filas borradas", "{n} lignes supprimées"
    ),
    "nothing new": Text("nothing new", "nichts Neues", "nada nuevo", "rien de nouveau"),
    "written one": Text(
        "1 change written",
        "1 Änderung geschrieben",
        "1 cambio escrito",
        "1 changement écrit",
    ),
    "written many": Text(
        "{n} changes written",
        "{n} Änderungen geschrieben",
        "{n} cambios escritos",
        "{n} changements écrits",
    ),
    "to write one": Text(
        "1 change to write",
        "1 Änderung zu schreiben",
        "1 cambio por escribir",
        "1 changement à écrire",
    ),
    "to write many": Text(
        "{n} changes to write",
        "{n} Änderungen zu schreiben",
        "{n} cambios por escribir",
        "{n} changements à écrire",
    ),
    "more": Text("and {n} more", "und {n} weitere", "y {n} más", "et {n} de plus"),
    "cells": Text("{n} cells", "{n} Zellen", "{n} celdas", "{n} cellules"),
    "more lines": Text(
        "and {n} more such lines; --plan and --format json tell all",
        "und {n} weitere solche Zeilen; --plan und --format json nennen alle",
        "y {n} líneas más como estas; --plan y --format json las dicen todas",
        "et {n} lignes de plus ; --plan et --format json les donnent toutes",
    ),
    "not synced": Text("not synced", "nicht abgeglichen", "no sincronizado", "non synchronisé"),
    "settled one": Text(
        "1 conflict settled",
        "1 Konflikt erledigt",
        "1 conflicto resuelto",
        "1 conflit tranché",
    ),
    "settled many": Text(
        "{n} conflicts settled",
        "{n} Konflikte erledigt",
        "{n} conflictos resueltos",
        "{n} conflits tranchés",
    ),
    "problem one": Text(
        "1 problem to mend",
        "1 Problem zu beheben",
        "1 problema por corregir",
        "1 problème à corriger",
    ),
    "problem many": Text(
        "{n} problems to mend",
        "{n} Probleme zu beheben",
        "{n} problemas por corregir",
        "{n} problèmes à corriger",
    ),
    "waiting": Text("{n} waiting", "{n} warten", "{n} en espera", "{n} en attente"),
    "only plan": Text(
        "This is the plan; nothing was written.",
        "Das ist der Plan; geschrieben wurde nichts.",
        "Este es el plan; no se ha escrito nada.",
        "Ceci est le plan ; rien n'a été écrit.",
    ),
    "resaved": Text(
        "Saved again without a change; stamped anew.",
        "Ohne Änderung neu gespeichert; neu gestempelt.",
        "Guardada de nuevo sin cambios; sellada de nuevo.",
        "Enregistrée à nouveau sans changement ; marquée à nouveau.",
    ),
    "until decided": Text(
        "Nothing to write until somebody decides.",
        "Nichts zu schreiben, bis jemand entscheidet.",
        "Nada que escribir hasta que alguien decida.",
        "Rien à écrire tant que personne ne tranche.",
    ),
    "nothing to do": Text(
        "Nothing to do.",
        "Nichts zu tun.",
        "Nada que hacer.",
        "Rien à faire.",
    ),
    "at record": Text(
        "Record {record}, run {run}.",
        "Stand {record}, Lauf {run}.",
        "Registro {record}, pasada {run}.",
        "État {record}, passage {run}.",
    ),
    "lost store": Text(
        "The copies were synced before, and this store knows nothing of it: was "
        "it lost, or is it another computer's? Nothing is taken for deleted; what"
        " differs is listed.",
        "Die Kopien wurden schon abgeglichen, und dieser Speicher weiß nichts "
        "davon: ging er verloren, oder gehört er zu einem anderen Rechner? Nichts"
        " gilt als gelöscht; was abweicht, steht in der Liste.",
        "Las copias ya se sincronizaron y este almacén no sabe nada de ello: ¿se "
        "perdió o es de otro ordenador? Nada se da por borrado; lo que difiere "
        "está en la lista.",
        "Les copies ont déjà été synchronisées et ce dépôt n'en sait rien : est-"
        "il perdu, ou celui d'un autre ordinateur ? Rien n'est tenu pour supprimé"
        " ; ce qui diffère est listé.",
    ),
    "stood before": Text(
        "{book}: another workbook stood here before, a copy of another "
        "record; this one is none, and begins a record of its own.",
        "{book}: hier stand vorher eine andere Arbeitsmappe, eine Kopie eines "
        "anderen Stands; diese ist keine und beginnt einen eigenen.",
        "{book}: aquí había antes otro libro, copia de otro registro; este "
        "no lo es y empieza uno propio.",
        "{book} : un autre classeur était ici auparavant, copie d'un autre "
        "état ; celui-ci n'en est pas une et commence le sien.",
    ),
    "adopted": Text(
        "{deals} with ops already, now frozen as sold: {few}.",
        "{deals} schon bei der Umsetzung, jetzt wie verkauft eingefroren: {few}.",
        "{deals} ya en ejecución, ahora fijados como se vendieron: {few}.",
        "{deals} déjà en réalisation, désormais figées telles que vendues : {few}.",
    ),
    "deal one": Text("1 deal", "1 Geschäft", "1 negocio", "1 affaire"),
    "deal many": Text("{n} deals", "{n} Geschäfte", "{n} negocios", "{n} affaires"),
    "not closed one": Text(
        "{deal}: not closed, 1 thing to mend first:",
        "{deal}: nicht abgeschlossen, erst ist 1 Sache zu beheben:",
        "{deal}: sin cerrar, antes hay 1 cosa por corregir:",
        "{deal} : non conclue, 1 chose à corriger d'abord :",
    ),
    "not closed many": Text(
        "{deal}: not closed, {n} things to mend first:",
        "{deal}: nicht abgeschlossen, erst sind {n} Sachen zu beheben:",
        "{deal}: sin cerrar, antes hay {n} cosas por corregir:",
        "{deal} : non conclue, {n} choses à corriger d'abord :",
    ),
    "promoted": Text("promoted", "übergeben", "traspasado", "transmise"),
    "at_risk": Text(
        "at risk",
        "auf Risiko begonnen",
        "empezado a riesgo",
        "commencée à risque",
    ),
    "note": Text("Note", "Hinweis", "Nota", "Note"),
    "still": Text("still", "weiterhin", "todavía", "toujours"),
    "to mend": Text("to mend", "zu beheben", "por corregir", "à corriger"),
    "does not fit": Text("does not fit", "passt nicht", "no encaja", "ne convient pas"),
    "only together": Text("only together", "nur zusammen", "solo juntos", "seulement ensemble"),
    "accident": Text(
        "That looks like an accident, so nothing of this copy was taken over. If "
        "it is meant: {allow}",
        "Das sieht nach einem Versehen aus, darum wurde nichts aus dieser Kopie "
        "übernommen. Wenn es so gemeint ist: {allow}",
        "Eso parece un accidente, así que no se recogió nada de esta copia. Si es"
        " lo que se quiere: {allow}",
        "Cela ressemble à un accident, donc rien de cette copie n'a été repris. "
        "Si c'est voulu : {allow}",
    ),
    "a copy": Text(
        "a copy of this record",
        "eine Kopie dieses Stands",
        "una copia de este registro",
        "une copie de cet état",
    ),
    "beside counts": Text(
        "{name}: {what}; its edits count as another copy's.",
        "{name}: {what}; ihre Änderungen zählen wie die einer weiteren Kopie.",
        "{name}: {what}; sus cambios cuentan como los de otra copia.",
        "{name} : {what} ; ses modifications comptent comme celles d'une autre copie.",
    ),
    "beside asked": Text(
        "{name}: {what}, changed since its stamp. Nobody can tell whether that is"
        " meant, so nothing of it was taken over. If its edits count: --take "
        "{file}; if they do not: --leave {file}.",
        "{name}: {what}, seit ihrem Stempel geändert. Niemand kann sagen, ob das "
        "gemeint ist, darum wurde nichts daraus übernommen. Wenn ihre Änderungen "
        "zählen: --take {file}; wenn nicht: --leave {file}.",
        "{name}: {what}, cambiada desde su sello. Nadie puede saber si es lo que "
        "se quiere, así que no se recogió nada de ella. Si sus cambios cuentan: "
        "--take {file}; si no: --leave {file}.",
        "{name} : {what}, changée depuis sa marque. Personne ne peut dire si "
        "c'est voulu, donc rien n'en a été repris. Si ses modifications comptent "
        ": --take {file} ; sinon : --leave {file}.",
    ),
    "beside others": Text(
        "{name}: a copy of this record beside the others: see `sheetrecord sync`.",
        "{name}: eine Kopie dieses Stands neben den anderen: siehe `sheetrecord sync`.",
        "{name}: una copia de este registro junto a las otras: vea `sheetrecord sync`.",
        "{name} : une copie de cet état à côté des autres : voir `sheetrecord sync`.",
    ),
    "unknown store": Text(
        "The copies carry stamps of a record of which this store knows nothing: was {store} "
        "lost, or is it another computer's?",
        "Die Kopien tragen Stempel eines Stands, von dem dieser Speicher nichts weiß: ging "
        "{store} verloren, oder gehört er zu einem anderen Rechner?",
        "Las copias llevan sellos de un registro del que este almacén no sabe nada: ¿se perdió "
        "{store} o es de otro ordenador?",
        "Les copies portent des marques d'un état dont ce dépôt ne sait rien : {store} est-il "
        "perdu, ou celui d'un autre ordinateur ?",
    ),
    "never synced": Text(
        "Never synced.",
        "Noch nie abgeglichen.",
        "Nunca se sincronizó.",
        "Jamais synchronisé.",
    ),
    "row one": Text("1 row", "1 Zeile", "1 fila", "1 ligne"),
    "row many": Text("{n} rows", "{n} Zeilen", "{n} filas", "{n} lignes"),
    "status": Text(
        "The record: {rows}, {conflicts}.",
        "Gemeinsamer Stand: {rows}, {conflicts}.",
        "El registro común: {rows}, {conflicts}.",
        "L'état commun : {rows}, {conflicts}.",
    ),
    "handovers": Text(
        "Handovers that wait:",
        "Übergaben, die warten:",
        "Traspasos que esperan:",
        "Passations en attente :",
    ),
    "waits since": Text(
        "{days} d  {deal} for {owner}, offered on {day}",
        "{days} T  {deal} für {owner}, angeboten am {day}",
        "{days} d  {deal} para {owner}, ofrecido el {day}",
        "{days} j  {deal} pour {owner}, proposée le {day}",
    ),
    "waits undated": Text(
        "?  {deal} for {owner}, offered",
        "?  {deal} für {owner}, angeboten",
        "?  {deal} para {owner}, ofrecido",
        "?  {deal} pour {owner}, proposée",
    ),
    "due": Text(
        "Due, by day:", "Fällig, nach Tagen:", "Pendiente, por día:", "À suivre, par jour :"
    ),
    "due before": Text(
        "  {n} more of earlier days: sheetrecord validate {book}",
        "  {n} weitere von früheren Tagen: sheetrecord validate {book}",
        "  {n} más de días anteriores: sheetrecord validate {book}",
        "  {n} de plus, de jours passés : sheetrecord validate {book}",
    ),
    "kept in": Text(
        "Kept in {store}; ledger head {head}.",
        "Liegt in {store}; Kopf des Journals {head}.",
        "Está en {store}; cabeza del diario {head}.",
        "Gardé dans {store} ; tête du journal {head}.",
    ),
    "none": Text("none", "keiner", "ninguna", "aucune"),
    "decided for all": Text(
        "decided for all",
        "für alle entschieden",
        "decidido para todos",
        "tranché pour tous",
    ),
    "open": Text("open", "offen", "abierto", "ouvert"),
    "no conflicts": Text(
        "{book}: no conflicts.",
        "{book}: keine Konflikte.",
        "{book}: ningún conflicto.",
        "{book} : aucun conflit.",
    ),
    "changes more": Text(
        "and {n} more changes (--plan shows all)",
        "und {n} weitere Änderungen (--plan zeigt alle)",
        "y {n} cambios más (--plan los muestra todos)",
        "et {n} changements de plus (--plan les montre tous)",
    ),
    "change one": Text(
        "1 change taken over",
        "1 Änderung übernommen",
        "1 cambio recogido",
        "1 changement repris",
    ),
    "change many": Text(
        "{n} changes taken over",
        "{n} Änderungen übernommen",
        "{n} cambios recogidos",
        "{n} changements repris",
    ),
    "made one": Text(
        "1 problem that only the merge makes",
        "1 Problem, das erst das Zusammenführen macht",
        "1 problema que solo hace la fusión",
        "1 problème que seule la fusion crée",
    ),
    "made many": Text(
        "{n} problems that only the merge makes",
        "{n} Probleme, die erst das Zusammenführen macht",
        "{n} problemas que solo hace la fusión",
        "{n} problèmes que seule la fusion crée",
    ),
    "not merged": Text("not merged", "nicht zusammengeführt", "no fusionado", "non fusionné"),
    "the workbook": Text("the workbook", "die Arbeitsmappe", "el libro", "le classeur"),
    "nothing to write": Text(
        "Nothing to write.",
        "Nichts zu schreiben.",
        "Nada que escribir.",
        "Rien à écrire.",
    ),
    "decide then": Text(
        "Decide on its sheet of conflicts, then: sheetrecord resolve {name}",
        "Im Blatt der Konflikte entscheiden, dann: sheetrecord resolve {name}",
        "Decida en su hoja de conflictos y luego: sheetrecord resolve {name}",
        "Tranchez sur sa feuille de conflits, puis : sheetrecord resolve {name}",
    ),
    "no deals": Text(
        "Nothing was written: without its deals nobody can tell whose the rows are.",
        "Es wurde nichts geschrieben: ohne ihre Geschäfte kann niemand sagen, zu "
        "wem die Zeilen gehören.",
        "No se ha escrito nada: sin sus negocios nadie puede saber de quién son las filas.",
        "Rien n'a été écrit : sans ses affaires, personne ne peut dire à qui sont les lignes.",
    ),
    "looks wrong": Text(
        "Nothing was written: that looks like an accident. Look at that copy; if "
        "it is meant, run this again with {allow}.",
        "Es wurde nichts geschrieben: das sieht nach einem Versehen aus. Diese "
        "Kopie ansehen; wenn es so gemeint ist, noch einmal mit {allow}.",
        "No se ha escrito nada: eso parece un accidente. Mire esa copia; si es lo"
        " que se quiere, repita con {allow}.",
        "Rien n'a été écrit : cela ressemble à un accident. Regardez cette copie "
        "; si c'est voulu, recommencez avec {allow}.",
    ),
    "base": Text("base", "Ausgangsstand", "base", "base"),
    "ours": Text("ours", "unsere", "nuestro", "nôtre"),
    "theirs": Text("theirs", "ihre", "suyo", "leur"),
    "row": Text("row {n}", "Zeile {n}", "fila {n}", "ligne {n}"),
    "added": Text("new: {what}", "neu: {what}", "nueva: {what}", "nouvelle : {what}"),
    "removed": Text("deleted: {what}", "gelöscht: {what}", "borrada: {what}", "supprimée : {what}"),
    "was set": Text(
        "{column}: {old} -> {new}",
        "{column}: {old} -> {new}",
        "{column}: {old} -> {new}",
        "{column} : {old} -> {new}",
    ),
    "in conflict": Text(
        "{column}: two values, {old} and {new}",
        "{column}: zwei Werte, {old} und {new}",
        "{column}: dos valores, {old} y {new}",
        "{column} : deux valeurs, {old} et {new}",
    ),
    "was decided": Text(
        "{column}: decided, {new}",
        "{column}: entschieden, {new}",
        "{column}: decidido, {new}",
        "{column} : tranché, {new}",
    ),
    "by": Text("by {who}", "von {who}", "por {who}", "par {who}"),
    "somebody": Text("somebody", "jemandem", "alguien", "quelqu'un"),
    "from": Text("(from {copy})", "(aus {copy})", "(de {copy})", "(de {copy})"),
    "no run": Text(
        "No run has changed the record yet, so nothing is known of who changed what.",
        "Noch kein Abgleich hat etwas geändert; wer was geändert hat, ist also nicht bekannt.",
        "Ninguna sincronización ha cambiado nada todavía; no se sabe quién cambió qué.",
        "Aucune synchronisation n'a encore rien changé ; on ne sait donc pas qui a changé quoi.",
    ),
    "no change": Text(
        "{deal}: the store holds no change of it.",
        "{deal}: davon ist keine Änderung festgehalten.",
        "{deal}: no consta ningún cambio.",
        "{deal} : aucun changement n'est gardé.",
    ),
    "no runs": Text(
        "No run has changed the record yet.",
        "Noch kein Abgleich hat etwas geändert.",
        "Ninguna sincronización ha cambiado nada todavía.",
        "Aucune synchronisation n'a encore rien changé.",
    ),
    "run set one": Text("1 cell set", "1 Zelle geändert", "1 celda cambiada", "1 cellule changée"),
    "run set many": Text(
        "{n} cells set", "{n} Zellen geändert", "{n} celdas cambiadas", "{n} cellules changées"
    ),
    "run add one": Text("1 row added", "1 Zeile neu", "1 fila nueva", "1 ligne nouvelle"),
    "run add many": Text(
        "{n} rows added", "{n} Zeilen neu", "{n} filas nuevas", "{n} lignes nouvelles"
    ),
    "run remove one": Text(
        "1 row removed", "1 Zeile gelöscht", "1 fila borrada", "1 ligne supprimée"
    ),
    "run remove many": Text(
        "{n} rows removed", "{n} Zeilen gelöscht", "{n} filas borradas", "{n} lignes supprimées"
    ),
    "run conflict one": Text(
        "1 conflict found", "1 Konflikt gefunden", "1 conflicto hallado", "1 conflit trouvé"
    ),
    "run conflict many": Text(
        "{n} conflicts found",
        "{n} Konflikte gefunden",
        "{n} conflictos hallados",
        "{n} conflits trouvés",
    ),
    "run settled one": Text(
        "1 conflict settled", "1 Konflikt erledigt", "1 conflicto resuelto", "1 conflit tranché"
    ),
    "run settled many": Text(
        "{n} conflicts settled",
        "{n} Konflikte erledigt",
        "{n} conflictos resueltos",
        "{n} conflits tranchés",
    ),
    "no undo": Text(
        "There is no sync to take back. Nothing was changed.",
        "Es gibt keinen Abgleich, der zurückzunehmen wäre. Nichts wurde geändert.",
        "No hay ninguna sincronización que deshacer. No se cambió nada.",
        "Il n'y a aucune synchronisation à annuler. Rien n'a été changé.",
    ),
    "undone one": Text(
        "Run {run}: 1 change taken back.",
        "Lauf {run}: 1 Änderung zurückgenommen.",
        "Pasada {run}: 1 cambio deshecho.",
        "Passage {run} : 1 changement annulé.",
    ),
    "undone many": Text(
        "Run {run}: {n} changes taken back.",
        "Lauf {run}: {n} Änderungen zurückgenommen.",
        "Pasada {run}: {n} cambios deshechos.",
        "Passage {run} : {n} changements annulés.",
    ),
    "to undo one": Text(
        "Run {run}: 1 change would be taken back.",
        "Lauf {run}: 1 Änderung würde zurückgenommen.",
        "Pasada {run}: se desharía 1 cambio.",
        "Passage {run} : 1 changement serait annulé.",
    ),
    "to undo many": Text(
        "Run {run}: {n} changes would be taken back.",
        "Lauf {run}: {n} Änderungen würden zurückgenommen.",
        "Pasada {run}: se desharían {n} cambios.",
        "Passage {run} : {n} changements seraient annulés.",
    ),
    "stays": Text(
        "stays: {what}  (it was changed since)",
        "bleibt: {what}  (seither geändert)",
        "se queda: {what}  (cambió después)",
        "reste : {what}  (changé depuis)",
    ),
    "not known then": Text(
        "The store knows nothing of the record on {day}. Nothing was written.",
        "Vom {day} ist kein Stand bekannt. Es wurde nichts geschrieben.",
        "No se conoce ningún estado del {day}. No se ha escrito nada.",
        "Aucun état n'est connu au {day}. Rien n'a été écrit.",
    ),
    "as known": Text(
        "{book}: {rows} as known on {day}.",
        "{book}: {rows}, wie am {day} bekannt.",
        "{book}: {rows}, como se conocía el {day}.",
        "{book} : {rows}, tel que connu le {day}.",
    ),
}

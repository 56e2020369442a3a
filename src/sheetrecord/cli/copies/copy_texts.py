"""What the terminal says of copies and their conflicts, in every language that ships.

The one table of what `sync`, `status`, `resolve`, `conflicts` and `merge` say of copies: each text
once, its languages side by side, so that none can lack one.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class CopyText(NamedTuple):
    """One text in every language; names in braces are placeholders."""

    en: str
    de: str
    es: str
    fr: str


TEXTS: Final[Mapping[str, CopyText]] = {
    "conflict": CopyText("conflict", "Konflikt", "conflicto", "conflit"),
    "was": CopyText("was", "vorher", "antes", "avant"),
    "record": CopyText("the record", "gemeinsamer Stand", "el registro común", "l'état commun"),
    "before": CopyText(
        "the record before",
        "gemeinsamer Stand davor",
        "el registro común anterior",
        "l'état commun d'avant",
    ),
    "seen": CopyText("seen", "gesehen", "visto", "vu"),
    "deleted": CopyText("deleted", "gelöscht", "borrado", "supprimé"),
    "kept": CopyText("kept", "behalten", "conservado", "gardé"),
    "blank": CopyText("(blank)", "(leer)", "(vacío)", "(vide)"),
    "whole": CopyText("(whole row)", "(ganze Zeile)", "(fila entera)", "(ligne entière)"),
    "conflict one": CopyText("1 conflict", "1 Konflikt", "1 conflicto", "1 conflit"),
    "conflict many": CopyText("{n} conflicts", "{n} Konflikte", "{n} conflictos", "{n} conflits"),
    "decided": CopyText("{n} decided.", "{n} entschieden.", "{n} decididos.", "{n} tranchés."),
    "value": CopyText("a value", "ein Wert", "un valor", "une valeur"),
    "decide": CopyText(
        "To decide: write ours, theirs or a value into Keep on the sheet "
        "Conflicts of a copy, or run {command} ({other}).",
        "Zum Entscheiden: im Blatt Konflikte einer Kopie unsere, ihre oder einen "
        "Wert in Behalten schreiben, oder {command} ({other}).",
        "Para decidir: escriba nuestro, suyo o un valor en Conservar, en la hoja "
        "Conflictos de una copia, o {command} ({other}).",
        "Pour trancher : écrivez nôtre, leur ou une valeur dans Garder, sur la "
        "feuille Conflits d'une copie, ou {command} ({other}).",
    ),
    "settled": CopyText(
        "{book}: {settled} settled, {left} left.",
        "{book}: {settled} erledigt, {left} übrig.",
        "{book}: {settled} resueltos, {left} pendientes.",
        "{book} : {settled} tranchés, {left} restants.",
    ),
    "in step": CopyText("in step", "auf gleichem Stand", "al día", "à jour"),
    "changed": CopyText("changed", "geändert", "cambiada", "changée"),
    "behind": CopyText("behind", "zurück", "atrasada", "en retard"),
    "waits": CopyText("waits", "wartet", "espera", "attend"),
    "away": CopyText("away", "nicht da", "no está", "absente"),
    "new": CopyText("new", "neu", "nueva", "nouvelle"),
    "to decide": CopyText("to decide", "zu entscheiden", "por decidir", "à trancher"),
    "unsynced": CopyText(
        "it was never synced under this name",
        "unter diesem Namen noch nie abgeglichen",
        "nunca se sincronizó con este nombre",
        "jamais synchronisée sous ce nom",
    ),
    "copy one": CopyText("1 copy", "1 Kopie", "1 copia", "1 copie"),
    "copy many": CopyText("{n} copies", "{n} Kopien", "{n} copias", "{n} copies"),
    "edit one": CopyText(
        "1 edit taken over",
        "1 Änderung übernommen",
        "1 cambio recogido",
        "1 modification reprise",
    ),
    "edit many": CopyText(
        "{n} edits taken over",
        "{n} Änderungen übernommen",
        "{n} cambios recogidos",
        "{n} modifications reprises",
    ),
    "written one": CopyText(
        "1 change written",
        "1 Änderung geschrieben",
        "1 cambio escrito",
        "1 changement écrit",
    ),
    "written many": CopyText(
        "{n} changes written",
        "{n} Änderungen geschrieben",
        "{n} cambios escritos",
        "{n} changements écrits",
    ),
    "to write one": CopyText(
        "1 change to write",
        "1 Änderung zu schreiben",
        "1 cambio por escribir",
        "1 changement à écrire",
    ),
    "to write many": CopyText(
        "{n} changes to write",
        "{n} Änderungen zu schreiben",
        "{n} cambios por escribir",
        "{n} changements à écrire",
    ),
    "more": CopyText("and {n} more", "und {n} weitere", "y {n} más", "et {n} de plus"),
    "cells": CopyText("{n} cells", "{n} Zellen", "{n} celdas", "{n} cellules"),
    "more lines": CopyText(
        "and {n} more such lines; --plan and --format json tell all",
        "und {n} weitere solche Zeilen; --plan und --format json nennen alle",
        "y {n} líneas más como estas; --plan y --format json las dicen todas",
        "et {n} lignes de plus ; --plan et --format json les donnent toutes",
    ),
    "not synced": CopyText("not synced", "nicht abgeglichen", "no sincronizado", "non synchronisé"),
    "settled one": CopyText(
        "1 conflict settled",
        "1 Konflikt erledigt",
        "1 conflicto resuelto",
        "1 conflit tranché",
    ),
    "settled many": CopyText(
        "{n} conflicts settled",
        "{n} Konflikte erledigt",
        "{n} conflictos resueltos",
        "{n} conflits tranchés",
    ),
    "problem one": CopyText(
        "1 problem to mend",
        "1 Problem zu beheben",
        "1 problema por corregir",
        "1 problème à corriger",
    ),
    "problem many": CopyText(
        "{n} problems to mend",
        "{n} Probleme zu beheben",
        "{n} problemas por corregir",
        "{n} problèmes à corriger",
    ),
    "waiting": CopyText("{n} waiting", "{n} warten", "{n} en espera", "{n} en attente"),
    "only plan": CopyText(
        "This is the plan; nothing was written.",
        "Das ist der Plan; geschrieben wurde nichts.",
        "Este es el plan; no se ha escrito nada.",
        "Ceci est le plan ; rien n'a été écrit.",
    ),
    "resaved": CopyText(
        "Saved again without a change; stamped anew.",
        "Ohne Änderung neu gespeichert; neu gestempelt.",
        "Guardada de nuevo sin cambios; sellada de nuevo.",
        "Enregistrée à nouveau sans changement ; marquée à nouveau.",
    ),
    "until decided": CopyText(
        "Nothing to write until somebody decides.",
        "Nichts zu schreiben, bis jemand entscheidet.",
        "Nada que escribir hasta que alguien decida.",
        "Rien à écrire tant que personne ne tranche.",
    ),
    "nothing to do": CopyText(
        "Nothing to do.",
        "Nichts zu tun.",
        "Nada que hacer.",
        "Rien à faire.",
    ),
    "at record": CopyText(
        "Record {record}.",
        "Stand {record}.",
        "Registro {record}.",
        "État {record}.",
    ),
    "at run": CopyText(
        "Record {record}, run {run}.",
        "Stand {record}, Lauf {run}.",
        "Registro {record}, pasada {run}.",
        "État {record}, passage {run}.",
    ),
    "lost store": CopyText(
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
    "stood before": CopyText(
        "{book}: another workbook stood here before, a copy of the record "
        "{record}; this one is none, and begins a record of its own.",
        "{book}: hier stand vorher eine andere Arbeitsmappe, eine Kopie des "
        "Stands {record}; diese ist keine und beginnt einen eigenen.",
        "{book}: aquí había antes otro libro, copia del registro {record}; este "
        "no lo es y empieza uno propio.",
        "{book} : un autre classeur était ici auparavant, copie de l'état "
        "{record} ; celui-ci n'en est pas une et commence le sien.",
    ),
    "adopted": CopyText(
        "{deals} with ops already, now frozen as sold: {few}.",
        "{deals} schon bei der Umsetzung, jetzt wie verkauft eingefroren: {few}.",
        "{deals} ya en ejecución, ahora fijados como se vendieron: {few}.",
        "{deals} déjà en réalisation, désormais figées telles que vendues : {few}.",
    ),
    "deal one": CopyText("1 deal", "1 Geschäft", "1 negocio", "1 affaire"),
    "deal many": CopyText("{n} deals", "{n} Geschäfte", "{n} negocios", "{n} affaires"),
    "not closed one": CopyText(
        "{deal}: not closed, 1 thing to mend first:",
        "{deal}: nicht abgeschlossen, erst ist 1 Sache zu beheben:",
        "{deal}: sin cerrar, antes hay 1 cosa por corregir:",
        "{deal} : non conclue, 1 chose à corriger d'abord :",
    ),
    "not closed many": CopyText(
        "{deal}: not closed, {n} things to mend first:",
        "{deal}: nicht abgeschlossen, erst sind {n} Sachen zu beheben:",
        "{deal}: sin cerrar, antes hay {n} cosas por corregir:",
        "{deal} : non conclue, {n} choses à corriger d'abord :",
    ),
    "promoted": CopyText("promoted", "übergeben", "traspasado", "transmise"),
    "at_risk": CopyText(
        "at_risk",
        "auf Risiko begonnen",
        "empezado a riesgo",
        "commencée à risque",
    ),
    "note": CopyText("Note", "Hinweis", "Nota", "Note"),
    "still": CopyText("still", "weiterhin", "todavía", "toujours"),
    "to mend": CopyText("to mend", "zu beheben", "por corregir", "à corriger"),
    "does not fit": CopyText("does not fit", "passt nicht", "no encaja", "ne convient pas"),
    "only together": CopyText("only together", "nur zusammen", "solo juntos", "seulement ensemble"),
    "accident": CopyText(
        "That looks like an accident, so nothing of this copy was taken over. If "
        "it is meant: {allow}",
        "Das sieht nach einem Versehen aus, darum wurde nichts aus dieser Kopie "
        "übernommen. Wenn es so gemeint ist: {allow}",
        "Eso parece un accidente, así que no se recogió nada de esta copia. Si es"
        " lo que se quiere: {allow}",
        "Cela ressemble à un accident, donc rien de cette copie n'a été repris. "
        "Si c'est voulu : {allow}",
    ),
    "a copy": CopyText(
        "a copy of this record",
        "eine Kopie dieses Stands",
        "una copia de este registro",
        "une copie de cet état",
    ),
    "beside counts": CopyText(
        "{name}: {what}; its edits count as another copy's.",
        "{name}: {what}; ihre Änderungen zählen wie die einer weiteren Kopie.",
        "{name}: {what}; sus cambios cuentan como los de otra copia.",
        "{name} : {what} ; ses modifications comptent comme celles d'une autre copie.",
    ),
    "beside asked": CopyText(
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
    "beside others": CopyText(
        "{name}: a copy of this record beside the others: see `sheetrecord sync`.",
        "{name}: eine Kopie dieses Stands neben den anderen: siehe `sheetrecord sync`.",
        "{name}: una copia de este registro junto a las otras: vea `sheetrecord sync`.",
        "{name} : une copie de cet état à côté des autres : voir `sheetrecord sync`.",
    ),
    "unknown store": CopyText(
        "The copies carry stamps of the record {record}, of which this store "
        "knows nothing: was {store} lost, or is it another computer's?",
        "Die Kopien tragen Stempel des Stands {record}, von dem dieser Speicher "
        "nichts weiß: ging {store} verloren, oder gehört er zu einem anderen "
        "Rechner?",
        "Las copias llevan sellos del registro {record}, del que este almacén no "
        "sabe nada: ¿se perdió {store} o es de otro ordenador?",
        "Les copies portent des marques de l'état {record}, dont ce dépôt ne sait"
        " rien : {store} est-il perdu, ou celui d'un autre ordinateur ?",
    ),
    "never synced": CopyText(
        "Never synced.",
        "Noch nie abgeglichen.",
        "Nunca se sincronizó.",
        "Jamais synchronisé.",
    ),
    "row one": CopyText("1 row", "1 Zeile", "1 fila", "1 ligne"),
    "row many": CopyText("{n} rows", "{n} Zeilen", "{n} filas", "{n} lignes"),
    "status": CopyText(
        "Record {record}: {rows}, run {run}, {conflicts}.",
        "Stand {record}: {rows}, Lauf {run}, {conflicts}.",
        "Registro {record}: {rows}, pasada {run}, {conflicts}.",
        "État {record} : {rows}, passage {run}, {conflicts}.",
    ),
    "handovers": CopyText(
        "Handovers that wait:",
        "Übergaben, die warten:",
        "Traspasos que esperan:",
        "Passations en attente :",
    ),
    "waits since": CopyText(
        "{days} d  {deal} for {owner}, offered on {day}",
        "{days} T  {deal} für {owner}, angeboten am {day}",
        "{days} d  {deal} para {owner}, ofrecido el {day}",
        "{days} j  {deal} pour {owner}, proposée le {day}",
    ),
    "waits undated": CopyText(
        "?  {deal} for {owner}, offered",
        "?  {deal} für {owner}, angeboten",
        "?  {deal} para {owner}, ofrecido",
        "?  {deal} pour {owner}, proposée",
    ),
    "due": CopyText(
        "Due, by day:", "Fällig, nach Tagen:", "Pendiente, por día:", "À suivre, par jour :"
    ),
    "due before": CopyText(
        "  {n} more of earlier days: sheetrecord validate {book}",
        "  {n} weitere von früheren Tagen: sheetrecord validate {book}",
        "  {n} más de días anteriores: sheetrecord validate {book}",
        "  {n} de plus, de jours passés : sheetrecord validate {book}",
    ),
    "kept in": CopyText(
        "Kept in {store}; ledger head {head}.",
        "Liegt in {store}; Kopf des Journals {head}.",
        "Está en {store}; cabeza del diario {head}.",
        "Gardé dans {store} ; tête du journal {head}.",
    ),
    "none": CopyText("none", "keiner", "ninguna", "aucune"),
    "decided for all": CopyText(
        "decided for all",
        "für alle entschieden",
        "decidido para todos",
        "tranché pour tous",
    ),
    "open": CopyText("open", "offen", "abierto", "ouvert"),
    "no conflicts": CopyText(
        "{book}: no conflicts.",
        "{book}: keine Konflikte.",
        "{book}: ningún conflicto.",
        "{book} : aucun conflit.",
    ),
    "changes more": CopyText(
        "and {n} more changes (--plan shows all)",
        "und {n} weitere Änderungen (--plan zeigt alle)",
        "y {n} cambios más (--plan los muestra todos)",
        "et {n} changements de plus (--plan les montre tous)",
    ),
    "change one": CopyText(
        "1 change taken over",
        "1 Änderung übernommen",
        "1 cambio recogido",
        "1 changement repris",
    ),
    "change many": CopyText(
        "{n} changes taken over",
        "{n} Änderungen übernommen",
        "{n} cambios recogidos",
        "{n} changements repris",
    ),
    "made one": CopyText(
        "1 problem that only the merge makes",
        "1 Problem, das erst das Zusammenführen macht",
        "1 problema que solo hace la fusión",
        "1 problème que seule la fusion crée",
    ),
    "made many": CopyText(
        "{n} problems that only the merge makes",
        "{n} Probleme, die erst das Zusammenführen macht",
        "{n} problemas que solo hace la fusión",
        "{n} problèmes que seule la fusion crée",
    ),
    "not merged": CopyText("not merged", "nicht zusammengeführt", "no fusionado", "non fusionné"),
    "the workbook": CopyText("the workbook", "die Arbeitsmappe", "el libro", "le classeur"),
    "nothing to write": CopyText(
        "Nothing to write.",
        "Nichts zu schreiben.",
        "Nada que escribir.",
        "Rien à écrire.",
    ),
    "decide then": CopyText(
        "Decide on its sheet of conflicts, then: sheetrecord resolve {name}",
        "Im Blatt der Konflikte entscheiden, dann: sheetrecord resolve {name}",
        "Decida en su hoja de conflictos y luego: sheetrecord resolve {name}",
        "Tranchez sur sa feuille de conflits, puis : sheetrecord resolve {name}",
    ),
    "no deals": CopyText(
        "Nothing was written: without its deals nobody can tell whose the rows are.",
        "Es wurde nichts geschrieben: ohne ihre Geschäfte kann niemand sagen, zu "
        "wem die Zeilen gehören.",
        "No se ha escrito nada: sin sus negocios nadie puede saber de quién son las filas.",
        "Rien n'a été écrit : sans ses affaires, personne ne peut dire à qui sont les lignes.",
    ),
    "looks wrong": CopyText(
        "Nothing was written: that looks like an accident. Look at that copy; if "
        "it is meant, run this again with {allow}.",
        "Es wurde nichts geschrieben: das sieht nach einem Versehen aus. Diese "
        "Kopie ansehen; wenn es so gemeint ist, noch einmal mit {allow}.",
        "No se ha escrito nada: eso parece un accidente. Mire esa copia; si es lo"
        " que se quiere, repita con {allow}.",
        "Rien n'a été écrit : cela ressemble à un accident. Regardez cette copie "
        "; si c'est voulu, recommencez avec {allow}.",
    ),
    "base": CopyText("base", "Ausgangsstand", "base", "base"),
    "ours": CopyText("ours", "unsere", "nuestro", "nôtre"),
    "theirs": CopyText("theirs", "ihre", "suyo", "leur"),
}

"""What import, gaps, leaver and check-sow say; what their engines say in English stands below."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.cli.texts.text import Table, Text
from sheetrecord.core.edit_reasons import REASONS, Sentences

TEXTS: Final[Table] = {
    "blank": Text("(blank)", "(leer)", "(vacío)", "(vide)"),
    "plan": Text(
        "This is the plan; nothing was written.",
        "Das ist der Plan; geschrieben wurde nichts.",
        "Este es el plan; no se ha escrito nada.",
        "Ceci est le plan ; rien n'a été écrit.",
    ),
    "written in": Text(
        "Written in {book}.", "Geschrieben in {book}.", "Escrito en {book}.", "Écrit dans {book}."
    ),
    "unwritten": Text(
        "Nothing was written.",
        "Es wurde nichts geschrieben.",
        "No se ha escrito nada.",
        "Rien n'a été écrit.",
    ),
    "deal one": Text("1 deal", "1 Auftrag", "1 venta", "1 affaire"),
    "deal many": Text("{n} deals", "{n} Aufträge", "{n} ventas", "{n} affaires"),
    "deals held one": Text("1 deal", "1 Auftrag", "1 venta", "1 affaire"),
    "deals held many": Text("{n} deals", "{n} Aufträgen", "{n} ventas", "{n} affaires"),
    # import
    "import head": Text(
        "{file}: {system}, {language}; {deals}",
        "{file}: {system}, {language}; {deals}",
        "{file}: {system}, {language}; {deals}",
        "{file} : {system}, {language} ; {deals}",
    ),
    "new": Text("new", "neu", "nueva", "nouvelle"),
    "changed": Text("changed", "geändert", "cambiada", "changée"),
    "same": Text("as they are", "unverändert", "sin cambios", "inchangées"),
    "conflict": Text("conflict", "Konflikt", "conflicto", "conflit"),
    "in conflict": Text("in conflict", "im Konflikt", "en conflicto", "en conflit"),
    "refused": Text("refused", "abgelehnt", "rechazado", "refusé"),
    "note": Text("Note: {note}", "Hinweis: {note}", "Nota: {note}", "Remarque : {note}"),
    "not in files": Text(
        "Not in the files, and left as they are: {which}.",
        "Nicht in den Dateien, und belassen wie sie sind: {which}.",
        "No están en los archivos y quedan como están: {which}.",
        "Absentes des fichiers, et laissées telles quelles : {which}.",
    ),
    "answer first": Text(
        "To be answered first; nothing was written:",
        "Vorher zu beantworten; es wurde nichts geschrieben:",
        "Hay que responder antes; no se ha escrito nada:",
        "À répondre d'abord ; rien n'a été écrit :",
    ),
    "which": Text("Which {what}", "Welche Angabe: {what}", "Qué: {what}", "Lequel : {what}"),
    "no number": Text("(no number)", "(ohne Nummer)", "(sin número)", "(sans numéro)"),
    "people": Text("people", "Personen", "personas", "personnes"),
    "both": Text(
        "{column}: here {ours}, in the CRM {theirs} ({why})",
        "{column}: hier {ours}, im CRM {theirs} ({why})",
        "{column}: aquí {ours}, en el CRM {theirs} ({why})",
        "{column} : ici {ours}, dans le CRM {theirs} ({why})",
    ),
    "cell one": Text("1 cell changed", "1 Zelle geändert", "1 celda cambiada", "1 cellule changée"),
    "cell many": Text(
        "{n} cells changed", "{n} Zellen geändert", "{n} celdas cambiadas", "{n} cellules changées"
    ),
    "row one": Text("1 row added", "1 Zeile hinzugefügt", "1 fila añadida", "1 ligne ajoutée"),
    "row many": Text(
        "{n} rows added", "{n} Zeilen hinzugefügt", "{n} filas añadidas", "{n} lignes ajoutées"
    ),
    "decide": Text(
        "Both sides of a conflict stand until --keep ours or --keep crm.",
        "Beide Seiten eines Konflikts bleiben stehen, bis --keep ours oder --keep crm entscheidet.",
        "Los dos lados de un conflicto quedan hasta --keep ours o --keep crm.",
        "Les deux côtés d'un conflit restent jusqu'à --keep ours ou --keep crm.",
    ),
    "planned": Text(
        "This is the plan: {what}. Nothing was written.",
        "Das ist der Plan: {what}. Es wurde nichts geschrieben.",
        "Este es el plan: {what}. No se ha escrito nada.",
        "Ceci est le plan : {what}. Rien n'a été écrit.",
    ),
    "unchanged": Text(
        "Nothing changed in {book}.",
        "In {book} hat sich nichts geändert.",
        "Nada cambió en {book}.",
        "Rien n'a changé dans {book}.",
    ),
    "done in": Text(
        "{what} in {book}.", "{what} in {book}.", "{what} en {book}.", "{what} dans {book}."
    ),
    # gaps
    "none won": Text(
        "No deal is won yet: there is no handover to look at.",
        "Noch ist kein Auftrag gewonnen: Es gibt keine Übergabe anzusehen.",
        "Todavía no hay ventas ganadas: no hay traspaso que mirar.",
        "Aucune affaire n'est encore gagnée : il n'y a pas de passation à regarder.",
    ),
    "map told": Text(
        "Map the last five projects where something went wrong at handover. The record tells:",
        "Die letzten fünf Projekte durchgehen, bei denen die Übergabe schiefging. Hier steht dazu:",
        "Repase los últimos cinco proyectos en los que falló el traspaso. Consta esto:",
        "Passez en revue les cinq derniers projets où la passation a mal tourné. On sait ceci :",
    ),
    "map": Text(
        "Map the last five projects where something went wrong at handover.",
        "Die letzten fünf Projekte durchgehen, bei denen die Übergabe schiefging.",
        "Repase los últimos cinco proyectos en los que falló el traspaso.",
        "Passez en revue les cinq derniers projets où la passation a mal tourné.",
    ),
    "mapped one": Text(
        "(1 gap written down)",
        "(1 Lücke aufgeschrieben)",
        "(1 laguna anotada)",
        "(1 lacune notée)",
    ),
    "mapped many": Text(
        "({n} gaps written down)",
        "({n} Lücken aufgeschrieben)",
        "({n} lagunas anotadas)",
        "({n} lacunes notées)",
    ),
    "asks": Text(
        "On a terminal this asks you four questions for each of {n}. Or write one answer:",
        "An einem Terminal kommen vier Fragen zu jedem von {n}. Oder eine Antwort so eintragen:",
        "En un terminal se hacen cuatro preguntas por cada uno de {n}. O escriba una respuesta:",
        "Dans un terminal, quatre questions sont posées pour chacun des {n}. Ou écrivez une réponse :",
    ),
    "gap in": Text(
        "{deal}: {gap} in {sheet}. {how}",
        "{deal}: {gap} in {sheet}. {how}",
        "{deal}: {gap} en {sheet}. {how}",
        "{deal} : {gap} dans {sheet}. {how}",
    ),
    "step note": Text("{deal}: {note}", "{deal}: {note}", "{deal}: {note}", "{deal} : {note}"),
    "no gap": Text(
        "No gap is written down yet.",
        "Noch ist keine Lücke aufgeschrieben.",
        "Todavía no hay ninguna laguna anotada.",
        "Aucune lacune n'est encore notée.",
    ),
    "map them": Text(
        "Map the last five projects that went wrong: sheetrecord gaps {book} map",
        "Die letzten fünf missratenen Projekte durchgehen: sheetrecord gaps {book} map",
        "Repase los últimos cinco proyectos que salieron mal: sheetrecord gaps {book} map",
        "Passez en revue les cinq derniers projets ratés : sheetrecord gaps {book} map",
    ),
    "gaps head": Text(
        "{gaps} of {kinds} in {deals}.",
        "{gaps} von {kinds} in {deals}.",
        "{gaps} de {kinds} en {deals}.",
        "{gaps} de {kinds} dans {deals}.",
    ),
    "gap one": Text("1 gap", "1 Lücke", "1 laguna", "1 lacune"),
    "gap many": Text("{n} gaps", "{n} Lücken", "{n} lagunas", "{n} lacunes"),
    "kind one": Text("1 kind", "1 Art", "1 tipo", "1 genre"),
    "kind many": Text("{n} kinds", "{n} Arten", "{n} tipos", "{n} genres"),
    "alike": Text(
        "{one} and {other} may be one: if so, write the same words under {header}.",
        "{one} und {other} sind vielleicht dasselbe: dann unter {header} dieselben Wörter eintragen.",
        "{one} y {other} pueden ser lo mismo: si es así, escriba las mismas palabras en {header}.",
        "{one} et {other} sont peut-être une même chose : écrivez alors les mêmes mots sous {header}.",
    ),
    "first one": Text(
        "The first of {kinds} kinds: {run} of {total}.",
        "Die erste von {kinds} Arten: {run} von {total}.",
        "El primero de {kinds} tipos: {run} de {total}.",
        "Le premier de {kinds} genres : {run} sur {total}.",
    ),
    "first many": Text(
        "The first {n} of {kinds} kinds: {run} of {total}.",
        "Die ersten {n} von {kinds} Arten: {run} von {total}.",
        "Los primeros {n} de {kinds} tipos: {run} de {total}.",
        "Les {n} premiers de {kinds} genres : {run} sur {total}.",
    ),
    "share of": Text("{n} of {all}", "{n} von {all}", "{n} de {all}", "{n} sur {all}"),
    "nothing to tighten": Text(
        "Nothing to tighten: {why}.",
        "Nichts zu verschärfen: {why}.",
        "Nada que endurecer: {why}.",
        "Rien à durcir : {why}.",
    ),
    "hours": Text("{n} hours", "{n} Stunden", "{n} horas", "{n} heures"),
    "act stage": Text(
        'ask "{kind}" from {stage} on, and keep the gate shut without it.',
        "„{kind}“ ab {stage} fragen und ohne Antwort nicht übergeben.",
        "pedir «{kind}» desde {stage} y no traspasar sin ello.",
        "demander « {kind} » dès {stage}, sans quoi pas de passation.",
    ),
    "act ask": Text(
        'a question "{label}" from {stage} on, which keeps the gate shut: {question}',
        "eine Frage „{label}“ ab {stage}, ohne die nicht übergeben wird: {question}",
        "una pregunta «{label}» desde {stage}, sin la que no hay traspaso: {question}",
        "une question « {label} » dès {stage}, sans laquelle pas de passation : {question}",
    ),
    "act require": Text(
        "require {column} from {stage} on, and keep the gate shut without it.",
        "{column} ab {stage} verlangen und ohne Angabe nicht übergeben.",
        "exigir {column} desde {stage} y no traspasar sin ello.",
        "exiger {column} dès {stage}, sans quoi pas de passation.",
    ),
    "act severity": Text(
        "{what} is an error, no warning ({code}).",
        "{what}: ein Fehler, keine Warnung ({code}).",
        "{what}: un error, no un aviso ({code}).",
        "{what} : une erreur, pas un avertissement ({code}).",
    ),
    "CTX-043": Text(
        "an answer that nobody confirmed since ops took the deal over",
        "eine Antwort, die seit der Übernahme niemand bestätigt hat",
        "una respuesta que nadie confirmó desde que el equipo tomó la venta",
        "une réponse que personne n'a confirmée depuis la reprise",
    ),
    "CTX-041": Text(
        "a deal of which nothing was asked again for months",
        "ein Auftrag, zu dem monatelang nichts mehr gefragt wurde",
        "una venta de la que no se preguntó nada en meses",
        "une affaire dont rien n'a été redemandé depuis des mois",
    ),
    "COM-029": Text(
        "a promise that nobody looked at since the handover",
        "eine Zusage, auf die seit der Übergabe niemand gesehen hat",
        "una promesa que nadie miró desde el traspaso",
        "une promesse que personne n'a regardée depuis la passation",
    ),
    "COM-015": Text(
        "a promise made after the signature",
        "eine Zusage nach der Unterschrift",
        "una promesa hecha después de la firma",
        "une promesse faite après la signature",
    ),
    "stopped": Text("it stopped", "es hat aufgehört", "se acabó", "cela a cessé"),
    "rarer": Text("it is rarer", "es ist seltener", "es más raro", "c'est plus rare"),
    "goes_on": Text("it goes on", "es geht weiter", "sigue", "cela continue"),
    "unclear": Text(
        "nobody can tell yet",
        "das kann noch niemand sagen",
        "nadie puede decirlo aún",
        "personne ne peut encore le dire",
    ),
    "since": Text(
        "Since {day} ({who}): {made}. Answers {ids}.",
        "Seit {day} ({who}): {made}. Antwortet auf {ids}.",
        "Desde {day} ({who}): {made}. Responde a {ids}.",
        "Depuis {day} ({who}) : {made}. Répond à {ids}.",
    ),
    "would show": Text(
        "; 0 of the next {n} would show it",
        "; 0 von den nächsten {n} würden es zeigen",
        "; 0 de los próximos {n} lo mostrarían",
        " ; 0 sur les {n} suivantes le montreraient",
    ),
    "tally one": Text(
        "{after} of 1 handover since, before {before} of {all}",
        "seither {after} von 1 Übergabe, davor {before} von {all}",
        "{after} de 1 traspaso desde entonces, antes {before} de {all}",
        "{after} sur 1 passation depuis, avant {before} sur {all}",
    ),
    "tally many": Text(
        "{after} of {n} handovers since, before {before} of {all}",
        "seither {after} von {n} Übergaben, davor {before} von {all}",
        "{after} de {n} traspasos desde entonces, antes {before} de {all}",
        "{after} sur {n} passations depuis, avant {before} sur {all}",
    ),
    "did it stop": Text(
        "Did it stop? {what}", "Hat es aufgehört? {what}", "¿Se acabó? {what}", "Fini ? {what}"
    ),
    "cost since": Text(
        "Since then it was let pass in {deals}, and closing was refused {times}, for whatever "
        "reason.",
        "Seither wurde es in {deals} erlassen, und der Abschluss {times} abgelehnt, aus welchem "
        "Grund auch immer.",
        "Desde entonces se dispensó en {deals} y el cierre se rechazó {times}, por el motivo que "
        "sea.",
        "Depuis, dispensé dans {deals}, et la conclusion refusée {times}, quelle qu'en soit la "
        "raison.",
    ),
    "time one": Text("1 time", "1 Mal", "1 vez", "1 fois"),
    "time many": Text("{n} times", "{n} Mal", "{n} veces", "{n} fois"),
    "setting": Text(
        "{sheet}, row {row}, column {column}",
        "{sheet}, Zeile {row}, Spalte {column}",
        "{sheet}, fila {row}, columna {column}",
        "{sheet}, ligne {row}, colonne {column}",
    ),
    "gap plan": Text(
        "{label}: this is the plan. Nothing was written.",
        "{label}: das ist der Plan. Es wurde nichts geschrieben.",
        "{label}: este es el plan. No se ha escrito nada.",
        "{label} : ceci est le plan. Rien n'a été écrit.",
    ),
    "gap back": Text(
        "{label}: the settings say what they said before, in {book}.",
        "{label}: die Einstellungen sagen wieder, was sie vorher sagten, in {book}.",
        "{label}: los ajustes dicen lo que decían antes, en {book}.",
        "{label} : les réglages disent de nouveau ce qu'ils disaient, dans {book}.",
    ),
    "gap on": Text(
        "{label}, from now on: {what} It answers {ids}. Written in {book}.",
        "{label}, von jetzt an: {what} Das antwortet auf {ids}. Geschrieben in {book}.",
        "{label}, desde ahora: {what} Responde a {ids}. Escrito en {book}.",
        "{label}, désormais : {what} Cela répond à {ids}. Écrit dans {book}.",
    ),
    "where head": Text(
        "in somebody's head",
        "in jemandes Kopf",
        "en la cabeza de alguien",
        "dans la tête de quelqu'un",
    ),
    "where email": Text("in an e-mail", "in einer E-Mail", "en un correo", "dans un courriel"),
    "where call": Text(
        "said in a call", "am Telefon gesagt", "dicho en una llamada", "dit au téléphone"
    ),
    "where chat": Text("in a chat", "in einem Chat", "en un chat", "dans une messagerie"),
    "where crm_note": Text(
        "in a note of the CRM", "in einer CRM-Notiz", "en una nota del CRM", "dans une note du CRM"
    ),
    "where proposal": Text("in the proposal", "im Angebot", "en la oferta", "dans la proposition"),
    "where contract": Text("in the contract", "im Vertrag", "en el contrato", "dans le contrat"),
    "where nowhere": Text("nowhere", "nirgends", "en ninguna parte", "nulle part"),
    "why no_field": Text(
        "nobody had a place to put it",
        "es gab keinen Platz dafür",
        "nadie tenía dónde ponerlo",
        "personne n'avait où le mettre",
    ),
    "why not_asked": Text(
        "nobody asked", "niemand hat gefragt", "nadie preguntó", "personne n'a demandé"
    ),
    "why not_filled": Text(
        "the place for it stayed blank",
        "der Platz dafür blieb leer",
        "su lugar quedó vacío",
        "sa place est restée vide",
    ),
    "why filled_not_read": Text(
        "it stood there and nobody read it",
        "es stand da, und niemand hat es gelesen",
        "estaba ahí y nadie lo leyó",
        "c'était là et personne ne l'a lu",
    ),
    "why changed_later": Text(
        "it changed later", "es hat sich später geändert", "cambió después", "cela a changé ensuite"
    ),
    "interview end": Text(
        "{n} written. What they come to: sheetrecord gaps {book}",
        "{n} geschrieben. Was daraus folgt: sheetrecord gaps {book}",
        "{n} escritas. A qué llevan: sheetrecord gaps {book}",
        "{n} écrites. Ce qui en résulte : sheetrecord gaps {book}",
    ),
    "no sign": Text(
        "nothing in the record tells",
        "nichts deutet darauf hin",
        "nada lo indica",
        "rien ne l'indique",
    ),
    "ask which": Text("Which ones?", "Welche?", "¿Cuáles?", "Lesquels ?"),
    "ask missing": Text(
        "What information was missing? (blank for nothing more)",
        "Welche Information fehlte? (leer: nichts mehr)",
        "¿Qué información faltaba? (vacío: nada más)",
        "Quelle information manquait ? (vide : plus rien)",
    ),
    "ask where": Text(
        "Where did it exist before the deal closed?",
        "Wo war sie vor dem Abschluss?",
        "¿Dónde estaba antes del cierre?",
        "Où était-elle avant la conclusion ?",
    ),
    "ask why": Text(
        "Why didn't it transfer?",
        "Warum kam sie nicht an?",
        "¿Por qué no llegó?",
        "Pourquoi n'est-elle pas passée ?",
    ),
    "ask field": Text(
        "Which question or column would hold it?",
        "Welche Frage oder Spalte nähme sie auf?",
        "¿Qué pregunta o columna la recogería?",
        "Quelle question ou colonne la contiendrait ?",
    ),
    "ask hours": Text(
        "What did it cost, in hours?",
        "Was hat es gekostet, in Stunden?",
        "¿Cuánto costó, en horas?",
        "Qu'a-t-elle coûté, en heures ?",
    ),
    "ask money": Text(
        "And in money, besides the hours ({currency})?",
        "Und in Geld, außer den Stunden ({currency})?",
        "¿Y en dinero, además de las horas ({currency})?",
        "Et en argent, outre les heures ({currency}) ?",
    ),
    "no such number": Text(
        '"{said}" is no number such as 12.5.',
        "„{said}“ ist keine Zahl wie 12.5.",
        "«{said}» no es un número como 12.5.",
        "« {said} » n'est pas un nombre comme 12.5.",
    ),
    # leaver
    "leaves nothing": Text(
        "{name}: nothing in the live deals that only they know or owe.",
        "{name}: nichts in den laufenden Aufträgen, was nur diese Person weiß oder schuldet.",
        "{name}: nada en las ventas en curso que solo sepa o deba esa persona.",
        "{name} : rien dans les affaires en cours que cette personne seule sache ou doive.",
    ),
    "leaves": Text(
        "{name}: {questions} in {deals}, the dearest first.",
        "{name}: {questions} zu {deals}, die teuersten zuerst.",
        "{name}: {questions} en {deals}, las más caras primero.",
        "{name} : {questions} dans {deals}, les plus chères d'abord.",
    ),
    "question one": Text("1 question", "1 Frage", "1 pregunta", "1 question"),
    "question many": Text("{n} questions", "{n} Fragen", "{n} preguntas", "{n} questions"),
    "live one": Text(
        "1 live deal", "1 laufenden Auftrag", "1 venta en curso", "1 affaire en cours"
    ),
    "live many": Text(
        "{n} live deals", "{n} laufenden Aufträgen", "{n} ventas en curso", "{n} affaires en cours"
    ),
    "at stake": Text(
        "{amount} at stake", "es geht um {amount}", "{amount} en juego", "{amount} en jeu"
    ),
    "deadline": Text(
        "real deadline {day}",
        "wirklicher Termin {day}",
        "fecha real {day}",
        "vraie échéance {day}",
    ),
    "due": Text("due {day}", "fällig {day}", "para el {day}", "pour le {day}"),
    "second talk": Text(
        "--- about {n} minutes; the rest may wait for a second talk ---",
        "--- etwa {n} Minuten; der Rest kann auf ein zweites Gespräch warten ---",
        "--- unos {n} minutos; el resto puede esperar a otra conversación ---",
        "--- environ {n} minutes ; le reste peut attendre un second entretien ---",
    ),
    "mailed": Text(
        "{messages}: {things} not in the record.",
        "{messages}: {things}, nicht festgehalten.",
        "{messages}: {things} sin constar.",
        "{messages} : {things} non notées.",
    ),
    "message one": Text("1 message", "1 Nachricht", "1 mensaje", "1 message"),
    "message many": Text("{n} messages", "{n} Nachrichten", "{n} mensajes", "{n} messages"),
    "thing one": Text("1 thing", "1 Sache", "1 cosa", "1 chose"),
    "thing many": Text("{n} things", "{n} Sachen", "{n} cosas", "{n} choses"),
    "take over": Text(
        "To take it over: {command}",
        "Zum Übernehmen: {command}",
        "Para recogerlo: {command}",
        "Pour le reprendre : {command}",
    ),
    "not read": Text(
        "Not read: {path}: {why}",
        "Nicht gelesen: {path}: {why}",
        "No leído: {path}: {why}",
        "Non lu : {path} : {why}",
    ),
    # check-sow
    "sow head": Text(
        "{file}: {clauses}, compared with {rows} of {deal}.",
        "{file}: {clauses}, verglichen mit {rows} von {deal}.",
        "{file}: {clauses}, comparadas con {rows} de {deal}.",
        "{file} : {clauses}, comparées à {rows} de {deal}.",
    ),
    "clause one": Text("1 clause", "1 Klausel", "1 cláusula", "1 clause"),
    "clause many": Text("{n} clauses", "{n} Klauseln", "{n} cláusulas", "{n} clauses"),
    "sow row one": Text("1 row", "1 Zeile", "1 fila", "1 ligne"),
    "sow row many": Text("{n} rows", "{n} Zeilen", "{n} filas", "{n} lignes"),
    "included": Text("included", "enthalten", "incluido", "inclus"),
    "excluded": Text("excluded", "ausgeschlossen", "excluido", "exclu"),
    "differs": Text("differs", "abweichend", "difiere", "diffère"),
    "apart": Text("apart", "getrennt", "aparte", "à part"),
    "not_found": Text("not found", "nicht gefunden", "no hallado", "introuvable"),
    "cannot_tell": Text("unclear", "unklar", "no claro", "pas clair"),
    "near": Text("near: {what}", "ähnlich: {what}", "parecido: {what}", "proche : {what}"),
    "others": Text(
        "In the contract, and in no row of the record:",
        "Im Vertrag, und in keiner Zeile:",
        "En el contrato, y en ninguna fila:",
        "Dans le contrat, et dans aucune ligne :",
    ),
    "disagree one": Text(
        "{deal}: 1 thing on which record and contract do not agree.",
        "{deal}: 1 Punkt, in dem Mappe und Vertrag nicht übereinstimmen.",
        "{deal}: 1 punto en que libro y contrato no coinciden.",
        "{deal} : 1 point où classeur et contrat ne concordent pas.",
    ),
    "disagree many": Text(
        "{deal}: {n} things on which record and contract do not agree.",
        "{deal}: {n} Punkte, in denen Mappe und Vertrag nicht übereinstimmen.",
        "{deal}: {n} puntos en que libro y contrato no coinciden.",
        "{deal} : {n} points où classeur et contrat ne concordent pas.",
    ),
    "agree": Text(
        "{deal}: record and contract agree.",
        "{deal}: Mappe und Vertrag stimmen überein.",
        "{deal}: libro y contrato coinciden.",
        "{deal} : classeur et contrat concordent.",
    ),
}

SENTENCES: Final[Mapping[str, tuple[str, str, str]]] = {
    # whys of changes and of an import
    **REASONS,
    "currency (none in the file)": (
        "Währung (keine in der Datei)",
        "moneda (ninguna en el archivo)",
        "devise (aucune dans le fichier)",
    ),
    'deal {ref} ("{name}" of {client}: is it {ids}?)': (
        "Auftrag {ref} („{name}“ von {client}: ist es {ids}?)",
        "venta {ref} («{name}» de {client}: ¿es {ids}?)",
        "affaire {ref} (« {name} » de {client} : est-ce {ids} ?)",
    ),
    "column of the deal's name (one of: {heads})": (
        "Spalte mit dem Namen des Auftrags (eine von: {heads})",
        "columna con el nombre de la venta (una de: {heads})",
        "colonne du nom de l'affaire (l'une de : {heads})",
    ),
    'order of day and month in "{head}" ({day} may be either)': (
        "Reihenfolge von Tag und Monat in „{head}“ ({day} kann beides sein)",
        "orden de día y mes en «{head}» ({day} puede ser ambas cosas)",
        "ordre du jour et du mois dans « {head} » ({day} peut être l'un ou l'autre)",
    ),
    'stage "{label}" (which of yours is it?)': (
        "Stand „{label}“ (welcher von Ihren ist das?)",
        "etapa «{label}» (¿cuál de las suyas es?)",
        "étape « {label} » (laquelle des vôtres est-ce ?)",
    ),
    "owner {number} (a number: who is it?)": (
        "zuständig {number} (eine Nummer: wer ist das?)",
        "responsable {number} (un número: ¿quién es?)",
        "responsable {number} (un numéro : qui est-ce ?)",
    ),
    'currency ("{sign}" may be several)': (
        "Währung („{sign}“ kann mehrere meinen)",
        "moneda («{sign}» puede ser varias)",
        "devise (« {sign} » peut en désigner plusieurs)",
    ),
    "{ids} both bear {ref}": (
        "{ids} tragen beide {ref}",
        "{ids} llevan ambas {ref}",
        "{ids} portent toutes deux {ref}",
    ),
    "{ref} is {deal}, another deal, in the record": (
        "{ref} ist hier {deal}, ein anderer Auftrag",
        "{ref} es aquí {deal}, otra venta",
        "{ref} est ici {deal}, une autre affaire",
    ),
    "twice: row {n} tells it otherwise": (
        "doppelt: Zeile {n} sagt es anders",
        "dos veces: la fila {n} lo dice de otro modo",
        "en double : la ligne {n} le dit autrement",
    ),
    # what the record tells of deals that hurt
    "ops sent it back ({code})": (
        "zurückgegeben ({code})",
        "devuelta ({code})",
        "renvoyée ({code})",
    ),
    "ops sent it back ({code}): {note}": (
        "zurückgegeben ({code}): {note}",
        "devuelta ({code}): {note}",
        "renvoyée ({code}) : {note}",
    ),
    "{label} proved otherwise": (
        "{label} war anders",
        "{label} resultó distinto",
        "{label} s'est révélé autre",
    ),
    "{label} proved otherwise {note}": (
        "{label} war anders: {note}",
        "{label} resultó distinto: {note}",
        "{label} s'est révélé autre : {note}",
    ),
    "{label} was first written after the close": (
        "{label} wurde erst nach dem Abschluss aufgeschrieben",
        "{label} se anotó por primera vez tras el cierre",
        "{label} n'a été noté qu'après la conclusion",
    ),
    "{label} moved from {old} to {new}": (
        "{label} wurde von {old} auf {new} verschoben",
        "{label} pasó de {old} a {new}",
        "{label} est passé de {old} à {new}",
    ),
    '"{what}" was said before the close and found after it': (
        "„{what}“ war vor dem Abschluss gesagt und tauchte danach auf",
        "«{what}» se dijo antes del cierre y apareció después",
        "« {what} » a été dit avant la conclusion et trouvé après",
    ),
    'the client refused to pay for "{what}"': (
        "der Kunde wollte „{what}“ nicht bezahlen",
        "el cliente no quiso pagar «{what}»",
        "le client a refusé de payer « {what} »",
    ),
    'issue "{what}"': ("Problem „{what}“", "problema «{what}»", "problème « {what} »"),
    '"{what}" came {days} days late': (
        "„{what}“ kam {days} Tage zu spät",
        "«{what}» llegó {days} días tarde",
        "« {what} » est arrivé {days} jours en retard",
    ),
    '"{what}" came {days} days late, and 1 more was late': (
        "„{what}“ kam {days} Tage zu spät, und 1 weiterer auch",
        "«{what}» llegó {days} días tarde, y 1 más también",
        "« {what} » est arrivé {days} jours en retard, et 1 autre aussi",
    ),
    '"{what}" came {days} days late, and {n} more were late': (
        "„{what}“ kam {days} Tage zu spät, und {n} weitere auch",
        "«{what}» llegó {days} días tarde, y {n} más también",
        "« {what} » est arrivé {days} jours en retard, et {n} autres aussi",
    ),
    "{label} was to be asked again on {day}": (
        "{label} sollte am {day} noch einmal gefragt werden",
        "{label} se iba a preguntar de nuevo el {day}",
        "{label} devait être redemandé le {day}",
    ),
    'the client counted on "{what}"': (
        "der Kunde hat mit „{what}“ gerechnet",
        "el cliente contaba con «{what}»",
        "le client comptait sur « {what} »",
    ),
    "It is written down already.": (
        "Das ist schon aufgeschrieben.",
        "Ya está anotado.",
        "C'est déjà noté.",
    ),
    "people are asked for already": (
        "nach Personen wird schon gefragt",
        "ya se pregunta por las personas",
        "les personnes sont déjà demandées",
    ),
    "it is asked from the first conversation on already": (
        "danach wird schon ab dem ersten Gespräch gefragt",
        "ya se pregunta desde la primera conversación",
        "c'est déjà demandé dès le premier échange",
    ),
    "it is required from the first conversation on already": (
        "das wird schon ab dem ersten Gespräch verlangt",
        "ya se exige desde la primera conversación",
        "c'est déjà exigé dès le premier échange",
    ),
    "{code} is an error already": (
        "{code} ist schon ein Fehler",
        "{code} ya es un error",
        "{code} est déjà une erreur",
    ),
    'the question "{name}" is there already': (
        "die Frage „{name}“ gibt es schon",
        "la pregunta «{name}» ya está",
        "la question « {name} » existe déjà",
    ),
    "a whole sheet is named: name the question or the column in it": (
        "ein ganzes Blatt ist genannt: die Frage oder die Spalte darin nennen",
        "se nombra una hoja entera: nombre la pregunta o la columna",
        "une feuille entière est nommée : nommez la question ou la colonne",
    ),
    "nobody said why it did not travel, or as many said two things": (
        "niemand hat gesagt, warum es nicht ankam, oder gleich viele zweierlei",
        "nadie dijo por qué no llegó, o tantos dijeron dos cosas",
        "personne n'a dit pourquoi cela n'est pas passé, ou autant deux choses",
    ),
    # who leaves
    'Who takes over the next step, "{what}"?': (
        "Wer übernimmt den nächsten Schritt, „{what}“?",
        "¿Quién se encarga del próximo paso, «{what}»?",
        "Qui reprend la prochaine étape, « {what} » ?",
    ),
    'Who takes over "{what}", and what is done so far?': (
        "Wer übernimmt „{what}“, und was ist bisher getan?",
        "¿Quién se encarga de «{what}», y qué está hecho?",
        "Qui reprend « {what} », et qu'est-ce qui est fait ?",
    ),
    'How far is "{what}", and who does it from now on?': (
        "Wie weit ist „{what}“, und wer macht es von jetzt an?",
        "¿Cómo va «{what}», y quién lo hace desde ahora?",
        "Où en est « {what} », et qui le fait désormais ?",
    ),
    'What exactly was said: "{what}"? Where does it stand?': (
        "Was genau wurde gesagt: „{what}“? Wo steht es?",
        "¿Qué se dijo exactamente: «{what}»? ¿Dónde consta?",
        "Qu'a-t-on dit exactement : « {what} » ? Où est-ce écrit ?",
    ),
    'What exactly was said to {whom}: "{what}"? Where does it stand?': (
        "Was genau wurde {whom} gesagt: „{what}“? Wo steht es?",
        "¿Qué se dijo exactamente a {whom}: «{what}»? ¿Dónde consta?",
        "Qu'a-t-on dit exactement à {whom} : « {what} » ? Où est-ce écrit ?",
    ),
    "{prompt} Who asks now?": (
        "{prompt} Wer fragt jetzt?",
        "{prompt} ¿Quién pregunta ahora?",
        "{prompt} Qui demande maintenant ?",
    ),
    "Who else of us may call {person}? What must we know before?": (
        "Wer von uns darf {person} sonst anrufen? Was müssen wir vorher wissen?",
        "¿Quién más de los nuestros puede llamar a {person}? ¿Qué hay que saber antes?",
        "Qui d'autre chez nous peut appeler {person} ? Que faut-il savoir avant ?",
    ),
    '{label}: "{what}". Who said so, and when?': (
        "{label}: „{what}“. Wer hat das gesagt, und wann?",
        "{label}: «{what}». ¿Quién lo dijo, y cuándo?",
        "{label} : « {what} ». Qui l'a dit, et quand ?",
    ),
    '{label}: "{what}". Is it still so? What stands behind it?': (
        "{label}: „{what}“. Ist das noch so? Was steckt dahinter?",
        "{label}: «{what}». ¿Sigue siendo así? ¿Qué hay detrás?",
        "{label} : « {what} ». Est-ce toujours le cas ? Qu'y a-t-il derrière ?",
    ),
    "it is theirs": ("das ist ihre Sache", "es cosa suya", "c'est à elle de le faire"),
    "they look after it": (
        "sie kümmert sich darum",
        "se ocupa de ello",
        "cette personne s'en occupe",
    ),
    "it was said, and stands nowhere": (
        "es wurde gesagt und steht nirgends",
        "se dijo y no consta en ninguna parte",
        "c'est dit et écrit nulle part",
    ),
    "nobody knew": ("niemand wusste es", "nadie lo sabía", "personne ne savait"),
    "only they have met this person": (
        "nur sie kennt diese Person",
        "solo ella conoce a esta persona",
        "elle seule a rencontré cette personne",
    ),
    "only they heard it": (
        "nur sie hat es gehört",
        "solo ella lo oyó",
        "elle seule l'a entendu",
    ),
    "it is a guess": ("eine Vermutung", "es una suposición", "c'est une supposition"),
    "it is their conclusion": (
        "ihre eigene Folgerung",
        "es una conclusión suya",
        "c'est sa propre conclusion",
    ),
    "nobody asked; the gate asks for it": (
        "niemand hat gefragt; ohne sie keine Übergabe",
        "nadie preguntó; el traspaso lo exige",
        "personne n'a demandé ; la passation l'exige",
    ),
    "nobody asked; ops will ask for it": (
        "niemand hat gefragt; die Projektleitung wird es tun",
        "nadie preguntó; lo hará el equipo de proyecto",
        "personne n'a demandé ; l'équipe projet le fera",
    ),
    # contract against record
    'agreed apart: "{what}"': (
        "gesondert vereinbart: „{what}“",
        "acordado aparte: «{what}»",
        "convenu à part : « {what} »",
    ),
    "the client counts on it": (
        "der Kunde rechnet damit",
        "el cliente cuenta con ello",
        "le client y compte",
    ),
    "the date that really matters is not in the contract": (
        "das Datum, auf das es ankommt, steht nicht im Vertrag",
        "la fecha que importa no está en el contrato",
        "la date qui compte n'est pas dans le contrat",
    ),
    "the record says {ours}, the contract {theirs}": (
        "die Mappe sagt {ours}, der Vertrag {theirs}",
        "el libro dice {ours}, el contrato {theirs}",
        "le classeur dit {ours}, le contrat {theirs}",
    ),
    "Nothing accepted is included anew.": (
        "Nichts Übernommenes ist neu enthalten.",
        "Nada de lo aceptado se incluye de nuevo.",
        "Rien d'accepté n'est inclus de nouveau.",
    ),
}
"""What the engines say in English, for people; programs are told the English in JSON."""

_TOLD: Final = Sentences(SENTENCES)


def told_in(language: str, english: str) -> str:
    """Return what an engine says in English, in a language; as it is where it is not known.

    >>> told_in("de", "nobody knew"), told_in("fr", 'issue "No access"')
    ('niemand wusste es', 'problème « No access »')
    """
    return _TOLD.told(language, english)

"""What the commands say that look at deals: diff, figures, find, pages of a deal, open."""

from typing import Final

from sheetrecord.cli.texts.text import Table, Text

TEXTS: Final[Table] = {
    "blank": Text("(blank)", "(leer)", "(vacío)", "(vide)"),
    "log changed": Text(
        "The log was changed by somebody since it was written.",
        "Das Protokoll wurde von jemandem geändert, seit es geschrieben wurde.",
        "Alguien cambió el registro de cambios después de escribirse.",
        "Quelqu'un a modifié le journal depuis qu'il a été écrit.",
    ),
    "none frozen": Text(
        "{book}: nothing is frozen as sold yet.",
        "{book}: noch ist nichts wie verkauft eingefroren.",
        "{book}: todavía no hay nada fijado como se vendió.",
        "{book} : rien n'est encore figé tel que vendu.",
    ),
    "gone": Text(
        "{deal}: what was frozen is gone. {do}",
        "{deal}: was eingefroren war, ist weg. {do}",
        "{deal}: lo que estaba fijado ha desaparecido. {do}",
        "{deal} : ce qui était figé a disparu. {do}",
    ),
    "never": Text(
        "{deal}: nothing was frozen. Run `sheetrecord promote BOOK DEAL`.",
        "{deal}: nichts wurde eingefroren. `sheetrecord promote BOOK DEAL` ausführen.",
        "{deal}: no se fijó nada. Ejecute `sheetrecord promote BOOK DEAL`.",
        "{deal} : rien n'a été figé. Lancez `sheetrecord promote BOOK DEAL`.",
    ),
    "sold": Text(
        "{deal}, sold on {day}",
        "{deal}, verkauft am {day}",
        "{deal}, vendido el {day}",
        "{deal}, vendue le {day}",
    ),
    "version": Text("(version {n})", "(Fassung {n})", "(versión {n})", "(version {n})"),
    "digest": Text(
        "as sold: sha256 {digest}",
        "wie verkauft: sha256 {digest}",
        "como se vendió: sha256 {digest}",
        "tel que vendu : sha256 {digest}",
    ),
    "damaged": Text(
        "The baseline is NOT what was frozen.",
        "Der Verkaufsstand ist NICHT, was eingefroren wurde.",
        "La base NO es lo que se fijó.",
        "La base n'est PAS ce qui a été figé.",
    ),
    "differ none": Text(
        "no differences.", "keine Unterschiede.", "ninguna diferencia.", "aucune différence."
    ),
    "differ one": Text("1 difference.", "1 Unterschied.", "1 diferencia.", "1 différence."),
    "differ many": Text(
        "{n} differences.", "{n} Unterschiede.", "{n} diferencias.", "{n} différences."
    ),
    "row added": Text("added", "neu", "añadida", "ajoutée"),
    "row removed": Text("removed", "entfernt", "quitada", "retirée"),
    "no text": Text("(no text)", "(kein Text)", "(sin texto)", "(sans texte)"),
    "differs": Text(
        "{column}: {old} as sold, {new} now",
        "{column}: verkauft {old}, jetzt {new}",
        "{column}: {old} al venderse, {new} ahora",
        "{column} : {old} à la vente, {new} maintenant",
    ),
    "first_pass_gate": Text(
        "Closed at the first attempt, with nothing let pass",
        "Beim ersten Versuch abgeschlossen, ohne Erlass",
        "Cerradas al primer intento, sin dispensas",
        "Conclues du premier coup, sans dispense",
    ),
    "first_pass_acceptance": Text(
        "Accepted by ops at the first answer",
        "Von der Projektleitung sofort angenommen",
        "Aceptadas por el equipo de proyecto a la primera",
        "Acceptées d'emblée par l'équipe projet",
    ),
    "won_to_accepted": Text(
        "From the signature to the acceptance, median",
        "Von der Unterschrift bis zur Annahme, Median",
        "De la firma a la aceptación, mediana",
        "De la signature à l'acceptation, médiane",
    ),
    "won_to_kickoff": Text(
        "From the signature to the kickoff, median",
        "Von der Unterschrift bis zum Auftakt, Median",
        "De la firma al arranque, mediana",
        "De la signature au lancement, médiane",
    ),
    "captured_in_48_hours": Text(
        "Written down within 48 hours of being said",
        "Binnen 48 Stunden aufgeschrieben",
        "Anotado en las 48 horas después de decirse",
        "Noté dans les 48 heures",
    ),
    "capture_lag": Text(
        "From being said to being written down, median",
        "Vom Sagen bis zum Aufschreiben, Median",
        "De dicho a anotado, mediana",
        "Du dit à l'écrit, médiane",
    ),
    "written_at_close": Text(
        "First written in the last 48 hours before the signature",
        "Erst in den letzten 48 Stunden vor der Unterschrift aufgeschrieben",
        "Anotado por primera vez en las 48 horas antes de la firma",
        "Noté seulement dans les 48 heures avant la signature",
    ),
    "confirm_rate": Text(
        "Confirmed by ops as it was handed over",
        "Von der Projektleitung so bestätigt, wie übergeben",
        "Confirmado por el equipo de proyecto tal como se traspasó",
        "Confirmé par l'équipe projet tel que transmis",
    ),
    "aim": Text("aim {aim}", "Ziel {aim}", "objetivo {aim}", "but {aim}"),
    "aim at most": Text(
        "aim at most {aim}",
        "Ziel höchstens {aim}",
        "objetivo {aim} como mucho",
        "but {aim} max.",
    ),
    "of": Text("of {n}", "von {n}", "de {n}", "sur {n}"),
    "days": Text("days", "Tage", "días", "jours"),
    "none seen": Text(
        "No run has seen anything being written down yet.",
        "Noch kein Abgleich hat gesehen, dass etwas aufgeschrieben wurde.",
        "Ninguna sincronización ha visto anotar nada todavía.",
        "Aucune synchronisation n'a encore rien vu noter.",
    ),
    "not found": Text(
        'Nothing that is written down holds "{text}".',
        "In nichts, was aufgeschrieben ist, kommt „{text}“ vor.",
        "En nada de lo anotado aparece «{text}».",
        "« {text} » n'apparaît dans rien de ce qui est noté.",
    ),
    "no address": Text(
        "sheetrecord.toml names no address to post to.",
        "sheetrecord.toml nennt keine Adresse, an die zu senden wäre.",
        "sheetrecord.toml no nombra ninguna dirección a la que enviar.",
        "sheetrecord.toml ne nomme aucune adresse où envoyer.",
    ),
    "note made": Text(
        "{file}: the handover note of {deal}.",
        "{file}: die Übergabenotiz zu {deal}.",
        "{file}: la nota de traspaso de {deal}.",
        "{file} : la note de passation de {deal}.",
    ),
    "brief made": Text(
        "{file}: the brief of {deal}.",
        "{file}: das Übergabeblatt zu {deal}.",
        "{file}: la ficha de traspaso de {deal}.",
        "{file} : la fiche de passation de {deal}.",
    ),
    "letter made": Text(
        "{file}: the letter for {deal}.",
        "{file}: der Brief zu {deal}.",
        "{file}: la carta de {deal}.",
        "{file} : la lettre pour {deal}.",
    ),
    "none shared": Text(
        "{deal}: no row is shared with the client. Set {share} to {client} on each row of "
        "{sheet} that the letter may say.",
        "{deal}: Keine Zeile ist für den Kunden freigegeben. In {sheet} bei jeder Zeile, die der "
        "Brief sagen darf, {share} auf {client} setzen.",
        "{deal}: ninguna fila se comparte con el cliente. Ponga {share} en {client} en cada fila "
        "de {sheet} que la carta pueda decir.",
        "{deal} : aucune ligne n'est partagée avec le client. Mettez {share} sur {client} à chaque "
        "ligne de {sheet} que la lettre peut dire.",
    ),
    "held back one": Text(
        "1 commitment is not shared with the client and not in the letter.",
        "1 Zusage ist nicht für den Kunden freigegeben und steht nicht im Brief.",
        "1 compromiso no se comparte con el cliente y no está en la carta.",
        "1 engagement n'est pas partagé avec le client et n'est pas dans la lettre.",
    ),
    "held back many": Text(
        "{n} commitments are not shared with the client and not in the letter.",
        "{n} Zusagen sind nicht für den Kunden freigegeben und stehen nicht im Brief.",
        "{n} compromisos no se comparten con el cliente y no están en la carta.",
        "{n} engagements ne sont pas partagés avec le client et ne sont pas dans la lettre.",
    ),
    "stands in": Text(
        "{deal} stands in {place}.",
        "{deal} steht in {place}.",
        "{deal} está en {place}.",
        "{deal} se trouve en {place}.",
    ),
    "would open": Text(
        "{book} would be opened.",
        "{book} würde geöffnet.",
        "Se abriría {book}.",
        "{book} serait ouvert.",
    ),
    "kept rows one": Text(
        "Of the rows, 1 thing is kept from {whom}.",
        "Für {whom} bleibt 1 der Zeilen verborgen.",
        "De las filas, 1 no la ve {whom}.",
        "Parmi les lignes, {whom} n'en voit pas 1.",
    ),
    "kept rows many": Text(
        "Of the rows, {n} things are kept from {whom}:",
        "Für {whom} bleiben {n} der Zeilen verborgen:",
        "De las filas, {n} no las ve {whom}:",
        "Parmi les lignes, {whom} n'en voit pas {n} :",
    ),
    "kept columns": Text(
        "Columns that are kept from {whom}, and all that is not of the record:",
        "Spalten, die für {whom} verborgen bleiben, und alles, was nicht zum Stand gehört:",
        "Columnas que no ve {whom}, y todo lo que no es del registro:",
        "Colonnes que {whom} ne voit pas, et tout ce qui n'est pas de l'état commun :",
    ),
}

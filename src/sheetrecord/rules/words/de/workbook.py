"""What the rules about the workbook itself say in German: headers, cells, ids, rows, versions."""

from typing import Final

WORDS: Final = {
    "HEAD-001": (
        "Das Blatt {sheet} fehlt.",
        "Es aus einer älteren Kopie zurückholen, oder das Blatt an seiner Stelle wieder {sheet} nennen.",
    ),
    "HEAD-002": (
        "Die Spalte „{column}“ steht nicht auf dem Blatt {sheet}.{maybe}",
        "Ihre Überschrift wieder eintragen, oder die Spalte aus der Vorlage kopieren.",
    ),
    "HEAD-003": (
        "Die Überschrift „{header}“ ist nach ihrem verborgenen Namen die Spalte „{column}“, sagt es aber nicht.",
        "Nichts ist verloren. Wieder umbenennen, oder so lassen, wenn alle wissen, was gemeint ist.",
    ),
    "HEAD-004": (
        "Zwei Spalten heißen „{header}“: diese wird gelesen, {others} nicht.",
        "Die andere umbenennen oder entfernen; vorher herübernehmen, was darin steht.",
    ),
    "HEAD-005": (
        "Die Überschrift „{header}“ wird als Spalte „{column}“ gelesen; sie ist in einer anderen Sprache.",
        "Nichts zu tun, außer wenn alle Überschriften in einer Sprache sein sollen.",
    ),
    "HEAD-006": (
        "Die Spalte „{column}“ ist nur an ihrer Überschrift „{header}“ zu erkennen; ihr verborgener Name ist weg.",
        "Diese Überschrift nicht umbenennen. Eine Kopie der Vorlage hat den Namen.",
    ),
    "HEAD-007": (
        "Der verborgene Name der Spalte „{column}“ zeigt hierher, ihre Überschrift aber steht in {there}.",
        "Prüfen, welche der beiden die richtigen Werte enthält, und die Überschrift darüber setzen.",
    ),
    "HEAD-008": (
        "Die Überschrift der Spalte „{column}“ ist leer.",
        "Die Überschrift wieder eintragen.",
    ),
    "HEAD-009": (
        "Das Blatt „{title}“ sieht wie eine Kopie von {sheet} aus; nur {sheet} wird gelesen.",
        "Was neu ist, nach {sheet} übernehmen, dann die Kopie löschen.",
    ),
    "HEAD-010": (
        "Das Blatt „{title}“ wird als {sheet} gelesen.",
        "Nichts zu tun: es ist an den verborgenen Namen seiner Spalten zu erkennen.",
    ),
    "HEAD-011": (
        "Die Spalte „{column}“ hat jetzt die Überschrift „{header}“, und die bedeutet „{other}“.",
        "Die richtige Überschrift wieder eintragen; bis dahin gilt der verborgene Name der Spalte.",
    ),
    "HEAD-012": (
        "Spalte {letters} hat ab Zeile {row} Werte, aber keine Überschrift.",
        "Eine Überschrift eintragen, oder den Inhalt woandershin nehmen: Spalten ohne Überschrift bleiben stehen, werden aber nie gelesen.",
    ),
    "HEAD-013": (
        "In der Liste „{list}“ fehlt der Code „{code}“.",
        "Die Zeile im Blatt {Lists} wiederherstellen: Wörter dürfen sich ändern, die Codes müssen bleiben.",
    ),
    "HEAD-014": (
        "Das Wort „{label}“ steht in der Liste „{list}“ für zwei Codes.",
        "Im Blatt {Lists} jedem Code ein eigenes Wort geben.",
    ),
    "HEAD-015": (
        "Die verborgenen Namen von {count} Spalten ab {first} sind nicht mit ihren Überschriften gewandert.",
        "Prüfen, dass jede Überschrift über ihren Werten steht: die Überschriften gelten.",
    ),
    "HEAD-016": (
        "Das Blatt {sheet} fehlt: was die Firma selbst verlangt, ist nicht zu lesen.",
        "Das Blatt aus einer älteren Kopie zurückholen. Vorher gilt kein Auftrag als bereit, und keiner wird übergeben.",
    ),
    "HEAD-017": (
        "Verborgene Namen sind verloren ({sheets}: {count}); was sie benannten, ist an den Überschriften zu finden.",
        "`sheetrecord validate BOOK --fix` gibt sie zurück. Bis dahin die Überschriften lassen, wie sie sind.",
    ),
    "HEAD-018": (
        "Das Blatt {sheet} enthält nicht mehr, was gebraucht wird: {what}.",
        "Die Zeilen aus einer älteren Kopie zurückholen, mit ihren Wörtern in der ersten Spalte.",
    ),
    "HEAD-019": (
        "Das Blatt {sheet} hat weder Überschriften noch verborgene Namen: niemand kann seine Spalten unterscheiden.",
        "Die Zeile der Überschriften aus einer älteren Kopie zurückholen; vorher wird auf diesem Blatt nichts beurteilt.",
    ),
    "HEAD-020": (
        "„{column}“ auf {sheet} ist nicht sicher zu lesen ({why}); darum zeigt nur die Ansicht für die Geschäftsleitung ihre Zeilen: {count}.",
        "Die Überschrift oder die Spalte zurückholen, oder in jeder Zeile eintragen, wer sie sehen darf, und `sheetrecord validate BOOK --fix` ausführen.",
    ),
    "HEAD-021": (
        "{count} Überschriften auf {sheet} sind leer, in Zeile {row}.",
        "`sheetrecord validate BOOK --fix` schreibt sie wieder hin; die Spalten werden an ihren verborgenen Namen erkannt.",
    ),
    "HEAD-022": (
        "{count} Spalten stehen nicht auf dem Blatt {sheet}.",
        "Die Zeile der Überschriften aus einer älteren Kopie zurückholen; was jetzt dort steht, wird nicht gelesen.",
    ),
    "HEAD-023": (
        "Diese Mappe zählt ihre Tage ab 1904.",
        "Ein bekanntes Datum vergleichen. Sind alle um 4 Jahre und 1 Tag zu spät, in Excel die Einstellung zurücknehmen: Datei, Optionen, Erweitert, 1904-Datumswerte verwenden.",
    ),
    "HEAD-024": (
        "Neben den Daten steht ab Spalte {letters} eine andere Tabelle.",
        "Nichts zu tun: sie bleibt, wie sie ist, und ihre Zeilen werden nicht gelesen.",
    ),
    "HEAD-025": (
        "Die Zeile der Überschriften von {sheet} wurde gelöscht: Zeile {row} enthält Daten, wo sie standen.",
        "Über Zeile {row} eine Zeile einfügen und `sheetrecord validate BOOK --fix` ausführen.",
    ),
    "HEAD-026": (
        "In der Liste „{list}“ steht „{label}“ neben dem Code {code}, ist aber das Wort für {other}; {count} Wörter sind verschoben.",
        "Wörter und Codes im Blatt {Lists} zusammen sortieren, oder jedes Wort neben seinen Code zurücksetzen.",
    ),
    "HEAD-027": (
        "Das Blatt {Lists} zählt „{label}“ anders als die Regeln (solche Zeilen: {count}).",
        "Art und Rang wieder wie in der Vorlage eintragen: die Anzeige im Blatt richtet sich danach.",
    ),
    "GUARD-001": (
        "Das Blatt {Lists} verlangt „{kind}“ später oder weniger streng, als die Regeln es tun ({stage}).",
        "Eine Mappe darf mehr verlangen, nie weniger. Unsere Forderung bleibt in Kraft.",
    ),
    "GUARD-002": (
        "Diese Einstellung ist nicht zu verstehen: „{text}“.",
        "Mit der Beispielzeile der Tabelle vergleichen, oder `sheetrecord explain GUARD-002` aufrufen.",
    ),
    "GUARD-003": (
        "Was beim Verkauf von {deals} festgehalten wurde, ist nicht mehr, was damals geschrieben wurde.",
        'Die Mappe aus einer älteren Kopie nehmen, oder den jetzigen Stand festhalten, mit einem Grund, der vermerkt wird: `sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    ),
    "GUARD-004": (
        "{deals} wurde laut Protokoll verkauft, und nichts davon ist festgehalten.",
        'Die Mappe aus einer älteren Kopie nehmen, oder den jetzigen Stand festhalten, mit einem Grund, der vermerkt wird: `sheetrecord promote BOOK DEAL --refreeze --why "..."`.',
    ),
    "GUARD-005": (
        "Das verborgene Protokoll der Übergaben {what}.",
        'Die Mappe aus einer älteren Kopie nehmen, oder sie annehmen, wie sie ist, mit einem Grund, der vermerkt wird: `sheetrecord promote BOOK DEAL --refreeze --why "..."` für einen verkauften Auftrag.',
    ),
    "GUARD-006": (
        "Die Einstellung „{label}“ kann nicht „{text}“ sein.",
        "{wanted}",
    ),
    "MIG-001": (
        "Diese Mappe stammt aus Fassung {version} des Aufbaus; die jetzige ist {present}.",
        "Auf die jetzige Fassung bringen: `sheetrecord migrate BOOK`, mit --plan zuerst ansehen.",
    ),
    "MIG-002": (
        "Die älteren Formeln von „{column}“ zeigen anderes Geld als die jetzigen: {shown} hier, {ours} inzwischen (Zeilen: {count}).",
        "Die Mappe zuerst auf die jetzige Fassung bringen: `sheetrecord migrate BOOK`.",
    ),
    "MIG-003": (
        "Einige Formeln sind die einer älteren Fassung (Spalten: {count}): {some}.",
        "`sheetrecord migrate BOOK` erneuert sie, mit --plan zuerst ansehen.",
    ),
    "TYPE-001": (
        "„{value}“ ist Text; „{column}“ braucht eine Zahl.{maybe}",
        "Nur die Zahl eintragen; Währung und Tausenderpunkte kommen vom Format der Zelle.",
    ),
    "TYPE-002": (
        "„{value}“ ist Text; „{column}“ braucht ein Datum.{maybe}",
        "Das Datum so eintragen, wie das Programm Daten zeigt. Sind nur Worte bekannt, gehören sie in die Bemerkung.",
    ),
    "TYPE-003": (
        "„{value}“ steht nicht zur Wahl bei „{column}“.{maybe}",
        "Wählen: {choices}; oder das Wort im Blatt {Lists} hinzufügen.",
    ),
    "TYPE-004": (
        "Die Zelle zeigt {value}, also ist „{column}“ unbekannt.",
        "Den Wert neu eintragen; die Formel zeigt auf etwas, das gelöscht wurde.",
    ),
    "TYPE-005": (
        "Die Formel in „{column}“ wurde nie berechnet, also ist ihr Wert unbekannt.",
        "Die Mappe in Excel, LibreOffice oder Google Sheets öffnen, speichern und noch einmal prüfen.",
    ),
    "TYPE-006": (
        "{value} ist kein ganzer Betrag: {currency} hat {places} Nachkommastellen.",
        "Runden, oder prüfen, ob es ein Satz, der Rest einer Formel oder eine andere Währung ist.",
    ),
    "TYPE-007": (
        "{value} ist zu groß für einen Betrag.",
        "Die Ziffern prüfen: eine Tabelle behält 15 davon.",
    ),
    "TYPE-008": (
        "{value} ist kein wahrscheinliches Datum: möglich sind Tage von 1990 bis 2100.",
        "Das Datum neu eintragen.",
    ),
    "TYPE-009": (
        "„{value}“ ist kein Währungscode.",
        "Die drei Buchstaben nach ISO 4217 verwenden, etwa EUR, CHF oder USD. Ein Zeichen könnte vieles heißen.",
    ),
    "TYPE-010": (
        "„{value}“ enthält Zeichen, die man nicht sieht.",
        "Neu tippen; sie kommen beim Kopieren aus Webseiten und PDFs mit.",
    ),
    "TYPE-011": (
        "Der Text in „{column}“ hat {length} Zeichen: eine Zelle fasst 32.767, er kann also abgeschnitten sein.",
        "Das Dokument woanders ablegen und hier darauf verweisen.",
    ),
    "TYPE-013": (
        "{value} als Anteil heißt {value} mal das Ganze; gemeint ist wohl {meant}.",
        "Mit dem Prozentzeichen eintragen.",
    ),
    "TYPE-014": (
        "„{value}“ ist in „{column}“ weder „{yes}“ noch leer.",
        "„{yes}“ eintragen oder leer lassen.",
    ),
    "TYPE-015": (
        "„{value}“ ist kein Monat wie 2026-07.",
        "Jahr und Monat eintragen, wie 2026-07.",
    ),
    "TYPE-016": (
        "„{value}“ in „{column}“ wird gelesen als: {meant}; das Blatt selbst kennt nur „{yes}“ und leer.",
        "`sheetrecord validate BOOK --fix` schreibt es wie in der Liste; ohne Kreuz leer lassen.",
    ),
    "TYPE-017": (
        "„{column}“ enthält das Datum {value}; war es als Text wie 2-4 getippt, so ist der Text weg.",
        "Mit einem Apostroph davor neu tippen ('2-4), oder lassen, wenn ein Datum gemeint war.",
    ),
    "TYPE-018": (
        "„{column}“ enthält die Zahl {value}: Nullen davor, oder was sonst getippt war, sind verloren.{more}",
        "Mit einem Apostroph davor neu tippen ('00123), oder die Spalte zuerst als Text formatieren.",
    ),
    "TYPE-020": (
        "{value} unter „{column}“ ist weder {internal} noch {ops} noch {client}; darum zeigt nur die Ansicht für die Geschäftsleitung die Zeile.{maybe}",
        "Wählen: {lists.share}.",
    ),
    "TYPE-021": (
        "„{value}“ in „{column}“ nennt niemanden und nichts.",
        "Eintragen, wer oder was es ist, oder die Zelle leer lassen, bis man es weiß.",
    ),
    "TYPE-022": (
        "{value} in „{column}“ ist kleiner als null.",
        "Ohne das Minus eintragen; was abgezogen wird, ist eine eigene Zeile oder eine eigene Änderung.",
    ),
    "ROW-001": (
        "Die Nummer „{id}“ steht in {count} Zeilen: {rows}.",
        "Eine kopierte Zeile nimmt ihre Nummer mit; `sheetrecord validate BOOK --fix` gibt der Kopie eine eigene.",
    ),
    "ROW-002": (
        "Diese Zeile hat keine Nummer.{maybe}",
        "{do}",
    ),
    "ROW-004": (
        "Zeile {row} sieht wie eine Summe unter den Daten aus.",
        "Löschen: das Blatt {Deal} rechnet selbst zusammen, und eine neue Zeile darunter wird leicht übersehen.",
    ),
    "ROW-005": (
        "Die Zeilen {first} bis {last} sind leer, mit ausgefüllten darunter (solche Lücken: {count}).",
        "Nichts ist verloren, aber Sortieren und Filtern enden im Programm an einer leeren Zeile.",
    ),
    "ROW-006": (
        "„{value}“ wurde über die Formel von „{column}“ getippt.",
        "`sheetrecord validate BOOK --fix` setzt die Formel wieder ein.",
    ),
    "ROW-007": (
        "In der Spalte „{column}“ fehlt die Formel, ab Zeile {first} (Zeilen: {count}).",
        "`sheetrecord validate BOOK --fix` setzt sie wieder ein; bis dahin fehlen sie in den Zählungen des Blatts.",
    ),
    "ROW-008": (
        "Die Formeln von „{column}“ wurden in {count} Zeilen durch Werte ersetzt, ab Zeile {first}.",
        "`sheetrecord validate BOOK --fix` setzt sie wieder ein.",
    ),
    "ROW-009": (
        "Ab Zeile {row} sind Zellen verbunden.",
        "Die Verbindung lösen: nur die erste Zelle eines verbundenen Blocks enthält einen Wert.",
    ),
    "ROW-010": (
        "Die Nummer „{id}“ gehört zum Blatt {other}.",
        "Die Zeile nach {other} zurücknehmen, oder die Nummer leeren, damit sie hier eine neue bekommt.",
    ),
    "ROW-011": (
        "In der Formelspalte „{column}“ steht eine andere Formel: ={text}{more}",
        "`sheetrecord validate BOOK --fix --plan` zeigt beide Texte; `--fix` setzt ={wanted} wieder ein.",
    ),
    "ROW-012": (
        "{count} von {rows} in „{column}“ stehen in anderen Zeilen als in {base}.",
        "Das Sortieren rückgängig machen, oder die Spalte von dort nehmen; ist es gewollt, mit --allow sorted-apart abgleichen.",
    ),
    "ROW-013": (
        "Die Formeln von {count} Spalten sind nicht die dieser Mappe: {some}.",
        "`sheetrecord validate BOOK --fix --plan` zeigt jeweils beide Texte; `--fix` setzt die richtigen wieder ein.",
    ),
    "ROW-014": (
        "Die Nummer „{id}“ aus Zeile {filled} steht auch in der leeren Zeile {row}: andere Blätter finden jene.",
        "Die Nummer in Zeile {row} leeren, oder den Inhalt von Zeile {filled} dorthin hinaufnehmen.",
    ),
    "ROW-015": (
        "Zeile {row} wiederholt die Überschriften und wird deshalb nicht gelesen.",
        "Die Zeile löschen; sie wurde mit den Daten eingefügt.",
    ),
    "OWN-001": (
        "Die Firma verlangt „{column}“ ab „{stage}“.",
        "Die Zelle ausfüllen.",
    ),
    "OWN-002": (
        "„{value}“ passt nicht in die eigene Spalte „{column}“ der Firma: erwartet wird {wanted}.",
        "Die Zelle berichtigen, oder die Zeile der Spalte im Blatt {Settings}.",
    ),
    "OWN-003": (
        "Der Auftrag hat keine Honorarzeilen, und kein Honorarplan passt zu „{model}“.",
        "Die Zeilen im Blatt {Fees} eintragen, oder im Blatt {Settings} einen passenden Plan anlegen.",
    ),
    "LINK-001": (
        "Es gibt keinen Auftrag „{deal}“.{more}",
        "Die Auftragsnummer berichtigen, oder den Auftrag im Blatt {Deal} anlegen.",
    ),
    "LINK-002": (
        "Diese Zeile gehört zu keinem Auftrag.",
        "Die Nummer des Auftrags in die Spalte für den Auftrag eintragen.",
    ),
    "LINK-003": (
        "Auf dem Blatt {sheet} gibt es keine Zeile „{id}“.",
        "Die Nummer berichtigen, oder die Zelle leeren.",
    ),
    "LINK-004": (
        "„{id}“ gehört zu Auftrag {other}, diese Zeile zu {deal}.",
        "Auf eine Zeile desselben Auftrags verweisen.",
    ),
    "LINK-005": (
        "Der Auftrag nennt sich selbst als früheren Auftrag.",
        "Den früheren Auftrag desselben Kunden nennen, oder die Zelle leeren.",
    ),
}

"""What the rules about the Fees sheet say in German."""

from typing import Final

WORDS: Final = {
    "FEE-001": (
        "Auftrag {deal}: Die Honorarzeilen ergeben {total} statt {value}, das sind {gap} Unterschied.",
        "Die Zeile oder den vereinbarten Betrag berichtigen; stornieren, was entfallen ist.",
    ),
    "FEE-002": (
        "Auftrag {deal}: „{line}“ wird mit einem Meilenstein fällig und nennt keinen.",
        "Die Zeile im Blatt {Project} nennen, die es fällig macht.",
    ),
    "FEE-003": (
        "Auftrag {deal}: Bei der Rechnung zu „{line}“ fehlt: {lacks}.",
        "Nummer, Datum und Zahlungsziel zusammen eintragen.",
    ),
    "FEE-005": (
        "Auftrag {deal}: Bei „{line}“ sind {tax} Steuer gedruckt; nach dem Satz wären es {expected}.",
        "Auf der Rechnung nachsehen: die gedruckte Steuer gilt, also den Satz oder die Zahl berichtigen.",
    ),
    "FEE-006": (
        "Die Rechnung {number} steht bei {client} und bei {other}.",
        "Die Nummer berichtigen; bei einer neu ausgestellten Rechnung die alte Zeile stornieren.",
    ),
    "FEE-007": (
        "Auftrag {deal}: „{line}“ wurde um {over} zu hoch bezahlt.",
        "Den Kunden fragen, wofür: zurückzahlen oder mit einer anderen Zeile verrechnen.",
    ),
    "FEE-008": (
        "Auftrag {deal}: „{line}“ wurde bezahlt und hat keine Rechnung.",
        "Die Rechnung schreiben, oder die Zahlung zu der Zeile nehmen, zu der sie gehört.",
    ),
    "FEE-009": (
        "Auftrag {deal}: Der vereinbarte Betrag {value} ist die Summe der Honorarzeilen mit Steuer.",
        "Den vereinbarten Betrag vor Steuer eintragen.",
    ),
    "FEE-010": (
        "Auftrag {deal}: „{line}“ darf berechnet werden: der Meilenstein wurde am {day} abgenommen.",
        "„{Fees.ready}“ ankreuzen, oder unter {Fees.note} eintragen, worauf es wartet.",
    ),
    "FEE-011": (
        "Auftrag {deal}: Bei „{line}“ ist genau die Steuer von {tax} offen.",
        "Fragen, ob der Kunde ohne Steuer bezahlt hat oder sie einbehält.",
    ),
    "FEE-013": (
        "Auftrag {deal}: „{line}“ ist monatlich und nennt keinen Monat.",
        "Den Monat eintragen, etwa 2026-03.",
    ),
    "FEE-014": (
        "Auftrag {deal}: Der Einbehalt bei „{line}“ hat keinen Tag, an dem er frei wird.",
        "Den Tag eintragen, von dem an er fällig ist.",
    ),
    "FEE-016": (
        "Auftrag {deal}: „{line}“ ist als „{kind}“ eingetragen und erhöht die Summe.",
        "Mit Minuszeichen eintragen.",
    ),
    "FEE-017": (
        "Auftrag {deal}: Die Gutschrift „{line}“ nennt nicht, zu welcher Zeile sie gehört.",
        "Die Zeile nennen, auf die sie angerechnet wird.",
    ),
    "FEE-018": (
        "Auftrag {deal}: Nach Aufwand sind es {total}, mehr als die vereinbarten {value}.",
        "Anhalten und den Kunden um mehr bitten, oder den Rest bewusst abschreiben.",
    ),
    "FEE-019": (
        "Auftrag {deal}: „{line}“ ist am {day} zu berechnen.",
        "Berechnen, oder einen neuen Tag planen.",
    ),
    "FEE-021": (
        "Auftrag {deal}: „{line}“ wurde storniert, und {amount} sind dafür eingegangen.",
        "Die Zahlung zu der Zeile nehmen, die an ihre Stelle trat, oder zurückzahlen.",
    ),
    "FEE-022": (
        "Auftrag {deal}: „{line}“ sagt in Worten, wann welcher Teil fällig ist.",
        "Aus jedem Teil eine eigene Zeile machen, mit dem, was sie fällig macht.",
    ),
    "FEE-023": (
        "Auftrag {deal}: „{line}“ wurde laut Eintrag am {day} berechnet, und dieser Tag kommt erst noch.",
        "Das Datum berichtigen.",
    ),
    "FEE-024": (
        "Auftrag {deal}: „{line}“ darf berechnet werden, und „{kind}“ hat keine Antwort.",
        "Im Blatt {Context} eintragen, an welche Firma die Rechnung geht, mit welcher Bestellnummer oder über welches Portal, und wer bezahlt.",
    ),
    "FEE-025": (
        "Auftrag {deal}: Eine Honorarzeile wird mit einem Ereignis fällig, das niemand beschrieben hat.",
        "In ihrer Beschreibung, oder unter „{Project.acceptance_test}“ beim Meilenstein, eintragen, was als Ereignis zählt.",
    ),
    "FEE-027": (
        "Auftrag {deal}: „{line}“ hat keinen Tag, an dem es zu berechnen ist.",
        "Einen Tag planen; was nie geplant war, ist nie zu spät.",
    ),
    "FEE-028": (
        "Auftrag {deal}: „{line}“ wartet auf eine Abnahme, und der Meilenstein war am {day} fertig.",
        "Den Kunden um die Abnahme bitten und eintragen, von wem und wann.",
    ),
    "FEE-030": (
        "Auftrag {deal}: „{line}“ ist in {currency}, der Auftrag in {other}.",
        "Die Währung berichtigen, oder einen eigenen Auftrag daraus machen: in den Summen des Auftrags zählt es nicht mit.",
    ),
    "FEE-040": (
        "Auftrag {deal}: Die Buchhaltung sagt zu „{line}“ etwas anderes: {what}.",
        "Beide Rechnungen vergleichen und berichtigen, was falsch ist.",
    ),
}

"""What the rules about the Commitments sheet say in German."""

from typing import Final

WORDS: Final = {
    "COM-001": (
        "Auftrag {deal}: Niemand hat gefragt, ob der Kunde „{what}“ für enthalten hält.",
        "Den Kunden fragen und „{lists.client_believes.yes}“, „{lists.client_believes.no}“ oder „{lists.client_believes.unsure}“ wählen.",
    ),
    "COM-002": (
        "Auftrag {deal}: Niemand hat entschieden, was mit „{what}“ geschieht.",
        "Entscheiden, oder als offene Frage mit Zuständigem und Datum übergeben.",
    ),
    "COM-003": (
        "Auftrag {deal}: „{what}“ wurde abgelehnt, und der Kunde weiß es nicht.",
        "Dem Kunden sagen und den Tag eintragen.",
    ),
    "COM-004": (
        "Auftrag {deal}: „{what}“ steht im Vertrag, aber niemand hat eingetragen, wo.",
        "Die Klausel oder Seite eintragen.",
    ),
    "COM-005": (
        "Auftrag {deal}: „{what}“ ist für den {day} zugesagt, {side} des Vertrags.",
        "Das Datum prüfen, oder der Projektleitung sagen, dass die Arbeit außerhalb des Vertrags liegt.",
    ),
    "COM-006": (
        "Auftrag {deal}: „{what}“ wurde zu einem Nachtrag, der nirgends zu finden ist.",
        "Die Honorarzeile oder Projektzeile nennen, in der die Änderung steht.",
    ),
    "COM-007": (
        "Auftrag {deal}: „{what}“ sagt einen Termin zu und hat keinen.",
        "Den zugesagten Tag eintragen.",
    ),
    "COM-008": (
        "Auftrag {deal}: „{what}“ soll laut Entscheidung im Vertrag stehen und steht nicht darin.",
        "Den Vertrag lesen und berichtigen, was nicht stimmt.",
    ),
    "COM-010": (
        "Bei Auftrag {deal} steht nicht, was zugesagt wurde, und niemand hat gesagt, dass es nichts war.",
        "Im Abschlussgespräch fragen, wozu jemand Ja gesagt hat; war es nichts, „{answers.none}“ eintragen.",
    ),
    "COM-011": (
        "Auftrag {deal}: Zugesagt wurde „{answers.none}“, und es fehlt: {lacks}.",
        "Eintragen, wer gesagt hat, dass nichts zugesagt wurde, und wann.",
    ),
    "COM-012": (
        "Auftrag {deal} hat eine Zeile „{answers.none}“ neben {count} anderen, die dieselbe Frage beantworten.",
        "Die Zeile „{answers.none}“ löschen: es gibt ja doch etwas.",
    ),
    "COM-013": (
        "Auftrag {deal}: Der Kunde ist nicht sicher, ob „{what}“ enthalten ist.",
        "Mit dem Kunden klären, bevor die Arbeit beginnt.",
    ),
    "COM-014": (
        "Auftrag {deal}: Der Kunde rechnet mit „{what}“, und der Vertrag schließt es aus.",
        "Es dem Kunden jetzt sagen, oder entscheiden, dass wir es tun und wer es bezahlt.",
    ),
    "COM-015": (
        "Auftrag {deal}: „{what}“ wurde am {day} zugesagt, nach der Unterschrift.",
        "Einen Änderungswunsch daraus machen, oder entscheiden, es umsonst zu tun.",
    ),
    "COM-016": (
        "Auftrag {deal}: „{what}“ steht in zwei Zeilen.",
        "Eine Zeile behalten und darin beide Quellen nennen.",
    ),
    "COM-017": (
        "Auftrag {deal}: Der Kunde rechnet mit „{what}“, und niemand hat den Aufwand geschätzt.",
        "Die Stunden oder den Wert eintragen; eine grobe Zahl genügt.",
    ),
    "COM-018": (
        "Auftrag {deal}: „{what}“ machen wir umsonst, und niemand hat es entschieden.",
        "Eintragen, wer entschieden hat, und wie viele Stunden es kosten darf.",
    ),
    "COM-020": (
        "Auftrag {deal}: „{what}“ ist am {day} fällig.",
        "Liefern, einen neuen Tag vereinbaren, oder als versäumt eintragen.",
    ),
    "COM-021": (
        "Auftrag {deal}: Der Kunde schuldet uns „{what}“ seit dem {day}.",
        "Schriftlich erinnern und sagen, was es für unseren Termin bedeutet.",
    ),
    "COM-022": (
        "Auftrag {deal}: „{what}“ ist geliefert, und es fehlt: {lacks}.",
        "Den Tag eintragen, und wo es zu sehen ist.",
    ),
    "COM-023": (
        "Auftrag {deal}: „{what}“ hat {person} zugesagt, und diese Person gehört zum Kunden.",
        "Bei uns fragen, wer Ja gesagt hat; bis dahin ist es ein Wunsch des Kunden.",
    ),
    "COM-024": (
        "Auftrag {deal}: „{what}“ wurde laut Eintrag am {day} gesagt, und dieser Tag kommt erst noch.",
        "Das Datum berichtigen.",
    ),
    "COM-025": (
        "Bei Auftrag {deal} steht nicht, was der Preis nicht enthält.",
        "Eintragen, was sie erwarten könnten und was der Preis nicht enthält, oder „{answers.none}“.",
    ),
    "COM-026": (
        "Bei Auftrag {deal} steht nicht, was der Kunde liefern oder tun muss.",
        "Eintragen, was sie liefern oder tun müssen und bis wann, oder „{answers.none}“.",
    ),
    "COM-027": (
        "Bei Auftrag {deal} steht nicht, was der Preis voraussetzt.",
        "Die Stunden, Mengen oder Daten eintragen, auf denen der Preis beruht, oder „{answers.none}“.",
    ),
    "COM-028": (
        "Auftrag {deal}: Niemand hat eine Antwort zu „{type}“ eingetragen.",
        "Einen Satz eintragen, oder „{answers.none}“.",
    ),
    "COM-029": (
        "Auftrag {deal}: Seit der Übergabe am {day} hat niemand „{what}“ angesehen.",
        "Wählen, wie weit es ist, oder einen Tag eintragen; auch „{lists.progress.n_a}“ ist eine Antwort.",
    ),
    "COM-030": (
        "Auftrag {deal} hat keine Zeile für: {types}.",
        "Die Zeilen anlegen, die auf Antwort warten: `sheetrecord validate BOOK DEAL --fix`.",
    ),
}

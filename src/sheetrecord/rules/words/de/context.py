"""What the rules about the Context sheet say in German."""

from typing import Final

WORDS: Final = {
    "CTX-001": (
        "Bei Auftrag {deal} steht nicht, auf welchen Termin es dem Kunden wirklich ankommt.",
        "Fragen, welches Datum wirklich zählt und was an dem Tag geschieht; gibt es keines, „{answers.none}“ eintragen und wer es gesagt hat.",
    ),
    "CTX-002": (
        "Bei Auftrag {deal} steht nicht, was der Kunde sonst erwogen hat.",
        "Fragen, mit wem oder womit sie uns ernsthaft verglichen haben; auch nichts zu tun zählt.",
    ),
    "CTX-003": (
        "Bei Auftrag {deal} steht nicht, warum der Kunde uns gewählt hat.",
        "Den Kunden fragen und es in seinen Worten eintragen.",
    ),
    "CTX-004": (
        "Bei Auftrag {deal} steht nicht, wer unter welchem Druck steht.",
        "Fragen, wer mit wem Ärger bekommt, wenn es sich verzögert.",
    ),
    "CTX-005": (
        "Bei Auftrag {deal} steht nicht, was Erfolg für sie persönlich heißt.",
        "Fragen, was es für die Person, die unterschreibt, zum Gewinn machen würde.",
    ),
    "CTX-006": (
        "Bei Auftrag {deal} steht nicht, was gelten muss, damit die Arbeit als fertig zählt.",
        "Fragen, was sie prüfen werden, bevor sie abnehmen.",
    ),
    "CTX-007": (
        "Bei Auftrag {deal} steht nicht, wer sich wehren wird und wogegen.",
        "Fragen, wer das lieber nicht hätte; niemand: „{answers.none}“ eintragen und wer es gesagt hat.",
    ),
    "CTX-008": (
        "Bei Auftrag {deal} steht nicht, warum der Kunde gerade jetzt zu suchen begann.",
        "Fragen, was geschehen ist, dass sie angerufen haben.",
    ),
    "CTX-009": (
        "Auftrag {deal} sagt nichts zu: {prompt}.",
        "Fragen, oder {answers.n_a} eintragen und unter {Context.note}, warum es nicht zutrifft.",
    ),
    "CTX-016": (
        "Auftrag {deal} hat keine Zeile für die Antwort auf: {prompts}.",
        "Die Zeilen anlegen, die auf Antwort warten: `sheetrecord validate BOOK DEAL --fix`.",
    ),
    "CTX-010": (
        "Auftrag {deal} nennt niemanden, der entscheidet.",
        "Eine Person als „{lists.role.decision_maker}“ oder „{lists.role.economic_buyer}“ eintragen, und ob jemand von uns sie getroffen hat.",
    ),
    "CTX-011": (
        "Auftrag {deal} nennt niemanden für die tägliche Arbeit.",
        "Eine Zeile der Art „{lists.kind.stakeholder}“ anlegen: wen die Projektleitung anruft, als „{lists.role.daily_contact}“.",
    ),
    "CTX-012": (
        "Auftrag {deal}: Bei {person} steht „{lists.role.champion}“ und zugleich „{lists.stance.against}“.",
        "Wer für uns wirbt, ist nicht gegen uns: die Rolle oder die Haltung berichtigen.",
    ),
    "CTX-013": (
        "Auftrag {deal}: {person} hat keine Rolle.",
        "Wählen, welche Rolle diese Person hat.",
    ),
    "CTX-014": (
        "Auftrag {deal}: {person} ist einmal für und einmal gegen uns eingetragen.",
        "Noch einmal fragen und die neuere Haltung behalten.",
    ),
    "CTX-015": (
        "Auftrag {deal}: {person} entscheidet oder führt die Anwender, und niemand von uns hat diese Person getroffen.",
        "Vor der Unterschrift treffen, oder ihre Haltung wählen.",
    ),
    "CTX-020": (
        "Auftrag {deal}: „{kind}“ ist mit „{answers.none}“ beantwortet, und es fehlt: {lacks}.",
        "Eintragen, wer vom Kunden es gesagt hat, und wann.",
    ),
    "CTX-021": (
        "Auftrag {deal}: „{kind}“ weiß noch niemand, und es fehlt: {lacks}.",
        "Eintragen, wer wieder nachfragt, und an welchem Tag.",
    ),
    "CTX-022": (
        "Auftrag {deal}: „{kind}“ ist als nicht zutreffend eingetragen, und es fehlt: {lacks}.",
        "Unter {Context.note} eintragen, warum die Frage nicht zutrifft.",
    ),
    "CTX-023": (
        "Auftrag {deal}: In der Antwort auf „{kind}“ fehlt: {lacks}.",
        "Neben der Antwort eintragen.",
    ),
    "CTX-024": (
        "Auftrag {deal}: Bei „{kind}“ ist am {day} nachzufragen.",
        "Nachfragen, oder den Tag verschieben.",
    ),
    "CTX-025": (
        "Auftrag {deal}: Die Antwort auf „{kind}“ ist geraten.",
        "Den Kunden fragen, oder sie als offene Frage übergeben.",
    ),
    "CTX-026": (
        "Auftrag {deal}: {person} geht oder kommt womöglich am {day}.",
        "Fragen, wer danach kommt, und es eintragen; ein neuer Tag unter „{Context.learned_on}“ erledigt es.",
    ),
    "CTX-027": (
        "Auftrag {deal}: In „{what}“ ist vom {day} die Rede.",
        "Fragen, ob es noch gilt; ein neuer Tag unter „{Context.learned_on}“ oder „{Context.confirmed_on}“ erledigt es.",
    ),
    "CTX-030": (
        "Auftrag {deal}: {title} ist für den {planned} geplant, nach dem wirklichen Termin am {day}.",
        "Früher planen, oder mit dem Kunden ein späteres Datum vereinbaren.",
    ),
    "CTX-031": (
        "Auftrag {deal}: Der wirkliche Termin am {day} liegt vor der {event} am {other}.",
        "Das Jahr prüfen; stimmt es, so brauchte der Kunde es, bevor er unterschrieb.",
    ),
    "CTX-032": (
        "Auftrag {deal}: „{kind}“ war laut Eintrag am {day} zu erfahren, und dieser Tag kommt erst noch.",
        "Das Datum berichtigen.",
    ),
    "CTX-040": (
        "Auftrag {deal}: {late} von {all} Tatsachen wurden in den letzten zwei Tagen vor dem Abschluss eingetragen.",
        "Mit dem Kunden noch einmal durchgehen; beim nächsten Mal nach jedem Gespräch eintragen.",
    ),
    "CTX-041": (
        "Auftrag {deal}: Seit dem {day} wurde nichts mehr nachgefragt.",
        "Nachfragen, was sich geändert haben kann: der Termin, die Personen, die Alternative.",
    ),
    "CTX-042": (
        "Auftrag {deal} ist bestätigt, aber nicht alle Tatsachen (unbestätigt: {count}).",
        "Beim Kick-off durchgehen und eintragen, wann und von wem.",
    ),
    "CTX-043": (
        "Auftrag {deal} wurde am {day} angenommen, und niemand hat seither „{what}“ bestätigt.",
        "Beim Kick-off mit dem Kunden durchgehen: `sheetrecord confirm BOOK DEAL --all`.",
    ),
    "CTX-044": (
        "Auftrag {deal} wurde am {day} angenommen, und seither gab es keinen Kick-off.",
        "Den Kunden treffen, dann eintragen: `sheetrecord confirm BOOK DEAL --kickoff`.",
    ),
    "CTX-900": (
        "Auftrag {deal}: „{answer}“ ist keine Antwort auf „{kind}“.",
        "Einen Satz in den Worten des Kunden eintragen, oder {answers.none}, {answers.unknown}, {answers.n_a} oder {answers.declined}.",
    ),
    "CTX-901": (
        "Auftrag {deal}: „{answer}“ ist eine kurze Antwort auf „{kind}“.",
        "Einen ganzen Satz eintragen, den auch Fremde verstehen.",
    ),
    "CTX-902": (
        "Auftrag {deal}: Dieselbe Antwort steht in {count} Aufträgen: „{answer}“.",
        "Eintragen, was für diesen Kunden stimmt.",
    ),
    "CTX-903": (
        "Auftrag {deal}: Die Antwort auf „{kind}“ wiederholt die Frage.",
        "Eintragen, was der Kunde gesagt hat.",
    ),
}

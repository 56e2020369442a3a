"""What the rules about the Deal sheet say in German."""

from typing import Final

WORDS: Final = {
    "DEAL-001": (
        "Auftrag {deal} hat keinen Stand, den die Liste kennt.",
        "Den Stand aus der Liste wählen: {lists.stage}.",
    ),
    "DEAL-010": (
        "Auftrag {deal} hat keinen Kunden.",
        "Den Namen des Kunden eintragen, wie er im Vertrag steht.",
    ),
    "DEAL-011": (
        "Auftrag {deal} hat keinen Namen.",
        "Einen kurzen Namen geben, wie man ihn laut sagen würde.",
    ),
    "DEAL-012": (
        "Bei Auftrag {deal} ist nicht eingetragen, wer ihn verkauft.",
        "Eintragen, wer den Auftrag verkauft.",
    ),
    "DEAL-013": (
        "Auftrag {deal} hat keinen vereinbarten Betrag.",
        "Den einen vereinbarten Betrag vor Steuer eintragen; die Honorarzeilen müssen zusammen diesen Betrag ergeben.",
    ),
    "DEAL-014": (
        "Auftrag {deal} hat keine Währung.",
        "Die drei Buchstaben der Währung eintragen, etwa EUR: hier oder für alle Aufträge im Blatt {Settings}.",
    ),
    "DEAL-015": (
        "Bei Auftrag {deal} steht nicht, wie der Kunde bezahlt.",
        "Wählen: {lists.fee_model}.",
    ),
    "DEAL-016": (
        "Bei Auftrag {deal} steht nicht, wann die Unterschrift erwartet wird.",
        "Den Tag eintragen, an dem die Unterschrift erwartet wird; eine Schätzung genügt.",
    ),
    "DEAL-017": (
        "Auftrag {deal} hat keinen nächsten Schritt.",
        "Eintragen, was als Nächstes geschieht und wer es tut.",
    ),
    "DEAL-018": (
        "Bei Auftrag {deal} steht nicht, wann der nächste Schritt fällig ist.",
        "Einen Tag für den nächsten Schritt eintragen.",
    ),
    "DEAL-019": (
        "Bei Auftrag {deal} steht nicht, wo der unterschriebene Vertrag liegt.",
        "Den Verweis auf den Vertrag einfügen, oder „{lists.paper.email_acceptance}“ und wo sie liegt.",
    ),
    "DEAL-004": (
        "Auftrag {deal} ist gewonnen und hat kein Datum der Unterschrift.",
        "Den Tag eintragen, an dem der Kunde unterschrieben oder zugesagt hat.",
    ),
    "DEAL-020": (
        "Auftrag {deal} hat kein Anfangsdatum.",
        "Das Anfangsdatum aus dem Vertrag eintragen.",
    ),
    "DEAL-021": (
        "Auftrag {deal} hat kein Enddatum.",
        "Das Enddatum aus dem Vertrag eintragen.",
    ),
    "DEAL-022": (
        "Bei Auftrag {deal} steht nicht, warum er gewonnen wurde.",
        "In einem Satz eintragen, warum der Kunde uns gewählt hat.",
    ),
    "DEAL-005": (
        "Auftrag {deal} hat niemanden, der ihn übernimmt.",
        "Den Namen der Person eintragen, die das Projekt übernimmt.",
    ),
    "DEAL-023": (
        "Auftrag {deal} ist verloren, und es steht nicht da, warum.",
        "Den Grund aus der Liste wählen.",
    ),
    "DEAL-003": (
        "Auftrag {deal}: Der nächste Schritt ist am {day} fällig.",
        "Den Schritt tun, verschieben oder den Auftrag ruhen lassen.",
    ),
    "DEAL-006": (
        "Auftrag {deal}: Der Vertrag endet am {end}, vor seinem Beginn am {start}.",
        "Beide Daten im Vertrag nachsehen.",
    ),
    "DEAL-007": (
        "Auftrag {deal} ist gewonnen und wurde nie übergeben.",
        "`sheetrecord promote BOOK DEAL` ausführen: das hält fest, was verkauft wurde, und eröffnet das Projekt.",
    ),
    "DEAL-030": (
        "Auftrag {deal} wurde am {day} unterschrieben, und dieser Tag kommt erst noch.",
        "Das Datum berichtigen; vor der Unterschrift ist der Auftrag nicht gewonnen.",
    ),
    "DEAL-031": (
        "Der Abschluss von Auftrag {deal} war für den {day} erwartet, und er ist noch offen.",
        "Das Datum auf einen glaubhaften Tag verschieben, abschließen oder den Auftrag ruhen lassen.",
    ),
    "DEAL-032": (
        "Auftrag {deal}: Der Kunde braucht es am {day}, {days} Tage vor dem Ende des Vertrags.",
        "Auf das frühere Datum planen und der Projektleitung sagen, was an diesem Tag geschieht.",
    ),
    "DEAL-033": (
        "Auftrag {deal} sollte am {day} beginnen und ist nicht unterschrieben.",
        "Die Unterschrift einholen, oder eintragen, wer den Beginn ohne sie zulässt.",
    ),
    "DEAL-034": (
        "Bei Auftrag {deal} steht nicht, wo das Angebot liegt.",
        "Den Verweis auf das Angebot einfügen, das der Kunde gesehen hat.",
    ),
    "DEAL-040": (
        "Auftrag {deal}: Der Erlass gilt nicht, denn es fehlt: {lacks}.",
        "Eintragen, wer es durchgehen lässt, warum und bis wann.",
    ),
    "DEAL-041": (
        "Auftrag {deal}: Der Erlass ist am {day} abgelaufen.",
        "Klären, was erlassen war, oder den Erlass erneuern.",
    ),
    "DEAL-042": (
        "Auftrag {deal}: Der Erlass nennt „{code}“, und das ist keine Regel.",
        "Den Code eintragen, wie `sheetrecord validate BOOK` ihn zeigt, etwa CTX-002.",
    ),
    "DEAL-043": (
        "Auftrag {deal} wurde zurückgegeben, und es fehlt: {lacks}.",
        "Einen Grund wählen und sagen, was fehlt, damit der Verkauf alles auf einmal nachholen kann.",
    ),
    "DEAL-044": (
        "Auftrag {deal} wurde am {day} angeboten und wartet auf: {owner}.",
        "Annehmen, oder mit einem Grund zurückgeben.",
    ),
    "DEAL-045": (
        "Auftrag {deal} ging an jemand anderen verloren, und niemand hat eingetragen, an wen.",
        "Eintragen, wer ihn bekam; eine Vermutung ist besser als nichts.",
    ),
    "DEAL-046": (
        "Auftrag {deal} nennt sich selbst als früheren Auftrag.",
        "Die Nummer des früheren Auftrags eintragen, oder die Zelle leeren.",
    ),
    "DEAL-051": (
        "Auftrag {deal} wurde am {day} zurückgegeben, und niemand hat ihn wieder angeboten.",
        "Nachholen, was fehlte, und ihn noch einmal übergeben.",
    ),
    "DEAL-052": (
        "Auftrag {deal}: Die Übergabe steht auf „{state}“, und niemand hat eingetragen, seit wann.",
        "Den Tag eintragen: alles Weitere wird von ihm an gezählt.",
    ),
    "DEAL-048": (
        "Bei Auftrag {deal} steht nicht, was schriftlich vorliegt.",
        "Wählen: {lists.paper}.",
    ),
    "DEAL-049": (
        "Bei Auftrag {deal} steht nicht, bis wann zu kündigen, zu verlängern oder das Papier zu ersetzen ist.",
        "Den letzten Tag eintragen.",
    ),
    "DEAL-047": (
        "Auftrag {deal}: Der letzte Tag, um zu kündigen, zu verlängern oder das Papier zu ersetzen, ist der {day}.",
        "Mit dem Kunden entscheiden und den nächsten Termin oder das neue Papier eintragen.",
    ),
    "DEAL-050": (
        "Auftrag {deal}: Die Arbeit begann am {day}, und es gibt noch keinen Vertrag.",
        "Unterschreiben lassen und dann wählen, was vorliegt; oder bis dahin aufhören.",
    ),
    "DEAL-002": (
        "Der Kunde „{client}“ wird auch „{other}“ geschrieben.",
        "Überall wie im Vertrag schreiben, damit die Aufträge des Kunden zusammen zu finden sind.",
    ),
    "DEAL-008": (
        "Die Aufträge {deal} und {other} haben dieselbe CRM-Nummer {ref}.",
        "Eine von beiden berichtigen: ein Import würde beide in dieselbe Zeile schreiben.",
    ),
}

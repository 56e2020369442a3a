"""What the rules about the Project sheet say in German."""

from typing import Final

WORDS: Final = {
    "PRJ-001": (
        "Auftrag {deal} wurde übergeben und hat im Blatt {Project} keine Zeile „{lists.project_kind.summary}“.",
        "`sheetrecord promote BOOK DEAL` noch einmal ausführen: es ergänzt, was fehlt, und nichts doppelt.",
    ),
    "PRJ-002": (
        "Auftrag {deal}: {title} steht auf „{status}“, und niemand hat eingetragen, warum.",
        "In einem Satz eintragen, was geschehen ist und was als Nächstes kommt.",
    ),
    "PRJ-003": (
        "Auftrag {deal} hat {count} Zeilen „{lists.project_kind.summary}“ für die Phase {phase}.",
        "Eine behalten; den anderen ihre eigene Phase geben.",
    ),
    "PRJ-004": (
        "Auftrag {deal}: {title} kann nicht „{status}“ sein.",
        "Einen Status wählen, der zu dieser Art von Zeile passt.",
    ),
    "PRJ-005": (
        "Auftrag {deal}: {title} ist für den {day} geplant und nicht fertig.",
        "Eintragen, wann es fertig war, oder ein neues Datum planen.",
    ),
    "PRJ-006": (
        "Auftrag {deal}: {title} ist fertig, und niemand hat eingetragen, seit wann.",
        "Den Tag eintragen.",
    ),
    "PRJ-010": (
        "Auftrag {deal}: {title} wurde abgenommen, aber nirgends steht, woran gemessen.",
        "Eintragen, was gelten musste, damit der Kunde es abnimmt.",
    ),
    "PRJ-011": (
        "Auftrag {deal}: {title} wurde abgenommen, und niemand hat eingetragen, von wem.",
        "Den Namen der Person eintragen, die es abgenommen hat.",
    ),
    "PRJ-020": (
        "Auftrag {deal}: {title} ist für den {day} geplant, nach dem festen Termin am {deadline}.",
        "Früher planen, oder es dem Kunden heute sagen.",
    ),
    "PRJ-021": (
        "Auftrag {deal}: {title} ist für den {day} geplant, nach dem Ende des Vertrags am {end}.",
        "Früher planen, oder den Vertrag verlängern lassen.",
    ),
    "PRJ-030": (
        "Auftrag {deal}: Seit dem {day} gibt es keinen Zwischenstand.",
        "Eine Zeile „{lists.project_kind.update}“ anlegen, und sei sie noch so kurz.",
    ),
    "PRJ-031": (
        "Auftrag {deal}: {title} ist bis zum {day} zu klären.",
        "Klären, oder einen neuen Tag mit der Person vereinbaren, die am Zug ist.",
    ),
    "PRJ-032": (
        "Auftrag {deal}: Niemand kümmert sich um {title}.",
        "Eintragen, wer zuständig ist.",
    ),
    "PRJ-033": (
        "Auftrag {deal}: {title} kann nicht zu {share} erledigt sein.",
        "Einen Anteil zwischen 0 % und 100 % eintragen.",
    ),
    "PRJ-034": (
        "Auftrag {deal}: {title} hat keinen Tag.",
        "Einen planen: was keinen Tag hat, ist nie zu spät, und niemand wird erinnert.",
    ),
    "PRJ-040": (
        "Auftrag {deal}: Die Änderung {title} ist genehmigt, und es fehlt: {lacks}.",
        "Eintragen, wer sie für den Kunden genehmigt hat, und wann.",
    ),
    "PRJ-041": (
        "Auftrag {deal}: Die Änderung {title} ist genehmigt und hat keine Honorarzeile.",
        "Eine Honorarzeile anlegen, die diese Zeile als Meilenstein nennt.",
    ),
    "PRJ-042": (
        "Auftrag {deal}: Die Änderung {title} wurde verschickt, und die Antwort war am {day} fällig.",
        "Um Antwort bitten, bevor jemand anfängt.",
    ),
    "PRJ-043": (
        "Auftrag {deal}: Die Änderung {title} sollte bis zum {day} hinausgehen und ist noch ein Entwurf.",
        "Dem Kunden schicken, oder als zurückgezogen eintragen.",
    ),
    "PRJ-044": (
        "Auftrag {deal}: Der Vertrag endete am {day}, und das Projekt ist nicht fertig.",
        "Abschließen, den Vertrag verlängern lassen, oder eintragen, dass es vorbei ist.",
    ),
}

"""German questions, other spellings of labels, and the words that are answers or junk."""

from typing import Final

PROMPTS: Final = {
    "why_now": "Warum haben sie gerade jetzt zu suchen begonnen?",
    "success_formal": "Was muss gelten, damit der Vertrag als erfüllt zählt?",
    "real_deadline": "Auf welches Datum kommt es wirklich an, und was geschieht dann?",
    "alternative": "Wen oder was hätten sie sonst genommen, auch gar nichts?",
    "why_us": "Warum wir, in ihren eigenen Worten, und statt wem oder was?",
    "pressure": "Was geschieht mit wem, wenn es sich verzögert oder gelingt?",
    "success_personal": "Was wäre für sie persönlich ein Erfolg?",
    "pushback": "Wer muss damit leben oder hätte es lieber nicht, und warum?",
    "decision_process": "Wer entscheidet dort was, und wie lange dauert das?",
    "budget_sensitivity": "Was am Preis hat sie nervös gemacht?",
    "landmine": "Was dürfen wir nicht sagen oder anfassen, wie wollen sie hören?",
    "constraints": "Was bremst uns oder geht schief: Termine, Regeln, Freigaben, Leute?",
    "risk": "Was macht dir an der Umsetzung Sorgen?",
    "comms_preference": "Wie und wie oft wollen sie von uns hören?",
    "client_budget": "Was darf es sie mit allem kosten, und ist das Grenze oder Wunsch?",
    "our_people": "Wen von uns erwarten sie zu sehen, wie viel, und bis wann?",
    "site": "Was ist vom Ort bekannt, wann ruht dort alles, wer muss es erlauben?",
    "as_is": "Welche Systeme, Daten und Gewohnheiten ändern sich dort nicht?",
    "rounds": "Wie viele wovon, wie viele Runden, und wer allein sagt ja?",
    "hand_back": "Was behalten sie (Dateien, Quellen, Rechte), wer betreibt es weiter?",
    "invoicing": "Welche Firma bekommt die Rechnung, mit welcher Nummer, wer zahlt?",
    "stakeholder": "Wer unterschreibt das Geld, kennt ihn einer von uns, und bleibt er?",
}

TYPE_PROMPTS: Final = {
    "promise": "Wozu hat jemand ja gesagt, das nicht im Vertrag steht?",
    "exclusion": "Was erwarten sie vielleicht, das im Preis nicht enthalten ist?",
    "client_duty": "Was müssen sie liefern oder tun, und bis wann?",
    "assumption": "Was setzt unser Preis voraus: Stunden, Mengen, ihre Daten?",
    "supplier_term": "Was hat ein Lieferant oder Partner erlaubt oder nicht eingepreist?",
}

TOKENS: Final = {
    "not_asked": ("nicht gefragt", "noch nicht gefragt"),
    "none": (
        *("keine", "keiner", "keines", "keins", "kein", "nein", "niemand", "nichts", "none"),
        *("keine bekannt", "keine zusagen", "gefragt: keine"),
    ),
    "unknown": (
        *("?", "??", "???", "weiß nicht", "weiss nicht", "wissen sie nicht", "unbekannt"),
        *("noch unbekannt", "nicht bekannt", "unklar", "keine ahnung"),
    ),
    "declined": (
        *("will nicht sagen", "wollen nicht sagen", "sagt er nicht", "sagt sie nicht"),
        *("sagen sie nicht", "verweigert", "vertraulich"),
    ),
    "n_a": ("k.a.", "k. a.", "n/a", "entfällt", "nicht zutreffend", "trifft nicht zu"),
}

JUNK: Final = (
    *("tbd", "tba", "tbc", "todo", "offen", "folgt", "kommt noch", "später", "wird geklärt"),
    *("wird nachgereicht", "x", "xx", "xxx", "-", "--", "---", "\N{EN DASH}", "\N{EM DASH}"),
    *(".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "asdf", "asd", "qwertz", "test", "abc", "bla"),
    *("blabla", "ok", "ja", "j", "siehe vertrag", "s. vertrag", "siehe angebot", "s. angebot"),
    *("siehe mail", "siehe e-mail", "siehe crm", "siehe oben", "s.o.", "siehe unten", "s.u."),
    *("wie besprochen", "wie vereinbart", "wie gehabt", "wie immer", "wie letztes mal"),
    *("dito", "dto.", "gleich", "das übliche", "übliche", "standard"),
)

ENUM_ALIASES: Final = {
    "stage": {
        "talking": ("gespräch", "kontakt", "anfrage", "interessent", "neu", "qualifiziert"),
        "proposal": ("angebot verschickt", "angeboten", "verhandlung", "in verhandlung"),
        "verbal": ("zugesagt", "mündlich", "mündliche zusage"),
        "won": ("gewonnen!", "beauftragt", "abgeschlossen und gewonnen", "auftrag"),
        "lost": ("verloren!", "abgesagt", "abgeschlossen und verloren", "absage"),
        "parked": ("pausiert", "geparkt", "zurückgestellt", "wartet"),
    },
    "fee_model": {
        "fixed": ("pauschal", "pauschale", "fixpreis"),
        "time_materials": ("aufwand", "stunden", "t&m"),
        "retainer": ("retainer", "pauschale monatlich"),
    },
    "role": {
        "sponsor": ("sponsor", "auftraggeber"),
        "economic_buyer": ("budgetverantwortlich", "budgetverantwortliche"),
        "decision_maker": ("entscheider", "entscheiderin"),
        "champion": ("champion",),
        "daily_contact": ("ansprechpartner", "ansprechpartnerin", "kontakt"),
        "technical": ("it", "technisch"),
    },
    "type": {
        "promise": ("versprechen",),
        "scope_item": ("umfang", "lieferumfang"),
        "exclusion": ("nicht enthalten",),
        "client_duty": ("mitwirkungspflicht", "kundenpflicht"),
        "commercial_concession": ("rabatt",),
    },
    "form": {"verbal": ("telefon", "gesagt"), "email_chat": ("e-mail", "email", "mail", "chat")},
    "client_believes": {"unsure": ("vielleicht", "?")},
    "in_contract": {"partly": ("zum teil", "teils")},
    "disposition": {
        "undecided": ("unentschieden", "?"),
        "honour_free": ("kulanz", "gratis", "umsonst", "kostenlos"),
        "next_phase": ("phase 2", "später"),
    },
    "status": {
        "on_track": ("grün",),
        "at_risk": ("gelb",),
        "off_track": ("rot",),
        "done": ("erledigt", "abgeschlossen"),
    },
    "yes": {"yes": ("j", "jawohl", "wahr", "x", "erledigt", "haken")},
}

"""German questions, other spellings of labels, and the words that are answers or junk."""

from typing import Final

PROMPTS: Final = {
    "why_now": "Warum haben sie gerade jetzt zu suchen begonnen?",
    "success_formal": "Was muss gelten, damit der Vertrag als erfüllt zählt?",
    "real_deadline": "Auf welches Datum kommt es wirklich an, und was geschieht dann?",
    "alternative": "Wen oder was hätten sie sonst genommen, auch gar nichts?",
    "why_us": "Warum haben sie uns gewählt, in ihren eigenen Worten?",
    "pressure": "Wer kommt wodurch unter Druck, wenn es sich verzögert?",
    "success_personal": "Was wäre für sie persönlich ein Erfolg?",
    "pushback": "Wer wird sich gegen den Umfang wehren, und wogegen genau?",
    "decision_process": "Wer entscheidet dort was, und wie lange dauert das?",
    "budget_sensitivity": "Was am Preis hat sie nervös gemacht?",
    "landmine": "Was dürfen wir nicht sagen oder anfassen?",
    "constraints": "Welche Termine, Werkzeuge, Freigaben oder Regeln bremsen uns?",
    "risk": "Was macht dir an der Umsetzung Sorgen?",
    "comms_preference": "Wie und wie oft wollen sie von uns hören?",
    "stakeholder": "Wer ist diese Person, und was will sie vom Projekt?",
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

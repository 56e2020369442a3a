"""French questions, other spellings of labels, and the words that are answers or junk."""

from typing import Final

PROMPTS: Final = {
    "why_now": "Pourquoi se sont-ils mis à chercher juste maintenant ?",
    "success_formal": "Que faut-il pour que le contrat soit considéré comme rempli ?",
    "real_deadline": "Quelle date compte vraiment pour eux, et que se passe-t-il alors ?",
    "alternative": "Quel autre choix, même ne rien faire, ont-ils étudié sérieusement ?",
    "why_us": "Pourquoi nous, avec leurs mots, et plutôt que quoi ou qui ?",
    "pressure": "Que se passe-t-il pour qui si cela traîne, ou réussit ?",
    "success_personal": "Que serait une réussite pour eux, personnellement ?",
    "pushback": "Qui devra vivre avec, ou s'en passerait volontiers, et pourquoi ?",
    "decision_process": "Qui décide de quoi chez eux, et en combien de temps ?",
    "budget_sensitivity": "Qu'est-ce qui les inquiétait dans le prix ?",
    "landmine": "Que ne faut-il ni dire ni toucher, et comment veulent-ils l'apprendre ?",
    "constraints": "Quoi peut nous freiner ou mal tourner : dates, règles, accords, gens ?",
    "risk": "Qu'est-ce qui t'inquiète dans la réalisation ?",
    "comms_preference": "Comment et à quel rythme veulent-ils de nos nouvelles ?",
    "client_budget": "Combien cela peut-il leur coûter en tout : mur ou souhait ?",
    "our_people": "Qui de nous s'attendent-ils à voir, combien, et jusqu'à quand ?",
    "site": "Que sait-on du site, quand est-il fermé, qui doit l'autoriser ?",
    "as_is": "Quels systèmes, données et habitudes ne changeront pas chez eux ?",
    "rounds": "Combien de chaque, combien d'allers-retours, et qui seul dit oui ?",
    "hand_back": "Que gardent-ils (fichiers, sources, droits), et qui le fait vivre ?",
    "invoicing": "Quelle société facturer, avec quel bon de commande, et qui paie ?",
    "stakeholder": "Qui signe l'argent, l'un de nous l'a-t-il vu, et restera-t-il ?",
}

TYPE_PROMPTS: Final = {
    "promise": "À quoi quelqu'un a-t-il dit oui qui n'est pas au contrat ?",
    "exclusion": "Qu'attendent-ils peut-être que le prix ne comprend pas ?",
    "client_duty": "Que doivent-ils fournir ou faire, et pour quand ?",
    "assumption": "Que suppose notre prix : heures, quantités, leurs données ?",
    "supplier_term": "Qu'a permis un fournisseur ou partenaire, ou laissé hors de son prix ?",
}

TOKENS: Final = {
    "not_asked": ("pas demandé", "non demandé", "pas encore demandé"),
    "none": (
        *("aucun", "aucune", "non", "personne", "rien", "néant", "pas de promesse"),
        *("none", "demandé : aucun", "demandé: aucun"),
    ),
    "unknown": (
        *("?", "??", "???", "je ne sais pas", "sais pas", "ne sait pas", "ne savent pas"),
        *("ils ne savent pas", "inconnu", "pas encore connu", "personne ne sait encore"),
        *("aucune idée",),
    ),
    "declined": (
        *("ne veut pas dire", "ne veulent pas dire", "n'a pas voulu dire", "refus", "refusé"),
        *("ne dit pas", "confidentiel"),
    ),
    "n_a": ("n/a", "n.a.", "sans objet", "s.o.", "ne s'applique pas", "non applicable"),
}

JUNK: Final = (
    *("tbd", "tba", "tbc", "todo", "à définir", "à voir", "à confirmer", "à suivre", "en cours"),
    *("plus tard", "x", "xx", "xxx", "-", "--", "---", "\N{EN DASH}", "\N{EM DASH}"),
    *(".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "asdf", "asd", "azerty", "qwerty", "test"),
    *("abc", "bla", "ok", "oui", "o", "voir contrat", "cf. contrat", "cf contrat"),
    *("voir proposition", "voir mail", "voir courriel", "voir crm", "voir ci-dessus"),
    *("comme convenu", "comme discuté", "comme d'habitude", "idem", "pareil", "la même chose"),
    *("habituel", "standard"),
)

ENUM_ALIASES: Final = {
    "stage": {
        "talking": ("en discussion", "contact", "prospect", "nouveau", "qualifié"),
        "proposal": ("proposition envoyée", "devis", "devis envoyé", "négociation"),
        "verbal": ("accord verbal", "oral"),
        "won": ("gagné", "gagné !", "gagnée !", "fermée gagnée", "conclu gagné", "signée"),
        "lost": ("perdu", "fermée perdue", "conclu perdu"),
        "parked": ("suspendue", "en attente", "gelée"),
    },
    "fee_model": {
        "fixed": ("prix fixe", "au forfait"),
        "time_materials": ("régie", "temps passé", "au temps passé"),
        "retainer": ("mensuel", "forfait mensuel"),
    },
    "role": {
        "decision_maker": ("décideur", "décideuse"),
        "economic_buyer": ("acheteur économique", "budget"),
        "champion": ("champion", "allié"),
        "technical": ("informatique", "dsi"),
        "daily_contact": ("contact", "interlocuteur"),
    },
    "type": {
        "promise": ("promis",),
        "scope_item": ("périmètre",),
        "exclusion": ("exclu", "hors périmètre"),
        "commercial_concession": ("remise",),
    },
    "form": {"verbal": ("verbal", "téléphone"), "email_chat": ("mail", "e-mail", "courriel")},
    "client_believes": {"unsure": ("peut-être", "?")},
    "in_contract": {"partly": ("partiel", "partiellement")},
    "disposition": {
        "undecided": ("à décider", "?"),
        "honour_free": ("gratuit", "geste commercial"),
        "next_phase": ("phase 2",),
    },
    "status": {
        "on_track": ("vert",),
        "at_risk": ("orange",),
        "off_track": ("rouge",),
        "done": ("fini", "clos"),
    },
    "yes": {"yes": ("o", "x", "vrai", "fait", "coché")},
}

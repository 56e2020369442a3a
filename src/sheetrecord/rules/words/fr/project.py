"""What the rules about the Project sheet say in French."""

from typing import Final

WORDS: Final = {
    "PRJ-001": (
        "L'affaire {deal} a été transmise et n'a pas de ligne « {lists.project_kind.summary} » dans la feuille {Project}.",
        "Relancez `sheetrecord promote BOOK DEAL` : cela ajoute ce qui manque, et rien deux fois.",
    ),
    "PRJ-002": (
        "Affaire {deal} : {title} est « {status} », et personne n'a noté pourquoi.",
        "Notez en une phrase ce qui s'est passé et ce qui vient ensuite.",
    ),
    "PRJ-003": (
        "L'affaire {deal} a {count} lignes « {lists.project_kind.summary} » pour la phase {phase}.",
        "Gardez-en une ; donnez aux autres leur propre phase.",
    ),
    "PRJ-004": (
        "Affaire {deal} : {title} ne peut pas être « {status} ».",
        "Choisissez un statut qui convient à ce type de ligne.",
    ),
    "PRJ-005": (
        "Affaire {deal} : {title} est prévu pour le {day} et n'est pas terminé.",
        "Notez quand cela a été fait, ou prévoyez une nouvelle date.",
    ),
    "PRJ-006": (
        "Affaire {deal} : {title} est terminé, et personne n'a noté quand.",
        "Notez le jour.",
    ),
    "PRJ-010": (
        "Affaire {deal} : {title} a été accepté, mais rien ne dit sur quel critère.",
        "Notez ce qui devait être vrai pour que le client accepte.",
    ),
    "PRJ-011": (
        "Affaire {deal} : {title} a été accepté, et personne n'a noté par qui.",
        "Notez le nom de la personne qui l'a accepté.",
    ),
    "PRJ-020": (
        "Affaire {deal} : {title} est prévu pour le {day}, après l'échéance ferme du {deadline}.",
        "Prévoyez-le plus tôt, ou dites-le au client aujourd'hui.",
    ),
    "PRJ-021": (
        "Affaire {deal} : {title} est prévu pour le {day}, après la fin du contrat le {end}.",
        "Prévoyez-le plus tôt, ou faites prolonger le contrat.",
    ),
    "PRJ-030": (
        "Affaire {deal} : pas de nouvelles depuis le {day}.",
        "Ajoutez une ligne « {lists.project_kind.update} », aussi courte soit-elle.",
    ),
    "PRJ-031": (
        "Affaire {deal} : {title} est à régler pour le {day}.",
        "Réglez-le, ou convenez d'un nouveau jour avec la personne qui doit agir.",
    ),
    "PRJ-032": (
        "Affaire {deal} : personne ne s'occupe de {title}.",
        "Notez qui s'en charge.",
    ),
    "PRJ-033": (
        "Affaire {deal} : {title} ne peut pas être fait à {share}.",
        "Notez une part entre 0 % et 100 %.",
    ),
    "PRJ-034": (
        "Affaire {deal} : {title} n'a pas de jour.",
        "Prévoyez-en un : ce qui n'a pas de jour n'est jamais en retard, et personne n'est averti.",
    ),
    "PRJ-040": (
        "Affaire {deal} : le changement {title} est approuvé, et il manque : {lacks}.",
        "Notez qui l'a approuvé pour le client, et quand.",
    ),
    "PRJ-041": (
        "Affaire {deal} : le changement {title} est approuvé et n'a pas de ligne d'honoraires.",
        "Ajoutez une ligne d'honoraires qui nomme cette ligne comme son jalon.",
    ),
    "PRJ-042": (
        "Affaire {deal} : le changement {title} a été envoyé, et la réponse était attendue le {day}.",
        "Demandez une réponse avant que quiconque commence.",
    ),
    "PRJ-043": (
        "Affaire {deal} : le changement {title} devait partir avant le {day} et est encore un brouillon.",
        "Envoyez-le au client, ou notez qu'il est retiré.",
    ),
    "PRJ-044": (
        "Affaire {deal} : le contrat a pris fin le {day}, et le projet n'est pas terminé.",
        "Terminez-le, faites prolonger le contrat, ou notez que c'est fini.",
    ),
}

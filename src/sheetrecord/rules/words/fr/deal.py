"""What the rules about the Deal sheet say in French."""

from typing import Final

WORDS: Final = {
    "DEAL-001": (
        "L'affaire {deal} n'a pas d'étape que la liste connaisse.",
        "Choisissez l'étape dans la liste : {lists.stage}.",
    ),
    "DEAL-010": (
        "L'affaire {deal} n'a pas de client.",
        "Notez le nom du client tel qu'il figure au contrat.",
    ),
    "DEAL-011": (
        "L'affaire {deal} n'a pas de nom.",
        "Donnez-lui un nom court, comme on le dirait à voix haute.",
    ),
    "DEAL-012": (
        "L'affaire {deal} n'a pas de commercial.",
        "Notez qui la vend.",
    ),
    "DEAL-013": (
        "L'affaire {deal} n'a pas de montant convenu.",
        "Notez le seul montant convenu, hors taxes ; les lignes d'honoraires doivent faire ce total.",
    ),
    "DEAL-014": (
        "L'affaire {deal} n'a pas de devise.",
        "Notez les trois lettres de la devise, par exemple EUR, ici ou pour toutes les affaires dans la feuille {Settings}.",
    ),
    "DEAL-015": (
        "L'affaire {deal} ne dit pas comment le client paie.",
        "Choisissez {lists.fee_model}.",
    ),
    "DEAL-016": (
        "L'affaire {deal} n'a pas de date de signature prévue.",
        "Notez le jour où vous attendez la signature ; une estimation suffit.",
    ),
    "DEAL-017": (
        "L'affaire {deal} n'a pas de prochaine étape.",
        "Notez ce qui vient ensuite et qui s'en charge.",
    ),
    "DEAL-018": (
        "L'affaire {deal} ne dit pas pour quand est sa prochaine étape.",
        "Notez un jour pour la prochaine étape.",
    ),
    "DEAL-019": (
        "L'affaire {deal} ne dit pas où est le contrat signé.",
        "Collez le lien vers le contrat, ou notez « {lists.paper.email_acceptance} » et où il se trouve.",
    ),
    "DEAL-004": (
        "L'affaire {deal} est gagnée et n'a pas de date de signature.",
        "Notez le jour où le client a signé ou accepté.",
    ),
    "DEAL-020": (
        "L'affaire {deal} n'a pas de date de début.",
        "Notez la date de début qui figure au contrat.",
    ),
    "DEAL-021": (
        "L'affaire {deal} n'a pas de date de fin.",
        "Notez la date de fin qui figure au contrat.",
    ),
    "DEAL-022": (
        "L'affaire {deal} ne dit pas pourquoi elle a été gagnée.",
        "Notez en une phrase pourquoi le client nous a choisis.",
    ),
    "DEAL-005": (
        "L'affaire {deal} n'a personne pour la reprendre.",
        "Notez le nom de la personne qui reprend le projet.",
    ),
    "DEAL-023": (
        "L'affaire {deal} est perdue et ne dit pas pourquoi.",
        "Choisissez la raison dans la liste.",
    ),
    "DEAL-003": (
        "Affaire {deal} : la prochaine étape est pour le {day}.",
        "Faites-la, déplacez-la ou mettez l'affaire en pause.",
    ),
    "DEAL-006": (
        "Affaire {deal} : le contrat finit le {end}, avant de commencer le {start}.",
        "Vérifiez les deux dates dans le contrat.",
    ),
    "DEAL-007": (
        "L'affaire {deal} est gagnée et n'a jamais été transmise.",
        "Lancez `sheetrecord promote BOOK DEAL` : cela fige ce qui a été vendu et ouvre le projet.",
    ),
    "DEAL-030": (
        "L'affaire {deal} a été signée, selon la ligne, le {day}, un jour qui n'est pas encore venu.",
        "Corrigez la date ; avant la signature, l'affaire n'est pas gagnée.",
    ),
    "DEAL-031": (
        "L'affaire {deal} devait être conclue le {day} et est encore ouverte.",
        "Repoussez la date à un jour auquel vous croyez, concluez l'affaire ou mettez-la en pause.",
    ),
    "DEAL-032": (
        "Affaire {deal} : le client en a besoin le {day}, {days} jours avant la fin du contrat.",
        "Planifiez sur la date la plus proche, et dites à l'équipe projet ce qui se passe ce jour-là.",
    ),
    "DEAL-033": (
        "L'affaire {deal} devait commencer le {day} et n'est pas signée.",
        "Obtenez la signature, ou notez qui permet de commencer sans elle.",
    ),
    "DEAL-034": (
        "L'affaire {deal} ne dit pas où est la proposition.",
        "Collez le lien vers la proposition que le client a vue.",
    ),
    "DEAL-040": (
        "Affaire {deal} : la dispense ne compte pas, car il manque : {lacks}.",
        "Notez qui laisse passer, pourquoi, et jusqu'à quand.",
    ),
    "DEAL-041": (
        "Affaire {deal} : la dispense a pris fin le {day}.",
        "Réglez ce qui était dispensé, ou renouvelez la dispense.",
    ),
    "DEAL-042": (
        "Affaire {deal} : la dispense nomme « {code} », qui n'est pas une règle.",
        "Notez le code tel que `sheetrecord validate BOOK` l'affiche, par exemple CTX-002.",
    ),
    "DEAL-043": (
        "L'affaire {deal} a été renvoyée, et il manque : {lacks}.",
        "Choisissez une raison et dites ce qui manque, pour que la vente puisse tout compléter d'un coup.",
    ),
    "DEAL-044": (
        "L'affaire {deal} a été proposée le {day} et attend : {owner}.",
        "Acceptez-la, ou renvoyez-la avec une raison.",
    ),
    "DEAL-045": (
        "L'affaire {deal} a été perdue au profit d'un autre, et personne n'a noté lequel.",
        "Notez qui l'a gagnée ; une supposition vaut mieux que rien.",
    ),
    "DEAL-046": (
        "L'affaire {deal} se nomme elle-même comme affaire précédente.",
        "Notez le numéro de l'affaire précédente, ou videz la cellule.",
    ),
    "DEAL-051": (
        "L'affaire {deal} a été renvoyée le {day}, et personne ne l'a proposée de nouveau.",
        "Complétez ce qui manquait, et transmettez-la de nouveau.",
    ),
    "DEAL-052": (
        "Affaire {deal} : sa passation est « {state} », et personne n'a noté depuis quand.",
        "Notez le jour : tout ce qui suit se compte à partir de lui.",
    ),
    "DEAL-048": (
        "L'affaire {deal} ne dit pas ce qu'il y a par écrit.",
        "Choisissez {lists.paper}.",
    ),
    "DEAL-049": (
        "L'affaire {deal} ne dit pas jusqu'à quand l'écrit peut être résilié, renouvelé ou remplacé.",
        "Notez le dernier jour.",
    ),
    "DEAL-047": (
        "Affaire {deal} : le dernier jour pour résilier, renouveler ou remplacer l'écrit est le {day}.",
        "Décidez avec le client, et notez la prochaine date ou le nouvel écrit.",
    ),
    "DEAL-050": (
        "Affaire {deal} : le travail a commencé le {day}, et il n'y a pas encore de contrat.",
        "Faites-le signer, puis choisissez ce qu'il y a par écrit ; ou arrêtez jusque-là.",
    ),
    "DEAL-002": (
        "Le client « {client} » est aussi écrit « {other} ».",
        "Écrivez-le partout comme au contrat, pour que ses affaires se retrouvent ensemble.",
    ),
    "DEAL-008": (
        "Les affaires {deal} et {other} ont le même numéro CRM {ref}.",
        "Corrigez l'un des deux : un import écrirait les deux dans la même ligne.",
    ),
}

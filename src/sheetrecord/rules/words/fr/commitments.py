"""What the rules about the Commitments sheet say in French."""

from typing import Final

WORDS: Final = {
    "COM-001": (
        "Affaire {deal} : personne n'a demandé si le client croit que « {what} » est compris.",
        "Demandez au client, et choisissez « {lists.client_believes.yes} », « {lists.client_believes.no} » ou « {lists.client_believes.unsure} ».",
    ),
    "COM-002": (
        "Affaire {deal} : personne n'a décidé ce que devient « {what} ».",
        "Décidez, ou transmettez-le comme question ouverte avec un responsable et une date.",
    ),
    "COM-003": (
        "Affaire {deal} : « {what} » a été refusé, et le client ne le sait pas.",
        "Dites-le au client, et notez le jour.",
    ),
    "COM-004": (
        "Affaire {deal} : « {what} » est dans le contrat, mais personne n'a noté où.",
        "Notez la clause ou la page.",
    ),
    "COM-005": (
        "Affaire {deal} : « {what} » est promis pour le {day}, {side} du contrat.",
        "Vérifiez la date, ou dites à l'équipe projet que le travail sort du contrat.",
    ),
    "COM-006": (
        "Affaire {deal} : « {what} » est devenu un avenant qui ne se trouve nulle part.",
        "Nommez la ligne d'honoraires ou la ligne de projet qui porte le changement.",
    ),
    "COM-007": (
        "Affaire {deal} : « {what} » promet une date et n'en a pas.",
        "Notez le jour promis.",
    ),
    "COM-008": (
        "Affaire {deal} : « {what} » devait être dans le contrat selon la décision, et n'y est pas.",
        "Lisez le contrat, et corrigez ce qui est faux.",
    ),
    "COM-010": (
        "L'affaire {deal} ne dit pas ce qui a été promis, et personne n'a dit que rien ne l'a été.",
        "Demandez à l'appel de conclusion à quoi quelqu'un a dit oui ; si rien n'a été promis, notez « {answers.none} ».",
    ),
    "COM-011": (
        "Affaire {deal} : « {answers.none} » est noté comme promesse, et il manque : {lacks}.",
        "Notez qui a dit que rien n'a été promis, et quand.",
    ),
    "COM-012": (
        "L'affaire {deal} a une ligne « {answers.none} » alors que d'autres répondent à la même question ({count}).",
        "Supprimez la ligne « {answers.none} » : il y a finalement quelque chose.",
    ),
    "COM-013": (
        "Affaire {deal} : le client n'est pas sûr que « {what} » soit compris.",
        "Réglez-le avec le client avant que le travail commence.",
    ),
    "COM-014": (
        "Affaire {deal} : le client compte sur « {what} », que le contrat exclut.",
        "Dites-le au client maintenant, ou décidez de le faire et qui paie.",
    ),
    "COM-015": (
        "Affaire {deal} : « {what} » a été promis le {day}, après la signature.",
        "Faites-en une demande de changement, ou décidez de l'offrir.",
    ),
    "COM-016": (
        "Affaire {deal} : « {what} » figure sur deux lignes.",
        "Gardez une ligne, et nommez-y les deux sources.",
    ),
    "COM-017": (
        "Affaire {deal} : le client compte sur « {what} », et personne ne l'a chiffré.",
        "Notez les heures que cela prendrait ou ce que cela vaut ; un chiffre approximatif suffit.",
    ),
    "COM-018": (
        "Affaire {deal} : « {what} » est offert, et personne ne l'a décidé.",
        "Notez qui a décidé, et combien d'heures cela peut prendre.",
    ),
    "COM-020": (
        "Affaire {deal} : « {what} » est pour le {day}.",
        "Livrez-le, convenez d'un nouveau jour, ou notez-le comme manqué.",
    ),
    "COM-021": (
        "Affaire {deal} : le client nous doit « {what} » depuis le {day}.",
        "Relancez-le par écrit, et dites ce que cela change à notre date.",
    ),
    "COM-022": (
        "Affaire {deal} : « {what} » est livré, et il manque : {lacks}.",
        "Notez le jour et où cela se voit.",
    ),
    "COM-023": (
        "Affaire {deal} : « {what} » a été promis par {person}, qui travaille pour le client.",
        "Demandez qui de nous a dit oui ; jusque-là, c'est un souhait du client.",
    ),
    "COM-024": (
        "Affaire {deal} : « {what} » a été dit, selon la ligne, le {day}, un jour qui n'est pas encore venu.",
        "Corrigez la date.",
    ),
    "COM-025": (
        "L'affaire {deal} ne dit pas ce que le prix ne comprend pas.",
        "Notez ce qu'ils pourraient attendre et que le prix ne comprend pas, ou « {answers.none} ».",
    ),
    "COM-026": (
        "L'affaire {deal} ne dit pas ce que le client doit fournir ou faire.",
        "Notez ce qu'ils doivent fournir ou faire, et pour quand, ou « {answers.none} ».",
    ),
    "COM-027": (
        "L'affaire {deal} ne dit pas ce que le prix suppose.",
        "Notez les heures, quantités ou données sur lesquelles repose le prix, ou « {answers.none} ».",
    ),
    "COM-028": (
        "Affaire {deal} : personne n'a noté de réponse à « {type} ».",
        "Notez une phrase, ou « {answers.none} ».",
    ),
    "COM-029": (
        "Affaire {deal} : personne n'a regardé « {what} » depuis la passation du {day}.",
        "Choisissez où cela en est, ou donnez un jour ; « {lists.progress.n_a} » est aussi une réponse.",
    ),
    "COM-030": (
        "L'affaire {deal} n'a pas de ligne où dire : {types}.",
        "Ajoutez les lignes qui attendent une réponse : `sheetrecord validate BOOK DEAL --fix`.",
    ),
}

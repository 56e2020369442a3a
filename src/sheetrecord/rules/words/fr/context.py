"""What the rules about the Context sheet say in French."""

from typing import Final

WORDS: Final = {
    "CTX-001": (
        "L'affaire {deal} ne dit pas quelle date compte vraiment pour le client.",
        "Demandez quelle date compte vraiment et ce qui se passe ce jour-là ; s'il n'y en a pas, notez « {answers.none} » et qui l'a dit.",
    ),
    "CTX-002": (
        "L'affaire {deal} ne dit pas ce que le client a envisagé d'autre.",
        "Demandez à qui, ou à quoi, ils nous ont sérieusement comparés ; ne rien faire compte aussi.",
    ),
    "CTX-003": (
        "L'affaire {deal} ne dit pas pourquoi le client nous a choisis.",
        "Demandez au client, et notez-le avec ses mots.",
    ),
    "CTX-004": (
        "L'affaire {deal} ne dit pas qui subit quelle pression.",
        "Demandez qui aura des ennuis, et avec qui, si cela prend du retard.",
    ),
    "CTX-005": (
        "L'affaire {deal} ne dit pas ce que serait un succès pour eux personnellement.",
        "Demandez ce qui en ferait une réussite pour la personne qui signe.",
    ),
    "CTX-006": (
        "L'affaire {deal} ne dit pas ce qui doit être vrai pour que le travail soit terminé.",
        "Demandez ce qu'ils vérifieront avant d'accepter.",
    ),
    "CTX-007": (
        "L'affaire {deal} ne dit pas qui va résister, ni à quoi.",
        "Demandez qui préférerait ne pas avoir cela ; si personne, notez « {answers.none} » et qui l'a dit.",
    ),
    "CTX-008": (
        "L'affaire {deal} ne dit pas pourquoi le client s'est mis à chercher maintenant.",
        "Demandez ce qui s'est passé pour qu'ils appellent.",
    ),
    "CTX-009": (
        "L'affaire {deal} ne dit rien sur : {prompt}.",
        "Demandez, ou notez {answers.n_a} et dans {Context.note} pourquoi la question est sans objet.",
    ),
    "CTX-016": (
        "L'affaire {deal} n'a pas de ligne où répondre à : {prompts}.",
        "Ajoutez les lignes qui attendent une réponse : `sheetrecord validate BOOK DEAL --fix`.",
    ),
    "CTX-010": (
        "L'affaire {deal} ne nomme personne qui décide.",
        "Ajoutez une personne comme « {lists.role.decision_maker} » ou « {lists.role.economic_buyer} », et dites si l'un de nous l'a rencontrée.",
    ),
    "CTX-011": (
        "L'affaire {deal} ne nomme personne pour le travail quotidien.",
        "Ajoutez une ligne « {lists.kind.stakeholder} » pour la personne que l'équipe projet appellera, comme « {lists.role.daily_contact} ».",
    ),
    "CTX-012": (
        "Affaire {deal} : pour {person}, il est noté « {lists.role.champion} » et en même temps « {lists.stance.against} ».",
        "Qui nous soutient n'est pas contre nous : corrigez le rôle ou la position.",
    ),
    "CTX-013": (
        "Affaire {deal} : {person} n'a pas de rôle.",
        "Choisissez le rôle de cette personne.",
    ),
    "CTX-014": (
        "Affaire {deal} : {person} est à la fois pour et contre nous.",
        "Redemandez, et gardez la position la plus récente.",
    ),
    "CTX-015": (
        "Affaire {deal} : {person} décide ou dirige les utilisateurs, et aucun de nous n'a rencontré cette personne.",
        "Rencontrez-la avant la signature, ou choisissez sa position.",
    ),
    "CTX-020": (
        "Affaire {deal} : la réponse à « {kind} » est « {answers.none} », et il manque : {lacks}.",
        "Notez qui chez le client l'a dit, et quel jour.",
    ),
    "CTX-021": (
        "Affaire {deal} : personne ne sait encore « {kind} », et il manque : {lacks}.",
        "Notez qui redemande, et quel jour.",
    ),
    "CTX-022": (
        "Affaire {deal} : « {kind} » est noté sans objet, et il manque : {lacks}.",
        "Notez dans {Context.note} pourquoi la question est sans objet.",
    ),
    "CTX-023": (
        "Affaire {deal} : dans la réponse à « {kind} », il manque : {lacks}.",
        "Complétez à côté de la réponse.",
    ),
    "CTX-024": (
        "Affaire {deal} : pour « {kind} », il faut redemander le {day}.",
        "Demandez, ou repoussez le jour.",
    ),
    "CTX-025": (
        "Affaire {deal} : la réponse à « {kind} » est une supposition.",
        "Demandez au client, ou transmettez-la comme question ouverte.",
    ),
    "CTX-026": (
        "Affaire {deal} : {person} part ou arrive peut-être le {day}.",
        "Demandez qui vient ensuite, et notez-le ; un nouveau jour sous « {Context.learned_on} » règle la question.",
    ),
    "CTX-027": (
        "Affaire {deal} : « {what} » parle du {day}.",
        "Demandez si cela tient toujours ; un nouveau jour sous « {Context.learned_on} » ou « {Context.confirmed_on} » règle la question.",
    ),
    "CTX-030": (
        "Affaire {deal} : {title} est prévu pour le {planned}, après la vraie échéance du {day}.",
        "Prévoyez-le plus tôt, ou convenez d'une date plus tardive avec le client.",
    ),
    "CTX-031": (
        "Affaire {deal} : la vraie échéance du {day} est avant la {event} du {other}.",
        "Vérifiez l'année ; si elle est juste, le client en avait besoin avant de signer.",
    ),
    "CTX-032": (
        "Affaire {deal} : « {kind} » a été appris, selon la ligne, le {day}, un jour qui n'est pas encore venu.",
        "Corrigez la date.",
    ),
    "CTX-040": (
        "Affaire {deal} : {late} faits sur {all} ont été notés dans les deux derniers jours avant la signature.",
        "Reprenez-les avec le client ; la prochaine fois, notez-les après chaque échange.",
    ),
    "CTX-041": (
        "Affaire {deal} : rien n'a été redemandé depuis le {day}.",
        "Redemandez ce qui a pu changer : l'échéance, les personnes, l'autre choix.",
    ),
    "CTX-042": (
        "L'affaire {deal} est confirmée, mais pas tous les faits (non confirmés : {count}).",
        "Parcourez-les à la réunion de lancement, et notez quand et par qui ils sont confirmés.",
    ),
    "CTX-043": (
        "L'affaire {deal} a été acceptée le {day}, et personne n'a confirmé depuis « {what} ».",
        "Parcourez-le avec le client à la réunion de lancement : `sheetrecord confirm BOOK DEAL --all`.",
    ),
    "CTX-044": (
        "L'affaire {deal} a été acceptée le {day}, et il n'y a pas eu de réunion de lancement depuis.",
        "Rencontrez le client, puis notez-le : `sheetrecord confirm BOOK DEAL --kickoff`.",
    ),
    "CTX-900": (
        "Affaire {deal} : « {answer} » ne répond pas à « {kind} ».",
        "Notez une phrase avec les mots du client, ou {answers.none}, {answers.unknown}, {answers.n_a} ou {answers.declined}.",
    ),
    "CTX-901": (
        "Affaire {deal} : « {answer} » est une réponse courte à « {kind} ».",
        "Notez une phrase entière, que quelqu'un d'extérieur comprendrait.",
    ),
    "CTX-902": (
        "Affaire {deal} : la même réponse figure dans {count} affaires : « {answer} ».",
        "Notez ce qui est vrai pour ce client.",
    ),
    "CTX-903": (
        "Affaire {deal} : la réponse à « {kind} » répète la question.",
        "Notez ce que le client a dit.",
    ),
}

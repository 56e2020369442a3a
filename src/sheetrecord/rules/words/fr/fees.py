"""What the rules about the Fees sheet say in French."""

from typing import Final

WORDS: Final = {
    "FEE-001": (
        "Affaire {deal} : les lignes d'honoraires font {total} et non {value}, soit {gap} d'écart.",
        "Corrigez la ligne ou le montant convenu ; annulez ce qui est abandonné.",
    ),
    "FEE-002": (
        "Affaire {deal} : « {line} » est due à un jalon qu'elle ne nomme pas.",
        "Nommez la ligne de la feuille {Project} qui la rend due.",
    ),
    "FEE-003": (
        "Affaire {deal} : à la facture de « {line} », il manque : {lacks}.",
        "Remplissez ensemble le numéro, la date et le délai de paiement.",
    ),
    "FEE-005": (
        "Affaire {deal} : la TVA imprimée de « {line} » est de {tax} ; le taux donne {expected}.",
        "Regardez la facture : la TVA imprimée fait foi, corrigez donc le taux ou le chiffre.",
    ),
    "FEE-006": (
        "La facture {number} figure pour {client} et pour {other}.",
        "Corrigez le numéro ; si la facture a été réémise, annulez l'ancienne ligne.",
    ),
    "FEE-007": (
        "Affaire {deal} : « {line} » a été payée {over} de trop.",
        "Demandez au client à quoi cela correspond : remboursez, ou imputez-le sur une autre ligne.",
    ),
    "FEE-008": (
        "Affaire {deal} : « {line} » a été payée et n'a pas de facture.",
        "Établissez la facture, ou passez le paiement sur la ligne à laquelle il appartient.",
    ),
    "FEE-009": (
        "Affaire {deal} : le montant convenu {value} est le total TTC des lignes d'honoraires.",
        "Notez le montant convenu hors taxes.",
    ),
    "FEE-010": (
        "Affaire {deal} : « {line} » peut être facturée : son jalon a été accepté le {day}.",
        "Cochez « {Fees.ready} », ou notez dans {Fees.note} ce qu'elle attend.",
    ),
    "FEE-011": (
        "Affaire {deal} : sur « {line} », il reste dû exactement la TVA de {tax}.",
        "Demandez si le client a payé hors taxes, ou s'il retient la taxe.",
    ),
    "FEE-013": (
        "Affaire {deal} : « {line} » est mensuelle et ne dit pas pour quel mois.",
        "Notez le mois, par exemple 2026-03.",
    ),
    "FEE-014": (
        "Affaire {deal} : la retenue sur « {line} » n'a pas de date de libération.",
        "Notez le jour à partir duquel elle est due.",
    ),
    "FEE-016": (
        "Affaire {deal} : « {line} » est notée « {kind} » et augmente le total.",
        "Notez-la avec un signe moins.",
    ),
    "FEE-017": (
        "Affaire {deal} : l'avoir « {line} » ne dit pas sur quelle ligne il porte.",
        "Nommez la ligne sur laquelle il s'impute.",
    ),
    "FEE-018": (
        "Affaire {deal} : la régie atteint {total}, au-dessus des {value} convenus.",
        "Arrêtez et demandez davantage au client, ou renoncez au reste en connaissance de cause.",
    ),
    "FEE-019": (
        "Affaire {deal} : « {line} » est à facturer le {day}.",
        "Facturez-la, ou prévoyez un nouveau jour.",
    ),
    "FEE-021": (
        "Affaire {deal} : « {line} » a été annulée et {amount} ont été encaissés pour elle.",
        "Passez le paiement sur la ligne qui l'a remplacée, ou remboursez-le.",
    ),
    "FEE-022": (
        "Affaire {deal} : « {line} » dit en toutes lettres quand chaque part est due.",
        "Faites une ligne de chaque part, avec ce qui la rend due.",
    ),
    "FEE-023": (
        "Affaire {deal} : « {line} » a été facturée, selon la ligne, le {day}, un jour qui n'est pas encore venu.",
        "Corrigez la date.",
    ),
    "FEE-024": (
        "Affaire {deal} : « {line} » peut être facturée, et « {kind} » n'a pas de réponse.",
        "Notez dans la feuille {Context} quelle société facturer, avec quel numéro de commande ou portail, et qui paie.",
    ),
    "FEE-025": (
        "Affaire {deal} : une ligne d'honoraires est due à un événement que personne n'a décrit.",
        "Dites dans son libellé, ou sous « {Project.acceptance_test} » de son jalon, ce qui compte comme cet événement.",
    ),
    "FEE-027": (
        "Affaire {deal} : « {line} » n'a pas de jour de facturation.",
        "Prévoyez un jour ; ce qui n'a jamais été prévu n'est jamais en retard.",
    ),
    "FEE-028": (
        "Affaire {deal} : « {line} » attend une réception, et son jalon a été terminé le {day}.",
        "Demandez au client de l'accepter, et notez par qui et quand.",
    ),
    "FEE-030": (
        "Affaire {deal} : « {line} » est en {currency}, l'affaire en {other}.",
        "Corrigez la devise, ou faites-en une affaire à part : elle ne compte pas dans les sommes de l'affaire.",
    ),
    "FEE-040": (
        "Affaire {deal} : la comptabilité dit autre chose de « {line} » : {what}.",
        "Comparez les deux factures, et corrigez celle qui est fausse.",
    ),
}

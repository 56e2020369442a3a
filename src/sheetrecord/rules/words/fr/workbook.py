"""What the rules about the workbook itself say in French: headers, cells, ids, rows, versions."""

from typing import Final

WORDS: Final = {
    "HEAD-001": (
        "La feuille {sheet} manque.",
        "Reprenez-la d'une copie plus ancienne, ou renommez en {sheet} la feuille qui a pris sa place.",
    ),
    "HEAD-002": (
        "La colonne « {column} » n'est pas sur la feuille {sheet}.{maybe}",
        "Remettez son en-tête, ou copiez la colonne du modèle.",
    ),
    "HEAD-003": (
        "L'en-tête « {header} » est, d'après son nom masqué, la colonne « {column} », mais ne le dit pas.",
        "Rien n'est perdu. Renommez-le, ou gardez vos mots si tout le monde sait ce qu'ils veulent dire.",
    ),
    "HEAD-004": (
        "Deux colonnes ont l'en-tête « {header} » : celle-ci est lue, {others} ne l'est pas.",
        "Renommez ou retirez l'autre, après avoir déplacé ce qu'elle contient.",
    ),
    "HEAD-005": (
        "L'en-tête « {header} » est lu comme la colonne « {column} » ; il est dans une autre langue.",
        "Rien à faire, sauf si vous voulez tous les en-têtes dans une langue.",
    ),
    "HEAD-006": (
        "La colonne « {column} » ne se reconnaît qu'à son en-tête « {header} » ; son nom masqué a disparu.",
        "Ne renommez pas cet en-tête. Une copie du modèle a le nom.",
    ),
    "HEAD-007": (
        "Le nom masqué de la colonne « {column} » désigne cet endroit, mais son en-tête est en {there}.",
        "Vérifiez laquelle des deux contient les bonnes valeurs, et placez l'en-tête au-dessus.",
    ),
    "HEAD-008": (
        "L'en-tête de la colonne « {column} » est vide.",
        "Saisissez de nouveau l'en-tête.",
    ),
    "HEAD-009": (
        "La feuille « {title} » ressemble à une copie de {sheet} ; seule {sheet} est lue.",
        "Déplacez dans {sheet} ce qui est nouveau, puis supprimez la copie.",
    ),
    "HEAD-010": (
        "La feuille « {title} » est lue comme {sheet}.",
        "Rien à faire : elle se reconnaît aux noms masqués de ses colonnes.",
    ),
    "HEAD-011": (
        "La colonne « {column} » a maintenant l'en-tête « {header} », qui signifie « {other} ».",
        "Remettez le bon en-tête ; d'ici là, la colonne est lue d'après son nom masqué.",
    ),
    "HEAD-012": (
        "La colonne {letters} a des valeurs mais pas d'en-tête, à partir de la ligne {row}.",
        "Donnez-lui un en-tête, ou déplacez ce qu'elle contient : les colonnes sans en-tête sont gardées, mais jamais lues.",
    ),
    "HEAD-013": (
        "La liste « {list} » n'a plus le code « {code} ».",
        "Rétablissez la ligne dans la feuille {Lists} : changez les mots comme vous voulez, mais gardez chaque code.",
    ),
    "HEAD-014": (
        "Le mot « {label} » vaut pour deux codes de la liste « {list} ».",
        "Donnez à chaque code un mot à lui dans la feuille {Lists}.",
    ),
    "HEAD-015": (
        "Les noms masqués de {count} colonnes, à partir de {first}, n'ont pas suivi leurs en-têtes.",
        "Vérifiez que chaque en-tête est au-dessus de ses valeurs : ce sont les en-têtes qui font foi.",
    ),
    "HEAD-016": (
        "La feuille {sheet} manque : ce que l'entreprise demande elle-même ne peut pas être lu.",
        "Reprenez la feuille d'une copie plus ancienne. D'ici là, aucune affaire n'est dite prête ni transmise.",
    ),
    "HEAD-017": (
        "Des noms masqués sont perdus ({sheets} : {count}) ; ce qu'ils nommaient se retrouve par les en-têtes.",
        "`sheetrecord validate BOOK --fix` les rend. D'ici là, laissez les en-têtes tels quels.",
    ),
    "HEAD-018": (
        "La feuille {sheet} ne contient plus ce qu'il faut : {what}.",
        "Reprenez les lignes d'une copie plus ancienne, avec leurs mots dans la première colonne.",
    ),
    "HEAD-019": (
        "La feuille {sheet} n'a ni en-têtes ni noms masqués : personne ne peut distinguer ses colonnes.",
        "Reprenez la ligne d'en-têtes d'une copie plus ancienne ; d'ici là, rien n'est jugé sur cette feuille.",
    ),
    "HEAD-020": (
        "« {column} » de {sheet} ne peut pas être lue avec certitude ({why}), donc seule la vue de la direction montre ses lignes : {count}.",
        "Remettez l'en-tête ou la colonne, ou dites sur chaque ligne qui peut la voir, et lancez `sheetrecord validate BOOK --fix`.",
    ),
    "HEAD-021": (
        "{count} en-têtes de {sheet} sont vides à la ligne {row}.",
        "`sheetrecord validate BOOK --fix` les réécrit ; les colonnes sont lues d'après leurs noms masqués.",
    ),
    "HEAD-022": (
        "{count} colonnes ne sont pas sur la feuille {sheet}.",
        "Reprenez la ligne d'en-têtes d'une copie plus ancienne ; ce qui s'y trouve maintenant n'est pas lu.",
    ),
    "HEAD-023": (
        "Ce classeur compte ses jours à partir de 1904.",
        "Comparez une date que vous connaissez. Si toutes ont 4 ans et 1 jour de retard, désactivez l'option dans Excel : Fichier, Options, Options avancées, Utiliser le calendrier depuis 1904.",
    ),
    "HEAD-024": (
        "Un autre tableau se trouve à côté des données, à partir de la colonne {letters}.",
        "Rien à faire : il est gardé tel quel, et ses lignes ne sont pas lues.",
    ),
    "HEAD-025": (
        "La ligne d'en-têtes de {sheet} a été supprimée : la ligne {row} contient des données à leur place.",
        "Insérez une ligne au-dessus de la ligne {row} et lancez `sheetrecord validate BOOK --fix`.",
    ),
    "HEAD-026": (
        "Dans la liste « {list} », « {label} » est à côté du code {code}, mais c'est le mot de {other} ; {count} mots ont été déplacés.",
        "Triez ensemble les mots et les codes de la feuille {Lists}, ou remettez chaque mot à côté de son code.",
    ),
    "HEAD-027": (
        "La feuille {Lists} compte « {label} » autrement que les règles (lignes de ce genre : {count}).",
        "Remettez type et rang comme dans le modèle : le décompte de la feuille s'y fie.",
    ),
    "GUARD-001": (
        "La feuille {Lists} demande « {kind} » plus tard ou moins strictement que les règles ({stage}).",
        "Un classeur peut demander plus, jamais moins. Notre exigence reste en vigueur.",
    ),
    "GUARD-002": (
        "Ce réglage ne peut pas être compris : « {text} ».",
        "Comparez-le à la ligne d'exemple du tableau, ou lancez `sheetrecord explain GUARD-002`.",
    ),
    "GUARD-003": (
        "Ce qui a été figé de {deals} à la vente n'est pas ce qui a été écrit alors.",
        "Reprenez le classeur d'une copie plus ancienne, ou figez-le tel qu'il est, avec une raison qui est consignée : `sheetrecord promote BOOK DEAL --refreeze --why \"...\"`.",
    ),
    "GUARD-004": (
        "{deals} a été vendu, d'après le journal, et rien n'en est figé.",
        "Reprenez le classeur d'une copie plus ancienne, ou figez-le tel qu'il est, avec une raison qui est consignée : `sheetrecord promote BOOK DEAL --refreeze --why \"...\"`.",
    ),
    "GUARD-005": (
        "Le journal masqué des passations {what}.",
        "Reprenez le classeur d'une copie plus ancienne, ou acceptez-le tel qu'il est, avec une raison qui est consignée : `sheetrecord promote BOOK DEAL --refreeze --why \"...\"` sur une affaire vendue.",
    ),
    "GUARD-006": (
        "Le réglage « {label} » ne peut pas être « {text} ».",
        "{wanted}",
    ),
    "MIG-001": (
        "Ce classeur a été fait avec la version {version} du dossier ; la version actuelle est {present}.",
        "Passez-le à la version actuelle : `sheetrecord migrate BOOK`, avec --plan pour voir d'abord.",
    ),
    "MIG-002": (
        "Les anciennes formules de « {column} » montrent d'autres montants que les actuelles : {shown} ici, {ours} à présent (lignes : {count}).",
        "Passez d'abord le classeur à la version actuelle : `sheetrecord migrate BOOK`.",
    ),
    "MIG-003": (
        "Des formules sont celles d'une version plus ancienne (colonnes : {count}) : {some}.",
        "`sheetrecord migrate BOOK` les renouvelle, avec --plan pour voir d'abord.",
    ),
    "TYPE-001": (
        "« {value} » est du texte ; « {column} » attend un nombre.{maybe}",
        "Saisissez le nombre seul ; le format de la cellule ajoute la devise et les milliers.",
    ),
    "TYPE-002": (
        "« {value} » est du texte ; « {column} » attend une date.{maybe}",
        "Saisissez la date comme votre tableur les montre. Si seuls des mots sont connus, mettez-les dans la remarque.",
    ),
    "TYPE-003": (
        "« {value} » n'est pas un choix de « {column} ».{maybe}",
        "Choisissez {choices}, ou ajoutez le mot dans la feuille {Lists}.",
    ),
    "TYPE-004": (
        "La cellule affiche {value}, donc « {column} » est inconnu.",
        "Saisissez de nouveau la valeur ; la formule désigne quelque chose qui a été supprimé.",
    ),
    "TYPE-005": (
        "La formule de « {column} » n'a jamais été calculée, donc sa valeur est inconnue.",
        "Ouvrez le classeur dans Excel, LibreOffice ou Google Sheets, enregistrez-le et vérifiez de nouveau.",
    ),
    "TYPE-006": (
        "{value} n'est pas un montant entier : {currency} a {places} décimales.",
        "Arrondissez, ou vérifiez si c'est un taux, le reste d'une formule ou une autre devise.",
    ),
    "TYPE-007": (
        "{value} est trop grand pour être un montant.",
        "Vérifiez les chiffres : un tableur en garde 15.",
    ),
    "TYPE-008": (
        "{value} n'est pas une date vraisemblable : les dates vont de 1990 à 2100.",
        "Saisissez de nouveau la date.",
    ),
    "TYPE-009": (
        "« {value} » n'est pas un code de devise.",
        "Utilisez les trois lettres d'ISO 4217, par exemple EUR, CHF ou USD. Un signe pourrait en désigner plusieurs.",
    ),
    "TYPE-010": (
        "« {value} » contient des caractères invisibles.",
        "Saisissez-le de nouveau ; ils viennent des copies de pages web et de PDF.",
    ),
    "TYPE-011": (
        "Le texte de « {column} » a {length} caractères : une cellule en contient 32 767, il est peut-être coupé.",
        "Rangez le document ailleurs et mettez ici son lien.",
    ),
    "TYPE-013": (
        "{value} comme part signifie {value} fois le tout ; vous voulez sans doute dire {meant}.",
        "Saisissez-le avec le signe pour cent.",
    ),
    "TYPE-014": (
        "« {value} » n'est ni « {yes} » ni vide dans « {column} ».",
        "Mettez « {yes} » ou laissez vide.",
    ),
    "TYPE-015": (
        "« {value} » n'est pas un mois comme 2026-07.",
        "Saisissez l'année et le mois, comme 2026-07.",
    ),
    "TYPE-016": (
        "« {value} » dans « {column} » est lu comme : {meant} ; la feuille elle-même ne connaît que « {yes} » et vide.",
        "`sheetrecord validate BOOK --fix` l'écrit comme dans la liste ; sans coche, laissez vide.",
    ),
    "TYPE-017": (
        "« {column} » contient la date {value} ; si un texte comme 2-4 a été saisi, ce texte est perdu.",
        "Saisissez-le de nouveau avec une apostrophe devant ('2-4), ou laissez si une date était voulue.",
    ),
    "TYPE-018": (
        "« {column} » contient le nombre {value} : des zéros devant, ou ce qui avait été saisi d'autre, sont perdus.{more}",
        "Saisissez-le de nouveau avec une apostrophe devant ('00123), ou mettez d'abord la colonne au format texte.",
    ),
    "TYPE-020": (
        "{value} sous « {column} » n'est ni {internal}, ni {ops}, ni {client}, donc seule la vue de la direction montre la ligne.{maybe}",
        "Choisissez {lists.share}.",
    ),
    "TYPE-021": (
        "« {value} » sous « {column} » ne désigne personne ni rien.",
        "Indiquer qui ou quoi, ou laisser la cellule vide tant qu’on ne le sait pas.",
    ),
    "TYPE-022": (
        "{value} sous « {column} » est inférieur à zéro.",
        "Le saisir sans le signe moins ; ce qui est déduit est une ligne, ou un changement, à part.",
    ),
    "ROW-001": (
        "Le numéro « {id} » figure sur {count} lignes : {rows}.",
        "Une ligne copiée emporte son numéro ; `sheetrecord validate BOOK --fix` en donne un à la copie.",
    ),
    "ROW-002": (
        "Cette ligne n'a pas de numéro.{maybe}",
        "{do}",
    ),
    "ROW-004": (
        "La ligne {row} ressemble à un total sous les données.",
        "Supprimez-la : la feuille {Deal} additionne toute seule, et une nouvelle ligne en dessous peut passer inaperçue.",
    ),
    "ROW-005": (
        "Les lignes {first} à {last} sont vides, avec des lignes remplies en dessous (trous de ce genre : {count}).",
        "Rien n'est perdu, mais un tri ou un filtre s'arrête à une ligne vide.",
    ),
    "ROW-006": (
        "« {value} » a été saisi par-dessus la formule de « {column} ».",
        "`sheetrecord validate BOOK --fix` remet la formule.",
    ),
    "ROW-007": (
        "Dans la colonne « {column} », la formule manque à partir de la ligne {first} (lignes : {count}).",
        "`sheetrecord validate BOOK --fix` la remet ; d'ici là, les décomptes de la feuille les oublient.",
    ),
    "ROW-008": (
        "Les formules de « {column} » ont été remplacées par des valeurs sur {count} lignes, à partir de la ligne {first}.",
        "`sheetrecord validate BOOK --fix` les remet.",
    ),
    "ROW-009": (
        "Des cellules sont fusionnées à partir de la ligne {row}.",
        "Séparez-les : seule la première cellule d'un bloc fusionné contient une valeur.",
    ),
    "ROW-010": (
        "Le numéro « {id} » appartient à la feuille {other}.",
        "Remettez la ligne dans {other}, ou videz le numéro pour qu'elle en reçoive un nouveau ici.",
    ),
    "ROW-011": (
        "Dans la colonne calculée « {column} » se trouve une autre formule : ={text}{more}",
        "`sheetrecord validate BOOK --fix --plan` montre les deux textes ; `--fix` remet ={wanted}.",
    ),
    "ROW-012": (
        "{count} sur {rows} dans « {column} » sont sur d'autres lignes que dans {base}.",
        "Annulez le tri, ou reprenez la colonne de là-bas ; si c'est voulu, synchronisez avec --allow sorted-apart.",
    ),
    "ROW-013": (
        "Les formules de {count} colonnes ne sont pas celles de ce dossier : {some}.",
        "`sheetrecord validate BOOK --fix --plan` montre les deux textes de chacune ; `--fix` remet les nôtres.",
    ),
    "ROW-014": (
        "Le numéro « {id} » de la ligne {filled} figure aussi sur la ligne vide {row} : les autres feuilles trouvent celle-là.",
        "Videz le numéro de la ligne {row}, ou remontez-y ce qui se trouve à la ligne {filled}.",
    ),
    "ROW-015": (
        "La ligne {row} répète les en-têtes ; elle n’est donc pas lue.",
        "Supprimer la ligne ; elle a été collée avec les données.",
    ),
    "OWN-001": (
        "L'entreprise demande « {column} » dès « {stage} ».",
        "Remplissez la cellule.",
    ),
    "OWN-002": (
        "« {value} » ne convient pas à la colonne « {column} » de l'entreprise : attendu {wanted}.",
        "Corrigez la cellule, ou la ligne de la colonne dans la feuille {Settings}.",
    ),
    "OWN-003": (
        "L'affaire n'a pas de lignes d'honoraires, et aucun plan d'honoraires ne sert pour « {model} ».",
        "Saisissez les lignes dans la feuille {Fees}, ou ajoutez dans la feuille {Settings} un plan qui convient.",
    ),
    "LINK-001": (
        "Il n'y a pas d'affaire « {deal} ».{more}",
        "Corrigez le numéro d'affaire, ou ajoutez l'affaire dans la feuille {Deal}.",
    ),
    "LINK-002": (
        "Cette ligne n'appartient à aucune affaire.",
        "Mettez le numéro de l'affaire dans sa colonne.",
    ),
    "LINK-003": (
        "Il n'y a pas de ligne « {id} » sur la feuille {sheet}.",
        "Corrigez le numéro, ou videz la cellule.",
    ),
    "LINK-004": (
        "« {id} » appartient à l'affaire {other}, cette ligne à {deal}.",
        "Renvoyez à une ligne de la même affaire.",
    ),
    "LINK-005": (
        "L'affaire se nomme elle-même comme affaire précédente.",
        "Nommez l'affaire précédente du même client, ou videz la cellule.",
    ),
}

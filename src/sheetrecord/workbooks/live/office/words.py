"""What the menu, its questions and its answers say, in four languages; English where one lacks."""

from __future__ import annotations

LANGUAGES = ("en", "de", "es", "fr")

_TEXTS = {
    "title": ("Sheet Record", "Sheet Record", "Sheet Record", "Sheet Record"),
    "working": (
        "sheetrecord is at work …",
        "sheetrecord arbeitet …",
        "sheetrecord está trabajando…",
        "sheetrecord travaille…",
    ),
    "busy": (
        "sheetrecord is still at work on the last order. Wait until it has answered.",
        "sheetrecord arbeitet noch am letzten Auftrag. Warten Sie, bis es geantwortet hat.",
        "sheetrecord sigue con la orden anterior. Espere a que responda.",
        "sheetrecord traite encore la demande précédente. Attendez sa réponse.",
    ),
    "no spreadsheet": (
        "Open the workbook with the record first.",
        "Öffnen Sie zuerst die Arbeitsmappe mit dem Record.",
        "Abra primero el libro que contiene el registro.",
        "Ouvrez d'abord le classeur qui contient le registre.",
    ),
    "missing": (
        "The program sheetrecord was not found on this computer. To install it, type into a "
        "terminal:\n\n{line}\n\nIf it is installed, give its place here:",
        "Das Programm sheetrecord wurde auf diesem Rechner nicht gefunden. Zum Installieren in ein "
        "Terminal tippen:\n\n{line}\n\nIst es installiert, nennen Sie hier, wo es liegt:",
        "No se encontró el programa sheetrecord en este equipo. Para instalarlo, escriba en un "
        "terminal:\n\n{line}\n\nSi ya está instalado, indique aquí su ubicación:",
        "Le programme sheetrecord est introuvable sur cet ordinateur. Pour l'installer, tapez dans "
        "un terminal :\n\n{line}\n\nS'il est installé, indiquez ici son emplacement :",
    ),
    "late": (
        "sheetrecord did not answer within {about} seconds and was ended. Nothing was changed by "
        "it since. Try again; if it happens again, save the workbook and run sheetrecord on the "
        "file.",
        "sheetrecord hat in {about} Sekunden nicht geantwortet und wurde beendet. Es hat seitdem "
        "nichts geändert. Versuchen Sie es noch einmal; wenn es wieder geschieht, speichern Sie "
        "die Mappe und rufen Sie sheetrecord für die Datei auf.",
        "sheetrecord no respondió en {about} segundos y se detuvo. Desde entonces no ha cambiado "
        "nada. Inténtelo de nuevo; si se repite, guarde el libro y ejecute sheetrecord sobre el "
        "archivo.",
        "sheetrecord n'a pas répondu en {about} secondes et a été arrêté. Il n'a rien changé "
        "depuis. Réessayez ; si cela se répète, enregistrez le classeur et lancez sheetrecord sur "
        "le fichier.",
    ),
    "rubbish": (
        "What answered is not sheetrecord, or a broken one. It said: {about}",
        "Was geantwortet hat, ist nicht sheetrecord oder ist beschädigt. Es sagte: {about}",
        "Lo que respondió no es sheetrecord, o está dañado. Dijo: {about}",
        "Ce qui a répondu n'est pas sheetrecord, ou est endommagé. Réponse : {about}",
    ),
    "broken": (
        "sheetrecord cannot be started: {about}",
        "sheetrecord lässt sich nicht starten: {about}",
        "No se puede iniciar sheetrecord: {about}",
        "Impossible de démarrer sheetrecord : {about}",
    ),
    "refused": ("{about}", "{about}", "{about}", "{about}"),
    "flatpak": (
        "This LibreOffice comes from Flatpak and may not run programs of this computer. Allow it "
        "in a terminal and start LibreOffice anew:\n\nflatpak override --user "
        "--talk-name=org.freedesktop.Flatpak org.libreoffice.LibreOffice\n\nOr save the workbook "
        "and check the file: sheetrecord validate FILE",
        "Dieses LibreOffice kommt von Flatpak und darf keine Programme dieses Rechners starten. "
        "Erlauben Sie es in einem Terminal und starten Sie LibreOffice neu:\n\nflatpak override "
        "--user --talk-name=org.freedesktop.Flatpak org.libreoffice.LibreOffice\n\nOder speichern "
        "Sie die Mappe und prüfen Sie die Datei: sheetrecord validate DATEI",
        "Este LibreOffice viene de Flatpak y no puede ejecutar programas del equipo. Permítalo en "
        "un terminal y reinicie LibreOffice:\n\nflatpak override --user "
        "--talk-name=org.freedesktop.Flatpak org.libreoffice.LibreOffice\n\nO guarde el libro y "
        "revise el archivo: sheetrecord validate ARCHIVO",
        "Ce LibreOffice vient de Flatpak et ne peut pas lancer les programmes de l'ordinateur. "
        "Autorisez-le dans un terminal et relancez LibreOffice :\n\nflatpak override --user "
        "--talk-name=org.freedesktop.Flatpak org.libreoffice.LibreOffice\n\nOu enregistrez le "
        "classeur et vérifiez le fichier : sheetrecord validate FICHIER",
    ),
    "snap": (
        "This LibreOffice comes from Snap and may not run programs of this computer. Install "
        "LibreOffice from your distribution or libreoffice.org, or save the workbook and check the "
        "file: sheetrecord validate FILE",
        "Dieses LibreOffice kommt von Snap und darf keine Programme dieses Rechners starten. "
        "Installieren Sie LibreOffice aus Ihrer Distribution oder von libreoffice.org, oder "
        "speichern Sie die Mappe und prüfen Sie die Datei: sheetrecord validate DATEI",
        "Este LibreOffice viene de Snap y no puede ejecutar programas del equipo. Instale "
        "LibreOffice desde su distribución o libreoffice.org, o guarde el libro y revise el "
        "archivo: sheetrecord validate ARCHIVO",
        "Ce LibreOffice vient de Snap et ne peut pas lancer les programmes de l'ordinateur. "
        "Installez LibreOffice depuis votre distribution ou libreoffice.org, ou enregistrez le "
        "classeur et vérifiez le fichier : sheetrecord validate FICHIER",
    ),
    "checked": (
        "{errors} to mend, {warnings} to look at. The list is the last sheet; it is made anew at "
        "each check.",
        "{errors} zu beheben, {warnings} anzusehen. Die Liste ist das letzte Blatt; jede Prüfung "
        "schreibt sie neu.",
        "{errors} por corregir, {warnings} por revisar. La lista es la última hoja; cada revisión "
        "la rehace.",
        "{errors} à corriger, {warnings} à regarder. La liste est la dernière feuille ; chaque "
        "contrôle la refait.",
    ),
    "clean": (
        "Nothing is missing.",
        "Es fehlt nichts.",
        "No falta nada.",
        "Il ne manque rien.",
    ),
    "which": (
        "Which deal? Its id, as in the first column of the sheet of deals:",
        "Welcher Deal? Seine Nummer, wie in der ersten Spalte des Blatts der Deals:",
        "¿Qué operación? Su identificador, como en la primera columna de la hoja:",
        "Quelle affaire ? Son identifiant, comme dans la première colonne de la feuille :",
    ),
    "not yet": (
        "{deal} cannot go on yet. To mend first:",
        "{deal} kann noch nicht weiter. Zuerst zu beheben:",
        "{deal} aún no puede continuar. Primero hay que corregir:",
        "{deal} ne peut pas encore avancer. À corriger d'abord :",
    ),
    "confirm": (
        "{deal}: {cells} cells will change and {rows} rows be added. One Ctrl-Z takes it back. "
        "Go on?",
        "{deal}: {cells} Zellen ändern sich, {rows} Zeilen kommen hinzu. Ein Strg-Z nimmt es "
        "zurück. Weiter?",
        "{deal}: cambiarán {cells} celdas y se añadirán {rows} filas. Un Ctrl-Z lo deshace. "
        "¿Continuar?",
        "{deal} : {cells} cellules changeront et {rows} lignes seront ajoutées. Un Ctrl-Z l'annule. "
        "Continuer ?",
    ),
    "nothing": (
        "{deal}: there is nothing to do.",
        "{deal}: es ist nichts zu tun.",
        "{deal}: no hay nada que hacer.",
        "{deal} : il n'y a rien à faire.",
    ),
    "done": (
        "{deal}: done. Save the workbook when you want to keep it.",
        "{deal}: erledigt. Speichern Sie die Mappe, wenn Sie es behalten wollen.",
        "{deal}: hecho. Guarde el libro si quiere conservarlo.",
        "{deal} : fait. Enregistrez le classeur pour le conserver.",
    ),
    "synced": (
        "Synced: {cells} cells came in. {conflicts} conflicts are open.",
        "Abgeglichen: {cells} Zellen kamen hinzu. {conflicts} Konflikte sind offen.",
        "Sincronizado: entraron {cells} celdas. Hay {conflicts} conflictos abiertos.",
        "Synchronisé : {cells} cellules reçues. {conflicts} conflits sont ouverts.",
    ),
    "waits": (
        "This copy waits: {about}",
        "Diese Kopie wartet: {about}",
        "Esta copia espera: {about}",
        "Cette copie attend : {about}",
    ),
    "undone": (
        "Taken back.",
        "Zurückgenommen.",
        "Deshecho.",
        "Annulé.",
    ),
    "later": (
        "Something was typed since; take that back first (Ctrl-Z).",
        "Seitdem wurde etwas getippt; nehmen Sie das zuerst zurück (Strg-Z).",
        "Después se escribió algo; deshágalo primero (Ctrl-Z).",
        "Quelque chose a été saisi depuis ; annulez-le d'abord (Ctrl-Z).",
    ),
    "none": (
        "There is nothing here to take back. A sync of before is taken back by: sheetrecord undo",
        "Hier gibt es nichts zurückzunehmen. Ein früherer Abgleich wird so zurückgenommen: "
        "sheetrecord undo",
        "Aquí no hay nada que deshacer. Una sincronización anterior se deshace con: sheetrecord "
        "undo",
        "Il n'y a rien à annuler ici. Une synchronisation antérieure s'annule par : sheetrecord "
        "undo",
    ),
    "list": (
        "Sheet Record: list of gaps",
        "Sheet Record: Liste der Lücken",
        "Sheet Record: lista de faltas",
        "Sheet Record: liste des manques",
    ),
    "columns": (
        "How bad|Deal|Where|What is wrong|What to do",
        "Wie schlimm|Deal|Wo|Was nicht stimmt|Was zu tun ist",
        "Gravedad|Operación|Dónde|Qué está mal|Qué hacer",
        "Gravité|Affaire|Où|Ce qui ne va pas|Que faire",
    ),
    "error": ("to mend", "zu beheben", "por corregir", "à corriger"),
    "warning": ("to look at", "anzusehen", "por revisar", "à regarder"),
    "note": ("note", "Hinweis", "nota", "note"),
    "as of": (
        "As the workbook stood at {time}, unsaved edits included. Not part of the record.",
        "Wie die Mappe um {time} stand, Ungespeichertes inbegriffen. Kein Teil des Records.",
        "Como estaba el libro a las {time}, con lo no guardado. No es parte del registro.",
        "Tel qu'était le classeur à {time}, modifications non enregistrées comprises. Ne fait pas "
        "partie du registre.",
    ),
}


def say(language: str, text: str, **parts: object) -> str:
    """Return a text in a language (``de`` or ``de-AT``)."""
    code = language.replace("_", "-").split("-", 1)[0].lower()
    number = LANGUAGES.index(code) if code in LANGUAGES else 0
    said = _TEXTS[text][number]
    for name, value in parts.items():
        said = said.replace("{" + name + "}", str(value))
    return said

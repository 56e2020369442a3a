"""The sentences for what was not asked, is none, unknown, declined or does not apply.

Each key ends in the state that it may be told of: see `sheetrecord.core.absence.states`. ``_unseen`` is for
readers from whom rows may be withheld: to them what was not asked may only be not shown.
``{said}`` is who said so and when, in brackets, or nothing.
"""

from collections.abc import Mapping
from typing import Final

from sheetrecord.schema.packs import LANGUAGES, pack

_EN: Final = {
    "deadline_not_asked": "Not asked yet: which date matters to the client. Ask, and write it into {context}.",
    "deadline_none": "Asked: no date matters more than the contract's{said}.",
    "deadline_unknown": "Asked, not known yet: which date matters to the client{said}.",
    "deadline_declined": "Asked: they would not say which date matters{said}.",
    "deadline_n_a": "Which date matters does not apply here{said}.",
    "deadline_answered": "A date matters, and its day is not written down{said}.",
    "deadline_unseen": "Not asked yet, or not shown here: which date matters to the client.",
    "promises_not_asked": "Not asked yet: what was promised. Write it into {commitments}, or “none”.",
    "promises_none": "Asked: nothing was promised{said}.",
    "promises_settled": "Of the promises written here, none stands any more: they are settled or withdrawn.",
    "promises_unseen": "Not asked yet, or not shown here: what was promised.",
    "questions_not_asked": "Not asked yet: {what}.",
    "questions_answered": "All that was asked has an answer.",
    "questions_unseen": "Not asked yet, or not shown here: {what}.",
    "questions_shown": "No open question is shown here.",
    "facts_not_asked": "Nothing of this was asked yet.",
    "facts_unknown": "Asked, and not known yet: see what is still unknown.",
    "facts_unseen": "Not asked yet, or not shown here.",
    "people_not_asked": "Not asked yet: who decides, and whom ops may call.",
    "people_unseen": "Not asked yet, or not shown here: who decides, and whom ops may call.",
    "fees_not_asked": "No fee line is written down yet.",
    "owner_not_asked": "(not named yet)",
    "again_not_asked": "who asks again is not written down",
    "sold_not_asked": "Nothing is frozen as sold yet.",
}
_DE: Final = {
    "deadline_not_asked": "Noch nicht gefragt: auf welchen Tag es dem Kunden ankommt. Fragen und in {context} eintragen.",
    "deadline_none": "Gefragt: Kein Tag zählt mehr als der im Vertrag{said}.",
    "deadline_unknown": "Gefragt, noch nicht bekannt: auf welchen Tag es dem Kunden ankommt{said}.",
    "deadline_declined": "Gefragt: Sie wollten nicht sagen, auf welchen Tag es ankommt{said}.",
    "deadline_n_a": "Auf welchen Tag es ankommt, trifft hier nicht zu{said}.",
    "deadline_answered": "Es kommt auf einen Tag an, und er ist nicht eingetragen{said}.",
    "deadline_unseen": "Noch nicht gefragt oder hier nicht gezeigt: auf welchen Tag es dem Kunden ankommt.",
    "promises_not_asked": "Noch nicht gefragt: was zugesagt wurde. In {commitments} eintragen, oder „keine“.",
    "promises_none": "Gefragt: Nichts wurde zugesagt{said}.",
    "promises_settled": "Von den Zusagen hier steht keine mehr aus: Sie sind erledigt oder zurückgenommen.",
    "promises_unseen": "Noch nicht gefragt oder hier nicht gezeigt: was zugesagt wurde.",
    "questions_not_asked": "Noch nicht gefragt: {what}.",
    "questions_answered": "Alles, was gefragt wurde, ist beantwortet.",
    "questions_unseen": "Noch nicht gefragt oder hier nicht gezeigt: {what}.",
    "questions_shown": "Hier wird keine offene Frage gezeigt.",
    "facts_not_asked": "Davon wurde noch nichts gefragt.",
    "facts_unknown": "Gefragt, noch nicht bekannt: siehe, was noch unbekannt ist.",
    "facts_unseen": "Noch nicht gefragt oder hier nicht gezeigt.",
    "people_not_asked": "Noch nicht gefragt: wer entscheidet und wen die Umsetzung anrufen darf.",
    "people_unseen": "Noch nicht gefragt oder hier nicht gezeigt: wer entscheidet und wen die Umsetzung anrufen darf.",
    "fees_not_asked": "Noch ist keine Position eingetragen.",
    "owner_not_asked": "(noch nicht benannt)",
    "again_not_asked": "wer nachfragt, ist nicht eingetragen",
    "sold_not_asked": "Noch ist nichts als verkauft festgehalten.",
}
_ES: Final = {
    "deadline_not_asked": "Aún no preguntado: qué fecha le importa al cliente. Pregunte y anótelo en {context}.",
    "deadline_none": "Preguntado: ninguna fecha importa más que la del contrato{said}.",
    "deadline_unknown": "Preguntado, aún no se sabe: qué fecha le importa al cliente{said}.",
    "deadline_declined": "Preguntado: no quisieron decir qué fecha importa{said}.",
    "deadline_n_a": "Qué fecha importa no procede aquí{said}.",
    "deadline_answered": "Una fecha importa, y su día no está anotado{said}.",
    "deadline_unseen": "Aún no preguntado o no se muestra aquí: qué fecha le importa al cliente.",
    "promises_not_asked": "Aún no preguntado: qué se prometió. Anótelo en {commitments}, o «ninguno».",
    "promises_none": "Preguntado: no se prometió nada{said}.",
    "promises_settled": "De las promesas anotadas aquí ya no queda ninguna: están cumplidas o retiradas.",
    "promises_unseen": "Aún no preguntado o no se muestra aquí: qué se prometió.",
    "questions_not_asked": "Aún no preguntado: {what}.",
    "questions_answered": "Todo lo preguntado tiene respuesta.",
    "questions_unseen": "Aún no preguntado o no se muestra aquí: {what}.",
    "questions_shown": "Aquí no se muestra ninguna pregunta abierta.",
    "facts_not_asked": "De esto aún no se ha preguntado nada.",
    "facts_unknown": "Preguntado, aún no se sabe: vea lo que sigue sin saberse.",
    "facts_unseen": "Aún no preguntado o no se muestra aquí.",
    "people_not_asked": "Aún no preguntado: quién decide y a quién puede llamar operaciones.",
    "people_unseen": "Aún no preguntado o no se muestra aquí: quién decide y a quién puede llamar operaciones.",
    "fees_not_asked": "Aún no hay ninguna partida anotada.",
    "owner_not_asked": "(aún sin nombrar)",
    "again_not_asked": "no está anotado quién volverá a preguntar",
    "sold_not_asked": "Aún no hay nada fijado como vendido.",
}
_FR: Final = {
    "deadline_not_asked": "Pas encore demandé : quelle date compte pour le client. Demandez, et notez-la dans {context}.",
    "deadline_none": "Demandé : aucune date ne compte plus que celle du contrat{said}.",
    "deadline_unknown": "Demandé, pas encore connu : quelle date compte pour le client{said}.",
    "deadline_declined": "Demandé : ils n'ont pas voulu dire quelle date compte{said}.",
    "deadline_n_a": "Quelle date compte n'a pas d'objet ici{said}.",
    "deadline_answered": "Une date compte, et son jour n'est pas noté{said}.",
    "deadline_unseen": "Pas encore demandé ou pas montré ici : quelle date compte pour le client.",
    "promises_not_asked": "Pas encore demandé : ce qui a été promis. Notez-le dans {commitments}, ou « aucun ».",
    "promises_none": "Demandé : rien n'a été promis{said}.",
    "promises_settled": "Des promesses notées ici, aucune ne tient plus : elles sont réglées ou retirées.",
    "promises_unseen": "Pas encore demandé ou pas montré ici : ce qui a été promis.",
    "questions_not_asked": "Pas encore demandé : {what}.",
    "questions_answered": "Tout ce qui a été demandé a une réponse.",
    "questions_unseen": "Pas encore demandé ou pas montré ici : {what}.",
    "questions_shown": "Aucune question ouverte n'est montrée ici.",
    "facts_not_asked": "Rien de cela n'a encore été demandé.",
    "facts_unknown": "Demandé, pas encore connu : voyez ce qui reste inconnu.",
    "facts_unseen": "Pas encore demandé ou pas montré ici.",
    "people_not_asked": "Pas encore demandé : qui décide, et qui l'équipe peut appeler.",
    "people_unseen": "Pas encore demandé ou pas montré ici : qui décide, et qui l'équipe peut appeler.",
    "fees_not_asked": "Aucune ligne d'honoraires n'est encore notée.",
    "owner_not_asked": "(pas encore nommé)",
    "again_not_asked": "qui redemande n'est pas noté",
    "sold_not_asked": "Rien n'est encore figé comme vendu.",
}
HEARD: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}


def sentence(language: str, subject: str, state: str, *, whole: bool = True, **parts: str) -> str:
    """Return what may be said of a subject in a state.

    ``whole``: the reader sees every row. To others what was not asked may only be not shown.
    """
    words = HEARD.get(language, _EN)
    hidden = not whole and state == "not_asked" and f"{subject}_unseen" in words
    sheets = pack(language if language in LANGUAGES else "en").sheets
    names = {"context": sheets["Context"], "commitments": sheets["Commitments"]}
    key = f"{subject}_{'unseen' if hidden else state}"
    return words[key].format_map({"said": "", **names, **parts})


def brackets(*parts: str) -> str:
    """Return what is known in brackets, nothing for nothing."""
    known = ", ".join(filter(None, parts))
    return f" ({known})" if known else ""

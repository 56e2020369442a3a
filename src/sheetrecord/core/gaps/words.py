"""What a new question is called in the workbook, in the record's language."""

from typing import Final, NamedTuple

_LONGEST: Final = 40


class QuestionWords(NamedTuple):
    """The short name of a question, and the question itself."""

    label: str
    question: str


_PROMISES: Final = {
    "en": ("Said in passing", "What else did we say yes to in calls, mails or chats? Or none."),
    "de": ("Nebenbei zugesagt", "Was haben wir mündlich oder per Mail noch zugesagt? Oder nichts."),
    "es": ("Dicho de paso", "¿A qué más dijimos que sí en llamadas, correos o chats? O nada."),
    "fr": ("Dit en passant", "À quoi avons-nous encore dit oui, à l'oral ou par mail ? Ou rien."),
}  # fmt: skip
_OWN: Final = {
    "en": "What do we know about this: {what}",
    "de": "Was wissen wir darüber: {what}",
    "es": "¿Qué sabemos de esto: {what}",
    "fr": "Que savons-nous de ceci : {what}",
}
_END: Final = {"en": "?", "de": "?", "es": "?", "fr": " ?"}


def question_of(what: str, language: str, *, promises: bool) -> QuestionWords:
    """Return the words of a question about something that had no place.

    >>> question_of("Who signs off drafts", "en", promises=False)
    QuestionWords(label='Who signs off drafts', \
question='What do we know about this: Who signs off drafts?')
    """
    if promises:
        return QuestionWords(*_PROMISES[language])
    text = " ".join(what.split()).rstrip(" .?!")
    label = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0]
    return QuestionWords(label, _OWN[language].format(what=text) + _END[language])

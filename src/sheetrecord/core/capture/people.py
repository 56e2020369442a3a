"""Whom a sentence names, and what part they play: by title, known name or phrase, never capitals alone."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from sheetrecord.core.capture.folding import folded

_NAME: Final = r"[A-Z\u00c0-\u00de][\w'\u2019-]+"
_TITLED: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau|Se\u00f1ora?|Sr|Sra|Srta|Don|Do\u00f1a|Monsieur|Madame|Mme|Mlle|M)\b\.?"
    rf"(?:\s(?:Dr|Prof)\.)?\s({_NAME}(?:\s(?:von |de |van )?{_NAME})?)"
)
_OF: Final = {
    "en": (
        rf"^({_NAME}(?: {_NAME})?) (?:is|'s|will be|runs|leads|heads|manages|holds|takes|has|was|isn't|thinks|says|said|would|wants|hates?|worries)\b",
        rf"^({_NAME}(?: {_NAME})?)(?: \(|, )", rf"(?:called|named|contact is|manager is|to) ({_NAME}(?: {_NAME})?)\b",
        rf"\b(?:colleague|boss|partner|brother|chap|director|manager|colleague),? ({_NAME})\b",
    ),
    "de": (
        rf"^({_NAME}(?: {_NAME})?) (?:ist|leitet|wird|\u00fcbernimmt|verantwortet|bef\u00fcrchtet|h\u00e4lt|meint|will|macht|geht|hat|findet|f\u00fchrt)\b",
        rf"(?:Dabei: )?({_NAME}(?: {_NAME})?)(?: \(|, )", rf"(?:hei\u00dft|namens|ist) ({_NAME}(?: {_NAME})?)\b",
    ),
    "es": (
        rf"^({_NAME}(?: {_NAME})?) (?:es|ser\u00e1|me|lleva|dirige|cree|dice|se|coordina|dijo)\b",
        rf"({_NAME}(?: {_NAME})?)(?: \(|, )", rf"(?:llama|es|a|A) ({_NAME}(?: {_NAME})?)\b",
    ),
    "fr": (
        rf"^({_NAME}(?: {_NAME})?) (?:est|sera|dirige|me|craint|trouve|pense|pilote|part|g\u00e8re)\b",
        rf"({_NAME}(?: {_NAME})?)(?: \(|, )", rf"(?:s'appelle|est|avec) ({_NAME}(?: {_NAME})?)\b",
    ),
}  # fmt: skip


@cache
def _patterns(language: str) -> tuple["re.Pattern[str]", ...]:
    """Return the ways in which a language names somebody, made when first needed."""
    return tuple(map(re.compile, _OF[language]))


_ROLES: Final = (
    ("decision_maker", r"\b(?:ceo|managing director|md|geschaftsfuhrer\w*|director general|gerente|pdg|dg|owner|inhaber\w*|duen\w+|propietari\w+|founder)\b"),
    ("economic_buyer", r"\b(?:cfo|coo|holds? the budget|verantwortet das budget|lleva el presupuesto|tient le budget|finance director|kaufmannische\w* leit\w+|director\w* financier\w+|daf)\b"),
    ("procurement", r"\b(?:procurement|purchasing|buyer|einkauf\w*|compras|achats|acheteu\w+)\b"),
    ("legal", r"\b(?:legal|lawyer|counsel|solicitor|jurist\w*|anwalt\w*|rechtsabteilung|juridico|abogad\w+|juridique|avocat\w*|juriste)\b"),
    ("technical", r"\b(?:it\b|cto|cio|engineer|developer|technician|it-leiter\w*|techniker\w*|informatic\w+|sistemas|dsi|technicien\w*|systems?)\b"),
    ("daily_contact", r"\b(?:contact\w*|day to day|point of contact|ansprechpartner\w*|hauptkontakt|kontakt\w*|interlocut\w+|contacto|one to ring|one to call|regisseur\w*)\b"),
    ("user_lead", r"\b(?:use it every day|arbeitet taglich|a diario|tous les jours|warehouse lead|lagerleiter\w*|jefe de almacen|chef d'entrepot|shop floor|foreman|polier|team lead)\b"),
    ("sponsor", r"\b(?:sponsor\w*)\b"),
    ("champion", r"\b(?:champion\w*)\b"),
)  # fmt: skip
_COMPILED: Final = tuple((name, re.compile(pattern)) for name, pattern in _ROLES)
_NO_NAME: Final = frozenset(
    "i we you they he she it the our my his her their this that there who what if so and but from"
    " wir ich sie er es das die der unser mein wer was wenn und aber im am el la los las nos su mi lo"
    " le les nous on je il elle notre mon si pour dans avec legal procurement finance board"
    " alles eine ein kein keine hi hello hallo hola bonjour please bitte everything nothing no yes ja"
    " si oui head office management zulassig".split()
)


def person_in(text: str, language: str, known: Iterable[str] = ()) -> tuple[str, str]:
    """Return the person that a sentence names and their role; "" for what it does not tell.

    >>> person_in("Colm is our production manager, he's your contact.", "en")
    ('Colm', 'daily_contact')
    """
    return _named(text, language, known), _role(folded(text))


def _named(text: str, language: str, known: Iterable[str]) -> str:
    titled = _TITLED.search(text)
    if titled:
        return titled[1] if titled[0].startswith(("M.", "M ")) else titled[0]
    for name in known:
        if len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text):
            return name
    for pattern in _patterns(language):
        found = pattern.search(text)
        if found and folded(found[1]).split()[0] not in _NO_NAME:
            return str(found[1])
    return ""


def _role(plain: str) -> str:
    return next((name for name, pattern in _COMPILED if pattern.search(plain)), "")

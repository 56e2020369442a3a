"""The language of a text, by its commonest words; short texts take that of what stands around."""

import re
from typing import Final

from sheetrecord.core.capture.folding import folded

LANGUAGES: Final = ("en", "de", "es", "fr")
_WORDS: Final = {
    "en": "the and you to of for is we it that with our be on have will are this your not can at"
    " i'll i'm we'll it's they if so by from would was has but as an or do what my she he her his",
    "de": "und die der das ist wir sie nicht ich mit fur den zu auf ein eine dass im es auch von"
    " bis am dem uns ihr haben wird sind bei noch aber wie werden war kann muss hat euch unser mir"
    " oder schon dann nur vom zum zur mein danke",
    "es": "el la los las de que y en un una para con no por se es lo del al nos su mas como esta"
    " ya muy pero tenemos vamos os hay le me si te yo va ser sin hasta porque desde gracias",
    "fr": "le la les de des et ca va est nous vous pas que pour un une du dans sur il elle ce je on qui avec"
    " au ne sont mais notre votre c'est d'ici nos vos en par plus sans aux si tout bien sera",
}
_OF: Final = {
    word: [name for name in LANGUAGES if word in _WORDS[name].split()]
    for word in {word for words in _WORDS.values() for word in words.split()}
}
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def language_of(text: str, usual: str = "en") -> str:
    """Return the language that most of a text's common words are of, or the ``usual`` one.

    >>> language_of("Die Montage ist dabei."), language_of("ok", "fr")
    ('de', 'fr')
    """
    counts = dict.fromkeys(LANGUAGES, 0.0)
    for word in _TOKEN.findall(folded(text)):
        for name in _OF.get(word, ()):
            counts[name] += 1 / len(_OF[word])
    best = max(counts, key=lambda name: (counts[name], name == usual))
    clear = counts[usual] + 1 if counts[usual] else 0
    return best if counts[best] > clear else usual

"""What a gap is about: a question, what was promised, a column, or a thing with no place yet."""

from typing import Final, NamedTuple

from sheetrecord.core.find import fold
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.lexicon import Lexicon
from sheetrecord.schema.sheets import SHEETS

PROMISES: Final = "Commitments"
"""The sheet whose gaps are things that were said yes to, whatever type they are of."""


class GapSubject(NamedTuple):
    """What gaps have in common. ``kind``: question, promises, column, sheet or own.

    ``key`` is the kind of fact, the sheet, ``Sheet.column``, or the words folded; ``label`` what
    people call it.
    """

    kind: str
    key: str
    label: str


def subject_of(text: str, missing: str, lexicon: Lexicon) -> GapSubject:
    """Return what a gap is about, by its "Prompt or field", else by what was missing."""
    said = " ".join(text.split())
    if not said:
        return GapSubject("own", fold(missing), " ".join(missing.split()))
    return _question(said, lexicon) or _place(said, lexicon) or GapSubject("own", fold(said), said)


def _question(said: str, lexicon: Lexicon) -> GapSubject | None:
    codes = {code for (enum, code) in lexicon.labels if enum == "kind"}
    code = said if said in codes else lexicon.accept["kind"].get(said, "")
    code = code or lexicon.loose("kind", said) or _asked_so(said)
    return GapSubject("question", code, lexicon.labels.get(("kind", code), code)) if code else None


def _asked_so(said: str) -> str:
    """Return the kind whose question, in any language, is this text."""
    wanted = fold(said).strip(" ?")
    for language in LANGUAGES:
        for code, text in pack(language).prompts.items():
            if fold(text).strip(" ?") == wanted:
                return code
    return ""


def _place(said: str, lexicon: Lexicon) -> GapSubject | None:
    """Return the sheet or the column that a text names."""
    sheet, _, header = said.partition(".")
    inside = headers.sheet_meaning(sheet, lexicon.language) if header else ""
    if inside in SHEETS and (column := headers.meaning(inside, header, lexicon.language)[0]):
        return _column(inside, column, lexicon)
    if (key := headers.sheet_meaning(said, lexicon.language)) in SHEETS:
        title = pack(lexicon.language).sheets[key]
        return GapSubject("promises" if key == PROMISES else "sheet", key, title)
    if lexicon.loose("type", said):
        return GapSubject("promises", PROMISES, pack(lexicon.language).sheets[PROMISES])
    for key in ("Deal", "Commitments", "Project", "Fees"):
        if column := headers.meaning(key, said, lexicon.language)[0]:
            return _column(key, column, lexicon)
    return None


def _column(sheet: str, key: str, lexicon: Lexicon) -> GapSubject:
    if sheet == PROMISES:
        return GapSubject("promises", PROMISES, pack(lexicon.language).sheets[PROMISES])
    return GapSubject("column", f"{sheet}.{key}", pack(lexicon.language).columns[sheet][key])

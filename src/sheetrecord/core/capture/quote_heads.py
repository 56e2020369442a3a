"""The lines by which mail programs begin what they quote, in four languages, as data."""

import re
from typing import Final, NamedTuple

from sheetrecord.core.capture.date_words import MONTHS, WEEKDAYS
from sheetrecord.core.capture.folding import folded

_FROM: Final = "from|von|de|absender|remitente|expediteur"
_DATE: Final = "sent|date|gesendet|datum|gesendet am|enviado|enviado el|fecha|envoye|envoye le"
_OTHER: Final = (
    "to|cc|bcc|subject|reply-to|importance|attachments|an|kopie|betreff|antwort an|anlagen|wichtigkeit"
    "|para|asunto|responder a|adjuntos|a|objet|sujet|repondre a|pieces jointes"
)
_HEAD: Final = re.compile(rf"[*_ ]*({_FROM}|{_DATE}|{_OTHER})[*_ ]*:[*_ ]*(.*)")
_IS_FROM: Final = re.compile(rf"(?:{_FROM})$")
_IS_DATE: Final = re.compile(rf"(?:{_DATE})$")
_MARKER: Final = re.compile(
    r"[-_ *>=]*(?:original message|original-nachricht|ursprungliche nachricht|mensaje original"
    r"|message d'origine|message original|urspr\. nachricht|originalnachricht)[-_ *=]*:?"
)
_FORWARDED: Final = re.compile(
    r"[-_ *>=]*(?:forwarded message|begin forwarded message|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)|mensaje reenviado"
    r"|inicio del mensaje reenviado|message transfere|debut du message (?:reexpedie|transfere)"
    r"|forwarded by .*)[-_ *=]*:?"
)
_WROTE: Final = re.compile(
    r"(?:on\b.*\bwrote|am\b.*\bschrieb\b.*|.*\bschrieb am\b.*|el\b.*\bescribio|le\b.*\ba ecrit"
    r"|.{3,80}\b(?:wrote|schrieb|escribio|a ecrit))\s*:?\s*"
)
_ADDRESS: Final = re.compile(r"[<(\[]?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)[>)\]]?")


class QuoteHead(NamedTuple):
    """Who is quoted, and when it was written, as far as the program said so."""

    by: str
    when: str
    lines: int
    """How many lines the head takes."""
    forwarded: bool = False


def head_at(lines: list[str], at: int) -> QuoteHead | None:
    """Return the head of a quotation that begins with a line, or None.

    ``lines`` are without their marks of quoting.
    """
    plain = folded(lines[at]).strip()
    if not plain:
        return None
    forwarded = bool(_FORWARDED.fullmatch(plain))
    if forwarded or _MARKER.fullmatch(plain):
        return _after_marker(lines, at, forwarded=forwarded)
    return _block(lines, at) or _attribution(lines, at)


def _after_marker(lines: list[str], at: int, *, forwarded: bool) -> QuoteHead:
    begin = at + 1
    while begin < min(len(lines), at + 3) and not lines[begin].strip():
        begin += 1
    found = _block(lines, begin) if begin < len(lines) else None
    if found is None:
        return QuoteHead("", "", 1, forwarded)
    return found._replace(lines=begin - at + found.lines, forwarded=forwarded)


def _block(lines: list[str], at: int) -> QuoteHead | None:
    """Read lines such as From, Sent, To and Subject, in any order; two witnesses are needed."""
    told: dict[str, str] = {}
    used = 0
    for number, line in enumerate(lines[at : at + 14]):
        found = _HEAD.fullmatch(folded(line).strip())
        if found:
            value = line.partition(":")[2].strip("*_ \u00a0\t")
            told.setdefault(_meant(found[1]), value)
            used = number + 1
        elif not _goes_on(line, used, number):
            break
    by, when = told.get("by", ""), told.get("when", "")
    if by and len(told) >= 2:
        return QuoteHead(by, when, used)
    return None


def _meant(word: str) -> str:
    """Return what a word before a colon is about: who, when, or something else."""
    if _IS_FROM.match(word):
        return "by"
    return "when" if _IS_DATE.match(word) else word


def _goes_on(line: str, used: int, number: int) -> bool:
    """Return True if a line belongs to a head that has begun: a folded one, or one blank line."""
    return 0 < used == number and (not line.strip() or line.startswith((" ", "\t")))


def _attribution(lines: list[str], at: int) -> QuoteHead | None:
    """Read a line such as "On 3 May, Ann wrote:", which may be broken over three."""
    text = ""
    for count in range(1, 4):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return None
        text = f"{text} {lines[at + count - 1].strip()}".strip()
        if len(text) > 260:
            return None
        plain = folded(text)
        if _WROTE.fullmatch(plain) and _tells_who(plain):
            return _who_wrote(text, count)
    return None


def _tells_who(plain: str) -> bool:
    """Return True if a line that ends in "wrote" gives a day or an address, or ends in a colon."""
    return bool(_ADDRESS.search(plain) or re.search(r"\d", plain)) and (
        plain.rstrip().endswith(":") or bool(_ADDRESS.search(plain))
    )


_LEADING: Final = re.compile(r"(?i)\s*(?:on|am|el|le|um|at)\s+")
_VERB: Final = re.compile(r"(?i)\b(?:wrote|schrieb|escribi[oó]|a [ée]crit)\b")
_NAME: Final = re.compile(r"(?:[^\W\d_][^\W\d_.\u2019'-]*(?:['\u2019][^\W\d_]+)?\.?[ -]?){1,5}")
_ROUND: Final = " ,:;.\"'()<>*\u00a0"
_BETWEEN: Final = frozenset(
    "on am el le um at den dem the of de del a las los uhr h pm utc gmt cet cest".split()
)
"""Words that stand between the parts of a day and a time."""
_DAYS: Final = frozenset(
    (*WEEKDAYS, *"mo di mi do fr sa so lun mie jue vie sab mer jeu ven dim".split())
)


def _who_wrote(text: str, count: int) -> QuoteHead:
    address = _ADDRESS.search(text)
    verb = _VERB.search(text)
    before = text[: verb.start()] if verb else text
    after = text[verb.end() :] if verb else ""
    when = _LEADING.sub("", before, count=1) if _LEADING.match(before) else before + after
    named = _named(before, address) or _named(after, address)
    return QuoteHead(named or (address[1] if address else ""), when, count)


def _named(text: str, address: "re.Match[str] | None") -> str:
    """Return the name in what stands before or behind "wrote": what is left without the day."""
    piece = text
    if address and address[0] in text:
        piece = text[: text.index(address[0])]
    words = piece.partition("(")[0].split()
    name = words[_day_ends(words) :] if _has_digit(piece) else words
    while name and (_has_digit(name[-1]) or _bare(name[-1]) in _BETWEEN):
        del name[-1]
    found = " ".join(name).strip(" ,:;\"'()<>*\u00a0")
    return found if _NAME.fullmatch(found) and any(c.isupper() for c in found) else ""


def _day_ends(words: list[str]) -> int:
    """Return where the words of a day and a time end that a line begins with.

    A day names one month and one day of the week: a second one is the beginning of a name.
    """
    month = weekday = False
    for number, word in enumerate(words):
        bare = _bare(word)
        if _has_digit(bare):
            month = month or bool(re.search(r"\d[./-]\d", bare))
        elif bare in MONTHS and not month:
            month = True
        elif bare in _DAYS and not weekday:
            weekday = True
        elif bare not in _BETWEEN:
            return number
    return len(words)


def _bare(word: str) -> str:
    return folded(word).strip(_ROUND)


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def sender(value: str) -> tuple[str, str]:
    """Return the name and the address in the value of a From line.

    >>> sender("Rita Ode <rita@ode.example>"), sender("rita@ode.example")
    (('Rita Ode', 'rita@ode.example'), ('', 'rita@ode.example'))
    """
    found = _ADDRESS.search(value)
    address = found[1].lower() if found else ""
    name = (value[: found.start()] if found else value).strip(" \"'<>()[]*\t\u00a0")
    name = re.sub(r"(?i)\b(?:mailto:?|im auftrag von|on behalf of)\b.*", "", name).strip(" <([:")
    return name, address

"""What in a message is new, and what is quoted, a signature or legal: passages with their places.

No step rewrites the text: a passage knows for each of its characters where it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.core.capture.folding import folded
from sheetrecord.core.capture.quote_heads import QuoteHead, head_at
from sheetrecord.model.message import MAIL, Message

NEW, QUOTED, SIGNATURE, LEGAL = "new", "quoted", "signature", "legal"


class Passage(NamedTuple):
    """Lines that belong together; ``head`` says whom they quote, None for whoever wrote it."""

    text: str
    starts: tuple[tuple[int, int], ...]
    """Where each line begins, in this text and in the message's."""
    role: str
    head: QuoteHead | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of this text stands in the message's."""
        return self._at(start), self._at(end - 1) + 1

    def _at(self, index: int) -> int:
        here, there = self.starts[bisect_right(self.starts, (index, 1 << 60)) - 1]
        return there + index - here


class _Line(NamedTuple):
    start: int
    text: str
    depth: int


_QUOTED: Final = re.compile(r"(?:[ \t]*>)+[ \t]?")
_DASHES: Final = re.compile(r"--\s*|_{5,}\s*|-{10,}\s*")
_SIGN_OFFS: Final = (
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|all the|my) (?:regards|wishes|thanks|best)"
    r"|(?:kind )?regards|best|cheers|thanks(?: again| so much| ever so much| a lot)?|many thanks"
    r"|thank you|sincerely|yours(?: (?:sincerely|faithfully|truly))?|all best|bye|br|kr|rgds"
    r"|take care|talk soon|speak soon|have a (?:good|great|nice|lovely) \w+"
    r"|(?:mit )?(?:viele[n]?|beste[n]?|liebe[n]?|freundliche[nr]?|herzliche[n]?|schone[n]?|sonnige[n]?)"
    r" (?:dank und )?gru(?:ß|ss)(?:e|en)?(?: aus [\w ]+)?|gru(?:ß|ss)e?|mfg|lg|vg|hg|bis (?:bald|dann)"
    r"|vielen dank(?: und (?:viele |beste )?gru(?:ß|ss)e?)?|danke(?: und gru(?:ß|ss))?|hochachtungsvoll"
    r"|(?:un|recibe un|reciba un)(?: cordial| fuerte| afectuoso)? (?:saludo|abrazo)|saludos(?: cordiales)?"
    r"|(?:muy )?atentamente|cordialmente|gracias(?: y un saludo)?|muchas gracias|abrazos?|besos"
    r"|(?:bien |tres )?cordialement|cdt|(?:bien )?a (?:vous|toi)|(?:sinceres |meilleures )?salutations"
    r"(?: distinguees)?|amicalement|belle journee|bonne (?:journee|soiree|reception)|merci(?: beaucoup"
    r"| d'avance)?|a bientot|bises)"
)
_SIGN_OFF: Final = re.compile(rf"{_SIGN_OFFS}[\s,.!:)]*(?:[a-z. -]{{0,24}})?")
_DEVICE: Final = re.compile(
    r"(?:sent from my|get outlook|von meinem \w+ gesendet|gesendet von|enviado desde mi"
    r"|envoye de(?:puis)? mon|telecharger outlook|obtener outlook).*"
)
_LEGAL: Final = re.compile(
    r"(?:this (?:e-?mail|message|communication)(?: and| is| may| contains|, including)"
    r"|(?:the )?information (?:contained )?in this (?:e-?mail|message)|confidentiality notice"
    r"|if you (?:are not the intended|have received this)|please consider the environment"
    r"|diese (?:e-?mail|nachricht)(?: ist| kann| enthalt| und)|der inhalt dieser (?:e-?mail|nachricht)"
    r"|(?:sitz der gesellschaft|registergericht|amtsgericht|handelsregister|ust-id|hrb? \d)"
    r"|este (?:correo|mensaje|e-?mail)(?: electronico)?(?:,| y| contiene| es| puede| va dirigido)"
    r"|la informacion contenida|aviso (?:legal|de confidencialidad)|antes de imprimir"
    r"|ce (?:message|courriel|courrier|mail|e-?mail)(?: et| est| peut| contient|, )"
    r"|les informations contenues|avant d'imprimer"
    r"|company (?:no|number|registration)|registered (?:in|office)|vat (?:no|reg))"
)
_AFTERWORD: Final = re.compile(r"\s*(?:p\.? ?s\.?|pd|p\.d\.|nb|n\.b\.|ps)\b[\s:.,-]")
_LONGEST_SIGNATURE: Final = 12
_TITLE: Final = 6
"""Words of the longest line of a signature that ends like a sentence."""


def passages(message: Message) -> list[Passage]:
    """Return a message's passages in their order; a note, a talk or a chat line is all new."""
    lines = list(_lines(message))
    if message.form != MAIL:
        return [_passage(lines, NEW, None)] if lines else []
    found: list[Passage] = []
    for group, head in _groups(lines):
        found += _roles(group, head)
    return found


def _lines(message: Message) -> Iterator[_Line]:
    at = 0
    marked = message.quoted
    quotes = message.form == MAIL
    for raw in message.text.split("\n"):
        found = _QUOTED.match(raw) if quotes else None
        skip = found.end() if found else 0
        depth = found[0].count(">") if found else 0
        depth += sum(start <= at < end for start, end in marked)
        yield _Line(at + skip, raw[skip:].rstrip("\r"), depth)
        at += len(raw) + 1


def _groups(lines: list[_Line]) -> Iterator[tuple[list[_Line], QuoteHead | None]]:
    """Yield runs of lines by one writer; what has no head but is marked as quoted has an empty."""
    heads: dict[int, QuoteHead | None] = {0: None}
    texts = [line.text for line in lines]
    run: list[_Line] = []
    whose: tuple[int, QuoteHead | None] = (0, None)
    at = 0
    while at < len(lines):
        line = lines[at]
        head = head_at(texts, at)
        if head is not None:
            _enter(heads, lines, at, head)
            at += head.lines
            continue
        if line.text.strip():
            now = line.depth, heads.get(line.depth, QuoteHead("", "", 0))
            if now != whose and run:
                yield run, whose[1]
                run = []
            whose = now
        run.append(line)
        at += 1
    if run:
        yield run, whose[1]


def _enter(
    heads: dict[int, QuoteHead | None], lines: list[_Line], at: int, head: QuoteHead
) -> None:
    """Note whose lines follow a head: the deeper ones if such follow, else all at its depth."""
    depth = lines[at].depth
    for deeper in [one for one in heads if one > depth]:
        del heads[deeper]
    following = next((one for one in lines[at + head.lines :] if one.text.strip()), None)
    heads[following.depth if following and following.depth > depth else depth] = head


def _roles(lines: list[_Line], head: QuoteHead | None) -> Iterator[Passage]:
    """Yield one writer's lines: what is said, and the signature and small print behind it."""
    usual = NEW if head is None else QUOTED
    end = _signature(lines)
    yield from _said(lines[:end], usual, head)
    tail = lines[end:]
    after = next((i for i, one in enumerate(tail) if _AFTERWORD.match(folded(one.text))), None)
    if after is not None:
        yield from _said(tail[after:], usual, head)
        tail = tail[:after]
    if tail:
        yield _passage(tail, SIGNATURE, head)


def _said(lines: list[_Line], role: str, head: QuoteHead | None) -> Iterator[Passage]:
    """Yield lines up to the small print, and that; it ends with its paragraph."""
    kept: list[_Line] = []
    legal: list[_Line] = []
    for line in lines:
        plain = folded(line.text).strip(" *_-")
        if legal and not plain:
            yield _passage(legal, LEGAL, head)
            legal = []
        if legal or _LEGAL.match(plain):
            if kept:
                yield _passage(kept, role, head)
                kept = []
            legal.append(line)
        elif not _DEVICE.fullmatch(plain):
            kept.append(line)
    if kept:
        yield _passage(kept, role, head)
    if legal:
        yield _passage(legal, LEGAL, head)


def _signature(lines: list[_Line]) -> int:
    """Return the number of the line at which a signature begins; their count if there is none."""
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    small_print = _small_print(lines)
    for place, i in enumerate(filled):
        plain = folded(lines[i].text).strip()
        left = len(filled) - place - 1
        if left > _LONGEST_SIGNATURE + small_print[i]:
            continue
        if _DASHES.fullmatch(plain) or (place and _signs_off(plain, lines[i + 1 :])):
            return i
    return len(lines)


def _signs_off(plain: str, following: list[_Line]) -> bool:
    """Return True if a line ends a letter: a greeting behind which nobody says anything more."""
    if len(plain) >= 48 or not _SIGN_OFF.fullmatch(plain):
        return False
    for line in following:
        later = folded(line.text).strip(" *_-")
        if _LEGAL.match(later) or _AFTERWORD.match(later):
            return True
        if len(later.split()) > _TITLE and later.endswith((".", "!", "?")):
            return False
    return True


def _small_print(lines: list[_Line]) -> list[int]:
    """Return for each line how many from the first small print behind it on, which may be long."""
    found, begun = [0] * len(lines), len(lines)
    for i in range(len(lines) - 1, -1, -1):
        if _LEGAL.match(folded(lines[i].text).strip(" *_-")):
            begun = i
        found[i] = len(lines) - begun
    return found


def _passage(lines: list[_Line], role: str, head: QuoteHead | None) -> Passage:
    starts, at = [], 0
    for line in lines:
        starts.append((at, line.start))
        at += len(line.text) + 1
    return Passage("\n".join(line.text for line in lines), tuple(starts), role, head)

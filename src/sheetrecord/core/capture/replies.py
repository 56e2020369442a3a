"""Answers to what we said back: a client's yes or no beneath our quoted words, held to the row.

The letter that says back to the client what was understood quotes rows of the record. Where the
client answers beneath one of its lines, their words confirm that row or correct it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from sheetrecord.core.capture.find import CaptureFinding, Capturing, values_of
from sheetrecord.core.capture.folding import folded, key, squeezed
from sheetrecord.core.capture.language import language_of
from sheetrecord.core.capture.place import CONTEXT, placed, source_of
from sheetrecord.core.capture.propose import (
    ADDS,
    CONTRADICTS,
    KNOWN,
    CaptureProposal,
    proposal_id,
)
from sheetrecord.core.capture.sentences import sentences
from sheetrecord.core.capture.sides import CLIENT, side
from sheetrecord.core.capture.strip import NEW, QUOTED, Passage, passages
from sheetrecord.model.message import MAIL, Message, SourceFile
from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows

YES, NO = "reply.yes", "reply.no"
_NO: Final = re.compile(
    r"(?:no\b(?! problem)|nope|wrong|not (?:quite|exactly|right|correct)|incorrect|actually|nein|falsch"
    r"|stimmt (?:so )?nicht|nicht (?:ganz|richtig)|eigentlich|incorrecto|no es (?:asi|correcto)|falso|en realidad"
    r"|non\b|faux|pas (?:tout a fait|exactement|correct)|inexact|en fait)"
)
_YES: Final = re.compile(
    r"(?:yes|yep|yeah|correct|right|agreed|confirmed|exactly|ok(?:ay)?\b|that's (?:right|correct|fine|it)|true"
    r"|ja\b|genau|stimmt|richtig|passt|korrekt|einverstanden|bestatigt|si\b|correcto|exacto|de acuerdo|confirmado"
    r"|asi es|vale\b|oui|exact|d'accord|confirme|c'est (?:bien )?(?:ca|cela|exact)|tout a fait|parfait)"
)
_SHORTEST: Final = 3
"""Words that a row must have for a quoted line to be told as it."""
_KINDS: Final = {name: kind for kind, name in CONTEXT.items()}


def replies(
    files: Sequence[SourceFile], rows: DealRows, how: Capturing
) -> Iterator[CaptureProposal]:
    """Yield the answers of a deal's client to lines that quote its rows."""
    texts = dict(_texts(rows))
    for place in _from_client(files, how):
        for quoted, answer in _answered(place[1]):
            row = _row(quoted.text, texts)
            found = _reply(row, quoted.text, answer, place, how) if row else None
            if row and found:
                yield _proposal(rows.id, row, found, files[place[0]].path)


def _from_client(files: Sequence[SourceFile], how: Capturing) -> Iterator[tuple[int, Message]]:
    """Yield the client's own mails, each with the number of its file."""
    for number, file in enumerate(files):
        for message in file.messages:
            if message.form == MAIL and not message.bulk and side(message, how.us) == CLIENT:
                yield number, message


def _texts(rows: DealRows) -> Iterator[tuple[str, Row]]:
    """Yield the rows that a letter may quote, by their words."""
    for fact in rows.context:
        for text in (fact.answer, fact.driver):
            if fact.kind in _KINDS and len(key(text).split()) >= _SHORTEST:
                yield key(text), fact
    for said in rows.commitments:
        if len(key(said.what).split()) >= _SHORTEST:
            yield key(said.what), said


def _answered(message: Message) -> Iterator[tuple[Passage, Passage]]:
    """Yield what is quoted and new right beneath it."""
    found = passages(message)
    for before, after in pairwise(found):
        if before.role == QUOTED and after.role == NEW:
            yield before, after


def _row(quoted: str, texts: Mapping[str, Row]) -> Row | None:
    """Return the row that the last quoted line is about; None when it is not told for certain."""
    lines = [key(line) for line in quoted.split("\n") if line.strip()]
    last = " ".join(lines[-2:])
    found = {row.id: row for text, row in texts.items() if text in last}
    return next(iter(found.values())) if len(found) == 1 else None


def _reply(
    row: Row, quoted: str, answer: Passage, place: tuple[int, Message], how: Capturing
) -> CaptureFinding | None:
    """Return the answer as a finding of the row's kind; None for what is no yes and no no."""
    number, message = place
    spans = list(sentences(answer.text))[:2]
    if not spans:
        return None
    text = squeezed(answer.text[spans[0][0] : spans[-1][1]])
    plain = folded(text)
    cue = NO if _NO.match(plain) else YES if _YES.match(plain) else ""
    if not cue:
        return None
    start, end = answer.place(spans[0][0], spans[-1][1])
    sent = message.sent.date() if message.sent else None
    values = values_of(text, sent, language_of(text), how)
    negated = row.sheet == "Commitments" and row.get("type") == "exclusion"
    return CaptureFinding(
        _kind(row), text, number, message, start, end, message.by, CLIENT, sent, negated, values,
        cue, 0, "", squeezed(quoted)[-160:],
    )  # fmt: skip


def _kind(row: Row) -> str:
    if row.sheet == "Context":
        return _KINDS[str(row.get("kind"))]
    return "scope_assumed" if row.get("type") == "discussed" else "promise"


def _proposal(deal_id: str, row: Row, found: CaptureFinding, path: str) -> CaptureProposal:
    source = source_of(found, path)
    known = found.quote in str(row.get("note") or "") and source in str(row.get("note") or "")
    verdict = KNOWN if known else ADDS if found.cue == YES else CONTRADICTS
    id_ = proposal_id(deal_id, f"{row.id} {found.message.id} {found.quote}")
    made = placed(found, found.kind, source)
    return CaptureProposal(id_, found, found.kind, made, source, verdict, (row.id,))

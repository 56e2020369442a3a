"""Messages in, findings out: each a sentence that says something a record should hold."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from sheetrecord.core.capture.amounts import find_amounts
from sheetrecord.core.capture.dates import DateFound, find_dates, order_of
from sheetrecord.core.capture.folding import folded, key, squeezed
from sheetrecord.core.capture.headings import as_listed, beneath
from sheetrecord.core.capture.language import language_of
from sheetrecord.core.capture.people import person_in
from sheetrecord.core.capture.providers import Grounded, Provider, ProviderAway, grounded
from sheetrecord.core.capture.quote_heads import sender
from sheetrecord.core.capture.rules import ENOUGH, Utterance, held_back
from sheetrecord.core.capture.sentences import sentences
from sheetrecord.core.capture.sides import CLIENT, UNKNOWN, US, Us, side
from sheetrecord.core.capture.strip import NEW, QUOTED, Passage, passages
from sheetrecord.core.capture.weighing import judged
from sheetrecord.model.message import CHAT, Message, SourceFile


class Values(NamedTuple):
    """What a sentence names: a day, an amount, a person."""

    date: dt.date | None = None
    date_text: str = ""
    precision: str = ""
    amount: Decimal | None = None
    currency: str = ""
    person: str = ""
    role: str = ""


class CaptureFinding(NamedTuple):
    """One sentence that a record should hold, and whose it is."""

    kind: str
    quote: str
    source: int
    message: Message
    start: int
    end: int
    said_by: str
    side: str
    said_on: dt.date | None
    negated: bool
    values: Values
    cue: str
    weight: int
    other: str
    context: str
    """What stands before it."""
    quoted: bool = False
    provider: str = "rules"
    """Who found it."""


class DroppedQuote(NamedTuple):
    """A sentence that is not proposed, and why."""

    quote: str
    why: str


class Capturing(NamedTuple):
    """What the files are read with."""

    us: Us
    currency: str = ""
    language: str = ""
    order: str = ""
    known_people: tuple[str, ...] = ()
    since: dt.date | None = None
    silent: frozenset[str] = frozenset()
    """Cues that people declined too often to be asked again."""
    also: Provider | None = None
    """Who is asked besides the rules."""


class Captured(NamedTuple):
    """What came of some files."""

    findings: tuple[CaptureFinding, ...]
    dropped: tuple[DroppedQuote, ...]
    away: str = ""
    """Why the other provider does not answer."""


_UNSUBSCRIBE: Final = re.compile(
    r"\b(?:unsubscribe|view (?:this|it) in (?:your )?browser|manage (?:your )?preferences|opt[ -]?out|newsletter abmelden"
    r"|abmelden|abbestellen|im browser (?:ansehen|anzeigen)|darse de baja|date de baja|cancelar (?:la )?suscripcion"
    r"|desabonner|desinscri\w+|version en ligne)\b"
)
_AWAY: Final = re.compile(
    r"\b(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of office|automatische antwort|abwesenheit\w*"
    r"|respuesta automatica|fuera de la oficina|reponse automatique|absence du bureau)\b"
)


_EVERYBODY: Final = frozenset(
    "all team everyone everybody staff office alle belegschaft mitarbeiter todos equipo plantilla tous equipe"
    " personnel".split()
)
"""Names of lists that go to a whole firm."""
_WORTH: Final = 3
"""Words from which a passage is worth asking about."""
_LONGEST: Final = 1_500
"""Characters of a sentence; what is longer was not written by anybody."""


def capture(files: Sequence[SourceFile], how: Capturing) -> Captured:
    """Return what the messages of some files say; the order of the files makes no difference."""
    order = how.order or order_of(m.text for one in files for m in one.messages)
    told = how._replace(order=order)
    run = _CaptureRun(told)
    for number, file in _in_time(files):
        usual = _usual(file.messages, told)
        for message in file.messages:
            run.take(number, message, usual)
    return run.result()


def _in_time(files: Sequence[SourceFile]) -> list[tuple[int, SourceFile]]:
    """Return the files, those without a day last, each with its number."""

    def first(one: SourceFile) -> tuple[str, str, str]:
        days = [_utc(m.sent) for m in one.messages if m.sent]
        return (min(days) if days else "9", one.sha256, one.path)

    return sorted(enumerate(files), key=lambda pair: first(pair[1]))


def _utc(moment: dt.datetime) -> str:
    plain = moment if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return plain.replace(tzinfo=None).isoformat()


def _usual(messages: Sequence[Message], how: Capturing) -> str:
    """Return the language in which most of a file is written."""
    if how.language:
        return how.language
    text = " ".join(message.text[:2000] for message in messages[:40])
    return language_of(text[:20000])


class _CaptureRun:
    """Goes through messages once; what was said before is not said again by quoting it."""

    def __init__(self, how: Capturing) -> None:
        self._how = how
        self._new: dict[str, CaptureFinding] = {}
        self._quoted: dict[str, CaptureFinding] = {}
        self._seen: set[str] = set()
        self._dropped: list[DroppedQuote] = []
        self._away = ""

    def take(self, source: int, message: Message, usual: str) -> None:
        """Look into one message."""
        if self._how.since and message.sent and message.sent.date() < self._how.since:
            return
        why = bulk(message) or _to_all(message, self._how.us)
        if why:
            self._dropped.append(
                DroppedQuote(squeezed(message.subject or message.text)[:120], "bulk")
            )
            return
        for passage in passages(message):
            self._passage(source, message, passage, usual)

    def _passage(self, source: int, message: Message, passage: Passage, usual: str) -> None:
        if passage.role not in {NEW, QUOTED}:
            self._drop(passage)
            return
        speaker = _speaker(message, passage, self._how.us)
        if speaker is None:
            self._dropped += [DroppedQuote(squeezed(t), "quoted") for t, _ in _texts(passage)]
            return
        language = self._how.language or language_of(passage.text, usual)
        before = ""
        spans = list(sentences(passage.text, lines=message.form == CHAT))
        headings = beneath(passage.text, spans, language)
        for (start, end), heading in zip(spans, headings, strict=True):
            text = passage.text[start:end]
            place = _Sentence(source, message, passage, speaker, language, text, start, end, before)
            self._sentence(place._replace(heading=heading))
            before = squeezed(text)
        if passage.role == NEW and self._how.also and not self._away:
            told = _Sentence(source, message, passage, speaker, language, passage.text, 0, 0, "")
            self._ask(self._how.also, told)

    def _ask(self, also: Provider, one: "_Sentence") -> None:
        """Add what another provider finds in a passage and the rules did not."""
        text = one.passage.text
        if len(text.split()) < _WORTH:
            return
        try:
            told = list(grounded(text, also.find(text, one.language, one.speaker.side)))
        except ProviderAway as away:
            self._away = str(away)
            return
        for found in told:
            if found.dropped:
                self._dropped.append(DroppedQuote(squeezed(found.found.quote)[:200], found.dropped))
            else:
                self._second(also.name, one, found)

    def _second(self, name: str, one: "_Sentence", found: Grounded) -> None:
        start, end = one.passage.place(found.start, found.end)
        text = squeezed(one.passage.text[found.start : found.end])
        met = any(
            (f.source, f.message.id) == (one.source, one.message.id)
            and f.start < end
            and start < f.end
            for f in self._new.values()
        )
        if met or self._held_back(text, one, found.found.kind):
            return
        mark = key(text)
        self._seen.add(mark)
        values = values_of(text, one.speaker.on, one.language, self._how)
        self._keep(
            CaptureFinding(
                found.found.kind, text, one.source, one.message, start, end, one.speaker.by,
                one.speaker.side, one.speaker.on, found.found.negated, values, name, ENOUGH, "", "",
                provider=name,
            ),
            mark,
        )  # fmt: skip

    def _held_back(self, text: str, one: "_Sentence", kind: str) -> bool:
        """Return True for what is not meant as a fact, whoever finds it."""
        said = Utterance(text, one.language, one.speaker.side)
        why = held_back(said, kind)
        if why:
            self._dropped.append(DroppedQuote(text, why))
        return bool(why)

    def _drop(self, passage: Passage) -> None:
        found = squeezed(passage.text)
        if found:
            self._dropped.append(DroppedQuote(found[:200], passage.role))

    def _sentence(self, one: "_Sentence") -> None:
        text = squeezed(one.text)
        if len(text) > _LONGEST:
            return
        mark = key(text)
        if one.passage.role == QUOTED and (mark in self._seen or mark in self._quoted):
            self._dropped.append(DroppedQuote(text, "quoted"))
            return
        if one.passage.role == NEW:
            self._seen.add(mark)
        said = _utterance(text, one.language, one.speaker, self._how)
        verdict = as_listed(one.heading, said, judged(said))
        if verdict.held:
            self._dropped.append(DroppedQuote(text, verdict.held))
        if not verdict.kind or verdict.cue in self._how.silent:
            return
        place = one.passage.place(one.start, one.end)
        found = CaptureFinding(
            verdict.kind, text, one.source, one.message, *place, one.speaker.by, one.speaker.side,
            one.speaker.on, verdict.negated, values_of(text, one.speaker.on, one.language, self._how), verdict.cue,
            verdict.weight, verdict.other, one.before, one.passage.role == QUOTED,
        )  # fmt: skip
        self._keep(found, mark)

    def _keep(self, found: CaptureFinding, mark: str) -> None:
        if found.quoted:
            self._quoted[mark] = found
            return
        if mark in self._new:
            self._dropped.append(DroppedQuote(found.quote, "repeated"))
            return
        self._new[mark] = found

    def result(self) -> Captured:
        """Return what was found; what was quoted counts where its original is not there."""
        kept = list(self._new.values())
        for mark, found in self._quoted.items():
            if mark in self._seen:
                self._dropped.append(DroppedQuote(found.quote, "quoted"))
            else:
                kept.append(found)
        kept.sort(
            key=lambda one: (one.said_on or dt.date.max, one.message.part, one.start, one.quote)
        )
        return Captured(tuple(kept), tuple(self._dropped), self._away)


class _SpokenBy(NamedTuple):
    by: str
    side: str
    on: dt.date | None


class _Sentence(NamedTuple):
    source: int
    message: Message
    passage: Passage
    speaker: _SpokenBy
    language: str
    text: str
    start: int
    end: int
    before: str
    heading: str = ""
    """What the heading of the list says in which it stands."""


def bulk(message: Message) -> str:
    """Return why a message is not a person's own; "" for one that is."""
    if message.bulk:
        return message.bulk
    if _AWAY.search(folded(message.subject)):
        return "Auto-Submitted"
    lines = [line for line in message.text.split("\n") if line.strip()]
    tail = [line for line in lines[-12:] if not line.lstrip().startswith(">")]
    if message.form == "mail" and any(_UNSUBSCRIBE.search(folded(line)) for line in tail):
        return "unsubscribe"
    return ""


def _to_all(message: Message, us: Us) -> str:
    """Return why a mail of ours that goes to everybody at ours is none about a deal."""
    ours = us.side_of(message.by, message.address) == US
    lists = [to for to in message.to if to.partition("@")[0].lower() in _EVERYBODY]
    return "bulk" if ours and lists and len(lists) == len(message.to) else ""


def _utterance(text: str, language: str, speaker: _SpokenBy, how: Capturing) -> Utterance:
    dates = find_dates(text, speaker.on, language, how.order)
    ahead = [found for found in dates if _ahead(found, speaker.on)]
    priced = bool(find_amounts(text, how.currency))
    to_the_day = any(found.day for found in ahead)
    return Utterance(text, language, speaker.side, bool(ahead), priced, to_the_day)


def told_sentences(message: Message, us: Us, language: str) -> Iterator[Utterance]:
    """Yield what a message says itself, sentence by sentence: what weights are learned from."""
    how = Capturing(us)
    if bulk(message):
        return
    for passage in passages(message):
        speaker = _speaker(message, passage, us) if passage.role == NEW else None
        if speaker:
            for text, _ in _texts(passage, lines=message.form == CHAT):
                yield _utterance(squeezed(text), language, speaker, how)


def _ahead(named: DateFound, said_on: dt.date | None) -> bool:
    """Return True if a day may still come: what is over, or is the day itself, is no date to be held."""
    return said_on is None or named.day is None or named.day > said_on


def _texts(passage: Passage, *, lines: bool = False) -> Iterator[tuple[str, tuple[int, int]]]:
    for start, end in sentences(passage.text, lines=lines):
        yield passage.text[start:end], (start, end)


def _speaker(message: Message, passage: Passage, us: Us) -> _SpokenBy | None:
    """Return who says a passage; None for a quotation that does not tell whose it is."""
    if passage.head is None:
        sent = message.sent.date() if message.sent else None
        return _SpokenBy(message.by, side(message, us), sent)
    by, address = sender(passage.head.by)
    if not by and not address:
        return None
    on = day_of(passage.head.when)
    if on is None and message.sent:
        named = find_dates(passage.head.when, message.sent.date())
        on = next((one.day for one in named if one.day and one.precision == "day"), None)
    whose = us.side_of(by, address)
    return _SpokenBy(by or address, whose if whose in {US, CLIENT} else UNKNOWN, on)


def day_of(text: str) -> dt.date | None:
    """Return the day in the head of a quotation, as mail programs of four languages write it.

    >>> day_of("Dienstag, 8. September 2026 09:12"), day_of("Tue, 8 Sep 2026 09:12:00 +0200")
    (datetime.date(2026, 9, 8), datetime.date(2026, 9, 8))
    """
    found = [
        d for d in find_dates(text, dt.date(2000, 1, 1), "en", "dmy") if d.day and d.day.year > 2000
    ]
    if found:
        return found[0].day
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, ValueError, IndexError):
        return None


def values_of(text: str, said_on: dt.date | None, language: str, how: Capturing) -> Values:
    """Return the day, the amount and the person that a sentence names."""
    dates = find_dates(text, said_on, language, how.order)
    chosen = _told_best(text, dates)
    amounts = find_amounts(text, how.currency)
    person, role = person_in(text, language, how.known_people)
    return Values(
        chosen.day if chosen else None,
        text[chosen.start : chosen.end] if chosen else "",
        chosen.precision if chosen else "",
        amounts[0].amount if amounts else None,
        amounts[0].currency if amounts else "",
        person,
        role,
    )


def _told_best(text: str, dates: Sequence[DateFound]) -> DateFound | None:
    """Return the date that says its day: "Whitsun (23.5.)" is the 23rd, whenever Whitsun is."""
    days = [one for one in dates if one.day]
    figures = [d for d in days if any(c.isdecimal() for c in text[d.start : d.end])]
    return next(iter(figures or days or dates), None)


def people_in(files: Iterable[SourceFile]) -> list[str]:
    """Return the names of whoever wrote or spoke in some files, each once."""
    found = {m.by for one in files for m in one.messages if m.by and "@" not in m.by}
    return sorted(found)

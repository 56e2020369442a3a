"""What earlier imports wrote and what people answered then: lines of the log that travels along."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.crm.facts import ImportAnswers
from sheetrecord.core.handover.hidden_log import LogEvent

IMPORTED: Final = "imported"
"""The event that keeps what a deal's cells were filled with; the later line counts."""
ANSWERED: Final = "import_answer"
_BY_HEAD: Final = ("currency", "date_order", "decimal", "column")
"""ImportAnswers that hold for one heading row; the others hold for a system."""
_WIDE: Final = {"stage": "stages", "owner": "owners", "column": "columns", "same": "same"}


class ImportMemory(NamedTuple):
    """What was imported, by identity and column, and what was answered, by scope and kind."""

    imported: Mapping[str, Mapping[str, str]]
    answers: Mapping[tuple[str, str], Mapping[str, str]]

    def answers_for(self, head: str, system: str) -> ImportAnswers:
        """Return what was answered about a heading row and its system."""

        def told(kind: str) -> Mapping[str, str]:
            return self.answers.get((head if kind in _BY_HEAD else system, kind), {})

        def one(kind: str) -> str:
            return told(kind).get("", "")

        return ImportAnswers(
            one("currency"),
            one("date_order"),
            one("decimal"),
            told("stage"),
            told("owner"),
            told("column"),
            told("same"),
        )


def remembered(events: Iterable[LogEvent]) -> ImportMemory:
    """Return what the log keeps of imports; a line that is damaged keeps nothing."""
    imported: dict[str, dict[str, str]] = {}
    answers: dict[tuple[str, str], dict[str, str]] = {}
    for event in events:
        if event.what == IMPORTED:
            imported.setdefault(event.subject, {}).update(_texts(event.note))
        elif event.what == ANSWERED:
            scope, _, rest = event.subject.partition(" ")
            kind, _, word = rest.partition(" ")
            answers.setdefault((scope, kind), {})[word] = event.note
    return ImportMemory(imported, answers)


def imported_event(
    day: dt.date, who: str, deal_id: str, identity: str, cells: Mapping[str, str]
) -> LogEvent:
    """Return the line that keeps what a deal's cells were filled with."""
    note = json.dumps(dict(cells), ensure_ascii=False, separators=(",", ":"))
    return LogEvent(day, who, deal_id, IMPORTED, identity, note)


def answer_events(
    day: dt.date, who: str, head: str, system: str, new: ImportAnswers, known: ImportAnswers
) -> list[LogEvent]:
    """Return the lines that keep answers which nobody gave before."""
    found = []
    for kind in ("currency", "date_order", "decimal"):
        value = getattr(new, kind)
        if value and value != getattr(known, kind):
            found.append(LogEvent(day, who, "", ANSWERED, f"{head} {kind} ", value))
    for kind, field in _WIDE.items():
        scope, before = head if kind in _BY_HEAD else system, getattr(known, field)
        for word, value in getattr(new, field).items():
            if before.get(word) != value:
                found.append(LogEvent(day, who, "", ANSWERED, f"{scope} {kind} {word}", value))
    return found


def _texts(note: str) -> dict[str, str]:
    try:
        found = json.loads(note)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

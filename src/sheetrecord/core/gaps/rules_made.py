"""Which changes of the settings answer which gaps: lines of the log, dated, to be taken back."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.gaps.subjects import GapSubject
from sheetrecord.core.gaps.tightening import SettingChange
from sheetrecord.core.handover.hidden_log import LogEvent
from sheetrecord.model.value import Cell

MADE: Final = "gap_rule"
TAKEN_BACK: Final = "gap_rule_back"


class SettingCell(NamedTuple):
    """A cell of the settings: where it is, what stood there, what stands there now."""

    sheet: str
    row: int
    column: int
    was: Cell
    now: Cell


class GapRule(NamedTuple):
    """A change that was made: when, by whom, what for, and the cells that it wrote."""

    when: dt.date
    who: str
    subject: str
    act: str
    key: str
    rule: str
    stage: str
    label: str
    gaps: tuple[str, ...]
    cells: tuple[SettingCell, ...]


def name_of(subject: GapSubject) -> str:
    """Return the name of a subject in the log."""
    return f"{subject.kind}:{subject.key}"


def made_event(
    day: dt.date,
    who: str,
    subject: GapSubject,
    change: SettingChange,
    gaps: Sequence[str],
    cells: Sequence[SettingCell],
) -> LogEvent:
    """Return the line that keeps a change with the gaps that it answers."""
    told = {
        "act": change.act,
        "key": change.key,
        "rule": change.rule,
        "stage": change.stage,
        "label": change.label,
        "gaps": list(gaps),
        "cells": [list(cell) for cell in cells],
    }
    note = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return LogEvent(day, who, "", MADE, name_of(subject), note)


def rules_made(events: Iterable[LogEvent]) -> dict[str, GapRule]:
    """Return the changes that stand, by the name of their subject; the latest of several."""
    found: dict[str, GapRule] = {}
    for event in events:
        if event.what == TAKEN_BACK:
            gone = found.pop(event.subject, None)
            for name in [name for name, rule in found.items() if rule is gone]:
                del found[name]
        elif event.what == MADE and (rule := _read(event)):
            found[event.subject] = rule
            if rule.act == "ask":  # what had no place has one now: its gaps are about a question
                found[f"question:{rule.label}"] = rule
    return found


def unread_kinds(events: Iterable[LogEvent]) -> frozenset[str]:
    """Return the kinds of fact that stood there once and nobody read: a brief puts them first."""
    told = (name.partition(":") for name, rule in rules_made(events).items() if rule.act == "level")
    return frozenset(key for kind, _, key in told if kind == "question")


def _read(event: LogEvent) -> GapRule | None:
    try:
        told = json.loads(event.note)
        cells = tuple(SettingCell(*cell) for cell in told["cells"])
        act, key, rule, stage, label = (
            str(told[name]) for name in ("act", "key", "rule", "stage", "label")
        )
        gaps = tuple(map(str, told["gaps"]))
        subject = event.subject
        return GapRule(event.when, event.who, subject, act, key, rule, stage, label, gaps, cells)
    except (ValueError, KeyError, TypeError):
        return None  # a damaged line keeps nothing; the log's own proof says that it is damaged

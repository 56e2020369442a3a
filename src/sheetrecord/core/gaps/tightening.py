"""What would ask for a gap next time: one change of the firm's settings, which only tightens."""

from typing import Final, NamedTuple

from sheetrecord.core.gaps.pareto import GapGroup
from sheetrecord.core.gaps.words import question_of
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.prompts import PROMPTS
from sheetrecord.schema.record import Settings
from sheetrecord.schema.sheets import SHEETS

STAGES: Final = ("talking", "proposal", "verbal", "won")
"""The stages of a sale, in their order."""
_CONFIRM, _AGAIN, _UNSEEN, _LATE = "CTX-043", "CTX-041", "COM-029", "COM-015"
"""Rules of facts nobody confirmed or asked again, and of promises not looked at or made late."""
_LEVELS: Final = {
    ("question", "filled_not_read"): _CONFIRM, ("question", "changed_later"): _AGAIN,
    ("own", "filled_not_read"): _CONFIRM, ("own", "changed_later"): _AGAIN,
    ("column", "filled_not_read"): _CONFIRM, ("column", "changed_later"): _AGAIN,
    ("promises", "filled_not_read"): _UNSEEN, ("promises", "changed_later"): _LATE,
}  # fmt: skip


_WHOLE: Final = "a whole sheet is named: name the question or the column in it"
_CAUSELESS: Final = "nobody said why it did not travel, or as many said two things"


class SettingChange(NamedTuple):
    """One change: ``act`` is ask (a new question), stage, require or level.

    ``ask`` and ``stage`` name a kind of fact (``key``), the stage and, for a new one, its words.
    ``require`` names ``Sheet.column``; ``level`` a rule. ``act`` is empty where nothing can be
    tightened; ``why`` says so.
    """

    act: str
    key: str = ""
    stage: str = ""
    label: str = ""
    question: str = ""
    why: str = ""

    @property
    def rule(self) -> str:
        """The rule by which the gate speaks of it."""
        if self.act == "level":
            return self.key
        if self.act == "require":
            return "OWN-001"
        return next((one.code for one in PROMPTS if one.kind == self.key), "CTX-009")


def tightening(
    group: GapGroup, settings: Settings, *, label: str = "", question: str = "", stage: str = ""
) -> SettingChange:
    """Return what would ask for a gap, by why it did not travel; a person's words go first."""
    kind, cause = group.subject.kind, group.cause
    if kind == "sheet" or not cause:
        return SettingChange("", why=_WHOLE if kind == "sheet" else _CAUSELESS)
    if (kind, cause) in _LEVELS:
        code = _LEVELS[kind, cause]
        if settings.severities.get(code) == "error":
            return SettingChange("", why=f"{code} is an error already")
        return SettingChange("level", code)
    if kind == "question":
        return _earlier(group.subject.key, cause, settings, stage)
    if kind == "column":
        return _required(group.subject.key, settings, stage)
    return _own(group, settings, label, question, stage)


def _earlier(kind: str, cause: str, settings: Settings, stage: str) -> SettingChange:
    """Ask an existing question: block where it was only said, or a stage before."""
    if kind == "stakeholder":
        return SettingChange("", why="people are asked for already")
    now = next((one for one in settings.prompts if one.kind == kind), None)
    if now is None:
        return SettingChange("stage", kind, stage or "won")
    if not now.blocks and cause != "not_asked":
        return _no_later(kind, now.from_stage, stage)
    at = STAGES.index(now.from_stage) if now.from_stage in STAGES else len(STAGES) - 1
    if at == 0 and now.blocks:
        return SettingChange("", why="it is asked from the first conversation on already")
    return _no_later(kind, STAGES[max(at - 1, 0)], stage)


def _no_later(kind: str, stage: str, wanted: str) -> SettingChange:
    """Return the change to a stage, or to an earlier one that somebody wants."""
    early = wanted and 0 < STAGE_RANK[wanted] < STAGE_RANK[stage]
    return SettingChange("stage", kind, wanted if early else stage)


def _required(place: str, settings: Settings, stage: str) -> SettingChange:
    sheet, _, key = place.partition(".")
    column = SHEETS[sheet].by_key[key]
    known = [one for one in settings.required if (one.sheet, one.key) == (sheet, key)]
    ours = column.from_stage if column.blocks and column.from_stage in STAGES else ""
    stages = [one.from_stage for one in known if one.blocks] + ([ours] if ours else [])
    first = min((STAGES.index(one) for one in stages if one in STAGES), default=len(STAGES))
    if first == 0:
        return SettingChange("", why="it is required from the first conversation on already")
    wanted = stage if stage and STAGES.index(stage) < first else STAGES[first - 1]
    return SettingChange("require", place, wanted)


def _own(
    group: GapGroup, settings: Settings, label: str, question: str, stage: str
) -> SettingChange:
    """Ask what has no place yet; what was promised is asked for once more, before the close."""
    promises = group.subject.kind == "promises"
    words = question_of(group.subject.label, settings.language, promises=promises)
    name = " ".join((label or words.label).split())
    taken = {settings.label("kind", one.kind).casefold() for one in settings.prompts}
    if name.casefold() in taken:
        return SettingChange("", why=f'the question "{name}" is there already')
    return SettingChange("ask", name, stage or "won", name, question or words.question)

"""What is said of copies: `sync`, `status`, `conflicts`, `runs`, `history`, `merge`, `fleet`."""

from typing import NotRequired, TypedDict

from sheetrecord.contract.cells import CopyAdd, CopyRemove, CopySet, Side, Value


class NoticeJson(TypedDict):
    """What is no part of the record, by sheet and column."""

    kind: str
    sheet: str
    column: str
    words: str
    row_id: str
    copy: NotRequired[str]


class DoubtJson(TypedDict):
    """A problem of the record itself."""

    code: str
    severity: str
    deal_id: str
    sheet: str
    row_id: str
    column: str
    message: str
    do: str


class SideJson(TypedDict):
    """What one copy holds, and when that was seen."""

    copy: str
    label: str
    value: Side
    generation: int
    seen: str


class ConflictJson(TypedDict):
    """A conflict that stands; ``column`` is empty for a whole row."""

    client: str
    deal_id: str
    deal_name: str
    sheet: str
    row_id: str
    column: str
    kind: str
    group: str
    base: Side
    record: Side
    sides: list[SideJson]
    opened_run: int


class ConflictsAnswer(TypedDict):
    """`conflicts`."""

    schema: int
    conflicts: list[ConflictJson]


class SyncedCopy(TypedDict):
    """One copy: how many of its edits were taken over, and what was written into it."""

    path: str
    label: str
    generation: int
    taken_over: int
    changes: list[CopySet | CopyAdd | CopyRemove]
    waits: str
    remark: str


class BesideJson(TypedDict):
    """A copy of the record that stands beside a copy."""

    path: str
    what: str
    why: str


class ClosedJson(TypedDict):
    """A deal that was closed on the way, or the codes that kept it open."""

    deal_id: str
    outcome: str
    refusals: list[str]


class SyncAnswer(TypedDict):
    """`sync`, and what `undo`, `conflicts --keep` and `resolve` bring about."""

    schema: int
    record: str
    store: str
    run: int
    clock: str
    planned_only: bool
    copies: list[SyncedCopy]
    versions: list[str]
    asides: list[BesideJson]
    asked: list[BesideJson]
    left_alone: list[BesideJson]
    closed: list[ClosedJson]
    problems: list[str]
    not_synced: list[NoticeJson]
    only_together: list[DoubtJson]
    unfit: list[DoubtJson]
    conflicts: list[ConflictJson]


class CopyStateJson(TypedDict):
    """Where one copy stands, in two words, and why."""

    name: str
    state: str
    why: str
    generation: int


class DueItemJson(TypedDict):
    """What is due; ``day`` is the one that the message names, or the day on which it is judged."""

    day: str
    deal_id: str
    code: str
    message: str
    do: str


class OfferedJson(TypedDict):
    """A deal that was offered to ops and not answered; ``days`` since then."""

    deal_id: str
    client: str
    owner: str
    since: str | None
    days: int | None


class StatusAnswer(TypedDict):
    """`status`; ``due`` is ordered by day, ``waiting`` by age."""

    schema: int
    record: str
    store: str
    run: int
    rows: int
    conflicts: int
    head: str
    copies: list[CopyStateJson]
    labels: dict[str, str]
    stamped: bool
    beside: list[str]
    problems: list[str]
    waiting: list[OfferedJson]
    due: list[DueItemJson]


class RunJson(TypedDict):
    """A run that changed the record, and how many changes of each kind it made."""

    run: int
    at: str
    by: str
    changes: dict[str, int]


class RunsAnswer(TypedDict):
    """`runs`."""

    schema: int
    runs: list[RunJson]


class LoggedJson(TypedDict):
    """One line of the ledger."""

    seq: int
    run: int
    at: str
    by: str
    kind: str
    copy: str
    generation: int
    sheet: str
    row_id: str
    column: str
    old: Value
    new: Value
    cells: dict[str, Value]
    why: str
    hash: str


class HistoryAnswer(TypedDict):
    """`history`."""

    schema: int
    changes: list[LoggedJson]


class MergeConflict(TypedDict):
    """What both sides of a merge changed differently."""

    sheet: str
    row_id: str
    column: str
    kind: str
    group: str
    base: Side
    ours: Side
    theirs: Side


class GuardJson(TypedDict):
    """A reason to stop."""

    name: str
    whose: str
    sheet: str
    words: str


class MadeJson(TypedDict):
    """A problem that only the merge makes."""

    code: str
    sheet: str
    row_id: str
    column: str
    message: str


class MergeAnswer(TypedDict):
    """`merge`."""

    schema: int
    out: str
    written: bool
    planned_only: bool
    changes: list[CopySet | CopyAdd | CopyRemove]
    conflicts: list[MergeConflict]
    open_conflicts: int
    not_merged: list[NoticeJson]
    refused: list[GuardJson]
    only_together: list[MadeJson]


class LineJson(TypedDict):
    """A line of the sheet Conflicts."""

    sheet: str
    row_id: str
    column: str
    ours: Value
    theirs: Value
    keep: Value
    why: NotRequired[str]


class ResolveAnswer(TypedDict):
    """`resolve` of a merged workbook."""

    schema: int
    book: str
    written: bool
    planned_only: bool
    settled: list[LineJson]
    left: list[LineJson]


class CopiedJson(TypedDict):
    """A record that arrived in another store; `copy-store` prints a list of these."""

    record: str
    entries: int
    head: str
    where: str


class TroubleJson(TypedDict):
    """A workbook of a fleet that needs somebody."""

    path: str
    state: str
    failures: int
    at: str | None
    why: str


class AtWorkJson(TypedDict):
    """A workbook that a process works on; ``silent`` seconds ago it was last heard of."""

    path: str
    worker: str
    since: str
    silent: int | None


class WaitingJson(TypedDict):
    """A workbook that is due; ``until`` when it is not tried before."""

    path: str
    until: str | None


class FleetStatusAnswer(TypedDict):
    """`fleet status`."""

    states: dict[str, int]
    working: list[AtWorkJson]
    waiting: list[WaitingJson]
    troubles: list[TroubleJson]


class LookJson(TypedDict):
    """What a walk through the folder found."""

    found: int
    unchanged: int
    gone: int
    wanted: int


class FleetAnswer(TypedDict):
    """`fleet FOLDER` and `fleet enqueue`."""

    look: LookJson
    states: dict[str, int]
    troubles: list[TroubleJson]


class ScheduleEntryJson(TypedDict):
    """An entry of a timer: its name, and its text as far as it is known."""

    name: str
    entry: str


class ScheduleAnswer(TypedDict):
    """`schedule`; ``done`` is shown, installed, removed or listed."""

    timer: str
    entries: list[ScheduleEntryJson]
    done: str

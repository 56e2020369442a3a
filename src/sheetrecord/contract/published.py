"""Which type each command's JSON has: what `docs/json/` publishes, and the tests hold."""

from typing import Final

from sheetrecord.contract import captures, changes, check, copies, learning, money

PUBLISHED: Final[dict[str, object]] = {
    "error": check.ErrorAnswer,
    "validate": check.CheckAnswer | list[check.CheckAnswer],
    "explain": check.RuleAnswer | list[check.RuleAnswer],
    "capture": captures.CaptureAnswer,
    "find": list[check.HitJson],
    "figures": check.FiguresAnswer,
    "gaps": learning.GapsAnswer,
    "leaver": learning.LeaverAnswer,
    "check-sow": learning.SowAnswer,
    "diff": check.DiffAnswer,
    "doctor": list[check.SignJson],
    "promote": changes.StepAnswer,
    "accept": changes.StepAnswer,
    "return": changes.StepAnswer,
    "confirm": changes.StepAnswer,
    "waive": changes.StepAnswer,
    "init": changes.InitAnswer,
    "import": learning.ImportAnswer | learning.ImportsAnswer,
    "migrate": list[changes.MigrateAnswer],
    "publish": changes.PublishAnswer | changes.WhyAnswer,
    "digest": learning.DigestAnswer,
    "sync": copies.SyncAnswer,
    "undo": copies.SyncAnswer,
    "status": copies.StatusAnswer,
    "conflicts": copies.ConflictsAnswer | copies.SyncAnswer,
    "runs": copies.RunsAnswer,
    "history": copies.HistoryAnswer,
    "merge": copies.MergeAnswer,
    "resolve": copies.ResolveAnswer | copies.SyncAnswer,
    "copy-store": list[copies.CopiedJson],
    "fleet run": copies.FleetAnswer,
    "fleet enqueue": copies.FleetAnswer,
    "fleet status": copies.FleetStatusAnswer,
    "schedule": copies.ScheduleAnswer,
    "reconcile run": money.ReconcileAnswer,
    "reconcile apply": money.ReconcileAnswer,
    "reconcile read": money.ReadAnswer,
    "reconcile review": money.ReviewAnswer,
    "reconcile rules": money.AccountRulesAnswer,
    "reconcile dunning": money.DunningAnswer,
    "reconcile export": money.ExportAnswer,
    "reconcile profiles": money.ProfilesAnswer,
}
"""The type of what a command prints with ``--format json``, by its words.

`schema` prints JSON Schemas of others, and SARIF is a standard of its own.
"""

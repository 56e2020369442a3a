"""The files that a run of `sheetrecord reconcile` is told to write: a plan, a report."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sheetrecord.app.output_kinds import plan_file
from sheetrecord.app.reconcile.reports import report_data, report_files, report_of
from sheetrecord.app.reconcile.run import ReconcileResult
from sheetrecord.cli.output_option import read_by
from sheetrecord.core.reconcile import plan as plans
from sheetrecord.files.output import Output, guard
from sheetrecord.files.permissions import limits_of
from sheetrecord.model.errors import BadSettings
from sheetrecord.workbooks.addresses import files_of

if TYPE_CHECKING:
    from sheetrecord.cli.money.reconcile_actions import ReconcileOptions


class Files(NamedTuple):
    """The output files of a run, each checked to be writable."""

    plan: Output | None
    report: Mapping[str, Output]

    def of(self, done: ReconcileResult, words: "ReconcileOptions") -> list[tuple[Output, bytes]]:
        """Return each output file with its content for a run."""
        plan = [(self.plan, _plan(done, words))] if self.plan else []
        data = report_data(report_of(done)) if self.report else {}
        return [*plan, *((out, data[name]) for name, out in self.report.items())]


def files_for(words: "ReconcileOptions", book: str) -> Files:
    """Return the output files requested, before any work. Raises CannotWrite."""
    named = (*words.bank, *words.ledger)
    read, limits = read_by(book, *named), limits_of([*files_of([book]), *named])
    plan, report = None, {}
    if words.save_plan:
        kind = plan_file(_is_plan)
        plan = guard(words.save_plan, kind, read, force=words.force, limits=limits)
    if words.report:
        report = report_files(words.report, read, force=words.force, limits=limits)
    return Files(plan, report)


def told_of(words: "ReconcileOptions") -> list[str]:
    """Return the lines that name the files written."""
    lines = []
    if words.save_plan:
        how = f"sheetrecord reconcile apply {words.save_plan}"
        lines.append(f"{words.save_plan}: the plan. To post it: {how}")
    if words.report:
        lines.append(f"{words.report}: the report.")
    return lines


def _is_plan(data: bytes) -> bool:
    try:
        plans.load(data.decode("utf-8"))
    except (BadSettings, UnicodeDecodeError):
        return False
    return True


def _plan(done: ReconcileResult, words: "ReconcileOptions") -> bytes:
    given = {
        "profile": words.profile, "currency": words.currency, "date_order": words.date_order or "",
        "positive": words.positive or "",
        "auto": words.auto, "by": words.by, "tolerance_fee": words.tolerance_fee,
        "strict": "yes" if words.strict else "",
    }  # fmt: skip
    hashes = {"book": plans.sha(done.session.transaction.image(before=True)), **done.inputs.hashes}
    made = plans.PlanFile(hashes, done.result.posted, done.session.as_of.isoformat(), given)
    return plans.dump(made).encode()

"""A planned change of a record: what would be written, or every reason why it may not be."""

from collections.abc import Callable

from sheetrecord.app.handover import HandoverResult
from sheetrecord.formats.plan_preview import CellPreview
from sheetrecord.model.errors import NotAllowed
from sheetrecord.model.problem import Problem


class Plan:
    """What a step comes to. Nothing is written before `apply`, and then all of it or nothing."""

    def __init__(self, planned: HandoverResult, write: Callable[[], bool]) -> None:
        self._planned, self._write = planned, write

    @property
    def outcome(self) -> str:
        """What it would come to: ``promoted``, ``accepted``, ``nothing``, ``refused``..."""
        return self._planned.step.outcome

    @property
    def ok(self) -> bool:
        """Whether it may be applied."""
        return self.outcome != "refused"

    @property
    def refusals(self) -> tuple[Problem, ...]:
        """Every reason why it may not be, each with its cell and what to do."""
        return tuple(self._planned.step.refusals)

    @property
    def changes(self) -> tuple[CellPreview, ...]:
        """What would be written, cell by cell."""
        return tuple(self._planned.changes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody should know besides."""
        return tuple(self._planned.step.notes)

    def apply(self) -> bool:
        """Write it, if the workbook still is what was read, and tell whether anything changed.

        Raises NotAllowed with the first reason, ChangedElsewhere, Locked, CannotPatch and
        CannotWrite; nothing is written then.
        """
        if not self.ok:
            first = self.refusals[0]
            more = len(self.refusals) - 1
            raise NotAllowed(first.message + (f" And {more} more." if more else ""), first.do)
        return self._write()

    def __repr__(self) -> str:
        """Say what it comes to."""
        return f"<Plan {self.outcome}: {len(self.changes)} cells, {len(self.refusals)} refusals>"

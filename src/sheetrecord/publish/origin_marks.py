"""Why a line of a deal's page is believed, to be unfolded below it."""

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup, escape

from sheetrecord.core.view.changes import Change
from sheetrecord.core.view.row_origin import Locate, origin_of
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.origin import ORIGIN, origin_lines
from sheetrecord.schema.column import Row

_LONGEST = 400
"""Characters of one sentence; the workbook has the whole."""


class OriginMarks:
    """Says of a deal's rows where they come from; nothing for an audience that is not told.

    ``changes`` are the deal's differences from what was sold, as its audience may see them.
    """

    def __init__(
        self,
        marks: ValueFormatter,
        locate: Locate | None,
        changes: Iterable[Change],
        currency: str,
    ) -> None:
        self.marks, self.locate, self.currency = marks, locate, currency
        self.changed: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            if change.edited is not None and change.row_id:
                self.changed[change.row_id].append(change)

    def __call__(self, row: Row) -> Markup:
        """Return the origin of a row, folded away."""
        if self.locate is None:
            return Markup()
        settings = self.marks.settings
        found = origin_of(row, self.locate)
        changed = tuple(self._edited(one) for one in self.changed.get(row.id, ()))
        lines = origin_lines(found, settings, self.marks.written, changed)
        told = Markup("<br>").join(escape(line[:_LONGEST]) for line in lines)
        title = ORIGIN[settings.language]["why"]
        return Markup(
            '<details class="why"><summary>{}</summary><p class="meta">{}</p></details>'
        ).format(title, told)

    def _edited(self, change: Change) -> str:
        return self.marks.edited(change.edited, self.currency) if change.edited else ""

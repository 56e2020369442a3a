"""Why a line of a deal's page is believed, to be unfolded below it, with the cell that says it."""

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup, escape

from sheetrecord.core.view.cell_links import BookPlace, app_link, web_link
from sheetrecord.core.view.changes import Change
from sheetrecord.core.view.row_origin import Locate, origin_of
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.origin import ORIGIN, origin_lines
from sheetrecord.schema.column import Row
from sheetrecord.schema.deal import Deal

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
        book: BookPlace,
        changes: Iterable[Change],
        currency: str,
    ) -> None:
        self.marks, self.locate, self.book, self.currency = marks, locate, book, currency
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
        words = found._replace(address="")
        lines = origin_lines(words, settings, self.marks.written, changed)
        said = [escape(line[:_LONGEST]) for line in lines]
        told = Markup("<br>").join([*said, self._cell(found.address)])
        title = ORIGIN[settings.language]["why"]
        return Markup(
            '<details class="why"><summary>{}</summary><p class="meta">{}</p></details>'
        ).format(title, told)

    def deal(self, deal: Deal) -> Markup:
        """Return where a deal's own row stands, and the ways there."""
        if self.locate is None:
            return Markup()
        place = self._cell(self.locate(deal.sheet, deal.row, "deal_id", deal.deal_id))
        if app := app_link(self.book.url):
            word = self.marks.words["open_app"]
            place += Markup(' · <a href="{}" data-app>{}</a>').format(app, word)
        return Markup(
            '<p class="meta place">{}<span data-beside></span><br>{} <span data-asof></span></p>'
        ).format(place, self.marks.words["cells_as_of"])

    def _cell(self, address: str) -> Markup:
        """Return an address that can be copied, and the link that opens it, if there is one."""
        before, _, after = ORIGIN[self.marks.settings.language]["place"].partition("{where}")
        told = Markup('{}<code data-copy="{}">{}</code>{}').format(before, address, address, after)
        if link := web_link(self.book.url, address):
            words = self.marks.words["open_web"]
            told += Markup(' · <a href="{}" rel="noopener noreferrer">{}</a>').format(link, words)
        return told

    def _edited(self, change: Change) -> str:
        return self.marks.edited(change.edited, self.currency) if change.edited else ""

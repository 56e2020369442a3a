"""The work list as the pages' scripts read it: `data/list.js` and `data/words.js`.

`data/list.js` names its columns once and has a row for each live deal; a column that an audience
may not see is not there. A text that several cells hold stands once in ``texts``; such a cell is
its number in brackets. A day is a whole number, as spreadsheets count days, 0 for none; an amount
is in minor units of its currency.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.sanitise import flat
from sheetrecord.core.view.worklist import NextStep, WorkRow
from sheetrecord.model.money import exponent
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.words.work import work_words
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import Settings

KINDS: Final = ("owed", "kept", "planned", "hanging")
"""The kinds of money to come, in the order in which `data/list.js` numbers them."""

_FIRST: Final = dt.date(1899, 12, 30)
_LONGEST: Final = 110
"""Characters of a step or a reason; the deal's page has all of it."""

_LABELS: Final = ("status", "stage", "handover_state", "ageing")
_OTHER_WORDS: Final = (
    "day",
    "thousands",
    "point",
    "unnamed",
    "no_page",
    "deal",
    "as_of",
    "today",
    "client",
)


class ListColumn(NamedTuple):
    """A column of `data/list.js`: what an audience must see to get it, and a row's value."""

    name: str
    needs: tuple[str, str]
    value: Callable[[WorkRow, "WorkListWriter"], object]


def serial(day: dt.date | None) -> int:
    """Return a day as spreadsheets count it, 0 for none.

    >>> serial(dt.date(2026, 6, 30))
    46203
    """
    return (day - _FIRST).days if day else 0


def short(text: str) -> str:
    """Return a text on one line, cut where it is too long for a row."""
    text = flat(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _lines(row: WorkRow, _: "WorkListWriter") -> list[list[object]]:
    found = []
    for line in row.lines:
        told: list[object] = [serial(line.on), line.amount, KINDS.index(line.kind)]
        found.append(told if line.currency == row.currency else [*told, line.currency])
    return found


COLUMNS: Final = (
    ListColumn("id", ("Deal", "deal_id"), lambda row, _: row.deal_id),
    ListColumn("page", ("Deal", "deal_id"), lambda row, to: to.page(row.deal_id)),
    ListColumn("name", ("Deal", "deal_name"), lambda row, _: short(row.name)),
    ListColumn("client", ("Deal", "client"), lambda row, _: flat(row.client)),
    ListColumn("lead", ("Deal", "ops_owner"), lambda row, _: flat(row.lead)),
    ListColumn("status", ("Deal", "stage"), lambda row, _: row.status),
    ListColumn("step", ("Deal", "deal_id"), lambda row, to: to.step(row.step)),
    ListColumn("step_on", ("Deal", "deal_id"), lambda row, _: serial(row.step and row.step.on)),
    ListColumn("deadline", ("Deal", "real_deadline"), lambda row, _: serial(row.deadline)),
    ListColumn("why", ("Context", "driver"), lambda row, _: short(row.why)),
    ListColumn("gap", ("Deal", "date_gap_days"), lambda row, _: row.gap or 0),
    ListColumn("issues", ("Project", "severity"), lambda row, _: row.issues),
    ListColumn("unpriced", ("Deal", "unpriced_exposure"), lambda row, _: row.unpriced),
    ListColumn("cur", ("Deal", "currency"), lambda row, _: row.currency),
    ListColumn("lines", ("Fees", "gross"), _lines),
    ListColumn("promise_on", ("Commitments", "progress"), lambda row, _: serial(row.promise_on)),
    ListColumn("handover", ("Deal", "handover_state"), lambda row, _: row.handover),
    ListColumn("handover_on", ("Deal", "handover_on"), lambda row, _: serial(row.handover_on)),
    ListColumn("conflicts", ("Deal", "handover_state"), lambda row, _: row.conflicts),
    ListColumn("promised", ("Commitments", "share"), lambda row, _: row.promised),
)
"""Every column of the list. Who promised what is for those who see how far a row may travel."""


class WorkListWriter:
    """Writes rows for one audience, and the words around them."""

    def __init__(self, audience: Audience, marks: ValueFormatter, hrefs: Mapping[str, str]) -> None:
        self.audience, self.marks, self.hrefs = audience, marks, hrefs
        self.columns = [column for column in COLUMNS if self.sees(*column.needs)]

    def sees(self, sheet: str, key: str) -> bool:
        """Tell whether the audience sees a column of the record."""
        grant = self.audience.grants.get(sheet)
        return grant is not None and key in grant.columns

    def page(self, deal_id: str) -> int | str:
        """Return 1 for a page that is called as its deal, 0 for none, else the page's path."""
        path = self.hrefs.get(deal_id, "")
        return int(bool(path)) if path in {"", f"deals/{deal_id}.html"} else path

    def step(self, step: NextStep | None) -> str:
        """Return what is to be done next, in words."""
        if step is None:
            return ""
        if step.what == "chase":
            return short(self.marks.say("ask_again", what=self.marks.label(step.text, "kind")))
        if step.what == "invoice":
            return short(self.marks.say("to_invoice", what=step.text))
        return short(step.text)

    def rows(self, found: Sequence[WorkRow]) -> list[list[object]]:
        """Return the cells of each row; blank ones at its end are left out."""
        told = []
        for row in found:
            cells = [column.value(row, self) for column in self.columns]
            while cells and cells[-1] in (0, "", (), []):
                cells.pop()
            told.append(cells)
        return told

    def list_js(self, found: Sequence[WorkRow], changes: object = None) -> bytes:
        """Return `data/list.js`."""
        heads = [column.name for column in self.columns]
        texts, rows = _shared(self.rows(found))
        told: dict[str, object] = {"v": 1, "heads": heads, "texts": texts, "rows": rows}
        if changes is not None:
            told["changes"] = changes
        return f"globalThis.sheetrecordList={_json(told)};\n".encode()


def _shared(rows: list[list[object]]) -> tuple[list[str], list[list[object]]]:
    """Return the texts that several cells hold, and the rows with [number] where one stood."""
    counts = Counter(cell for row in rows for cell in row[2:] if isinstance(cell, str) and cell)
    texts = [text for text, count in counts.items() if count > 1 and len(text) > 4]
    place: dict[object, list[int]] = {text: [at] for at, text in enumerate(texts)}

    def short_of(cell: object) -> object:
        return place.get(cell, cell) if isinstance(cell, str) else cell

    return texts, [[*row[:2], *map(short_of, row[2:])] for row in rows]


def words_js(
    words: Mapping[str, str], settings: Settings, currencies: Sequence[str], *, labels: bool
) -> bytes:
    """Return `data/words.js`: the words, labels and decimal places that the scripts need.

    The firm's own words of its lists are for those of the firm.
    """
    texts = {key: words[key] for key in (*work_words("en"), *_OTHER_WORDS)}
    told: dict[str, object] = {"w": texts, "months": words["months"].split()}
    if labels:
        named = {enum: {c: settings.label(enum, c) for c in ENUMS[enum]} for enum in _LABELS}
        named["stage"] |= {
            code: text for (enum, code), text in settings.labels.items() if enum == "stage"
        }
        told["labels"] = named
    places = {currency: exponent(currency) for currency in currencies}
    told["places"] = places
    return f"globalThis.sheetrecordWords={_json(told)};\n".encode()


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def currencies(views: Sequence[DealView]) -> list[str]:
    """Return the currencies of the deals and their fee lines, sorted."""
    found = {fee.currency for view in views for fee in view.rows.fees}
    return sorted({*found, *(view.rows.currency for view in views)} - {""})

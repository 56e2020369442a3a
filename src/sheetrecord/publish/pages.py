"""Render pages from templates; every value is escaped unless it is markup made here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from typing import Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheetrecord.core.view.audiences import EVERY_LEVEL, Audience
from sheetrecord.core.view.cell_links import NOWHERE, BookPlace
from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.overview import Overview
from sheetrecord.core.view.row_origin import Locate
from sheetrecord.core.view.uncertain_owner import Doubt
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.core.view.worklist import WorkRow
from sheetrecord.publish.absence import AbsenceSentences
from sheetrecord.publish.by_month import by_month
from sheetrecord.publish.changed import NEVER_COMPARED, ChangedLines
from sheetrecord.publish.charts import ageing_bars, count_bars, timeline, waterfall
from sheetrecord.publish.due import NOTHING_DUE, DueLines
from sheetrecord.publish.file_names import anchor
from sheetrecord.publish.finished import FinishedPage
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.origin_marks import OriginMarks
from sheetrecord.publish.uncertain_owner import doubt_lines
from sheetrecord.publish.unread_cells import unread_lines
from sheetrecord.publish.work_page import money_cell, status_chip, work_page
from sheetrecord.publish.worklist import WorkListWriter
from sheetrecord.schema.column import Kind
from sheetrecord.schema.commitments import decision_open
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.packs import pack
from sheetrecord.schema.record import Settings
from sheetrecord.schema.sheets import SHEETS

STATUS_TONE: Final = {"on_track": "good", "at_risk": "warn", "off_track": "late", "done": "good"}
_SALE: Final = (
    "next_step",
    "next_step_on",
    "expected_close",
    "lost_reason",
    "lost_to",
    "source",
    "crm_ref",
)
_TERMS: Final = ("paper", "notice_by", "hours_sold", "note")
"""Columns of a deal that its page lists last, for those who may see them."""

_TURNS_LATE: Final = frozenset(("notice", "milestone", "success", "promise", "duty", "check"))
"""Days on a timeline that are late once they have passed; others are simply over."""

PAY_TONE: Final = {
    "disputed": "late",
    "ready": "due",
    "paid": "good",
    "overpaid": "due",
}


def read_asset(name: str) -> bytes:
    """Return a static asset. Raises OSError when it is missing from the installation."""
    return resources.files("sheetrecord.publish").joinpath("assets", name).read_bytes()


@cache
def _environment() -> Environment:
    """Return the templates, compiled once in a process."""
    return Environment(
        loader=PackageLoader("sheetrecord.publish"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class BehindPages(NamedTuple):
    """What pages tell of the workbook itself: where its cells and the file are, what is unread.

    ``digests`` are whose digests stand beside the pages, and where.
    """

    locate: Locate | None = None
    book: BookPlace = NOWHERE
    unread: Sequence[UnreadCell] = ()
    digests: Sequence[tuple[str, str]] = ()

    def unread_of(self, page: str, deal_id: str = "") -> list[UnreadCell]:
        """Return the cells that a page lacks; of a deal's page its own."""
        if deal_id:
            return [one for one in self.unread if one.deal_id == deal_id]
        if page == "calendar":
            return [one for one in self.unread if one.sheet != "Fees"]
        if page == "money":
            return [one for one in self.unread if one.first or one.sheet == "Fees"]
        return list(self.unread)


NOTHING_BEHIND: Final = BehindPages()


class Renderer:
    """Renders views as pages for one audience and language."""

    def __init__(
        self,
        settings: Settings,
        audience: Audience,
        words: Mapping[str, str],
        brand: str = "",
        behind: BehindPages = NOTHING_BEHIND,
    ) -> None:
        self._behind = behind
        self.settings, self.audience, self.words = settings, audience, words
        self.marks = ValueFormatter(settings, words)
        self._always = {
            "w": words,
            "m": self.marks,
            "asof": settings.asof,
            "language": settings.language,
            "audience": audience.name,
            "whom": audience.called_in(settings.language),
            "outside": audience.outside,
            "brand": brand,
            "shown_pages": shown_pages(audience),
            "has": _seen(audience),
            "tone": STATUS_TONE,
            "paid": self._paid,
        }

    def deal(
        self,
        view: DealView,
        links: Mapping[str, str],
        revision: str,
        unsure: Sequence[Doubt] = (),
    ) -> bytes:
        """Render one deal's page; ``unsure`` are reasons why its owner is uncertain."""
        deal = view.rows.deal
        owed = [fee.due_on for fee in view.rows.fees if (fee.outstanding or 0) > 0 and fee.due_on]
        return self._render(
            "deal.html.jinja",
            root="../",
            v=view,
            name=deal.deal_name or self.words["unnamed"],
            links=links,
            brief=links["brief"],
            prior=links["prior"],
            why=OriginMarks(self.marks, *self._behind[:2], view.changes, deal.currency),
            revision=revision,
            line=timeline(view.events),
            fall=waterfall(view.purse),
            fees=sorted(view.rows.fees, key=_fee_order),
            oldest=min(owed, default=None),
            turns_late=_TURNS_LATE,
            undecided=[row for row in view.promises if decision_open(row)],
            terms=list(self._told(view, _TERMS)),
            sale=list(self._told(view, _SALE)),
            doubts=self._doubts(unsure),
            missing=self._missing("deal", view.rows.id),
            anchor=_Anchors(),
            heard=AbsenceSentences(view, self.marks, whole=self.audience.levels >= EVERY_LEVEL),
        )

    def _paid(self, fee: Fees) -> Markup:
        """Return how far an invoice is paid; the script says it is late once it is."""
        code = fee.pay_status
        if not code:
            return Markup()
        late = {"invoiced": "overdue", "part_paid": "part_paid_overdue"}.get(code)
        told = Markup('<span class="{}"').format(f"chip {PAY_TONE.get(code, '')}".strip())
        if late and fee.due_on and (fee.outstanding or 0) > 0:
            told += Markup(' data-on="{}" data-then="late" data-say="{}"').format(
                fee.due_on, self.marks.label(late, "pay_status")
            )
        return told + Markup(">{}</span>").format(self.marks.label(code, "pay_status"))

    def _missing(self, page: str, deal_id: str = "") -> list[str]:
        """Return what is said of cells that nobody can read."""
        return unread_lines(self._behind.unread_of(page, deal_id), self.words)

    def _doubts(self, unsure: Sequence[Doubt]) -> list[str]:
        return doubt_lines(unsure, self.words, pack(self.settings.language).sheets["Deal"])

    def _told(self, view: DealView, keys: Sequence[str]) -> Iterator[tuple[str, object]]:
        """Yield cells of the deal that are filled, with the names that their columns have."""
        deal = view.rows.deal
        names = pack(self.settings.language).columns["Deal"]
        for key in keys:
            column, value = Deal.by_key[key], deal.get(key)
            if not value:
                continue
            if column.kind is Kind.DATE:
                value = self.marks.day(value)
            elif column.kind is Kind.ENUM:
                value = self.marks.label(value, column.enum)
            elif column.kind is Kind.NUMBER:
                value = f"{value:g}"
            yield names[key], self.marks.prose(value)

    def client_index(self, views: Sequence[DealView], hrefs: Mapping[str, str]) -> bytes:
        """Render the index of an audience that is not of the firm: its projects and invoices."""
        found = sorted(views, key=_by_end)
        bills = [(view, fee) for view in found for fee in view.rows.fees]
        bills.sort(key=lambda bill: _fee_order(bill[1]))
        return self._render(
            "client.html.jinja",
            root="",
            here="client",
            views=found,
            href=hrefs,
            bills=bills,
            open_sums=_open_sums(bills),
            clients=sorted({view.rows.deal.client for view in found}),
        )

    def work(
        self,
        rows: Sequence[WorkRow],
        writer: WorkListWriter,
        stamp: str,
        unsure: Sequence[Doubt] = (),
        due: DueLines = NOTHING_DUE,
        changed: ChangedLines = NEVER_COMPARED,
    ) -> bytes:
        """Render the work list, with what is uncertain above it and what is due below."""
        asof = self.settings.asof
        page = work_page(rows, writer, asof)
        return self._render(
            "work.html.jinja",
            root="",
            here="work",
            stamp=stamp,
            href=defaultdict(str, writer.hrefs),
            doubts=self._doubts(unsure),
            missing=self._missing("work"),
            due=due,
            changed=changed.told(self.marks, asof),
            step=writer.step,
            status=partial(status_chip, marks=self.marks),
            to_come=partial(money_cell, day=asof, marks=self.marks),
            months=by_month(rows, self.marks),
            digests=self._behind.digests,
            **page._asdict(),
        )

    def scripted(self, here: str, title: str) -> bytes:
        """Render a page that its script makes from the list; ``title`` is the key of its words."""
        missing = self._missing(here)
        told = {"here": here, "title": title, "missing": missing}
        return self._render("scripted.html.jinja", root="", **told)

    def finished(self, page: FinishedPage, pages: Sequence[FinishedPage]) -> bytes:
        """Render a page of finished deals."""
        return self._render("finished.html.jinja", root="", here="finished", page=page, pages=pages)

    def owner(self, told: Overview, hrefs: Mapping[str, str], stamp: str) -> bytes:
        """Render the owner's page."""
        counts = [(gap.what, gap.times) for gap in told.gaps]
        return self._render(
            "owner.html.jinja",
            root="",
            here="owner",
            o=told,
            missing=self._missing("owner"),
            href=hrefs,
            stamp=stamp,
            fall=[waterfall(cash.purse) for cash in told.cash],
            late=[ageing_bars(cash.ageing) for cash in told.cash],
            gap_bars=list(zip(told.gaps, count_bars(counts), strict=True)),
            where=count_bars(told.where),
            why=count_bars(told.why),
        )

    def _render(self, template: str, **told: object) -> bytes:
        text = _environment().get_template(template).render(self._always, **told)
        return text.encode("utf-8", "replace")


def shown_pages(audience: Audience) -> frozenset[str]:
    """Return the pages that an audience's site has beside the deals: what it may see decides."""
    if audience.outside:
        return frozenset()
    deal, fees = (audience.grants.get(sheet) for sheet in ("Deal", "Fees"))
    found = {"work", "finished"}
    if deal is not None and "real_deadline" in deal.columns:
        found.add("calendar")
    if fees is not None and "gross" in fees.columns:
        found.add("money")
    return frozenset(found | ({"owner"} & audience.pages))


class _Anchors:
    """Gives each row its anchor the first time that it is shown on a page."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def __call__(self, row: Any) -> Markup:
        name = anchor(row.id)
        if not name or name in self._given:
            return Markup()
        self._given.add(name)
        return Markup(' id="{}"').format(name)


def _seen(audience: Audience) -> dict[str, dict[str, bool]]:
    """Return, by sheet and column, whether the audience may see it."""
    return {
        sheet: {
            column.key: sheet in audience.grants and column.key in audience.grants[sheet].columns
            for column in declared.columns
        }
        for sheet, declared in SHEETS.items()
    }


def _by_end(view: DealView) -> tuple[bool, dt.date, str]:
    """Sort key of a client's projects: what is running first, the latest end first."""
    end = view.rows.deal.contract_end or view.rows.deal.signed_on or dt.date.min
    return view.part != "delivery", dt.date.min + (dt.date.max - end), view.rows.id


def _open_sums(bills: Sequence[tuple[DealView, Any]]) -> list[tuple[str, int, int]]:
    """Return what was invoiced and what is outstanding, by currency; currencies are never added."""
    found: dict[str, list[int]] = {}
    for _, fee in bills:
        sums = found.setdefault(fee.currency, [0, 0])
        sums[0] += fee.gross or 0
        sums[1] += fee.outstanding or 0
    return [(currency, sums[0], sums[1]) for currency, sums in sorted(found.items())]


def _fee_order(fee: Any) -> tuple[str, str]:
    day = fee.invoiced_on or fee.planned_on
    return day.isoformat() if day else "9999", fee.fee_id

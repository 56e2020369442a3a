"""Render pages from templates; every value is escaped unless it is markup made here."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheetrecord.core.view.audiences import EVERY_LEVEL, Audience
from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.index_part import PARTS
from sheetrecord.core.view.overview import Overview
from sheetrecord.core.view.uncertain_owner import Doubt
from sheetrecord.publish.absence import AbsenceSentences
from sheetrecord.publish.cards import card, card_columns, card_order, pageless
from sheetrecord.publish.charts import ageing_bars, count_bars, timeline, waterfall
from sheetrecord.publish.due import NOTHING_DUE, DueLines
from sheetrecord.publish.file_names import anchor
from sheetrecord.publish.format_values import ValueFormatter
from sheetrecord.publish.uncertain_owner import doubt_lines
from sheetrecord.schema.column import Kind
from sheetrecord.schema.commitments import decision_open
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.packs import pack
from sheetrecord.schema.record import Record, Settings
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

PAY_TONE: Final = {
    "overdue": "late",
    "part_paid_overdue": "late",
    "disputed": "late",
    "ready": "due",
    "paid": "good",
    "overpaid": "due",
}


@cache
def design_digest() -> str:
    """Return a digest of the templates, assets and code that produce the pages."""
    digest = blake2b(digest_size=16)
    for package in ("sheetrecord.publish", "sheetrecord.core.view", "sheetrecord.core.absence"):
        _add(resources.files(package), digest)
    return digest.hexdigest()


def _add(folder: Any, digest: Any) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(entry, digest)
        elif entry.is_file():
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())


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


class Renderer:
    """Renders views as pages for one audience and language."""

    def __init__(self, settings: Settings, audience: Audience, words: Mapping[str, str]) -> None:
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
            "has_owner": "owner" in audience.pages,
            "has": _seen(audience),
            "tone": STATUS_TONE,
            "pay": PAY_TONE,
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
        oldest = max((fee.days_overdue or 0 for fee in view.rows.fees), default=0)
        return self._render(
            "deal.html.jinja",
            root="../",
            v=view,
            name=deal.deal_name or self.words["unnamed"],
            links=links,
            brief=links["brief"],
            prior=links["prior"],
            revision=revision,
            line=timeline(view.events),
            fall=waterfall(view.purse),
            late=ageing_bars(view.ageing),
            fees=sorted(view.rows.fees, key=_fee_order),
            oldest=int(oldest),
            undecided=[row for row in view.promises if decision_open(row)],
            terms=list(self._told(view, _TERMS)),
            sale=list(self._told(view, _SALE)),
            doubts=self._doubts(unsure),
            anchor=_Anchors(),
            heard=AbsenceSentences(view, self.marks, whole=self.audience.levels >= EVERY_LEVEL),
        )

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

    def index(
        self,
        record: Record,
        views: Sequence[DealView],
        hrefs: Mapping[str, str],
        stamp: str,
        unsure: Sequence[Doubt] = (),
        due: DueLines = NOTHING_DUE,
    ) -> bytes:
        """Render the index: deals by part, with uncertain owners and what is due above them."""
        columns = card_columns(self.audience)
        parts = []
        outside = self.audience.outside
        for part in ("all",) if outside else PARTS:
            found = sorted((v for v in views if outside or v.part == part), key=card_order)
            cards = [card(v, hrefs[v.rows.id], columns, self.marks) for v in found]
            cards += pageless(record, part, self.words)
            if cards:
                parts.append((part, cards))
        told = {"parts": parts, "columns": columns, "doubts": self._doubts(unsure), "due": due}
        return self._render("index.html.jinja", root="", stamp=stamp, **told)

    def owner(self, told: Overview, hrefs: Mapping[str, str], stamp: str) -> bytes:
        """Render the owner's page."""
        counts = [(gap.what, gap.times) for gap in told.gaps]
        return self._render(
            "owner.html.jinja",
            root="",
            o=told,
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


def _fee_order(fee: Any) -> tuple[str, str]:
    day = fee.invoiced_on or fee.planned_on
    return day.isoformat() if day else "9999", fee.fee_id

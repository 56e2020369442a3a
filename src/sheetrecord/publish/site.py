"""The pages of a site, each with a digest of its content and a function that renders it."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from sheetrecord import __version__
from sheetrecord.core.find import entries
from sheetrecord.core.reminders import DueItem
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.cell_links import NOWHERE, BookPlace
from sheetrecord.core.view.changes import Change
from sheetrecord.core.view.dayless import NO_DAY, dayless
from sheetrecord.core.view.deal import DealView, deal_view
from sheetrecord.core.view.index_part import part_by_stage
from sheetrecord.core.view.overview import overview
from sheetrecord.core.view.remembered import Remembered
from sheetrecord.core.view.row_origin import SAID_IN, Locate
from sheetrecord.core.view.uncertain_owner import Doubt
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.core.view.worklist import LIVE, WorkRow, bare_row, work_rows
from sheetrecord.publish.changed import NEVER_COMPARED, ChangedLines
from sheetrecord.publish.design import design_digest
from sheetrecord.publish.due import due_lines
from sheetrecord.publish.file_names import anchor, page_names
from sheetrecord.publish.finished import FinishedDeal, finished_pages
from sheetrecord.publish.pages import BehindPages, Renderer, read_asset, shown_pages
from sheetrecord.publish.was import WAS, changed_lines, for_scripts, write_was
from sheetrecord.publish.words import words
from sheetrecord.publish.worklist import WorkListWriter, currencies, words_js
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.record import Record

SCRIPTED = frozenset(("calendar", "money", "owner"))
"""Pages with a script of their own, which is called as they are."""

_PER_SHARD = 256
"""About how many deals share one file of the search."""


class Page(NamedTuple):
    """One file of a site. Equal digests mean equal bytes; ``render`` is called only when needed."""

    path: str
    digest: str
    render: Callable[[], bytes]


class Provenance(NamedTuple):
    """The source of a site: its name and revision, and who published it.

    ``doubts`` are the deals there whose owner is uncertain.
    """

    source: str
    revision: str
    by: str
    doubts: tuple[Doubt, ...] = ()


class SiteContent(NamedTuple):
    """What a site tells besides the record, narrowed to its audience.

    ``sold`` is what differs from the as-sold baseline by deal, ``due`` what is to be said by now,
    ``conflicts`` a deal's id for each open conflict, ``was`` what is remembered of
    earlier publications; None for those who are not told. ``locate`` finds a cell of the workbook,
    for those who are told where each line stands, and ``book`` is where they find the workbook.
    ``unread`` are cells that nobody can read; the pages of an audience outside do not name them.
    ``digests`` are whose digests stand beside the site, and where.
    """

    sold: Mapping[str, Sequence[Change]] = MappingProxyType({})
    due: Sequence[DueItem] = ()
    conflicts: Sequence[str] = ()
    was: Remembered | None = None
    locate: Locate | None = None
    book: BookPlace = NOWHERE
    unread: Sequence[UnreadCell] = ()
    digests: Sequence[tuple[str, str]] = ()


class Site:
    """A site for one audience of a record that was narrowed to it.

    ``briefs`` maps deal ids to the path of a handover brief, from the site's folder.
    """

    def __init__(
        self,
        record: Record,
        audience: Audience,
        stamp: Provenance,
        briefs: Mapping[str, str],
        told: SiteContent | None = None,
    ) -> None:
        told = told or SiteContent()
        self._sold, self._due = told.sold, told.due
        self._conflicts, self._was = told.conflicts, told.was
        book = told.book if told.locate else NOWHERE
        self._behind = BehindPages(
            told.locate, book, () if audience.outside else told.unread, told.digests
        )
        self.record, self.audience, self.stamp, self.briefs = record, audience, stamp, briefs
        self.words = words(record.settings.language)
        self.hrefs = page_names(record.by_deal)
        self._base = blake2b(digest_size=16)
        self._base.update(f"{__version__} {design_digest()}".encode())
        settings = record.settings
        labels = sorted(settings.labels.items())
        grants = [(sheet, sorted(grant.columns)) for sheet, grant in audience.grants.items()]
        shown = (audience.name, grants, settings.currency, settings.language, labels, self._heads())
        self._base.update(repr(shown).encode("utf-8", "surrogatepass"))

    @cached_property
    def views(self) -> list[DealView]:
        """The view of every deal that has a page."""
        settings = self.record.settings
        return [
            deal_view(rows, settings, self._sold.get(deal_id))
            for deal_id, rows in self.record.by_deal.items()
        ]

    @cached_property
    def pages_of_deals(self) -> list[DealView]:
        """The same without what only the day decides: what deals' pages and the search are of."""
        settings = self.record.settings._replace(asof=NO_DAY)
        return [
            deal_view(dayless(rows), settings, self._sold.get(deal_id))
            for deal_id, rows in self.record.by_deal.items()
        ]

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer, made when the first page is rendered."""
        brand = self.stamp.source.rpartition(".")[0] or self.stamp.source
        return Renderer(self.record.settings, self.audience, self.words, brand, self._behind)

    def _heads(self) -> list[str]:
        """Return where columns stand that a page names cells of: when they move, so do these."""
        locate, book = self._behind[:2]
        if locate is None:
            return []
        heads = [locate(sheet, 1, key, "") for sheet, key in SAID_IN.items()]
        return [*heads, book.url]

    @cached_property
    def writer(self) -> WorkListWriter:
        """What writes the work list for the scripts."""
        return WorkListWriter(self.audience, self.renderer.marks, self.hrefs)

    @cached_property
    def _changed(self) -> ChangedLines:
        if self._was is None:
            return NEVER_COMPARED
        return changed_lines(self._was, self.record, self.renderer.marks, self.writer)

    @cached_property
    def rows(self) -> list[WorkRow]:
        """The rows of the work list, those of deals without a page last."""
        found = work_rows(self.views, self.record.settings.asof, self._conflicts)
        return [*found, *(bare_row(deal) for deal in self.pageless if lives(deal))]

    @cached_property
    def pageless(self) -> list[Deal]:
        """Deals without an id, or with one that stands twice."""
        by_deal = self.record.by_deal
        first = {id(rows.deal) for rows in by_deal.values()}
        return [deal for deal in self.record.deals if id(deal) not in first]

    def pages(self) -> Iterator[Page]:
        """Yield every page: deals first, then the index and what stands beside it."""
        digests = {}
        for view in self.pages_of_deals:
            page = self._deal(view)
            digests[view.rows.id] = page.digest
            yield page
        yield from self._shards(digests)
        names = ["view.css", "view.js", "icon.svg"]
        if self.audience.outside:
            yield self._page("index.html", "".join(digests.values()), self._client_index)
        else:
            yield from self._lists(digests)
            names += ["rows.js", "draw.js", "work.js"]
            names += [f"{one}.js" for one in sorted(shown_pages(self.audience) & SCRIPTED)]
        inside = not self.audience.outside
        words = words_js(self.words, self.record.settings, currencies(self.views), labels=inside)
        yield self._page("data/words.js", words.decode(), lambda: words)
        for name in names:
            yield self._page(name, "", partial(read_asset, name))
        yield self._page(
            "data/asof.js", repr((self.stamp, self._day, self._behind.book.beside)), self._asof
        )

    def _lists(self, digests: Mapping[str, str]) -> Iterator[Page]:
        """Yield the work list, what is finished, and the pages that scripts make of the list."""
        shown = shown_pages(self.audience)
        told = self.writer.list_js(self.rows, for_scripts(self._changed) if self._was else None)
        if self._was is not None:
            was = write_was(self._was)
            yield self._page(WAS, was.decode(), lambda: was)
        yield self._page("data/list.js", told.decode(), lambda: told)
        unread = self._behind.unread
        told_beside = (unread, self._behind.digests)
        index = repr((self.stamp, self._day, self._due, self.rows, self._changed, *told_beside))
        yield self._page("index.html", index, self._work)
        if "calendar" in shown:
            yield self._scripted("calendar", "calendar")
        if "money" in shown:
            yield self._scripted("money", "money_page")
        old = finished_pages(
            self.views, self.hrefs, [ended(d) for d in self.pageless if not lives(d)]
        )
        paths = [one.path for one in old]
        for one in old:
            yield self._page(
                one.path, repr((one, paths)), partial(self.renderer.finished, one, old)
            )
        if "owner" in shown:
            gaps = repr(self.record.gaps)
            everything = "".join(digests.values()) + repr((self.stamp, self._day, unread)) + gaps
            yield self._page("owner.html", everything, self._owner)

    def _scripted(self, name: str, title: str) -> Page:
        told = repr(self._behind.unread_of(name))
        return self._page(f"{name}.html", told, partial(self.renderer.scripted, name, title))

    def _page(self, path: str, shown: str, render: Callable[[], bytes]) -> Page:
        digest = self._base.copy()
        digest.update(f"{path}\0{shown}".encode("utf-8", "surrogatepass"))
        return Page(path, digest.hexdigest(), render)

    def _deal(self, view: DealView) -> Page:
        rows = view.rows
        prior = self.hrefs.get(rows.deal.prior_deal_id, "")
        brief = self.briefs.get(rows.id, "")
        sold = self._sold.get(rows.id, ())
        parts = [tuple(rows.deal), *(tuple(row) for part in rows[1:5] for row in part)]
        unsure = [one for one in self.stamp.doubts if rows.id in one.deals]
        unread = self._behind.unread_of("deal", rows.id)
        shown = (parts, prior, brief, sold, *unsure, *unread)
        page = self._page(self.hrefs[rows.id], repr(shown), bytes)
        revision = page.digest[:10]
        links = {"prior": prior and f"../{prior}", "brief": brief and f"../{brief}"}
        return page._replace(render=lambda: self.renderer.deal(view, links, revision, unsure))

    def _client_index(self) -> bytes:
        return self.renderer.client_index(self.pages_of_deals, self.hrefs)

    def _work(self) -> bytes:
        due = due_lines(self._due, self.record, self.hrefs)
        unsure = self.stamp.doubts
        told = (self.rows, self.writer, self.stamp_text, unsure, due, self._changed)
        return self.renderer.work(*told)

    def _owner(self) -> bytes:
        told = overview(self.record, self.views)
        return self.renderer.owner(told, self.hrefs, self.stamp_text)

    @property
    def stamp_text(self) -> str:
        """The line that says when, from what and by whom the site was made."""
        day = self.renderer.marks.day(self.record.settings.asof)
        return f"{self.words['as_of']} {day} · {self.origin}"

    @property
    def origin(self) -> str:
        """The part of `stamp_text` that does not depend on the date."""
        w = self.words
        source = f"{w['made_from']} {self.stamp.source}, " if self.stamp.source else ""
        by = f" · {w['made_by']} {self.stamp.by}" if self.stamp.by else ""
        return f"{source}{w['revision']} {self.stamp.revision}{by}"

    @property
    def _day(self) -> dt.date:
        return self.record.settings.asof

    def _asof(self) -> bytes:
        day = self.renderer.marks.day(self._day)
        told = {"day": self._day.isoformat(), "text": f"{self.words['as_of']} {day}"}
        told["made"] = self.origin
        if self._behind.book.beside:
            told["book"] = self._behind.book.beside
        return f"globalThis.sheetrecordAsof={json.dumps(told)};\n".encode()

    def _shards(self, digests: Mapping[str, str]) -> Iterator[Page]:
        """Yield the search's data, split so that one changed deal changes one small file."""
        count = 1
        while count * _PER_SHARD < len(self.pages_of_deals):
            count *= 2
        shards: list[list[DealView]] = [[] for _ in range(count)]
        for view in self.pages_of_deals:
            digest = blake2b(view.rows.id.encode("utf-8", "surrogatepass"), digest_size=4).digest()
            shards[int.from_bytes(digest, "big") % count].append(view)
        for number, deals in enumerate(shards):
            shown = "".join(digests[view.rows.id] for view in deals)
            yield self._page(f"data/find-{number}.js", shown, partial(self._shard, number, deals))
        head = f"globalThis.sheetrecordShards = {count};\n".encode()
        yield self._page("data/find.js", str(count), lambda: head)

    def _shard(self, number: int, deals: Sequence[DealView]) -> bytes:
        told = [self._found(view) for view in deals]
        data = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
        return f"globalThis.sheetrecordShard({number}, {data});\n".encode()

    def _found(self, view: DealView) -> list[object]:
        rows = []
        title = ""
        for entry in entries(view.rows, self.record.settings):
            title = entry.title
            when = entry.when.isoformat() if entry.when else ""
            at = anchor(entry.row_id) if entry.sheet != "Deal" else ""
            told = (entry.kind, entry.text, entry.who, when, entry.source, entry.outcome)
            rows.append([at, *told, int(entry.settled)])
        return [title, self.hrefs[view.rows.id], rows]


def lives(deal: Deal) -> bool:
    """Tell whether a deal of which only its own cells are known is work."""
    return part_by_stage(deal) in LIVE


def ended(deal: Deal) -> FinishedDeal:
    """Return the line of a finished deal without a page."""
    on = deal.signed_on or deal.expected_close or deal.contract_end
    words = (deal.deal_id, deal.deal_name, deal.client, "", part_by_stage(deal))
    return FinishedDeal(*words, on, deal.value_net, deal.currency)

"""The pages of a site, each with a digest of its content and a function that renders it."""

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
from sheetrecord.core.view.changes import Change
from sheetrecord.core.view.deal import DealView, deal_view
from sheetrecord.core.view.overview import overview
from sheetrecord.core.view.uncertain_owner import Doubt
from sheetrecord.publish.due import due_lines
from sheetrecord.publish.file_names import anchor, page_names
from sheetrecord.publish.pages import Renderer, design_digest, read_asset
from sheetrecord.publish.words import words
from sheetrecord.schema.record import Record

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


class Site:
    """A site for one audience of a record that was narrowed to it.

    ``briefs`` maps deal ids to the path of a handover brief, from the site's folder; ``sold`` to
    what differs from the as-sold baseline, ``due`` is what is to be said by now; both are narrowed
    to the audience.
    """

    def __init__(
        self,
        record: Record,
        audience: Audience,
        stamp: Provenance,
        briefs: Mapping[str, str],
        sold: Mapping[str, Sequence[Change]] = MappingProxyType({}),
        due: Sequence[DueItem] = (),
    ) -> None:
        self._sold, self._due = sold, due
        self.record, self.audience, self.stamp, self.briefs = record, audience, stamp, briefs
        self.words = words(record.settings.language)
        self.hrefs = page_names(record.by_deal)
        self._base = blake2b(digest_size=16)
        self._base.update(f"{__version__} {design_digest()}".encode())
        settings = record.settings
        labels = sorted(settings.labels.items())
        grants = [(sheet, sorted(grant.columns)) for sheet, grant in audience.grants.items()]
        shown = (audience.name, grants, settings.asof, settings.currency, settings.language, labels)
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
    def renderer(self) -> Renderer:
        """The renderer, made when the first page is rendered."""
        return Renderer(self.record.settings, self.audience, self.words)

    def pages(self) -> Iterator[Page]:
        """Yield every page: deals first, then the index."""
        digests = {}
        for view in self.views:
            page = self._deal(view)
            digests[view.rows.id] = page.digest
            yield page
        yield from self._shards(digests)
        everything = "".join(digests.values()) + repr(self.stamp)
        if "owner" in self.audience.pages:
            gaps = repr(self.record.gaps)
            yield self._page("owner.html", everything + gaps, self._owner)
        no_page = repr([tuple(deal) for deal in self.record.deals if deal.deal_id == ""])
        number = str(len(self.record.deals))
        index = everything + no_page + number + repr(self._due)
        yield self._page("index.html", index, self._index)
        for name in ("view.css", "view.js", "icon.svg"):
            yield self._page(name, "", partial(read_asset, name))
        yield self._page("data/stamp.js", repr(self.stamp), self._stamp)

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
        shown = (parts, prior, brief, sold, *unsure)
        page = self._page(self.hrefs[rows.id], repr(shown), bytes)
        revision = page.digest[:10]
        links = {"prior": prior and f"../{prior}", "brief": brief and f"../{brief}"}
        return page._replace(render=lambda: self.renderer.deal(view, links, revision, unsure))

    def _index(self) -> bytes:
        unsure = self.stamp.doubts
        due = due_lines(self._due, self.record, self.hrefs)
        stamp = self.stamp_text
        return self.renderer.index(self.record, self.views, self.hrefs, stamp, unsure, due)

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

    def _stamp(self) -> bytes:
        return f"globalThis.sheetrecordStamp = {json.dumps(self.origin)};\n".encode()

    def _shards(self, digests: Mapping[str, str]) -> Iterator[Page]:
        """Yield the search's data, split so that one changed deal changes one small file."""
        count = 1
        while count * _PER_SHARD < len(self.views):
            count *= 2
        shards: list[list[DealView]] = [[] for _ in range(count)]
        for view in self.views:
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
            rows.append([at, entry.kind, entry.text, entry.who, when, entry.source, entry.outcome])
        return [title, self.hrefs[view.rows.id], rows]

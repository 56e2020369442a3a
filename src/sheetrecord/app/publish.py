"""Publish a record: read it, narrow it to an audience, and write the view."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sheetrecord.app.audience import audience_of, in_words, refuse_doubts
from sheetrecord.app.open_conflicts import deals_in_conflict
from sheetrecord.app.output_kinds import fit_folder, view
from sheetrecord.app.read_for_audience import to_show
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import book_address
from sheetrecord.core.agenda.calendar import CalendarDate, calendar_dates
from sheetrecord.core.handover.baseline import read_baselines
from sheetrecord.core.migrate.outdated import reminder
from sheetrecord.core.reminders import DueItem, seen
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.baseline_diff import KeptBack, edits_since_sold, latest
from sheetrecord.core.view.cell_links import NOWHERE, BookPlace
from sheetrecord.core.view.changes import Change
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.remembered import remember
from sheetrecord.core.view.row_origin import Locate, locator
from sheetrecord.core.view.uncertain_owner import doubts, for_audience, same_name
from sheetrecord.core.view.unread_cells import UnreadCell, unread_cells
from sheetrecord.core.view.withheld import Withheld, withheld
from sheetrecord.files.output import guard, refuse_inputs
from sheetrecord.formats.stamp import stamp_of
from sheetrecord.model.book import Book
from sheetrecord.model.errors import BadSettings, CannotWrite
from sheetrecord.publish.feed.files import ALL, FeedSource, feed_pages
from sheetrecord.publish.folder import BRIEFS, DIGESTS, Todo, compare, published, put
from sheetrecord.publish.site import Page, Provenance, Site, SiteContent
from sheetrecord.publish.was import WAS, read_was
from sheetrecord.schema.record import Record
from sheetrecord.workbooks.addresses import files_of, folder_of, known_as, name_of
from sheetrecord.workbooks.kinds import is_path
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import WorkbookReading

_REVISION = 12
"""Characters of a revision that are shown."""


class PublishRequest(NamedTuple):
    """What somebody wants published: for whom, where to, which deals, and who does it.

    ``to`` is a folder for pages, a name ending with .xlsx for a workbook, or ``gsheet:KEY``.
    ``client`` or
    ``deals`` choose what an outside audience sees. ``inputs`` is what else the run reads;
    ``force`` publishes over a workbook, or beside files, that publish did not make.
    """

    audience: str
    to: Path
    by: str = ""
    client: str = ""
    deals: tuple[str, ...] = ()
    plan: bool = False
    force: bool = False
    inputs: tuple[Path, ...] = ()


class Published(NamedTuple):
    """What was done, or would be: the entry page or workbook, and the files that changed.

    ``unread`` are the rows that were kept back because their Share cannot be read; ``altered``
    are files that somebody changed since they were published, and that are written again;
    ``unread_cells`` are cells that the view lacks because nobody can read them;
    ``unsure`` says of which deals it is not certain whose they are; ``reminder`` that an older
    version made the workbook.
    """

    path: Path
    written: list[str]
    kept: int
    removed: list[str]
    deals: int
    unread: tuple[Withheld, ...] = ()
    altered: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    reminder: str = ""
    unread_cells: tuple[str, ...] = ()


def publish(
    address: str,
    request: PublishRequest,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    settings: Config | None = None,
) -> Published:
    """Publish a workbook's record for one audience, less what the firm's settings withhold.

    Raises CannotRead and NotARecord for the workbook, BadSettings for a request that cannot be met,
    CannotWrite and Locked for the target,
    NotCertain when a client's view could hold what is another's.
    """
    found = narrowed(
        address, open_workbook(address).read(), request, today=today, asof=asof, settings=settings
    )
    if "due" in found.audience.pages:
        waiting = deals_in_conflict(address, settings or Config(), found.record)
        found = found._replace(conflicts=waiting)
    done = _put(address, found, request)
    return done._replace(
        unread=found.unread,
        unsure=found.unsure,
        reminder=found.reminder,
        unread_cells=tuple(one.text for one in found.cells),
    )


def _put(address: str, found: "Narrowed", request: PublishRequest) -> Published:
    """Write a view as the workbook or the pages that its name asks for."""
    if not is_path(str(request.to)):
        return _spreadsheet(address, found, request)
    if request.to.suffix.lower() == ".xlsx":
        return _workbook(files_of([address]), _beside(address, found, request.to, ""), request)
    found = _beside(address, found, request.to, "../")
    briefs = {} if found.audience.outside else _briefs(request.to, found.record)
    fit_folder(request.to, "a view", "Name a folder, or a workbook that ends with .xlsx.")
    refuse_inputs(request.to, "publish", (*files_of([address]), *request.inputs))
    before = Before(published(request.to / ALL), published(request.to / WAS))
    found = found._replace(digests=_digests(request.to, found.audience, found.record))
    pages = pages_of(found, briefs, before)
    return _site(pages, len(found.record.by_deal), found.identity, request)


def _beside(address: str, found: "Narrowed", to: Path, above: str) -> "Narrowed":
    """Say that the workbook lies beside its view, where it does; no other place becomes a link."""
    folder = folder_of(address)
    if found.locate is None or folder is None or folder != Path(os.path.realpath(to.parent)):
        return found
    return found._replace(book=found.book._replace(beside=above + name_of(address)))


class Narrowed(NamedTuple):
    """A record narrowed to an audience, and what its view says besides.

    ``sold``, ``due``, ``conflicts``, ``locate``, ``book``, ``cells`` and ``digests`` are as
    `SiteContent` has them, ``dates`` and ``record_id`` as `FeedSource`; the rest as `Published`
    has it.
    """

    record: Record
    audience: Audience
    stamp: Provenance
    identity: str
    sold: dict[str, list[Change]]
    due: Sequence[DueItem]
    unread: tuple[Withheld, ...]
    unsure: tuple[str, ...]
    reminder: str
    dates: Sequence[CalendarDate]
    record_id: str
    locate: Locate | None = None
    conflicts: Sequence[str] = ()
    book: BookPlace = NOWHERE
    cells: Sequence[UnreadCell] = ()
    digests: Sequence[tuple[str, str]] = ()


def narrowed(
    address: str,
    reading: WorkbookReading,
    request: PublishRequest,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    settings: Config | None = None,
) -> Narrowed:
    """Return what an audience sees of a workbook that was read; errors as `publish`."""
    settings = settings or Config()
    audience = audience_of(request.audience, settings)
    book, revision = reading.book, reading.revision.digest
    parsed = to_show(address, book, today=today, asof=asof)
    chosen, whose = _chosen(parsed.record, audience, request)
    unsure = doubts(parsed)
    if audience.outside:
        refuse_doubts(address, parsed, unsure, chosen or frozenset())
    record = narrow(parsed.record, audience, chosen)
    source, by = ("", "") if audience.outside else (name_of(address), request.by)
    stamp = Provenance(source, revision[:_REVISION], by, tuple(for_audience(unsure, audience)))
    due: list[DueItem] = []
    dates: Sequence[CalendarDate] = ()
    if "due" in audience.pages:
        silent = [code for code, word in settings.severities.items() if word == "note"]
        due = seen(parsed, audience, chosen, silent)
        dates = calendar_dates(parsed, audience, chosen, silent)
    return Narrowed(
        record,
        audience,
        stamp,
        f"{audience.name} {whose}".strip(),
        _sold(book, parsed.record, record, audience),
        due,
        tuple(one for one in withheld(parsed, audience, chosen) if one.unread),
        tuple(map(in_words, stamp.doubts)),
        reminder(address, parsed),
        dates,
        feed_id(book, known_as(address)),
        locator(parsed) if "due" in audience.pages else None,
        book=BookPlace(book_address(settings)) if "due" in audience.pages else NOWHERE,
        cells=unread_cells(parsed, record, audience),
    )


class Before(NamedTuple):
    """What earlier publications left in a folder: the feed of all dates, and what changed."""

    calendar: bytes = b""
    was: bytes = b""


def pages_of(
    found: Narrowed, briefs: Mapping[str, str] = MappingProxyType({}), before: Before | None = None
) -> list[Page]:
    """Return the pages for an audience, and its calendar files where it has any.

    ``briefs`` stand in the site's folder, by deal.
    """
    before = before or Before()
    record, audience = found.record, found.audience
    was = None
    if not audience.outside:
        was = remember(read_was(before.was), record, audience, record.settings.asof)
    ways = found.locate, found.book, found.cells, found.digests
    told = SiteContent(found.sold, found.due, found.conflicts, was, *ways)
    site = Site(found.record, found.audience, found.stamp, dict(briefs), told)
    if "due" not in found.audience.pages:
        return list(site.pages())
    source = FeedSource(found.record, found.dates, found.record_id, before.calendar, found.cells)
    return [*site.pages(), *feed_pages(source)]


def _chosen(
    record: Record, audience: Audience, request: PublishRequest
) -> tuple[frozenset[str] | None, str]:
    """Return the deals to publish, None for all, and whose they are."""
    if request.client and not same_name(request.client):
        raise BadSettings("--client", "it is blank.", "Name a client as the sheet Deal does.")
    if not request.client and not request.deals:
        if audience.outside:
            do = "Add --client NAME or --deal ID."
            raise BadSettings(f"--audience {audience.name}", "it needs to know whose deals.", do)
        return None, ""
    unknown = [deal for deal in request.deals if deal not in record.by_deal]
    if unknown:
        raise BadSettings(f"--deal {unknown[0]}", "there is no such deal.", "Check its id.")
    clients = {same_name(record.by_deal[deal].deal.client) for deal in request.deals}
    clients |= {same_name(request.client)} if request.client else set()
    if audience.outside and len(clients) != 1:
        raise BadSettings(
            "--deal", "these are deals of several clients.", "Name one client's deals."
        )
    found = frozenset(
        deal_id
        for deal_id, rows in record.by_deal.items()
        if deal_id in request.deals or (request.client and same_name(rows.deal.client) in clients)
    )
    if not found:
        why = "no deal has this client."
        raise BadSettings(f"--client {request.client}", why, "Spell it as in the sheet Deal.")
    whose = "\n".join(sorted(clients if audience.outside else found))
    return found, blake2b(whose.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def feed_id(book: Book, place: str) -> str:
    """Return what tells a record's events from those of others: its id, else one of its place."""
    known = place.encode("utf-8", "surrogatepass")
    return stamp_of(book).record or blake2b(known, digest_size=8).hexdigest()


def _sold(book: Book, record: Record, seen: Record, audience: Audience) -> dict[str, list[Change]]:
    """Return how each deal that may be seen differs from its latest as-sold baseline."""
    baselines = latest(read_baselines(book))
    kept = KeptBack(record, audience, baselines.values())
    return {
        deal_id: edits_since_sold(known, record.by_deal[deal_id], rows, audience, kept)
        for deal_id, rows in seen.by_deal.items()
        if (known := baselines.get(deal_id)) and rows.stage_type == "won"
    }


def _site(pages: Sequence[Page], deals: int, identity: str, request: PublishRequest) -> Published:
    act = compare if request.plan else put
    todo: Todo = act(request.to, pages, identity, force=request.force)
    written = [page.path for page in todo.write if page.path != WAS]
    entry = request.to / "index.html"
    altered = tuple(todo.altered)
    return Published(entry, written, len(todo.keep), todo.remove, deals, (), altered)


def _briefs(folder: Path, record: Record) -> dict[str, str]:
    """Return the handover briefs, pages or PDF, that stand in a site's folder, by deal."""
    from sheetrecord.publish.file_names import page_names

    place = folder / BRIEFS
    if not place.is_dir():
        return {}
    there = {entry.name for entry in place.iterdir() if entry.is_file()}
    found: dict[str, str] = {}
    for deal_id, page in page_names(record.by_deal).items():
        stem = page.rpartition("/")[2].removesuffix(".html")
        for name in (f"{stem}.html", f"{stem}.pdf"):
            if name in there:
                found.setdefault(deal_id, f"{BRIEFS}/{name}")
    return found


def _digests(folder: Path, audience: Audience, record: Record) -> tuple[tuple[str, str], ...]:
    """Return whose digests stand in a site's folder, and where: the audience's, and each lead's."""
    from sheetrecord.publish.feed.files import lead_files

    place = folder / DIGESTS
    if "due" not in audience.pages or not place.is_dir():
        return ()
    leads = lead_files(deal.ops_owner for deal in record.deals)
    named = {audience.called_in(record.settings.language): audience.name}
    named |= {lead: Path(path).stem for lead, path in leads.items()}
    found = ((whose, f"{DIGESTS}/{stem}.html") for whose, stem in named.items())
    return tuple((whose, path) for whose, path in found if (folder / path).is_file())


def _workbook(sources: Sequence[Path], found: Narrowed, request: PublishRequest) -> Published:
    from sheetrecord.publish.workbook import CellWays, content_of, made_for, workbook

    record, audience, stamp, identity, *_ = found
    target = request.to
    there = made_for(target.read_bytes()) if target.is_file() else None
    if there is not None:
        _refuse_other(target, there.whose, identity)
    kind = view(lambda data: made_for(data).whose == identity)
    out = guard(target, kind, (*sources, *request.inputs), force=request.force)
    ways = CellWays(found.locate, found.book) if found.locate else None
    lost = () if audience.outside else found.cells
    data = workbook(record, audience, stamp, identity, ways, lost)
    same = there is not None and target.read_bytes() == data
    made_of = content_of(record, audience, stamp, ways, lost)
    altered = there is not None and not same and there.content == made_of
    if not request.plan and not same:
        out.write(data)
    written: Sequence[str] = [] if same else [target.name]
    told = (target.name,) if altered else ()
    return Published(target, list(written), int(same), [], len(record.by_deal), (), told)


def _spreadsheet(address: str, found: Narrowed, request: PublishRequest) -> Published:
    """Write a view as a spreadsheet of its own."""
    from sheetrecord.app.publish_online import put_view
    from sheetrecord.publish.workbook import workbook

    data = workbook(found.record, found.audience, found.stamp, found.identity)
    written, kept = put_view(
        str(request.to), address, data, found.identity, force=request.force, plan=request.plan
    )
    return Published(request.to, written, kept, [], len(found.record.by_deal))


def _refuse_other(target: Path, whose: str, identity: str) -> None:
    """Never write a view over somebody else's: those it is for would find it under their name."""
    if whose and whose != identity:
        why = "this is the view for somebody else."
        raise CannotWrite(target, why, "Give each audience its own file.")

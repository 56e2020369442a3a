"""The verbs that make pages: brief, say_back, publish; and new, which makes a workbook."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from sheetrecord.app.brief import NoSuchDeal, Reader, brief_in, letter_in
from sheetrecord.app.read_for_audience import to_show
from sheetrecord.contract.verbs import VerbAnswer
from sheetrecord.model.money import EXPONENTS
from sheetrecord.publish.site import Page
from sheetrecord.verbs.changing import XLSX, workbook_file
from sheetrecord.verbs.opening import one_deal, open_book
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import BriefArgs, NewArgs, PublishArgs, Request, SayBackArgs

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can name: equal pages make equal files."""


def brief(request: Request, args: BriefArgs) -> VerbAnswer:
    """Return the handover brief of a deal as a page."""
    from sheetrecord.publish.brief.html_page import brief_html

    opened = open_book(request)
    book = opened.workbook.read().book
    parsed = to_show(opened.name, book, today=request.today, asof=request.asof)
    deal = one_deal(args.deal, parsed.record)
    found = brief_in(book, parsed, deal, Reader(request.today, request.asof, args.audience))
    if isinstance(found, NoSuchDeal):
        raise NotUnderstood("args.deal", "there is no such deal.")
    return _page("brief", f"{deal}-brief.html", brief_html(found))


def say_back(request: Request, args: SayBackArgs) -> VerbAnswer:
    """Return the letter to the client as a page; none when no row is shared with the client.

    Raises NotCertain when the deal could be another client's.
    """
    from sheetrecord.publish.letter.content import letter_html

    opened = open_book(request)
    book = opened.workbook.read().book
    parsed = to_show(opened.name, book, today=request.today, asof=request.asof)
    deal = one_deal(args.deal, parsed.record)
    reader = Reader(request.today, request.asof)
    found = letter_in(opened.name, parsed, deal, reader, args.signed)
    if isinstance(found, NoSuchDeal):
        raise NotUnderstood("args.deal", "there is no such deal.")
    if found.empty:
        return {"schema": SCHEMA, "verb": "say_back", "files": [], "held_back": found.held_back}
    answer = _page("say_back", f"{deal}-letter.html", letter_html(found))
    answer["held_back"] = found.held_back
    return answer


def _page(verb: str, name: str, html: str) -> VerbAnswer:
    file = {"name": name, "type": "text/html", "data": html.encode()}
    return {"schema": SCHEMA, "verb": verb, "files": [file]}  # type: ignore[list-item]


def publish(request: Request, args: PublishArgs) -> VerbAnswer:
    """Return the view for an audience; errors as `app.publish.narrowed`."""
    from sheetrecord.app.publish import PublishRequest, feed_id, narrowed, pages_of

    opened = open_book(request)
    to = PurePath(f"view-{args.audience}")
    ask = PublishRequest(args.audience, to, request.by, args.client, args.deals)  # type: ignore[arg-type]
    reading = opened.workbook.read()
    found = narrowed(opened.name, reading, ask, today=request.today, asof=request.asof)
    found = found._replace(record_id=feed_id(reading.book, opened.name))  # it stands nowhere here
    notes = [*found.unsure, *(f"{one.where.address}: {one.rule}" for one in found.unread)]
    answer: VerbAnswer = {"schema": SCHEMA, "verb": "publish", "notes": notes}
    stem = f"{PurePath(opened.name).stem}-{args.audience}"
    if args.kind == "workbook":
        from sheetrecord.publish.workbook import workbook

        data = workbook(found.record, found.audience, found.stamp, found.identity)
        return {**answer, "files": [workbook_file(f"{stem}.xlsx", data)]}
    data = _zipped(pages_of(found))
    return {
        **answer,
        "files": [{"name": f"{stem}.zip", "type": "application/zip", "data": data}],
    }


def _zipped(pages: Iterable[Page]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            archive.writestr(zipfile.ZipInfo(page.path, _FIRST), page.render())
    return out.getvalue()


def new(request: Request, args: NewArgs) -> VerbAnswer:
    """Return a new workbook, empty or with a made-up firm in it."""
    from sheetrecord.app.create import NewWorkbookRequest, workbook
    from sheetrecord.formats.template import TEMPLATES

    if args.template not in TEMPLATES:
        raise NotUnderstood("args.template", f"it must be one of {', '.join(TEMPLATES)}.")
    if args.currency and args.currency not in EXPONENTS:
        raise NotUnderstood("args.currency", "it must be three letters such as EUR.")
    ask = NewWorkbookRequest(args.template, args.language, args.currency, args.sample)
    data = workbook(ask, today=request.today, asof=request.asof)
    name = "sample-firm.xlsx" if args.sample else "record.xlsx"
    return {
        "schema": SCHEMA,
        "verb": "new",
        "files": [{"name": name, "type": XLSX, "data": data}],
    }

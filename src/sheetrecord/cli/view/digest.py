"""`sheetrecord digest`: what needs somebody, what is near and what is new, to be read or mailed."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app.digest import READERS, DigestMade, DigestRequest, make_digest, remember
from sheetrecord.app.output_kinds import DIGEST, page_limits
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.output_option import FORCE, Writes, read_by
from sheetrecord.contract.learning import DigestAnswer, DigestSectionJson
from sheetrecord.files.output import Output, guard
from sheetrecord.workbooks.addresses import files_of

SCHEMA = 1
_EVERY = 1 << 20


@click.command("digest")
@click.argument("book", required=False, metavar="[BOOK]", type=BookAddress())
@click.option(
    "--for",
    "reader",
    type=click.Choice(READERS),
    help="For whom: it decides what is in it. Default: ops, with --lead that lead.",
)
@click.option("--lead", metavar="NAME", default="", help="Only the deals that they deliver.")
@click.option("--to", type=Writes("the digest"), help="A .html, .eml or .md file.")
@click.option(
    "--since",
    type=options.Day(),
    metavar="DATE",
    help="Tell what is new since this day; default: the last digest, or seven days ago.",
)
@FORCE
@click.option("--plan", is_flag=True, help="Say what would be written and write nothing.")
@options.trust
@options.format_option("text", "json")
@options.asof
def command(
    book: str | None,
    *,
    reader: str | None,
    lead: str,
    to: Path | None,
    since: dt.date | None,
    force: bool,
    plan: bool,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Write a digest: what needs somebody now, dates of the next 14 days, what is new, money.

    What is new is told since the last digest, as the store or that digest knows it. Nothing is
    sent: hand the file to your own mailer, or open the .eml as a draft.

    \b
    Examples:
      sheetrecord digest firm.xlsx
      sheetrecord digest firm.xlsx --lead "Lea Brandt" --to lea.html
      sheetrecord digest firm.xlsx --for owner --to monday.eml
      sheetrecord schedule digest firm.xlsx --at 07:00 --weekdays -- --to day.html
    """
    address, settings = options.given([book] if book else [])[0]
    reader = reader or ("lead" if lead else "ops")
    if (reader == "lead") != bool(lead):
        raise click.UsageError("--for lead and --lead NAME belong together.")
    out = None
    if to is not None:
        limits = page_limits(to, files_of([address]))
        out = guard(to, DIGEST, read_by(address), force=force, limits=limits)
    request = DigestRequest(reader, lead, since)
    made = make_digest(address, request, today=options.today(), asof=asof, settings=settings)
    written = out is not None and not plan
    if out is not None and written:
        _write(out, made)
        remember(address, reader, made)
    if format_ == "json":
        printing.document(printing.as_json(_data(made, address, reader, out, written=written)))
    elif out is not None:
        printing.line(_line(out, made, plan=plan))
    else:
        printing.document(_plain(made))
    return 0


def _write(out: Output, made: DigestMade) -> None:
    from sheetrecord.publish.digest.files import digest_file

    out.write(digest_file(made.digest, made.audience, made.source, out.suffix))


def _plain(made: DigestMade) -> str:
    from sheetrecord.publish.digest.files import plain
    from sheetrecord.publish.digest.text import told

    return plain(told(made.digest, made.audience, made.source, _EVERY))


def _line(out: Output, made: DigestMade, *, plan: bool) -> str:
    digest = made.digest
    needs = len(digest.needs) + len(digest.passed) + len(digest.waiting)
    needs += len(set(digest.conflicts))
    since = f"since {digest.since}" if digest.since else "with nothing to compare with yet"
    things = "1 thing needs" if needs == 1 else f"{needs} things need"
    would = " Nothing was written." if plan else ""
    if unread := len(digest.unread):
        cells = "1 cell" if unread == 1 else f"{unread} cells"
        would = f" Not counted, because nobody can read it: {cells}.{would}"
    return f"{out.path}: the digest of {digest.asof}, {things} somebody, {since}.{would}"


def _data(
    made: DigestMade, address: str, reader: str, out: Output | None, *, written: bool
) -> DigestAnswer:
    from sheetrecord.publish.digest.text import told

    digest = made.digest
    text = told(digest, made.audience, made.source, _EVERY)
    sections: list[DigestSectionJson] = [
        {
            "heading": one.heading,
            "lines": [{"when": row.when, "deal": row.deal, "what": row.what} for row in one.rows],
            "sentences": list(one.sentences),
        }
        for one in text.sections
    ]
    return {
        "schema": SCHEMA,
        "book": address,
        "asof": digest.asof.isoformat(),
        "audience": reader,
        "lead": digest.lead,
        "since": digest.since.isoformat() if digest.since else None,
        "subject": text.subject,
        "sections": sections,
        "path": str(out.path) if out else None,
        "written": written,
    }

"""Make a digest: read a record, see what it was before, and say what is new and what is near."""

import datetime as dt
from contextlib import suppress
from typing import Any, Final, NamedTuple

from sheetrecord.app.audience import audience_of
from sheetrecord.app.open_conflicts import deals_in_conflict
from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.app.settings.config import Config
from sheetrecord.core.agenda.digest import Digest, Marks, digest_of, marks_then
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.files.kept_notes import keep_note, read_note
from sheetrecord.model.errors import BadSettings, SheetRecordError, Unconfirmed
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.workbooks.addresses import known_as, name_of

READERS: Final = ("lead", "ops", "owner")
"""Whom a digest is for; a lead sees what ops sees, of their own deals."""

_FOLDER: Final = "digests"
_KEPT: Final = 12
"""Digests that are remembered."""

_WEEK: Final = 7
_NAMED: Final = 8


class DigestRequest(NamedTuple):
    """For whom, of which lead's deals, and since when it tells what is new (None: the last one)."""

    reader: str
    lead: str = ""
    since: dt.date | None = None


class DigestMade(NamedTuple):
    """A digest, whom it is for, and what its record is called."""

    digest: Digest
    audience: Audience
    source: str


def make_digest(
    address: str,
    request: DigestRequest,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    settings: Config | None = None,
) -> DigestMade:
    """Read a workbook and return its digest, narrowed to the reader.

    What is new is compared with the record as its store knew it on the day of the last digest, or
    seven days ago; without a store with what that digest remembers. Raises BadSettings for a lead
    whom no deal names.
    """
    config = settings or Config()
    audience = audience_of("owner" if request.reader == "owner" else "ops", config)
    _, parsed = read_to_show(address, today=today, asof=asof)
    lead = _lead(parsed, audience, request.lead)
    on = parsed.record.settings.asof
    kept = _kept(address, request.reader, lead)
    since = request.since or max((one for one in kept if one < on), default=None)
    day = since or on - dt.timedelta(_WEEK)
    before = _as_stored(address, config, audience, lead, day) or kept.get(day)
    silent = [code for code, word in config.severities.items() if word == "note"]
    digest = digest_of(parsed, audience, lead, before, silent)
    digest = digest._replace(conflicts=deals_in_conflict(address, config, digest.record))
    return DigestMade(digest, audience, name_of(address))


def remember(address: str, reader: str, made: DigestMade) -> None:
    """Keep what a digest told, for the next one to compare with."""
    digest = made.digest
    found = {**_kept(address, reader, digest.lead), digest.asof: digest.marks}
    last = sorted(found.values(), key=lambda one: one.on)[-_KEPT:]
    keep_note([_note(one) for one in last], _FOLDER, *_names(address, reader, digest.lead))


def _lead(parsed: Parsed, audience: Audience, named: str) -> str:
    """Return a lead as the record spells the name. Raises BadSettings for one it does not name."""
    if not named:
        return ""
    record = narrow(parsed.record, audience)
    leads = {
        same_name(deal.ops_owner): deal.ops_owner for deal in record.deals if deal.ops_owner.strip()
    }
    if found := leads.get(same_name(named)):
        return found
    known = "; ".join(sorted(leads.values())[:_NAMED]) or "nobody"
    header = parsed.layout.sheets["Deal"].heads.get("ops_owner", "Ops owner")
    do = f"The column {header} names {known}."
    raise BadSettings(f"--lead {named}", "no deal names them.", do)


def _as_stored(
    address: str, config: Config, audience: Audience, lead: str, day: dt.date
) -> Marks | None:
    """Return what the store knew on a day; None where there is no store, or it knew nothing.

    A deal that another lead had then counts for neither.
    """
    from sheetrecord.app.sync.history import counted, on_day
    from sheetrecord.app.sync.open_store import looking
    from sheetrecord.app.sync.targets import find_targets
    from sheetrecord.core.sync.snapshot import book_of
    from sheetrecord.schema.read.parse import parse

    try:
        known = find_targets([address], config).known
        if known.new:
            return None
        with looking(known) as store:
            snapshot = on_day(list(store.ledger()), store.load(), day)
        if not counted(snapshot.rows):
            return None
        then = parse(book_of(snapshot, whole=True), day)
        return marks_then(then, audience, lead)
    except Unconfirmed:
        raise
    except (SheetRecordError, OSError):
        return None


def _names(address: str, reader: str, lead: str) -> tuple[str, str, str]:
    return known_as(address), reader, same_name(lead)


def _kept(address: str, reader: str, lead: str) -> dict[dt.date, Marks]:
    """Return what earlier digests told, by their day."""
    found = read_note(_FOLDER, *_names(address, reader, lead))
    kept = {}
    for one in found if isinstance(found, list) else []:
        with suppress(KeyError, TypeError, ValueError):
            marks = _marks(one)
            kept[marks.on] = marks
    return kept


def _note(marks: Marks) -> dict[str, object]:
    return {
        "on": marks.on.isoformat(),
        "promises": sorted(marks.promises),
        "collisions": sorted(marks.collisions),
        "received": dict(sorted(marks.received.items())),
    }


def _marks(told: dict[str, Any]) -> Marks:
    received = {str(fee): int(amount) for fee, amount in told["received"].items()}
    return Marks(
        dt.date.fromisoformat(told["on"]),
        frozenset(map(str, told["promises"])),
        frozenset(map(str, told["collisions"])),
        received,
    )

"""Audiences as narrowed by the settings file, and deals that no client may see."""

from collections.abc import Sequence
from typing import Final

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import outlet_of
from sheetrecord.core.view.audiences import AUDIENCES, LETTER, Audience, Tightening, tighten
from sheetrecord.core.view.uncertain_owner import Doubt, concerning
from sheetrecord.model.errors import NotCertain
from sheetrecord.schema.read.parse import Parsed

_MOST: Final = 3
"""Doubts that a refusal names."""


def letter_audience(settings: Config) -> Audience:
    """Return the letter's audience, without what the settings file withholds from clients."""
    seen = audience_of("client", settings)
    gone = {
        f"{sheet}.{key}"
        for sheet, grant in AUDIENCES["client"].grants.items()
        for key in grant.columns
        if sheet not in seen.grants or key not in seen.grants[sheet].columns
    }
    both = {f"{sheet}.{key}" for sheet, grant in LETTER.grants.items() for key in grant.columns}
    return tighten(LETTER, Tightening(frozenset(gone & both)))


def audience_of(name: str, settings: Config) -> Audience:
    """Return an audience, without what the settings file withholds from it."""
    outlet = outlet_of(settings, name)
    audience = AUDIENCES[name]
    columns = {f"{sheet}.{key}" for sheet, one in audience.grants.items() for key in one.columns}
    hide = outlet.hide & {*audience.grants, *columns}  # the rest it does not see anyway
    return tighten(audience, Tightening(hide, outlet.unmarked == "internal"))


def refuse_doubts(
    address: str, parsed: Parsed, unsure: Sequence[Doubt], deals: frozenset[str]
) -> None:
    """Raise NotCertain if it is uncertain to which client any of these deals belongs."""
    known = parsed.record.by_deal
    clients = frozenset(known[deal].deal.client for deal in deals)
    found = concerning(unsure, deals, clients)
    if found:
        raise NotCertain(address, " ".join(in_words(one) for one in found[:_MOST]))


def in_words(one: Doubt) -> str:
    """Say why it is not certain whose some deals are."""
    rows = ", ".join(map(str, one.rows))
    clients = ", ".join(f'"{client}"' for client in one.clients)
    ids = ", ".join(sorted(one.deals))
    return {
        "twice": f"{ids} stands on the rows {rows} of Deal ({clients or 'no client'}).",
        "no_client": f"Row {rows} of Deal ({ids or 'no id'}) names no client.",
        "no_id": f"Row {rows} of Deal ({clients or 'no client'}) has no id.",
        "spelled": f"One client is written in several ways: {clients} (rows {rows} of Deal).",
        "column": f"The column at {one.place} stands twice, or its hidden name is elsewhere.",
    }[one.what]
